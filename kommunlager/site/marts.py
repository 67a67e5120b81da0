"""The site's access to the marts of one published file, row by row."""

import sys
from datetime import date
from typing import Any

import duckdb

Row = dict[str, Any]


def _once(value: Any) -> Any:
    """The same object for the same text: most texts of a mart are in many of its rows."""
    return sys.intern(value) if type(value) is str else value


class Marts:
    """Read-only access to schema ``marts``; a mart that an older release lacks reads as empty."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        found = connection.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
        self._names = {name for (name,) in found}

    @property
    def names(self) -> list[str]:
        """The marts of the file."""
        return sorted(self._names)

    def rows(self, mart: str, sql: str, **parameters: str | int) -> list[Row]:
        """The rows of ``sql``, which reads ``mart`` and may join the dimensions; empty if there is no such mart."""
        if mart not in self._names:
            return []
        cursor = self._connection.execute(sql, parameters)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, map(_once, values), strict=True)) for values in cursor.fetchall()]

    def latest_information(self) -> date | None:
        """The last day that any report covers."""
        found = self.rows("documents", "select max(information_date) as day from marts.documents")
        return found[0]["day"] if found else None
