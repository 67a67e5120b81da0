"""The Metabase questions run on the built warehouse, and loading them twice creates each object once."""

import json
from typing import Any

import duckdb
import httpx
import pytest
import yaml

from bi.metabase import load_dashboard
from tests.support.installation import PROJECT

FOLDER = PROJECT / "bi" / "metabase"
WANTED = yaml.safe_load((FOLDER / "dashboard.yml").read_text(encoding="utf-8"))


class StandInMetabase:
    """Answers like Metabase's API, as far as the script asks, and records what was written."""

    def __init__(self) -> None:
        self.collections: list[dict[str, Any]] = []
        self.items: dict[str, list[dict[str, Any]]] = {"card": [], "dashboard": []}
        self.written: list[str] = []
        self._last_id = 100

    def client(self) -> httpx.Client:
        return httpx.Client(base_url="http://metabase.test", transport=httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content) if request.content else {}
        path = request.url.path.removeprefix("/api/").split("/")
        if request.method == "GET":
            return httpx.Response(200, json=self._read(path, request.url.params.get("models", "")))
        self.written.append(f"{request.method} {path[0]}")
        kept = self.collections if path[0] == "collection" else self.items[path[0]]
        if request.method == "POST":
            kept.append(body | {"id": self._new_id()})
            return httpx.Response(200, json=kept[-1])
        item = next(item for item in kept if item["id"] == int(path[1]))
        for card in body.get("dashcards", []):
            card["id"] = card["id"] if card["id"] > 0 else self._new_id()
        item.update(body)
        return httpx.Response(200, json=item)

    def _read(self, path: list[str], model: str) -> Any:
        if path == ["database"]:
            return {"data": [{"id": 7, "name": "Kommunlager"}]}
        if path == ["collection"]:
            return self.collections
        if path[0] == "collection":
            return {"data": self.items[model]}
        return next(item for item in self.items[path[0]] if item["id"] == int(path[1]))

    def _new_id(self) -> int:
        self._last_id += 1
        return self._last_id


@pytest.mark.parametrize("card", WANTED["cards"], ids=lambda card: card["sql"])
def test_a_question_answers_with_the_columns_that_its_chart_shows(
    warehouse: duckdb.DuckDBPyConnection, card: dict[str, Any]
) -> None:
    answer = warehouse.execute((FOLDER / card["sql"]).read_text(encoding="utf-8"))
    columns = {column[0] for column in answer.description or []}
    assert answer.fetchall()
    settings = card.get("settings", {})
    assert {*settings.get("graph.dimensions", []), *settings.get("graph.metrics", [])} <= columns


def test_the_headlines_hold_the_printed_forecast_of_mark(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = warehouse.execute((FOLDER / "headline_deviations.sql").read_text(encoding="utf-8")).fetchall()
    assert ("Mark", "Socialnämnden", 2025, "Prognos mot budget", -442000, -454700, -12700) in [row[:7] for row in rows]


def test_every_question_is_on_the_dashboard_and_no_two_overlap() -> None:
    assert {card["sql"] for card in WANTED["cards"]} == {path.name for path in FOLDER.glob("*.sql")}
    taken = [
        (row + y, column + x)
        for row, column, width, height in (card["place"] for card in WANTED["cards"])
        for x in range(width)
        for y in range(height)
    ]
    assert len(taken) == len(set(taken))
    assert max(column for _, column in taken) < 24


def answer(warehouse: duckdb.DuckDBPyConnection, question: str) -> list[dict[str, Any]]:
    relation = warehouse.sql((FOLDER / question).read_text(encoding="utf-8"))
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def test_goals_are_counted_for_one_committee_and_year_at_a_time(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Mark's interim report 2025: of 17 goals that can be judged 12 are expected to be met."""
    rows = answer(warehouse, "goals_by_status.sql")
    of_mark = {row["status_sv"]: row["goals"] for row in rows if row["goals_of"] == "Mark, socialnämnden 2025"}
    assert of_mark == {"Bedöms uppnås": 12, "Bedöms inte uppnås": 5, "Kan inte bedömas": 1}


def test_changes_are_of_each_committees_latest_period_and_leave_investments_out(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    rows = answer(warehouse, "changes_since_last_year.sql")
    assert {(row["municipality"], row["period_label"]) for row in rows} == {
        ("Mark", "jan–aug 2025"),
        ("Alingsås", "jan–aug 2024"),
        ("Askersund", "2024"),
    }
    subjects = {row["subject_label"] for row in rows if row["municipality"] == "Mark"}
    assert subjects == {"Intäkter", "Nettokostnad", "Personalkostnader", "Övriga kostnader"}


def test_a_chart_of_deviations_shows_one_comparison_of_each_committee(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = answer(warehouse, "deviations_by_activity.sql")
    assert len({row["place"] for row in rows}) == len(rows)
    assert rows[0]["place"] == "Mark: Individ- och familjeomsorg"
    assert sum(row["deviation_tkr"] for row in rows if row["place"].startswith("Mark")) == -12700


def test_loading_twice_creates_each_object_once_and_keeps_the_positions() -> None:
    metabase = StandInMetabase()
    first = load_dashboard.load(metabase.client(), "Kommunlager", WANTED)
    [dashboard] = metabase.items["dashboard"]
    places = [card["id"] for card in dashboard["dashcards"]]
    metabase.written.clear()
    assert load_dashboard.load(metabase.client(), "Kommunlager", WANTED) == first
    assert set(metabase.written) == {"PUT card", "PUT dashboard"}
    assert [card["id"] for card in dashboard["dashcards"]] == places
    assert [card["name"] for card in metabase.items["card"]] == [card["name"] for card in WANTED["cards"]]
    assert {card["dataset_query"]["database"] for card in metabase.items["card"]} == {7}


def test_a_database_missing_in_metabase_is_named_before_anything_is_created() -> None:
    metabase = StandInMetabase()
    with pytest.raises(load_dashboard.LoadError, match=r"no database `Annan` \(it has: Kommunlager\)"):
        load_dashboard.load(metabase.client(), "Annan", WANTED)
    assert metabase.items == {"card": [], "dashboard": []}
    assert metabase.written == []
