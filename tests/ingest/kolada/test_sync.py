"""Synchronising with a Kolada that misbehaves: what it returned is complete, and the next sync fetches the rest."""

import codecs
import datetime as dt
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest

from ingest.kolada.batches import Batches
from ingest.kolada.client import ClosedError, KoladaClient, NotAnsweredError
from ingest.kolada.landing import FAILED, RUN_ENDED, Landing
from ingest.kolada.questions import Question, Unknown
from ingest.kolada.selection import Selection
from ingest.kolada.shapes import ShapeChangedError
from ingest.kolada.sync import synchronise
from tests.support.kolada_contents import made_up_kolada
from tests.support.kolada_server import Fault, Figure, Handler, Kolada, alter, answer, break_off, drip, served, wait
from tests.support.kolada_site import EVERYTHING, QUICK, TODAY, Site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    kolada = made_up_kolada()
    with served(kolada) as base:
        yield Site(kolada, base, tmp_path / "kolada")


def revise_what_was_given(handler: Handler, _: bytes) -> bool:
    """Between page 1 and page 2 a figure of page 1 is revised."""
    handler.kolada.figures["N00001", "1000", 2022, "T"] = Figure(-1.0, changed_on=TODAY)
    return False


def push_rows_down(handler: Handler, _: bytes) -> bool:
    """Between page 1 and page 2 a new row comes in before both, so that page 2 repeats the last row of page 1."""
    handler.kolada.figures["N00001", "1000", 2001, "T"] = Figure(7.0, changed_on=TODAY)
    handler.send(*handler._answer(handler.path.split("?")[0], {"page": "2"}))
    return True


def first_page_again(handler: Handler, _: bytes) -> bool:
    status, body = handler._answer(handler.path.split("?")[0], {})
    page = {**json.loads(body), "next_url": None}
    handler.send(status, json.dumps(page).encode())
    return True


def circle(body: bytes) -> bytes:
    page = json.loads(body)
    return json.dumps({**page, "next_url": "?page=2"}).encode()


def link_to(address: str) -> Callable[[bytes], bytes]:
    return lambda body: json.dumps({**json.loads(body), "next_url": address}).encode()


# 20 kB that unpack to 20 MB, and less than a kilobyte that does so in one step.
BOMB = gzip.compress(b" " * 20_000_000)
BOMB_IN_A_BOMB = gzip.compress(BOMB)


def bomb(handler: Handler, _: bytes) -> bool:
    handler.send(200, BOMB, {"Content-Encoding": "gzip"})
    return True


def bomb_in_a_bomb(handler: Handler, _: bytes) -> bool:
    handler.send(200, BOMB_IN_A_BOMB, {"Content-Encoding": "gzip, gzip"})
    return True


def endless(handler: Handler, _: bytes) -> bool:
    """A body without an announced length that doesn't end."""
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    with suppress(OSError):
        for _ in range(10_000):
            handler.wfile.write(b" " * 1_000_000)
    return True


def soon() -> str:
    return format_datetime(dt.datetime.now(tz=dt.UTC))


