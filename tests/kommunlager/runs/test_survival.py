"""Killed at any moment: the published release stays complete, the next run works, and nothing loaded is lost."""

import random
import signal
import time
from pathlib import Path

import duckdb
import pytest

from tests.support.installation import WITHOUT_SITE, TrialInstallation
from tests.support.workbooks import edit_cell

# A run whose long steps are skipped; the kills are real.
QUICK = (
    WITHOUT_SITE
    + """
import kommunlager.steps as steps
steps.check_raw = steps.check_marts = lambda places: steps.CheckResult(data_docs=places.build)
steps.build_models = lambda *_: 0
"""
)
KILL = "import os, signal, {module} as module; module.{function} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)"
MOMENTS = [
    ("kommunlager.commands.run", "hash_inputs"),
    ("kommunlager.inputs.files", "load_reports"),
    ("kommunlager.steps", "load_run_history"),
    ("kommunlager.steps", "check_raw"),
    ("kommunlager.steps", "build_models"),
    ("kommunlager.steps", "publish_release"),
    ("kommunlager.publishing.new_release", "write_parquet"),
    ("kommunlager.publishing.new_release", "_seal"),
    ("kommunlager.publishing.new_release", "point_published_at"),
    ("kommunlager.publishing.releases", "sync"),
    ("kommunlager.publishing.new_release", "drop_old_releases"),
    ("kommunlager.steps", "end_with_what_is_set_aside"),
    ("kommunlager.runs.runner", "write_summary"),
]
AFTER_THE_FLIP = ("sync", "drop_old_releases", "end_with_what_is_set_aside")


def assert_next_run_works(installation: TrialInstallation) -> None:
    installation.assert_whole()
    again = installation.kommunlager("run", "--force", before=QUICK)
    assert again.returncode == 0, again.stdout + again.stderr
    installation.assert_whole()
    assert installation.run_id == installation.runs()[-1]["run_id"]
    assert not list((installation.work / "releases").glob(".*"))


@pytest.mark.slow
@pytest.mark.parametrize(("module", "function"), MOMENTS, ids=[function for _, function in MOMENTS])
def test_a_kill_at_every_border(released: TrialInstallation, module: str, function: str) -> None:
    before = released.run_id
    killed = released.kommunlager("run", "--force", before=QUICK + KILL.format(module=module, function=function))
    assert killed.returncode == -signal.SIGKILL
    assert (released.run_id != before) == (function in AFTER_THE_FLIP)
    assert_next_run_works(released)
    outcomes = [run["outcome"] for run in released.runs()]
    assert outcomes == ["ok", "interrupted", "ok"]


@pytest.mark.slow
def test_kills_at_random_moments(released: TrialInstallation) -> None:
    started = time.monotonic()
    assert released.kommunlager("run", "--force", before=QUICK).returncode == 0
    whole = time.monotonic() - started
    moments = random.Random(4)
    for _ in range(8):
        process = released.start("run", "--force", before=QUICK)
        time.sleep(moments.uniform(0, whole))
        process.kill()
        process.communicate()
        released.assert_whole()
    assert_next_run_works(released)


def test_a_kill_in_the_middle_of_loading_leaves_the_earlier_load(installation: TrialInstallation) -> None:
    assert installation.kommunlager("ingest").returncode == 0
    edit_cell(installation.data / "reports" / "mark_delarsrapport_2025.xlsx", "T14", "H12", "-270,7")
    killed = installation.kommunlager("ingest", before=KILL.format(module="ingest.raw.load", function="_insert"))
    assert killed.returncode == -signal.SIGKILL
    cell = (
        "select raw_text from raw.report_cells where document_id = 'mark_delarsrapport_2025' and cell_ref = 'T14!H12'"
    )
    assert in_raw(installation, cell) == [("-269,7",)]
    assert installation.kommunlager("ingest").returncode == 0
    assert in_raw(installation, cell) == [("-270,7",)]


def in_raw(installation: TrialInstallation, question: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(installation.working_database), read_only=True) as connection:
        return connection.execute(question).fetchall()


@pytest.mark.slow
def test_dbt_ends_with_the_run_that_is_killed(released: TrialInstallation) -> None:
    """Else it would hold the working database while the next run begins."""
    log = released.work / "build" / "logs" / "dbt.jsonl"
    log.unlink()
    process = released.start("build")
    wait_until_dbt_builds(log)
    process.kill()
    process.communicate()
    ingest = released.kommunlager("ingest")
    assert ingest.returncode == 0, ingest.stderr


def wait_until_dbt_builds(log: Path) -> None:
    for _ in range(3000):
        if log.exists() and "START" in log.read_text(encoding="utf-8"):
            return
        time.sleep(0.1)
    pytest.fail("dbt has not begun within five minutes")


@pytest.mark.slow
def test_two_runs_at_once(released: TrialInstallation) -> None:
    processes = [released.start("run", "--force", before=QUICK) for _ in range(2)]
    codes = sorted(process.wait() for process in processes)
    for process in processes:
        process.communicate()
    assert codes in ([0, 7], [0, 0])  # Both run, one after the other, if the second was slow to start.
    released.assert_whole()
