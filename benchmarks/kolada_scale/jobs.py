"""Parts of the job, each in its own process: ``python -m benchmarks.kolada_scale.jobs NAME WORK``."""

import dataclasses
import datetime as dt
import json
import sys
from pathlib import Path

from benchmarks.kolada_scale.installation import MARTS
from benchmarks.kolada_scale.made_up_kolada import MadeUpKolada
from benchmarks.kolada_scale.questions import ask_about_key_figures
from ingest.kolada.landing import Landing
from ingest.kolada.load import load_kolada
from ingest.workbook.reader import read_workbook
from kommunlager.building.partial_build import may_build_touched_only, note_build
from kommunlager.duckdb_files import connect
from kommunlager.inputs.working_database import working_database
from kommunlager.installation import find_installation
from kommunlager.publishing.warehouse_file import write_parquet, write_warehouse


def land(work: Path, figures: str, night: str) -> None:
    """Land the first synchronisation (night 0) or a later one, and record what arrived."""
    installation = find_installation()
    reports = [read_workbook(path).municipality_code for path in sorted((installation.data / "reports").glob("*.xlsx"))]
    kolada = MadeUpKolada(int(figures), installation.municipality_codes, sorted(set(reports)))
    landing = Landing(installation.landed)
    landed = kolada.land_night(landing, int(night)) if int(night) else kolada.land_all(landing)
    (work / f"night_{night}.json").write_text(json.dumps(dataclasses.asdict(landed)))


def load(work: Path) -> None:
    installation = find_installation()
    with working_database(installation) as connection:
        load_kolada(connection, installation.landed)


def note(work: Path, built: str) -> None:
    note_build(find_installation(), only_touched=built == "touched")


def see_that_touched_is_enough(work: Path) -> None:
    if not may_build_touched_only(find_installation()):
        sys.exit("everything would be rebuilt")


def questions(work: Path) -> None:
    answered = ask_about_key_figures(work / "release" / "warehouse.duckdb")
    (work / "answered.json").write_text(json.dumps([dataclasses.asdict(answer) for answer in answered]))


def copy(work: Path) -> None:
    release = work / "release"
    release.mkdir(exist_ok=True)
    target = release / "warehouse.duckdb"
    target.unlink(missing_ok=True)
    here = find_installation()
    write_warehouse(here.database, target, "made_up", dt.datetime(2026, 1, 1, tzinfo=dt.UTC), here.marts)


def differences(work: Path, other: str) -> None:
    """The rows of each mart in the working database, and how many of them, or of ``other``'s, have no equal there."""
    with connect(find_installation().database, read_only=True) as connection:
        connection.execute(f"attach '{other}' as other (read_only)")
        found = {}
        for mart in MARTS:
            here, there = f"from marts.{mart}", f"from other.marts.{mart}"
            query = f"select (select count(*) {here}), (select count(*) from ({here} except all {there})) + (select"
            found[mart] = connection.execute(f"{query} count(*) from ({there} except all {here}))").fetchone()
    (work / "differences.json").write_text(json.dumps(found))


def parquet(work: Path) -> None:
    write_parquet(work / "release" / "warehouse.duckdb", work / "release" / "parquet")


if __name__ == "__main__":
    jobs = (land, load, note, see_that_touched_is_enough, copy, parquet, questions, differences)
    {job.__name__: job for job in jobs}[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
