"""Models that are only built for touched municipalities read nothing that other municipalities' reports change."""

import json
from typing import Any

import duckdb
import pytest

from tests.support.installation import TrialInstallation

# They have one row per distinct text of all reports, which says the same of that text whatever else is loaded.
SAY_THE_SAME_OF_A_TEXT = {"int_headers_matched", "int_label_directions"}
# By the first of these, macros/touched.sql tells whose a row is.
OWNERS = {"municipality_code", "document_id", "table_id", "row_id", "figure_id", "target_figure_id", "result_figure_id"}
Nodes = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def nodes(built: TrialInstallation) -> Nodes:
    manifest = json.loads((built.work / "build" / "target" / "manifest.json").read_text(encoding="utf-8"))
    return {**manifest["nodes"], **manifest["sources"]}


def is_touched(node: dict[str, Any]) -> bool:
    return node["resource_type"] == "model" and node["config"]["meta"].get("touched") == "municipalities"


def depends_on_input(nodes: Nodes, name: str) -> bool:
    """Whether anything but seeds is upstream."""
    node = nodes[name]
    if node["resource_type"] == "source":
        return True
    return any(depends_on_input(nodes, other) for other in node["depends_on"].get("nodes", ()))


def test_they_read_only_their_own_municipality_and_seeds(nodes: Nodes) -> None:
    touched = {name: node for name, node in nodes.items() if is_touched(node)}
    foreign = {
        node["name"]: nodes[read]["name"]
        for node in touched.values()
        for read in node["depends_on"]["nodes"]
        if read not in touched
        and depends_on_input(nodes, read)
        and nodes[read]["name"] not in SAY_THE_SAME_OF_A_TEXT
        and not (node["path"].startswith("staging/reports") and nodes[read]["source_name"] == "raw")
    }
    assert len(touched) > 60
    assert foreign == {}


def test_each_of_their_rows_has_an_owner(nodes: Nodes, built: TrialInstallation) -> None:
    query = "select schema_name, table_name, list(column_name) from duckdb_columns() group by all"
    with duckdb.connect(str(built.working_database), read_only=True) as connection:
        columns = {(schema, table): set(names) for schema, table, names in connection.execute(query).fetchall()}
    touched = [node for node in nodes.values() if is_touched(node)]
    assert [node["name"] for node in touched if not OWNERS & columns[node["schema"], node["alias"]]] == []
