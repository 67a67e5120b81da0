"""The DuckDB file of a release: only schema ``marts``, as plain tables with their comments, safe to share."""

import datetime as dt
from pathlib import Path

import duckdb

from kommunlager.duckdb_files import connect

# By default DuckDB marks a file as readable from 1.0.0 on, but 1.0 fails on tables in which a list column has no
# elements. From this version on, the mark is true, and the file is a fifth smaller.
OLDEST_DUCKDB = "1.2.0"
_RELEASE = """
    create table marts.release (run_id varchar, released_at timestamp);
    comment on table marts.release is
        'Which release (utgåva) this is; all marts beside it are of the same. Grain: one row.';
    comment on column marts.release.run_id is 'The run (körning) that made the release; joins pipeline_runs.';
    comment on column marts.release.released_at is 'When it was made, UTC (tidpunkt).';
"""


def write_warehouse(database: Path, target: Path, run_id: str, released_at: dt.datetime) -> None:
    """Copy schema ``marts`` of the working database to a new file, and record the release in ``marts.release``.

    Raises FileNotFoundError if nothing is built.
    """
    if not database.is_file():
        raise FileNotFoundError(f"{database} is missing; run `kommunlager build` first")
    with connect(target, oldest_reader=OLDEST_DUCKDB) as connection:
        connection.execute(f"attach '{_quoted(str(database))}' as built (read_only)")
        _copy_marts(connection)
        connection.execute("detach built")
        connection.execute(_RELEASE)
        connection.execute("insert into marts.release values (?, ?)", [run_id, released_at.replace(tzinfo=None)])
        # Closing would also write the file, but hide a full disk and leave a log beside it.
        connection.execute("checkpoint")


def _copy_marts(connection: duckdb.DuckDBPyConnection) -> None:
    tables = connection.execute(
        "select table_name, comment from duckdb_tables() where database_name = 'built' and schema_name = 'marts'"
        " order by table_name"
    ).fetchall()
    if not tables:
        raise FileNotFoundError("nothing is built; run `kommunlager build` first")
    connection.execute("create schema marts")
    for table, comment in tables:
        connection.execute(f'create table marts."{table}" as select * from built.marts."{table}"')
        connection.execute(f"comment on table marts.\"{table}\" is '{_quoted(comment or '')}'")
        _copy_column_comments(connection, table)


def _copy_column_comments(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    comments = connection.execute(
        "select column_name, comment from duckdb_columns()"
        " where database_name = 'built' and schema_name = 'marts' and table_name = ? and comment is not null",
        [table],
    ).fetchall()
    for column, comment in comments:
        connection.execute(f'comment on column marts."{table}"."{column}" is \'{_quoted(comment)}\'')


def count_rows(warehouse: Path) -> dict[str, int]:
    """Rows of each mart."""
    with connect(warehouse, read_only=True) as connection:
        return {table: len(connection.table(f'marts."{table}"')) for table in mart_names(connection)}


def mart_names(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables of schema ``marts``, in alphabetical order."""
    rows = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'marts' order by table_name"
    ).fetchall()
    return [name for (name,) in rows]


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def write_parquet(warehouse: Path, folder: Path) -> None:
    """Write ``<mart>.parquet`` for every mart of a release into a new folder."""
    folder.mkdir()
    with connect(warehouse, read_only=True) as connection:
        for mart in mart_names(connection):
            connection.execute(
                f'copy marts."{mart}" to $1 (format parquet, compression zstd)', [str(folder / f"{mart}.parquet")]
            )
