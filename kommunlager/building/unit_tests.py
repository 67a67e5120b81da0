"""Remembers whether dbt's unit tests have passed for the present code and seeds: no workbook affects them.

The record is in ``build/``, so that they run again when that folder is deleted.
"""

from pathlib import Path

from ingest.files.whole import remove, replace_text
from kommunlager.building.dbt_results import NodeResult
from kommunlager.installation import Installation


def have_passed(installation: Installation, project_hash: str) -> bool:
    """Whether they have passed for this project."""
    path = _note(installation)
    return path.is_file() and path.read_bytes() == project_hash.encode()


def note_passed(installation: Installation, project_hash: str, results: list[NodeResult]) -> None:
    """Record that they have, if these results show it; other failures don't matter."""
    outcomes = [result.is_done for result in results if result.kind == "unit_test"]
    if outcomes and all(outcomes):
        replace_text(_note(installation), project_hash)


def forget(installation: Installation) -> None:
    """Run them in the next build."""
    remove(_note(installation))


def _note(installation: Installation) -> Path:
    return installation.build / "unit_tests_passed_for.txt"
