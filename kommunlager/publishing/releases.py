"""The folder of releases: which there are, which one ``published`` points at, and how that is changed in one step."""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from ingest.files.whole import sync
from kommunlager.errors import EXIT_NOT_PUBLISHED, StepFailedError
from kommunlager.installation import Installation
from kommunlager.publishing.rights import let_read

KEPT_RELEASES = 5
WAREHOUSE = "warehouse.duckdb"
CONTROLLER_WORKBOOK = "kommunlager.xlsx"
MANIFEST = "release.json"


@dataclass(frozen=True)
class Release:
    """One release: a folder named after the run that made it, with a manifest of its files and rows.

    The manifest holds ``run_id``, ``released_at`` (UTC, ISO), ``inputs`` (hash of what it was made from, or null),
    ``versions``, ``oldest_duckdb`` (the oldest version that can read the warehouse file), ``files``
    (``{name: {"bytes": …, "sha256": …}}``) and ``rows`` (``{mart: count}``).
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
        """Its manifest; empty if there is none."""
        path = self.folder / MANIFEST
        return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}

    def damaged_files(self) -> list[str]:
        """Names of files that are missing or whose size has changed since the release."""
        files = self.manifest.get("files")
        if not isinstance(files, dict):
            return [MANIFEST]
        return [name for name, facts in files.items() if _size(self.folder / name) != facts["bytes"]]


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None


def kept_releases(installation: Installation) -> list[Release]:
    """All releases that can be published again, the latest first."""
    if not installation.releases.is_dir():
        return []
    folders = (path for path in installation.releases.iterdir() if path.is_dir() and not path.name.startswith("."))
    return [Release(folder) for folder in sorted(folders, reverse=True)]


def published_release(installation: Installation) -> Release | None:
    """The published release, if there is one."""
    folder = installation.published.resolve()
    return Release(folder) if installation.published.is_symlink() and folder.is_dir() else None


def point_published_at(installation: Installation, release: Release) -> None:
    """Point ``published`` at a release in one step: a reader sees the old or the new one, never neither."""
    pending = installation.published.with_name(f".{installation.published.name}.next")
    pending.unlink(missing_ok=True)
    pending.symlink_to(os.path.relpath(release.folder, installation.published.parent), target_is_directory=True)
    os.replace(pending, installation.published)
    sync(installation.published.parent)


def drop_old_releases(installation: Installation) -> None:
    """Keep the last releases, and the published one whatever its age. Open files of a dropped release stay readable."""
    published = published_release(installation)
    for release in kept_releases(installation)[KEPT_RELEASES:]:
        if release != published:
            shutil.rmtree(release.folder, ignore_errors=True)


def put_back(installation: Installation, run_id: str | None) -> Release:
    """Point ``published`` at the release of ``run_id``, or at the one before the published; returns it.

    Raises StepFailedError if there is no such release, or if files of it are missing.
    """
    release = _find(installation, run_id)
    damaged = release.damaged_files()
    if damaged:
        raise StepFailedError(
            f"Release {release.run_id} is damaged ({', '.join(damaged)}), so `published` was not changed.",
            EXIT_NOT_PUBLISHED,
        )
    let_read(release.folder)
    point_published_at(installation, release)
    return release


def _find(installation: Installation, run_id: str | None) -> Release:
    kept, published = kept_releases(installation), published_release(installation)
    if run_id is None:
        candidates = [release for release in kept if published is not None and release.run_id < published.run_id]
    else:
        candidates = [release for release in kept if release.run_id == run_id]
    if not candidates:
        wanted = f"no release {run_id}" if run_id else "no release before the published one"
        kept_ids = ", ".join(release.run_id for release in kept) or "none"
        raise StepFailedError(f"There is {wanted}. Kept releases: {kept_ids}.", EXIT_NOT_PUBLISHED)
    return candidates[0]
