select
    measure_label,
    fiscal_year,
    period_basis_sv,
    period_end,
    value_kind_sv,
    municipality,
    committee_kind_sv,
    value,
    unit,
    rank,
    no_rank_reason_sv,
    comparability_sv,
    comparability_note,
    source_ref
from marts.municipality_comparisons
where municipalities_compared > 1 and gender = 'T' and is_current
order by
    measure_label,
    fiscal_year desc,
    period_end desc,
    period_basis_sv,
    value_kind_sv,
    committee_kind_sv,
    municipality
