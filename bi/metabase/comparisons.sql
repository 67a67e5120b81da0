select measure_label, fiscal_year, period_basis_sv, municipality, value, unit, rank, comparability_sv, comparability_note, source_ref
from marts.municipality_comparisons
where municipalities_compared > 1
order by measure_label, fiscal_year, municipality
