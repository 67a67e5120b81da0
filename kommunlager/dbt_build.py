"""Builds all dbt models, in a process of its own so that DuckDB's lock is let go when it ends.

That process ends by itself when the one that waits for it is killed: it reads a pipe that nobody ever writes to and
that the system closes then. Otherwise it would go on building, and hold the lock, while the next run begins.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from kommunlager.failures import EXIT_BUILD_FAILED, StepFailedError
from kommunlager.places import Places

_DBT_THAT_ENDS_WITH_ITS_PARENT = """
import os, threading
threading.Thread(target=lambda: (os.read(0, 1), os._exit(1)), daemon=True).start()
from dbt.cli.main import cli
cli()
"""


def build_models(places: Places) -> int:
    """Run ``dbt build``; returns how many nodes passed, raises StepFailedError with dbt's own complaint."""
    command = [
        sys.executable,
        "-c",
        _DBT_THAT_ENDS_WITH_ITS_PARENT,
        "--no-use-colors",
        "build",
        "--project-dir",
        str(places.project),
    ]
    command += ["--profiles-dir", str(places.project), "--target-path", str(places.build / "target")]
    command += ["--log-path", str(places.build / "logs")]
    environment = {**os.environ, "KOMMUNLAGER_DATABASE": str(places.database)}
    with _open_pipe() as pipe:
        run = subprocess.run(
            command, stdin=pipe, capture_output=True, text=True, cwd=places.project, env=environment, check=False
        )
    if run.returncode != 0:
        log = places.build / "logs" / "dbt.log"
        complaint = _complaint(run.stdout + run.stderr) + _failing_rows(run.stdout, places.database)
        raise StepFailedError(f"dbt build failed:\n{complaint}\nThe whole log: {log}", EXIT_BUILD_FAILED)
    passed = re.search(r"PASS=(\d+)", run.stdout)
    return int(passed.group(1)) if passed else 0


@contextmanager
def _open_pipe() -> Iterator[int]:
    """The end to read from; the other end stays with this process and is closed with it, or when the block ends."""
    read_end, write_end = os.pipe()
    try:
        yield read_end
    finally:
        os.close(write_end)
        os.close(read_end)


def _complaint(output: str) -> str:
    lines = [re.sub(r"^\d\d:\d\d:\d\d\s*", "", line) for line in output.splitlines()]
    start = next((number for number, line in enumerate(lines) if re.match(r"Failure in|Error|.*Error in", line)), -20)
    return "\n".join(f"  {line}" for line in lines[start:][:40] if line.strip())


def _failing_rows(output: str, database: Path) -> str:
    """The first rows that each failed data test found, so that the reader sees which seed row or cell it is about."""
    found = []
    for compiled in re.findall(r"compiled code at (\S+\.sql)", output):
        with duckdb.connect(str(database), read_only=True) as connection:
            try:
                rows = connection.execute(Path(compiled).read_text(encoding="utf-8")).fetchmany(3)
            except duckdb.Error:
                continue
            found += [f"\n  {Path(compiled).stem.split('__')[0]} found: {row}" for row in rows]
    return "".join(found)
