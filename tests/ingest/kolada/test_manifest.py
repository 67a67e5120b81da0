"""A year of nights leaves a short manifest that has lost no information and still shows every gap."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from ingest.kolada.client import KoladaClient
from ingest.kolada.landing import FAILED, LANDED, Landing, landing_lines
from ingest.kolada.load import load_kolada
from ingest.kolada.sync import synchronise
from tests.support.kolada_contents import made_up_kolada
from tests.support.kolada_server import Fault, Figure, Kolada, answer, served
from tests.support.kolada_site import EVERYTHING, FIGURES, QUICK, TODAY, Site

REVISED = ("N00001", "1000", 2022, "T")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    kolada = made_up_kolada()
    with served(kolada) as base:
        site = Site(kolada, base, tmp_path / "kolada")
        assert not site.sync().failed
        yield site


def data_entries(site: Site) -> int:
    return sum(entry.kind == "data" and entry.status == LANDED for entry in Landing(site.folder).entries)


def files(site: Site) -> int:
    return len(list((site.folder / "batches").iterdir()))


def revise(kolada: Kolada, value: float) -> None:
    kolada.figures[REVISED] = replace(kolada.figures[REVISED], value=value, changed_on=TODAY)


def versions(site: Site) -> list[tuple[float]]:
    """All versions of one figure."""
    with duckdb.connect() as connection:
        assert not load_kolada(connection, site.folder).refused
        return connection.execute(
            "select value from (from raw.kolada_values_earlier union all by name from raw.kolada_values)"
            " where (kpi_id, municipality_code, year, gender) = ($1, $2, $3, $4) order by batch_no",
            list(REVISED),
        ).fetchall()


def test_nights_without_news_add_next_to_nothing(site: Site, tmp_path: Path) -> None:
    assert not site.sync().failed
    first_night = data_entries(site), files(site)
    for _ in range(4):
        assert not site.sync().failed
    assert (data_entries(site), files(site)) == first_night
    assert site.figures() == site.clean(tmp_path)


def test_news_that_kolada_repeats_for_weeks_is_kept_once(site: Site, tmp_path: Path) -> None:
    revise(site.kolada, 55.5)
    site.sync()
    first_night = data_entries(site), files(site)
    for _ in range(4):
        site.sync()
    # One line says when the news came, one when the question was last asked.
    assert (data_entries(site), files(site)) == (first_night[0] + 1, first_night[1])
    assert site.figures() == site.clean(tmp_path)


def test_a_figure_that_turns_back_keeps_its_history(site: Site) -> None:
    old = site.kolada.figures[REVISED].value
    assert old is not None
    for value in (55.5, 55.5, old, old, 55.5, 55.5):
        revise(site.kolada, value)
        assert not site.sync().failed
    assert versions(site) == [(old,), (55.5,), (old,), (55.5,)]


def test_figures_turned_back_are_seen_by_asking_for_everything(site: Site) -> None:
    old = site.kolada.figures[REVISED]
    assert old.value is not None
    revise(site.kolada, 55.5)
    site.sync()
    site.kolada.figures[REVISED] = old
    for _ in range(2):
        client = KoladaClient(site.base, QUICK)
        assert not synchronise(client, Landing(site.folder), EVERYTHING, [], iter, in_full=True).failed
    assert versions(site) == [(old.value,), (55.5,), (old.value,)]


def test_a_hole_shows_until_it_is_filled(site: Site) -> None:
    site.kolada.faults.append(Fault("/data", answer(422), times=1))
    site.kolada.figures["N00001", "1000", 2020, "T"] = Figure(1.5, changed_on=TODAY)
    assert site.sync().failed
    assert any("failed" in line for line in landing_lines(Landing(site.folder)))
    for _ in range(2):
        assert not site.sync().failed
    assert not any("failed" in line for line in landing_lines(Landing(site.folder)))
    assert not any(entry.status == FAILED for entry in Landing(site.folder).entries)


def test_what_the_manifest_drops_goes_from_the_register(site: Site) -> None:
    with duckdb.connect() as connection:
        for _ in range(3):
            site.sync()
            load_kolada(connection, site.folder)
        registered = connection.execute("select batch_no from raw.kolada_batches order by 1").fetchall()
    assert registered == [(entry.batch_no,) for entry in Landing(site.folder).entries]


@pytest.mark.parametrize("line", [1, 5, -2, -1])
def test_a_lost_line_is_set_aside_and_everything_is_fetched_again(site: Site, tmp_path: Path, line: int) -> None:
    manifest = Landing(site.folder).manifest
    lines = manifest.read_bytes().splitlines(keepends=True)
    lost, lines[line] = lines[line], b"made up\n"
    manifest.write_bytes(b"".join(lines))
    last = len(list((site.folder / "batches").iterdir()))
    before = {path.name: path.read_bytes() for path in (site.folder / "batches").iterdir()}

    landing = Landing(site.folder)
    assert [*landing.unreadable.values()] == ["it is damaged: not JSON"]
    assert any("unreadable line" in shown for shown in landing_lines(landing))
    message = landing.set_aside_unreadable()
    assert message is not None
    assert f"1 of {len(lines)} lines" in message
    assert Landing(site.folder).set_aside_unreadable() is None
    assert (site.folder / "manifest.jsonl.unreadable").read_bytes() == b"made up\n"

    assert not site.sync().failed
    assert site.figures() == site.clean(tmp_path)
    assert not Landing(site.folder).has_lost_lines
    after = {path.name: path.read_bytes() for path in (site.folder / "batches").iterdir()}
    assert before.items() <= after.items(), (last, lost)


def test_lines_of_a_later_version_keep_what_only_it_knows(site: Site) -> None:
    manifest = Landing(site.folder).manifest
    lines = [line.replace(b"{", b'{"is_new": true, ', 1) for line in manifest.read_bytes().splitlines(keepends=True)]
    manifest.write_bytes(b"".join([*lines, b"made up\n"]))
    landing = Landing(site.folder)
    assert len(landing.entries) == len(lines)
    landing.set_aside_unreadable()
    assert manifest.read_bytes().startswith(b"".join(lines))


def test_a_repeated_number_is_unreadable(site: Site) -> None:
    manifest = Landing(site.folder).manifest
    line = manifest.read_bytes().splitlines(keepends=True)[-1]
    with manifest.open("ab") as file:
        file.write(line)
    assert ["it repeats batch" in reason for reason in Landing(site.folder).unreadable.values()] == [True]


def test_other_batches_under_the_same_numbers_replace_those_that_were_loaded(site: Site, tmp_path: Path) -> None:
    """As when the folder was emptied, and everything fetched anew, beside a database that had been loaded before."""
    with duckdb.connect() as connection:
        load_kolada(connection, site.folder)
        revise(site.kolada, 55.5)
        shutil.rmtree(site.folder)
        assert not site.sync().failed
        load_kolada(connection, site.folder)
        loaded = connection.execute(f"select {FIGURES} from raw.kolada_values where not is_deleted order by all")
        assert loaded.fetchall() == site.clean(tmp_path)


def test_figures_whose_line_was_lost_stay_until_they_are_fetched_again(site: Site) -> None:
    with duckdb.connect() as connection:
        load_kolada(connection, site.folder)
        count = "select count(*) from raw.kolada_values inner join raw.kolada_batches using (batch_no)"
        before = connection.execute(count).fetchone()
        manifest = Landing(site.folder).manifest
        manifest.write_bytes(manifest.read_bytes().replace(b'"kind": "data"', b'"kind": 0'))
        Landing(site.folder).set_aside_unreadable()
        load_kolada(connection, site.folder)
        assert connection.execute(count).fetchone() == before
