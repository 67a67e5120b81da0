"""Runs steps one after another, and reports them on the terminal, in the log and in the run's record."""

import dataclasses
import datetime as dt
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any

from kommunlager.duckdb_files import memory_trouble
from kommunlager.errors import (
    EXIT_INTERRUPTED,
    EXIT_NOTHING_NEW,
    EXIT_OK,
    EXIT_UNEXPECTED,
    StepFailedError,
    disk_trouble,
)
from kommunlager.installation import Installation
from kommunlager.runs.lock import run_lock
from kommunlager.runs.log import log_file, run_log
from kommunlager.runs.output import say
from kommunlager.runs.record import STEP_WIDTH, RunRecord, StepRecord, close_abandoned_run, new_record, save_record
from kommunlager.runs.summary import write_summary


@dataclass(frozen=True)
class Step:
    """A part of the job: ``action`` performs it and returns a report, or raises StepFailedError."""

    name: str
    action: Callable[[Installation, RunRecord], str]


@dataclass(frozen=True)
class Run:
    """A run under way: its record so far, and its log."""

    installation: Installation
    record: RunRecord
    log: Any

    def run_steps(self, steps: Sequence[Step]) -> None:
        """Run the steps in order; the record is written before and after each."""
        for step in steps:
            noted = StepRecord(step.name, dt.datetime.now(tz=dt.UTC).isoformat(timespec="milliseconds"))
            self.record.steps.append(noted)
            save_record(self.installation, self.record)
            say(f"{step.name:<{STEP_WIDTH}}", ends_line=False)
            started = time.monotonic()
            try:
                noted.report = step.action(self.installation, self.record)
            except BaseException as error:
                say("interrupted" if isinstance(error, KeyboardInterrupt) else "failed")
                self._stop_on_trouble(step, error)
                raise
            noted.seconds = round(time.monotonic() - started, 3)
            say(noted.ending())
            self.log.info("step done", **dataclasses.asdict(noted))

    def _stop_on_trouble(self, step: Step, error: BaseException) -> None:
        """Raise a clear message for what a person can fix: the disk, the memory."""
        trouble = disk_trouble(error, self.installation.work) or memory_trouble(error)
        if trouble:
            raise StepFailedError(f"Step {step.name}: {trouble}", EXIT_UNEXPECTED) from error

    def end(self, exit_code: int, message: str | None = None) -> None:
        """Record the outcome in record and log."""
        self.record.end(exit_code, message)
        save_record(self.installation, self.record)
        write_summary(self.installation, self.record)
        facts = {
            name: getattr(self.record, name) for name in ("outcome", "exit_code", "seconds", "failed_step", "message")
        }
        went_well = exit_code in (EXIT_OK, EXIT_NOTHING_NEW)
        (self.log.info if went_well else self.log.error)("run ended", **facts)


@contextmanager
def started_run(installation: Installation, command: str) -> Iterator[Run]:
    """A run under the lock. However the block ends, record and log say so; a failure is raised to the caller."""
    try:
        with run_lock(installation, command):
            close_abandoned_run(installation)
            record = new_record(command)
            with run_log(installation, record.run_id) as log, _terminated_like_interrupted():
                run = Run(installation, record, log)
                save_record(installation, record)
                log.info("run began", command=command)
                with _ended(run):
                    yield run
    except OSError as error:
        trouble = disk_trouble(error, installation.work)
        if trouble is None:
            raise
        raise StepFailedError(trouble, EXIT_UNEXPECTED) from error


@contextmanager
def _ended(run: Run) -> Iterator[None]:
    """Record how the block ends. If even that can't be written, the original error is still the one raised."""
    try:
        yield
    except StepFailedError as failure:
        with suppress(OSError):
            run.end(failure.exit_code, str(failure))
        raise
    except KeyboardInterrupt:
        with suppress(OSError):
            run.end(EXIT_INTERRUPTED, "Interrupted.")
        raise
    except Exception as error:
        message = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no message'}"
        with suppress(OSError):
            run.log.exception("unexpected")
            run.end(EXIT_UNEXPECTED, message)
        raise StepFailedError(
            f"Unexpected error ({message}). The published release is unchanged."
            f" The log has the details: {log_file(run.installation, run.record.run_id)}",
            EXIT_UNEXPECTED,
        ) from error
    if run.record.exit_code is None:
        run.end(EXIT_OK)


@contextmanager
def _terminated_like_interrupted() -> Iterator[None]:
    """Treat SIGTERM (systemd, a container that stops) like Ctrl-C."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
