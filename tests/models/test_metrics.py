"""MetricFlow answers the metrics of models/metrics/ as SQL on the published marts does."""

import csv
import json
import math
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.support.installation import PROJECT, TrialInstallation

COMMITTEE_YEAR = ("municipality__name", "committee__name", "metric_time__year")
PLACE_AND_YEAR = "municipality, committee, year(period_end)"
AT_YEAR_END = "is_current and subject_scope = 'committee' and statement <> 'investment' and answer_to = 'year_end'"
GOALS = "from marts.goal_fulfilment where is_current and goal_kind = 'target'"
NET_COST = "subject_kind = 'budget_line' and subject_code = 'net_cost' and activity_code = 'total' and is_comparable"
# For each metric by municipality, committee and year: SQL on the mart, by other means than the metric where possible.
BY_COMMITTEE = {
    "deviation": f"""
        select {PLACE_AND_YEAR}, sum(compared_tkr - budget_tkr) from marts.budget_deviations
        where {AT_YEAR_END} and is_headline group by all
    """,
    "budget": f"""
        select {PLACE_AND_YEAR}, sum(budget_tkr) from marts.budget_deviations
        where {AT_YEAR_END} and is_headline and deviation_pct is not null group by all
    """,
    "net_outcome": f"""
        select {PLACE_AND_YEAR}, sum(compared_tkr) from marts.budget_deviations
        where {AT_YEAR_END} and is_headline and deviation_pct is not null group by all
    """,
    "deviation_pct": f"""
        select {PLACE_AND_YEAR}, 100.0 * sum(deviation_tkr) / abs(sum(budget_tkr)) from marts.budget_deviations
        where {AT_YEAR_END} and is_headline and deviation_pct is not null group by all
    """,
    "deviation_to_date": f"""
        select {PLACE_AND_YEAR}, sum(deviation_tkr) from marts.budget_deviations
        where is_current and is_headline and statement <> 'investment' and answer_to = 'to_date' group by all
    """,
    "investment_budget": f"""
        select {PLACE_AND_YEAR}, sum(budget_tkr) from marts.budget_deviations
        where is_current and is_headline and breakdown = 'investment' and answer_to = 'year_end' group by all
    """,
    "investment_spending": f"""
        select {PLACE_AND_YEAR}, sum(compared_tkr) from marts.budget_deviations
        where is_current and is_headline and breakdown = 'investment' and answer_to = 'year_end' group by all
    """,
    "investment_use_pct": f"""
        select {PLACE_AND_YEAR}, 100.0 * sum(compared_tkr) / nullif(sum(budget_tkr), 0) from marts.budget_deviations
        where is_current and is_headline and breakdown = 'investment' and answer_to = 'year_end' group by all
    """,
    "goals_judged": f"""
        select municipality, committee, target_year, count(*) {GOALS}
        and status <> 'not_assessable' and is_final and value_kind = 'outcome' group by all
    """,
    "goals_met": f"""
        select municipality, committee, target_year, count(*) filter (where status = 'met') {GOALS}
        and status <> 'not_assessable' and is_final and value_kind = 'outcome' group by all
    """,
    "goals_met_pct": f"""
        select municipality, committee, target_year, 100 * avg(cast(status = 'met' as integer)) {GOALS}
        and status <> 'not_assessable' and is_final and value_kind = 'outcome' group by all
    """,
    "goals_forecast": f"""
        select municipality, committee, target_year, count(*) {GOALS}
        and status <> 'not_assessable' and value_kind = 'forecast' group by all
    """,
    "goals_expected_met": f"""
        select municipality, committee, target_year, count(*) filter (where status = 'met') {GOALS}
        and status <> 'not_assessable' and value_kind = 'forecast' group by all
    """,
    "goals_expected_met_pct": f"""
        select municipality, committee, target_year, 100 * avg(cast(status = 'met' as integer)) {GOALS}
        and status <> 'not_assessable' and value_kind = 'forecast' group by all
    """,
    "goals_not_assessable": f"""
        select municipality, committee, target_year, count(*) {GOALS} and status = 'not_assessable' group by all
    """,
    "net_cost": f"""
        select {PLACE_AND_YEAR}, sum(value) from marts.year_over_year_changes
        where is_current and {NET_COST} and value_kind <> 'budget' and period_basis = 'full_year' group by all
    """,
    "net_cost_last_year": f"""
        select {PLACE_AND_YEAR}, sum(value - change) from marts.year_over_year_changes
        where is_current and {NET_COST} and value_kind <> 'budget' and period_basis = 'full_year' group by all
    """,
    "net_cost_growth_pct": f"""
        select {PLACE_AND_YEAR}, 100 * sum(change) / sum(previous_value) from marts.year_over_year_changes
        where is_current and {NET_COST} and value_kind <> 'budget' and period_basis = 'full_year' group by all
    """,
    "forecasts_with_outcome": f"""
        select {PLACE_AND_YEAR}, count(*) from marts.forecast_accuracy where {NET_COST} group by all
    """,
    "forecast_error_tkr": f"""
        select {PLACE_AND_YEAR}, sum(outcome_value - forecast_value) from marts.forecast_accuracy
        where {NET_COST} group by all
    """,
    "forecast_outcome_tkr": f"""
        select {PLACE_AND_YEAR}, sum(outcome_value) from marts.forecast_accuracy where {NET_COST} group by all
    """,
    "forecast_error_pct": f"""
        select {PLACE_AND_YEAR}, 100 * sum(forecast_error) / abs(sum(outcome_value)) from marts.forecast_accuracy
        where {NET_COST} group by all
    """,
    "sick_leave_pct": f"""
        select {PLACE_AND_YEAR}, avg(value) from marts.municipality_comparisons
        where is_current and measure_code = 'sick_leave_total_share' and gender = 'T' and period_basis = 'full_year'
        group by all
    """,
    "net_cost_of_committees": f"""
        select {PLACE_AND_YEAR}, sum(value * input_kpi_value) from marts.municipality_comparisons
        where comparison_code = 'net_cost_per_inhabitant' and is_current and period_basis = 'full_year' group by all
    """,
    "inhabitants_of_committees": f"""
        select {PLACE_AND_YEAR}, sum(input_kpi_value) from marts.municipality_comparisons
        where comparison_code = 'net_cost_per_inhabitant' and is_current and period_basis = 'full_year' group by all
    """,
    "net_cost_per_inhabitant": f"""
        select {PLACE_AND_YEAR}, sum(value * input_kpi_value) / sum(input_kpi_value) from marts.municipality_comparisons
        where comparison_code = 'net_cost_per_inhabitant' and is_current and period_basis = 'full_year' group by all
    """,
}
PARTS = {
    ("deviation_by_activity", "activity__name"): f"""
        select municipality, committee, year(period_end), activities.activity_label, sum(deviation_tkr)
        from marts.budget_deviations join marts.activities using (activity_code)
        where {AT_YEAR_END} and is_addable and breakdown = 'activity' group by all
    """,
    ("deviation_by_cost_type", "budget__line_label"): f"""
        select municipality, committee, year(period_end), line_label, sum(deviation_tkr)
        from marts.budget_deviations where {AT_YEAR_END} and is_addable and breakdown = 'cost_type' group by all
    """,
}
MADE_UP = """
    update marts.municipality_comparisons set
        comparison_code = 'net_cost_per_inhabitant',
        value = 10000 + fiscal_year,
        input_kpi_value = case municipality when 'Mark' then 35000 else 11000 end
    where comparison_code = 'net_cost_growth_pct';
    update marts.budget_deviations set subject_scope = 'municipality'
    where municipality = 'Askersund' and is_headline and is_current and statement <> 'investment';
"""


