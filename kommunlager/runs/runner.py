"""Runs steps one after another, and reports them on the terminal, in the log and in the run's record."""

import dataclasses
import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kommunlager.duckdb_files import damage, held_database, memory_trouble
from kommunlager.errors import (
    EXIT_BUILD_FAILED,
    EXIT_INTERRUPTED,
    EXIT_NOTHING_NEW,
    EXIT_OK,
    EXIT_UNEXPECTED,
    BrokenBuildError,
    StepFailedError,
    disk_trouble,
    first_line,
    in_the_way,
    is_in_the_way,
)
from kommunlager.installation import Installation
from kommunlager.runs.lock import run_lock
from kommunlager.runs.log import log_file, run_log
from kommunlager.runs.output import say
from kommunlager.runs.record import (
    STEP_WIDTH,
    RunRecord,
    StepRecord,
    close_killed_runs,
    last_record,
    new_record,
    save_record,
)
from kommunlager.runs.stopping import was_asked_to_stop
from kommunlager.runs.summary import write_refusal, write_summary
from kommunlager.runs.unreadable import set_aside_unreadable


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
        """Run the steps in order; record and summary are written before each."""
        for step in steps:
            noted = StepRecord(step.name, dt.datetime.now(tz=dt.UTC).isoformat(timespec="milliseconds"))
            self.record.steps.append(noted)
            self.save()
            say(f"{step.name:<{STEP_WIDTH}}", ends_line=False)
            started = time.monotonic()
            try:
                noted.report = step.action(self.installation, self.record)
                if was_asked_to_stop():
                    raise KeyboardInterrupt
            except BaseException as error:
                say("interrupted" if _is_interruption(error) else "failed")
                self.stop_on_trouble(f"Step {step.name}", error)
                raise
            noted.seconds = round(time.monotonic() - started, 3)
            say(noted.ending())
            self.log.info("step done", **dataclasses.asdict(noted))

    def say(self, line: str) -> None:
        """Say what was set aside or mended: on the terminal, in the log and in the summary."""
        say(line)
        self.record.notes.append(line)
        self.log.warning(line)

    def save(self) -> None:
        """Write record and summary as they are."""
        save_record(self.installation, self.record)
        write_summary(self.installation, self.record)

    def stop_on_trouble(self, part: str, error: BaseException) -> None:
        """Raise a clear message for what a person can fix: the disk, the memory, a program that holds the database."""
        if held := held_database(error):
            raise StepFailedError(f"{part}: {held}", EXIT_BUILD_FAILED) from error
        if reason := self._damage_of_build(error):
            raise BrokenBuildError(reason) from error
        trouble = disk_trouble(error, self.installation.work) or memory_trouble(error)
        if trouble:
            raise StepFailedError(f"{part}: {trouble}", EXIT_UNEXPECTED) from error

    def _damage_of_build(self, error: BaseException) -> str | None:
        """Why ``build/`` seems damaged: a folder in a file's place there, or a database that can't be read."""
        if isinstance(error, OSError):
            place = Path(str(error.filename))
            is_inside = self.installation.build in (place, *place.parents)
            return in_the_way(place) if is_inside and is_in_the_way(error) else None
        return None if disk_trouble(error, self.installation.work) else damage(error)

    def end(self, exit_code: int, message: str | None = None) -> None:
        """Record the outcome in record and log."""
        self.record.end(exit_code, message)
        self.save()
        facts = {
            name: getattr(self.record, name) for name in ("outcome", "exit_code", "seconds", "failed_step", "message")
        }
        went_well = exit_code in (EXIT_OK, EXIT_NOTHING_NEW)
        (self.log.info if went_well else self.log.error)("run ended", **facts)


@contextmanager
def started_run(installation: Installation, command: str) -> Iterator[Run]:
    """A run under the lock. However the block ends, record and log say so; a failure is raised to the caller."""
    try:
        with _lock_or_refusal(installation, command):
            aside = set_aside_unreadable(installation)
            for killed in close_killed_runs(installation):
                write_summary(installation, killed)
            last = last_record(installation)
            record = new_record(command, after=last.run_id if last else "")
            with run_log(installation, record.run_id) as log:
                run = Run(installation, record, log)
                with _ended(run):
                    for line in aside:
                        run.say(line)
                    run.save()
                    log.info("run began", command=command)
                    yield run
    except OSError as error:
        trouble = disk_trouble(error, installation.work)
        if trouble is None:
            raise
        raise StepFailedError(trouble, EXIT_UNEXPECTED) from error


@contextmanager
def _lock_or_refusal(installation: Installation, command: str) -> Iterator[None]:
    """The lock; while another run has it, a summary says why this one did not begin."""
    with ExitStack() as stack:
        try:
            stack.enter_context(run_lock(installation, command))
        except StepFailedError as refusal:
            write_refusal(installation, command, str(refusal))
            raise
        yield


@contextmanager
def _ended(run: Run) -> Iterator[None]:
    """Record how the block ends. If even that can't be written, the original error is still the one raised."""
    try:
        yield
        if run.record.exit_code is None:
            run.end(EXIT_OK)
    except BaseException as error:
        if _is_interruption(error):
            with suppress(OSError):
                run.end(EXIT_INTERRUPTED, "Interrupted.")
            raise KeyboardInterrupt from error
        if not isinstance(error, Exception):
            raise
        failure = error if isinstance(error, StepFailedError) else _unforeseen(run, error)
        with suppress(OSError):
            run.end(failure.exit_code, str(failure))
        raise failure from error


def _is_interruption(error: BaseException) -> bool:
    """Whether the error comes from a request to stop, which libraries may turn into errors of their own."""
    return isinstance(error, KeyboardInterrupt) or was_asked_to_stop()


def _unforeseen(run: Run, error: Exception) -> StepFailedError:
    """The failure for an unexpected error or a full disk."""
    trouble = disk_trouble(error, run.installation.work)
    if trouble:
        return StepFailedError(trouble, EXIT_UNEXPECTED)
    with suppress(OSError):
        run.log.exception("unexpected")
    return StepFailedError(
        f"Unexpected error ({first_line(error)}). The published release is unchanged."
        f" The log has the details: {log_file(run.installation, run.record.run_id)}",
        EXIT_UNEXPECTED,
    )
