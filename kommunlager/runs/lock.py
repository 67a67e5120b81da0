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
from kommunlager.publishing.rights import prepare_folders


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
            facts = {"pid": os.getpid(), "host": socket.gethostname(), "since": since, "command": command}
            replace_text(holder, json.dumps(facts))
            yield
    except Timeout as error:
        who = _holder_name(holder.read_text(encoding="utf-8")) if holder.is_file() else "holder unknown"
        raise StepFailedError(f"Another run is in progress ({who}). Try again later.", EXIT_ALREADY_RUNNING) from error


def _holder_name(holder: str) -> str:
    who = json.loads(holder)
    return f"kommunlager {who['command']}, process {who['pid']} on {who['host']}, since {who['since']}"
