"""Builds all dbt models in a separate process, so that DuckDB's lock is released when it ends.

The process also ends when its parent is killed: it reads a pipe that is never written to and that the system then
closes. Otherwise it would keep building, and hold the lock, while the next run begins.
"""

import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from kommunlager.building.dbt_results import Event, NodeResult, forget_results, read_results
from kommunlager.building.partial_build import ONLY_TOUCHED, expect_whole_build, may_build_touched_only, note_build
from kommunlager.building.unit_tests import have_passed, note_passed
from kommunlager.duckdb_files import connect, damage_message, held_message
from kommunlager.errors import EXIT_BUILD_FAILED, BrokenBuildError, StepFailedError, no_space
from kommunlager.inputs.hashes import hash_project
from kommunlager.installation import Installation

# Seeds are checked by the same rules before anything is loaded.
_WITHOUT_SEED_TESTS = ["--exclude", "resource_type:test,path:seeds"]
_WITHOUT_UNIT_TESTS = ["--exclude-resource-type", "unit_test"]
_UNCHANGED_WITH_CODE = ["--exclude", "config.materialized:view", "--exclude-resource-type", "seed", "exposure"]
"""What a limited build leaves as it is: code and seeds are those of the last build."""
_MOST_LINES = 40
_MOST_ROWS = 3


class BuildFailedError(StepFailedError):
    """dbt failed; ``failed`` holds the models and tests that failed, none if dbt could not start."""

    def __init__(self, message: str, exit_code: int, failed: list[NodeResult]) -> None:
        super().__init__(message, exit_code)
        self.failed = failed


def build_models(installation: Installation, on_progress: Callable[[str], None]) -> int:
    """Run ``dbt build``; returns how many nodes passed, raises StepFailedError with dbt's own message.

    Only what has changed is rebuilt, if that is safe, and unit tests are skipped if they have
    passed for the same code and seeds. ``on_progress`` receives ``12 of 416`` as nodes finish.
    """
    project_hash = hash_project(installation)
    with_unit_tests = not have_passed(installation, project_hash)
    only_touched = not with_unit_tests and may_build_touched_only(installation)
    forget_results(_target(installation))
    surroundings = ONLY_TOUCHED if only_touched else {}
    selection = [] if with_unit_tests else _WITHOUT_UNIT_TESTS
    selection += _UNCHANGED_WITH_CODE if only_touched else []
    exit_code, errors = _run_dbt(installation, surroundings, selection, on_progress)
    results = read_results(_target(installation))
    note_passed(installation, project_hash, results)
    if exit_code != 0:
        expect_whole_build(installation)
        failed = [result for result in results if result.is_failed]
        _stop_on_trouble(installation, "\n".join([*errors, *(result.message for result in failed)]))
        raise BuildFailedError(_complaint(installation, failed, errors), EXIT_BUILD_FAILED, failed)
    note_build(installation, only_touched)
    return sum(result.is_done for result in results)


def passes(installation: Installation, failed: list[NodeResult]) -> bool:
    """Whether the failed models and tests, and everything upstream of them, succeed with what is loaded now."""
    selection = [*_WITHOUT_UNIT_TESTS, "--select", *(f"+{result.selector}" for result in failed)]
    exit_code, _ = _run_dbt(installation, {}, selection, lambda progress: None)
    return exit_code == 0


def documents_at_fault(installation: Installation, failed: list[NodeResult]) -> dict[str, str]:
    """What is wrong with each document, by document_id, if all failures are data tests whose rows name documents.

    A row names its document by ``document_id``, or by the id of a figure, which begins with it.
    """
    reasons: dict[str, str] = {}
    with connect(installation.database, read_only=True) as connection:
        for result in failed:
            found = _documents_in_rows(connection, result) if result.is_failed_data_test else {}
            if not found:
                return {}
            reasons |= found
    return reasons


