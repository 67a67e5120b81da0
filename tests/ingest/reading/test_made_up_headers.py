"""Headers whose second line is digits, in each kind of file: a line of years or months is part of the header."""

from pathlib import Path

import pytest

from ingest.document import Column, Row, Table
from ingest.reading.checks.headers import doubts_of_headers
from ingest.reading.report import read_report
from ingest.reading.vocabulary.header_cells import header_cells
from tests.support.made_up_tables import PRINTERS

ROWS = [
    ("Avgifter", "41 300", "43 750", "2 450"),
    ("Löner", "-317 420", "-329 180", "-11 760"),
    ("Hyror och lokaler", "-96 210", "-98 860", "-2 650"),
    ("Nettokostnad", "-372 330", "-384 290", "-11 960"),
]
HEADERS = {
    "years": (
        [("Verksamhet", "Budget", "Utfall", "Avvikelse"), ("", "2024", "2024", "2024")],
        ["Budget 2024", "Utfall 2024", "Avvikelse 2024"],
    ),
    "a deviation without year": (
        [("Verksamhet", "Budget", "Utfall", "Avvikelse"), ("", "2024", "2024", "")],
        ["Budget 2024", "Utfall 2024", "Avvikelse"],
    ),
    "unit over the labels": (
        [("tkr", "Bokslut", "Budget", "Prognos"), ("", "2023", "2024", "2024")],
        ["Bokslut 2023", "Budget 2024", "Prognos 2024"],
    ),
    "labels' header beside the years": (
        [("", "Utfall", "Utfall", "Budget"), ("Verksamhet", "2022", "2023", "2024")],
        ["Utfall 2022", "Utfall 2023", "Budget 2024"],
    ),
    "months and years": (
        [
            ("Verksamhet", "Utfall", "Utfall", "Prognos"),
            ("", "jan-aug", "jan-aug", "helår"),
            ("", "2023", "2024", "2024"),
        ],
        ["Utfall jan-aug 2023", "Utfall jan-aug 2024", "Prognos helår 2024"],
    ),
    "days": (
        [("Verksamhet", "Utfall", "Utfall", "Budget"), ("", "31/8 2024", "31/8 2023", "2024")],
        ["Utfall 31/8 2024", "Utfall 31/8 2023", "Budget 2024"],
    ),
    "months by number": (
        [("Verksamhet", "2024", "2023", "2022"), ("", "12", "12", "12")],
        ["2024 12", "2023 12", "2022 12"],
    ),
    "months without separator": (
        [("Verksamhet", "Utfall", "Utfall", "Utfall"), ("", "202401", "202402", "202403")],
        ["Utfall 202401", "Utfall 202402", "Utfall 202403"],
    ),
}


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize("kind", PRINTERS)
def test_a_line_of_digits_under_the_header_belongs_to_it(kind: str, name: str, tmp_path: Path) -> None:
    lines, headers = HEADERS[name]
    reading = read_report(PRINTERS[kind](tmp_path, [*lines, *ROWS]), lambda page, pages: None)
    (table,) = reading.tables
    assert [column.header for column in table.columns] == headers
    assert [(row.label, *row.cells) for row in table.rows] == ROWS
    assert not reading.doubts


@pytest.mark.parametrize("kind", PRINTERS)
def test_a_first_row_without_a_name_is_not_a_line_of_months(kind: str, tmp_path: Path) -> None:
    rows = [("", "12", "12"), ("Kvinnor", "8", "7"), ("Män", "4", "5")]
    reading = read_report(PRINTERS[kind](tmp_path, [("Personal", "2024", "2023"), *rows]), lambda page, pages: None)
    assert [[(row.label, *row.cells) for row in table.rows] for table in reading.tables] == [rows]


@pytest.mark.parametrize("kind", PRINTERS)
def test_years_that_name_rows_stay_rows(kind: str, tmp_path: Path) -> None:
    rows = [("2021", "1 200", "12", "400"), ("2022", "1 250", "13", "410"), ("2023", "1 270", "14", "430")]
    reading = read_report(
        PRINTERS[kind](tmp_path, [("År", "Antal", "Andel", "Kostnad"), *rows]), lambda page, pages: None
    )
    (table,) = reading.tables
    assert [column.header for column in table.columns] == ["Antal", "Andel", "Kostnad"]
    assert [(row.label, *row.cells) for row in table.rows] == rows


@pytest.mark.parametrize(
    ("lines", "cells"),
    [
        (["Nämnd Budget Utfall", "2024 2024"], ["Nämnd", "Budget 2024", "Utfall 2024"]),
        (["Utfall Budget", "Nämnd 2023 2024"], ["Nämnd", "Utfall 2023", "Budget 2024"]),
        (
            ["Nämnd Utfall Budget", "2023 2024 2023 2024"],
            ["Nämnd", "Utfall 2023", "Utfall 2024", "Budget 2023", "Budget 2024"],
        ),
        (["Nämnd Budget Utfall Avvikelse", "2024 2024"], ["Nämnd", "Budget 2024", "Utfall 2024", "Avvikelse"]),
        (["Jan-aug", "Nämnd 2023 2024"], ["Nämnd", "Jan-aug 2023", "Jan-aug 2024"]),
        (["Nämnd Utfall 2022 Mål", "2023 2024"], ["Nämnd", "Utfall 2022", "Mål 2023", "2024"]),
    ],
)
def test_periods_below_a_line_of_headers_belong_to_them(lines: list[str], cells: list[str]) -> None:
    assert header_cells(lines) == cells


def test_headers_without_years_beside_years_without_headers_are_doubted() -> None:
    headers = ("Budget", "Utfall", "2024", "2024")
    columns = tuple(Column(header) for header in headers)
    table = Table(1, "", "", "", columns, (Row("Skola", ("1 200", "1 350", "40", "50")),))
    assert set(doubts_of_headers(table, [[], *([header] for header in headers)])) == {(0, at) for at in range(1, 5)}
