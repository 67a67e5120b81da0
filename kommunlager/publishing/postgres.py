"""PostgreSQL for BI tools: schema ``marts`` of a database is replaced as a whole by the published release.

The tables are loaded beside the old ones and renamed in the same transaction, so that a query sees either release. That
takes no lock on a table: open queries on the old tables finish, and the tables are dropped once nothing reads them.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from kommunlager.duckdb_files import connect
from kommunlager.errors import EXIT_NOT_PUBLISHED, EXIT_WRONG_USE, StepFailedError
from kommunlager.installation import Installation
from kommunlager.publishing.releases import Release, published_release
from kommunlager.publishing.warehouse_file import mart_names

_TYPES = {
    "VARCHAR": "text",
    "BOOLEAN": "boolean",
    "SMALLINT": "smallint",
    "INTEGER": "integer",
    "BIGINT": "bigint",
    "HUGEINT": "numeric(39)",
    "DOUBLE": "double precision",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
}


def postgres_type(mart: str, column: str, kind: str) -> str:
    """The type for a column: decimals keep digits and scale, lists become arrays.

    Raises StepFailedError for a type without an equivalent, naming mart and column.
    """
    if kind.endswith("[]"):
        return postgres_type(mart, column, kind.removesuffix("[]")) + "[]"
    if decimal := re.fullmatch(r"DECIMAL(\(\d+,\d+\))", kind):
        return "numeric" + decimal.group(1)
    if kind not in _TYPES:
        raise StepFailedError(
            f"PostgreSQL has no type for marts.{mart}.{column} ({kind}). Give the column a simple type in the model.",
            EXIT_NOT_PUBLISHED,
        )
    return _TYPES[kind]


CONNECTION_VARIABLE = "KOMMUNLAGER_POSTGRES"
READER_VARIABLE = "KOMMUNLAGER_POSTGRES_READER"
_REPLACED = "marts_before_"
_ROWS_AT_A_TIME = 10_000
_COMMENT = "select comment from duckdb_tables() where schema_name = 'marts' and table_name = ?"
_COLUMNS = """
    select column_name, data_type, is_nullable, comment from duckdb_columns()
    where schema_name = 'marts' and table_name = ? order by column_index
"""
# Primary keys first, since foreign keys refer to them.
_KEYS = """
    select table_name, constraint_column_names[1], referenced_table, referenced_column_names[1]
    from duckdb_constraints()
    where schema_name = 'marts' and constraint_type in ('PRIMARY KEY', 'FOREIGN KEY')
    order by constraint_type = 'FOREIGN KEY', table_name, constraint_column_names