class Metrics:
    """``mf`` in a small project with the build's semantic manifest, on a released file."""

    def __init__(self, folder: Path, built: TrialInstallation) -> None:
        self.folder = folder
        self.warehouse = folder / "published" / "warehouse.duckdb"
        self.warehouse.parent.mkdir()
        shutil.copy(built.published, self.warehouse)
        self.warehouse.chmod(0o644)
        (folder / "target").mkdir()
        shutil.copy(built.work / "build" / "target" / "semantic_manifest.json", folder / "target")
        for name in ("dbt_project.yml", "profiles.yml"):
            shutil.copy(PROJECT / name, folder)

    def names(self) -> set[str]:
        manifest = json.loads((self.folder / "target" / "semantic_manifest.json").read_text(encoding="utf-8"))
        return {metric["name"] for metric in manifest["metrics"]}

    def ask(self, metrics: Sequence[str], groups: Sequence[str]) -> list[dict[str, str]]:
        words = ["query", "--metrics", ",".join(metrics), "--csv", "answer.csv"]
        self.run([*words, *(["--group-by", ",".join(groups)] if groups else [])])
        with (self.folder / "answer.csv").open(encoding="utf-8", newline="") as answer:
            return list(csv.DictReader(answer))

    def run(self, words: Sequence[str]) -> str:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("KOMMUNLAGER_", "DBT_"))},
            "KOMMUNLAGER_DBT_TARGET": "published",
            "KOMMUNLAGER_WORK": str(self.folder),
        }
        command = [str(Path(sys.executable).parent / "mf"), *words]
        run = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    def sql(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.warehouse)) as connection:
            return connection.execute(sql).fetchall()


