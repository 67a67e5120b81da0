"""Typical questions about key figures, asked of the published file."""

from pathlib import Path

import duckdb

from benchmarks.asking import Answered, ask

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


def ask_about_key_figures(warehouse: Path) -> list[Answered]:
    """Ask each question 40 times, each time about another municipality, year or KPI."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        kpis, areas = _column(connection, _KPIS), _column(connection, _AREAS)
        rounds: list[dict[str, object]] = [
            {
                "kpi": kpis[number * 7 % len(kpis)],
                "area": areas[number * 11 % len(areas)],
                "year": 2024 - number % 5,
            }
            for number in range(_ROUNDS)
        ]
        return [ask(connection, question, query, rounds) for question, query in _QUESTIONS.items()]


def _column(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return [value for (value,) in connection.execute(query).fetchall()]
