"""A real PostgreSQL server for the tests: Debian's, on the loopback address, in a folder that is removed afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.support.free_port import free_port

_USER = "postgres"


@contextmanager
def postgres_server() -> Iterator[str]:
    """The connection string of a superuser of a fresh server. Root runs it as the user of Debian's package."""
    binaries = _newest_binaries()
    owner = {"user": _USER} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="kommunlager_postgres_"))
    if owner:
        shutil.chown(folder, _USER)
    data, port = folder / "data", free_port()

    def run(program: str, *words: str) -> None:
        subprocess.run([binaries / program, *words], check=True, stdout=subprocess.DEVNULL, cwd=folder, **owner)

    try:
        run("initdb", "-A", "trust", "-U", _USER, "-E", "UTF8", "-D", str(data))
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off"
        run("pg_ctl", "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
        try:
            yield f"host=127.0.0.1 port={port} user={_USER} dbname=postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


def new_database(server: str, name: str) -> str:
    """The connection string of the owner, not a superuser, of a new and empty database."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"create role {name} login createrole password 'made up and secret'")
        connection.execute(f"create database {name} owner {name}")
    return server.replace(f"user={_USER} dbname=postgres", f"user={name} dbname={name}")


def _newest_binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if found:
        return found[-1]
    initdb = shutil.which("initdb")
    assert initdb, "no PostgreSQL server is installed; make test-system installs it where apt-get may"
    return Path(initdb).parent
