"""How dbt's events and results are read, and when its unit tests are skipped."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kommunlager.building.dbt_results import Event, NodeResult, forget_results, read_results
from kommunlager.building.unit_tests import forget, have_passed, note_passed
from kommunlager.inputs.hashes import hash_project
from kommunlager.installation import Installation
from tests.support.installation import PROJECT, TrialInstallation


def event(name: str, level: str = "info", **facts: object) -> str:
    return json.dumps({"info": {"name": name, "level": level, "msg": "a made-up message"}, "data": facts})


def test_events_show_progress_and_errors() -> None:
    done = Event.read(event("LogTestResult", index=12, total=416, status="pass"))
    assert (done.progress, done.is_error) == ("12 of 416", False)
    assert Event.read(event("LogStartLine", index=12, total=416)).progress is None
    assert Event.read(event("LogNodeNoOpResult", index=12)).progress is None
    failed = Event.read(event("MainEncounteredError", level="error"))
    assert (failed.is_error, failed.message) == (True, "a made-up message")
    assert not Event.read(event("MainStackTrace", level="error")).is_error
    assert Event.read("ModuleNotFoundError: No module named 'made_up'\n") == Event(
        is_error=True, message="ModuleNotFoundError: No module named 'made_up'", progress=None
    )


def test_results_are_of_this_build(tmp_path: Path) -> None:
    result = {"unique_id": "unit_test.kommunlager.made_up.first", "status": "fail", "message": None}
    (tmp_path / "run_results.json").write_text(json.dumps({"results": [{**result, "compiled_code": "select 1"}]}))
    (found,) = read_results(tmp_path)
    assert found == NodeResult("unit_test", "made_up.first", "fail", "", "select 1")
    assert (found.is_failed, found.is_done) == (True, False)
    forget_results(tmp_path)
    assert read_results(tmp_path) == []


def results(unit_test: str, data_test: str) -> list[NodeResult]:
    return [NodeResult("unit_test", "made_up", unit_test, "", ""), NodeResult("test", "made_up", data_test, "", "")]


def test_unit_tests_run_until_they_have_passed_for_the_project_as_it_is(tmp_path: Path) -> None:
    installation = Installation(project=tmp_path, data=tmp_path / "data", work=tmp_path)
    installation.build.mkdir()
    for failed in (results("fail", "pass"), results("skipped", "pass"), results("pass", "pass")[1:]):
        note_passed(installation, "first", failed)
        assert not have_passed(installation, "first")
    note_passed(installation, "first", results("pass", "fail"))
    assert have_passed(installation, "first")
    assert not have_passed(installation, "second")
    forget(installation)
    assert not have_passed(installation, "first")


def test_the_main_job_notes_what_the_unit_tests_passed_for(built: TrialInstallation) -> None:
    installation = Installation(project=PROJECT, data=built.data, work=built.work)
    assert have_passed(installation, hash_project(installation))
    nodes = read_results(installation.build / "target")
    assert {node.kind for node in nodes if node.is_done} == {"operation", "seed", "model", "test", "unit_test"}
    assert f"{sum(node.is_done for node in nodes)} models, seeds and tests" in built.runs()[0]["steps"][2]["report"]


@pytest.mark.parametrize("has_work_folder", [True, False])
def test_dbt_finds_the_same_database_from_any_folder(tmp_path: Path, has_work_folder: bool) -> None:
    work = tmp_path / "work" if has_work_folder else PROJECT
    variables = {name: value for name, value in os.environ.items() if not name.startswith("KOMMUNLAGER_")}
    if has_work_folder:
        variables["KOMMUNLAGER_WORK"] = str(work)
    command = [sys.executable, "-c", "from dbt.cli.main import cli; cli()", "--no-use-colors", "debug"]
    command += ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--log-path", str(tmp_path)]
    run = subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True, check=False)
    assert f"    path: {work / 'build' / 'warehouse.duckdb'}\n" in run.stdout
