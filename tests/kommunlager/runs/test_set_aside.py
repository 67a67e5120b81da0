"""One unsound file stops nothing: it is set aside, its earlier version is used, and the rest is published."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.document import Column, Document, Row, Table
from ingest.workbook.writer import write_workbook
from kommunlager.building.dbt import BuildFailedError
from kommunlager.building.dbt_results import NodeResult
from kommunlager.errors import DocumentsAtFaultError
from kommunlager.inputs import setting_aside as subject
from kommunlager.inputs.files import InputFile, open_inputs
from kommunlager.installation import Installation, find_installation
from tests.support.installation import TrialInstallation
from tests.support.workbooks import edit_cell, made_up_document


def made_up_figures(document_id: str, *cells: str, header: str = "Utfall 2024", **changes: str) -> Document:
    """A workbook with one made-up table of one column."""
    rows = tuple(Row(f"Påhittad rad {number}", (cell,)) for number, cell in enumerate(cells))
    table = Table(1, "1 Påhittat", "Påhittad tabell", "", (Column(header),), rows, "tkr")
    return made_up_document(document_id, tables=(table,), **changes)


def save(installation: TrialInstallation, document: Document) -> None:
    write_workbook(document, installation.data / "reports" / f"{document.document_id}.xlsx")


@pytest.mark.slow
def test_a_run_publishes_what_is_sound_and_names_the_rest(installation: TrialInstallation) -> None:
    reports = installation.data / "reports"
    save(installation, made_up_document())
    first = installation.kommunlager("run")
    assert first.returncode == 0, first.stdout + first.stderr

    figures_before = installation.query("select count(*) from marts.key_figures")
    (reports / "mark_arsrapport_2023.xlsx").write_bytes(b"half-written")
    (reports / "made_up_new.xlsx").write_bytes(b"half-written")
    # Refused by no reader, but its numbers cannot be typed.
    save(
        installation,
        made_up_figures("made_up_untyped", *["1122 334"] * 5, header="UUttffaallll", committee="Påhittad nämnd 2"),
    )
    # A correction of this cell expects another print.
    edit_cell(reports / "mark_namndplan_2024.xlsx", "T04", "J12", "≥91")
    (reports / "askersund_arsbokslut_2024.xlsx").unlink()
    key_figures = next((installation.data / "key_figures").glob("*.csv"))
    key_figures.write_text("kpi_id,year\nN00941,2024\n", encoding="utf-8")
    shutil.rmtree(installation.work / "build")
    run = installation.kommunlager("run")
    assert run.returncode == 10, run.stdout + run.stderr
    assert "Traceback" not in run.stdout + run.stderr

    aside = installation.query(
        "select document_id, figure_count > 0, set_aside_reason from marts.documents"
        " where set_aside_reason is not null order by document_id"
    )
    reasons = {document: (has_figures, reason) for document, has_figures, reason in aside}
    assert {document: has_figures for document, (has_figures, _) in reasons.items()} == {
        "askersund_arsbokslut_2024": True,
        "made_up_new": False,
        "made_up_untyped": False,
        "mark_arsrapport_2023": True,
        "mark_namndplan_2024": True,
    }
    assert "the report is gone" in str(reasons["askersund_arsbokslut_2024"][1])
    assert "can't be opened" in str(reasons["mark_arsrapport_2023"][1])
    assert "corrections_meet_what_is_printed found" in str(reasons["mark_namndplan_2024"][1])
    assert "printed numbers are not among its figures" in str(reasons["made_up_untyped"][1])

    status = installation.kommunlager("status").stdout
    summary = sorted((installation.work / "state/runs").glob("*/summary.txt"))[-1].read_text()
    for output in (run.stdout, status, summary):
        for name in (*reasons, key_figures.name):
            assert f"set aside: {name}" in output, name
    assert installation.query(
        "select has_earlier_version from marts.data_coverage where set_aside_file like '%.csv'"
    ) == [(True,)]
    assert installation.query("select count(*) from marts.key_figures") == figures_before

    again = installation.kommunlager("run")
    assert again.returncode == 8
    assert "set aside: made_up_untyped" in again.stdout


@pytest.fixture
def paths(installation: TrialInstallation, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """Five made-up reports are loaded, of which the first two have been published."""
    for name in ("KOMMUNLAGER_DATA", "KOMMUNLAGER_WORK"):
        monkeypatch.setenv(name, installation.environment[name])
    shutil.rmtree(installation.data)
    (installation.data / "reports").mkdir(parents=True)
    found = find_installation()
    for number in range(5):
        save(installation, made_up_figures(f"made_up_{number}", "1", committee=f"Påhittad nämnd {number}"))
        with open_inputs(found) as inputs:
            inputs.load()
            if number == 1:
                inputs.keep_last_good()
    return found


def loaded(paths: Installation) -> list[str]:
    with open_inputs(paths) as inputs:
        query = "select document_id from raw.report_documents order by all"
        return [document for (document,) in inputs.connection.execute(query).fetchall()]


def failing_once(paths: Installation, failure: Exception) -> Callable[[], str]:
    """A step that fails the first time, and then reports how many documents are loaded."""
    attempts: list[Exception] = [failure]

    def do() -> str:
        if attempts:
            raise attempts.pop()
        return f"{len(loaded(paths))} loaded"

    return do


def build_failure(kind: str) -> BuildFailedError:
    return BuildFailedError("made up", 5, [NodeResult(kind, "made_up", "error", "made up", "")])


@pytest.mark.parametrize("unsound", [{"made_up_4"}, {"made_up_2", "made_up_4"}])
def test_documents_that_no_failing_row_names_are_found_by_trial(
    paths: Installation, monkeypatch: pytest.MonkeyPatch, unsound: set[str]
) -> None:
    monkeypatch.setattr(subject, "documents_at_fault", lambda paths, failed: {})
    monkeypatch.setattr(subject, "passes", lambda paths, failed: not unsound.intersection(loaded(paths)))
    output = subject.setting_aside(paths, failing_once(paths, build_failure("test")))
    assert output.splitlines()[0] == f"{5 - len(unsound)} loaded"
    assert {line.split(".xlsx")[0] for line in output.splitlines()[1:]} == {f"set aside: {name}" for name in unsound}


@pytest.mark.parametrize("kind", ["model", "unit_test", "seed"])
def test_a_fault_of_code_or_seeds_stops_and_leaves_all_loaded(
    paths: Installation, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(subject, "documents_at_fault", lambda paths, failed: {})
    monkeypatch.setattr(subject, "passes", lambda paths, failed: False)
    with pytest.raises(BuildFailedError):
        subject.setting_aside(paths, failing_once(paths, build_failure(kind)))
    assert len(loaded(paths)) == 5


def test_a_document_that_was_published_as_it_is_cannot_be_at_fault(paths: Installation) -> None:
    failure = DocumentsAtFaultError("made up", 4, {"made_up_0": "made up"})
    with pytest.raises(DocumentsAtFaultError):
        subject.setting_aside(paths, failing_once(paths, failure))
    assert len(loaded(paths)) == 5


def test_a_file_that_a_check_found_wrong_is_tried_again_when_it_changes(
    paths: Installation, installation: TrialInstallation
) -> None:
    file = InputFile("report_documents", "made_up_4.xlsx")
    with open_inputs(paths) as inputs:
        inputs.set_aside({file: "made up"})
    with open_inputs(paths) as inputs:
        assert inputs.load()[0].held == {"made_up_4.xlsx": "made up"}
    assert "made_up_4" not in loaded(paths)
    save(installation, made_up_figures("made_up_4", "2"))
    with open_inputs(paths) as inputs:
        assert inputs.load()[0].loaded == ["made_up_4.xlsx"]
        assert inputs.all_set_aside() == []


def test_two_files_of_one_document_are_kept_apart(paths: Installation, installation: TrialInstallation) -> None:
    reports = installation.data / "reports"
    shutil.copy(reports / "made_up_0.xlsx", reports / "made_up_0.XLSX")
    with open_inputs(paths) as inputs:
        assert "is the same document as made_up_0.xlsx" in inputs.load()[0].refused["made_up_0.XLSX"]


def test_a_reader_that_fails_refuses_that_file_alone(
    paths: Installation, installation: TrialInstallation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> None:
        raise RuntimeError

    monkeypatch.setattr("ingest.raw.load.read_workbook", fail)
    save(installation, made_up_figures("made_up_4", "2"))
    with open_inputs(paths) as inputs:
        assert list(inputs.load()[0].refused) == ["made_up_4.xlsx"]
    assert len(loaded(paths)) == 5


def test_a_renamed_file_is_not_a_second_copy(paths: Installation, installation: TrialInstallation) -> None:
    reports = installation.data / "reports"
    (reports / "made_up_0.xlsx").rename(reports / "made_up_0.XLSX")
    with open_inputs(paths) as inputs:
        result = inputs.load()[0]
    assert (result.loaded, result.refused) == (["made_up_0.XLSX"], {})


def test_a_check_that_names_a_file_without_any_version_stops(paths: Installation) -> None:
    failure = DocumentsAtFaultError("made up", 4, {"made_up_4": "made up"})

    def always_fails() -> str:
        raise failure

    with pytest.raises(DocumentsAtFaultError):
        subject.setting_aside(paths, always_fails)
    assert "made_up_4" not in loaded(paths)
