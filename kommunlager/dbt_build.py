"""Builds all dbt models, in a process of its own so that DuckDB's lock is let go when it ends.

That process ends by itself when the one that waits for it is killed: it reads a pipe that nobody ever writes to and
that the system closes then. Otherwise it would go on building, and hold the lock, while the next run begins.
"""

import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from kommunlager.disk_trouble import no_space
from kommunlager.failures import EXIT_BUILD_FAILED, BuildFailedError, StepFailedError
from kommunlager.memory_limit import connect
from kommunlager.places import Places
from kommunlager.touched import ONLY_TOUCHED, may_build_touched_only, note_build

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

    Kolada's figures are built only where they have changed, where that is safe. ``tell_progress`` is told
    ``12 of 416`` as nodes are done.
    """
    only_touched = may_build_touched_only(places)
    # Unit tests are of the code, which is the same as when all was built.
    selection = ["--exclude-resource-type", "unit_test"] if only_touched else []
    exit_code, output = _run_dbt(places, ONLY_TOUCHED if only_touched else {}, selection, tell_progress)
    if exit_code != 0 and os.strerror(errno.ENOSPC) in output:
        raise StepFailedError(f"dbt build: {no_space(places.build)}", EXIT_BUILD_FAILED)
    if exit_code != 0:
        log = places.build / "logs" / "dbt.log"
        complaint = _complaint(output) + _failing_rows(output, places.database)
        message = f"dbt build failed:\n{complaint}\nThe whole log: {log}"
        raise BuildFailedError(message, [node["unique_id"].split(".")[2] for node in _failing_nodes(places)])
    note_build(places, only_touched)
    passed = re.search(r"PASS=(\d+)", output)
    return int(passed.group(1)) if passed else 0


def passes(places: Places, nodes: list[str]) -> bool:
    """Whether these models and tests, and all that they are built from, succeed with what is loaded now."""
    selection = ["--exclude-resource-type", "unit_test", "--select", *(f"+{node}" for node in nodes)]
    exit_code, _ = _run_dbt(places, {}, selection, lambda _: None)
    return exit_code == 0


def documents_of_failing_tests(places: Places) -> dict[str, str]:
    """What is wrong, by document_id, as the data tests that failed last report it.

    Empty where any node failed otherwise: with an error, or in rows that do not say which document they are from.
    """
    reasons: dict[str, str] = {}
    for node in _failing_nodes(places):
        found = _documents_in_failing_rows(node, places.database)
        if not found:
            return {}
        reasons |= found
    return reasons


def _documents_in_failing_rows(node: dict[str, Any], database: Path) -> dict[str, str]:
    if node["status"] != "fail" or not node.get("compiled_code"):
        return {}
    with connect(database, read_only=True) as connection:
        found = connection.execute(node["compiled_code"])
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    test = node["unique_id"].split(".")[2]
    named = [(_document_of(row), row) for row in rows]
    if not all(document for document, _ in named):
        return {}
    return {str(document): f"{test} found {tuple(row.values())}." for document, row in reversed(named)}


def _document_of(row: dict[str, Any]) -> str | None:
    """The document of a failing row; the id of a figure begins with its document's."""
    if "document_id" in row:
        return str(row["document_id"])
    figure = next((value for name, value in row.items() if name.endswith("figure_id") and value), "")
    found = re.fullmatch(r"(.+)\.t\d+\.r\d+\.c\d+", str(figure))
    return found[1] if found else None


def _failing_nodes(places: Places) -> list[dict[str, Any]]:
    """The results in dbt's own file of the models and tests that failed last."""
    results = json.loads((places.build / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    return [result for result in results if result["status"] in ("error", "fail")]


def _run_dbt(
    places: Places, surroundings: dict[str, str], selection: list[str], tell_progress: Callable[[str], None]
) -> tuple[int, str]:
    """Exit code and output of ``dbt build``."""
    lines = []
    with _started_dbt(places, surroundings, selection) as dbt:
        for line in dbt.stdout or ():
            lines.append(line)
            if done := re.search(r"\d+ of \d+(?= (OK|PASS) )", line):
                tell_progress(done.group())
    return dbt.returncode, "".join(lines)


@contextmanager
def _started_dbt(places: Places, surroundings: dict[str, str], selection: list[str]) -> Iterator[subprocess.Popen[str]]:
    """dbt's process; it is waited for, or killed when the block is left by an error."""
    command = [sys.executable, "-c", _DBT_THAT_ENDS_WITH_ITS_PARENT, "--no-use-colors", "build"]
    command += ["--project-dir", str(places.project), "--profiles-dir", str(places.project)]
    command += selection
    environment = {**os.environ, "KOMMUNLAGER_DATABASE": str(places.database), "PYTHONIOENCODING": "utf-8"}
    environment |= surroundings
    command += ["--target-path", str(places.build / "target"), "--log-path", str(places.build / "logs")]
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


def _complaint(output: str) -> str:
    lines = [re.sub(r"^\d\d:\d\d:\d\d\s*", "", line) for line in output.splitlines()]
    start = next((number for number, line in enumerate(lines) if re.match(r"Failure in|Error|.*Error in", line)), -20)
    return "\n".join(f"  {line}" for line in lines[start:][:40] if line.strip())


def _failing_rows(output: str, database: Path) -> str:
    """The first rows that each failed data test found, so that the reader sees which seed row or cell it is about."""
    found = []
    for compiled in re.findall(r"compiled code at (\S+\.sql)", output):
        with connect(database, read_only=True) as connection:
            try:
                rows = connection.execute(Path(compiled).read_text(encoding="utf-8")).fetchmany(3)
            except duckdb.Error:
                continue
            found += [f"\n  {Path(compiled).stem.split('__')[0]} found: {row}" for row in rows]
    return "".join(found)
