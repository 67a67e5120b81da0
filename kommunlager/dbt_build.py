"""Builds all dbt models, in a process of its own so that DuckDB's lock is let go when it ends.

That process ends by itself when the one that waits for it is killed: it reads a pipe that nobody ever writes to and
that the system closes then. Otherwise it would go on building, and hold the lock, while the next run begins.
"""

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from kommunlager.dbt_results import Event, NodeResult, forget_results, read_results
from kommunlager.disk_trouble import no_space
from kommunlager.failures import EXIT_BUILD_FAILED, StepFailedError
from kommunlager.memory_limit import connect
from kommunlager.places import Places
from kommunlager.runs.inputs import hash_project
from kommunlager.touched import ONLY_TOUCHED, may_build_touched_only, note_build
from kommunlager.unit_tests import have_passed, note_passed

_MOST_LINES = 40
_MOST_ROWS = 3

# dbt makes many objects when it starts and drops few: looking for garbage as often as usual takes a sixth of its start.
DBT = """
import gc
gc.set_threshold(50_000)
from dbt.cli.main import cli
cli()
"""
_DBT_THAT_ENDS_WITH_ITS_PARENT = f"""
import os, threading
threading.Thread(target=lambda: (os.read(0, 1), os._exit(1)), daemon=True).start()
{DBT}
"""


def build_models(places: Places, tell_progress: Callable[[str], None]) -> int:
    """Run ``dbt build``; returns how many nodes passed, raises StepFailedError with dbt's own complaint.

    Kolada's figures are built only where they have changed, where that is safe, and unit tests are left out when they
    have passed for the same code and seeds. ``tell_progress`` is told ``12 of 416`` as nodes are done.
    """
    only_touched, project_hash = may_build_touched_only(places), hash_project(places)
    forget_results(_target(places))
    with_unit_tests = not have_passed(places, project_hash)
    exit_code, errors = _run_dbt(places, only_touched, with_unit_tests, tell_progress)
    results = read_results(_target(places))
    note_passed(places, project_hash, results)
    if exit_code != 0:
        raise StepFailedError(_complaint(places, results, errors), EXIT_BUILD_FAILED)
    note_build(places, only_touched)
    return sum(result.is_done for result in results)


def _run_dbt(
    places: Places, only_touched: bool, with_unit_tests: bool, tell_progress: Callable[[str], None]
) -> tuple[int, list[str]]:
    """Exit code and errors of ``dbt build``."""
    errors = []
    log = _log(places)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as kept, _started_dbt(places, only_touched, with_unit_tests) as dbt:
        for line in dbt.stdout or ():
            print(line, end="", file=kept, flush=True)
            event = Event.read(line)
            if event.is_error:
                errors.append(event.message)
            if event.progress:
                tell_progress(event.progress)
    return dbt.returncode, errors


@contextmanager
def _started_dbt(places: Places, only_touched: bool, with_unit_tests: bool) -> Iterator[subprocess.Popen[str]]:
    """dbt's process; it is waited for, or killed when the block is left by an error."""
    command = [sys.executable, "-c", _DBT_THAT_ENDS_WITH_ITS_PARENT, "build"]
    command += ["--project-dir", str(places.project), "--profiles-dir", str(places.project)]
    environment = {**os.environ, "KOMMUNLAGER_DATABASE": str(places.database), "PYTHONIOENCODING": "utf-8"}
    if only_touched:
        environment |= ONLY_TOUCHED
    if not with_unit_tests:
        command += ["--exclude-resource-type", "unit_test"]
    # dbt's own log file would take a tenth of its time: it formats every event once for each place that it logs to.
    command += ["--target-path", str(_target(places)), "--log-path", str(_log(places).parent)]
    command += ["--log-format", "json", "--log-level-file", "none"]
    output, errors = subprocess.PIPE, subprocess.STDOUT
    read_end, write_end = os.pipe()
    try:
        with subprocess.Popen(
            command, stdin=read_end, stdout=output, stderr=errors, encoding="utf-8", cwd=places.project, env=environment
        ) as dbt:
            try:
                yield dbt
            except BaseException:
                dbt.kill()
                raise
    finally:
        os.close(write_end)
        os.close(read_end)


def _target(places: Places) -> Path:
    return places.build / "target"


def _log(places: Places) -> Path:
    return places.build / "logs" / "dbt.jsonl"


def _complaint(places: Places, results: list[NodeResult], errors: list[str]) -> str:
    """What failed, with the first rows that a data test found; where no node was run, what dbt says itself."""
    failed = [result for result in results if result.is_failed]
    if any(os.strerror(errno.ENOSPC) in message for message in (*errors, *(result.message for result in failed))):
        return f"dbt build: {no_space(places.build)}"
    lines = [
        line for result in failed for line in (f"{result.kind} {result.name}: {result.message}", *_rows(places, result))
    ]
    told = "\n".join(lines or errors).splitlines()[:_MOST_LINES]
    return "\n".join(["dbt build failed:", *(f"  {line}" for line in told), f"The whole log: {_log(places)}"])


def _rows(places: Places, result: NodeResult) -> list[str]:
    """The first rows that a failed data test found, so that the reader sees which seed row or cell it is about."""
    if result.kind != "test" or not result.sql:
        return []
    with connect(places.database, read_only=True) as connection, suppress(duckdb.Error):
        rows = connection.execute(result.sql).fetchmany(_MOST_ROWS)
        return [f"{result.name.split('.')[0]} found: {row}" for row in rows]
    return []
