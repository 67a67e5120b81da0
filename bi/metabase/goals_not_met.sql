select
    municipality, target_year, indicator_label, target_text, value, unit, distance_to_target, status_sv, source_ref
from marts.goal_fulfilment
where is_current and goal_kind = 'target' and status = 'not_met'
order by target_year desc, municipality, distance_pct, indicator_label
