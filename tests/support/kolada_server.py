"""A local Kolada server on 127.0.0.1: API v3's shapes and limits, and faults on demand."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Json = dict[str, Any]
Key = tuple[str, str, int, str]
LONG_AGO = "2020-01-01"
MOST_IDS = 25
MOST_ROWS = 5000


@dataclass
class Figure:
    value: float | None
    status: str = ""
    changed_on: str = LONG_AGO
    is_deleted: bool = False


@dataclass
class Fault:
    """What the server does instead of answering the first ``times`` questions whose address contains ``where``."""

    where: str
    act: Callable[["Handler", bytes], bool]
    times: int = 1


@dataclass
class Kolada:
    """The content of Kolada, its page size, and the requests that it received."""

    kpis: list[Json]
    municipalities: list[Json]
    figures: dict[Key, Figure]
    municipality_groups: list[Json] = field(default_factory=list)
    kpi_groups: list[Json] = field(default_factory=list)
    page_size: int = MOST_ROWS
    relative_links: bool = False
    faults: list[Fault] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    clock: Callable[[], float] = time.time

    def rows(self, path: str, from_date: str | None) -> list[Json] | None:
        """The whole response for a path; None for an address that v3 doesn't have."""
        lists = {
            "/v3/kpi": self.kpis,
            "/v3/municipality": self.municipalities,
            "/v3/municipality_groups": self.municipality_groups,
            "/v3/kpi_groups": self.kpi_groups,
        }
        if path in lists:
            return lists[path]
        found = re.fullmatch(r"/v3/data/kpi/([^/]+)/municipality/([^/]+)(?:/year/([^/]+))?", path)
        if found is None:
            return None
        kpis, areas, years = ((ids or "").split(",") for ids in found.groups())
        return self._data_rows(set(kpis), set(areas), set(years) - {""}, from_date)

    def _data_rows(self, kpis: set[str], areas: set[str], years: set[str], from_date: str | None) -> list[Json]:
        rows: dict[tuple[str, str, int], list[Json]] = {}
        for (kpi, area, year, gender), figure in sorted(self.figures.items(), key=lambda item: item[0], reverse=True):
            wanted = kpi in kpis and area in areas and (not years or str(year) in years)
            if wanted and (figure.changed_on >= from_date if from_date else not figure.is_deleted):
                rows.setdefault((kpi, area, year), []).append(
                    {
                        "gender": gender,
                        "count": int(figure.value is not None),
                        "status": figure.status,
                        "value": figure.value,
                        "isdeleted": figure.is_deleted,
                    }
                )
        return [
            {"kpi": kpi, "municipality": area, "period": year, "values": values}
            for (kpi, area, year), values in sorted(rows.items())
        ]


class Handler(BaseHTTPRequestHandler):
    """Answers as v3 does, one page at a time."""

    kolada: Kolada

    def do_GET(self) -> None:
        self.kolada.asked.append(self.path)
        address = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        status, body = self._answer(address.path, query)
        for fault in self.kolada.faults:
            if fault.times > 0 and fault.where in self.path:
                fault.times -= 1
                if fault.act(self, body):
                    return
        self.send(status, body)

    def _answer(self, path: str, query: dict[str, str]) -> tuple[int, bytes]:
        page, per_page = int(query.get("page", 1)), int(query.get("per_page", self.kolada.page_size))
        too_many = [part for part in path.split("/") if part.count(",") >= MOST_IDS]
        if too_many or per_page > MOST_ROWS:
            return 422, json.dumps({"detail": [{"type": "too_long", "msg": f"at most {MOST_IDS}"}]}).encode()
        if path in ("/v3/data", "/v3/data/"):
            return 200, self._page(path, [], 1, per_page)
        rows = self.kolada.rows(path, query.get("from_date"))
        if rows is None:
            return 404, b'{"detail":"Not Found"}'
        return 200, self._page(path, rows, page, per_page, query.get("from_date"))

    def _page(self, path: str, rows: list[Json], page: int, per_page: int, from_date: str | None = None) -> bytes:
        shown = rows[(page - 1) * per_page : page * per_page]
        more = len(rows) > page * per_page
        since = f"&from_date={from_date}" if from_date else ""
        host = "" if self.kolada.relative_links else f"http://{self.headers['Host']}"
        link = f"{host}{path}?page={page + 1}{since}" if more else None
        return json.dumps({"values": shown, "count": len(shown), "next_url": link, "previous_url": None}).encode()

    def send(self, status: int, body: bytes, headers: dict[str, str] | None = None, length: int | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string(self.kolada.clock() if timestamp is None else timestamp)

    def log_message(self, *_: object) -> None:
        """Tests need no log."""


@contextmanager
def served(kolada: Kolada) -> Iterator[str]:
    """The base address of a server that holds ``kolada``, on a free port."""
    handler = type("KoladaHandler", (Handler,), {"kolada": kolada})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v3"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(status: int, headers: dict[str, str] | None = None, body: bytes = b"") -> Callable[[Handler, bytes], bool]:
    def act(handler: Handler, _: bytes) -> bool:
        handler.send(status, body, headers)
        return True

    return act


def wait(seconds: float) -> Callable[[Handler, bytes], bool]:
    def act(handler: Handler, body: bytes) -> bool:
        time.sleep(seconds)
        handler.close_connection = True
        return True

    return act


def alter(change: Callable[[bytes], bytes]) -> Callable[[Handler, bytes], bool]:
    """Answers 200 with the right body changed."""

    def act(handler: Handler, body: bytes) -> bool:
        handler.send(200, change(body))
        return True

    return act


def break_off(handler: Handler, body: bytes) -> bool:
    """Promises the whole body and sends half."""
    handler.send(200, body[: len(body) // 2], length=len(body))
    handler.close_connection = True
    return True


def drip(handler: Handler, body: bytes) -> bool:
    """Sends a byte now and then: never a time-out, never an end."""
    handler.send(200, b"", length=len(body))
    for byte in body:
        try:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
        except OSError:
            break
        time.sleep(0.05)
    return True
