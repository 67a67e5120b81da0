"""The columns that are loaded from a file with key figures."""

KEY_FIGURE_COLUMNS = (
    "kpi_id",
    "municipality_code",
    "year",
    "gender",
    "value",
    "status",
    "value_count",
    "is_deleted",
)
# What a file may also call a column.
OTHER_NAMES = {"municipality_id": "municipality_code"}
