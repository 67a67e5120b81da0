"""The queries of the README and docs, and query results as the Markdown tables that those pages show.

``.venv/bin/python -m tests.support.markdown_tables`` rewrites the tables from what is published.
"""

import re
from decimal import Decimal
from pathlib import Path

import duckdb

from tests.support.installation import PROJECT

PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))]
_QUERY = re.compile(r"```sql\n(?P<sql>.*?)```\n+(?P<output>(?:\|[^\n]*\n)+)", flags=re.DOTALL)
QUERIES: list[tuple[str, str, str]] = [
    (page.relative_to(PROJECT).as_posix(), query["sql"], query["output"].strip())
    for page in PAGES
    for query in _QUERY.finditer(page.read_text(encoding="utf-8"))
]


def needs_a_sync(sql: str) -> bool:
    """Whether a query needs figures that are fetched and don't ship with the project."""
    return "key_figure_group_comparisons" in sql


def query_after_a_sync() -> tuple[str, str]:
    """The one query that needs a sync, and its output."""
    ((sql, output),) = ((sql, output) for _, sql, output in QUERIES if needs_a_sync(sql))
    return sql, output


def as_markdown(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description]
    lines = [names, ["---"] * len(names), *([_shown(value) for value in row] for row in cursor.fetchall())]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal | float):
        text = f"{value:.4f}".rstrip("0").rstrip(".")
        return "0" if text == "-0" else text
    return str(value)


def rewrite_outputs(page: Path, connection: duckdb.DuckDBPyConnection) -> None:
    def with_output(query: re.Match[str]) -> str:
        output = query["output"] if needs_a_sync(query["sql"]) else as_markdown(connection, query["sql"]) + "\n"
        return f"```sql\n{query['sql']}```\n\n{output}"

    page.write_text(_QUERY.sub(with_output, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    with duckdb.connect(str(PROJECT / "published" / "warehouse.duckdb"), read_only=True) as published:
        for path in PAGES:
            rewrite_outputs(path, published)
