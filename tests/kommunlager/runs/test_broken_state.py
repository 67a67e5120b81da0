"""Whatever is wrong with ``state/``, ``build/`` or ``published``: the next run says so and goes on, or says why not."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from kommunlager.errors import BrokenBuildError, StepFailedError
from kommunlager.installation import Installation
from kommunlager.publishing import new_release
from kommunlager.runs.record import new_record
from tests.support.installation import PROJECT, TrialInstallation

BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda whole: b"",
    "torn": lambda whole: whole[: len(whole) // 2],
    "later": lambda whole: b'{"format": 9, "begun": "2030-01-01"}',
    "of another type": lambda whole: whole.replace(b'"seconds": ', b'"seconds": "long", "was": '),
    "infinite": lambda whole: whole.replace(b'"seconds": ', b'"seconds": 1e999, "was": '),
    "no time": lambda whole: whole.replace(b'"started_at": "20', b'"started_at": "'),
}


@pytest.fixture
def empty(tmp_path: Path) -> TrialInstallation:
    """An installation without input."""
    (tmp_path / "data" / "reports").mkdir(parents=True)
    return TrialInstallation(data=tmp_path / "data", work=tmp_path / "work")


@pytest.mark.parametrize("kind", BROKEN)
def test_an_unreadable_record_is_set_aside_and_said_once(kind: str, empty: TrialInstallation) -> None:
    assert empty.kommunlager("ingest").returncode == 0
    record = next((empty.work / "state" / "runs").glob("*/run.json"))
    broken = BROKEN[kind](record.read_bytes())
    record.write_bytes(broken)
    assert empty.kommunlager("status").returncode == 0

    run = empty.kommunlager("ingest")
    assert run.returncode == 0, run.stderr
    assert "set aside: 1 record of a run can't be read" in run.stdout
    assert record.with_name("run.json.unreadable").read_bytes() == broken
    again = empty.kommunlager("ingest")
    assert again.returncode == 0
    assert "set aside" not in again.stdout
    with duckdb.connect(str(empty.working_database), read_only=True) as connection:
        assert connection.execute("select count(*) from raw.pipeline_runs").fetchone() == (2,)
    summaries = sorted((empty.work / "state" / "runs").glob("*/summary.txt"))
    assert ["set aside" in path.read_text() for path in summaries] == [False, True, False]


def test_what_a_later_version_adds_is_left_out(empty: TrialInstallation) -> None:
    assert empty.kommunlager("ingest").returncode == 0
    record = next((empty.work / "state" / "runs").glob("*/run.json"))
    record.write_bytes(record.read_bytes().replace(b'"format": 1', b'"format": 2, "is_new": true'))
    run = empty.kommunlager("ingest")
    assert run.returncode == 0
    assert "set aside" not in run.stdout


def test_the_ids_of_runs_follow_each_other_though_the_clock_was_put_back() -> None:
    ahead = "20990101T000000000000"
    assert new_record("run", after=ahead).run_id == "20990101T000000000001"
    assert new_record("run", after="20200101T000000000000").run_id > "2026"


@pytest.mark.parametrize("name", ["build", "build/warehouse.duckdb"])
def test_a_damaged_build_is_recognised(name: str, empty: TrialInstallation) -> None:
    path = empty.work / name
    path.parent.mkdir(parents=True)
    path.write_text("made up")
    run = empty.kommunlager("ingest")
    assert "Traceback" not in run.stderr
    if name == "build":
        assert run.returncode == 5
        assert "build is a file where a folder belongs" in run.stderr
        assert "`kommunlager run` throws it away and builds it anew" in run.stderr
    else:
        assert run.returncode == 0
        assert "warehouse.duckdb can't be read" in run.stdout


ONLY_INGEST = "import kommunlager.steps as steps; steps.ALL_STEPS = (steps.INGEST,)"


@pytest.mark.parametrize("damage", ["a file", "a folder as database", "another database"])
def test_a_run_throws_a_damaged_build_away(damage: str, empty: TrialInstallation) -> None:
    build = empty.work / "build"
    if damage == "a file":
        empty.work.mkdir()
        build.write_text("made up")
    elif damage == "a folder as database":
        (build / "warehouse.duckdb" / "made_up").mkdir(parents=True)
    else:
        build.mkdir(parents=True)
        with duckdb.connect(str(empty.working_database)) as connection:
            connection.execute("create schema raw; create view raw.pipeline_runs as select 1 as made_up")
    run = empty.kommunlager("run", "--force", before=ONLY_INGEST)
    assert run.returncode == 0, run.stdout + run.stderr
    if damage == "a folder as database":
        assert run.stdout.count("It is now warehouse.duckdb.unreadable and is built anew.") == 1
    else:
        assert run.stdout.count("build/ was damaged") == 1
        assert "so it was thrown away and is built anew." in run.stdout


def marts(database: Path) -> None:
    database.parent.mkdir(parents=True)
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema marts; create table marts.made_up as select 1 as figure")


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """A database with one made-up mart, and a release of it."""
    monkeypatch.setattr(new_release, "write_controller_workbook", lambda warehouse, path: None)
    monkeypatch.setattr(new_release, "write_open_data", lambda *_: None)
    monkeypatch.setattr(new_release, "_build_site", lambda *_: None)
    installation = Installation(project=PROJECT, data=tmp_path, work=tmp_path / "work")
    marts(installation.database)
    new_release.publish_release(installation, "20260101T000000000000", None)
    return installation


def assert_nothing_new(installation: Installation) -> None:
    assert [path.name for path in installation.releases.iterdir()] == ["20260101T000000000000"]


def publish(installation: Installation) -> None:
    new_release.publish_release(installation, "20260102T000000000000", None)


def test_a_folder_in_place_of_published(built: Installation) -> None:
    built.published.unlink()
    built.published.mkdir()
    with pytest.raises(StepFailedError, match="published is a folder and not the link to the published release"):
        publish(built)
    assert_nothing_new(built)


def test_a_file_system_without_links(built: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(Path, "symlink_to", refuse)
    with pytest.raises(StepFailedError, match="has no symbolic links, which publishing needs"):
        publish(built)
    assert_nothing_new(built)


def test_a_link_that_cannot_be_moved_leaves_no_release(built: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(new_release, "point_published_at", fail)
    with pytest.raises(StepFailedError, match="The earlier release is still published"):
        publish(built)
    assert_nothing_new(built)


def test_a_held_working_database(built: Installation) -> None:
    hold = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(built.database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StepFailedError, match=rf"is open in another program \(.*PID {holder.pid}\)") as failure:
            publish(built)
        holder.kill()
    assert not isinstance(failure.value, BrokenBuildError)
    assert_nothing_new(built)


def test_other_folders_beside_the_releases_are_not_releases(built: Installation) -> None:
    (built.releases / "lost+found").mkdir()
    publish(built)
    assert built.published.resolve().name == "20260102T000000000000"
