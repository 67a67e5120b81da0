"""Opens the working database for ingest; one that can't be read is set aside, since it is made again from the input."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from kommunlager.failures import EXIT_BUILD_FAILED, StepFailedError
from kommunlager.memory_limit import connect
from kommunlager.places import Places, shown


@contextmanager
def working_database(places: Places) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that may write; raises StepFailedError when another program holds the file."""
    path = places.database
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = connect(path)
    except duckdb.IOException as error:
        is_held = "Could not set lock" in str(error)
        if is_held or not os.access(path, os.R_OK | os.W_OK):
            remedy = "Close the program that holds it." if is_held else "See to its folder and its rights."
            raise StepFailedError(
                f"{shown(path)} can't be opened ({str(error).splitlines()[0]}). {remedy}", EXIT_BUILD_FAILED
            ) from error
        _set_aside(path)
        connection = connect(path)
    with connection:
        yield connection


def _set_aside(path: Path) -> None:
    os.replace(path, path.with_name(f"{path.name}.unreadable"))
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
