"""No model compares every row with every other: with a thousand reports it would take a thousand times as long."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.support.installation import TrialInstallation
from tests.support.query_plans import QueryPlan

# With few rows DuckDB loops where it would not otherwise.
TIMES = 10
# Loops over texts whose number is limited in another way than by a seed.
BOUNDED = {"int_headers_likened": "the thirty most frequent known headers of each kind"}


@pytest.fixture(scope="module")
def grown(built: TrialInstallation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The built database with every row of reports and models many times."""
    database = tmp_path_factory.mktemp("grown") / built.working_database.name
    shutil.copy(built.working_database, database)
    with duckdb.connect(str(database)) as connection:
        tables = connection.execute("""
            select schema_name, table_name from duckdb_tables()
            where schema_name in ('staging', 'intermediate', 'marts') or table_name like 'report\\_%' escape '\\'
        """).fetchall()
        for schema, table in tables:
            copies = f'select rows.* from "{schema}"."{table}" as rows cross join range({TIMES})'
            connection.execute(f'create or replace table "{schema}"."{table}" as {copies}')
        yield connection


def compiled_models(installation: TrialInstallation) -> list[Path]:
    """The SQL of the models; below a YAML file is that of its tests."""
    folder = installation.work / "build" / "target" / "compiled" / "kommunlager" / "models"
    return [path for path in sorted(folder.rglob("*.sql")) if not any(part.endswith(".yml") for part in path.parts)]


def test_no_model_loops_over_what_grows(built: TrialInstallation, grown: duckdb.DuckDBPyConnection) -> None:
    models = compiled_models(built)
    plans = {path.stem: QueryPlan.of(grown, path.read_text(encoding="utf-8")) for path in models}
    loops = {model: loops for model, plan in plans.items() if (loops := plan.growing_loops())}
    assert len(models) > 100
    assert loops.keys() == BOUNDED.keys(), {model: loops[model] for model in loops.keys() - BOUNDED.keys()}


@pytest.mark.parametrize(
    ("joined", "loops"),
    [
        ("rows as left_rows join rows as right_rows on left_rows.label <> right_rows.label", 1),
        ("rows as left_rows cross join rows as right_rows", 1),
        ("rows join seeds.patterns on regexp_matches(rows.label, patterns.pattern)", 1),
        ("(select distinct label from rows) as t join seeds.patterns on regexp_matches(t.label, patterns.pattern)", 0),
        ("rows cross join (select max(label) as last from rows) as ends", 0),
        ("rows as left_rows join rows as right_rows on left_rows.label = right_rows.label", 0),
    ],
)
def test_a_loop_is_told_from_a_match_of_patterns(joined: str, loops: int) -> None:
    with duckdb.connect() as connection:
        connection.execute("create table rows as select 'row ' || range as label from range(100)")
        connection.execute("create schema seeds")
        connection.execute("create table seeds.patterns as select 'w ' || range as pattern from range(20)")
        assert len(QueryPlan.of(connection, f"select count(*) from {joined}").growing_loops()) == loops
