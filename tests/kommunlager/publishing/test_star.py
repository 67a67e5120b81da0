"""The published file as BI tools see it, by its metadata: keys, types, comments, and the star that they form."""

import ast
from collections import defaultdict
from typing import Any

import duckdb
import yaml

from kommunlager.publishing.star import STAR, foreign_keys, required_columns
from tests.support.installation import PROJECT, TrialInstallation
from tests.support.star_diagram import PAGE, draw, read_joins

MARTS = PROJECT / "models" / "marts"
DIMENSIONS = {"municipalities", "committees", "documents", "activities", "budget_lines", "measures", "kpis", "dates"}
# What has neither a place nor a subject.
WITHOUT_DIMENSIONS = {
    *DIMENSIONS,
    "kolada_findings",
    "municipality_groups",
    "pipeline_runs",
    "data_dictionary",
    "whats_new",
    "release",
}


def columns(warehouse: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, str]]:
    """Mart, column, type and whether it may be empty, as the standard views have them."""
    return warehouse.execute(
        "select table_name, column_name, data_type, is_nullable from information_schema.columns"
        " where table_schema = 'marts'"
    ).fetchall()


def test_every_fact_joins_its_dimensions(warehouse: duckdb.DuckDBPyConnection) -> None:
    joins = read_joins(warehouse)
    marts = {mart for mart, *_ in columns(warehouse)}
    assert {join.mart for join in joins} >= marts - WITHOUT_DIMENSIONS
    assert {join.dimension for join in joins} == {*DIMENSIONS, "reported_figures", "pipeline_runs"}
    declared = {(mart, key.column, key.dimension) for mart in STAR for key in foreign_keys(mart)}
    assert {(join.mart, join.column, join.dimension) for join in joins} == declared


