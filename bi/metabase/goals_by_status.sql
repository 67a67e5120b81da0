select
    concat(municipality, ', ', lower(committee), ' ', target_year) as goals_of,
    status_sv,
    count(*) as goals,
    municipality,
    target_year
from marts.goal_fulfilment
where is_current and goal_kind = 'target'
group by municipality, committee, target_year, status_sv
order by target_year desc, municipality, committee, status_sv
