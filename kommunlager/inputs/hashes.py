"""One hash of everything a release is made from: with the same hash, a run would make the same release again."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from ingest.files.whole import hash_file
from kommunlager.installation import Installation

_PROJECT_PARTS = ("seeds", "models", "macros", "tests/generic", "tests/singular", "ingest", "kommunlager")
_PROJECT_FILES = ("dbt_project.yml", "profiles.yml", "requirements.lock")


def hash_inputs(installation: Installation) -> str:
    """SHA-256 over names and contents of data, seeds, models, code and the settings of open data.

    Landed files never change and may be many: their names and sizes are enough.
    """
    digest = hashlib.sha256(hash_project(installation).encode())
    _add(digest, installation.data, _files_below(installation.data))
    if installation.open_data_settings.is_file():
        _add(digest, installation.project, [installation.open_data_settings])
    for path in _files_below(installation.landed):
        digest.update(f"{path.relative_to(installation.landed)}\0{path.stat().st_size}\0".encode())
    return digest.hexdigest()


def hash_project(installation: Installation) -> str:
    """SHA-256 over names and contents of seeds, models and code."""
    digest = hashlib.sha256()
    for part in _PROJECT_PARTS:
        _add(digest, installation.project, _files_below(installation.project / part))
    _add(digest, installation.project, [installation.project / name for name in _PROJECT_FILES])
    return digest.hexdigest()


def _add(digest: "hashlib._Hash", root: Path, files: Iterable[Path]) -> None:
    for path in files:
        digest.update(f"{path.relative_to(root)}\0".encode())
        digest.update(hash_file(path).encode())


def _files_below(folder: Path) -> list[Path]:
    """Every file in a fixed order, except leftovers of Python and Excel."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith("~$")
    )
