"""Puts the questions and the dashboard of this folder into a Metabase, over its API; run again, it updates them.

Everything lies in one collection, and only what lies there under a name of ``dashboard.yml`` is changed.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml

HERE = Path(__file__).parent
Json = dict[str, Any]


class LoadError(Exception):
    """What is missing and what to do, for the person who ran the script."""


@dataclass(frozen=True)
class Metabase:
    """A Metabase server, and the collection and database that the dashboard is for."""

    http: httpx.Client
    collection_id: int
    database_id: int

    def save(self, model: str, body: Json) -> int:
        """Create the card or dashboard of this name in the collection, or update it; returns its id."""
        items = _get(self.http, f"/api/collection/{self.collection_id}/items?models={model}")["data"]
        found = [item["id"] for item in items if item["name"] == body["name"]]
        body = body | {"collection_id": self.collection_id}
        if found:
            return int(_send(self.http, "PUT", f"/api/{model}/{found[0]}", body)["id"])
        return int(_send(self.http, "POST", f"/api/{model}", body)["id"])


def load(http: httpx.Client, database: str, wanted: Json) -> int:
    """Save the questions and the dashboard; returns the dashboard's id. Raises LoadError and httpx.HTTPError."""
    database_id = _database_id(http, database)
    metabase = Metabase(http, _collection_id(http, wanted["collection"]), database_id)
    card_ids = [metabase.save("card", _card(card, metabase.database_id)) for card in wanted["cards"]]
    dashboard = {"name": wanted["dashboard"], "description": wanted["description"]}
    dashboard_id = metabase.save("dashboard", dashboard)
    placed = {old["card_id"]: old["id"] for old in _get(http, f"/api/dashboard/{dashboard_id}").get("dashcards", [])}
    cards = [
        # Metabase takes a negative id for a place that is new.
        _place(card, card_id) | {"id": placed.get(card_id, -position)}
        for position, (card, card_id) in enumerate(zip(wanted["cards"], card_ids, strict=True), start=1)
    ]
    _send(http, "PUT", f"/api/dashboard/{dashboard_id}", {"dashcards": cards})
    return dashboard_id


def _card(card: Json, database_id: int) -> Json:
    query = (HERE / card["sql"]).read_text(encoding="utf-8")
    return {
        "name": card["name"],
        "description": card["description"],
        "display": card["display"],
        "visualization_settings": card.get("settings", {}),
        "dataset_query": {"type": "native", "database": database_id, "native": {"query": query}},
    }


def _place(card: Json, card_id: int) -> Json:
    row, column, width, height = card["place"]
    return {"card_id": card_id, "row": row, "col": column, "size_x": width, "size_y": height}


def _collection_id(http: httpx.Client, name: str) -> int:
    found = [item["id"] for item in _get(http, "/api/collection") if item["name"] == name]
    return int(found[0] if found else _send(http, "POST", "/api/collection", {"name": name})["id"])


def _database_id(http: httpx.Client, name: str) -> int:
    databases = _get(http, "/api/database")["data"]
    for database in databases:
        if database["name"] == name:
            return int(database["id"])
    known = ", ".join(database["name"] for database in databases)
    raise LoadError(
        f"Metabase has no database `{name}` (it has: {known}). Add it, or name another in METABASE_DATABASE."
    )


def _get(http: httpx.Client, path: str) -> Any:
    return http.get(path).raise_for_status().json()


def _send(http: httpx.Client, method: str, path: str, body: Json) -> Any:
    return http.request(method, path, json=body).raise_for_status().json()


def main() -> None:
    """Load into the Metabase that METABASE_URL and METABASE_API_KEY name."""
    try:
        url, key = os.environ["METABASE_URL"], os.environ["METABASE_API_KEY"]
    except KeyError as missing:
        sys.exit(f"Set {missing.args[0]} in the environment; see bi/README.md.")
    wanted = yaml.safe_load((HERE / "dashboard.yml").read_text(encoding="utf-8"))
    try:
        with httpx.Client(base_url=url, headers={"x-api-key": key}, timeout=60) as http:
            dashboard_id = load(http, os.environ.get("METABASE_DATABASE", "Kommunlager"), wanted)
    except (LoadError, httpx.HTTPError) as error:
        sys.exit(f"The dashboard was not loaded whole: {error}")
    print(f"{url.rstrip('/')}/dashboard/{dashboard_id}")


if __name__ == "__main__":
    main()
