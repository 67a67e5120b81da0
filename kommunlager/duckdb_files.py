"""Opens DuckDB files with a limit on memory, so that the whole process stays under KOMMUNLAGER_MEMORY_LIMIT.

DuckDB only roughly keeps to its limit, and Python, dbt and the memory that the allocator retains are added to it:
building 28 million figures with 3 GB for DuckDB peaks at 3.7 GB. Beyond its limit DuckDB spills to disk. profiles.yml
sets the same limit for dbt.
"""

import os
import re
from pathlib import Path

import duckdb

from kommunlager.errors import StepFailedError, first_line
from kommunlager.installation import shown

_SHARE_OF_DUCKDB = 0.75
_SIGNS_OF_DAMAGE = (
    duckdb.IOException,
    duckdb.InternalException,
    duckdb.FatalException,
    duckdb.SerializationException,
    duckdb.CatalogException,
    duckdb.BinderException,
)


def connect(
    database: Path | None = None,
    *,
    read_only: bool = False,
    oldest_reader: str | None = None,
    block_size: int | None = None,
) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file, or an empty database in memory; everything except dbt uses this function.

    A new file is for DuckDB versions from ``oldest_reader`` on; older ones refuse to open it. It is written in blocks
    of ``block_size`` bytes. Raises DuckDB's own errors, and StepFailedError like duckdb_config.
    """
    config = duckdb_config()
    if oldest_reader:
        config["storage_compatibility_version"] = f"v{oldest_reader}"
    if block_size:
        config["default_block_size"] = block_size
    return duckdb.connect(str(database or ":memory:"), read_only=read_only, config=config)


def memory_trouble(error: BaseException) -> str | None:
    """The message for an error caused by DuckDB's memory limit; None for any other error."""
    if not isinstance(error, duckdb.OutOfMemoryException):
        return None
    return f"DuckDB needs more than its share of KOMMUNLAGER_MEMORY_LIMIT ({_limit()}). Raise it, for example to 4GB."


def held_database(error: BaseException) -> str | None:
    """The message if another program holds the working database; None for any other error."""
    return held_message(str(error)) if isinstance(error, duckdb.IOException) else None


def held_message(text: str) -> str | None:
    """The same for the text of the error, as dbt reports it."""
    found = re.search(r'Could not set lock on file "(?P<file>[^"]*)"(?:.*?held in (?P<holder>.*?\)))?', text, re.DOTALL)
    if found is None:
        return None
    holder = f" ({found['holder']})" if found["holder"] else ""
    return f"{shown(Path(found['file']))} is open in another program{holder}. Close it and run the same command again."


def damage(error: BaseException) -> str | None:
    """Why a file of the pipeline seems damaged, if that is what DuckDB's error means."""
    return first_line(error) if isinstance(error, _SIGNS_OF_DAMAGE) else None


def damage_message(text: str) -> str | None:
    """The same for the text of the error, as dbt reports it."""
    found = re.search(r"\b(?:IO|INTERNAL|FATAL|Serialization) Error: .*", text)
    return found.group() if found else None


def read_everything(connection: duckdb.DuckDBPyConnection) -> None:
    """Read each value of each table, which raises DuckDB's error for a damaged block."""
    tables = "select schema_name, table_name from duckdb_tables() where not internal"
    for schema, table in connection.execute(tables).fetchall():
        connection.execute(f'select sum(hash(entry)) from "{schema}"."{table}" as entry')


def duckdb_config() -> dict[str, str | bool | int | float | list[str]]:
    """The settings for a connection; raises StepFailedError for an invalid limit (valid: ``4GB``, ``800MB``)."""
    limit = _limit()
    parts = re.fullmatch(r"(\d+(?:\.\d+)?)([MG]B)", limit)
    if parts is None:
        raise StepFailedError(f"KOMMUNLAGER_MEMORY_LIMIT is {limit!r}. Use a number of GB or MB, such as 4GB.", 2)
    # Space from deleted rows is reclaimed when dbt builds everything (macros/touched.sql), not at each change.
    return {"memory_limit": f"{_SHARE_OF_DUCKDB * float(parts[1]):g}{parts[2]}", "max_vacuum_tasks": 0}


def _limit() -> str:
    return os.environ.get("KOMMUNLAGER_MEMORY_LIMIT", "4GB")
