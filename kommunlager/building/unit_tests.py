"""Whether dbt's unit tests have passed for the code and seeds as they are: no workbook changes what they say.

What they passed for is kept in ``build/``, so that they run again when that is thrown away.
"""

from pathlib import Path

from ingest.files.whole import replace_text
from kommunlager.building.dbt_results import NodeResult
from kommunlager.installation import Installation


def have_passed(installation: Installation, project_hash: str) -> bool:
    """Whether they have passed for this project."""
    path = _note(installation)
    return path.is_file() and path.read_text(encoding="utf-8") == project_hash


def note_passed(installation: Installation, project_hash: str, results: list[NodeResult]) -> None:
    """Note that they have, if these results say so; whatever else failed, they need not run again."""
    outcomes = [result.is_done for result in results if result.kind == "unit_test"]
    if outcomes and all(outcomes):
        replace_text(_note(installation), project_hash)


def forget(installation: Installation) -> None:
    """Let them run in the next build."""
    _note(installation).unlink(missing_ok=True)


def _note(installation: Installation) -> Path:
    return installation.build / "unit_tests_passed_for.txt"
