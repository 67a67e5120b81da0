"""Helpers that follow a figure from a printed page to a mart: the reports, places in them, and the comparison."""

from collections.abc import Mapping
from typing import Any

PLAN = "mark_namndplan_2024"
ANNUAL = "mark_arsrapport_2023"
INTERIM = "mark_delarsrapport_2025"
ASKERSUND = "askersund_arsbokslut_2024"
ALINGSAS = "alingsas_delarsbokslut_2024"

Case = Mapping[str, Any]

WHOLE = {"activity_code": "total"}


def matching(warehouse: Any, mart: str, key: Case) -> list[dict[str, Any]]:
    """Give the rows of a mart whose columns hold the key's values."""
    where = " and ".join(f"{column} is not distinct from ?" for column in key)
    answer = warehouse.execute(f"select * from marts.{mart} where {where}", list(key.values()))
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def same(actual: Any, expected: Any) -> bool:
    """Compare a column's value with what the page says; dates are written as text."""
    if actual is None or expected is None or isinstance(expected, bool):
        return actual is expected
    if isinstance(expected, str):
        return str(actual) == expected
    return abs(float(actual) - expected) < 1e-6


def check(warehouse: Any, mart: str, key: Case, expected: Case) -> None:
    """Require exactly one row for the key, with the expected values."""
    found = matching(warehouse, mart, key)
    assert len(found) == 1, f"{mart} has {len(found)} rows for {dict(key)}"
    row = found[0]
    wrong = {
        name: f"is {row[name]}, should be {value}" for name, value in expected.items() if not same(row[name], value)
    }
    assert wrong == {}


def words(part: Any) -> str:
    """Name a case by its values."""
    return "-".join(str(value) for value in part.values()) if isinstance(part, Mapping) else str(part)


def at(document: str, line: int, column: int) -> Case:
    """Point at a printed cell: the line of its row and its data column."""
    return {"document_id": document, "source_line": line, "col_no": column}


def line(document: str, breakdown: str, label: str) -> Case:
    """Point at a budget line by its label as printed."""
    return {"document_id": document, "breakdown": breakdown, "row_label": label}


def subject(municipality: str, code: str, kind: str, end: str, basis: str = "full_year", **more: str) -> Case:
    """Point at one subject, kind and period."""
    return {
        "municipality": municipality,
        "subject_code": code,
        "value_kind": kind,
        "period_end": end,
        "period_basis": basis,
        "gender": "T",
        **more,
    }
