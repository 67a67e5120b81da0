"""`audit_findings` against the printed pages. Every value was read from a page or calculated by hand."""

from typing import Any

import pytest

from tests.support.printed_pages import ALINGSAS, ANNUAL, PLAN, Case, check, matching, words


def cell(document: str, label: str, header: str) -> Case:
    """Point at a cell by its row and column as printed."""
    return {"document_id": document, "row_label": label, "column_header": header}


FINDINGS: list[tuple[Case, Case]] = [
    # Alingsås, Drift line 516: 157 698 to 190 994 is 33 296
    (
        cell(ALINGSAS, "Verksamhetens kostnader", "Diff. utfall 2023/2024"),
        {
            "severity": "error",
            "status": "open",
            "printed_text": "-32 296",
            "printed_value": -32296,
            "computed_value": -33296,
            "difference": 1000,
        },
    ),
    # Alingsås, Sjukfrånvaro line 826: 5,2 less 7,6 is -2,4
    (
        cell(ALINGSAS, "50 år>", "Differens"),
        {"severity": "rounding", "printed_value": -2.5, "computed_value": -2.4, "difference": -0.1},
    ),
    # Alingsås, Sjukfrånvaro line 834: 3,7 less 4,9 is -1,2
    (cell(ALINGSAS, "Dag 59>", "Differens"), {"severity": "rounding", "printed_value": -1.1, "computed_value": -1.2}),
    # Mark 2023, 4.1 line 149: corrected, and still on record
    (
        cell(ANNUAL, "Handläggningstider vid familjeenheten", "Mål 2023"),
        {"severity": "error", "status": "corrected", "printed_text": "≥108"},
    ),
    # Mark plan, 4.1 line 337
    (
        cell(PLAN, "Antal hushåll med barn som är aktuella inom ekonomiskt bistånd", "Mål 2024"),
        {"status": "corrected", "printed_text": "≥90"},
    ),
    (
        cell(PLAN, "Antal hushåll med barn som är aktuella inom ekonomiskt bistånd", "Mål 2025"),
        {"status": "corrected", "printed_text": "≥85"},
    ),
    # Mark 2023, 8.1 line 418: the unit of the whole table
    (
        {"document_id": ANNUAL, "table_title": "Tabell årsrapport", "status": "corrected"},
        {"severity": "error", "printed_text": "tkr"},
    ),
]


@pytest.mark.parametrize(("key", "expected"), FINDINGS, ids=words)
def test_a_finding(warehouse: Any, key: Case, expected: Case) -> None:
    check(warehouse, "audit_findings", key, expected)


def test_the_only_open_error(warehouse: Any) -> None:
    # every other sum, difference and deviation of the five reports holds within its printed decimals
    found = matching(warehouse, "audit_findings", {"severity": "error", "status": "open"})
    assert [finding["printed_text"] for finding in found] == ["-32 296"]
