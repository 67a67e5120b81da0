"""Makes one release from the built marts, and publishes it once all of it is on the disk."""

import datetime as dt
import importlib.metadata
import os
import shutil
from pathlib import Path

import duckdb

from ingest.files.records import write_record
from ingest.files.whole import hash_file, sync
from kommunlager.controller_workbook import Committee, write_committee_workbook, write_controller_workbook
from kommunlager.duckdb_files import damage, held_database
from kommunlager.errors import EXIT_NOT_PUBLISHED, BrokenBuildError, StepFailedError, disk_trouble
from kommunlager.installation import Installation
from kommunlager.publishing.compared_release import name_release_of_news
from kommunlager.publishing.open_data import write_open_data
from kommunlager.publishing.open_data.publisher import Publisher, read_publisher
from kommunlager.publishing.releases import (
    CONTROLLER_WORKBOOK,
    MANIFEST,
    WAREHOUSE,
    FileFacts,
    Manifest,
    Release,
    check_can_point,
    drop_old_releases,
    point_published_at,
    published_release,
)
from kommunlager.publishing.rights import let_read
from kommunlager.publishing.warehouse_file import OLDEST_DUCKDB, count_rows, write_parquet, write_warehouse


def publish_release(installation: Installation, run_id: str, inputs: str | None) -> Release:
    """Make the release of one run and point ``published`` at it.

    Raises StepFailedError (could not publish, or a fault in the settings); the published release is then unchanged.
    """
    check_can_point(installation)
    publisher = read_publisher(installation.open_data_settings)
    unfinished = installation.releases / f".{run_id}.unfinished"
    release = Release(installation.releases / run_id)
    try:
        _clear_unfinished(installation.releases)
        unfinished.mkdir(parents=True)
        released_at = dt.datetime.now(tz=dt.UTC).replace(microsecond=0)
        _write_parts(installation, unfinished, run_id, released_at, publisher)
        _seal(unfinished, run_id, released_at, inputs)
        os.rename(unfinished, release.folder)
        sync(installation.releases)
        point_published_at(installation, release)
    except (duckdb.Error, OSError) as error:
        for folder in (unfinished, *([] if published_release(installation) == release else [release.folder])):
            shutil.rmtree(folder, ignore_errors=True)
        trouble = disk_trouble(error, installation.releases) or held_database(error)
        if trouble is None and str(installation.releases) not in str(error) and (damaged := damage(error)):
            raise BrokenBuildError(damaged) from error
        reason = trouble or f"{str(error).splitlines()[0]}. The earlier release is still published."
        raise StepFailedError(f"Could not publish: {reason}", EXIT_NOT_PUBLISHED) from error
    drop_old_releases(installation)
    return release


def _write_parts(
    installation: Installation, folder: Path, run_id: str, released_at: dt.datetime, publisher: Publisher | None
) -> None:
    """Everything after the DuckDB file is made from that file, so that all parts hold the same."""
    warehouse = folder / WAREHOUSE
    write_warehouse(installation.database, warehouse, run_id, released_at, installation.marts)
    name_release_of_news(warehouse, published_release(installation))
    write_parquet(warehouse, folder / "parquet")
    write_open_data(warehouse, folder / "open_data", publisher)
    write_controller_workbook(warehouse, folder / CONTROLLER_WORKBOOK)
    _build_site(warehouse, folder / "site", installation.build / "drawings.sqlite")


def _build_site(warehouse: Path, folder: Path, drawings: Path) -> None:
    """The site, and beside each committee's page the committee's own workbook.

    The templates are imported only for this step.
    """
    from kommunlager.site import build_site, committees_with_pages

    build_site(warehouse, folder, drawings)
    for one in committees_with_pages(warehouse):
        committee = Committee(one.municipality_code, one.municipality, one.committee)
        write_committee_workbook(warehouse, folder / one.workbook, committee)


def _seal(folder: Path, run_id: str, released_at: dt.datetime, inputs: str | None) -> None:
    """Write the manifest, set the rights of files and folders, and wait until all of it is on the disk."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = Manifest(
        run_id=run_id,
        released_at=released_at.isoformat(),
        inputs=inputs,
        versions={name: importlib.metadata.version(name) for name in ("kommunlager", "duckdb")},
        oldest_duckdb=OLDEST_DUCKDB,
        files={path.relative_to(folder).as_posix(): FileFacts(path.stat().st_size, hash_file(path)) for path in files},
        rows=count_rows(folder / WAREHOUSE),
    )
    write_record(folder / MANIFEST, manifest)
    let_read(folder)
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)


def _clear_unfinished(releases: Path) -> None:
    """Remove what killed runs left behind."""
    for folder in releases.glob(".*.unfinished"):
        shutil.rmtree(folder, ignore_errors=True)
