"""The balance of a page: every printed figure is in a table, in text, in a date or page number, or unaccounted for."""

from dataclasses import replace
from pathlib import Path

import pytest
import typst
from docx import Document as WordDocument
from openpyxl import Workbook, load_workbook

from ingest.document import Column, Doubt, PageBalance, Row, Table
from ingest.reading.balance.strike import struck_balance
from ingest.reading.blocks import PrintedPage
from ingest.reading.document.corrections import with_corrections
from ingest.reading.report import Reading, read_report
from ingest.reading.sources.choice import report_blocks
from ingest.reading.sources.lines_of_print import text_print
from ingest.workbook import layout
from ingest.workbook.reader import read_workbook
from ingest.workbook.writer import write_workbook
from tests.support.small_pdf import pdf_of
from tests.support.workbooks import made_up_document

TABLE = Table(
    table_no=1,
    section="Påhittad drift",
    title="Påhittad drift",
    label_header="Belopp i tkr",
    columns=(Column("Budget 2024"), Column("Utfall 2024")),
    rows=(Row("Skola", ("1 200", "1 350")), Row("Stab", ("30", "28"))),
)
ROWS = "Belopp i tkr Budget 2024 Utfall 2024\nSkola 1 200 1 350\nStab 30 28\n"


def balance_of(text: str, *tables: Table, doubts: dict[tuple[int, int, int], Doubt] | None = None) -> PageBalance:
    (page,) = struck_balance(list(text_print(text)), tables, doubts or {})
    return page


def read(path: Path) -> Reading:
    return read_report(path, lambda page, pages: None)


def test_a_balance_closes_if_all_figures_are_in_tables_text_or_dates() -> None:
    text = f"Sida 1 (4)\nNämnden väntas gå 170 tkr över sin budget den 31 augusti 2024.\n{ROWS}"
    page = balance_of(text, TABLE)
    assert (page.printed, page.in_tables, page.in_text, page.in_dates) == (10, 6, 1, 3)
    assert (page.tables, page.unaccounted, page.is_open) == (1, 0, False)


def test_a_table_that_was_missed_opens_the_balance() -> None:
    page = balance_of(f"Nämnden väntas gå 170 tkr över sin påhittade budget.\n{ROWS}")
    assert (page.in_tables, page.in_text, page.in_dates, page.unaccounted, page.is_open) == (0, 1, 2, 4, True)


def test_a_row_that_was_missed_opens_the_balance() -> None:
    page = balance_of(f"{ROWS}Summa 1 230 1 378\n", TABLE)
    assert (page.in_tables, page.unaccounted, page.is_open) == (6, 2, True)


def test_a_row_that_a_doubt_names_is_accounted_for() -> None:
    doubts = {(1, 2, 0): Doubt("Raden efter kan ha gått förlorad", ("Summa 1 230 1 378",))}
    page = balance_of(f"{ROWS}Summa 1 230 1 378\n", TABLE, doubts=doubts)
    assert (page.in_doubts, page.unaccounted, page.is_open) == (2, 0, False)


def test_figures_that_the_reader_parted_otherwise_are_in_tables() -> None:
    rows = (Row("Skola", ("1", "200 1 350")), Row("Stab", ("30 28", "")))
    assert balance_of(ROWS, replace(TABLE, rows=rows)).unaccounted == 0


def test_a_figure_in_the_text_is_not_taken_for_the_same_one_in_a_row() -> None:
    page = balance_of(f"Staben har enligt planen 30 påhittade tjänster kvar.\n{ROWS}", TABLE)
    assert (page.in_tables, page.in_text) == (6, 1)


@pytest.mark.parametrize(
    "line",
    [
        "Kostnaderna ökade med 2,2 mnkr (1,1 %), vilket beror på påhittade hyror.",
        "Frånvaron sjönk från 6 - 8 % till 5 % och väntas sjunka ytterligare.",
        "av de 17 påhittade ärendena avslutades 12 före den 31",
        "Målgruppen är 15–21 år och omfattar omkring 400 påhittade personer.",
    ],
)
def test_running_text_is_no_table(line: str) -> None:
    page = balance_of(line)
    assert (page.unaccounted, page.is_open) == (0, False)
    assert page.in_text > 0