def _documents_in_rows(connection: duckdb.DuckDBPyConnection, result: NodeResult) -> dict[str, str]:
    rows = connection.execute(result.sql)
    names = [column[0] for column in rows.description or ()]
    reasons: dict[str, str] = {}
    for row in rows.fetchall():
        document = _document_of(dict(zip(names, row, strict=True)))
        if document is None:
            return {}
        reasons.setdefault(document, f"{result.name.split('.')[0]} found {row}.")
    return reasons


def _document_of(row: dict[str, object]) -> str | None:
    if row.get("document_id"):
        return str(row["document_id"])
    figure_id = next((value for name, value in row.items() if name.endswith("figure_id") and value), "")
    document = re.fullmatch(r"(.+)\.t\d+\.r\d+\.c\d+", str(figure_id))
    return document[1] if document else None


def _run_dbt(
    installation: Installation, surroundings: dict[str, str], selection: list[str], on_progress: Callable[[str], None]
) -> tuple[int, list[str]]:
    """Exit code and errors of ``dbt build``."""
    errors = []
    log = _log(installation)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as kept, _started_dbt(installation, surroundings, selection) as dbt:
        for line in dbt.stdout or ():
            print(line, end="", file=kept, flush=True)
            event = Event.read(line)
            if event.is_error:
                errors.append(event.message)
            if event.progress:
                on_progress(event.progress)
    return dbt.returncode, errors


@contextmanager
def _started_dbt(
    installation: Installation, surroundings: dict[str, str], selection: list[str]
) -> Iterator[subprocess.Popen[str]]:
    """dbt's process; waited for, or killed if the block raises an error."""
    command = [sys.executable, "-m", "kommunlager.building.dbt_process", "build"]
    command += ["--project-dir", str(installation.project), "--profiles-dir", str(installation.project)]
    command += [*_WITHOUT_SEED_TESTS, *selection]
    environment = {**os.environ, "KOMMUNLAGER_DATABASE": str(installation.database), "PYTHONIOENCODING": "utf-8"}
    environment |= surroundings
    command += ["--target-path", str(_target(installation)), "--log-path", str(_log(installation).parent)]
    output, errors = subprocess.PIPE, subprocess.STDOUT
    read_end, write_end = os.pipe()
    try:
        with subprocess.Popen(
            command,
            stdin=read_end,
            stdout=output,
            stderr=errors,
            encoding="utf-8",
            cwd=installation.project,
            env=environment,
        ) as dbt:
            try:
                yield dbt
            except BaseException:
                dbt.kill()
                raise
    finally:
        os.close(write_end)
        os.close(read_end)


def _target(installation: Installation) -> Path:
    return installation.build / "target"


def _log(installation: Installation) -> Path:
    return installation.build / "logs" / "dbt.jsonl"


def _stop_on_trouble(installation: Installation, messages: str) -> None:
    """Raise a clear message where not the models are at fault but the disk or the working database."""
    if os.strerror(errno.ENOSPC) in messages:
        raise StepFailedError(f"dbt build: {no_space(installation.build)}", EXIT_BUILD_FAILED)
    if held := held_message(messages):
        raise StepFailedError(f"dbt build: {held}", EXIT_BUILD_FAILED)
    if damaged := damage_message(messages):
        raise BrokenBuildError(damaged)


def _complaint(installation: Installation, failed: list[NodeResult], errors: list[str]) -> str:
    """What failed, with the first rows that a data test found; if no node was run, dbt's own errors."""
    lines = [
        line
        for result in failed
        for line in (f"{result.kind} {result.name}: {result.message}", *_rows(installation, result))
    ]
    complaint = "\n".join(lines or errors).splitlines()[:_MOST_LINES]
    return "\n".join(["dbt build failed:", *(f"  {line}" for line in complaint), f"Full log: {_log(installation)}"])


def _rows(installation: Installation, result: NodeResult) -> list[str]:
    """The first rows that a failed data test found, which show the seed row or cell at fault."""
    if not result.is_failed_data_test:
        return []
    with connect(installation.database, read_only=True) as connection, suppress(duckdb.Error):
        rows = connection.execute(result.sql).fetchmany(_MOST_ROWS)
        return [f"{result.name.split('.')[0]} found: {row}" for row in rows]
    return []
