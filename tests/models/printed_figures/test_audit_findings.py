"""`audit_findings` against the printed pages. Every value was read from a page or calculated by hand."""

from typing import Any

import pytest

from tests.support.printed_pages import ALINGSAS, ANNUAL, ASKERSUND, INTERIM, PLAN, Case, check, matching, words


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
    # Mark 2025, table 8 row 2: the hours of Funktionsstöd 2024 are all hours to June 2024 in table 21 row 1
    (
        {"document_id": INTERIM, "table_no": 8, "row_no": 2, "col_no": 2, "rule": "one_figure_under_two_measures"},
        {
            "severity": "needs_a_look",
            "status": "open",
            "printed_text": "56 324",
            "other_figure_id": "mark_delarsrapport_2025.t21.r1.c3",
        },
    ),
    # Mark 2023, table 3 rows 1-2 under "Utfall 2023": the text below says that they are forecasts
    (
        {"document_id": ANNUAL, "table_no": 3, "row_no": 1, "rule": "period_settled_by_hand"},
        {"status": "corrected", "printed_text": "Utfall 2023", "col_no": 3},
    ),
    # Mark plan, table 17 row 1: the interim figure under a header for the whole year
    (
        {"document_id": PLAN, "table_no": 17, "row_no": 1, "rule": "period_settled_by_hand"},
        {"status": "corrected", "printed_text": "Utfall 2022"},
    ),
    # Mark 2023, 8.2 table 14: no unit is printed
    ({"document_id": ANNUAL, "table_no": 14, "rule": "unit_settled_by_hand"}, {"status": "corrected"}),
    # Askersund, table 1: no activity is printed
    ({"document_id": ASKERSUND, "table_no": 1, "rule": "activity_settled_by_hand"}, {"status": "corrected"}),
]


@pytest.mark.parametrize(("key", "expected"), FINDINGS, ids=words)
def test_a_finding(warehouse: Any, key: Case, expected: Case) -> None:
    check(warehouse, "audit_findings", key, expected)


def test_the_only_open_error(warehouse: Any) -> None:
    # every other sum, difference and deviation of the five reports holds within its printed decimals
    found = matching(warehouse, "audit_findings", {"severity": "error", "status": "open"})
    assert [finding["printed_text"] for finding in found] == ["-32 296"]


def test_nothing_is_larger_than_what_it_is_a_part_of(warehouse: Any) -> None:
    # Varav personnel and capital costs are below the costs, and every figure to August is below the year's
    assert matching(warehouse, "audit_findings", {"rule": "part_exceeds_its_whole"}) == []
    assert matching(warehouse, "audit_findings", {"rule": "interim_exceeds_the_year"}) == []


def test_a_note_is_shown_on_its_own_column(warehouse: Any) -> None:
    # Mark 2023, table 3 row 1: the note on "Utfall 2023" is not about 2022; Alingsås, table 7: note 6 is about 2023
    noted = warehouse.execute(
        "select column_header, notes from marts.reported_figures where document_id = ? and table_no = 7 and row_no = 1"
        " and notes like '%6: Utfall 31 aug 2023%'",
        [ALINGSAS],
    ).fetchall()
    assert {header for header, _ in noted} <= {"Utfall 31 aug 2023"}
    forecasts = warehouse.execute(
        "select column_header from marts.reported_figures where document_id = ? and table_no = 3 and row_no = 1"
        " and notes like '%Kronofogden%'",
        [ANNUAL],
    ).fetchall()
    assert forecasts == [("Utfall 2023",)]