def key_of(row: dict[str, str], groups: Sequence[str]) -> tuple[str, ...]:
    return tuple(row[group][:4] if group == "metric_time__year" else row[group] for group in groups)


def answers(rows: list[dict[str, str]], metric: str, groups: Sequence[str]) -> dict[tuple[str, ...], float]:
    return {key_of(row, groups): float(row[metric]) for row in rows if row[metric]}


def expected(rows: list[tuple[Any, ...]]) -> dict[tuple[str, ...], float]:
    return {tuple(str(part) for part in key): float(value) for *key, value in rows if value is not None}


@pytest.fixture(scope="module")
def metrics(built: TrialInstallation, tmp_path_factory: pytest.TempPathFactory) -> Metrics:
    return Metrics(tmp_path_factory.mktemp("metrics"), built)


def test_metrics_by_committee_equal_sql_on_the_marts(metrics: Metrics) -> None:
    metrics.sql(MADE_UP.split(";")[0])
    found = metrics.ask([*BY_COMMITTEE], COMMITTEE_YEAR)
    for metric, sql in BY_COMMITTEE.items():
        truth = expected(metrics.sql(sql))
        assert truth, metric
        assert answers(found, metric, COMMITTEE_YEAR) == pytest.approx(truth), metric


@pytest.mark.parametrize(("metric", "part"), [*PARTS])
def test_parts_equal_sql_and_add_up_to_the_headline(metrics: Metrics, metric: str, part: str) -> None:
    groups = (*COMMITTEE_YEAR, part)
    found = answers(metrics.ask([metric], groups), metric, groups)
    assert found == pytest.approx(expected(metrics.sql(PARTS[metric, part])))
    headlines = expected(metrics.sql(BY_COMMITTEE["deviation"]))
    for place in {key[:-1] for key in found}:
        assert sum(value for key, value in found.items() if key[:-1] == place) == pytest.approx(headlines[place]), place


def test_sums_over_all_are_sums_of_headlines_and_ratios_are_ratios_of_sums(metrics: Metrics) -> None:
    names = ["deviation", "budget", "net_outcome", "deviation_pct", "goals_met", "goals_judged", "goals_met_pct"]
    (found,) = metrics.ask(names, [])
    for name in ("deviation", "budget", "goals_judged"):
        assert float(found[name]) == pytest.approx(math.fsum(expected(metrics.sql(BY_COMMITTEE[name])).values())), name
    total = {name: float(found[name]) for name in names}
    assert total["deviation_pct"] == pytest.approx(
        100 * (total["net_outcome"] - total["budget"]) / abs(total["budget"])
    )
    assert total["goals_met_pct"] == pytest.approx(100 * total["goals_met"] / total["goals_judged"])


def test_a_whole_municipality_is_apart_from_its_committees(built: TrialInstallation, tmp_path: Path) -> None:
    """In the shipped reports there is none, so one committee's rows are given that scope."""
    metrics = Metrics(tmp_path, built)
    before = expected(metrics.sql(BY_COMMITTEE["deviation"]))
    metrics.sql(MADE_UP.split(";")[1])
    found = metrics.ask(["deviation", "municipality_deviation"], COMMITTEE_YEAR)
    askersund = ("Askersund", "Socialnämnden", "2024")
    assert answers(found, "municipality_deviation", COMMITTEE_YEAR) == {askersund: before[askersund]}
    assert answers(found, "deviation", COMMITTEE_YEAR) == {
        key: value for key, value in before.items() if key != askersund
    }


def test_every_metric_is_compared_here(metrics: Metrics) -> None:
    assert metrics.names() == {*BY_COMMITTEE, *(metric for metric, _ in PARTS), "municipality_deviation"}


def test_the_query_in_the_docs_gives_the_output_shown(metrics: Metrics) -> None:
    page = (PROJECT / "docs" / "bi.md").read_text(encoding="utf-8")
    ((words, shown),) = re.findall(r"\.venv/bin/mf (query.*?)```\s+```text\n(.*?)```", page, flags=re.DOTALL)
    assert shown in metrics.run(shlex.split(words.replace("\\\n", " ")))
