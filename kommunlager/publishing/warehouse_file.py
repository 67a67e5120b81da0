"""The DuckDB file of a release: only schema ``marts``, as plain tables with their keys and comments, safe to share."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import duckdb

from kommunlager.duckdb_files import connect
from kommunlager.publishing.star import STAR, foreign_keys, required_columns

# By default DuckDB marks a file as readable from 1.0.0 on, but 1.0 fails on tables in which a list column has no
# elements. From this version on, the mark is true, and the file is a fifth smaller.
OLDEST_DUCKDB = "1.2.0"
# Each index takes at least one block; in DuckDB's own 256 kB, those of a small release would be most of the file.
_BLOCK_SIZE = 32768
_RELEASE = """
    create table marts.release (run_id varchar, released_at timestamp);
    comment on table marts.release is
        'Which release (utgåva) this is; all marts beside it are of the same. Grain: one row.';
    comment on column marts.release.run_id is 'The run (körning) that made the release; joins pipeline_runs.';
    comment on column marts.release.released_at is 'When it was made, UTC (tidpunkt).';
"""


# An index on a larger mart would take longer to make than the mart itself, and no BI tool needs it.
MOST_ROWS_WITH_KEYS = 1_000_000


@dataclass(frozen=True)
class _Column:
    name: str
    kind: str
    comment: str


def write_warehouse(database: Path, target: Path, run_id: str, released_at: dt.datetime, models: Path) -> None:
    """Copy schema ``marts`` of the working database to a new file, and record the release in ``marts.release``.

    Lists are left out, since BI tools can't read them; figure_sources has what is in them. ``models`` has the YAML
    files of the marts. Raises FileNotFoundError if nothing is built.
    """
    if not database.is_file():
        raise FileNotFoundError(f"{database} is missing; run `kommunlager build` first")
    with connect(target, oldest_reader=OLDEST_DUCKDB, block_size=_BLOCK_SIZE) as connection:
        connection.execute(f"attach '{_quoted(str(database))}' as built (read_only)")
        connection.begin()
        _copy_marts(connection, required_columns(models))
        connection.execute(_RELEASE)
        connection.execute("insert into marts.release values (?, ?)", [run_id, released_at.replace(tzinfo=None)])
        connection.commit()
        connection.execute("detach built")
        # Closing would also write the file, but hide a full disk and leave a log beside it.
        connection.execute("checkpoint")


def _copy_marts(connection: duckdb.DuckDBPyConnection, required: dict[str, set[str]]) -> None:
    built = connection.execute(
        "select table_name, coalesce(comment, '') from duckdb_tables()"
        " where database_name = 'built' and schema_name = 'marts' order by table_name"
    ).fetchall()
    if not built:
        raise FileNotFoundError("nothing is built; run `kommunlager build` first")
    connection.execute("create schema marts")
    comments = dict(built)
    places = {mart: place for place, mart in enumerate(STAR)}
    keyed = {mart for mart in comments if _row_count(connection, mart) <= MOST_ROWS_WITH_KEYS}
    for mart in sorted(comments, key=lambda mart: places.get(mart, len(STAR))):
        columns = _columns(connection, mart)
        names = ", ".join(f'"{column.name}"' for column in columns)
        constraints = _constraints(mart, keyed, {column.name for column in columns})
        definitions = [_definition(column, required.get(mart, set())) for column in columns]
        connection.execute(f'create table marts."{mart}" ({", ".join([*definitions, *constraints])})')
        connection.execute(f'insert into marts."{mart}" select {names} from built.marts."{mart}"')
        connection.execute(f"comment on table marts.\"{mart}\" is '{_quoted(comments[mart])}'")
        for column in columns:
            connection.execute(f'comment on column marts."{mart}"."{column.name}" is \'{_quoted(column.comment)}\'')


def _row_count(connection: duckdb.DuckDBPyConnection, mart: str) -> int:
    return len(connection.table(f'built.marts."{mart}"'))


def _columns(connection: duckdb.DuckDBPyConnection, mart: str) -> list[_Column]:
    rows = connection.execute(
        "select column_name, data_type, coalesce(comment, '') from duckdb_columns()"
        " where database_name = 'built' and schema_name = 'marts' and table_name = ? and not ends_with(data_type, '[]')"
        " order by column_index",
        [mart],
    ).fetchall()
    return [_Column(*row) for row in rows]


def _definition(column: _Column, required: set[str]) -> str:
    return f'"{column.name}" {column.kind}{" not null" if column.name in required else ""}'


def _constraints(mart: str, keyed: set[str], columns: set[str]) -> list[str]:
    """A key of several columns is not enforced: BI tools join by one column, and dbt has tested it."""
    if mart not in STAR or mart not in keyed:
        return []
    primary = STAR[mart].primary
    return [
        *([f"primary key ({primary[0]})"] if len(primary) == 1 and primary[0] in columns else []),
        *(
            f"foreign key ({key.column}) references marts.{key.dimension} ({key.dimension_column})"
            for key in foreign_keys(mart)
            if key.column in columns and key.dimension in keyed
        ),
    ]


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
    """Write ``<mart>.parquet`` for every mart of a release into a new folder.

    The key-value metadata of a file describe the mart (``comment``) and each of its columns (``comment.<column>``).
    """
    folder.mkdir()
    with connect(warehouse, read_only=True) as connection:
        for mart in mart_names(connection):
            settings = f"format parquet, compression zstd, kv_metadata {_descriptions(connection, mart)}"
            connection.execute(f'copy marts."{mart}" to $1 ({settings})', [str(folder / f"{mart}.parquet")])


def _descriptions(connection: duckdb.DuckDBPyConnection, mart: str) -> str:
    """The comments of a mart and its columns, as a struct in SQL."""
    comments = connection.execute(
        "select 'comment', comment from duckdb_tables() where schema_name = 'marts' and table_name = $1 union all"
        " select 'comment.' || column_name, comment from duckdb_columns()"
        " where schema_name = 'marts' and table_name = $1",
        [mart],
    ).fetchall()
    fields = (f"\"{key}\": '{_quoted(comment or '')}'" for key, comment in comments)
    return "{" + ", ".join(fields) + "}"
