"""The layout holds: few entries per folder, no folder for one module, a short README, help for each target."""

import re
from pathlib import Path

from tests.support.installation import PROJECT

MOST_ENTRIES = 15
# Flat for now: the solver of digit runs will replace much of it.
FLAT = PROJECT / "ingest" / "reading" / "sources"
LONGEST_README = 200
LONGEST_MODULE = 400


def files() -> list[Path]:
    """The files of the code and the models."""
    tops = [PROJECT / name for name in ("ingest", "kommunlager", "models")]
    return [path for top in tops for path in top.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def entries() -> dict[Path, set[Path]]:
    """The files and folders in each folder; what Python leaves behind is not counted."""
    found: dict[Path, set[Path]] = {}
    for file in files():
        for path in (file, *file.parents):
            if path.parent == PROJECT:
                break
            found.setdefault(path.parent, set()).add(path)
    return found


def test_no_folder_has_too_many_entries() -> None:
    counts = {folder: len(inside) for folder, inside in entries().items() if folder != FLAT}
    assert {folder: count for folder, count in counts.items() if count > MOST_ENTRIES} == {}


def test_no_folder_is_for_one_module() -> None:
    parts = {
        folder: [path.name for path in inside if path.is_dir() or path.suffix in {".py", ".sql"}]
        for folder, inside in entries().items()
    }
    assert {folder for folder, names in parts.items() if len({*names} - {"__init__.py"}) == 1} == set()


def test_no_module_is_long() -> None:
    modules = [path for path in files() if path.suffix == ".py"]
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules}
    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_the_readme_is_short() -> None:
    assert len((PROJECT / "README.md").read_text(encoding="utf-8").splitlines()) <= LONGEST_README


def test_make_help_lists_every_target() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    targets = re.findall(r"^\.PHONY:(.*)$", makefile, flags=re.MULTILINE)[0].split()
    assert {*re.findall(r"^([a-z-]+):.*  ## \w", makefile, flags=re.MULTILINE)} == {*targets}
