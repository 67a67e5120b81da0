select municipality, committee, fiscal_year, comparison_sv, budget_tkr, compared_tkr, deviation_tkr, deviation_pct, deviation_sv, forecast_doubt_sv, source_ref
from marts.budget_deviations
where
    is_headline
    and subject_scope = 'committee'
    and breakdown <> 'investment'
    and is_current
    and answer_to = 'year_end'
order by municipality, committee, fiscal_year
