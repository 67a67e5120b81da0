"""The record of a run in ``state/runs/<run_id>/run.json``, rewritten before and after each step."""

import dataclasses
import datetime as dt
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.files.whole import replace_text
from kommunlager.errors import EXIT_INTERRUPTED, OUTCOMES
from kommunlager.installation import Installation
from kommunlager.runs.output import cleaned

UNDER_WAY = "under_way"
STEP_WIDTH = 11


@dataclass
class StepRecord:
    """One step: when it began (UTC), how long it took, and its report of one or a few lines.

    A step that did not end has no ``seconds``.
    """

    step: str
    started_at: str
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

    ``inputs`` is the hash of what the run was made from; only ``run`` sets it. ``reports`` counts the answers of each
    report that is new or changed in what was published (see ReportAnswers.counts).
    """

    run_id: str
    command: str
    started_at: str
    inputs: str | None = None
    outcome: str = UNDER_WAY
    exit_code: int | None = None
    finished_at: str | None = None
    seconds: float | None = None
    failed_step: str | None = None
    message: str | None = None
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

    def unfinished_step(self) -> str | None:
        """The step that has begun and not ended."""
        return next((step.step for step in self.steps if step.seconds is None), None)


def new_record(command: str) -> RunRecord:
    """A run that begins now; its id sorts by time."""
    now = dt.datetime.now(tz=dt.UTC)
    return RunRecord(now.strftime("%Y%m%dT%H%M%S%f"), command, now.isoformat(timespec="milliseconds"))


def run_folder(installation: Installation, run_id: str) -> Path:
    """The folder of one run's record and summary."""
    return installation.runs / run_id


def save_record(installation: Installation, record: RunRecord) -> None:
    """Write the present record in one step."""
    folder = run_folder(installation, record.run_id)
    folder.mkdir(parents=True, exist_ok=True)
    replace_text(folder / "run.json", json.dumps(cleaned(dataclasses.asdict(record)), ensure_ascii=False))


def last_record(installation: Installation) -> RunRecord | None:
    """The latest run, whatever its outcome."""
    files = sorted(installation.runs.glob("*/run.json"))
    if not files:
        return None
    stored = json.loads(files[-1].read_text(encoding="utf-8"))
    return RunRecord(**{**stored, "steps": [_stored_step(step) for step in stored["steps"]]})


def _stored_step(facts: dict[str, Any]) -> StepRecord:
    """A step of a run.json; fields that only earlier versions wrote are left out."""
    return StepRecord(
        **{field.name: facts[field.name] for field in dataclasses.fields(StepRecord) if field.name in facts}
    )


def close_abandoned_run(installation: Installation) -> None:
    """Record that the previous run was killed, if it has no outcome; call it under the lock."""
    record = last_record(installation)
    if record is not None and record.outcome == UNDER_WAY:
        record.outcome = OUTCOMES[EXIT_INTERRUPTED]
        record.failed_step = record.unfinished_step()
        save_record(installation, record)
