"""Where things lie: the project, its data, and what the main job writes."""

import csv
import os
from dataclasses import dataclass
from pathlib import Path

from kommunlager.errors import StepFailedError


@dataclass(frozen=True)
class Installation:
    """Folders and files of one installation.

    ``project`` holds the dbt project. ``work`` holds what is written (``build``, ``state``, ``releases``,
    ``published``) and is the project's folder unless KOMMUNLAGER_WORK says otherwise; KOMMUNLAGER_DATA moves ``data``.
    """

    project: Path
    data: Path
    work: Path

    @property
    def build(self) -> Path:
        """Everything that can be thrown away."""
        return self.work / "build"

    @property
    def database(self) -> Path:
        """The working database, for the pipeline alone; the same variable moves it for dbt (profiles.yml)."""
        given = os.environ.get("KOMMUNLAGER_DATABASE")
        return Path(given) if given else self.build / "warehouse.duckdb"

    @property
    def municipality_codes(self) -> Path:
        """The seed that names every municipality."""
        return self.project / "seeds" / "municipality_codes.csv"

    @property
    def expected_coverage(self) -> Path:
        """The seed that says what each report's tables hold; ``kommunlager accept`` writes it."""
        return self.project / "seeds" / "expected_coverage.csv"

    @property
    def state(self) -> Path:
        """What can't be made again: landed files, and the history of runs."""
        return self.work / "state"

    @property
    def landed(self) -> Path:
        """What arrived from Kolada, as received."""
        return self.state / "kolada"

    @property
    def last_good(self) -> Path:
        """The input files as they were last published; a file that is set aside falls back on its copy here."""
        return self.state / "last_good"

    @property
    def runs(self) -> Path:
        """Records and summaries, a folder a run."""
        return self.state / "runs"

    @property
    def logs(self) -> Path:
        """Logs, a file a run."""
        return self.state / "logs"

    def known_labels(self) -> list[str]:
        """The labels of lines, measures and activities that the seeds know from other reports."""
        labels: list[str] = []
        for name in ("budget_line_labels", "measure_labels", "activity_labels"):
            with (self.project / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as seed:
                labels += [row["label"] for row in csv.DictReader(seed)]
        return labels

    def municipality_names(self) -> dict[str, str]:
        """The name of each municipality and region by its code."""
        with self.municipality_codes.open(encoding="utf-8", newline="") as seed:
            return {row["municipality_code"]: row["municipality"] for row in csv.DictReader(seed)}

    @property
    def releases(self) -> Path:
        """What has been published, a folder a release."""
        return self.work / "releases"

    @property
    def published(self) -> Path:
        """The symlink to the release that people read."""
        return self.work / "published"


def find_installation() -> Installation:
    """The places of the project that the current folder lies in."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "dbt_project.yml").is_file() and (folder / "ingest").is_dir():
            if "'" in str(folder):
                raise StepFailedError(f"{folder} has an apostrophe, which dbt can't load seeds from. Rename it.", 2)
            work = Path(os.environ.get("KOMMUNLAGER_WORK", folder)).resolve()
            data = Path(os.environ.get("KOMMUNLAGER_DATA", folder / "data")).resolve()
            return Installation(project=folder, data=data, work=work)
    raise StepFailedError("This folder is not in a Kommunlager project. Change to the folder with dbt_project.yml.", 2)


def shown(path: Path) -> str:
    """A path as a person would type it here."""
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
