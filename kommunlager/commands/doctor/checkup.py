"""Runs all checks in an order in which each can rely on what the ones before have mended."""

from collections.abc import Callable, Iterator

from kommunlager.commands.doctor.build import build_folder
from kommunlager.commands.doctor.inputs import data, seeds, settings
from kommunlager.commands.doctor.problem import Problem
from kommunlager.commands.doctor.releases import releases
from kommunlager.commands.doctor.state import (
    batches,
    manifest,
    misplaced_files,
    misplaced_folders,
    records_of_runs,
)
from kommunlager.errors import EXIT_OK, EXIT_UNSOUND
from kommunlager.installation import Installation
from kommunlager.runs.lock import run_lock

_Check = Callable[[Installation], Iterator[Problem]]
# Without these the lock can't be taken.
_FOR_THE_LOCK: tuple[_Check, ...] = (misplaced_files, misplaced_folders)
_UNDER_THE_LOCK: tuple[_Check, ...] = (
    settings,
    records_of_runs,
    manifest,
    batches,
    build_folder,
    releases,
    seeds,
    data,
)


def check_up(installation: Installation, say: Callable[[str], None], *, repair: bool) -> int:
    """Say what is wrong, and mend it if asked to; returns the exit code."""
    problems = [*_found(_FOR_THE_LOCK, installation, say, repair)]
    if repair or not problems:
        with run_lock(installation, "doctor"):
            problems += _found(_UNDER_THE_LOCK, installation, say, repair)
    left = [problem for problem in problems if not (repair and problem.repair)]
    say(_verdict(len(problems), len(left), sum(problem.repair is not None for problem in left)))
    return EXIT_UNSOUND if left else EXIT_OK


def _found(
    checks: tuple[_Check, ...], installation: Installation, say: Callable[[str], None], repair: bool
) -> Iterator[Problem]:
    for check in checks:
        for problem in check(installation):
            if repair and problem.repair:
                problem.repair()
            for line in problem.lines(is_repaired=repair and problem.repair is not None):
                say(line)
            yield problem


def _verdict(found: int, left: int, repairable: int) -> str:
    if not found:
        return "Nothing is wrong with state, build, releases, seeds, data and settings."
    parts = [f"{found} found", f"{found - left} repaired"]
    if repairable:
        parts.append(f"{repairable} can be repaired with `kommunlager doctor --repair`")
    if left > repairable:
        parts.append(f"{left - repairable} for a person")
    return "Problems: " + ", ".join(parts) + "."
