"""Checks ``build/``: whether the working database can be read, to its last row."""

from collections.abc import Iterator
from functools import partial

import duckdb

from ingest.files.records import UNREADABLE, set_aside
from kommunlager.commands.doctor.problem import Problem
from kommunlager.duckdb_files import connect, held_database, read_everything
from kommunlager.errors import first_line
from kommunlager.installation import Installation, shown


def build_folder(installation: Installation) -> Iterator[Problem]:
    """``build/`` itself, and the database in it."""
    build, database = installation.build, installation.database
    if build.exists() and not build.is_dir():
        yield Problem(shown(build), "is a file where a folder belongs", _renamed(build.name), partial(set_aside, build))
    elif database.exists():
        yield from _database(installation)


def _database(installation: Installation) -> Iterator[Problem]:
    database = installation.database
    try:
        with connect(database, read_only=True) as connection:
            read_everything(connection)
    except duckdb.Error as error:
        if held := held_database(error):
            yield Problem(shown(database), held, "close that program")
        else:
            fault = f"can't be read: {first_line(error)}"
            yield Problem(shown(database), fault, _renamed(database.name), partial(set_aside, database))


def _renamed(name: str) -> str:
    return f"rename it to {name}{UNREADABLE}; the next run builds it anew"
