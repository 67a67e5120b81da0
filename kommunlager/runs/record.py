"""The record of a run in ``state/runs/<run_id>/run.json``, rewritten before and after each step."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from ingest.files.records import Time, UnreadableRecordError, read_record, write_record
from kommunlager.errors import EXIT_INTERRUPTED, OUTCOMES
from kommunlager.installation import Installation
from kommunlager.runs.output import cleaned

UNDER_WAY = "under_way"
STEP_WIDTH = 11
_FILE = "run.json"
_RUN_ID = "%Y%m%dT%H%M%S%f"


def _check_run_id(text: str) -> None:
    _began(text)


RunId = Annotated[str, _check_run_id]


@dataclass
class StepRecord:
    """One step: when it began (UTC), how long it took, and its report of one or a few lines.

    A step that did not end has no ``seconds``.
    """

    step: str
    started_at: Time
    seconds: float | None = None
    report: str = ""

    def ending(self) -> str:
        """The text after the step's name: seconds and report."""
        if self.seconds is None:
            return "  not finished"
        return f"{self.seconds:6.1f} s  " + self.report.replace("\n", "\n" + " " * (STEP_WIDTH + 10))


@dataclass
class RunRecord:
    """One run; times are UTC in ISO format, ``outcome`` is UNDER_WAY or one of errors.OUTCOMES.

    ``inputs`` is the hash of what the run was made from; only ``run`` sets it. ``notes`` says what was set aside or
    mended on the way. A run that was killed has no ``exit_code``. ``reports`` counts the answers of each report that is
    new or changed in what was published (see ReportAnswers.counts).
    """

    run_id: RunId
    command: str
    started_at: Time
    inputs: str | None = None
    outcome: str = UNDER_WAY
    exit_code: int | None = None
    finished_at: Time | None = None
    seconds: float | None = None
    failed_step: str | None = None
    message: str | None = None
    notes: list[str] = field(default_factory=list)
    reports: list[dict[str, str | int | bool]] = field(default_factory=list)
    steps: list[StepRecord] = field(default_factory=list)

    def end(self, exit_code: int, message: str | None = None) -> None:
        """Record the outcome; the step that has not ended is the one that failed."""
        finished = dt.datetime.now(tz=dt.UTC)
        self.outcome = OUTCOMES[exit_code]
        self.exit_code = exit_code
        self.finished_at = finished.isoformat(timespec="milliseconds")
        self.seconds = round((finished - dt.datetime.fromisoformat(self.started_at)).total_seconds(), 3)
        self.failed_step = self.unfinished_step()
        self.message = message

    @property
    def was_killed(self) -> bool:
        """Whether it has not ended by itself; nor has a run in progress."""
        return self.exit_code is None

    def unfinished_step(self) -> str | None:
        """The step that has begun and not ended."""
        return next((step.step for step in self.steps if step.seconds is None), None)


def new_record(command: str, after: str = "") -> RunRecord:
    """A run that begins now. Its id sorts by time, and ``after`` an earlier id even if the clock was put back."""
    now = dt.datetime.now(tz=dt.UTC)
    name = max(now, _began(after) + dt.timedelta(microseconds=1)) if after else now
    return RunRecord(name.strftime(_RUN_ID), command, now.isoformat(timespec="milliseconds"))


def _began(run_id: str) -> dt.datetime:
    return dt.datetime.strptime(f"{run_id}+0000", f"{_RUN_ID}%z")


def run_folder(installation: Installation, run_id: str) -> Path:
    """The folder of one run's record and summary."""
    return installation.runs / run_id


def save_record(installation: Installation, record: RunRecord) -> None:
    """Write the present record in one step."""
    folder = run_folder(installation, record.run_id)
    folder.mkdir(parents=True, exist_ok=True)
    write_record(folder / _FILE, cleaned(record))


def read_runs(installation: Installation) -> tuple[list[RunRecord], dict[Path, str]]:
    """All runs, the latest last, and the reason for each record that can't be read."""
    runs: list[RunRecord] = []
    unreadable: dict[Path, str] = {}
    for path in sorted(installation.runs.glob(f"*/{_FILE}")):
        try:
            runs.append(_read_run(path))
        except UnreadableRecordError as error:
            unreadable[path] = str(error)
    return runs, unreadable


def _read_run(path: Path) -> RunRecord:
    record = read_record(RunRecord, path)
    if record.run_id != path.parent.name:
        raise UnreadableRecordError(f"it is the record of run {record.run_id}")
    return record


def last_record(installation: Installation) -> RunRecord | None:
    """The latest run, whatever its outcome."""
    runs, _ = read_runs(installation)
    return runs[-1] if runs else None


def close_killed_runs(installation: Installation) -> Iterator[RunRecord]:
    """Record that runs without an outcome were killed, and yield them; call it under the lock."""
    runs, _ = read_runs(installation)
    for record in runs:
        if record.outcome == UNDER_WAY:
            record.outcome = OUTCOMES[EXIT_INTERRUPTED]
            record.failed_step = record.unfinished_step()
            save_record(installation, record)
            yield record
