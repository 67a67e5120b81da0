select municipality, fiscal_year, comparison_sv, budget_tkr, compared_tkr, deviation_tkr, deviation_pct, deviation_sv, source_ref
from marts.budget_deviations
where is_headline and breakdown <> 'investment' and is_latest
order by municipality, fiscal_year, comparison_sv
