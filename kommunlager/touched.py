"""Whether a build may leave untouched what Kolada has not changed since the last one.

It may when the last build ended well, with the same code, seeds and loaded files, and when only figures and the
catalogue of KPIs have come since. What came is told apart by the number of its batch; new areas and groups go
everywhere, so they have all built anew. dbt marks the marts as not whole before it begins (macros/kolada_touched.sql).
"""

import hashlib
from contextlib import closing, suppress

import duckdb

from kommunlager.memory_limit import connect
from kommunlager.places import Places
from kommunlager.runs.inputs import hash_project

# Surroundings in which dbt builds what is touched (macros/kolada_touched.sql).
ONLY_TOUCHED = {"KOMMUNLAGER_ONLY_TOUCHED": "1"}
_LOADED_FILES = """
    select file_name, file_hash from raw.report_documents
    union all
    select file_name, file_hash from raw.key_figure_files
    order by all
"""
_LAST_BUILD = "select fingerprint, last_batch_no, last_loaded_at from raw.marts_built where is_whole"
_NOTE = """
    create or replace table raw.marts_built as
    select
        $1 as fingerprint,
        coalesce(max(batch_no), 0) as last_batch_no,
        coalesce(max(loaded_at), timestamp '2000-01-01') as last_loaded_at,
        cast(max(fetched_at) filter (where kind = 'data' and status = 'landed') as date) as last_day,
        true as is_whole
    from raw.kolada_batches
"""
_WHAT_GOES_EVERYWHERE = ("kolada_municipalities", "kolada_groups", "kolada_group_members")


def may_build_touched_only(places: Places) -> bool:
    """Whether dbt may be given ONLY_TOUCHED. A database that can't be read is dbt's to complain of."""
    if not places.database.is_file():
        return False
    try:
        with closing(connect(places.database, read_only=True)) as connection:
            return _is_touched_enough(places, connection)
    except (duckdb.CatalogException, duckdb.BinderException, duckdb.IOException):
        return False


def _is_touched_enough(places: Places, connection: duckdb.DuckDBPyConnection) -> bool:
    last = connection.execute(_LAST_BUILD).fetchone()
    if last is None or last[0] != _fingerprint(places, connection):
        return False
    last_batch_no, last_loaded_at = last[1:]
    return not _exists(
        connection, "kolada_batches", "batch_no <= $1 and loaded_at > $2", last_batch_no, last_loaded_at
    ) and not any(_exists(connection, table, "batch_no > $1", last_batch_no) for table in _WHAT_GOES_EVERYWHERE)


def note_whole_build(places: Places) -> None:
    """Write down what the marts were built from, after dbt has ended well."""
    with closing(connect(places.database)) as connection:
        connection.execute(_NOTE, [_fingerprint(places, connection)])


def expect_whole_build(places: Places) -> None:
    """Let the next build be of everything. Where there is no working database that can be read, it is anyway."""
    with suppress(duckdb.CatalogException, duckdb.IOException):
        if places.database.is_file():
            with closing(connect(places.database)) as connection:
                connection.execute("update raw.marts_built set is_whole = false")


def _fingerprint(places: Places, connection: duckdb.DuckDBPyConnection) -> str:
    loaded = connection.execute(_LOADED_FILES).fetchall()
    return hashlib.sha256(f"{hash_project(places)} {loaded}".encode()).hexdigest()


def _exists(connection: duckdb.DuckDBPyConnection, table: str, condition: str, *values: object) -> bool:
    query = f"select 1 from raw.{table} where {condition} limit 1"
    return connection.execute(query, list(values)).fetchone() is not None