PASSING = {
    "time-out": Fault("/data", wait(0.5)),
    "429 that names its wait": Fault("/data", answer(429, {"Retry-After": "0"}), times=2),
    "429 that names a time of day": Fault("/data", answer(429, {"Retry-After": soon()}), times=2),
    "429 that names nothing": Fault("/data", answer(429), times=2),
    "500 twice": Fault("/data", answer(500), times=2),
    "truncated JSON": Fault("page=2", alter(lambda body: body[:-40])),
    "a body that breaks off": Fault("/data", break_off),
    "a slow drip": Fault("/data", drip),
    "a page with rows missing": Fault("page=2", alter(lambda body: body.replace(b'"count": 40', b'"count": 41'))),
    "the first page twice": Fault("page=2", first_page_again),
    "pages in a circle": Fault("page=3", alter(circle)),
    "a row that comes in between pages": Fault("page=2", push_rows_down),
    "a figure revised between pages": Fault("page=2", revise_what_was_given),
    "429 that names no date": Fault("/data", answer(429, {"Retry-After": "snart"}), times=2),
    "429 that names a date beyond all": Fault("/data", answer(429, {"Retry-After": "Sat, 28 Nov 99999 06:00:00 GMT"})),
    "429 that names a date without a zone": Fault("/data", answer(429, {"Retry-After": "Wed, 01 Jan 2020 06:00:00"})),
    "bad gzip": Fault("/data", answer(200, {"Content-Encoding": "gzip"}, b"no gzip")),
    "another packing": Fault("/data", answer(200, {"Content-Encoding": "br"}, b"?")),
    "a link that is not an address": Fault("page=2", alter(link_to("http://[::1"))),
    "a link with a port beyond all": Fault("page=2", alter(link_to("http://127.0.0.1:999999/v3"))),
    "a link to nowhere": Fault("page=2", alter(link_to("/v3/nowhere"))),
    "a next page that is missing": Fault("page=2", answer(404)),
    "a next page that has moved": Fault("page=2", answer(302, {"Location": "/login"})),
    "a gzip bomb": Fault("/data", bomb),
    "a bomb in a bomb": Fault("/data", bomb_in_a_bomb),
    "an endless body": Fault("/data", endless),
    "a byte order mark": Fault("/data", alter(lambda body: codecs.BOM_UTF8 + body)),
    "an answer to another question": Fault("/data", alter(lambda body: body.replace(b'"1001"', b'"9999"'))),
}


@pytest.mark.parametrize("name", PASSING)
def test_a_passing_fault_leaves_no_trace(site: Site, tmp_path: Path, name: str) -> None:
    fault = PASSING[name]
    site.kolada.faults.append(Fault(fault.where, fault.act, fault.times))
    assert not site.sync().failed
    assert site.kolada.faults[0].times == 0
    assert not site.sync().failed
    assert site.figures() == site.clean(tmp_path)


LASTING: dict[str, tuple[str, Callable[[Handler, bytes], bool], str]] = {
    "500": ("N00030/municipality/1000", answer(500, body=b"oj"), "Kolada answered 500 oj"),
    "422": ("N00030/municipality/1000", answer(422, body=b"too many"), "refused the request with 422 too many"),
    "time-out": ("N00030/municipality/1000", wait(0.4), "the response was cut off"),
    "pages in a circle": ("page=2", alter(circle), "the pages link back to"),
    "the first page twice": ("page=2", first_page_again, "the pages contain N0"),
    "429 that names no date": ("N00030/municipality/1000", answer(429, {"Retry-After": "snart"}), "answered 429"),
    "bad gzip": (
        "N00030/municipality/1000",
        answer(200, {"Content-Encoding": "gzip"}, b"no gzip"),
        "can't be unpacked",
    ),
    "another packing": ("N00030/municipality/1000", answer(200, {"Content-Encoding": "br"}, b"?"), "is packed as br"),
    "a link that is not an address": ("page=2", alter(link_to("http://[::1")), "is not an address: http://[::1"),
    "a next page that is missing": ("page=2", answer(404), "the next page is missing"),
    "a gzip bomb": ("N00030/municipality/1000", bomb, "larger than 16 MB"),
    "a bomb in a bomb": ("N00030/municipality/1000", bomb_in_a_bomb, "is packed as gzip, gzip"),
    "an endless body": ("N00030/municipality/1000", endless, "larger than 16 MB"),
}


@pytest.mark.parametrize("name", LASTING)
def test_a_lasting_fault_is_a_visible_gap_until_it_is_fixed(site: Site, tmp_path: Path, name: str) -> None:
    where, act, problem = LASTING[name]
    site.kolada.faults.append(Fault(where, act, times=1000))
    result = site.sync()
    assert result.failed
    assert all(problem in said for said in result.failed.values())
    assert {entry.problem for entry in Landing(site.folder).entries if entry.status == FAILED}
    site.kolada.faults.clear()
    assert not site.sync().failed
    assert site.figures() == site.clean(tmp_path)


