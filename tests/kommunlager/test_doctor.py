"""Each fault of an installation is found by the doctor, and mended by renaming; what was there is still there."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from ingest.files.records import write_record
from ingest.files.whole import hash_file
from ingest.kolada.landing import LANDED, Entry, Landing, pack
from kommunlager.commands.doctor import checkup
from kommunlager.commands.doctor.inputs import data, seeds, settings
from kommunlager.errors import EXIT_OK, EXIT_UNSOUND
from kommunlager.installation import Installation
from kommunlager.publishing.releases import FileFacts, Manifest, Release, point_published_at
from kommunlager.runs.record import new_record, save_record
from tests.support.installation import PROJECT, TrialInstallation

OLD, NEW = "20260101T000000000000", "20260102T000000000000"
DAY = "2026-01-01T00:00:00+00:00"


@pytest.fixture
def sound(tmp_path: Path) -> Installation:
    """A small made-up installation: two runs, two releases, one batch, a working database."""
    installation = Installation(project=PROJECT, data=PROJECT / "data", work=tmp_path / "work")
    for run_id in (OLD, NEW):
        record = new_record("run")
        record.run_id = run_id
        record.end(0)
        save_record(installation, record)
        release(installation, run_id)
    point_published_at(installation, Release(installation.releases / NEW))
    batch = Entry(1, DAY, "kpi", "/kpi", LANDED, DAY)
    Landing(installation.landed).land(batch, pack([b'{"values": []}']))
    installation.build.mkdir()
    with duckdb.connect(str(installation.database)) as connection:
        connection.execute("create table figures as select range as figure from range(100_000)")
    return installation


def release(installation: Installation, run_id: str) -> None:
    folder = installation.releases / run_id
    folder.mkdir(parents=True)
    made_up = folder / "made_up.txt"
    made_up.write_text("made up")
    files = {made_up.name: FileFacts(made_up.stat().st_size, hash_file(made_up))}
    write_record(folder / "release.json", Manifest(run_id, DAY, None, {}, files, {}))


def spoil(name: str, content: bytes = b"") -> Callable[[Path], object]:
    return lambda work: (work / name).write_bytes(content)


def in_the_way(name: str, *, folder: bool) -> Callable[[Path], object]:
    """Put a folder in the place of a file or link, or a file in the place of a folder."""

    def put(work: Path) -> None:
        if (work / name).exists():
            (work / name).rename(work / f"{name}.moved")
        (work / name).mkdir() if folder else (work / name).write_text("made up")

    return put


def poison(work: Path) -> None:
    """Overwrite blocks of the database."""
    with (work / "build/warehouse.duckdb").open("r+b") as file:
        file.seek(3 * 4096 + 100)
        file.write(bytes(range(256)) * 1000)


def remove_published_release(work: Path) -> None:
    (work / "releases" / NEW).rename(work / "elsewhere")


FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty record": (spoil(f"state/runs/{OLD}/run.json"), "run.json: can't be read: it is empty"),
    "torn record": (spoil(f"state/runs/{OLD}/run.json", b'{"run_id": "2'), "it is damaged: not JSON"),
    "record of another run": (
        lambda work: (work / f"state/runs/{OLD}/run.json").write_bytes(
            (work / f"state/runs/{NEW}/run.json").read_bytes()
        ),
        f"it is the record of run {NEW}",
    ),
    "later record": (spoil(f"state/runs/{OLD}/run.json", b'{"format": 2}'), "a later version wrote it (format 2"),
    "folder as record": (in_the_way(f"state/runs/{OLD}/run.json", folder=True), "it is a folder"),
    "garbage in the manifest": (
        lambda work: (work / "state/kolada/manifest.jsonl").open("ab").write(b"garbage\n"),
        "manifest.jsonl: 1 lines can't be read (line 2: it is damaged: not JSON)",
    ),
    "folder as manifest": (in_the_way("state/kolada/manifest.jsonl", folder=True), "manifest.jsonl: is a folder"),
    "damaged batch": (spoil("state/kolada/batches/0000001.json.gz"), "is damaged since it was fetched"),
    "folder as lock": (in_the_way("state/run.lock", folder=True), "run.lock: is a folder"),
    "file as logs": (in_the_way("state/logs", folder=False), "logs: is a file where a folder belongs"),
    "file as build": (in_the_way("build", folder=False), "build: is a file where a folder belongs"),
    "folder as database": (in_the_way("build/warehouse.duckdb", folder=True), "warehouse.duckdb: can't be read"),
    "no database": (spoil("build/warehouse.duckdb", b"made up" * 9999), "warehouse.duckdb: can't be read"),
    "poisoned database": (poison, "warehouse.duckdb: can't be read"),
    "damaged release": (spoil(f"releases/{OLD}/made_up.txt"), f"release {OLD}: is damaged (made_up.txt)"),
    "altered release": (spoil(f"releases/{NEW}/made_up.txt", b"made_up"), "published: is damaged (made_up.txt)"),
    "damaged manifest": (spoil(f"releases/{NEW}/release.json"), "published: is damaged (release.json)"),
    "folder as link": (in_the_way("published", folder=True), "published: is not a link to a release"),
    "link to nothing": (remove_published_release, "published: leads to a release that does not exist"),
}


def examine(installation: Installation, *, repair: bool) -> tuple[int, str]:
    said: list[str] = []
    return checkup.check_up(installation, said.append, repair=repair), "\n".join(said)


def contents(work: Path) -> list[bytes]:
    """The content of every file, whatever its name; the lock and its holder change with each examination."""
    files = [path for path in work.rglob("*") if path.is_file() and not path.is_symlink()]
    return sorted(path.read_bytes() for path in files if not path.name.startswith("run."))


@pytest.fixture(autouse=True)
def without_slow_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tuple(check for check in checkup._UNDER_THE_LOCK if check not in (seeds, data))
    monkeypatch.setattr(checkup, "_UNDER_THE_LOCK", kept)


def test_a_sound_installation_has_no_problems(sound: Installation) -> None:
    assert examine(sound, repair=False) == (
        EXIT_OK,
        "Nothing is wrong with state, build, releases, seeds, data and settings.",
    )


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_and_mended(fault: str, sound: Installation) -> None:
    inject, expected = FAULTS[fault]
    inject(sound.work)
    before = contents(sound.work)

    exit_code, said = examine(sound, repair=False)
    assert exit_code == EXIT_UNSOUND
    assert expected in said
    assert "--repair would: " in said
    assert contents(sound.work) == before

    exit_code, said = examine(sound, repair=True)
    assert exit_code == EXIT_OK, said
    assert "repaired: " in said
    assert {*before} - {*contents(sound.work)} <= {manifest_before(before)}
    assert examine(sound, repair=False)[0] in (EXIT_OK, *([EXIT_UNSOUND] if fault == "damaged batch" else []))


def manifest_before(before: list[bytes]) -> bytes:
    """The manifest with a bad line, whose lines are moved rather than the file renamed."""
    return next((content for content in before if content.endswith(b"garbage\n")), b"")


def test_a_killed_run_is_recorded_as_killed(sound: Installation) -> None:
    save_record(sound, new_record("run", after=NEW))
    exit_code, said = examine(sound, repair=True)
    assert exit_code == EXIT_OK
    assert "was killed" in said
    summary = max(sound.runs.glob("*/summary.txt")).read_text()
    assert summary.startswith("Kommunlager: killed (run)\n")


def test_settings_that_no_command_can_use(sound: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [*settings(sound)] == []
    monkeypatch.setenv("KOMMUNLAGER_MEMORY_LIMIT", "much")
    monkeypatch.setenv("KOMMUNLAGER_KOLADA_URL", "kolada")
    monkeypatch.setenv("KOMMUNLAGER_POSTGRES", "made=up")
    faults = [problem.fault for problem in settings(sound)]
    assert len(faults) == 3
    assert "KOMMUNLAGER_MEMORY_LIMIT is 'much'" in faults[0]


def test_data_that_cannot_be_read(sound: Installation, tmp_path: Path) -> None:
    missing = Installation(project=PROJECT, data=tmp_path / "none", work=sound.work)
    assert [problem.fault for problem in data(missing)] == ["does not exist"]
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/made_up.xlsx").write_text("no workbook")
    (tmp_path / "key_figures").mkdir()
    (tmp_path / "key_figures/made_up.csv").write_text("no;header\n")
    unreadable = Installation(project=PROJECT, data=tmp_path, work=sound.work)
    assert [Path(problem.place).name for problem in data(unreadable)] == ["made_up.xlsx", "made_up.csv"]


def test_the_command(tmp_path: Path) -> None:
    installation = TrialInstallation(data=PROJECT / "data", work=tmp_path)
    (tmp_path / "state").write_text("made up")
    found = installation.kommunlager("doctor")
    assert found.returncode == EXIT_UNSOUND
    assert "state: is a file where a folder belongs" in found.stdout
    assert installation.kommunlager("doctor", "--repair").returncode == EXIT_OK
    assert (tmp_path / "state.unreadable").read_text() == "made up"
    again = installation.kommunlager("doctor")
    assert (again.returncode, again.stdout) == (
        EXIT_OK,
        "Nothing is wrong with state, build, releases, seeds, data and settings.\n",
    )
