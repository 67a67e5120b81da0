"""Checks ``releases/`` and ``published``."""

from collections.abc import Iterator
from functools import partial

from ingest.files.records import UNREADABLE, set_aside
from kommunlager.commands.doctor.problem import Problem
from kommunlager.errors import StepFailedError
from kommunlager.installation import Installation, shown
from kommunlager.publishing.releases import (
    Release,
    check_can_point,
    kept_releases,
    point_published_at,
    published_release,
)

_RUN = "run `kommunlager run`, which makes a new release"


def releases(installation: Installation) -> Iterator[Problem]:
    """Releases with files that are missing or altered, and a link that doesn't lead to a whole one."""
    damaged = {}
    for release in kept_releases(installation):
        if files := release.damaged_files(by_content=True):
            damaged[release] = f"is damaged ({', '.join(files)})"
    published = published_release(installation)
    yield from _link(installation, published, damaged)
    for release, fault in damaged.items():
        # Asked again, since the link may have been repaired.
        if release != published_release(installation):
            remedy = f"rename it to {release.run_id}{UNREADABLE}, so that nothing can go back to it"
            yield Problem(f"release {release.run_id}", fault, remedy, partial(set_aside, release.folder))


def _link(installation: Installation, published: Release | None, damaged: dict[Release, str]) -> Iterator[Problem]:
    link = installation.published
    if link.exists() and not link.is_symlink():
        remedy = f"rename it to {link.name}{UNREADABLE}"
        yield Problem(shown(link), "is not a link to a release", remedy, partial(_make_way, installation, damaged))
        return
    try:
        check_can_point(installation)
    except StepFailedError as failure:
        yield Problem(shown(link), str(failure), "see there")
        return
    if published in damaged:
        yield _repointing(installation, damaged, damaged[published])
    elif link.is_symlink() and published is None:
        yield _repointing(installation, damaged, "leads to a release that does not exist")


def _repointing(installation: Installation, damaged: dict[Release, str], fault: str) -> Problem:
    place = shown(installation.published)
    whole = _latest_whole(installation, damaged)
    if whole is None:
        return Problem(place, fault, _RUN)
    remedy = f"let it lead to release {whole.run_id}, the latest that is whole"
    return Problem(place, fault, remedy, partial(point_published_at, installation, whole))


def _make_way(installation: Installation, damaged: dict[Release, str]) -> None:
    """Rename what is in the place of the link, and make the link to the latest whole release."""
    set_aside(installation.published)
    whole = _latest_whole(installation, damaged)
    if whole:
        point_published_at(installation, whole)


def _latest_whole(installation: Installation, damaged: dict[Release, str]) -> Release | None:
    return next((release for release in kept_releases(installation) if release not in damaged), None)