ENDING: dict[str, tuple[Callable[[Handler, bytes], bool], type[Exception], str]] = {
    "410": (answer(410, body=b'{"error": "use /v4"}'), ClosedError, "answered 410 Gone"),
    "404": (answer(404), ClosedError, "answered 404 Not Found"),
    "moved": (answer(301, {"Location": "http://127.0.0.1/v4"}), ClosedError, "http://127.0.0.1/v4"),
    "a field renamed": (
        alter(lambda body: body.replace(b'"municipality"', b'"area"')),
        ShapeChangedError,
        "municipality: Field required, found kpi, area, period, values",
    ),
    "a number that is a text": (
        alter(lambda body: body.replace(b'"period": 2022', b'"period": "2022"')),
        ShapeChangedError,
        "values.0.period: Input should be a valid number",
    ),
}


@pytest.mark.parametrize("name", ENDING)
def test_a_kolada_that_has_changed_stops_everything(site: Site, tmp_path: Path, name: str) -> None:
    act, error, said = ENDING[name]
    site.kolada.faults.append(Fault("N00030/municipality/1000", act, times=1))
    with pytest.raises(error, match=said.replace(".", r"\.")):
        site.sync()
    asked = len(site.kolada.asked)
    landed = {entry.address for entry in Landing(site.folder).landed()}
    assert landed
    assert not site.sync().failed
    assert not landed & {path.removeprefix("/v3") for path in site.kolada.asked[asked:]}
    assert site.figures() == site.clean(tmp_path)


def test_no_question_asks_for_more_than_kolada_takes(site: Site) -> None:
    site.sync()
    for path in site.kolada.asked:
        assert all(part.count(",") < 25 for part in path.split("/"))


def test_relative_links_are_followed(site: Site, tmp_path: Path) -> None:
    site.kolada.relative_links = True
    site.sync()
    assert len(site.figures()) == len(site.kolada.figures)


def test_every_value_status_and_gender_arrives_as_it_is(site: Site) -> None:
    site.sync()
    expected = sorted(
        (*key, figure.value, figure.status, int(figure.value is not None))
        for key, figure in site.kolada.figures.items()
        if figure.value is not None
    )
    figures = site.figures()
    assert [row for row in figures if row[4] is not None] == expected
    assert [row[:6] for row in figures if row[4] is None] == [("N00001", "1000", 2023, "K", None, "Missing")]


def test_later_times_ask_only_for_changes(site: Site, tmp_path: Path) -> None:
    site.sync()
    figures = site.kolada.figures
    figures["N00002", "1001", 2022, "T"] = Figure(2.5, changed_on=TODAY)
    figures["N00002", "1001", 2024, "T"] = Figure(3.5, changed_on=TODAY)
    figures["N00003", "1001", 2022, "K"] = Figure(None, changed_on=TODAY, is_deleted=True)
    asked = len(site.kolada.asked)
    result = site.sync()
    assert result.figures == 3
    assert all("from_date=" in path for path in site.kolada.asked[asked:] if "/data/" in path)
    assert site.figures() == site.clean(tmp_path)


def test_a_new_kpi_is_asked_for_in_full_and_moves_no_other(site: Site, tmp_path: Path) -> None:
    first = Selection(kpis=["N00002", "N00030"], municipalities=["all"])
    site.sync(first)
    asked = len(site.kolada.asked)
    site.sync(Selection(kpis=["N00001", "N00002", "N00030"], municipalities=["all"]))
    in_full = [path for path in site.kolada.asked[asked:] if "/data/" in path and "from_date" not in path]
    assert in_full
    assert all("/kpi/N00001/" in path for path in in_full)


