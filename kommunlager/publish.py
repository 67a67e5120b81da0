"""Publishes the marts: a DuckDB file of their own in a new release, to which ``published`` then points at once."""

import datetime as dt
import os
import shutil
from pathlib import Path

import duckdb

from kommunlager.failures import EXIT_NOT_PUBLISHED, StepFailedError
from kommunlager.places import Places

_KEPT_RELEASES = 3
_DATABASE_NAME = "warehouse.duckdb"


def publish(places: Places) -> Path:
    """Copy schema ``marts`` with its comments into a new release and flip ``published``; returns the published file.

    Raises StepFailedError; what was published before then stands as it was.
    """
    release = places.releases / dt.datetime.now(tz=dt.UTC).strftime("%Y%m%dT%H%M%S%f")
    try:
        release.mkdir(parents=True)
        _copy_marts(places.database, release / _DATABASE_NAME)
        _flip(places.published, release)
    except (duckdb.Error, OSError) as error:
        shutil.rmtree(release, ignore_errors=True)
        raise StepFailedError(
            f"Could not publish ({str(error).splitlines()[0]}). The earlier release still stands.", EXIT_NOT_PUBLISHED
        ) from error
    _drop_old_releases(places.releases)
    return places.published / _DATABASE_NAME


def _copy_marts(source: Path, target: Path) -> None:
    if not source.is_file():
        raise FileNotFoundError(f"{source} is missing; run `kommunlager build` first")
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"attach '{_quoted(str(source))}' as built (read_only)")
        tables = connection.execute(
            "select table_name, comment from duckdb_tables() where database_name = 'built' and schema_name = 'marts'"
        ).fetchall()
        if not tables:
            raise FileNotFoundError(f"{source} holds no marts; run `kommunlager build` first")
        connection.execute("create schema marts")
        for table, comment in tables:
            connection.execute(f'create table marts."{table}" as select * from built.marts."{table}"')
            connection.execute(f"comment on table marts.\"{table}\" is '{_quoted(comment or '')}'")
            _copy_column_comments(connection, table)
        connection.execute("detach built")


def _copy_column_comments(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    comments = connection.execute(
        "select column_name, comment from duckdb_columns()"
        " where database_name = 'built' and schema_name = 'marts' and table_name = ? and comment is not null",
        [table],
    ).fetchall()
    for column, comment in comments:
        connection.execute(f'comment on column marts."{table}"."{column}" is \'{_quoted(comment)}\'')


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _flip(published: Path, release: Path) -> None:
    pending = published.with_name(f".{published.name}.next")
    pending.unlink(missing_ok=True)
    pending.symlink_to(os.path.relpath(release, published.parent), target_is_directory=True)
    os.replace(pending, published)


def _drop_old_releases(releases: Path) -> None:
    for old in sorted(releases.iterdir())[:-_KEPT_RELEASES]:
        shutil.rmtree(old, ignore_errors=True)
