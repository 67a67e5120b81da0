"""Outside parts, started once for all tests that need them."""

from collections.abc import Iterator

import psycopg
import pytest
from postgres_server import postgres_server


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Connection string of a superuser of a PostgreSQL server."""
    with postgres_server() as conninfo:
        yield conninfo


@pytest.fixture
def database(server: str, request: pytest.FixtureRequest) -> str:
    """Connection string of the owner, no superuser, of an empty database made for one test."""
    name = f"test_{abs(hash(request.node.name))}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"create role {name} login createrole password 'made up and secret'")
        connection.execute(f"create database {name} owner {name}")
    return server.replace("user=postgres dbname=postgres", f"user={name} dbname={name}")
