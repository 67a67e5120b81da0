"""One run at a time: a lock of the operating system, so that a run that was killed never blocks the next."""

import datetime as dt
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.files.records import UnreadableRecordError, read_record, set_aside, write_record
from kommunlager.errors import EXIT_ALREADY_RUNNING, StepFailedError
from kommunlager.installation import Installation
from kommunlager.publishing.rights import prepare_folders


@dataclass(frozen=True)
class Holder:
    """The process that holds the lock."""

    pid: int
    host: str
    since: str
    command: str

    def __str__(self) -> str:
        return f"kommunlager {self.command}, process {self.pid} on {self.host}, since {self.since}"


@contextmanager
def run_lock(installation: Installation, command: str) -> Iterator[None]:
    """Hold the lock while the block runs; raises StepFailedError that names the holder if another run has it.

    A file beside it names the holder. It is only for messages: the lock alone decides.
    """
    prepare_folders(installation)
    holder = installation.state / "run.holder.json"
    try:
        with FileLock(installation.state / "run.lock", timeout=0, fallback_to_soft=False):
            since = dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
            if holder.is_dir():
                set_aside(holder)
            write_record(holder, Holder(os.getpid(), socket.gethostname(), since, command))
            yield
    except Timeout as error:
        raise StepFailedError(
            f"Another run is in progress ({_name(holder)}). Try again later.", EXIT_ALREADY_RUNNING
        ) from error


def _name(holder: Path) -> str:
    try:
        return str(read_record(Holder, holder))
    except (OSError, UnreadableRecordError):
        return "holder unknown"
