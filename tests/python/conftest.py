"""Builds warehouses for the tests, each in a temporary place, by the same command that people run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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

    def kommunlager(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("KOMMUNLAGER_")},
            "KOMMUNLAGER_DATA": str(self.data),
            "KOMMUNLAGER_WORK": str(self.work),
        }
        command = [sys.executable, "-c", "from kommunlager.cli import main; main()", *words]
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


@pytest.fixture(scope="session")
def warehouse(built: Installation) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file of the shipped data, read-only."""
    with duckdb.connect(str(built.published), read_only=True) as connection:
        yield connection
