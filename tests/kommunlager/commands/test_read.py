"""``kommunlager read`` as a user runs it: what is shown, what is asked for, what is written."""

import csv
import json
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
    lines = [line.split() for line in run.stdout.splitlines()]
    assert ["under", "1", "Påhittad", "ekonomi", "1", "0", "6", "5", "0", "1", "0", "0"] in lines
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
    assert "1 tables, 3 figures, 1 unsure cells, 2 figures unaccounted for" in run.stdout
    assert "1 places outside the tables look like rows, column headers or pictures" in run.stdout
    assert "check them in the report:\n    Påhittad fond 12 14" in run.stdout
    document = read_workbook(installation.data / "reports" / "made_up.xlsx")
    assert document.committee == "Påhittade nämnden"
    assert (document.document_kind, document.information_date) == ("interim_report", "2024-10-15")


def test_a_folder_has_defaults_that_a_reports_own_file_and_options_override(
    installation: TrialInstallation, tmp_path: Path
) -> None:
    reports = [made_up_report(tmp_path / f"made_up_{number}.docx", "Årsrapport 2024") for number in (1, 2, 3)]
    (tmp_path / "reports.toml").write_text('municipality = "ÅRE KOMMUN"\ncommittee = "Påhittade nämnden"\n', "utf-8")
    (tmp_path / "made_up_2.docx.toml").write_text('committee = "Låtsade nämnden"\n', encoding="utf-8")
    run = installation.kommunlager("read", *map(str, reports[:2]))
    assert run.returncode == 0, run.stderr
    assert "municipality: Åre (reports.toml)" in run.stdout
    assert "committee: Låtsade nämnden (made_up_2.docx.toml)" in run.stdout
    run = installation.kommunlager("read", str(reports[2]), "--committee", "Hittade nämnden")
    assert "committee: Hittade nämnden (option --committee)" in run.stdout
    assert sorted(path.stem for path in (installation.data / "reports").iterdir()) == [
        "are_hittade_namnden_arsrapport_2024",
        "are_latsade_namnden_arsrapport_2024",
        "are_pahittade_namnden_arsrapport_2024",
    ]
    (tmp_path / "reports.toml").write_text('document_id = "made_up"\n', encoding="utf-8")
    run = installation.kommunlager("read", str(reports[0]))
    assert run.returncode == 3
    assert "reports.toml: has the unknown line document_id" in run.stderr


def test_a_document_id_is_a_code_of_at_most_80_letters(installation: TrialInstallation, tmp_path: Path) -> None:
    report = made_up_report(tmp_path / "made_up.docx", "Årsrapport 2024", "Åre kommun")
    run = installation.kommunlager("read", str(report), "--committee", "Påhittade nämnden", "--document-id", "made-up")
    assert run.returncode == 3
    assert "can't have the id 'made-up'. Use 3 to 80 of the letters a–z, digits and _." in run.stderr
    committee = "Nämnden för påhittad verksamhet och allt annat som den påhittade kommunen kommer på"
    run = installation.kommunlager("read", str(report), "--committee", committee)
    assert run.returncode == 0, run.stderr
    [workbook] = (installation.data / "reports").iterdir()
    assert len(workbook.stem) == 80
    assert workbook.stem.startswith("are_namnden_for_pahittad_verksamhet")
    assert workbook.stem.endswith("_arsrapport_2024")
    assert read_workbook(workbook).committee == committee


def test_a_whole_municipality_needs_no_committee(installation: TrialInstallation, tmp_path: Path) -> None:
    report = made_up_report(tmp_path / "made_up.docx", "Årsrapport 2024", "Åre kommun")
    run = installation.kommunlager("read", str(report), "--issuer-kind", "municipality")
    assert run.returncode == 0, run.stderr
    document = read_workbook(installation.data / "reports" / "are_kommun_arsrapport_2024.xlsx")
    assert (document.issuer_kind, document.committee) == ("municipality", "")
    run = installation.kommunlager("read", str(report))
    assert "doesn't say its committee" in run.stderr
    assert "give --issuer-kind" in run.stderr


def test_json_has_an_object_for_each_file_refused_or_not(installation: TrialInstallation, tmp_path: Path) -> None:
    known = made_up_report(tmp_path / "made_up_1.docx", "Årsrapport 2024", "Valnämnden", "Åre kommun")
    unknown = made_up_report(tmp_path / "made_up_2.docx", "Årsrapport 2024")
    (tmp_path / "made_up_3.pdf").write_bytes(b"")
    run = installation.kommunlager("read", "--json", str(known), str(unknown), str(tmp_path / "made_up_3.pdf"))
    assert run.returncode == 3
    first, second, third = map(json.loads, run.stdout.splitlines())
    assert first["facts"]["municipality"] == {"value": "Åre", "source": "named on the title page"}
    assert first["workbook"].endswith("are_valnamnden_arsrapport_2024.xlsx")
    assert (first["refused"], first["missing"], first["doubts"]) == (None, [], [])
    assert first["tables"] == [
        {
            "table_no": 1,
            "page": None,
            "section": "1 Påhittad ekonomi",
            "title": "Påhittad ekonomi",
            "unit": "tkr",
            "columns": ["Budget 2024", "Utfall 2024"],
            "rows": 2,
        }
    ]
    front, money = first["balance"]
    assert (front["place"], front["printed"], front["in_dates"]) == ("före första rubriken", 1, 1)
    assert (money["printed"], money["in_tables"], money["unaccounted"], money["is_open"]) == (6, 5, 0, False)
    assert second["facts"]["information_date"]["value"] == "2024-12-31"
    assert (second["workbook"], second["missing"]) == (None, ["municipality", "committee"])
    assert "is empty" in third["refused"]


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


def test_no_cell_of_the_list_is_a_formula(installation: TrialInstallation, tmp_path: Path) -> None:
    document = WordDocument()
    document.add_heading("=1+1 Påhittad ekonomi", 1)
    rows = [
        ("@Belopp i tkr", "Budget 2024", "+SUM(A1)"),
        ("=HYPERLINK(0)", "-1 000", "=0"),
        ("vård;=1+1", "- 34,5 %", "-x"),
        ("-", "+5", "-"),
    ]
    table = document.add_table(4, 3)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), sum(rows, ()), strict=True):
        cell.text = text
    document.save(str(tmp_path / "made_up.docx"))
    run = installation.kommunlager("read", str(tmp_path / "made_up.docx"), "--cells", str(tmp_path / "cells.csv"))
    assert run.returncode == 0, run.stderr
    with (tmp_path / "cells.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    assert [cell["raw_text"] for cell in cells] == ["-1 000", " =0", "- 34,5 %", " -x", "+5", "-"]
    assert [cell["row_label"] for cell in cells[::2]] == [" =HYPERLINK(0)", "vård; =1+1", "-"]
    assert cells[1]["column_header"] == " +SUM(A1)"
