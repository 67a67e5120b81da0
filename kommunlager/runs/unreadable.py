"""Sets aside the records in ``state/`` that can't be read, so that they stop neither this run nor the next."""

from ingest.files.records import set_aside
from ingest.kolada.landing import Landing
from kommunlager.installation import Installation, shown
from kommunlager.runs.record import read_runs


def set_aside_unreadable(installation: Installation) -> list[str]:
    """Rename what can't be read; returns a line for the records of runs and one for Kolada's manifest, if needed."""
    _, unreadable = read_runs(installation)
    lines = []
    if unreadable:
        first, reason = next(iter(unreadable.items()))
        count = "1 record of a run" if len(unreadable) == 1 else f"{len(unreadable)} records of runs"
        names = {set_aside(path).name for path in unreadable}
        lines.append(f"{count} can't be read ({shown(first)}: {reason}). Set aside as {min(names)} beside each.")
    manifest = Landing(installation.landed).set_aside_unreadable()
    return [f"set aside: {line}" for line in (*lines, *([manifest] if manifest else []))]
