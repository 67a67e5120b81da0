"""One made-up table in the notations that reports print numbers in, in each kind of file that can show them."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pdfplumber
import pytest
import typst
from docx import Document as WordDocument
from openpyxl import Workbook

from ingest.reading.report import read_report
from ingest.reading.vocabulary.print import number
from ingest.reading.vocabulary.row_words import figures_of_row

HEADERS = ("Verksamhet", "Budget 2024", "Utfall 2024", "Avvikelse")
TRUTH = {
    "Avgifter": (41300, 43750, 2450),
    "Löner": (-317420, -329180, -11760),
    "Hyror och lokaler": (-96210, -98860, -2650),
    "Nettokostnad": (-372330, -384290, -11960),
}
Rows = list[tuple[str, ...]]


def _grouped(value: int, mark: str = " ") -> str:
    return f"{abs(value):,}".replace(",", mark)


NOTATIONS: dict[str, Callable[[int], str]] = {
    "hyphen": lambda value: ("-" if value < 0 else "") + _grouped(value),
    "minus sign": lambda value: ("\u2212" if value < 0 else "") + _grouped(value),
    "en dash": lambda value: ("–" if value < 0 else "") + _grouped(value),
    "em dash": lambda value: ("—" if value < 0 else "") + _grouped(value),
    "figure dash": lambda value: ("\u2012" if value < 0 else "") + _grouped(value),
    "non-breaking hyphen": lambda value: ("\u2011" if value < 0 else "") + _grouped(value),
    "minus apart": lambda value: ("- " if value < 0 else "") + _grouped(value),
    "brackets": lambda value: f"({_grouped(value)})" if value < 0 else _grouped(value),
    "minus last": lambda value: _grouped(value) + ("-" if value < 0 else ""),
    "points": lambda value: ("-" if value < 0 else "") + _grouped(value, "."),
    "points and brackets": lambda value: f"({_grouped(value, '.')})" if value < 0 else _grouped(value, "."),
    "thin spaces": lambda value: ("-" if value < 0 else "") + _grouped(value, "\u202f"),
    "kronor": lambda value: ("-" if value < 0 else "") + _grouped(value) + " kr",
}


def _typst(folder: Path, source: str, tags: bool = False) -> Path:
    (folder / "made_up.typ").write_text(
        f'#set text(lang: "sv", size: 10pt, hyphenate: false)\n{source}', encoding="utf-8"
    )
    path = folder / "made_up.pdf"
    typst.compile(folder / "made_up.typ", output=path, format="pdf", ignore_system_fonts=True, pdf_tags=tags)
    return path


def _page(rows: Rows, stroke: str) -> str:
    cells = ", ".join(f'"{text}"' for row in (HEADERS, *rows) for text in row)
    align = "align: (left, right, right, right)"
    return (
        f"= Drift\n\nUtfall per verksamhet\n\n#table(columns: (5cm, 3cm, 3cm, 3cm), {align}, stroke: {stroke}, {cells})"
    )


def _unruled(folder: Path, rows: Rows) -> Path:
    return _typst(folder, _page(rows, "none"))


def _ruled(folder: Path, rows: Rows) -> Path:
    return _typst(folder, _page(rows, "1pt"))


def _tagged(folder: Path, rows: Rows) -> Path:
    return _typst(folder, _page(rows, "none"), tags=True)


def _text(folder: Path, lines: list[str]) -> Path:
    path = folder / "made_up.txt"
    path.write_text("\n".join(["3 Drift", "", "Utfall per verksamhet", "", *lines, ""]), encoding="utf-8")
    return path


def _columns(folder: Path, rows: Rows) -> Path:
    return _text(folder, [row[0].ljust(24) + "".join(cell.rjust(16) for cell in row[1:]) for row in (HEADERS, *rows)])


def _tabs(folder: Path, rows: Rows) -> Path:
    return _text(folder, ["\t".join(row) for row in (HEADERS, *rows)])


def _spaces(folder: Path, rows: Rows) -> Path:
    return _text(folder, [" ".join(row) + " " for row in (HEADERS, *rows)])


def _word(folder: Path, rows: Rows) -> Path:
    document = WordDocument()
    document.add_heading("Drift", 1)
    table = document.add_table(0, len(HEADERS))
    for row in (HEADERS, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    path = folder / "made_up.docx"
    document.save(str(path))
    return path


def _excel(folder: Path, rows: Rows) -> Path:
    workbook = Workbook()
    for row in (("Drift",), HEADERS, *rows):
        workbook.active.append(row)
    path = folder / "made_up.xlsx"
    workbook.save(path)
    return path


KINDS = {
    "unruled": _unruled, "ruled": _ruled, "tagged": _tagged, "columns": _columns, "tabs": _tabs, "spaces": _spaces,
    "word": _word, "excel": _excel,
}  # fmt: skip


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_is_the_same_in_each_notation(kind: str, notation: str, tmp_path: Path) -> None:
    rows = [(label, *map(NOTATIONS[notation], values)) for label, values in TRUTH.items()]
    reading = read_report(KINDS[kind](tmp_path, rows), lambda page, pages: None)
    (table,) = reading.tables
    read = {row.label: tuple(map(number, row.cells)) for row in table.rows}
    assert read == {label: tuple(map(Decimal, values)) for label, values in TRUTH.items()}
    assert [column.header for column in table.columns] == list(HEADERS[1:])
    assert not reading.doubts


def _cells(path: Path) -> list[list[tuple[str, ...]]]:
    tables = read_report(path, lambda page, pages: None).tables
    return [[(row.label, *row.cells) for row in table.rows] for table in tables]


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_with_its_share_is_one_cell_that_is_doubted(kind: str, tmp_path: Path) -> None:
    rows = [("Nöjda", "16 (53%)", "14 (47%)", "30 (100%)"), ("Missnöjda", "6 (60%)", "4 (40%)", "10 (100%)")]
    reading = read_report(KINDS[kind](tmp_path, rows), lambda page, pages: None)
    assert [(row.label, *row.cells) for table in reading.tables for row in table.rows] == rows
    assert {(1, row_no, col_no) for row_no in (1, 2) for col_no in (1, 2, 3)} <= reading.doubts.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_the_number_of_a_project_in_brackets_stays_in_its_label(kind: str, tmp_path: Path) -> None:
    rows = [("Ny lekplats (6012)", "1 200", "1 350", "-150"), ("Kajen (6119)", "2 400", "2 350", "50")]
    assert _cells(KINDS[kind](tmp_path, rows)) == [rows]


def test_a_caption_that_ends_in_years_is_not_a_row(tmp_path: Path) -> None:
    first, second = [("Skola", "1 200", "1 350", "-150")] * 2, [("Lärare", "12", "14", "15"), ("Vård", "3", "4", "6")]
    lines = [(*HEADERS,), *first, ("Tabell 4. Personal 2023 2024 2025",), ("Grupp", "2023", "2024", "2025"), *second]
    assert _cells(_text(tmp_path, [" ".join(line) + " " for line in lines])) == [first, second]


FAKE_BOLD = "#let bold(body) = box[#place(dx: 0.25pt, body)#body]"


@pytest.mark.parametrize("stroke", ["none", "1pt"])
def test_a_row_in_fake_bold_is_printed_once(stroke: str, tmp_path: Path) -> None:
    rows = [(label, *map(NOTATIONS["hyphen"], values)) for label, values in TRUTH.items()]
    page = _page(rows[:-1], stroke).removesuffix(")")
    total = ", ".join(f'bold("{text}")' for text in rows[-1])
    reading = read_report(_typst(tmp_path, f"{FAKE_BOLD}\n{page}, {total})"), lambda page, pages: None)
    assert [(row.label, *row.cells) for row in reading.tables[0].rows] == rows


def test_text_turned_by_a_rounding_error_is_upright(tmp_path: Path) -> None:
    rows = [(label, *map(NOTATIONS["hyphen"], values)) for label, values in TRUTH.items()]
    path = _typst(tmp_path, f"#skew(ax: 0.00002deg, ay: 0.00002deg)[\n{_page(rows, 'none')}\n]")
    with pdfplumber.open(path) as document:
        assert not all(char["upright"] for char in document.pages[0].chars)
    (table,) = read_report(path, lambda page, pages: None).tables
    assert [(row.label, *row.cells) for row in table.rows] == rows


@pytest.mark.parametrize("notation", ["brackets", "minus last", "points", "kronor"])
def test_a_lost_row_is_named_whatever_its_notation(notation: str) -> None:
    row = " ".join(("Löner", *map(NOTATIONS[notation], TRUTH["Löner"])))
    assert figures_of_row(row) == len(TRUTH["Löner"])
