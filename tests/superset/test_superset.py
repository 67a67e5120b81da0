"""Apache Superset on the published file and on PostgreSQL, also during runs."""

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.superset.superset_server import Superset, superset
from tests.support.installation import PROJECT, TrialInstallation
from tests.support.postgres_server import new_database

KINDS = ("DuckDB", "PostgreSQL")
RUNS = 3
SECONDS_BETWEEN_CHARTS = 0.1
# How many key figures there are, and of which release; each run of the test adds some.
FIGURES_OF_RELEASE = """
    select release.run_id, figures.kpi_id from marts.key_figures as figures cross join marts.release as release
"""
# Each committee's latest answer, beside the year before: one mart, without a join.
WHERE_EVERYBODY_STANDS = (
    "is_headline and subject_scope = 'committee' and is_newest and answer_to = 'year_end' and breakdown <> 'investment'"
)
LAST_YEAR = "sum(deviation_last_year_tkr)"
Chart = Callable[[], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, server: str) -> TrialInstallation:
    """A copy of the shipped data, run, with PostgreSQL loaded."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(PROJECT / "data", folder / "data")
    conninfo = new_database(server, "made_up_warehouse")
    served = TrialInstallation(folder / "data", folder / "work", {"KOMMUNLAGER_POSTGRES": conninfo})
    run(served)
    return served


@pytest.fixture(scope="module")
def bi(tmp_path_factory: pytest.TempPathFactory, server: str) -> Iterator[Superset]:
    own = new_database(server, "made_up_superset")
    with superset(tmp_path_factory.mktemp("superset"), postgres_uri(own)) as running:
        yield running


@pytest.fixture(scope="module")
def databases(bi: Superset, served: TrialInstallation, server: str) -> dict[str, int]:
    """The ids in Superset of the published file, opened to read, and of PostgreSQL, with a login that may only read."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("create role made_up_reader login in role kommunlager_reader")
    conninfo = served.settings["KOMMUNLAGER_POSTGRES"]
    return {
        "DuckDB": bi.add_database("file", f"duckdb:///{served.published}?access_mode=read_only"),
        "PostgreSQL": bi.add_database("server", postgres_uri(conninfo, user="made_up_reader")),
    }


def postgres_uri(conninfo: str, **other: str) -> str:
    """A connection string as Superset writes it."""
    place = conninfo_to_dict(conninfo) | other
    return f"postgresql+psycopg2://{place['user']}@{place['host']}:{place['port']}/{place['dbname']}"


def run(installation: TrialInstallation) -> None:
    finished = installation.kommunlager("run", "--force")
    assert finished.returncode == 0, finished.stdout + finished.stderr


def release(installation: TrialInstallation) -> dict[str, Any]:
    """The published release as a chart should show it."""
    manifest = json.loads((installation.work / "published" / "release.json").read_text())
    return {"run_id": manifest["run_id"], "figures": manifest["rows"]["key_figures"]}


@pytest.mark.parametrize("kind", KINDS)
def test_the_marts_can_be_chosen_described_and_charted(
    kind: str, bi: Superset, served: TrialInstallation, databases: dict[str, int]
) -> None:
    tables = "select table_name from duckdb_tables() where schema_name = 'marts'"
    assert bi.tables(databases[kind]) == {name for (name,) in served.query(tables)}
    deviations = bi.add_dataset(databases[kind], "budget_deviations")
    comments = "select column_name, comment from duckdb_columns() where table_name = 'budget_deviations'"
    assert bi.descriptions(deviations) == dict(served.query(comments))
    columns, metrics = ["municipality", "fiscal_year"], {"now": "sum(deviation_tkr)", "before": LAST_YEAR}
    rows = bi.chart(deviations, columns, metrics, WHERE_EVERYBODY_STANDS)
    assert {"municipality": "Mark", "fiscal_year": 2025, "now": -12700, "before": None} in rows
    assert {row["municipality"] for row in rows} == {"Mark", "Alingsås", "Askersund"}
    assert len(rows) == 3


@dataclass
class Reader:
    """Requests the same chart repeatedly until stopped, and keeps the answers."""

    chart: Chart
    over: threading.Event
    answers: list[list[dict[str, Any]]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def read(self) -> None:
        while not self.over.wait(SECONDS_BETWEEN_CHARTS):
            try:
                self.answers.append(self.chart())
            except Exception as failure:  # Any error is what the test is about.
                self.failures.append(repr(failure))


def test_charts_answer_whole_and_of_one_release_while_runs_go_on(
    bi: Superset, served: TrialInstallation, databases: dict[str, int]
) -> None:
    over = threading.Event()
    readers = {kind: Reader(chart_of_release(bi, databases[kind], kind), over) for kind in KINDS}
    threads = [threading.Thread(target=reader.read) for reader in readers.values()]
    for thread in threads:
        thread.start()
    releases = [release(served)]
    try:
        for number in range(RUNS):
            add_made_up_key_figures(served.data, number)
            run(served)
            releases.append(release(served))
            assert [reader.chart() for reader in readers.values()] == [[releases[-1]]] * len(KINDS)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    for kind, reader in readers.items():
        print(f"{kind}: {len(reader.answers)} charts answered while {RUNS} runs published")
        assert reader.failures == []
        assert len(reader.answers) > 10 * RUNS
        assert all(len(answer) == 1 and answer[0] in releases for answer in reader.answers)
        assert all([row] in reader.answers for row in releases)


def chart_of_release(bi: Superset, database: int, kind: str) -> Chart:
    dataset = bi.add_dataset(database, f"figures of a release, {kind}", FIGURES_OF_RELEASE)
    return lambda: bi.chart(dataset, ["run_id"], {"figures": "count(*)"})


def add_made_up_key_figures(data: Path, number: int) -> None:
    rows = [f"N00945,{code},{1990 + number},T,1" for code in ("1463", "1882", "1489")]
    text = "\n".join(["kpi_id,municipality_code,year,gender,value", *rows])
    (data / "key_figures" / f"made_up_{number}.csv").write_text(text)
