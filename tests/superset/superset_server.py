"""A real Apache Superset for the tests, in its own environment, on the loopback address."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.support.free_port import free_port
from tests.support.installation import PROJECT

_PROGRAM = PROJECT / ".venv-superset" / "bin" / "superset"
_LOGIN = {"username": "made_up_admin", "password": "made up and secret"}
# Everything else is Superset's default; it calls DuckDB files unsafe, since they are on its own machine.
_CONFIGURATION = """
SECRET_KEY = "made up and long enough for Superset"
SQLALCHEMY_DATABASE_URI = "{own_database}"
PREVENT_UNSAFE_DB_CONNECTIONS = False
"""
_SECONDS_TO_START = 120


class Superset:
    """What a BI developer does through the REST API; any answer but success is an AssertionError."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http
        token = self._ask("POST", "security/login", json={**_LOGIN, "provider": "db"})["access_token"]
        http.headers["Authorization"] = f"Bearer {token}"
        http.headers["X-CSRFToken"] = self._ask("GET", "security/csrf_token/")["result"]

    def add_database(self, name: str, uri: str) -> int:
        """The id of a new database connection."""
        return int(self._ask("POST", "database/", json={"database_name": name, "sqlalchemy_uri": uri})["id"])

    def tables(self, database: int) -> set[str]:
        """The tables of schema ``marts`` that a developer may choose from."""
        listed = self._ask("GET", f"database/{database}/tables/", params={"q": "(schema_name:marts)"})["result"]
        return {table["value"] for table in listed}

    def add_dataset(self, database: int, name: str, sql: str | None = None) -> int:
        """The id of a new dataset: a mart, or a question in SQL."""
        body = {"database": database, "schema": "marts", "table_name": name}
        return int(self._ask("POST", "dataset/", json=body if sql is None else {**body, "sql": sql})["id"])

    def descriptions(self, dataset: int) -> dict[str, str | None]:
        """What the dataset says of each of its columns."""
        columns = self._ask("GET", f"dataset/{dataset}")["result"]["columns"]
        return {column["column_name"]: column["description"] for column in columns}

    def chart(self, dataset: int, columns: list[str], metrics: dict[str, str], where: str = "") -> list[dict[str, Any]]:
        """The rows behind a chart: ``metrics`` (name and SQL) by ``columns``; ``where`` is a filter in SQL."""
        wanted = [{"expressionType": "SQL", "sqlExpression": sql, "label": name} for name, sql in metrics.items()]
        query = {"columns": columns, "metrics": wanted, "extras": {"where": where}, "row_limit": 1000}
        body = {"datasource": {"id": dataset, "type": "table"}, "queries": [query]}
        [answer] = self._ask("POST", "chart/data", json=body)["result"]
        return list(answer["data"])

    def _ask(self, method: str, path: str, **more: Any) -> Any:
        answer = self._http.request(method, f"/api/v1/{path}", **more)
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text}"
        return answer.json()


@contextmanager
def superset(folder: Path, own_database: str) -> Iterator[Superset]:
    """Superset as a new user sets it up, with nothing connected; it keeps its own things in ``own_database``."""
    assert _PROGRAM.exists(), f"{_PROGRAM} is missing; make test-superset sets it up"
    configuration = folder / "superset_config.py"
    configuration.write_text(_CONFIGURATION.format(own_database=own_database))
    environment = {**os.environ, "SUPERSET_CONFIG_PATH": str(configuration), "SUPERSET_HOME": str(folder)}
    environment |= {"FLASK_APP": "superset", "PYTHONDONTWRITEBYTECODE": ""}
    admin = ["--firstname", "Made", "--lastname", "Up", "--email", "made.up@example.org"]
    admin += ["--username", _LOGIN["username"], "--password", _LOGIN["password"]]
    with (folder / "superset.log").open("w") as log:

        def start(*words: str) -> subprocess.Popen[bytes]:
            return subprocess.Popen([_PROGRAM, *words], env=environment, cwd=folder, stdout=log, stderr=log)

        for words in (["db", "upgrade"], ["fab", "create-admin", *admin], ["init"]):
            assert start(*words).wait() == 0, (folder / "superset.log").read_text()[-3000:]
        port = free_port()
        server = start("run", "-h", "127.0.0.1", "-p", str(port), "--with-threads")
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as http:
                _wait_for(http, server)
                yield Superset(http)
        finally:
            server.terminate()
            server.wait()


def _wait_for(http: httpx.Client, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        try:
            if http.get("/health").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.5)
    raise AssertionError(f"Superset did not start within {_SECONDS_TO_START} seconds")