@pytest.mark.parametrize(
    "line",
    [
        "Sida 3 (26)",
        "2.1 Påhittad drift",
        "3 Personal",
        "2024-08-31",
        "perioden 1 januari - 31 juli",
        "§ 12",
        "Not 4 Påhittade kostnader",
        "Utfall 2024²",
        "Period 202604",
        "Påhittad gata 7, 111 22 Påhittad ort, namn@example.se",
        "Ekonomi .......... 12",
    ],
)
def test_dates_and_page_numbers_are_no_figures_of_a_table(line: str) -> None:
    page = balance_of(line)
    assert (page.in_dates, page.unaccounted) == (page.printed, 0)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Påhittat mål\nom tre\nrader\n85\n(utfall 2023: 36)\nSlutet\npå en\nsida", 2),
        ("Påhittat uppdrag om hyror 2025-01-01 Pågår enligt plan\nAnnat uppdrag 2025-06-30 Försenat", 2),
        ("Bristande påhittad kontroll av löner Möjlig Kännbar 9 Kvalitetssäkra alla steg", 1),
        ("Påhittade mottagare av stöd under året <315 298 263", 1),
        ("Påhittad andel av alla som svarat 77% 70% Uppfyllt under året", 2),
        ("Påhittat mått med en lång text   70–100\nEtt annat mått med lång text   80–100", 2),
    ],
)
def test_rows_of_a_text_are_no_running_text(text: str, figures: int) -> None:
    assert balance_of(text).unaccounted == figures


def test_a_short_line_with_a_figure_is_unaccounted_for_but_no_table() -> None:
    page = balance_of("Påhittad fritid -38 tkr\n")
    assert (page.unaccounted, page.is_open) == (1, False)


@pytest.mark.parametrize(
    "text", ["Påhittade utgifter - 1 898 - 2 300 402\n", "Påhittad fritid -38 tkr\n\nStab 7 tkr\n"]
)
def test_several_figures_that_went_nowhere_open_the_balance(text: str) -> None:
    assert balance_of(text).is_open


def test_a_table_of_contents_is_a_list_of_page_numbers() -> None:
    text = "Innehåll\n1 Sammanfattning 3\n2 Drift 4\n3 Investeringar 6\n4 Personal 9\n"
    assert balance_of(text).in_dates == 8


def made_up_pages(*texts: str) -> list[PrintedPage]:
    pages = [next(text_print(text)) for text in texts]
    return [
        replace(page, place=f"sida {number}", number=number, first_line=None, last_line=None)
        for number, page in enumerate(pages, 1)
    ]


def test_a_page_that_pdfium_takes_for_vertical_writing_has_its_figures(tmp_path: Path) -> None:
    rows = (("Enhet", "Budget"), ("Skola", "88 200"), ("Stab", "144 100"), ("Hus", "1 014"))
    letters = (
        b"BT /F 10 Tf %d %d Td (%b) Tj ET\n" % (60 + 440 * column + 6 * place, 700 - 10 * row, letter.encode())
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        for place, letter in enumerate(text)
        if letter != " "
    )
    path = tmp_path / "made_up_letters.pdf"
    path.write_bytes(pdf_of(b"".join(letters)))
    (page,) = [item for item in report_blocks(path, lambda page, pages: None) if isinstance(item, PrintedPage)]
    assert [words.text for line in page.lines for words in line if words.text.isdecimal()] == [
        *("88", "200"),
        *("144", "100"),
        *("1", "014"),
    ]


def test_a_header_of_dates_is_taken_again_where_it_is_repeated() -> None:
    header = "Not   2024-12-31   2023-12-31\n"
    rows = tuple(Row(f"Påhittad post {'I' * number}", (f"{number} 200", f"{number} 350")) for number in range(1, 7))
    texts = [f"{row.label} {' '.join(row.cells)}\n" for row in rows]
    table = replace(TABLE, columns=(Column("2024-12-31"), Column("2023-12-31")), rows=rows, page=1)
    pages = made_up_pages(header + "".join(texts[:3]), header + "".join(texts[3:]))
    assert [page.unaccounted for page in struck_balance(pages, (table,), {})] == [0, 0]


def test_a_table_over_two_pages_is_on_both() -> None:
    first, *rest = ROWS.splitlines(keepends=True)
    pages = made_up_pages(first + rest[0], "".join(rest[1:]))
    assert [page.unaccounted for page in struck_balance(pages, [replace(TABLE, page=1)], {})] == [0, 0]


def test_what_is_repeated_at_the_edges_of_pages_is_no_figure_of_a_table() -> None:
    pages = made_up_pages(*(f"Påhittad kod 77 {ROWS}" for _ in range(3)))
    tables = [replace(TABLE, table_no=number, page=number) for number in (1, 2, 3)]
    assert [page.unaccounted for page in struck_balance(pages, tables, {})] == [0, 0, 0]


