"""Landed batches become schema raw: the latest version of each figure, and its earlier versions."""

import math
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from ingest.kolada.landing import LANDED, Entry, Landing, pack
from ingest.kolada.load import load_kolada
from ingest.kolada.raw_tables import create_kolada_tables
from ingest.kolada.shapes import read_page
from tests.support.landed_pages import BEGAN, MadeUpLanding, data_row, group, page

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


# Each number that is out of range, and the figure of the made-up batch that holds it.
OUT_OF_RANGE = {
    "a period of 2^31": ("period", "2147483648", ("year", 2147483648.0)),
    "a period of -5": ("period", "-5", ("year", -5.0)),
    "a period of 1e999": ("period", "1e999", ("year", math.inf)),
    "half a year": ("period", "2020.5", ("year", 2020.5)),
    "a count of 2^31": ("count", "2147483648", ("value_count", 2147483648.0)),
    "a count of -1": ("count", "-1", ("value_count", -1.0)),
    "a value of 1e999": ("value", "1e999", ("value", math.inf)),
    "a value of -1e999": ("value", "-1e999", ("value", -math.inf)),
    "a value that is not a number": ("value", "NaN", ("value", math.nan)),
}


def land_as_received(made_up: MadeUpLanding, run_id: str, body: bytes, **asked: object) -> None:
    """Land a page that the client accepts, byte for byte."""
    rows = read_page("data", body).rows
    number = made_up.landing.next_batch_no
    figures = sum(len(row["values"]) for row in rows)
    made_up.landing.land(
        Entry(
            number,
            BEGAN[run_id],
            "data",
            f"/made_up/{number}",
            LANDED,
            "2026-01-01T00:00:00Z",
            figures=figures,
            **asked,
        ),
        pack([body]),
    )


def spoilt(name: str, number: str) -> bytes:
    """The first made-up page, in which one number of its only row for N00001 is another."""
    good = page(FIRST[0] + FIRST[1])
    return re.sub(rf'"{name}": [^,}}]+'.encode(), f'"{name}": {number}'.encode(), good, count=1)


def refused(connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return connection.execute(
        "select kpi_id, municipality_code, problem, found from raw.kolada_refused_figures order by all"
    ).fetchall()


@pytest.mark.parametrize("is_first", [True, False], ids=["first load", "later load"])
@pytest.mark.parametrize("case", OUT_OF_RANGE)
def test_a_number_out_of_range_is_refused_by_row(
    connection: duckdb.DuckDBPyConnection, made_up: MadeUpLanding, case: str, is_first: bool
) -> None:
    create_kolada_tables(connection)
    name, number, noted = OUT_OF_RANGE[case]
    if not is_first:
        made_up.land("first", "data", *FIRST, **ASKED)
        load_kolada(connection, made_up.landing.folder)
    before = values(connection)
    land_as_received(made_up, "second", spoilt(name, number), **ASKED)
    assert not load_kolada(connection, made_up.landing.folder).refused
    found = refused(connection)
    assert {(kpi, area, problem) for kpi, area, problem, _ in found} == {("N00001", "1463", noted[0])}
    assert str(found[0][3]) == str(noted[1])
    arrived = values(connection)
    # The year is shared by a row's three figures; a row without a plausible year withdraws what a full response lacks.
    assert len(found) == (3 if noted[0] == "year" else 1)
    if is_first:
        assert len(arrived) == 5 - len(found)
    elif noted[0] != "year":
        assert arrived == before

    land_as_received(made_up, "third", page(FIRST[0] + FIRST[1]), **ASKED)
    load_kolada(connection, made_up.landing.folder)
    assert refused(connection) == []
    assert [row[:5] for row in values(connection)] == [
        ("N00001", 2020, "K", 2.0, False),
        ("N00001", 2020, "M", 1.0, False),
        ("N00001", 2020, "T", 1.5, False),
        ("N00002", 2021, "T", 3.0, False),
        ("N00002", 2022, "T", 4.0, False),
    ]


def test_a_figure_out_of_range_is_forgotten_when_a_change_corrects_it(
    connection: duckdb.DuckDBPyConnection, made_up: MadeUpLanding
) -> None:
    land_as_received(made_up, "first", spoilt("count", "2147483648"), **ASKED)
    load_kolada(connection, made_up.landing.folder)
    another = page([data_row("N00002", "1489", 2022, T=4.5)])
    land_as_received(made_up, "second", another, from_date="2026-01-01", **ASKED)
    load_kolada(connection, made_up.landing.folder)
    assert len(refused(connection)) == 1
    corrected = page([data_row("N00001", "1463", 2020, T=1.5)])
    land_as_received(made_up, "third", corrected, from_date="2026-01-01", **ASKED)
    load_kolada(connection, made_up.landing.folder)
    assert refused(connection) == []
    assert ("N00001", 2020, "T", 1.5, False, 3) in values(connection)


def test_a_batch_that_cannot_be_read_is_refused_alone(
    connection: duckdb.DuckDBPyConnection, made_up: MadeUpLanding
) -> None:
    made_up.land("first", "data", FIRST[0], **ASKED)
    bad = Entry(2, BEGAN["first"], "data", "/made_up/2", LANDED, "2026-01-01T00:00:00Z", **ASKED)
    made_up.landing.land(bad, pack([b'{"values": [{"kpi": "N0']))
    for _ in range(2):
        result = load_kolada(connection, made_up.landing.folder)
        assert list(result.refused) == ["0000002.json.gz"]
        assert "can't be read" in result.refused["0000002.json.gz"]
        assert len(values(connection)) == 3
