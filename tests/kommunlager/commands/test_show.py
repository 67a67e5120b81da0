"""`kommunlager show` says where a figure is printed, and cuts its row out of the report if that is at hand."""

from pathlib import Path

import pytest
from PIL import Image

from kommunlager.commands.row_picture import cut_row_out
from tests.support.installation import TrialInstallation
from tests.support.small_pdf import pdf_of, rows_of_text

# Section 7.1 of the interim report 2025, personnel costs: the forecast.
FORECAST = "mark_delarsrapport_2025.t14.r2.c3"


def row_of(built: TrialInstallation, figure_id: str) -> tuple[str, ...]:
    """The label and the figures of the row that a figure is in."""
    cells = built.query(
        "select row_label, raw_text from marts.reported_figures where document_id || table_no || '.' || row_no = ("
        "select document_id || table_no || '.' || row_no from marts.reported_figures where figure_id = "
        f"'{figure_id}') order by col_no"
    )
    return (cells[0][0], *(text for _, text in cells))


def test_a_figure_is_shown_with_its_place_and_what_to_do_for_a_picture(built: TrialInstallation) -> None:
    shown = built.kommunlager("show", FORECAST)
    assert shown.returncode == 0, shown.stderr
    for line in (
        f"{FORECAST}: -269,7",
        "  document: Mark, Delårsrapport 2025, socialnämnden",
        "  section: 7.1 Driftredovisning",
        "  table: 14, Tabell periodrapport",
        "  row: 2, Personalkostnader",
        "  column: 3, Prognos 2025",
        "  workbook: mark_delarsrapport_2025.xlsx, T14!H12",
        "  picture: none, since the report was not read from a PDF. If you have it as one, give it with --pdf FILE.",
    ):
        assert line in shown.stdout.splitlines()


def test_the_row_is_cut_out_of_the_page_that_has_its_figures(built: TrialInstallation, tmp_path: Path) -> None:
    label, *figures = row_of(built, FORECAST)
    assert (label, "-269,7" in figures) == ("Personalkostnader", True)
    decoy = (label, *("1" + figure for figure in figures))
    pdf, picture = tmp_path / "made_up.pdf", tmp_path / "row.png"
    pdf.write_bytes(pdf_of(rows_of_text((decoy,)), rows_of_text((("Annat", "7"), (label, *figures), ("Mer", "8")))))
    shown = built.kommunlager("show", FORECAST, "--pdf", str(pdf), "--picture", str(picture))
    assert f"  picture: {picture}, cut out of page 2 of {pdf}" in shown.stdout
    with Image.open(picture) as image:
        assert image.width > 1000
        assert 100 < image.height < 200
        middle = image.convert("L").crop((0, image.height // 3, image.width, 2 * image.height // 3))
        assert middle.getextrema()[0] < 100  # Letters.


def test_a_report_without_the_row_or_that_is_no_pdf_gives_no_picture(built: TrialInstallation, tmp_path: Path) -> None:
    pdf = tmp_path / "made_up.pdf"
    pdf.write_bytes(pdf_of(rows_of_text((("Personalkostnader", "-269,7"),))))
    assert "has no such row as text" in built.kommunlager("show", FORECAST, "--pdf", str(pdf)).stdout
    pdf.write_bytes(b"not a PDF")
    assert "can't be opened as a PDF" in built.kommunlager("show", FORECAST, "--pdf", str(pdf)).stdout


def test_an_unknown_figure_is_refused_with_what_to_do(built: TrialInstallation) -> None:
    shown = built.kommunlager("show", "mark_delarsrapport_2025.t14.r2.c99")
    assert shown.returncode == 2
    assert "has no figure mark_delarsrapport_2025.t14.r2.c99" in shown.stderr
    assert "marts.reported_figures" in shown.stderr


@pytest.mark.parametrize(
    ("printed", "label", "figures"),
    [
        (("Kostnader (tkr)", "- 34 867", "0"), "Kostnader (tkr)", ["-34867", "0"]),
        (("Kostnader", "\N{EN DASH}5,1", "12"), "Kostnader", ["-5,1", "12"]),
        (("Hemtjänst", "15", "3"), "Hemtjänst Intäkt", ["15", "3"]),
    ],
    ids=["spaces", "dashes", "another label"],
)
def test_a_row_is_found_however_it_is_spaced(
    printed: tuple[str, ...], label: str, figures: list[str], tmp_path: Path
) -> None:
    (tmp_path / "made_up.pdf").write_bytes(pdf_of(rows_of_text((("Rubrik", "99"), printed))))
    assert cut_row_out(tmp_path / "made_up.pdf", label, figures, None, tmp_path / "row.png") == 1


@pytest.mark.parametrize(
    ("printed", "label", "figures"),
    [
        (("Kostnader", "15"), "Kostnader", ["5"]),
        (("Kostnader", "5"), "Intäkter", ["5"]),
        (("Kostnader", "5", "6"), "Kostnader", ["5", "7"]),
    ],
    ids=["part of a figure", "one figure under another label", "another figure"],
)
def test_another_row_is_not_shown(printed: tuple[str, ...], label: str, figures: list[str], tmp_path: Path) -> None:
    (tmp_path / "made_up.pdf").write_bytes(pdf_of(rows_of_text((printed,))))
    assert cut_row_out(tmp_path / "made_up.pdf", label, figures, None, tmp_path / "row.png") is None
    assert not (tmp_path / "row.png").exists()
