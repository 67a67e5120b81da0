"""The folder of releases: which there are, which one ``published`` points at, and how that is changed in one step."""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from kommunlager.files import sync
from kommunlager.places import Places

KEPT_RELEASES = 5
WAREHOUSE = "warehouse.duckdb"
CONTROLLER_WORKBOOK = "kommunlager.xlsx"
MANIFEST = "release.json"


@dataclass(frozen=True)
class Release:
    """One release: a folder named after the run that made it, with a manifest of its files and rows.

    The manifest holds ``run_id``, ``released_at`` (UTC, ISO), ``inputs`` (hash of what it was made from, or null),
    ``versions``, ``files`` (``{name: {"bytes": …, "sha256": …}}``) and ``rows`` (``{mart: count}``).
    """

    folder: Path

    @property
    def run_id(self) -> str:
        """The run that made it."""
        return self.folder.name

    @property
    def warehouse(self) -> Path:
        """Its DuckDB file."""
        return self.folder / WAREHOUSE

    @property
    def manifest(self) -> dict[str, object]:
        """What it says of itself; empty where there is no manifest."""
        path = self.folder / MANIFEST
        return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}

    def damaged_files(self) -> list[str]:
        """Names of files that are gone or have another size than when they were released."""
        files = self.manifest.get("files")
        if not isinstance(files, dict):
            return [MANIFEST]
        return [name for name, told in files.items() if _size(self.folder / name) != told["bytes"]]


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None


def kept_releases(places: Places) -> list[Release]:
    """All releases that can be put back, the latest first."""
    if not places.releases.is_dir():
        return []
    folders = (path for path in places.releases.iterdir() if path.is_dir() and not path.name.startswith("."))
    return [Release(folder) for folder in sorted(folders, reverse=True)]


def published_release(places: Places) -> Release | None:
    """The release that people read, if there is one."""
    folder = places.published.resolve()
    return Release(folder) if places.published.is_symlink() and folder.is_dir() else None


def point_published_at(places: Places, release: Release) -> None:
    """Let ``published`` point at a release, in one step: a reader meets the old or the new one, never neither."""
    pending = places.published.with_name(f".{places.published.name}.next")
    pending.unlink(missing_ok=True)
    pending.symlink_to(os.path.relpath(release.folder, places.published.parent), target_is_directory=True)
    os.replace(pending, places.published)
    sync(places.published.parent)


def drop_old_releases(places: Places) -> None:
    """Keep the last releases, and the published one whatever its age. Who has a dropped file open reads on."""
    published = published_release(places)
    for release in kept_releases(places)[KEPT_RELEASES:]:
        if release != published:
            shutil.rmtree(release.folder, ignore_errors=True)
