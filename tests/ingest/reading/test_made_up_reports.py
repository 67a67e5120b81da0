"""The benchmark itself: made-up reports are consistent, are printed completely, and the score counts correctly."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from ingest.document import Document, Doubt, Row
from tests.support.made_up_reports.alignment import plain
from tests.support.made_up_reports.generator import made_up_report
from tests.support.made_up_reports.kinds import KINDS, print_made_up_report
from tests.support.made_up_reports.printers.excel import as_number
from tests.support.made_up_reports.report import join_lines
from tests.support.made_up_reports.score import Score, add_to_score, is_figure

TRAPS = {
    "blank cells",
    "commentary column",
    "earlier outcome in brackets",
    "footnote on figure",
    "footnote on label",
    "key columns before the label",
    "labels like targets",
    "note column",
    "page break, header not repeated",
    "paired rows",
    "remarks between rows",
    "row code before the label",
    "sub-heading row",
    "two header levels",
}


def figures(document: Document) -> list[str]:
    return [cell for table in document.tables for row in table.rows for cell in row.cells if is_figure(cell)]


def test_a_seed_always_gives_the_same_report() -> None:
    assert made_up_report(7) == made_up_report(7)
    assert made_up_report(7) != made_up_report(8)


def test_the_first_fifty_reports_hold_every_kind_of_trap() -> None:
    reports = [made_up_report(seed) for seed in range(50)]
    assert all(3 <= len(report.tables) <= 10 for report in reports)
    assert {trap for report in reports for table in report.tables for trap in table.traps} >= TRAPS


def test_broken_text_loses_zeros_spaces_and_figures_and_leaves_the_rest_of_a_report_as_it_is() -> None:
    pairs = [(made_up_report(seed), made_up_report(seed, breaks_text=True)) for seed in range(200)]
    broken = [(whole, lost) for whole, lost in pairs if whole != lost]
    traps = {trap for _, lost in broken for table in lost.tables for trap in table.traps}
    assert traps >= {"zeros lost", "row glued together"}
    assert any(len(lost.tables) < len(whole.tables) for whole, lost in broken)
    for whole, lost in broken:
        assert sum(block not in lost.blocks for block in whole.blocks) == 1


@pytest.mark.parametrize("seed", range(20))
def test_totals_are_the_sum_of_their_rows(seed: int) -> None:
    for table in made_up_report(seed).tables:
        if table.kind == "activities":
            parts = [row for row in table.rows[:-1] if "varav" not in row.label]
            for at in range(len(table.columns)):
                amounts = [
                    as_number(row.cells[at])[0] if row.cells[at] != "+-0" else 0 for row in (*parts, table.rows[-1])
                ]
                assert sum(amounts[:-1]) == pytest.approx(amounts[-1])


@pytest.mark.parametrize(
    ("lines", "header"),
    [
        (("Budget-", "avvikelse"), "Budgetavvikelse"),
        (("Progno¦", "s", "2025"), "Prognos 2025"),
        (("IT‑", "licenser"), "IT-licenser"),
        (("Utfall", "31/8", "2024"), "Utfall 31/8 2024"),
    ],
)
def test_broken_headers_are_joined_by_the_rulings(lines: tuple[str, ...], header: str) -> None:
    assert join_lines(lines) == header


@pytest.mark.parametrize("kind", ["tagged_pdf", "untagged_pdf", "drawn_pdf"])
@pytest.mark.parametrize("seed", range(3))
def test_a_pdf_shows_every_figure_and_is_tagged_only_where_it_says_so(kind: str, seed: int, tmp_path: Path) -> None:
    printed = print_made_up_report(kind, seed, tmp_path)
    pdf = pypdfium2.PdfDocument(printed.path)
    shown = plain("".join(page.get_textpage().get_text_range() for page in pdf))
    assert [figure for figure in figures(printed.truth) if plain(figure) not in shown] == []
    assert pdf.is_tagged() == (kind == "tagged_pdf")


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.suffix == "txt"])
@pytest.mark.parametrize("seed", range(5))
def test_a_text_shows_every_figure(kind: str, seed: int, tmp_path: Path) -> None:
    printed = print_made_up_report(kind, seed, tmp_path)
    shown = plain(printed.path.read_text(encoding="utf-8"))
    assert [figure for figure in figures(printed.truth) if plain(figure) not in shown] == []


def test_a_word_document_shows_every_figure(tmp_path: Path) -> None:
    printed = print_made_up_report("word", 1, tmp_path)
    shown = plain(zipfile.ZipFile(printed.path).read("word/document.xml").decode("utf-8"))
    escaped = [plain(figure).replace("<", "&lt;").replace(">", "&gt;") for figure in figures(printed.truth)]
    assert [figure for figure in escaped if figure not in shown] == []


@pytest.mark.parametrize(
    ("printed", "value", "displayed", "number_format"),
    [
        ("− 1 234,5", -1234.5, "-1 234,5", "#,##0.0"),
        ("1200", 1200, "1 200", "#,##0"),
        ("87,5 %", 0.875, "87,5%", "#,##0.0%"),
    ],
)
def test_excel_displays_a_number_by_its_format(printed: str, value: float, displayed: str, number_format: str) -> None:
    assert as_number(printed) == (pytest.approx(value), displayed, number_format)


def changed(document: Document, table_at: int, row_at: int, cells: tuple[str, ...]) -> Document:
    table = document.tables[table_at]
    rows = (*table.rows[:row_at], Row(table.rows[row_at].label, cells), *table.rows[row_at + 1 :])
    tables = (*document.tables[:table_at], replace(table, rows=rows), *document.tables[table_at + 1 :])
    return replace(document, tables=tables)


def scored(truth: Document, read: Document) -> Score:
    score = Score()
    add_to_score(score, "file", truth, read)
    return score


def test_a_perfect_reading_scores_full() -> None:
    truth = made_up_report(3).truth()
    score = scored(truth, truth)
    assert (score.recall, score.precision, score.right_cells_doubted) == (1, 1, 0)
    assert score.printed == len(figures(truth))
    assert all(score.share(name) == 1 for name in ("label", "header", "title", "section", "unit"))


def test_one_wrong_figure_counts_once_and_may_be_doubtful() -> None:
    truth = made_up_report(3).truth()
    cells = truth.tables[0].rows[0].cells
    at = next(at for at, cell in enumerate(cells) if is_figure(cell))
    read = changed(truth, 0, 0, (*cells[:at], cells[at] + "9", *cells[at + 1 :]))
    score = scored(truth, read)
    assert (score.printed - score.right, score.given - score.right, score.wrong) == (1, 1, 1)
    assert score.wrong_cells_doubted == 0
    doubted = replace(read, doubts={(1, 1, at + 1): Doubt("")})
    assert scored(truth, doubted).wrong_cells_doubted == 1


def test_a_missed_table_costs_recall_and_an_invented_one_precision() -> None:
    truth = made_up_report(3).truth()
    without = replace(truth, tables=truth.tables[1:])
    assert (scored(truth, without).precision, scored(without, truth).recall) == (1, 1)
    assert scored(truth, without).recall == scored(without, truth).precision < 1


def test_a_missed_row_leaves_the_others_right() -> None:
    truth = made_up_report(3).truth()
    table = max(truth.tables, key=lambda table: len(table.rows))
    read = replace(truth, tables=tuple(replace(t, rows=t.rows[1:]) if t is table else t for t in truth.tables))
    lost = sum(map(is_figure, table.rows[0].cells))
    assert scored(truth, read).printed - scored(truth, read).right == lost