"""


@dataclass(frozen=True)
class PostgresTarget:
    """A database to load: a libpq connection string, which PG* variables complete, and the role that may read marts."""

    conninfo: str
    reader: str


def configured_postgres() -> PostgresTarget | None:
    """The target in the environment, if any.

    Raises StepFailedError for an invalid connection string, which is not repeated since it may contain a password.
    """
    conninfo = os.environ.get(CONNECTION_VARIABLE)
    if not conninfo:
        return None
    try:
        facts = conninfo_to_dict(conninfo)
    except psycopg.ProgrammingError as error:
        raise StepFailedError(
            f"{CONNECTION_VARIABLE} is not a connection string. Write it as `host=… dbname=… user=…` or postgresql://…",
            EXIT_WRONG_USE,
        ) from error
    if "@" in str(facts.get("host")):
        # libpq would look up, and name, a host that begins with the rest of the password.
        raise StepFailedError(
            f"The password in {CONNECTION_VARIABLE} has an @, which an address can't have. Write %40 instead.",
            EXIT_WRONG_USE,
        )
    return PostgresTarget(conninfo, os.environ.get(READER_VARIABLE, "kommunlager_reader"))


def loaded_run_id(target: PostgresTarget) -> str | None:
    """The run whose release PostgreSQL holds; None if it holds none. Raises psycopg.Error."""
    with _connection(target) as connection:
        if not _exists(connection, "marts.release"):
            return None
        row = connection.execute("select run_id from marts.release").fetchone()
        return str(row[0]) if row else None


def load_postgres(target: PostgresTarget, release: Release) -> list[str]:
    """Replace schema ``marts`` by the release's; returns the old schemas that could not be dropped yet.

    If it raises StepFailedError (could not publish), PostgreSQL is unchanged.
    """
    try:
        with _connection(target) as connection:
            with connection.transaction():
                _exchange(connection, release, target.reader)
            return _drop_replaced(connection)
    except psycopg.Error as error:
        reason = str(error).splitlines()[0]
        raise StepFailedError(
            f"Could not load PostgreSQL ({reason}). It is unchanged, and so are the published files;"
            " `kommunlager status` shows that it is behind, and the next run tries again.",
            EXIT_NOT_PUBLISHED,
        ) from error


@contextmanager
def _connection(target: PostgresTarget) -> Iterator[psycopg.Connection]:
    with psycopg.connect(
        target.conninfo, autocommit=True, connect_timeout=10, application_name="kommunlager"
    ) as connection:
        connection.execute("set lock_timeout = '10s'")
        yield connection


def _exchange(connection: psycopg.Connection, release: Release, reader: str) -> None:
    connection.execute("create schema marts_next")
    with connect(release.warehouse, read_only=True) as warehouse:
        for mart in mart_names(warehouse):
            _create_table(connection, warehouse, mart)
            _copy_rows(connection, warehouse, mart)
        _add_keys(connection, warehouse)
    _let_read(connection, reader)
    if _exists(connection, "marts"):
        _move_away(connection, release, reader)
    connection.execute("alter schema marts_next rename to marts")


def _create_table(connection: psycopg.Connection, warehouse: duckdb.DuckDBPyConnection, mart: str) -> None:
    columns = warehouse.execute(_COLUMNS, [mart]).fetchall()
    table = sql.Identifier("marts_next", mart)
    typed = [
        sql.SQL("{} {}").format(
            sql.Identifier(name), sql.SQL(postgres_type(mart, name, kind) + ("" if may_be_empty else " not null"))
        )
        for name, kind, may_be_empty, _ in columns
    ]
    connection.execute(sql.SQL("create table {} ({})").format(table, sql.SQL(", ").join(typed)))
    comment = warehouse.execute(_COMMENT, [mart]).fetchall()[0][0]
    connection.execute(sql.SQL("comment on table {} is {}").format(table, comment))
    for name, _, _, description in columns:
        column = sql.Identifier("marts_next", mart, name)
        connection.execute(sql.SQL("comment on column {} is {}").format(column, description))


def _copy_rows(connection: psycopg.Connection, warehouse: duckdb.DuckDBPyConnection, mart: str) -> None:
    table = sql.Identifier("marts_next", mart)
    rows = warehouse.execute(f'select * from marts."{mart}"')
    with connection.cursor().copy(sql.SQL("copy {} from stdin").format(table)) as copy:
        while batch := rows.fetchmany(_ROWS_AT_A_TIME):
            for row in batch:
                copy.write_row(row)
    connection.execute(sql.SQL("analyze {}").format(table))


def _add_keys(connection: psycopg.Connection, warehouse: duckdb.DuckDBPyConnection) -> None:
    """The keys of the published file. A foreign key is not checked again, nor does it get an index."""
    for mart, column, dimension, dimension_column in warehouse.execute(_KEYS).fetchall():
        table = sql.Identifier("marts_next", mart)
        if not dimension:
            connection.execute(sql.SQL("alter table {} add primary key ({})").format(table, sql.Identifier(column)))
            continue
        parent = sql.Identifier("marts_next", dimension)
        connection.execute(
            sql.SQL("alter table {} add foreign key ({}) references {} ({}) not valid").format(
                table, sql.Identifier(column), parent, sql.Identifier(dimension_column)
            )
        )


def _let_read(connection: psycopg.Connection, reader: str) -> None:
    role = sql.Identifier(reader)
    if connection.execute("select from pg_roles where rolname = %s", [reader]).fetchone() is None:
        connection.execute(sql.SQL("create role {} nologin").format(role))
    connection.execute(sql.SQL("grant usage on schema marts_next to {}").format(role))
    connection.execute(sql.SQL("grant select on all tables in schema marts_next to {}").format(role))


def _move_away(connection: psycopg.Connection, release: Release, reader: str) -> None:
    if not _exists(connection, "marts.release"):
        raise StepFailedError(
            "PostgreSQL has a schema `marts` that Kommunlager did not make, so it was left alone. Name another database"
            f" in {CONNECTION_VARIABLE}, or rename that schema.",
            EXIT_NOT_PUBLISHED,
        )
    replaced = sql.Identifier(_REPLACED + release.run_id.lower())
    connection.execute(sql.SQL("revoke usage on schema marts from {}").format(sql.Identifier(reader)))
    connection.execute(sql.SQL("alter schema marts rename to {}").format(replaced))


def _drop_replaced(connection: psycopg.Connection) -> list[str]:
    """Drop replaced schemas; those still read, or with a view built on them, are kept for now and returned."""
    connection.execute("set lock_timeout = '1s'")
    kept = []
    found = connection.execute("select nspname from pg_namespace where nspname ^@ %s order by 1", [_REPLACED])
    for (schema,) in found.fetchall():
        try:
            with connection.transaction():
                _drop_schema(connection, schema)
        except (psycopg.errors.LockNotAvailable, psycopg.errors.DependentObjectsStillExist):
            kept.append(schema)
    return kept


def _drop_schema(connection: psycopg.Connection, schema: str) -> None:
    """Without cascade: a view that somebody built on a mart must not be dropped silently."""
    names = connection.execute("select tablename from pg_tables where schemaname = %s", [schema]).fetchall()
    tables = sql.SQL(", ").join(sql.Identifier(schema, name) for (name,) in names)
    connection.execute(sql.SQL("drop table {}").format(tables))
    connection.execute(sql.SQL("drop schema {}").format(sql.Identifier(schema)))


def _exists(connection: psycopg.Connection, name: str) -> bool:
    """Whether there is a schema, or a table given as ``schema.table``, of this name."""
    function = "to_regclass" if "." in name else "to_regnamespace"
    row = connection.execute(sql.SQL("select {}(%s) is not null").format(sql.SQL(function)), [name]).fetchone()
    return bool(row and row[0])


def postgres_lag(installation: Installation) -> str | None:
    """How PostgreSQL differs from the published release, as a message; None if it doesn't or is not configured."""
    target, release = configured_postgres(), published_release(installation)
    if target is None or release is None:
        return None
    try:
        loaded = loaded_run_id(target)
    except psycopg.Error as error:
        return f"can't be reached ({str(error).splitlines()[0]})"
    if loaded == release.run_id:
        return None
    return f"is behind: it holds {f'release {loaded}' if loaded else 'no release'}, while {release.run_id} is published"
