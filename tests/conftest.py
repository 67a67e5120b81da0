"""Builds warehouses for the tests, each in a temporary folder, with the command that users run."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.support.installation import PROJECT, TrialInstallation
from tests.support.postgres_server import new_database, postgres_server


@pytest.fixture
def installation(tmp_path: Path) -> TrialInstallation:
    """A copy of the shipped data, with nothing built yet."""
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    return TrialInstallation(data=tmp_path / "data", work=tmp_path / "work")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> TrialInstallation:
    """The shipped data, run once for the whole session."""
    work = tmp_path_factory.mktemp("shipped")
    installation = TrialInstallation(data=PROJECT / "data", work=work)
    run = installation.kommunlager("run")
    assert run.returncode == 0, run.stdout + run.stderr
    return installation


@pytest.fixture
def released(built: TrialInstallation, tmp_path: Path) -> TrialInstallation:
    """A copy of the built installation with its data and release, for tests that change or break things."""
    shutil.copytree(built.work, tmp_path / "work", symlinks=True, ignore=shutil.ignore_patterns("great_expectations"))
    shutil.copytree(built.data, tmp_path / "data")
    return TrialInstallation(data=tmp_path / "data", work=tmp_path / "work")


@pytest.fixture(scope="session")
def warehouse(built: TrialInstallation) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file of the shipped data, read-only."""
    with duckdb.connect(str(built.published), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Connection string of a superuser of a PostgreSQL server."""
    with postgres_server() as conninfo:
        yield conninfo


@pytest.fixture
def database(server: str, request: pytest.FixtureRequest) -> str:
    """Connection string of the owner of an empty database made for one test."""
    return new_database(server, f"test_{abs(hash(request.node.name))}")
