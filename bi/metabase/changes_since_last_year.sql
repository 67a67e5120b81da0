select municipality, fiscal_year, subject_label, period_label, previous_value, value, change, growth_pct, direction_sv, comparability_note
from marts.year_over_year_changes
where subject_kind = 'budget_line' and activity_code = 'total' and value_kind = 'outcome'
order by municipality, fiscal_year, subject_label
