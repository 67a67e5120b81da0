"""The SQL parsers of ``macros/`` as one rendered query over any list of texts, run by DuckDB without the warehouse."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment

MACROS = Path(__file__).resolve().parents[2] / "macros"
QUERY = """
{% set number = swedish_number("text") %}
select text, {{ number }}, {{ target_number("text") }}, {{ target_operator("text") }},
    {{ range_bound("text", 1) }}, {{ range_bound("text", 2) }}, {{ header_year("text") }},
    cast({{ header_date("text") }} as varchar), {{ header_month("text") }}, {{ label_key("text") }}
from (select unnest($texts) as text)
"""


def rendered(template: str) -> str:
    """An SQL text with its macros rendered as dbt does it; ``return`` is all of dbt that they need."""
    files = ("swedish_print.sql", "periods.sql", "labels.sql")
    sources = [(MACROS / name).read_text(encoding="utf-8") for name in files]
    environment = Environment(autoescape=False)  # noqa: S701 - SQL, no HTML
    return environment.from_string("".join([*sources, template])).render({"return": lambda value: value})


class SqlParsers:
    """One connection and one query text."""

    def __init__(self) -> None:
        self.query = rendered(QUERY)
        self.connection = duckdb.connect()

    def parse(self, texts: Sequence[str]) -> list[tuple[Any, ...]]:
        """(text, number, target number, operator, low, high, year, date, month, label key) for each text, in order."""
        return self.connection.execute(self.query, {"texts": list(texts)}).fetchall()
