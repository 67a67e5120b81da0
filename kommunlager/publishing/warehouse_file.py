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
MOST_ROWS_WITH_KEYS = 500_000


_BUILT = """
    select
        tables.table_name,
        coalesce(tables.comment, ''),
        list({'name': column_name, 'kind': data_type, 'comment': coalesce(columns.comment, '')} order by column_index)
    from duckdb_tables() as tables
    inner join duckdb_columns() as columns on tables.table_oid = columns.table_oid
        and tables.database_name = columns.database_name
    where tables.database_name = 'built' and tables.schema_name = 'marts' and not ends_with(data_type, '[]')
    group by tables.table_name, tables.comment
"""


@dataclass(frozen=True)
class _Column:
    name: str
    kind: str
    comment: str


@dataclass(frozen=True)
class _Mart:
    name: str
    comment: str
    columns: list[_Column]


def write_warehouse(database: Path, target: Path, run_id: str, released_at: dt.datetime, models: Path) -> None:
    """Copy schema ``marts`` of the working database to a new file, and record the release in ``marts.release``.

    Lists are left out, since BI tools can't read them; figure_sources has what is in them. ``models`` has the YAML
    files of the marts. Raises FileNotFoundError if nothing is built.
    """
    if not database.is_file():
        raise FileNotFoundError(f"{database} is missing; run `kommunlager build` first")
    with connect(target, oldest_reader=OLDEST_DUCKDB, block_size=_BLOCK_SIZE) as connection:
        connection.execute(f"attach '{_quoted(str(database))}' as built (read_only)")
        marts = _built_marts(connection)
        connection.execute("create schema marts")
        required = required_columns(models)
        keyed = {mart.name for mart in marts if _row_count(connection, mart) <= MOST_ROWS_WITH_KEYS}
        # Rows and keys in one transaction would make each index twice.
        for mart in marts:
            _copy(connection, mart, required.get(mart.name, set()), keyed)
        connection.execute("detach built")
        connection.begin()
        for mart in marts:
            _describe(connection, mart)
        connection.execute(_RELEASE)
        connection.execute("insert into marts.release values (?, ?)", [run_id, released_at.replace(tzinfo=None)])
        connection.commit()
        # Closing would also write the file, but hide a full disk and leave a log beside it.
        connection.execute("checkpoint")


def _built_marts(connection: duckdb.DuckDBPyConnection) -> list[_Mart]:
    """The marts to copy, dimensions first."""
    built = [
        _Mart(name, comment, [_Column(**column) for column in columns])
        for name, comment, columns in connection.execute(_BUILT).fetchall()
    ]
    if not built:
        raise FileNotFoundError("nothing is built; run `kommunlager build` first")
    places = {name: place for place, name in enumerate(STAR)}
    return sorted(built, key=lambda mart: (places.get(mart.name, len(places)), mart.name))


def _row_count(connection: duckdb.DuckDBPyConnection, mart: _Mart) -> int:
    return len(connection.table(f'built.marts."{mart.name}"'))


def _copy(connection: duckdb.DuckDBPyConnection, mart: _Mart, required: set[str], keyed: set[str]) -> None:
    names = ", ".join(f'"{column.name}"' for column in mart.columns)
    definitions = [
        f'"{column.name}" {column.kind}{" not null" if column.name in required else ""}' for column in mart.columns
    ]
    connection.execute(f'create table marts."{mart.name}" ({", ".join([*definitions, *_keys(mart, keyed)])})')
    connection.execute(f'insert into marts."{mart.name}" select {names} from built.marts."{mart.name}"')


def _keys(mart: _Mart, keyed: set[str]) -> list[str]:
    """A key of several columns is not declared: BI tools join by one column, and dbt has tested it."""
    if mart.name not in STAR or mart.name not in keyed:
        return []
    columns = {column.name for column in mart.columns}
    primary = STAR[mart.name].primary
    return [
        *([f"primary key ({primary[0]})"] if len(primary) == 1 and primary[0] in columns else []),
        *(
            f"foreign key ({key.column}) references marts.{key.dimension} ({key.dimension_column})"
            for key in foreign_keys(mart.name)
            if key.column in columns and key.dimension in keyed
        ),
    ]


def _describe(connection: duckdb.DuckDBPyConnection, mart: _Mart) -> None:
    connection.execute(f"comment on table marts.\"{mart.name}\" is '{_quoted(mart.comment)}'")
    for column in mart.columns:
        connection.execute(f'comment on column marts."{mart.name}"."{column.name}" is \'{_quoted(column.comment)}\'')


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
