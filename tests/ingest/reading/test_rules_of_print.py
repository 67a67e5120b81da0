"""One table of cases for the rules of print that the reader (Python) and the warehouse (SQL) share."""

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from ingest.reading.vocabulary.column_headers import is_figure_header
from ingest.reading.vocabulary.notes import figure_without_marks
from ingest.reading.vocabulary.periods import is_year, month_number
from ingest.reading.vocabulary.print import label_key, number
from ingest.reading.vocabulary.row_words import is_of_which, is_sum
from ingest.reading.vocabulary.units import stated_unit
from tests.support.sql_parsers import rendered

HERE = Path(__file__).parent
HEADER_PATTERNS = HERE.parents[2] / "seeds" / "header_patterns.csv"


class Rule(NamedTuple):
    """What the reader says of a text, and the SQL expression that says it of the column ``text``."""

    python: Callable[[str], object]
    sql: str


RULES = {
    "number": Rule(
        lambda text: number(figure_without_marks(text)[0]),
        "{{ swedish_number(\"regexp_replace(text, '^(≤|≥|<=|>=|<|>|=) ?', '')\") }}",
    ),
    "year": Rule(is_year, '{{ is_year("text") }}'),
    "month": Rule(month_number, '{{ month_number("lower(text)") }}'),
    "sum": Rule(is_sum, '{{ is_total_label("text", "true") }}'),
    "of_which": Rule(is_of_which, '{{ is_of_which("text") }}'),
    "label": Rule(label_key, '{{ label_key("text") }}'),
    "unit": Rule(lambda text: stated_unit([text]).lower() or None, '{{ money_unit("text") }}'),
    "figures_header": Rule(
        is_figure_header,
        """exists (
            select * from read_csv(getvariable('header_patterns'), all_varchar = true) as seed
            where seed.value_kind not in ('text', 'mark') and {{ fits("seed.header_pattern", label_key("text")) }}
        )""",
    ),
}


def cases() -> list[tuple[str, str, object]]:
    with (HERE / "print_cases.csv").open(encoding="utf-8", newline="") as file:
        return [(row["rule"], row["text"], _expected(row["rule"], row["expected"])) for row in csv.DictReader(file)]


def _expected(rule: str, printed: str) -> object:
    if rule in ("number", "month"):
        return Decimal(printed) if printed else None
    return {"yes": True, "no": False, "": None}.get(printed, printed)


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("set variable header_patterns = ?", [str(HEADER_PATTERNS)])
    return connection


def test_every_rule_has_cases_of_both_kinds() -> None:
    answers = {name: {expected for rule, _, expected in cases() if rule == name} for name in RULES}
    assert {rule for rule, _, _ in cases()} == set(RULES)
    assert all(len(said) > 1 for said in answers.values())


@pytest.mark.parametrize(("rule", "text", "expected"), cases())
def test_the_reader_and_the_warehouse_say_the_same(
    rule: str, text: str, expected: object, connection: duckdb.DuckDBPyConnection
) -> None:
    in_sql = connection.execute(f"select {rendered(RULES[rule].sql)} from (select ? as text)", [text]).fetchone()
    assert (RULES[rule].python(text), in_sql) == (expected, (expected,))
