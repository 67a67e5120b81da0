"""The folder of releases: which there are, which one ``published`` points at, and how that is changed in one step."""

import errno
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from ingest.files.records import Time, UnreadableRecordError, read_record
from ingest.files.whole import hash_file, sync
from kommunlager.errors import EXIT_NOT_PUBLISHED, StepFailedError
from kommunlager.installation import Installation
from kommunlager.publishing.rights import let_read

KEPT_RELEASES = 5
WAREHOUSE = "warehouse.duckdb"
CONTROLLER_WORKBOOK = "kommunlager.xlsx"
MANIFEST = "release.json"
# Releases are named after their runs; people put other folders beside them, and damaged ones are renamed.
_RELEASE = re.compile(r"\d{8}T\d{12}")


# Links are refused with one of these where a file system lacks them.
_NO_LINKS = (errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)


@dataclass(frozen=True)
class FileFacts:
    """What a file of a release must be."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """The record of a release: when it was made and of what (``inputs``, a hash), its files, and the rows by mart.

    ``oldest_duckdb`` is the oldest version that can read the warehouse file; earlier releases don't say.
    """

    run_id: str
    released_at: Time
    inputs: str | None
    versions: dict[str, str]
    files: dict[str, FileFacts]
    rows: dict[str, int]
    oldest_duckdb: str | None = None


@dataclass(frozen=True)
class Release:
    """One release: a folder named after the run that made it, with a manifest."""

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
    def manifest(self) -> Manifest | None:
        """Its manifest; None if it is missing or can't be read."""
        try:
            return read_record(Manifest, self.folder / MANIFEST)
        except (FileNotFoundError, NotADirectoryError, UnreadableRecordError):
            return None

    def damaged_files(self, *, by_content: bool = False) -> list[str]:
        """Names of files that are missing or whose size has changed; ``by_content`` reads them whole."""
        manifest = self.manifest
        if manifest is None:
            return [MANIFEST]
        return [
            name
            for name, facts in manifest.files.items()
            if _size(self.folder / name) != facts.bytes
            or (by_content and hash_file(self.folder / name) != facts.sha256)
        ]


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None


def kept_releases(installation: Installation) -> list[Release]:
    """All releases that can be published again, the latest first."""
    if not installation.releases.is_dir():
        return []
    folders = (path for path in installation.releases.iterdir() if _RELEASE.fullmatch(path.name) and path.is_dir())
    return [Release(folder) for folder in sorted(folders, reverse=True)]


def published_release(installation: Installation) -> Release | None:
    """The published release, if there is one."""
    folder = installation.published.resolve()
    return Release(folder) if installation.published.is_symlink() and folder.is_dir() else None


def check_can_point(installation: Installation) -> None:
    """Raise StepFailedError if ``published`` can't be made a link, before a release is made in vain."""
    published = installation.published
    if published.exists() and not published.is_symlink():
        kind = "folder" if published.is_dir() else "file"
        raise StepFailedError(
            f"{published} is a {kind} and not the link to the published release, so nothing can be published."
            " Rename it (`kommunlager doctor --repair` does) and run again.",
            EXIT_NOT_PUBLISHED,
        )
    trial = published.with_name(f".{published.name}.trial")
    trial.unlink(missing_ok=True)
    try:
        trial.symlink_to("releases")
    except OSError as error:
        if error.errno not in _NO_LINKS or not os.access(published.parent, os.W_OK):
            raise
        raise StepFailedError(
            f"The file system of {published.parent} has no symbolic links, which publishing needs."
            " Let KOMMUNLAGER_WORK name a folder on another disk (ext4, XFS, APFS …).",
            EXIT_NOT_PUBLISHED,
        ) from error
    trial.unlink()


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
