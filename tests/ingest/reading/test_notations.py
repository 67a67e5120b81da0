"""One made-up table in the notations that reports print numbers in, in each kind of file that can show them."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pdfplumber
import pytest

from ingest.reading.report import read_report
from ingest.reading.vocabulary.print import number
from ingest.reading.vocabulary.row_words import figures_of_row
from tests.support.made_up_tables import PRINTERS, as_text, page_source, typeset

HEADERS = ("Verksamhet", "Budget 2024", "Utfall 2024", "Avvikelse")
TRUTH = {
    "Avgifter": (41300, 43750, 2450),
    "Löner": (-317420, -329180, -11760),
    "Hyror och lokaler": (-96210, -98860, -2650),
    "Nettokostnad": (-372330, -384290, -11960),
}


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


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("kind", PRINTERS)
def test_a_figure_is_the_same_in_each_notation(kind: str, notation: str, tmp_path: Path) -> None:
    rows = [(label, *map(NOTATIONS[notation], values)) for label, values in TRUTH.items()]
    reading = read_report(PRINTERS[kind](tmp_path, [HEADERS, *rows]), lambda page, pages: None)
    (table,) = reading.tables
    read = {row.label: tuple(map(number, row.cells)) for row in table.rows}
    assert read == {label: tuple(map(Decimal, values)) for label, values in TRUTH.items()}
    assert [column.header for column in table.columns] == list(HEADERS[1:])
    assert not reading.doubts


def _cells(path: Path) -> list[list[tuple[str, ...]]]:
    tables = read_report(path, lambda page, pages: None).tables
    return [[(row.label, *row.cells) for row in table.rows] for table in tables]


@pytest.mark.parametrize("percent", ["%", " %"])
@pytest.mark.parametrize("kind", PRINTERS)
def test_a_number_with_its_share_is_one_cell_that_is_doubted(kind: str, percent: str, tmp_path: Path) -> None:
    rows = [
        ("Nöjda", f"16 (53{percent})", f"14 (47{percent})", f"30 (100{percent})"),
        ("Missnöjda", f"6 (60{percent})", f"4 (40{percent})", f"10 (100{percent})"),
    ]
    reading = read_report(PRINTERS[kind](tmp_path, [HEADERS, *rows]), lambda page, pages: None)
    assert [(row.label, *row.cells) for table in reading.tables for row in table.rows] == rows
    assert {(1, row_no, col_no) for row_no in (1, 2) for col_no in (1, 2, 3)} <= reading.doubts.keys()


# Text in columns prints everything but the first column right-aligned, which no report does with names.
@pytest.mark.parametrize("kind", sorted(PRINTERS.keys() - {"columns"}))
def test_the_number_of_an_account_is_part_of_the_label(kind: str, tmp_path: Path) -> None:
    header = ("Konto", "Benämning", "Budget 2024", "Utfall 2024")
    rows = [("3100", "Avgifter", "1 200", "1 350"), ("4000", "Inköp", "-900", "-910"), ("5000", "Hyra", "-80", "-75")]
    assert _cells(PRINTERS[kind](tmp_path, [header, *rows])) == [[(f"{row[0]} {row[1]}", *row[2:]) for row in rows]]


@pytest.mark.parametrize("kind", PRINTERS)
def test_the_number_of_a_project_in_brackets_stays_in_its_label(kind: str, tmp_path: Path) -> None:
    rows = [("Ny lekplats (6012)", "1 200", "1 350", "-150"), ("Kajen (6119)", "2 400", "2 350", "50")]
    assert _cells(PRINTERS[kind](tmp_path, [HEADERS, *rows])) == [rows]


def test_a_caption_that_ends_in_years_is_not_a_row(tmp_path: Path) -> None:
    first, second = [("Skola", "1 200", "1 350", "-150")] * 2, [("Lärare", "12", "14", "15"), ("Vård", "3", "4", "6")]
    lines = [(*HEADERS,), *first, ("Tabell 4. Personal 2023 2024 2025",), ("Grupp", "2023", "2024", "2025"), *second]
    assert _cells(as_text(tmp_path, [" ".join(line) + " " for line in lines])) == [first, second]


FAKE_BOLD = "#let bold(body) = box[#place(dx: 0.25pt, body)#body]"


@pytest.mark.parametrize("stroke", ["none", "1pt"])
def test_a_row_in_fake_bold_is_printed_once(stroke: str, tmp_path: Path) -> None:
    rows = [(label, *map(NOTATIONS["hyphen"], values)) for label, values in TRUTH.items()]
    page = page_source([HEADERS, *rows[:-1]], stroke).removesuffix(")")
    total = ", ".join(f'bold("{text}")' for text in rows[-1])
    reading = read_report(typeset(tmp_path, f"{FAKE_BOLD}\n{page}, {total})"), lambda page, pages: None)
    assert [(row.label, *row.cells) for row in reading.tables[0].rows] == rows


def test_text_turned_by_a_rounding_error_is_upright(tmp_path: Path) -> None:
    rows = [(label, *map(NOTATIONS["hyphen"], values)) for label, values in TRUTH.items()]
    path = typeset(tmp_path, f"#skew(ax: 0.00002deg, ay: 0.00002deg)[\n{page_source([HEADERS, *rows], 'none')}\n]")
    with pdfplumber.open(path) as document:
        assert not all(char["upright"] for char in document.pages[0].chars)
    (table,) = read_report(path, lambda page, pages: None).tables
    assert [(row.label, *row.cells) for row in table.rows] == rows


@pytest.mark.parametrize("notation", ["brackets", "minus last", "points", "kronor"])
def test_a_lost_row_is_named_whatever_its_notation(notation: str) -> None:
    row = " ".join(("Löner", *map(NOTATIONS[notation], TRUTH["Löner"])))
    assert figures_of_row(row) == len(TRUTH["Löner"])


@pytest.mark.parametrize("kind", ["columns", "spaces", "dense", "tabs"])
def test_a_row_that_ends_in_brackets_is_neither_a_page_number_nor_text(kind: str, tmp_path: Path) -> None:
    rows = [
        ("Elever", "108", "71", "(37)"),
        ("Lån", "4 025", "4 530", "(12)"),
        ("Hyra", "(10,48)", "(11,23)", "(0,75)"),
    ]
    assert _cells(PRINTERS[kind](tmp_path, [HEADERS, *rows])) == [rows]
