"""The folders and files of an installation: the project, its data, and what the main job writes."""

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
        """Everything that can be deleted and built again."""
        return self.work / "build"

    @property
    def database(self) -> Path:
        """The working database, for the pipeline only; the same variable moves it for dbt (profiles.yml)."""
        given = os.environ.get("KOMMUNLAGER_DATABASE")
        return Path(given) if given else self.build / "warehouse.duckdb"

    @property
    def marts(self) -> Path:
        """The models of the marts, with the YAML files that describe and test them."""
        return self.project / "models" / "marts"

    @property
    def municipality_codes(self) -> Path:
        """The seed that names every municipality."""
        return self.project / "seeds" / "municipality_codes.csv"

    @property
    def expected_coverage(self) -> Path:
        """The seed with the expected content of each report's tables; ``kommunlager accept`` writes it."""
        return self.project / "seeds" / "expected_coverage.csv"

    @property
    def open_data_settings(self) -> Path:
        """Who publishes releases as open data, and where."""
        return self.project / "open_data.toml"

    @property
    def labels_to_map(self) -> Path:
        """The list of labels that no seed knows, for a person to fill in; ``kommunlager map`` writes it."""
        return self.work / "labels_to_map.csv"

    @property
    def state(self) -> Path:
        """What can't be recreated: landed files and the history of runs."""
        return self.work / "state"

    @property
    def landed(self) -> Path:
        """Kolada's responses as received."""
        return self.state / "kolada"

    @property
    def last_good(self) -> Path:
        """The input files as last published; a file that is set aside is replaced by its copy here."""
        return self.state / "last_good"

    @property
    def runs(self) -> Path:
        """Records and summaries, one folder per run."""
        return self.state / "runs"

    @property
    def logs(self) -> Path:
        """Logs, one file per run."""
        return self.state / "logs"

    def known_labels(self) -> list[str]:
        """The labels of lines, measures and activities in the seeds."""
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
        """Everything published, one folder per release."""
        return self.work / "releases"

    @property
    def published(self) -> Path:
        """The symlink to the published release."""
        return self.work / "published"


def find_installation() -> Installation:
    """The installation of the project that contains the current folder."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "dbt_project.yml").is_file() and (folder / "ingest").is_dir():
            if "'" in str(folder):
                raise StepFailedError(
                    f"{folder} has an apostrophe in its name, so dbt can't load its seeds. Rename it.", 2
                )
            work = Path(os.environ.get("KOMMUNLAGER_WORK", folder)).resolve()
            data = Path(os.environ.get("KOMMUNLAGER_DATA", folder / "data")).resolve()
            return Installation(project=folder, data=data, work=work)
    raise StepFailedError("This folder is not in a Kommunlager project. Go to the folder with dbt_project.yml.", 2)


def shown(path: Path) -> str:
    """A path as a user would type it here."""
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
