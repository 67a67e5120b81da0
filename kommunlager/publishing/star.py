"""The star that the released marts form: the key of each mart, and the columns that join it to a dimension.

dbt tests all of it; the release makes it visible to BI tools. The keys are not in dbt, where a foreign key would keep a
single model from being built again.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

# What joins a dimension is named after its key, perhaps with a word before it: first_document_id, parent_activity_code.
DIMENSIONS = {
    "municipality_code": "municipalities",
    "committee_id": "committees",
    "document_id": "documents",
    "activity_code": "activities",
    "line_code": "budget_lines",
    "measure_code": "measures",
    "kpi_id": "kpis",
    "figure_id": "reported_figures",
    "run_id": "pipeline_runs",
    "period_end": "dates",
}
_DATE_KEY = "date_day"


@dataclass(frozen=True)
class Keys:
    """The columns that identify a row of a mart, and those that join it to a dimension."""

    primary: tuple[str, ...]
    joining: tuple[str, ...] = ()


@dataclass(frozen=True)
class ForeignKey:
    """A column that joins a dimension, and the mart and column that it joins."""

    column: str
    dimension: str
    dimension_column: str


_PLACE = ("municipality_code", "committee_id")
_SUBJECT = (*_PLACE, "measure_code", "line_code", "activity_code")
_PAIR = ("first_document_id", "later_document_id")
_KEY_FIGURE = ("kpi_id", "municipality_code", "year", "gender", "source")

# A mart comes after the dimensions that it joins. Areas in Kolada's marts include groups, so they join no municipality.
STAR = {
    "municipalities": Keys(("municipality_code",)),
    "committees": Keys(("committee_id",), ("municipality_code",)),
    "dates": Keys(("date_day",)),
    "activities": Keys(("activity_code",)),
    "budget_lines": Keys(("line_code",)),
    "kpis": Keys(("kpi_id",)),
    "measures": Keys(("measure_code",)),
    "pipeline_runs": Keys(("run_id",)),
    "documents": Keys(("document_id",), _PLACE),
    "reported_figures": Keys(("figure_id",), (*_SUBJECT, "document_id", "period_end")),
    "series": Keys(("row_id",), (*_SUBJECT, "document_id", "period_end")),
    "budget_deviations": Keys(("row_id",), (*_PLACE, "line_code", "activity_code", "document_id", "period_end")),
    "budget_follow_up": Keys(("row_id",), (*_PLACE, "line_code", "activity_code", "document_id")),
    "budget_changes": Keys(("row_id",), (*_PLACE, "line_code", "activity_code", *_PAIR)),
    "year_over_year_changes": Keys(("row_id",), (*_SUBJECT, "document_id", "previous_document_id", "period_end")),
    "goal_fulfilment": Keys(("row_id",), (*_PLACE, "measure_code", "activity_code", "document_id")),
    "target_changes": Keys(("row_id",), (*_PLACE, "measure_code", "activity_code", *_PAIR)),
    "restatements": Keys(("row_id",), (*_SUBJECT, *_PAIR, "period_end")),
    "forecast_accuracy": Keys(("row_id",), (*_SUBJECT, "forecast_document_id", "outcome_document_id", "period_end")),
    "forecast_accuracy_by_document": Keys(
        ("forecast_document_id", "fiscal_year", "subject_kind"), (*_PLACE, "forecast_document_id")
    ),
    "municipality_comparisons": Keys(("row_id",), (*_PLACE, "measure_code", "activity_code", "period_end")),
    "municipality_results": Keys(("row_id",), ("municipality_code", "document_id", "period_end")),
    "organisation_changes": Keys(
        ("municipality_code", "committee", "valid_from", "change_no"), (*_PLACE, "activity_code")
    ),
    "assessments": Keys(("assessment_id",), (*_PLACE, "document_id")),
    "audit_findings": Keys(("finding_id",), (*_PLACE, "document_id")),
    "data_coverage": Keys((), ("committee_id",)),
    "reported_vs_kolada": Keys(
        ("row_id",), (*_PLACE, "measure_code", "activity_code", "kpi_id", "document_id", "period_end")
    ),
    "key_figures": Keys(_KEY_FIGURE, ("kpi_id",)),
    "key_figure_changes": Keys(_KEY_FIGURE, ("kpi_id",)),
    "key_figure_comparisons": Keys(_KEY_FIGURE, ("kpi_id",)),
    "key_figure_group_comparisons": Keys((*_KEY_FIGURE, "group_id"), ("kpi_id",)),
    "key_figure_revisions": Keys(("kpi_id", "municipality_code", "year", "gender", "revision_no"), ("kpi_id",)),
    "kolada_findings": Keys(("finding_id",)),
    "municipality_groups": Keys(("group_id", "municipality_code", "seen_at")),
    "pipeline_run_steps": Keys(("run_id", "step_no"), ("run_id",)),
    "whats_new": Keys(("run_id", "memo_order")),
    "data_dictionary": Keys(("mart", "column_name")),
    "figure_sources": Keys(("mart", "row_id", "figure_id", "role"), ("figure_id",)),
}


def foreign_keys(mart: str) -> list[ForeignKey]:
    """The dimensions that a mart joins; none for a mart without declared keys."""
    return [_foreign_key(column) for column in STAR[mart].joining] if mart in STAR else []


def _foreign_key(column: str) -> ForeignKey:
    (key,) = (key for key in DIMENSIONS if column == key or column.endswith(f"_{key}"))
    return ForeignKey(column, DIMENSIONS[key], _DATE_KEY if key == "period_end" else key)


def required_columns(marts: Path) -> dict[str, set[str]]:
    """The columns of each mart that have a value in every row, which dbt tests: by the YAML files beside the models."""
    required: dict[str, set[str]] = {}
    for path in sorted(marts.rglob("*.yml")):
        for model in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader).get("models", []):
            required[model["name"]] = _required(model)
    return required


def _required(model: dict[str, Any]) -> set[str]:
    columns = {column["name"] for column in model["columns"] if "not_null" in column.get("data_tests", [])}
    for test in model.get("data_tests", []):
        if isinstance(test, dict) and "not_null_columns" in test:
            columns.update(test["not_null_columns"]["arguments"]["columns"])
    return columns
