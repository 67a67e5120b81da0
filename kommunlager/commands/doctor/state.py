"""Checks ``state/``: the records of runs, Kolada's manifest and the files that it names."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from ingest.files.records import UNREADABLE, set_aside
from ingest.kolada.landing import Landing
from ingest.kolada.load import damaged_batches
from kommunlager.commands.doctor.problem import Problem
from kommunlager.installation import Installation, shown
from kommunlager.runs.record import UNDER_WAY, close_killed_runs, read_runs
from kommunlager.runs.summary import write_summary

_SYNC = "the next `kommunlager kolada sync` fetches it again"


def misplaced_files(installation: Installation) -> Iterator[Problem]:
    """Files in the place of the folders that a run writes to; the other checks need these folders."""
    folders = (
        installation.work,
        installation.state,
        installation.runs,
        installation.logs,
        installation.landed,
        installation.landed / "batches",
        installation.last_good,
        installation.releases,
    )
    for folder in folders:
        if folder.exists() and not folder.is_dir():
            yield Problem(shown(folder), "is a file where a folder belongs", *_renaming(folder))


def misplaced_folders(installation: Installation) -> Iterator[Problem]:
    """Folders in the place of files."""
    for file in (installation.state / "run.lock", installation.state / "run.holder.json"):
        if file.is_dir():
            yield Problem(shown(file), "is a folder where a file belongs", *_renaming(file))


def records_of_runs(installation: Installation) -> Iterator[Problem]:
    """Records that can't be read, and runs that were killed."""
    runs, unreadable = read_runs(installation)
    for path, reason in unreadable.items():
        yield Problem(shown(path), f"can't be read: {reason}", *_renaming(path))
    killed = [record for record in runs if record.outcome == UNDER_WAY]
    for record in killed:
        remedy = "record that it was killed, as the next run does"
        yield Problem(f"run {record.run_id}", "was killed", remedy, partial(_close_killed_runs, installation))


def manifest(installation: Installation) -> Iterator[Problem]:
    """Lines of Kolada's manifest that can't be read."""
    landing = Landing(installation.landed)
    aside = f"{landing.manifest.name}{UNREADABLE}"
    if landing.manifest.is_dir():
        yield Problem(shown(landing.manifest), "is a folder where a file belongs", *_renaming(landing.manifest))
    elif landing.unreadable:
        number, reason = next(iter(landing.unreadable.items()))
        lines = f"{len(landing.unreadable)} lines can't be read (line {number}: {reason})"
        remedy = f"move them to {aside}; {_SYNC.replace('it', 'everything')}"
        yield Problem(shown(landing.manifest), lines, remedy, landing.set_aside_unreadable)


def batches(installation: Installation) -> Iterator[Problem]:
    """Landed files that are missing or damaged."""
    landing = Landing(installation.landed)
    for file in damaged_batches(landing):
        if file.exists():
            remedy, repair = _renaming(file)
            yield Problem(shown(file), "is damaged since it was fetched from Kolada", f"{remedy}; {_SYNC}", repair)
        else:
            yield Problem(shown(file), "is missing", "run `kommunlager kolada sync`, which fetches it again")


def _close_killed_runs(installation: Installation) -> None:
    for record in close_killed_runs(installation):
        write_summary(installation, record)


def _renaming(path: Path) -> tuple[str, partial[Path]]:
    """The remedy that gives a file or folder another name."""
    return f"rename it to {path.name}{UNREADABLE}", partial(set_aside, path)
