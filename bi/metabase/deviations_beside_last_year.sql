select
    concat(municipality, ', ', lower(committee)) as committee_of,
    deviation_tkr,
    deviation_last_year_tkr,
    fiscal_year,
    comparison_sv,
    source_ref
from marts.budget_deviations
where
    is_headline
    and subject_scope = 'committee'
    and breakdown <> 'investment'
    and is_newest
    and answer_to = 'year_end'
order by deviation_tkr, committee_of
