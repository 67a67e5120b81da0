"""Decides whether a build may be limited to municipalities with changed reports, and to what Kolada has changed.

It may if the last build succeeded with the same code, seeds and files of key figures, and if only reports of
municipalities that had reports before, figures of Kolada and its catalogue of KPIs are new. Reports are recognised by
the hash of their workbook, and what Kolada sent by its batch number. New areas, groups and reporting municipalities
affect everything, so they cause a full build. dbt marks the marts as incomplete before it begins (macros/touched.sql).
A full build is also made once in a while, since only that reclaims the space of deleted rows.
"""

import hashlib
from contextlib import closing, suppress

import duckdb

from kommunlager.duckdb_files import connect
from kommunlager.inputs.hashes import hash_project
from kommunlager.installation import Installation

# The environment in which dbt only builds what has changed (macros/touched.sql).
ONLY_TOUCHED = {"KOMMUNLAGER_ONLY_TOUCHED": "1"}
_KEY_FIGURE_FILES = "select file_name, file_hash from raw.key_figure_files order by all"
_REPORTING = "select distinct municipality_code from raw.{} order by all"
_MOST_ON_END = 30
_LAST_BUILD = "select fingerprint, last_batch_no, last_loaded_at, builds_of_touched from raw.marts_built where is_whole"
_BUILDS_OF_TOUCHED = "select builds_of_touched from raw.marts_built"
_NOTE = """
    create or replace table raw.reports_built as
    select document_id, municipality_code, file_hash from raw.report_documents;
    create or replace table raw.marts_built as
    select
        $1 as fingerprint,
        coalesce(max(batch_no), 0) as last_batch_no,
        coalesce(max(loaded_at), timestamp '2000-01-01') as last_loaded_at,
        cast(max(fetched_at) filter (where kind = 'data' and status = 'landed') as date) as last_day,
        cast($2 as integer) as builds_of_touched,
        true as is_whole
    from raw.kolada_batches
"""
_WHAT_GOES_EVERYWHERE = ("kolada_municipalities", "kolada_groups", "kolada_group_members")


def may_build_touched_only(installation: Installation) -> bool:
    """Whether dbt may get ONLY_TOUCHED. dbt itself reports a database that can't be read."""
    if not installation.database.is_file():
        return False
    try:
        with closing(connect(installation.database, read_only=True)) as connection:
            return _is_touched_enough(installation, connection)
    except duckdb.Error:
        return False


def _is_touched_enough(installation: Installation, connection: duckdb.DuckDBPyConnection) -> bool:
    last = connection.execute(_LAST_BUILD).fetchone()
    if last is None or last[0] != _fingerprint(installation, connection):
        return False
    last_batch_no, last_loaded_at, builds_of_touched = last[1:]
    return (
        builds_of_touched < _MOST_ON_END
        and _reporting(connection, "report_documents") == _reporting(connection, "reports_built")
        and not _exists(
            connection, "kolada_batches", "batch_no <= $1 and loaded_at > $2", last_batch_no, last_loaded_at
        )
        and not any(_exists(connection, table, "batch_no > $1", last_batch_no) for table in _WHAT_GOES_EVERYWHERE)
    )


def note_build(installation: Installation, only_touched: bool) -> None:
    """Record what the marts were built from, and how, after dbt has succeeded."""
    with closing(connect(installation.database)) as connection:
        builds = connection.execute(_BUILDS_OF_TOUCHED).fetchone() if only_touched else None
        connection.execute(_NOTE, [_fingerprint(installation, connection), builds[0] + 1 if builds else 0])


def expect_whole_build(installation: Installation) -> None:
    """Make the next build a full one, which it is anyway without a readable working database."""
    with suppress(duckdb.Error):
        if installation.database.is_file():
            with closing(connect(installation.database)) as connection:
                connection.execute("update raw.marts_built set is_whole = false")


def _fingerprint(installation: Installation, connection: duckdb.DuckDBPyConnection) -> str:
    loaded = connection.execute(_KEY_FIGURE_FILES).fetchall()
    return hashlib.sha256(f"{hash_project(installation)} {loaded}".encode()).hexdigest()


def _reporting(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str]]:
    """The municipalities with reports, which some models of Kolada's figures depend on."""
    return connection.execute(_REPORTING.format(table)).fetchall()


def _exists(connection: duckdb.DuckDBPyConnection, table: str, condition: str, *values: object) -> bool:
    query = f"select 1 from raw.{table} where {condition} limit 1"
    return connection.execute(query, list(values)).fetchone() is not None