def test_an_interrupted_run_resumes_where_it_stopped(site: Site, tmp_path: Path) -> None:
    """The process is killed while a batch is half fetched; whole batches are not fetched again."""
    site.kolada.faults.append(Fault("N00030/municipality/1000", wait(30), times=1))
    code = (
        "import sys; from pathlib import Path; from ingest.kolada.client import KoladaClient, Patience;"
        " from ingest.kolada.landing import Landing; from ingest.kolada.selection import Selection;"
        " from ingest.kolada.sync import synchronise;"
        " synchronise(KoladaClient(sys.argv[1], Patience(pause=0)), Landing(Path(sys.argv[2])),"
        " Selection(kpis=['all'], municipalities=['all'], municipality_groups=['G90001']), [], iter)"
    )
    with subprocess.Popen([sys.executable, "-c", code, site.base, str(site.folder)]) as process:
        while site.kolada.faults[0].times:
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
    with (site.folder / "manifest.jsonl").open("a") as manifest:
        manifest.write('{"batch_no": 6, "run_id": "half a li')
    (site.folder / "batches" / ".0000006.json.gz.unfinished").write_bytes(b"half")
    landed = {entry.address for entry in Landing(site.folder).landed()}
    assert landed
    assert site.figures(), "what had landed before the kill can't be loaded"
    asked = len(site.kolada.asked)
    assert not site.sync().failed
    assert not landed & {path.removeprefix("/v3") for path in site.kolada.asked[asked:]}
    assert site.figures() == site.clean(tmp_path)


def test_an_answer_that_is_suddenly_empty_is_no_news(site: Site, tmp_path: Path) -> None:
    site.sync()
    kept, site.kolada.figures = site.kolada.figures, {}
    before = site.figures()
    result = synchronise(KoladaClient(site.base, QUICK), Landing(site.folder), EVERYTHING, [], iter, in_full=True)
    assert any("300 of 300 figures are gone" in problem for problem in result.failed.values())
    assert site.figures() == before
    site.kolada.figures = kept
    assert not site.sync().failed
    assert site.figures() == before == site.clean(tmp_path)


def test_a_short_answer_that_another_run_gets_too_is_believed(site: Site) -> None:
    site.sync()
    site.kolada.figures = {}
    for _ in range(3):  # three batches that fail one after another end a run; there are six
        landing = Landing(site.folder)
        result = synchronise(KoladaClient(site.base, QUICK), landing, EVERYTHING, [], iter, in_full=True)
        Batches(KoladaClient(site.base), landing, landing.entries[-1].run_id).note(Question(RUN_ENDED), RUN_ENDED)
    assert not result.failed
    assert site.figures() == []


def delete_all(kolada: Kolada) -> None:
    for key in kolada.figures:
        kolada.figures[key] = Figure(None, changed_on=TODAY, is_deleted=True)


def test_changes_that_delete_all_are_believed_when_another_run_gets_them_too(site: Site) -> None:
    site.sync()
    before = site.figures()
    delete_all(site.kolada)
    for _ in range(2):  # three batches that fail one after another end a run; there are six
        assert site.figures() == before
        result = site.sync()
        assert set(result.failed.values()) <= {
            f"{count} of {count} figures are gone; believed if the next sync gets the same"
            for count in (300, 150, 30, 60)
        }
        end_run(site)
    for _ in range(2):
        result = site.sync()
        end_run(site)
    assert not result.failed
    assert site.figures() == []
    assert not site.sync().failed, "deletions that were believed are doubted again"


def test_changes_that_delete_all_for_once_are_never_believed(site: Site, tmp_path: Path) -> None:
    site.sync()
    kept = dict(site.kolada.figures)
    delete_all(site.kolada)
    assert site.sync().failed
    end_run(site)
    site.kolada.figures = kept
    assert not site.sync().failed
    assert site.figures() == site.clean(tmp_path)


def end_run(site: Site) -> None:
    """Let the next sync be another run, as on the next night."""
    landing = Landing(site.folder)
    Batches(KoladaClient(site.base), landing, landing.entries[-1].run_id).note(Question(RUN_ENDED), RUN_ENDED)


