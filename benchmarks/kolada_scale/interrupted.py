"""Tests that a synchronisation that is killed repeatedly has the same result as an undisturbed one.

Usage: python -m benchmarks.kolada_scale.interrupted 10 for ten million made-up figures. They are
landed, and a local server serves them page by page. A full synchronisation from it is killed three times on its way and
resumed; both are loaded, and all figures compared.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import click
import duckdb

from benchmarks.kolada_scale.made_up_kolada import MadeUpKolada
from ingest.kolada.client import KoladaClient, Patience
from ingest.kolada.landing import Landing
from ingest.kolada.load import load_kolada
from ingest.kolada.selection import Selection
from ingest.kolada.sync import synchronise
from kommunlager.duckdb_files import duckdb_config
from kommunlager.installation import find_installation

_KILLS = 3
_FACTS = "kpi_id, municipality_code, year, gender, value, status, value_count, is_deleted"
_KPI_GROUPS = {"id": "G2KPI90001", "title": "Påhittad", "members": []}


class _Handler(BaseHTTPRequestHandler):
    """Serves the landed pages of an address, one at a time."""

    landing: Landing

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        address, _, number = self.path.removeprefix("/v3").partition("?made_up_page=")
        entry = self.landing.last_landed(address)
        pages = list(self.landing.pages(entry)) if entry else [{"values": [_KPI_GROUPS], "count": 1}]
        place = int(number or 0)
        following = f"{asked.path}?{urlencode({'made_up_page': place + 1})}" if place + 1 < len(pages) else None
        body = json.dumps(pages[place] | {"next_url": following, "previous_url": None}).encode()
        with suppress(ConnectionError):  # The client has been killed.
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Discard thousands of lines."""


@contextmanager
def served(landing: Landing) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("LandedHandler", (_Handler,), {"landing": landing}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v3"
    server.shutdown()


def synchronise_all(base: str, folder: str) -> None:
    """Without pauses, since the server is local."""
    selection = Selection(kpis=["all"], municipalities=["all"], municipality_groups=["all"])
    synchronise(KoladaClient(base, Patience(pause=0)), Landing(Path(folder)), selection, [], iter)


def kill_and_go_on(base: str, folder: Path, questions: int) -> None:
    for part in range(1, _KILLS + 1):
        process = _started(base, folder)
        while process.poll() is None and _lines(folder) < part * questions // (_KILLS + 1):
            time.sleep(0.02)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        click.echo(f"killed after {_lines(folder)} of {questions} answers", err=True)
    if _started(base, folder).wait() != 0:
        sys.exit("the resumed synchronisation failed")


def _started(base: str, folder: Path) -> subprocess.Popen[bytes]:
    code = "import sys; from benchmarks.kolada_scale.interrupted import synchronise_all; synchronise_all(*sys.argv[1:])"
    return subprocess.Popen([sys.executable, "-c", code, base, str(folder)])


def _lines(folder: Path) -> int:
    manifest = folder / "manifest.jsonl"
    return manifest.read_bytes().count(b"\n") if manifest.exists() else 0


def figures_that_differ(work: Path) -> tuple[int, int]:
    """Load both folders; returns the number of figures, and of those in either that are missing in the other."""
    with duckdb.connect(str(work / "loaded.duckdb"), config=duckdb_config()) as connection:
        for name in ("in_peace", "killed"):
            if load_kolada(connection, work / name).refused:
                sys.exit(f"a file of {name} was refused")
            connection.execute(f"create table {name} as select {_FACTS} from raw.kolada_values")
            connection.execute("drop schema raw cascade")
        return connection.execute(
            "select (select count(*) from in_peace), (select count(*) from (from in_peace except all from killed))"
            " + (select count(*) from (from killed except all from in_peace))"
        ).fetchall()[0]


@click.command()
@click.argument("millions", type=int)
def main(millions: int) -> None:
    with tempfile.TemporaryDirectory(dir=os.environ.get("KOMMUNLAGER_WORK")) as name:
        work, reports = Path(name), ["1463", "1489", "1882"]
        landing = Landing(work / "in_peace")
        MadeUpKolada(millions * 1_000_000, find_installation().municipality_codes, reports).land_all(landing)
        with served(landing) as base:
            kill_and_go_on(base, work / "killed", len(landing.entries))
        figures, differing = figures_that_differ(work)
        are_equal = "yes" if figures and not differing else "NO"
        click.echo(f"killed {_KILLS} times equals left in peace: {are_equal}, {figures} figures, {differing} differ")


if __name__ == "__main__":
    main()
