"""Puts an earlier release back."""

from kommunlager.failures import EXIT_NOT_PUBLISHED, StepFailedError
from kommunlager.places import Places
from kommunlager.publishing.releases import Release, kept_releases, point_published_at, published_release


def put_back(places: Places, run_id: str | None) -> Release:
    """Let ``published`` point at the release of ``run_id``, else at the one before the published; returns it.

    Raises StepFailedError when there is no such release, or when files of it are gone.
    """
    release = _find(places, run_id)
    damaged = release.damaged_files()
    if damaged:
        raise StepFailedError(
            f"Release {release.run_id} is damaged ({', '.join(damaged)}), so `published` stands as it was.",
            EXIT_NOT_PUBLISHED,
        )
    point_published_at(places, release)
    return release


def _find(places: Places, run_id: str | None) -> Release:
    kept, published = kept_releases(places), published_release(places)
    if run_id is None:
        candidates = [release for release in kept if published is not None and release.run_id < published.run_id]
    else:
        candidates = [release for release in kept if release.run_id == run_id]
    if not candidates:
        wanted = f"no release {run_id}" if run_id else "no release before the published one"
        told = ", ".join(release.run_id for release in kept) or "none"
        raise StepFailedError(f"There is {wanted}. Kept are: {told}.", EXIT_NOT_PUBLISHED)
    return candidates[0]
