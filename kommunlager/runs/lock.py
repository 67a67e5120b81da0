"""One run at a time: a lock of the operating system, so that a run that was killed never blocks the next."""

import datetime as dt
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from ingest.files.whole import replace_text
from kommunlager.errors import EXIT_ALREADY_RUNNING, StepFailedError
from kommunlager.installation import Installation


@contextmanager
def run_lock(installation: Installation, command: str) -> Iterator[None]:
    """Hold the lock while the block runs; raises StepFailedError that names the holder when another run has it.

    Who holds it stands in a file beside it. That file is only told to people: the lock alone decides.
    """
    installation.state.mkdir(parents=True, exist_ok=True)
    holder = installation.state / "run.holder.json"
    try:
        with FileLock(installation.state / "run.lock", timeout=0, fallback_to_soft=False):
            since = dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
            told = {"pid": os.getpid(), "host": socket.gethostname(), "since": since, "command": command}
            replace_text(holder, json.dumps(told))
            yield
    except Timeout as error:
        who = _told(holder.read_text(encoding="utf-8")) if holder.is_file() else "it has not said who it is"
        raise StepFailedError(f"Another run is going on ({who}). Try again later.", EXIT_ALREADY_RUNNING) from error


def _told(holder: str) -> str:
    who = json.loads(holder)
    return f"kommunlager {who['command']}, process {who['pid']} on {who['host']}, since {who['since']}"
