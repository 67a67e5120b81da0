"""Opens the working database to load what is new, and sets a damaged one aside."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from ingest.files.records import UNREADABLE
from ingest.files.whole import remove
from kommunlager.duckdb_files import connect, held_database
from kommunlager.errors import EXIT_BUILD_FAILED, StepFailedError, disk_trouble, first_line
from kommunlager.installation import Installation, shown
from kommunlager.runs.output import say


@contextmanager
def working_database(installation: Installation) -> Iterator[duckdb.DuckDBPyConnection]:
    """A writable connection; raises StepFailedError if another program holds the file. A damaged file is set aside."""
    path = installation.database
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = connect(path)
    except duckdb.Error as error:
        if held := held_database(error):
            raise StepFailedError(held, EXIT_BUILD_FAILED) from error
        if disk_trouble(error, path) or not os.access(path, os.R_OK | os.W_OK):
            raise
        aside = _set_aside(path)
        say(f"{shown(path)} can't be read ({first_line(error)}). It is now {aside.name} and is built anew.")
        connection = connect(path)
    with connection:
        yield connection


def _set_aside(path: Path) -> Path:
    """Rename the database over one that was set aside before: both can be built again."""
    aside = path.with_name(f"{path.name}{UNREADABLE}")
    remove(aside)
    os.replace(path, aside)
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
    return aside
