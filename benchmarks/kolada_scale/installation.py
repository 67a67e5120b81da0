"""An installation in its own folder, and the parts of its job as commands that are measured one by one."""

import json
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.asking import Answered
from benchmarks.measured import DBT, KOMMUNLAGER, PROJECT, Measured, measure
from kommunlager.building.partial_build import ONLY_TOUCHED

_VIEWS_AND_LISTS = ("stg_kolada__*", "int_kpis", "int_kolada_areas", "int_kolada_touched", "int_kpi_coverage")
MARTS = (
    "key_figures",
    "key_figure_revisions",
    "key_figure_changes",
    "key_figure_comparisons",
    "key_figure_group_comparisons",
    "municipality_groups",
    "kpis",
    "kolada_findings",
    "reported_vs_kolada",
)
_NO_UNIT_TESTS = ("--exclude-resource-type", "unit_test")


@dataclass(frozen=True)
class Installation:
    """``work`` holds the landed files, the working database and dbt's compiled models; the shipped data is loaded."""

    work: Path

    @property
    def landed(self) -> Path:
        return self.work / "state" / "kolada"

    @property
    def database(self) -> Path:
        return self.work / "build" / "warehouse.duckdb"

    @property
    def release(self) -> Path:
        """The published DuckDB file."""
        return self.work / "release" / "warehouse.duckdb"

    @property
    def compiled(self) -> Path:
        """Where dbt leaves the bare SQL of the models."""
        return self.work / "build" / "target" / "compiled" / "kommunlager" / "models"

    def set_up(self) -> None:
        """Load and build the shipped reports without any Kolada figures."""
        measure([*KOMMUNLAGER, "ingest"], self._environment)
        measure([*KOMMUNLAGER, "build"], self._environment)

    def land(self, figures: int, night: int) -> int:
        """Land a made-up synchronisation of this many figures, all of them on night 0; returns how many arrived."""
        self._job("land", str(figures), str(night))
        landed = json.loads((self.work / f"night_{night}.json").read_text())
        return int(landed["figures"])

    def load(self) -> Measured:
        return self._job("load")

    def load_by_duckdb_alone(self) -> Measured:
        return measure(
            [sys.executable, "-m", "benchmarks.kolada_scale.floor", "load", str(self.work)], self._environment
        )

    def build_marts_by_duckdb_alone(self) -> Measured:
        return measure(
            [sys.executable, "-m", "benchmarks.kolada_scale.floor", "marts", str(self.work)], self._environment
        )

    def build_marts(self) -> Measured:
        """Build all marts and record that they are complete, as `kommunlager build` does."""
        measured = self._dbt("run", _VIEWS_AND_LISTS + MARTS)
        self._job("note", "everything")
        return measured

    def test_marts(self) -> Measured:
        return self._dbt("test", MARTS, *_NO_UNIT_TESTS)

    def build_touched_marts(self) -> Measured:
        """Build the changed parts after a night, as `kommunlager build` does if that is enough."""
        self._job("see_that_touched_is_enough")
        measured = self._dbt("run", _VIEWS_AND_LISTS + MARTS, surroundings=ONLY_TOUCHED)
        self._job("note", "touched")
        return measured

    def test_touched_marts(self) -> Measured:
        return self._dbt("test", MARTS, *_NO_UNIT_TESTS, surroundings=ONLY_TOUCHED)

    def differences_from_a_whole_build(self) -> tuple[int, int]:
        """Build everything again; returns the number of the marts' rows and of those that differed before."""
        before = self.work / "before.duckdb"
        shutil.copy(self.database, before)
        self.build_marts()
        self._job("differences", str(before))
        before.unlink()
        counts = json.loads((self.work / "differences.json").read_text()).values()
        return sum(rows for rows, _ in counts), sum(differing for _, differing in counts)

    def do_it_with_pandas(self) -> Measured:
        return measure([sys.executable, "-m", "benchmarks.kolada_scale.with_pandas", str(self.work)], self._environment)

    def copy_release(self) -> Measured:
        return self._job("copy")

    def write_parquet(self) -> Measured:
        return self._job("parquet")

    def ask(self) -> list[Answered]:
        self._job("questions")
        return [Answered(**answer) for answer in json.loads((self.work / "answered.json").read_text())]

    def _job(self, name: str, *words: str) -> Measured:
        return measure(
            [sys.executable, "-m", "benchmarks.kolada_scale.jobs", name, str(self.work), *words], self._environment
        )

    def _dbt(
        self, verb: str, models: tuple[str, ...], *options: str, surroundings: Mapping[str, str] | None = None
    ) -> Measured:
        places = ["--target-path", str(self.work / "build" / "target"), "--log-path", str(self.work / "build" / "logs")]
        return measure(
            [*DBT, "--quiet", verb, "--select", *models, *options, *places],
            {**self._environment, **(surroundings or {})},
        )

    @property
    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "KOMMUNLAGER_WORK": str(self.work),
            "KOMMUNLAGER_DATA": str(PROJECT / "data"),
            "KOMMUNLAGER_DATABASE": str(self.database),
        }
