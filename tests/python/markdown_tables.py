"""The README's queries, and query results as the Markdown tables that it prints."""

import re
from decimal import Decimal

import duckdb
from installation import PROJECT

README = (PROJECT / "README.md").read_text(encoding="utf-8")
QUERIES: list[tuple[str, str]] = re.findall(r"```sql\n(.*?)```\n+((?:\|[^\n]*\n)+)", README, flags=re.DOTALL)


def is_asked_after_a_sync(sql: str) -> bool:
    """Whether a query needs figures that are fetched and don't ship with the project."""
    return "key_figure_group_comparisons" in sql


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
