"""The star of a published file as BI tools find it: from keys and comments in its metadata alone.

``.venv/bin/python -m tests.support.star_diagram`` redraws it in docs/bi.md from what is published.
"""

import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import duckdb

from tests.support.installation import PROJECT

PAGE = PROJECT / "docs" / "bi.md"
_DIAGRAM = re.compile(r"```mermaid\n.*?```", flags=re.DOTALL)
# The standard views, which Metabase, Power BI and Superset read over JDBC, ODBC and SQLAlchemy.
JOINS = """
    select child.table_name, child.column_name, parent.table_name, parent.column_name
    from information_schema.referential_constraints as foreign_key
    inner join information_schema.key_column_usage as child
        on foreign_key.constraint_schema = child.constraint_schema
        and foreign_key.constraint_name = child.constraint_name
    inner join information_schema.key_column_usage as parent
        on foreign_key.unique_constraint_schema = parent.constraint_schema
        and foreign_key.unique_constraint_name = parent.constraint_name
    where foreign_key.constraint_schema = 'marts'
    order by 1, 2, 3, 4
"""


class Join(NamedTuple):
    """A foreign key of one column."""

    mart: str
    column: str
    dimension: str
    dimension_column: str


def read_joins(connection: duckdb.DuckDBPyConnection) -> list[Join]:
    return [Join(*row) for row in connection.execute(JOINS).fetchall()]


def draw(joins: list[Join]) -> str:
    """The marts that join the same dimensions are one box."""
    dimensions: dict[str, set[str]] = defaultdict(set)
    for join in joins:
        dimensions[join.mart].add(join.dimension)
    boxes: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for mart, joined in sorted(dimensions.items()):
        boxes[tuple(sorted(joined))].append(mart)
    lines = ["```mermaid", "flowchart LR"]
    for number, (joined, marts) in enumerate(sorted(boxes.items(), key=lambda box: box[1]), start=1):
        lines.append(f'    m{number}["{"<br>".join(marts)}"] --> {" & ".join(joined)}')
    return "\n".join([*lines, "```"])


def redraw(connection: duckdb.DuckDBPyConnection, page: Path = PAGE) -> None:
    page.write_text(_DIAGRAM.sub(draw(read_joins(connection)), page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    with duckdb.connect(str(PROJECT / "published" / "warehouse.duckdb"), read_only=True) as published:
        redraw(published)
