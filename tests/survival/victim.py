"""The installation that the faults strike, and what must hold after each of them."""

import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import duckdb

from tests.support.installation import WITHOUT_SITE, TrialInstallation
from tests.support.kolada_contents import made_up_kpi
from tests.support.kolada_server import Figure, Kolada
from tests.support.kolada_site import TODAY

SELECTION = 'kpis = ["all"]\nmunicipalities = ["all"]\n'
# A run without dbt and checks; missing marts are those of the first release.
_QUICK = (
    WITHOUT_SITE
    + """
import duckdb
import kommunlager.steps as steps

def build(places, *_):
    with duckdb.connect(str(places.database)) as connection:
        connection.execute("attach '{marts}' as earlier (read_only); create schema if not exists marts")
        tables = "select table_name from duckdb_tables() where database_name = 'earlier' and table_name != 'release'"
        for (name,) in connection.execute(tables).fetchall():
            connection.execute(f'create table if not exists marts."{{name}}" as from earlier.marts."{{name}}"')
    return 0

steps.build_models = build
steps.check_raw = steps.check_marts = lambda places: steps.CheckResult(data_docs=places.build)
"""
)


def small_kolada() -> Kolada:
    """A made-up Kolada of one data question, in several pages."""
    kpis, areas = ("N00001", "N00002"), ("1463", "1489", "1882")
    return Kolada(
        kpis=[made_up_kpi(kpi) for kpi in kpis],
        municipalities=[{"id": area, "title": f"Påhittad {area}", "type": "K"} for area in areas],
        figures={
            (kpi, area, year, "T"): Figure(float(int(area) + year))
            for kpi in kpis
            for area in areas
            for year in (2022, 2023)
        },
        municipality_groups=[
            {"id": "G90001", "title": "Påhittad", "members": [{"member_id": areas[0], "member_title": "x"}]}
        ],
        kpi_groups=[{"id": "G2KPI1", "title": "Påhittad", "members": [{"member_id": kpis[0], "member_title": "x"}]}],
        page_size=5,
    )


@dataclass(frozen=True)
class Victim(TrialInstallation):
    """An installation beside a Kolada server, on a disk of its own if ``disk`` is one."""

    kolada: Kolada = field(default_factory=small_kolada)
    marts: Path = Path()
    disk: Path | None = None

    @property
    def quick(self) -> str:
        """For ``before``: a run without its long steps."""
        return _QUICK.format(marts=self.marts)

    def do(self, *words: str, **more: Any) -> str:
        """Run a command without its long steps; returns its exit code and all that it said."""
        process = self.start(*words, before=self.quick, **more)
        out, err = process.communicate()
        return said(subprocess.CompletedProcess(process.args, process.returncode, out, err))

    def run(self) -> str:
        """A night."""
        return self.do("run")

    def sync(self) -> str:
        """Fetch from Kolada."""
        return self.do("kolada", "sync", "--select", str(self.data / "selection.toml"))

    def revise(self, chance: Random) -> None:
        """Kolada revises a figure."""
        key = chance.choice(sorted(self.kolada.figures))
        self.kolada.figures[key] = Figure(float(chance.randrange(10_000)), changed_on=TODAY)

    def records(self) -> list[Path]:
        """The records of all runs, the latest last."""
        return sorted((self.work / "state" / "runs").glob("*/run.json"))

    def batches(self) -> set[str]:
        """The files fetched from Kolada, also those that were set aside."""
        return {path.name[:7] for path in (self.work / "state" / "kolada" / "batches").glob("*.json.gz*")}

    def recorded(self) -> set[str]:
        """The runs that have a record, also those whose record was set aside."""
        return {path.parent.name for path in (self.work / "state" / "runs").glob("*/run.json*")}

    def unlike_kolada(self) -> list[str]:
        """How the loaded figures differ from those that Kolada has, after a sync and a run."""
        query = "select kpi_id, municipality_code, year, gender, value from raw.kolada_values where not is_deleted"
        with duckdb.connect(str(self.working_database), read_only=True) as connection:
            loaded = {*connection.execute(query).fetchall()}
        figures = self.kolada.figures.items()
        served = {(*key, figure.value) for key, figure in figures if not figure.is_deleted}
        return [] if loaded == served else [f"{len(loaded ^ served)} figures differ from Kolada's"]

    def torn(self) -> list[str]:
        """What is wrong with the published release: every file whole, every mart there, one release everywhere."""
        try:
            self.assert_whole()
            manifest = json.loads((self.work / "published" / "release.json").read_text())
            rows = {name: self.query(f'select count(*) from marts."{name}"')[0][0] for name in manifest["rows"]}
            assert rows == manifest["rows"]
            assert "budget_deviations" in rows
            parquet = self.work / "published" / "parquet" / "release.parquet"
            releases = {self.run_id, *(run_id for (run_id,) in self.query("select run_id from marts.release"))}
            assert releases == {*(run_id for (run_id,) in self.query(f"select run_id from '{parquet}'"))}
        except (AssertionError, OSError, ValueError, duckdb.Error) as error:
            return [f"not whole: {type(error).__name__}: {error}"[:300]]
        return []


def said(process: subprocess.CompletedProcess[str]) -> str:
    """The exit code of a command, and all that it said."""
    return f"exit {process.returncode}\n{process.stdout}{process.stderr}"


def fill(disk: Path, left: int) -> Path:
    """Fill a disk but for ``left`` bytes; returns the file that does so."""
    filler = disk / "filler"
    space = os.statvfs(disk)
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, space.f_bavail * space.f_frsize - left))
    return filler
