"""An installation in its own folder with shipped and made-up reports, and its commands, measured one by one."""

import json
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.asking import Answered
from benchmarks.measured import KOMMUNLAGER, PROJECT, Measured, measure
from benchmarks.report_scale.made_up import REPORTS_OF_A_SET, MadeUpReport
from kommunlager.errors import EXIT_NOTHING_NEW, EXIT_OK


@dataclass(frozen=True)
class BenchInstallation:
    """``folder`` holds its data and working folders."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def work(self) -> Path:
        return self.folder / "work"

    @property
    def build(self) -> Path:
        return self.work / "build"

    @property
    def database(self) -> Path:
        return self.build / "warehouse.duckdb"

    def write_reports(self, count: int) -> None:
        """The shipped input, and made-up reports until there are this many."""
        shutil.copytree(PROJECT / "data", self.data)
        for number in range(REPORTS_OF_A_SET, count):
            MadeUpReport(number).write(self.data / "reports")

    def add_report(self, number: int) -> None:
        MadeUpReport(number).write(self.data / "reports")

    def change_a_figure(self, number: int) -> None:
        MadeUpReport(number).write(self.data / "reports", changed_figures=1)

    def kommunlager(self, *words: str) -> Measured:
        """A command; a run with nothing to do counts as done."""
        return measure([*KOMMUNLAGER, *words], self._environment, allowed=(EXIT_OK, EXIT_NOTHING_NEW))

    def job(self, name: str) -> Measured:
        """One of the jobs of this package."""
        return measure(
            [sys.executable, "-m", "benchmarks.report_scale.jobs", name, str(self.folder)], self._environment
        )

    def result_of(self, job: str) -> Any:
        """What a job has written down."""
        return json.loads((self.folder / f"{job}.json").read_text())

    def answered(self) -> list[Answered]:
        return [Answered(**answer) for answer in self.result_of("ask")]

    def seconds_of_steps(self) -> dict[str, float]:
        """Wall seconds of each step of the latest run."""
        records = sorted((self.work / "state" / "runs").glob("*/run.json"))
        steps = json.loads(records[-1].read_text())["steps"]
        return {step["step"]: step["seconds"] for step in steps}

    def published_mib(self) -> dict[str, float]:
        """The size of each part of the release."""
        release = (self.work / "published").resolve()
        return {part.name: _mib(part) for part in sorted(release.iterdir())}

    @property
    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "KOMMUNLAGER_WORK": str(self.work),
            "KOMMUNLAGER_DATA": str(self.data),
            "KOMMUNLAGER_DATABASE": str(self.database),
        }


def _mib(path: Path) -> float:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file()) / (1024 * 1024)
