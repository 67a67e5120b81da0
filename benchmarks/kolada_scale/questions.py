"""Queries on the published file: milliseconds at the median and at the 95th percentile.

Each is compared with the same answer from a table that holds nothing else, which no index or order can improve on.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

_ROUNDS = 40
_KPIS = "select distinct kpi_id from marts.key_figures where kpi_id ^@ 'M' order by 1"
_AREAS = "select municipality_code from marts.municipalities where area_type = 'municipality' order by 1"
_QUESTIONS = {
    "one municipality's profile": (
        "select kpi_id, kpi_title, value, rank, median_of_municipalities, nation_value"
        " from marts.key_figure_comparisons where municipality_code = $area and year = $year and gender = 'T'"
    ),
    "one KPI over all municipalities": (
        "select municipality, year, gender, value from marts.key_figures"
        " where kpi_id = $kpi and area_type = 'municipality'"
    ),
    "the twenty that moved most": (
        "select kpi_title, value, previous_value, growth_pct from marts.key_figure_changes"
        " where municipality_code = $area and year = $year and gender = 'T' order by abs(growth_pct) desc limit 20"
    ),
}


@dataclass(frozen=True)
class Answered:
    question: str
    median_ms: float
    p95_ms: float
    floor_ms: float


def ask(warehouse: Path) -> list[Answered]:
    """Ask each question 40 times, each time about another municipality, year or KPI."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        kpis, areas = _column(connection, _KPIS), _column(connection, _AREAS)
        return [_ask(connection, question, kpis, areas) for question in _QUESTIONS]


def _ask(connection: duckdb.DuckDBPyConnection, question: str, kpis: list[str], areas: list[str]) -> Answered:
    query = _QUESTIONS[question]
    asked, floors = [], []
    for number in range(_ROUNDS):
        everything = {
            "kpi": kpis[number * 7 % len(kpis)],
            "area": areas[number * 11 % len(areas)],
            "year": 2024 - number % 5,
        }
        given = {name: value for name, value in everything.items() if f"${name}" in query}
        asked.append(_milliseconds(lambda: connection.execute(query, given).fetchall()))  # noqa: B023
        connection.execute(f"create or replace temp table answer as {query}", given)
        floors.append(_milliseconds(lambda: connection.execute("from answer").fetchall()))
    return Answered(
        question, statistics.median(asked), statistics.quantiles(asked, n=20)[-1], statistics.median(floors)
    )


def _milliseconds(do: Callable[[], object]) -> float:
    started = time.perf_counter()
    do()
    return 1000 * (time.perf_counter() - started)


def _column(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return [value for (value,) in connection.execute(query).fetchall()]
