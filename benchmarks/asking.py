"""Asks a question of a published file many times, and the same of a table that holds nothing but the answer."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import duckdb


@dataclass(frozen=True)
class Answered:
    """Milliseconds at the median and the 95th percentile, and of the answer read from a table of its own.

    No index or order can improve on the latter.
    """

    question: str
    median_ms: float
    p95_ms: float
    floor_ms: float


def ask(
    connection: duckdb.DuckDBPyConnection, question: str, query: str, rounds: Sequence[dict[str, object]]
) -> Answered:
    """Ask once with each round's values, of which the query uses those that it names."""
    asked, floors = [], []
    for values in rounds:
        given = {name: value for name, value in values.items() if f"${name}" in query}
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