def test_a_page_of_a_pdf_is_counted_from_its_print(tmp_path: Path) -> None:
    cells = "[], [2023], [2024], [Skola], [1 200], [1 350], [Stab], [30], [28]"
    (tmp_path / "made_up.typ").write_text(
        f"= Drift\n#table(columns: 3, {cells})\nSkolan väntas gå 150 tkr över sin budget.\n#pagebreak()\n"
        "#rotate(90deg, reflow: true)[Stab 30 28]\n",
        encoding="utf-8",
    )
    typst.compile(tmp_path / "made_up.typ", output=tmp_path / "made_up.pdf", ignore_system_fonts=True, pdf_tags=False)
    first, second = read(tmp_path / "made_up.pdf").balance
    assert (first.place, first.printed, first.in_tables, first.in_text, first.unaccounted) == ("sida 1", 7, 6, 1, 0)
    assert (second.place, second.printed) == ("sida 2", 2)


def made_up_word(path: Path) -> Path:
    document = WordDocument()
    document.add_heading("Påhittad drift", 1)
    table = document.add_table(3, 3)
    rows = ("", "Budget", "Utfall"), ("Skola", "1 200", "1 350"), ("Stab", "30", "28")
    for cell, text in zip((cell for row in table.rows for cell in row.cells), sum(rows, ()), strict=True):
        cell.text = text
    document.add_heading("Påhittad personal", 1)
    document.add_paragraph("Tillsvidareanställda 45 47")
    document.add_paragraph("Visstidsanställda 5 7")
    document.save(str(path))
    return path


def test_a_word_document_is_accounted_for_heading_by_heading(tmp_path: Path) -> None:
    reading = read(made_up_word(tmp_path / "made_up.docx"))
    first, second = reading.balance
    assert (first.place, first.in_tables, first.unaccounted) == ("under Påhittad drift", 4, 0)
    assert (second.place, second.in_tables, second.unaccounted) == ("under Påhittad personal", 0, 4)
    assert "under Påhittad personal" in reading.doubts[0, 2, 1].reason


def test_a_workbook_is_accounted_for_sheet_by_sheet(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.title = "Drift"
    for row in (("", "Budget", "Utfall"), ("Skola", 1200, 1350), ("Stab", 30, 28)):
        workbook["Drift"].append(row)
    workbook.create_sheet("Rest").append(("Påhittad rest", 12, 14))
    workbook.save(tmp_path / "made_up.xlsx")
    first, second = read(tmp_path / "made_up.xlsx").balance
    assert (first.place, first.in_tables, first.unaccounted) == ("blad Drift", 4, 0)
    assert (second.place, second.unaccounted, second.is_open) == ("blad Rest", 2, True)


def test_the_print_of_a_text_with_a_structure_tree_is_the_pages(tmp_path: Path) -> None:
    tree = "".join(f"\t{text}\n" * 2 for text in ("Påhittad text", "12 345") for _ in range(20))
    (tmp_path / "made_up.txt").write_text("Påhittad text\n12 345\n" + tree, encoding="utf-8")
    items = report_blocks(tmp_path / "made_up.txt", lambda page, pages: None)
    (page,) = (item for item in items if isinstance(item, PrintedPage))
    assert [words.text for line in page.lines for words in line] == ["Påhittad text", "12 345"]


BALANCE = (
    PageBalance("sida 1", 1, 0, 9, 6, 1, 2, 0, 0, is_open=False),
    PageBalance("sida 2", 0, 1, 4, 0, 0, 0, 0, 4, is_open=True),
)


def test_the_balance_survives_the_workbook_and_a_merge(tmp_path: Path) -> None:
    path = tmp_path / "made_up_report.xlsx"
    write_workbook(made_up_document(balance=BALANCE), path)
    workbook = load_workbook(path)
    workbook["T01"].cell(layout.FIRST_DATA_ROW, layout.FIRST_CELL_COLUMN).value = "1 001"
    workbook.save(path)
    corrected = read_workbook(path)
    assert corrected.balance == BALANCE
    merged = with_corrections(made_up_document(balance=BALANCE[:1]), corrected)
    assert merged.balance == BALANCE[:1]
    assert merged.tables[0].rows[0].cells[0] == "1 001"


def test_a_workbook_from_before_the_balance_has_none(tmp_path: Path) -> None:
    path = tmp_path / "made_up_report.xlsx"
    write_workbook(made_up_document(), path)
    assert read_workbook(path).balance == ()
