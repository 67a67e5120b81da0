"""Landed batches become schema raw: the latest version of each figure, and its earlier versions."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from ingest.kolada.landing import Landing
from ingest.kolada.load import load_kolada
from tests.support.landed_pages import MadeUpLanding, data_row, group

ASKED = {"kpi_ids": ("N00001", "N00002"), "area_ids": ("1463", "1489")}
FIRST = (
    [data_row("N00001", "1463", 2020, T=1.5, K=2.0, M=1.0)],
    [data_row("N00002", "1489", 2021, T=3.0), data_row("N00002", "1489", 2022, T=4.0)],
)
SECOND = [
    data_row("N00001", "1463", 2020, T=1.6, K=2.0, M=1.0),
    data_row("N00002", "1489", 2022, T=4.0),
    data_row("N00002", "1489", 2023, T=5.0),
]


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture
def made_up(tmp_path: Path) -> MadeUpLanding:
    return MadeUpLanding(Landing(tmp_path))


def values(connection: duckdb.DuckDBPyConnection, table: str = "kolada_values") -> list[tuple[object, ...]]:
    return connection.execute(
        f"select kpi_id, year, gender, value, is_deleted, batch_no from raw.{table} order by all"
    ).fetchall()


def test_each_batch_is_loaded_once(connection: duckdb.DuckDBPyConnection, made_up: MadeUpLanding) -> None:
    made_up.land("first", "data", *FIRST, **ASKED)
    assert load_kolada(connection, made_up.landing.folder).loaded == ["0000001.json.gz"]
    before = values(connection)
    assert len(before) == 5
    assert not load_kolada(connection, made_up.landing.folder).changed
    assert values(connection) == before


def test_a_full_answer_revises_adds_and_withdraws(
    connection: duckdb.DuckDBPyConnection, made_up: MadeUpLanding
) -> None:
    made_up.land("first", "data", *FIRST, **ASKED)
    load_kolada(connection, made_up.landing.folder)
    made_up.land("second", "data", SECOND, **ASKED)
    load_kolada(connection, made_up.landing.folder)
    assert values(connection) == [
        ("N00001", 2020, "K", 2.0, False, 1),
        ("N00001", 2020, "M", 1.0, False, 1),
        ("N00001", 2020, "T", 1.6, False, 2),
        ("N00002", 2021, "T", None, True, 2),
        ("N00002", 2022, "T", 4.0, False, 1),
        ("N00002", 2023, "T", 5.0, False, 2),
    ]
    assert values(connection, "kolada_values_earlier") == [
        ("N00001", 2020, "T", 1.5, False, 1),
        ("N00002", 2021, "T", 3.0, False, 1),
    ]


def test_an_answer_of_changes_withdraws_only_what_it_says(
    connection: duckdb.DuckDBPyConnection, made_up: MadeUpLanding
) -> None:
    made_up.land("first", "data", *FIRST, **ASKED)
    never_seen = data_row("N00002", "1463", 1999, T=None)
    made_up.land(
        "second", "data", [data_row("N00001", "1463", 2020, K=None), never_seen], from_date="2026-01-01", **ASKED
    )
    made_up.land("third", "data", [data_row("N00001", "1463", 2020, K=2.0)], from_date="2026-01-01", **ASKED)
    load_kolada(connection, made_up.landing.folder)
    assert [row for row in values(connection) if row[2] == "K"] == [("N00001", 2020, "K", 2.0, False, 3)]
    assert len(values(connection)) == 5
    assert [row[3:] for row in values(connection, "kolada_values_earlier")] == [(2.0, False, 1), (None, True, 2)]


def test_years_outside_the_question_are_left_alone(
    connection: duckdb.DuckDBPyConnection, made_up: MadeUpLanding
) -> None:
    made_up.land("first", "data", *FIRST, **ASKED)
    made_up.land("second", "data", [data_row("N00002", "1489", 2022, T=4.0)], years=("2022",), **ASKED)
    load_kolada(connection, made_up.landing.folder)
    assert values(connection, "kolada_values_earlier") == []


def test_membership_is_kept_with_the_time_it_was_seen(
    connection: duckdb.DuckDBPyConnection, made_up: MadeUpLanding
) -> None:
    made_up.land("first", "kpi_groups", [group("G2KPI1", "Påhittad", {"N00001": "Påhittat"})])
    made_up.land("first", "municipality_groups", [group("G1", "Påhittad, 2023", {"1463": "Mark", "1489": "Alingsås"})])
    made_up.land("second", "municipality_groups", [group("G1", "Påhittad, 2024", {"1463": "Mark", "1490": "Borås"})])
    load_kolada(connection, made_up.landing.folder)
    assert connection.execute("select group_id, title from raw.kolada_groups order by all").fetchall() == [
        ("G1", "Påhittad, 2024"),
        ("G2KPI1", "Påhittad"),
    ]
    members = "select member_id, is_deleted, batch_no from raw.kolada_group_members where group_id = 'G1' order by all"
    assert connection.execute(members).fetchall() == [("1463", False, 2), ("1489", True, 3), ("1490", False, 3)]


def test_a_damaged_file_is_refused_and_the_others_load(
    connection: duckdb.DuckDBPyConnection, made_up: MadeUpLanding
) -> None:
    damaged = made_up.land("first", "data", FIRST[0], **ASKED)
    made_up.land("first", "data", FIRST[1], **ASKED)
    made_up.landing.file(damaged).write_bytes(b"half")
    result = load_kolada(connection, made_up.landing.folder)
    assert result.loaded == ["0000002.json.gz"]
    assert "is missing or damaged" in result.refused["0000001.json.gz"]


def test_loading_batch_by_batch_gives_the_same_as_all_at_once(
    connection: duckdb.DuckDBPyConnection, made_up: MadeUpLanding
) -> None:
    made_up.land("first", "data", *FIRST, **ASKED)
    load_kolada(connection, made_up.landing.folder)
    made_up.land("second", "data", SECOND, **ASKED)
    load_kolada(connection, made_up.landing.folder)
    with duckdb.connect() as anew:
        load_kolada(anew, made_up.landing.folder)
        for table in ("kolada_values", "kolada_values_earlier"):
            assert values(anew, table) == values(connection, table)
