"""A clock that was wrong hides no revision: later syncs still get what Kolada has."""

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.kolada.landing import RUN_ENDED, SELECTED, Entry, Landing
from ingest.kolada.questions import Question
from tests.support.kolada_contents import made_up_kolada
from tests.support.kolada_server import Figure, served
from tests.support.kolada_site import TODAY, Site

YEAR = 365 * 86_400
NOW = f"{TODAY}T00:00:00Z"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    kolada = made_up_kolada()
    with served(kolada) as base:
        yield Site(kolada, base, tmp_path / "kolada")


def revise(site: Site, value: float, changed_on: str = TODAY) -> None:
    site.kolada.figures["N00001", "1000", 2022, "T"] = Figure(value, changed_on=changed_on)


def data_requests(site: Site, since: int) -> list[str]:
    return [path for path in site.kolada.asked[since:] if "/data/" in path]


def test_batches_are_dated_by_the_server(site: Site) -> None:
    site.kolada.clock = lambda: time.time() - YEAR
    site.sync()
    year_ago = dt.datetime.now(tz=dt.UTC) - dt.timedelta(seconds=YEAR)
    for entry in Landing(site.folder).landed():
        assert abs(dt.datetime.fromisoformat(entry.fetched_at) - year_ago) < dt.timedelta(minutes=5)


def test_a_clock_that_was_ahead_once_hides_no_revision(site: Site, tmp_path: Path) -> None:
    site.sync()
    site.kolada.clock = lambda: time.time() + 10 * YEAR
    revise(site, 1.5)
    assert not site.sync().failed
    site.kolada.clock = time.time
    revise(site, 2.5)
    asked = len(site.kolada.asked)
    assert not site.sync().failed
    days = [path.partition("from_date=")[2] for path in data_requests(site, asked)]
    assert all("2000-01-01" < day[:10] < TODAY for day in days)
    assert site.figures() == site.clean(tmp_path)


def test_what_was_only_asked_by_a_clock_ahead_is_asked_in_full(site: Site, tmp_path: Path) -> None:
    site.kolada.clock = lambda: time.time() + 10 * YEAR
    site.sync()
    site.kolada.clock = time.time
    revise(site, 2.5, changed_on="2020-02-02")
    asked = len(site.kolada.asked)
    assert not site.sync().failed
    assert not any("from_date" in path for path in data_requests(site, asked))
    assert site.figures() == site.clean(tmp_path)


def test_everything_is_due_after_ninety_syncs_whatever_the_clock_says(site: Site, tmp_path: Path) -> None:
    site.sync()
    revise(site, 2.5, changed_on="2020-02-02")
    note_syncs(site, 89)
    assert site.sync().figures == 0
    assert site.sync().figures == len(site.kolada.figures)
    assert site.figures() == site.clean(tmp_path)


def note_syncs(site: Site, count: int) -> None:
    landing = Landing(site.folder)
    for number in range(count):
        run_id = f"{TODAY}T{number // 60:02}:{number % 60:02}:00Z"
        landing.note(Entry(landing.next_batch_no, run_id, SELECTED, Question(SELECTED).address, SELECTED, NOW))
    landing.note(Entry(landing.next_batch_no, NOW, RUN_ENDED, "/run_ended", RUN_ENDED, NOW))


def test_a_run_that_began_in_the_future_is_not_resumed(site: Site, tmp_path: Path) -> None:
    site.sync()
    landing = Landing(site.folder)
    later = (dt.datetime.now(tz=dt.UTC) + dt.timedelta(days=400)).isoformat()
    open_run = [replace(entry, run_id=later) for entry in landing.entries if entry.kind != RUN_ENDED]
    landing.keep_only(open_run)
    revise(site, 2.5)
    assert not site.sync().failed
    assert site.figures() == site.clean(tmp_path)
