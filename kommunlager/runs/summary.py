"""The summary of a run that a person can be mailed: how it ended, what it did, and what people read now."""

import duckdb

from kommunlager.files import replace_text
from kommunlager.highlights import highlights
from kommunlager.places import Places
from kommunlager.publishing.releases import published_release
from kommunlager.runs.record import STEP_WIDTH, RunRecord, run_folder


def write_summary(places: Places, record: RunRecord) -> None:
    """Write ``summary.txt`` beside the run's record; its first line is fit for a subject."""
    headline = f"Kommunlager: {record.outcome.replace('_', ' ')} ({record.command}, {record.seconds:.0f} s)"
    message = [record.message] if record.message else []
    steps = [f"{step.step:<{STEP_WIDTH}}{step.ending()}" for step in record.steps]
    parts = ([headline], [f"Run {record.run_id}, began {record.started_at}"], steps, message, published_lines(places))
    text = "\n\n".join("\n".join(lines) for lines in parts if lines)
    replace_text(run_folder(places, record.run_id) / "summary.txt", text + "\n")


def published_lines(places: Places) -> list[str]:
    """What people read now, in a few lines."""
    release = published_release(places)
    if release is None:
        return ["Nothing is published yet. Run `kommunlager run`."]
    try:
        lines = highlights(release.warehouse)
    except duckdb.Error as error:
        lines = [f"{release.warehouse} can't be read: {str(error).splitlines()[0]}"]
    return [f"Published: release {release.run_id}", *lines]
