"""A local Kolada server, and the folder where its figures land."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.kolada.client import KoladaClient, Patience
from ingest.kolada.landing import Landing
from ingest.kolada.load import load_kolada
from ingest.kolada.selection import Selection
from ingest.kolada.sync import SyncResult, synchronise
from tests.support.kolada_server import Kolada

QUICK = Patience(pause=0, time_out=0.3, whole_page=0.6, attempts=3, first_wait=0.01)
EVERYTHING = Selection(kpis=["all"], municipalities=["all"], municipality_groups=["G90001"])
TODAY = dt.datetime.now(tz=dt.UTC).date().isoformat()
FIGURES = "kpi_id, municipality_code, year, gender, value, status, value_count"


@dataclass
class Site:
    """A local Kolada server and a landing folder."""

    kolada: Kolada
    base: str
    folder: Path

    def sync(self, selection: Selection = EVERYTHING, folder: Path | None = None) -> SyncResult:
        landing = Landing(folder or self.folder)
        return synchronise(KoladaClient(self.base, QUICK), landing, selection, [], iter)

    def figures(self, folder: Path | None = None) -> list[tuple[object, ...]]:
        with duckdb.connect() as connection:
            assert not load_kolada(connection, folder or self.folder).refused
            return connection.execute(
                f"select {FIGURES} from raw.kolada_values where not is_deleted order by all"
            ).fetchall()

    def clean(self, tmp_path: Path) -> list[tuple[object, ...]]:
        """The result of a first synchronisation into an empty folder."""
        assert not self.sync(folder=tmp_path / "clean").failed
        return self.figures(tmp_path / "clean")
