"""``kommunlager read`` as a user runs it: what is shown, what is asked for, what is written."""

import csv
from pathlib import Path

import pytest
from docx import Document as WordDocument

from ingest.reading.document.cell_list import COLUMNS
from ingest.workbook.reader import read_workbook
from kommunlager.commands.read_reports import read_reports
from kommunlager.errors import StepFailedError
from tests.support.installation import TrialInstallation


@pytest.fixture
def installation(tmp_path: Path) -> TrialInstallation:
    return TrialInstallation(data=tmp_path / "data", work=tmp_path / "work")


def made_up_report(path: Path, *front: str) -> Path:
    document = WordDocument()
    for line in front:
        document.add_paragraph(line)
    document.add_heading("1 Påhittad ekonomi", 1)
    rows = [
        ("Belopp i tkr", "Budget 2024", "Utfall 2024"),
        ("Intäkter", "1 000", ""),
        ("Kostnader", "-5 000", "-5 600"),
    ]
    table = document.add_table(3, 3)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), sum(rows, ()), strict=True):
        cell.text = text
    document.save(str(path))
    return path


def test_a_report_that_says_what_it_is_becomes_a_workbook(installation: TrialInstallation, tmp_path: Path) -> None:
    report = made_up_report(tmp_path / "made_up.docx", "Årsrapport 2024", "Barn- och utbildningsnämnden", "Åre kommun")
    run = installation.kommunlager("read", str(report))
    assert run.returncode == 0, run.stderr
    assert "made_up.docx: 1 tables, 3 figures, 0 unsure cells" in run.stdout
    assert "municipality: Åre (named on the title page)" in run.stdout
    document = read_workbook(installation.data / "reports" / "are_barn_och_utbildningsnamnden_arsrapport_2024.xlsx")
    assert document.municipality_code == "2321"
    assert document.committee == "Barn- och utbildningsnämnden"
    assert (document.document_kind, document.information_date) == ("annual_report", "2024-12-31")
    assert document.tables[0].rows[1].cells == ("-5 000", "-5 600")


def test_what_a_report_does_not_say_is_asked_for(installation: TrialInstallation, tmp_path: Path) -> None:
    report = made_up_report(tmp_path / "made_up.docx", "Åre kommun")
    run = installation.kommunlager("read", str(report))
    assert run.returncode == 3
    assert "doesn't say its committee and kind and information date" in run.stderr
    assert "--committee … --kind … --information-date …" in run.stderr
    assert "made_up.docx.toml" in run.stderr
    assert not installation.data.exists()


def test_options_and_a_file_beside_the_report_say_the_rest(installation: TrialInstallation, tmp_path: Path) -> None:
    report = made_up_report(tmp_path / "made_up.docx", "Åre kommun", "Påhittad fond 12 14")
    (tmp_path / "made_up.docx.toml").write_text(
        'committee = "Påhittade nämnden"\ndocument_kind = "plan"\ninformation_date = 2024-10-15\n', encoding="utf-8"
    )
    run = installation.kommunlager("read", str(report), "--kind", "interim_report", "--document-id", "made_up")
    assert run.returncode == 0, run.stderr
    assert "1 lines outside the tables read as rows of figures or heads" in run.stdout
    assert "look them up:\n    Påhittad fond 12 14" in run.stdout
    document = read_workbook(installation.data / "reports" / "made_up.xlsx")
    assert document.committee == "Påhittade nämnden"
    assert (document.document_kind, document.information_date) == ("interim_report", "2024-10-15")


def test_cells_are_listed_without_knowing_whose_report_it_is(installation: TrialInstallation, tmp_path: Path) -> None:
    report = made_up_report(tmp_path / "made_up.docx")
    (tmp_path / "made_up_bad.pdf").write_bytes(b"")
    cells = tmp_path / "cells.csv"
    run = installation.kommunlager("read", str(tmp_path / "made_up_bad.pdf"), str(report), "--cells", str(cells))
    assert run.returncode == 3
    assert "made_up_bad.pdf: is empty" in run.stderr
    with cells.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    assert tuple(header) == COLUMNS
    place = ["1", "1 Påhittad ekonomi", "Påhittad ekonomi", "tkr"]
    assert lines == [
        [*place, "1", "Intäkter", "1", "Budget 2024", "1 000", "false"],
        [*place, "1", "Intäkter", "2", "Utfall 2024", "", "false"],
        [*place, "2", "Kostnader", "1", "Budget 2024", "-5 000", "false"],
        [*place, "2", "Kostnader", "2", "Utfall 2024", "-5 600", "false"],
    ]
    assert not installation.data.exists()


def test_a_reader_fault_is_reported_as_one_and_its_trace_goes_to_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise ZeroDivisionError("a made-up fault")

    monkeypatch.setenv("KOMMUNLAGER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("KOMMUNLAGER_WORK", str(tmp_path / "work"))
    monkeypatch.setattr("ingest.reading.tables.building._headers", failing)
    with pytest.raises(StepFailedError) as raised:
        read_reports((made_up_report(tmp_path / "made_up.docx"),), None, None, {})
    assert "made_up.docx: could not be read because of an error in Kommunlager" in str(raised.value)
    assert "damaged" not in str(raised.value)
    (log,) = (tmp_path / "work").rglob("read_*.jsonl")
    assert "a made-up fault" in log.read_text(encoding="utf-8")
    assert log.name in str(raised.value)
