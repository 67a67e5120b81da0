"""The log of a run: JSON lines in ``state/logs/<run_id>.jsonl``, for machines and for debugging."""

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog

from kommunlager.installation import Installation
from kommunlager.publishing.rights import make_private
from kommunlager.runs.output import cleaned


def log_file(installation: Installation, run_id: str) -> Path:
    """The log file of one run."""
    return installation.logs / f"{run_id}.jsonl"


@contextmanager
def run_log(installation: Installation, run_id: str) -> Iterator[Any]:
    """A structlog logger with the run and the time (UTC) in each line; tracebacks are only written here."""
    make_private(installation.state)
    installation.logs.mkdir(exist_ok=True)
    with log_file(installation, run_id).open("a", encoding="utf-8") as file:
        logger = structlog.wrap_logger(
            structlog.WriteLogger(file),
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.dict_tracebacks,
                _cleaned_event,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
        yield logger.bind(run_id=run_id)


def _cleaned_event(logger: object, method: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    return {name: cleaned(value) for name, value in event.items()}
