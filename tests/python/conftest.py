"""Builds warehouses for the tests, each in a temporary place, by the same command that people run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Installation:
    """Data and working folders of one test, apart from the project's own."""

    data: Path
    work: Path

    @property
    def published(self) -> Path:
        return self.work / "published" / "warehouse.duckdb"

    @property
    def working_database(self) -> Path:
        return self.work / "build" / "warehouse.duckdb"

    @property
    def environment(self) -> dict[str, str]:
        """The surroundings of a command: this installation's places, and nothing of the developer's own."""
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("KOMMUNLAGER_")},
            "KOMMUNLAGER_DATA": str(self.data),
            "KOMMUNLAGER_WORK": str(self.work),
        }

    def start(
        self, *words: str, before: str = "", variables: Mapping[str, str] | None = None, **more: Any
    ) -> subprocess.Popen[str]:
        """Begin a command; ``before`` is Python that its process runs first, to make something go wrong there."""
        command = [sys.executable, "-c", f"{before}\nfrom kommunlager.cli import main; main()", *words]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, cwd=PROJECT, env={**self.environment, **(variables or {})}, **streams, **more)

    def kommunlager(self, *words: str, before: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        process = self.start(*words, before=before, variables=variables)
        out, err = process.communicate()
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def dbt(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run dbt as people and schedulers do, at the root of the project."""
        environment = {**os.environ, "KOMMUNLAGER_DATABASE": str(self.working_database)}
        command = [sys.executable, "-c", "from dbt.cli.main import cli; cli()", "--no-use-colors", *words]
        command += ["--target-path", str(self.work / "target")]
        return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)

    def query(self, sql: str) -> list[tuple[object, ...]]:
        with duckdb.connect(str(self.published), read_only=True) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """A copy of the shipped data, with nothing built yet."""
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    return Installation(data=tmp_path / "data", work=tmp_path / "work")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The shipped data, run once for the whole session."""
    work = tmp_path_factory.mktemp("shipped")
    installation = Installation(data=PROJECT / "data", work=work)
    run = installation.kommunlager("run")
    assert run.returncode == 0, run.stdout + run.stderr
    return installation


@pytest.fixture
def released(built: Installation, tmp_path: Path) -> Installation:
    """A copy of the built installation with its release, for tests that break things."""
    shutil.copytree(built.work, tmp_path / "work", symlinks=True, ignore=shutil.ignore_patterns("great_expectations"))
    return Installation(data=built.data, work=tmp_path / "work")


@pytest.fixture(scope="session")
def warehouse(built: Installation) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file of the shipped data, read-only."""
    with duckdb.connect(str(built.published), read_only=True) as connection:
        yield connection
