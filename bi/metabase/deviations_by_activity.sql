with
deviations as (
    select *
    from marts.budget_deviations
    where breakdown = 'activity' and is_addable and is_current and answer_to = 'year_end'
),
latest as (
    select municipality_code, committee, max(fiscal_year) as fiscal_year
    from deviations
    group by municipality_code, committee
)
select
    concat(deviations.municipality, ': ', deviations.row_label) as place,
    deviations.deviation_tkr,
    deviations.budget_tkr,
    deviations.compared_tkr,
    deviations.comparison_sv,
    deviations.period_label,
    deviations.deviation_sv,
    deviations.source_ref
from deviations
inner join
    latest
    on deviations.municipality_code = latest.municipality_code
    and deviations.committee = latest.committee
    and deviations.fiscal_year = latest.fiscal_year
order by deviations.deviation_tkr, place
