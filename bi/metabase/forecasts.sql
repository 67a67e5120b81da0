select
    municipality,
    committee,
    fiscal_year,
    subject_label,
    activity_label,
    forecast_value,
    outcome_value,
    forecast_error,
    forecast_error_pct,
    months_ahead,
    direction_sv
from marts.forecast_accuracy
where subject_kind = 'budget_line' and is_comparable
order by fiscal_year desc, municipality, committee, forecast_error, subject_label, activity_label
