"""Lines outside tables that read as rows are reported, so that no figure is lost unnoticed."""

from pathlib import Path

import pytest
from docx import Document as WordDocument

from ingest.reading.report import read_report
from ingest.reading.vocabulary.row_words import figures_of_row, is_header_of_words


@pytest.mark.parametrize(
    ("line", "figures"),
    [
        ("Påhittad skola 9 33 41", 3),
        ("Påhittad kostnad, kr 158 400 165 912 – 172 100", 2),
        ("Andel, % 5,2 -0,3", 2),
        ("Påhittad tertialrapport 1 2025", 0),
        ("Den påhittade nämnden räknar med att gå över budget med 1 900", 0),
        ("Kontaktcenter: 099-123 00 00, kansli: 099-128 07 00", 0),
        ("2023 2024 2025", 0),
        ("Utfallet blev 12 34 enligt den påhittade planen.", 0),
    ],
)
def test_a_line_reads_as_a_row_by_its_name_and_figures(line: str, figures: int) -> None:
    assert figures_of_row(line) == figures


@pytest.mark.parametrize(
    ("line", "is_header"),
    [
        ("Risk Kontrollmoment Resultat av uppföljning 2025", True),
        ("Nämndens mål Kommentar/ analys Bedömning", True),
        ("Program Uppföljning", True),
        ("Uppföljning", False),
        ("Uppföljning av mål och uppdrag", False),
        ("Resultat och bedömning", False),
    ],
)
def test_headers_of_words_alone_on_a_line_are_recognised(line: str, is_header: bool) -> None:
    assert is_header_of_words(line) == is_header


def test_rows_outside_tables_are_reported_and_those_in_tables_are_not(tmp_path: Path) -> None:
    document = WordDocument()
    table = document.add_table(3, 3)
    rows = ("Påhittat", "2024", "2025"), ("Intäkter", "1 000", "900"), ("Kostnader", "-5 000", "-5 600")
    for cell, text in zip((cell for row in table.rows for cell in row.cells), sum(rows, ()), strict=True):
        cell.text = text
    document.add_paragraph("Nettokostnad -4 000 -4 700")
    document.add_paragraph("Det påhittade utfallet är 900 tkr.")
    document.add_heading("Ett påhittat diagram", 2)
    bare = document.add_table(2, 3)
    for number, cell in enumerate((cell for row in bare.rows for cell in row.cells), 20):
        cell.text = str(number)
    document.save(str(tmp_path / "made_up.docx"))
    reading = read_report(tmp_path / "made_up.docx", lambda page, pages: None)
    assert [len(table.rows) for table in reading.tables] == [2]
    assert sorted(reading.unread) == ["20 21 22", "23 24 25", "Nettokostnad -4 000 -4 700"]


def test_unread_rows_are_reported_with_their_page(tmp_path: Path) -> None:
    table = "Påhittat      2024     2025\nIntäkter     1 000      900\nKostnader   -5 000   -5 600\n"
    table += "Netto       -4 000   -4 700\n"
    path = tmp_path / "made_up.txt"
    said = "Det här är en påhittad sida.\nPåhittad fond 12 14\nProgram Uppföljning\nEn påhittad insats pågår.\n"
    path.write_text(f"{table}\f{said}{table}", encoding="utf-8")
    unread = read_report(path, lambda page, pages: None).unread
    assert unread == ("page 2: Påhittad fond 12 14", "page 2: Program Uppföljning")
