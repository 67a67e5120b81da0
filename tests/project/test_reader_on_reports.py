"""The comparison with other tools on real PDFs counts the figures that are in the row of their label."""

from pathlib import Path

from benchmarks.reader_on_reports import Report, reports_in, result_on
from benchmarks.reader_tools import Found
from tests.support.small_pdf import pdf_of, rows_of_text

GOLD = "row_label,raw,kind\nFörskola,1 200,numeric\nGrund-skola,–350,numeric\nMål,trygga barn,text\n"


def made_up_report(folder: Path) -> Report:
    for name in ("pdf", "gold"):
        (folder / name).mkdir()
    (folder / "pdf" / "made_up.pdf").write_bytes(pdf_of(rows_of_text((("Skola", "12"),)), b""))
    (folder / "gold" / "made_up.csv").write_text(GOLD, encoding="utf-8")
    (folder / "gold" / "made_up_elsewhere.csv").write_text(GOLD, encoding="utf-8")
    (report,) = reports_in(folder)
    return report


def test_a_figure_is_right_in_the_row_of_its_label(tmp_path: Path) -> None:
    found = Found([["Förskola", "1200", "1200"], ["", "Grundskola", "-350*"]], seconds=2.0)
    result = result_on(made_up_report(tmp_path), found)
    assert (result.figures, result.found, result.right, result.pages) == (2, 2, 2, 2)
    assert result.line("made_up", "tool") == "| made_up | tool | 2 | 2 | 2 | 1.0 |"


def test_a_figure_beside_another_label_is_only_found(tmp_path: Path) -> None:
    result = result_on(made_up_report(tmp_path), Found([["Grundskola", "1 200"], ["-350", "Grundskola"]], seconds=2.0))
    assert (result.found, result.right) == (2, 0)
