"""Files that ask for far more time or memory than what they print: each is read in about the time of a usual one."""

from pathlib import Path
from time import process_time

import pytest
from docx import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.styles import Font

from ingest.document import Table
from ingest.reading.report import read_report

ROWS = (("Verksamhet", "Budget 2024", "Utfall 2024"), ("Skola", "1200", "1350"), ("Vård", "2400", "2350"))
MOST_SECONDS = 10


def table_of(path: Path) -> Table:
    begun = process_time()
    (table,) = read_report(path, lambda page, pages: None).tables
    assert process_time() - begun < MOST_SECONDS
    return table


def test_an_empty_formatted_cell_at_the_end_of_a_sheet_costs_nothing(tmp_path: Path) -> None:
    workbook = Workbook()
    for row in ROWS:
        workbook.active.append(row)
    workbook.active.cell(1048576, 16384).font = Font(bold=True)
    workbook.save(tmp_path / "made_up.xlsx")
    assert [row.cells for row in table_of(tmp_path / "made_up.xlsx").rows] == [row[1:] for row in ROWS[1:]]


def test_a_cell_that_claims_to_cover_millions_of_columns_is_cut(tmp_path: Path) -> None:
    document = WordDocument()
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for cell, text in zip((cell for row in table.rows for cell in row.cells), sum(ROWS, ()), strict=True):
        cell.text = text
    span = OxmlElement("w:gridSpan")
    span.set(qn("w:val"), "100000000")
    table.rows[2].cells[2]._tc.get_or_add_tcPr().append(span)
    document.save(str(tmp_path / "made_up.docx"))
    assert [row.cells[:2] for row in table_of(tmp_path / "made_up.docx").rows] == [row[1:] for row in ROWS[1:]]


@pytest.mark.parametrize("piece", ["(utfall 2023: ", "a 1 ", "1 200 "])
def test_a_line_without_end_costs_little(piece: str, tmp_path: Path) -> None:
    lines = "\n".join(" ".join(row) + " " for row in ROWS)
    (tmp_path / "made_up.txt").write_text(f"3 Drift\n{lines}\n\n{piece * 5000}x\n", encoding="utf-8")
    rows = table_of(tmp_path / "made_up.txt").rows[: len(ROWS) - 1]
    assert [row.cells for row in rows] == [row[1:] for row in ROWS[1:]]
