select status_sv, count(*) as goals
from marts.goal_fulfilment
where is_latest and goal_kind = 'target'
group by status_sv
order by goals desc, status_sv
