select
    municipality,
    committee,
    period_label,
    subject_label,
    previous_value,
    value,
    change,
    growth_pct,
    direction_sv,
    comparability_note
from marts.year_over_year_changes
where
    is_newest
    and subject_kind = 'budget_line'
    and activity_code = 'total'
    and value_kind = 'outcome'
    and cost_type_code is distinct from 'investment'
order by municipality, committee, period_label, subject_label
