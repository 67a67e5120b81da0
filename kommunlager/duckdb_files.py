"""Opens DuckDB files with a limit on memory, so that the whole process stays under KOMMUNLAGER_MEMORY_LIMIT.

DuckDB only roughly keeps to its limit, and Python, dbt and the memory that the allocator retains are added to it:
building 28 million figures with 3 GB for DuckDB peaks at 3.7 GB. Beyond its limit DuckDB spills to disk. profiles.yml
sets the same limit for dbt.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from kommunlager.errors import EXIT_BUILD_FAILED, StepFailedError
from kommunlager.installation import Installation, shown

_SHARE_OF_DUCKDB = 0.75


def connect(
    database: Path | None = None, *, read_only: bool = False, oldest_reader: str | None = None
) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file, or an empty database in memory; everything except dbt uses this function.

    A new file is for DuckDB versions from ``oldest_reader`` on; older ones refuse to open it. Raises DuckDB's own
    errors, and StepFailedError like duckdb_config.
    """
    config = duckdb_config()
    if oldest_reader:
        config["storage_compatibility_version"] = f"v{oldest_reader}"
    return duckdb.connect(str(database or ":memory:"), read_only=read_only, config=config)


def memory_trouble(error: BaseException) -> str | None:
    """The message for an error caused by DuckDB's memory limit; None for any other error."""
    if not isinstance(error, duckdb.OutOfMemoryException):
        return None
    return f"DuckDB needs more than its share of KOMMUNLAGER_MEMORY_LIMIT ({_limit()}). Raise it, for example to 4GB."


def duckdb_config() -> dict[str, str | bool | int | float | list[str]]:
    """The settings for a connection; raises StepFailedError for an invalid limit (valid: ``4GB``, ``800MB``)."""
    limit = _limit()
    parts = re.fullmatch(r"(\d+(?:\.\d+)?)([MG]B)", limit)
    if parts is None:
        raise StepFailedError(f"KOMMUNLAGER_MEMORY_LIMIT is {limit!r}. Use a number of GB or MB, such as 4GB.", 2)
    # Space from deleted rows is reclaimed when dbt builds everything (macros/kolada_touched.sql), not at each change.
    return {"memory_limit": f"{_SHARE_OF_DUCKDB * float(parts[1]):g}{parts[2]}", "max_vacuum_tasks": 0}


def _limit() -> str:
    return os.environ.get("KOMMUNLAGER_MEMORY_LIMIT", "4GB")


@contextmanager
def working_database(installation: Installation) -> Iterator[duckdb.DuckDBPyConnection]:
    """A writable connection; raises StepFailedError if another program holds the file."""
    path = installation.database
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = connect(path)
    except duckdb.IOException as error:
        is_held = "Could not set lock" in str(error)
        if is_held or not os.access(path, os.R_OK | os.W_OK):
            remedy = "Close the program that holds it." if is_held else "Check its folder and permissions."
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