def test_a_column_named_after_a_dimension_joins_it(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Apart from areas in Kolada's marts, which may be groups, and from reports that are set aside or withdrawn."""
    joined = {(join.mart, join.column) for join in read_joins(warehouse)}
    keys = {"municipality_code", "committee_id", "document_id", "activity_code", "line_code", "measure_code", "kpi_id"}
    primary = {(mart, key) for mart, declared in STAR.items() for key in declared.primary if mart in DIMENSIONS}
    unjoined = {(mart, column) for mart, column, *_ in columns(warehouse) if column in keys} - joined - primary
    assert unjoined == {
        ("data_coverage", "document_id"),
        ("data_coverage", "municipality_code"),
        ("key_figure_changes", "municipality_code"),
        ("key_figure_comparisons", "municipality_code"),
        ("key_figure_group_comparisons", "municipality_code"),
        ("key_figure_revisions", "municipality_code"),
        ("key_figures", "municipality_code"),
        ("kolada_findings", "kpi_id"),
        ("measures", "kpi_id"),
        ("municipality_groups", "municipality_code"),
        ("whats_new", "document_id"),
        ("whats_new", "municipality_code"),
    }


def test_the_diagram_is_what_the_file_says(warehouse: duckdb.DuckDBPyConnection) -> None:
    """``python -m tests.support.star_diagram`` redraws it from what is published."""
    assert draw(read_joins(warehouse)) in PAGE.read_text(encoding="utf-8")


def test_each_mart_has_a_declared_key_and_its_rows_are_unique(warehouse: duckdb.DuckDBPyConnection) -> None:
    marts = {mart for mart, *_ in columns(warehouse)}
    assert {*STAR} | {"release"} == marts
    for mart, keys in STAR.items():
        if keys.primary:
            listed = ", ".join(keys.primary)
            repeated = f"select {listed} from marts.{mart} group by all having count(*) > 1"
            assert warehouse.execute(repeated).fetchall() == [], mart


def test_what_dbt_requires_is_not_null_in_the_file(warehouse: duckdb.DuckDBPyConnection) -> None:
    filled = {(mart, column) for mart, column, _, may_be_empty in columns(warehouse) if may_be_empty == "NO"}
    required = {(mart, column) for mart, names in required_columns(MARTS).items() for column in names}
    assert required <= filled
    assert ("budget_deviations", "document_id") in required
    assert ("key_figures", "year") in required


def test_a_name_has_one_type(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Numbers of Kolada are floating point as Kolada sends them; amounts in print are exact."""
    types: dict[str, set[str]] = defaultdict(set)
    for mart, column, kind, _ in columns(warehouse):
        of_kolada = mart.startswith("key_figure") or (mart, column) == ("reported_vs_kolada", "difference")
        types[column].add("number of Kolada" if of_kolada and kind == "DOUBLE" else kind)
    assert {name: kinds for name, kinds in types.items() if len(kinds - {"number of Kolada"}) > 1} == {}
    mixed = {name for name, kinds in types.items() if len(kinds) > 1}
    assert mixed <= {
        *("change", "difference", "difference_to_median", "growth_pct"),
        *("highest_value", "lowest_value", "previous_value", "value"),
    }


def test_no_mart_has_a_list(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert [(mart, column) for mart, column, kind, _ in columns(warehouse) if kind.endswith("[]")] == []


def test_dbt_tests_every_join_before_the_file_declares_it() -> None:
    tested: set[tuple[str, str]] = set()
    for path in MARTS.rglob("*.yml"):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
            tested |= {(model["name"], column) for column in referring_columns(model)}
    declared = {(mart, key.column) for mart in STAR for key in foreign_keys(mart)}
    # These are made from key_figures.
    made_from_tested = {(f"key_figure_{name}", "kpi_id") for name in ("changes", "comparisons", "group_comparisons")}
    assert declared - tested == made_from_tested


def referring_columns(model: dict[str, Any]) -> set[str]:
    tests = [test for test in model.get("data_tests", []) if isinstance(test, dict)]
    keys = [key for test in tests if "references" in test for key in test["references"]["arguments"]["keys"]]
    of_columns = {
        column["name"]
        for column in model["columns"]
        if any(isinstance(test, dict) and "relationships" in test for test in column.get("data_tests", []))
    }
    return {key["column"] for key in keys} | of_columns


def test_figure_sources_reads_every_column_that_holds_figures() -> None:
    """Except in the marts that are no answers: the figures themselves, and the news."""
    text = (MARTS / "trust" / "figure_sources.sql").read_text(encoding="utf-8")
    answers = ast.literal_eval(text.partition("{% set answers = ")[2].partition(" %}")[0])
    read = {(mart, column) for mart, _, columns, lists in answers for column in columns + lists}
    found = {
        (model["name"], column["name"])
        for path in MARTS.rglob("*.yml")
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", [])
        for column in model["columns"]
        if column["name"].endswith(("figure_id", "figure_ids", "also_fails"))
        and model["name"] not in {"reported_figures", "figure_sources"}
    }
    assert found == read


def test_parquet_files_carry_the_comments(built: TrialInstallation) -> None:
    parquet = built.work / "published" / "parquet"
    with duckdb.connect() as connection:
        for mart, column, comment in built.query(
            "select table_name, column_name, comment from duckdb_columns() where schema_name = 'marts'"
        ):
            found = connection.execute(
                "select decode(value) from parquet_kv_metadata(?) where decode(key) = ?",
                [str(parquet / f"{mart}.parquet"), f"comment.{column}"],
            ).fetchall()
            assert found == [(comment,)], (mart, column)


def test_a_code_has_its_words_beside_it(warehouse: duckdb.DuckDBPyConnection) -> None:
    """In marts of reports; in Kolada's, the dimension kpis has the words."""
    names: dict[str, set[str]] = defaultdict(set)
    for mart, column, *_ in columns(warehouse):
        names[mart].add(column)
    for mart, listed in names.items():
        if "activity_code" in listed:
            assert "activity_label" in listed, mart
        if not mart.startswith(("key_figure", "kolada")):
            coded = {"value_kind", "period_basis", "subject_scope", "gender", "breakdown", "line_role", "better_when"}
            assert {f"{code}_sv" for code in coded & listed} <= listed, mart
