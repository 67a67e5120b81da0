select
    concat(municipality, ': ', row_label) as place,
    deviation_tkr,
    deviation_last_year_tkr,
    budget_tkr,
    compared_tkr,
    comparison_sv,
    period_label,
    deviation_sv,
    source_ref
from marts.budget_deviations
where breakdown = 'activity' and is_addable and is_newest and answer_to = 'year_end'
order by deviation_tkr, place
