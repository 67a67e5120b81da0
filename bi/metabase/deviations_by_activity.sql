select
    concat(municipality, ' ', fiscal_year, ', ', comparison_sv, ': ', row_label) as place,
    deviation_tkr,
    budget_tkr,
    compared_tkr,
    comparison_sv,
    deviation_sv,
    source_ref
from marts.budget_deviations
where breakdown = 'activity' and is_addable and is_latest
order by deviation_tkr