def test_a_list_that_is_suddenly_short_is_doubted(site: Site, tmp_path: Path) -> None:
    site.sync()
    kept, site.kolada.kpis = site.kolada.kpis, site.kolada.kpis[:10]
    with pytest.raises(NotAnsweredError, match="20 of 30 rows are gone"):
        site.sync()
    site.kolada.kpis = kept
    assert not site.sync().failed
    assert site.figures() == site.clean(tmp_path)


def test_ids_that_kolada_lacks_are_reported_and_not_requested(site: Site) -> None:
    chosen = Selection(
        kpis=["N99999", "N00001"], municipalities=["1000", "9999"], municipality_groups=["G90001", "G99999"]
    )
    result = site.sync(chosen)
    assert result.unknown == Unknown(kpi_ids=["N99999"], area_ids=["9999", "G99999"])
    assert [path for path in site.kolada.asked if "/data/" in path] == [
        "/v3/data/kpi/N00001/municipality/1000",
        "/v3/data/kpi/N00001/municipality/G90001",
    ]


def test_kpi_groups_and_years_can_be_chosen(site: Site) -> None:
    site.sync(Selection(kpi_groups=["G2KPI1"], municipalities=["1000"], years=[2023]))
    assert [path for path in site.kolada.asked if "/data/" in path] == [
        "/v3/data/kpi/N00001/municipality/1000/year/2023"
    ]


def test_without_a_connection_nothing_is_lost(site: Site, tmp_path: Path) -> None:
    site.sync()
    before = site.figures()
    with pytest.raises(NotAnsweredError, match="no connection"):
        synchronise(KoladaClient("http://127.0.0.1:9/v3", QUICK), Landing(site.folder), EVERYTHING, [], iter)
    assert site.figures() == before


@pytest.mark.parametrize(
    ("path", "status", "rows"),
    [
        (f"/data/kpi/{','.join(f'N{number:05}' for number in range(26))}/municipality/1000", 422, None),
        ("/kpi?per_page=5001", 422, None),
        ("/data?municipality=1000&kpi=N00001", 200, 0),
        ("/data/kpi/N99999/municipality/1000", 200, 0),
        ("/data/kpi/N00001/municipality/1000/year/2022", 200, 1),
        ("/nothing", 404, None),
    ],
)
def test_the_made_up_server_has_v3_s_limits(site: Site, path: str, status: int, rows: int | None) -> None:
    said = httpx.get(site.base + path)
    assert said.status_code == status
    if rows is not None:
        assert said.json()["count"] == len(said.json()["values"]) == rows


class Killed(BaseException):
    """The process is gone at this moment."""


def killed_after(requests: int) -> Callable[[float], None]:
    """A pause between requests that ends the process instead, after some of them."""
    left = iter(range(requests))

    def pause(seconds: float) -> None:
        if next(left, None) is None:
            raise Killed
        time.sleep(seconds)

    return pause


def revise_at_random(kolada: Kolada, chance: random.Random) -> None:
    for key in chance.sample(sorted(kolada.figures), 5):
        is_deleted = chance.random() < 0.2
        value = None if is_deleted else float(chance.randrange(1000))
        kolada.figures[key] = Figure(value, changed_on=TODAY, is_deleted=is_deleted)


@pytest.mark.parametrize("seed", range(2))
def test_nights_of_faults_kills_and_revisions_end_as_a_clean_load(site: Site, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    acts = [(fault.where, fault.act) for fault in PASSING.values()] + [
        (where, act) for where, act, _ in LASTING.values()
    ]
    for _ in range(8):
        revise_at_random(site.kolada, chance)
        chosen = chance.sample(acts, 3)
        site.kolada.faults = [Fault(where, act, chance.choice([1, 2, 5])) for where, act in chosen]
        pause = killed_after(chance.randrange(5, 60)) if chance.random() < 0.5 else time.sleep
        with suppress(NotAnsweredError, ClosedError, Killed):
            synchronise(KoladaClient(site.base, QUICK, pause), Landing(site.folder), EVERYTHING, [], iter)
        end_run(site)
        site.figures()
    site.kolada.faults = []
    assert not site.sync().failed
    assert site.figures() == site.clean(tmp_path)
