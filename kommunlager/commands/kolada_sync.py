"""Fetches Kolada's figures into ``state/kolada``, for the command ``kolada sync``."""

import csv
import os
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.request import getproxies

import click
import httpx

from ingest.errors import InputRefusedError
from ingest.kolada.client import ClosedError, KoladaClient, NotAnsweredError, Patience
from ingest.kolada.landing import Landing, short
from ingest.kolada.questions import Question
from ingest.kolada.selection import read_selection
from ingest.kolada.shapes import ShapeChangedError
from ingest.kolada.sync import SyncResult, synchronise
from kommunlager.checks.seeds.checks import ready_seeds
from kommunlager.errors import EXIT_DATA_REFUSED, EXIT_NOT_SYNCED, EXIT_WRONG_USE, StepFailedError
from kommunlager.installation import Installation
from kommunlager.runs.output import say

_BASE = "https://api.kolada.se/v3"
_FAILURES_SHOWN = 5
_KEPT = "What was fetched so far is kept. Run `kommunlager kolada sync` again later to continue."


def sync_kolada(installation: Installation, selection: Path, full: bool) -> str:
    """Fetch what the selection file names; returns a report of one line.

    Raises StepFailedError if Kolada does not answer, or its API has changed.
    """
    client = kolada_client()
    try:
        result = synchronise(
            client,
            Landing(installation.landed),
            read_selection(selection),
            _defined_kpis(installation),
            _with_progress,
            full,
        )
    except InputRefusedError as error:
        raise StepFailedError(str(error), EXIT_DATA_REFUSED) from error
    except NotAnsweredError as error:
        message = f"Kolada does not answer at {client.base}: {error}.{_proxy_hint(client.base)}\n{_KEPT}"
        raise StepFailedError(message, EXIT_NOT_SYNCED) from error
    except (ClosedError, ShapeChangedError) as error:
        raise StepFailedError(
            f"Kolada's API has changed, so fetching stopped. {error}\nWhat was fetched before is unchanged.",
            EXIT_NOT_SYNCED,
        ) from error
    return _report(result)


def kolada_client() -> KoladaClient:
    """The client; raises StepFailedError for an unusable environment."""
    base = os.environ.get("KOMMUNLAGER_KOLADA_URL", _BASE)
    if not re.match(r"https?://.", base):
        shown = base.rpartition("@")[2]
        raise StepFailedError(f"KOMMUNLAGER_KOLADA_URL is '{shown}'. Use an address such as {_BASE}.", EXIT_WRONG_USE)
    wait = os.environ.get("KOMMUNLAGER_KOLADA_FIRST_WAIT", "1")
    if not re.fullmatch(r"\d+(\.\d+)?", wait):
        raise StepFailedError(f"KOMMUNLAGER_KOLADA_FIRST_WAIT is '{wait}'. Use a number of seconds.", EXIT_WRONG_USE)
    try:
        patience = Patience(first_wait=float(wait))
        address = httpx.URL(base)
        without_password = str(address.copy_with(userinfo=b""))
        client = KoladaClient(without_password, patience, on_retry=lambda why: say(f"kolada: {why}", to_errors=True))
        if address.userinfo:
            client.log_in(address.username, address.password)
        return client
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        problem = f"The proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY names can't be used ({error})."
        raise StepFailedError(f"{problem} Use one such as http://proxy:8080.", EXIT_WRONG_USE) from error


def _proxy_hint(base: str) -> str:
    """A hint if a proxy is set; its address is not shown, since it may contain a password."""
    is_set = getproxies().get(httpx.URL(base).scheme) or getproxies().get("all")
    return " A proxy is set in the environment: check first whether it answers." if is_set else ""


def _defined_kpis(installation: Installation) -> list[str]:
    ready_seeds(installation)
    with (installation.project / "seeds" / "kpi_definitions.csv").open(encoding="utf-8", newline="") as seed:
        return [row["kpi_id"] for row in csv.DictReader(seed)]


def _with_progress(questions: list[Question]) -> Iterable[Question]:
    with click.progressbar(questions, label="kolada", show_pos=True, file=sys.stderr) as bar:
        yield from bar


def _unknown_ids(what: str, ids: Sequence[str]) -> str:
    """The chosen ids that Kolada lacks, of which the first few are named."""
    shown = ", ".join(ids[:_FAILURES_SHOWN]) + (" …" if len(ids) > _FAILURES_SHOWN else "")
    return f"; {len(ids)} chosen {what} are not in Kolada ({shown}; mart kolada_findings)" if ids else ""


def _report(result: SyncResult) -> str:
    fetched = f"{result.landed} of {result.batches} batches fetched, {result.figures} figures"
    fetched += _unknown_ids("KPIs", result.unknown.kpi_ids) + _unknown_ids("areas", result.unknown.area_ids)
    if not result.failed:
        return f"{fetched}. `kommunlager run` brings them into the marts"
    lines = [f"  - {short(address)}: {problem}" for address, problem in [*result.failed.items()][:_FAILURES_SHOWN]]
    more = len(result.failed) - len(lines)
    lines += [f"  - and {more} more; see `kommunlager kolada status`"] if more else []
    why = "Kolada stopped answering" if result.gave_up else f"{len(result.failed)} batches failed"
    raise StepFailedError("\n".join([f"{why}; {fetched}.", *lines, _KEPT]), EXIT_NOT_SYNCED)
