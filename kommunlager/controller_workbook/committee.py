"""The rows of one committee, as a database of the same shape as the release that they come from."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from kommunlager.duckdb_files import connect

_COLUMNS = """
    select table_name, list(column_name)
    from duckdb_columns()
    where database_name = 'released' and schema_name = 'marts'
    group by table_name
    order by table_name = 'figure_sources', table_name
"""


@dataclass(frozen=True)
class Committee:
    """The committee whose rows alone a workbook holds."""

    municipality_code: str
    municipality: str
    name: str


@contextmanager
def rows_of(database: Path, committee: Committee) -> Iterator[duckdb.DuckDBPyConnection]:
    """Only the committee's rows, of key figures the municipality's; what belongs to nobody is as in the release."""
    with connect() as connection:
        connection.execute(f"attach '{str(database).replace(chr(39), chr(39) * 2)}' as released (read_only)")
        connection.execute("create schema marts")
        connection.execute("set variable municipality_code = ?", [committee.municipality_code])
        connection.execute("set variable committee = ?", [committee.name])
        for mart, columns in connection.execute(_COLUMNS).fetchall():
            kind, condition = _selection(mart, columns)
            connection.execute(f"create {kind} marts.{mart} as select * from released.marts.{mart} where {condition}")
        yield connection


def _selection(mart: str, columns: list[str]) -> tuple[str, str]:
    """A table of the few rows that many queries read, or else a view."""
    of_municipality = "municipality_code = getvariable('municipality_code')"
    if mart == "figure_sources":
        return "table", "figure_id in (select figure_id from marts.reported_figures)"
    if "committee" in columns and "municipality_code" in columns:
        return "table", f"{of_municipality} and committee = getvariable('committee')"
    return "view", of_municipality if "municipality_code" in columns else "true"
