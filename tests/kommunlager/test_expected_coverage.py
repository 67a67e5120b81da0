"""A loss of what was once read stops the run and is named; new content is reported and stops nothing."""

import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from ingest.document import Document
from ingest.raw.load import load_reports, report_files
from ingest.workbook.writer import write_workbook
from kommunlager.checks.expected_coverage import CoverageChange, accept_coverage, check_coverage
from kommunlager.errors import StepFailedError
from kommunlager.installation import Installation
from tests.support.installation import PROJECT, TrialInstallation
from tests.support.workbooks import made_up_document

INTERIM = "mark_delarsrapport_2025"


@pytest.fixture
def paths(tmp_path: Path) -> Installation:
    """A separate project folder with a seed that expects one made-up report."""
    paths = Installation(project=tmp_path / "project", data=tmp_path / "data", work=tmp_path / "work")
    shutil.copytree(PROJECT / "seeds", paths.project / "seeds")
    (paths.data / "reports").mkdir(parents=True)
    paths.build.mkdir(parents=True)
    paths.expected_coverage.write_text("document_id,table_no,table_title,row_count,column_count,filled_cell_count\n")
    load(paths, made_up_document())
    accept_coverage(paths)
    return paths


def load(paths: Installation, *documents: Document) -> None:
    for path in (paths.data / "reports").iterdir():
        path.unlink()
    for document in documents:
        write_workbook(document, paths.data / "reports" / f"{document.document_id}.xlsx")
    with duckdb.connect(str(paths.database)) as connection:
        reports = report_files(connection, paths.municipality_names(), paths.last_good, "code")
        assert not load_reports(reports, paths.data / "reports").refused


def test_what_is_as_accepted_passes_in_silence(paths: Installation) -> None:
    assert check_coverage(paths).lines() == []
    assert "made_up_report,1,Påhittad drift,3,3,9\n" in paths.expected_coverage.read_text(encoding="utf-8")


def test_what_no_run_could_load_is_not_accepted(paths: Installation) -> None:
    before = paths.expected_coverage.read_bytes()
    garbled = replace(made_up_document().tables[0], title="PÃ¥hittad drift")
    load(paths, made_up_document(tables=(garbled,)))
    with pytest.raises(StepFailedError, match=r"expected_coverage.csv, row 2, table_title: holds 'Ã¥'"):
        accept_coverage(paths)
    assert paths.expected_coverage.read_bytes() == before


def test_a_new_report_and_a_found_cell_are_reported(paths: Installation) -> None:
    document = made_up_document()
    measures = document.tables[1]
    rows = (measures.rows[0], replace(measures.rows[1], cells=("100", "ung 95", "3")))
    fuller = replace(document, tables=(document.tables[0], replace(measures, rows=rows), document.tables[2]))
    load(paths, fuller, made_up_document("made_up_second"))
    lines = check_coverage(paths).lines()
    assert [line.split(";")[0] for line in lines] == ["made_up_second: new", "made_up_report: has more than before"]
    assert accept_coverage(paths) == ["made_up_second: new", "made_up_report: has more than before"]
    assert check_coverage(paths).lines() == []


def lost_table(document: Document) -> tuple[Document, str]:
    return replace(
        document, tables=document.tables[:2]
    ), "made_up_report, table 3 'Påhittad analys per verksamhet' is gone"


def lost_row_and_cells(document: Document) -> tuple[Document, str]:
    table = document.tables[0]
    tables = (replace(table, rows=table.rows[:2]), *document.tables[1:])
    expected = "made_up_report, table 1 'Påhittad drift' has 2 rows of 3, 6 filled cells of 9"
    return replace(document, tables=tables), expected


def lost_report(document: Document) -> tuple[Document, str]:
    return made_up_document("made_up_other"), "made_up_report: the report is gone"


@pytest.mark.parametrize("lose", [lost_table, lost_row_and_cells, lost_report])
def test_a_loss_is_named_and_can_be_accepted(paths: Installation, lose: object) -> None:
    smaller, expected = lose(made_up_document())  # type: ignore[operator]
    load(paths, smaller)
    with pytest.raises(StepFailedError) as failure:
        check_coverage(paths)
    assert expected in str(failure.value)
    assert "kommunlager accept" in str(failure.value)
    assert expected in accept_coverage(paths)
    assert check_coverage(paths).losses == {}


def test_the_seed_expects_what_is_shipped(built: TrialInstallation) -> None:
    paths = Installation(project=PROJECT, data=built.data, work=built.work)
    change = check_coverage(paths)
    assert (change.new_documents, change.grown_documents) == ([], [])


@pytest.mark.slow
def test_a_report_that_has_lost_a_table_is_set_aside(installation: TrialInstallation) -> None:
    path = installation.data / "reports" / f"{INTERIM}.xlsx"
    workbook = load_workbook(path)
    del workbook["T18"]
    workbook.save(path)
    run = installation.kommunlager("run")
    assert run.returncode == 10, run.stdout + run.stderr
    assert f"{INTERIM}, table 18 'Socialnämndens följetal nämndplan' is gone" in run.stdout
    documents = installation.query("select document_id from marts.documents where figure_count = 0")
    assert documents == [(INTERIM,)]


def test_of_many_new_reports_the_first_are_named_and_the_rest_counted() -> None:
    change = CoverageChange({}, [f"pahittad_{number:02}" for number in range(25)], [])
    named = ", ".join(f"pahittad_{number:02}" for number in range(10))
    assert change.lines() == [f"{named} and 15 more: new; run `kommunlager accept` to record it as expected"]
