"""Made-up responses of Kolada, landed as if they had been fetched."""

import json
from collections.abc import Mapping, Sequence

from ingest.kolada.landing import LANDED, Entry, Landing, pack

Row = dict[str, object]

BEGAN = {
    "first": "2026-01-01T01:00:00+00:00",
    "second": "2026-02-01T01:00:00+00:00",
    "third": "2026-03-01T01:00:00+00:00",
    "night": "2026-04-01T01:00:00+00:00",
}


def data_row(kpi: str, municipality: str, year: int, **values: float | None) -> Row:
    """One row in the form of API v3; ``values`` are by gender, None is a figure that Kolada has withdrawn."""
    figures = [
        {"gender": gender, "count": 1, "status": "", "value": value, "isdeleted": value is None}
        for gender, value in values.items()
    ]
    return {"kpi": kpi, "municipality": municipality, "period": year, "values": figures}


def group(group_id: str, title: str, members: Mapping[str, str]) -> Row:
    return {
        "id": group_id,
        "title": title,
        "members": [{"member_id": member, "member_title": name} for member, name in members.items()],
    }


def page(rows: Sequence[Row]) -> bytes:
    return json.dumps({"values": rows, "count": len(rows), "next_url": None, "previous_url": None}).encode()


class MadeUpLanding:
    """Lands made-up batches, each on its own day."""

    def __init__(self, landing: Landing) -> None:
        self.landing = landing

    def land(self, run_id: str, kind: str, *pages: Sequence[Row], **asked: object) -> Entry:
        number = self.landing.next_batch_no
        entry = Entry(
            number, BEGAN[run_id], kind, f"/made_up/{number}", LANDED, f"2026-01-{number:02}T00:00:00Z", **asked
        )
        return self.landing.land(entry, pack([page(rows) for rows in pages]))
