"""What a release is made from, as one hash: the same hash means that a run would only make the same release again."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from kommunlager.files import hash_file
from kommunlager.places import Places

_PROJECT_PARTS = ("seeds", "models", "macros", "tests/generic", "tests/singular", "ingest", "kommunlager")
_PROJECT_FILES = ("dbt_project.yml", "profiles.yml", "requirements.lock")


def hash_inputs(places: Places) -> str:
    """SHA-256 over names and contents of data, seeds, models and code.

    Landed files are never changed once they have their name, and can be many: their names and sizes are enough.
    """
    digest = hashlib.sha256(hash_project(places).encode())
    _add(digest, places.data, _files_below(places.data))
    for path in _files_below(places.landed):
        digest.update(f"{path.relative_to(places.landed)}\0{path.stat().st_size}\0".encode())
    return digest.hexdigest()


def hash_project(places: Places) -> str:
    """SHA-256 over names and contents of seeds, models and code."""
    digest = hashlib.sha256()
    for part in _PROJECT_PARTS:
        _add(digest, places.project, _files_below(places.project / part))
    _add(digest, places.project, [places.project / name for name in _PROJECT_FILES])
    return digest.hexdigest()


def _add(digest: "hashlib._Hash", root: Path, files: Iterable[Path]) -> None:
    for path in files:
        digest.update(f"{path.relative_to(root)}\0".encode())
        digest.update(hash_file(path).encode())


def _files_below(folder: Path) -> list[Path]:
    """Every file but what Python and Excel leave behind, in a fixed order."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith("~$")
    )
