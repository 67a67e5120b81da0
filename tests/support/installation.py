"""A separate installation for a test, and the command run in it as a user would."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

PROJECT = Path(__file__).resolve().parents[2]

# For ``before``: releases without the site, whose charts take seconds to draw.
WITHOUT_SITE = "import kommunlager.publishing.new_release as release; release._build_site = lambda *_: None\n"
# For ``before``: a run that only publishes, as if the other steps had been done.
ONLY_PUBLISH = WITHOUT_SITE + "import kommunlager.steps as steps; steps.ALL_STEPS = steps.ALL_STEPS[-1:]\n"


@dataclass(frozen=True)
class TrialInstallation:
    """Data and working folders of one test, separate from the project's own, and further environment variables."""

    data: Path
    work: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def published(self) -> Path:
        return self.work / "published" / "warehouse.duckdb"

    @property
    def run_id(self) -> str:
        """The run whose release is published."""
        return (self.work / "published").resolve().name

    @property
    def working_database(self) -> Path:
        return self.work / "build" / "warehouse.duckdb"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a command: this installation's folders, and none of the developer's own variables."""
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("KOMMUNLAGER_")},
            "KOMMUNLAGER_DATA": str(self.data),
            "KOMMUNLAGER_WORK": str(self.work),
            **self.settings,
        }

    def start(self, *words: str, before: str = "", **more: Any) -> subprocess.Popen[str]:
        """Start a command; ``before`` is Python that its process runs first, to make something fail there."""
        command = [sys.executable, "-c", f"{before}\nfrom kommunlager.cli import main; main()", *words]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, cwd=PROJECT, env=self.environment, **streams, **more)

    def kommunlager(self, *words: str, before: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        process = replace(self, settings={**self.settings, **variables}).start(*words, before=before)
        out, err = process.communicate()
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def publish(self) -> subprocess.CompletedProcess[str]:
        """Publish another release, without a site."""
        return self.kommunlager("publish", before=WITHOUT_SITE)

    def dbt(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run dbt as users and schedulers do, at the root of the project."""
        environment = {**os.environ, **self.settings, "KOMMUNLAGER_DATABASE": str(self.working_database)}
        command = [sys.executable, "-c", "from dbt.cli.main import cli; cli()", "--no-use-colors", *words]
        command += ["--target-path", str(self.work / "target")]
        return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)

    def query(self, sql: str) -> list[tuple[object, ...]]:
        with duckdb.connect(str(self.published), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def assert_whole(self) -> None:
        """Check that ``published`` has everything in its manifest, byte for byte."""
        published = self.work / "published"
        manifest = json.loads((published / "release.json").read_text())
        assert manifest["run_id"] == self.run_id
        found = {path.relative_to(published).as_posix() for path in published.rglob("*") if path.is_file()}
        assert found == {*manifest["files"], "release.json"}
        for name, facts in manifest["files"].items():
            assert hashlib.sha256((published / name).read_bytes()).hexdigest() == facts["sha256"], name

    def runs(self) -> list[dict[str, Any]]:
        """The records of all runs, the latest last."""
        return [json.loads(path.read_text()) for path in sorted((self.work / "state" / "runs").glob("*/run.json"))]
