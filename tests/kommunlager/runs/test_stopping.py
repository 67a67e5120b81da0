"""A signal at any moment, also while libraries are imported, ends with exit code 130 and one line."""

import signal
from pathlib import Path

import pytest

from tests.support.installation import TrialInstallation

# The signal arrives while this module is imported. Some libraries then raise an error of their own, or none.
AT_IMPORT = """
import os, signal, sys

class Interrupted:
    def find_spec(self, name, path=None, target=None):
        if name == "{module}":
            sys.meta_path.remove(self)
            try:
                os.kill(os.getpid(), signal.{signal})
            except KeyboardInterrupt:
                {then}

sys.meta_path.insert(0, Interrupted())
"""
MESSAGE = "kommunlager: interrupted. The published release is unchanged, and what was fetched from Kolada is kept."


@pytest.fixture
def empty(tmp_path: Path) -> TrialInstallation:
    """An installation without input."""
    (tmp_path / "data" / "reports").mkdir(parents=True)
    return TrialInstallation(data=tmp_path / "data", work=tmp_path / "work")


@pytest.mark.parametrize("then", ["raise", "raise ImportError(name)", "pass"], ids=["raised", "changed", "lost"])
@pytest.mark.parametrize("module", ["click", "duckdb", "structlog", "pandas"])
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_during_imports(name: str, module: str, then: str, empty: TrialInstallation) -> None:
    run = empty.kommunlager("ingest", before=AT_IMPORT.format(module=module, signal=name, then=then))
    assert run.returncode == 130, run.stdout + run.stderr
    said = [line for line in run.stderr.splitlines() if line]
    assert len(said) == 1
    assert said[0].startswith(MESSAGE)
    assert "Traceback" not in run.stdout


def summary(installation: TrialInstallation) -> str:
    """What is mailed: the summary of the latest run."""
    return max((installation.work / "state" / "runs").glob("*/summary.txt")).read_text()


def test_an_error_that_duckdb_makes_of_a_signal(empty: TrialInstallation) -> None:
    during_a_query = """
import kommunlager.steps as steps, os, threading, signal
def slow(inputs_connection, installation):
    threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGTERM)).start()
    inputs_connection.execute("select sum(hash(range)) from range(3_000_000_000)")
steps.load_run_history = slow
"""
    run = empty.kommunlager("ingest", before=during_a_query)
    assert run.returncode == 130, run.stdout + run.stderr
    assert MESSAGE in run.stderr
    assert empty.runs()[-1]["outcome"] == "interrupted"
    assert summary(empty).startswith("Kommunlager: interrupted (ingest, ")


def test_a_second_signal_while_the_first_is_recorded(empty: TrialInstallation) -> None:
    twice = """
import kommunlager.steps as steps, kommunlager.runs.runner as runner, os, signal
steps.load_run_history = lambda *_: os.kill(os.getpid(), signal.SIGTERM)
whole = runner.write_summary
def write_summary(installation, record):
    if record.outcome == "interrupted":
        os.kill(os.getpid(), signal.SIGTERM)
    whole(installation, record)
runner.write_summary = write_summary
"""
    run = empty.kommunlager("ingest", before=twice)
    assert run.returncode == 130, run.stdout + run.stderr
    assert run.stderr.count(MESSAGE) == 1
    assert "Traceback" not in run.stderr


def test_a_killed_run_is_mailed_as_killed(empty: TrialInstallation) -> None:
    killed = "import kommunlager.steps as steps, os\nsteps.load_run_history = lambda *_: os.kill(os.getpid(), 9)"
    assert empty.kommunlager("ingest", before=killed).returncode == -signal.SIGKILL
    assert summary(empty).startswith("Kommunlager: killed (ingest, step ingest)\n")
    first = min((empty.work / "state" / "runs").glob("*/summary.txt"))
    assert empty.kommunlager("ingest").returncode == 0
    assert first.read_text().startswith("Kommunlager: killed (ingest, step ingest)\n")
    assert summary(empty).startswith("Kommunlager: ok (ingest, ")


def test_a_run_that_finds_the_lock_taken_is_mailed_as_not_run(empty: TrialInstallation) -> None:
    waits = "import kommunlager.steps as steps, time\nsteps.load_run_history = lambda *_: time.sleep(60)"
    first = empty.start("ingest", before=waits)
    while not empty.work.is_dir() or not empty.runs():
        assert first.poll() is None
    second = empty.kommunlager("ingest")
    first.kill()
    first.communicate()
    assert second.returncode == 7
    assert summary(empty).startswith("Kommunlager: not run (ingest)\n\nAnother run is in progress (kommunlager ingest")
