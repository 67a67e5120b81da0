"""Faults that lie around when a command begins: records, releases, ``build/``, ``published``, input files."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import duckdb
from openpyxl import Workbook

from tests.survival.fault import Fault
from tests.survival.victim import Victim

REPAIR = ("doctor", "--repair")


def repair(victim: Victim) -> None:
    """What messages name as the remedy."""
    victim.do(*REPAIR)


def spoil(path: Path, chance: Random) -> None:
    """Make a record unreadable in one of the ways in which that happens."""
    whole = path.read_bytes()
    path.write_bytes(
        chance.choice(
            [
                b"",
                whole[: chance.randrange(1, len(whole) - 3)],
                b'{"format": 9, "begun": "2030-01-01"}',
                b"\0" * len(whole),
                chance.randbytes(200),
                re.sub(rb'"(run_id|released_at)": "', rb'"\1": "?', whole),
                b"[" * 100_000,
            ]
        )
    )


def in_the_way(path: Path, chance: Random) -> None:
    """Put a folder in the place of a file or link, and a file in the place of a folder."""
    is_folder = path.is_dir() and not path.is_symlink()
    path.rename(path.with_name(f"{path.name}.moved{chance.randrange(10**9)}"))
    path.write_text("made up") if is_folder else path.mkdir()


def record(victim: Victim, chance: Random) -> str:
    for path in chance.sample(victim.records(), chance.choice([1, 1, 3])):
        spoil(path, chance)
    return victim.run()


def record_as_folder(victim: Victim, chance: Random) -> str:
    in_the_way(chance.choice(victim.records()), chance)
    return victim.run()


def manifest_line(victim: Victim, chance: Random) -> str:
    manifest = victim.work / "state" / "kolada" / "manifest.jsonl"
    lines = manifest.read_bytes().splitlines(keepends=True)
    number = chance.randrange(len(lines))
    bad = [b"garbage\n", b"\0\0\0\n", lines[number][:20] + b"\n", b'{"format": 9}\n', lines[number] * 2]
    lines[number] = chance.choice(bad)
    manifest.write_bytes(b"".join(lines))
    return victim.run()


def batch(victim: Victim, chance: Random) -> str:
    path = chance.choice(sorted((victim.work / "state" / "kolada" / "batches").glob("*.json.gz")))
    path.write_bytes(chance.choice([b"", path.read_bytes()[:-9], chance.randbytes(99)]))
    return victim.do("doctor")


def fetch_again(victim: Victim) -> None:
    repair(victim)
    victim.sync()


def misplaced(victim: Victim, chance: Random) -> str:
    names = ["state/logs", "state/run.lock", "state/run.holder.json", "state/kolada/manifest.jsonl"]
    in_the_way(victim.work / chance.choice(names), chance)
    return victim.run()


def put_back(victim: Victim) -> None:
    repair(victim)
    victim.sync()


def published_release(victim: Victim, chance: Random) -> str:
    release = victim.work / "published"
    name = chance.choice(["release.json", "kommunlager.xlsx", "warehouse.duckdb", "parquet/release.parquet"])
    path = (release / name).resolve()
    path.chmod(0o644)
    if name == "release.json":
        spoil(path, chance)
    else:
        path.write_bytes(path.read_bytes()[: chance.randrange(min(9999, path.stat().st_size))])
    return victim.run()


def release_gone(victim: Victim, chance: Random) -> str:
    published = (victim.work / "published").resolve()
    published.rename(published.with_name(f"moved{chance.randrange(10**9)}"))
    return victim.run()


def in_place_of_published(victim: Victim, chance: Random) -> str:
    (victim.work / "published").unlink()
    if chance.random() < 0.5:
        (victim.work / "published").mkdir()
    else:
        (victim.work / "published").write_text("made up")
    return victim.run()


def _database(act: Callable[[Path, Random], object]) -> Callable[[Victim, Random], str]:
    def strike(victim: Victim, chance: Random) -> str:
        act(victim.working_database, chance)
        return victim.do("run", "--force")

    return strike


def poison(path: Path, chance: Random) -> None:
    """Overwrite the beginning of the database, where DuckDB keeps what it needs to open it."""
    with path.open("r+b") as file:
        file.seek(chance.randrange(3 * 4096))
        file.write(chance.randbytes(chance.choice([100, 5000, 300_000])))


def other_database(path: Path, chance: Random) -> None:
    """A database of another origin: the tables are views."""
    path.unlink()
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema raw; create view raw.pipeline_runs as select 1 as made_up")


def file_as_build(victim: Victim, chance: Random) -> str:
    in_the_way(victim.work / "build", chance)
    return victim.do("run", "--force")


KEY_FIGURES: dict[str, bytes] = {
    "empty.csv": b"",
    "binary.csv": bytes(range(256)),
    "mac.csv": "kpi_id;municipality_code;year;gender;value;not\nN00001;1463;2022;T;1;påhittad åtgärd\n".encode(
        "mac_roman"
    ),
    "infinite.csv": b"kpi_id,municipality_code,year,gender,value\nN00001,1463,2022,T,1e999\n",
    "year.csv": b"kpi_id,municipality_code,year,gender,value\nN00001,1463,2147483648,T,1\n",
    "page.json": b'{"values": [], "count": 0, "next_url": "https://made.up/v3/data?page=2"}',
    "torn.json": b'{"values": [{"kpi": "N0',
    "html.json": b"<html>log in</html>",
    "nothing.xlsx": b"no workbook",
}
CELLS: list[object] = ["#N/A", "=1+1", True]


def key_figure_file(victim: Victim, chance: Random) -> str:
    name = chance.choice([*KEY_FIGURES, "cells.xlsx"])
    path = victim.data / "key_figures" / f"made_up_{name}"
    if name in KEY_FIGURES:
        path.write_bytes(KEY_FIGURES[name])
    else:
        workbook = Workbook()
        assert workbook.active is not None
        workbook.active.append(["kpi_id", "municipality_code", "year", "gender", "value"])
        workbook.active.append(["N00001", "1463", 2022, "T", chance.choice(CELLS)])
        workbook.save(path)
    return victim.run()


def take_away(victim: Victim) -> None:
    for path in (victim.data / "key_figures").glob("made_up_*"):
        path.unlink()


def report(victim: Victim, chance: Random) -> str:
    path = chance.choice(sorted((victim.data / "reports").glob("*.xlsx")))
    whole = path.read_bytes()
    path.with_suffix(".whole").write_bytes(whole)
    path.write_bytes(chance.choice([b"", whole[: len(whole) // 2], b"\0" * 9999, b"made up"]))
    return victim.run()


def restore(victim: Victim) -> None:
    for path in (victim.data / "reports").glob("*.whole"):
        path.rename(path.with_suffix(".xlsx"))


def run_ahead(victim: Victim, chance: Random) -> str:
    """The record of a run that began while the clock was ahead."""
    last = victim.records()[-1]
    facts = json.loads(last.read_text())
    year = int(facts["run_id"][:4]) + 1
    facts["run_id"] = f"{year}{facts['run_id'][4:]}"
    for name in ("started_at", "finished_at"):
        facts[name] = f"{year}{facts[name][4:]}" if facts[name] else None
    folder = last.parent.with_name(facts["run_id"])
    folder.mkdir()
    (folder / "run.json").write_text(json.dumps(facts))
    return victim.do("run", "--force")


def fetched_ahead(victim: Victim, chance: Random) -> str:
    """Batches that were dated while the clock was ahead; then Kolada revises a figure."""
    manifest = victim.work / "state" / "kolada" / "manifest.jsonl"
    lines = [json.loads(line) for line in manifest.read_text().splitlines()]
    for entry in lines[-chance.randrange(1, len(lines)) :]:
        entry["fetched_at"] = f"2099{entry['fetched_at'][4:]}"
    manifest.write_text("".join(json.dumps(entry) + "\n" for entry in lines))
    victim.revise(chance)
    return victim.sync()


def rights(victim: Victim, chance: Random) -> str:
    """Folders that are open to everyone, and an umask that closes or opens everything."""
    (victim.work / "state").chmod(0o777)
    mask = chance.choice([0o077, 0o000, 0o027])
    said = victim.do("run", "--force", preexec_fn=lambda: os.umask(mask))
    modes = {oct(path.stat().st_mode & 0o777) for path in (victim.work / "published").rglob("*")}
    assert modes <= {"0o444", "0o755"}, modes
    assert not (victim.work / "state").stat().st_mode & 0o007
    return said


SET_ASIDE = r"exit 8|set aside: .*can't be read"
FAULTS = [
    Fault("record", record, r"set aside: .*records? of .*can't be read"),
    Fault("record", record_as_folder, r"set aside: 1 record of a run can't be read .*it is a folder"),
    Fault("manifest", manifest_line, r"set aside: .*lines? of .*can't be read"),
    Fault("batch", batch, r"is damaged since it was fetched.*\n.*--repair would", fetch_again, syncs=True),
    Fault("misplaced", misplaced, r"is a (file|folder)|set aside|exit [08]", put_back, syncs=True),
    Fault("release", published_release, r"Release \S+ is damaged \(\S+\), so a new one is made", breaks_published=True),
    Fault("release", release_gone, "exit 0", breaks_published=True),
    Fault("published", in_place_of_published, r"exit 6[^$]*doctor --repair", repair, breaks_published=True),
    Fault("build", _database(poison), "exit 0"),
    Fault("build", _database(other_database), r"exit 0[^$]*build/ was damaged"),
    Fault("build", _database(in_the_way), r"exit 0[^$]*built anew"),
    Fault("build", _database(lambda path, _: path.unlink()), "exit 0"),
    Fault("build", _database(lambda path, _: path.write_bytes(b"made up" * 9999)), r"exit 0[^$]*built anew"),
    Fault("build", file_as_build, r"exit 0[^$]*build/ was damaged"),
    Fault("key figures", key_figure_file, r"exit 10[^$]*set aside: made_up_", take_away),
    Fault("report", report, r"exit 10[^$]*set aside: ", restore),
    Fault("clock", run_ahead, "exit 0"),
    Fault("clock", fetched_ahead, "exit 0", syncs=True),
    Fault("rights", rights, "exit 0"),
]
