"""What ``kommunlager status`` says: what people read, what could be put back, and how the last run ended."""

from kommunlager.places import Places, shown
from kommunlager.publishing.lag import postgres_lag
from kommunlager.publishing.postgres import configured_postgres
from kommunlager.publishing.releases import kept_releases, published_release
from kommunlager.runs.record import UNDER_WAY, RunRecord, last_record
from kommunlager.runs.summary import published_lines


def status_lines(places: Places) -> list[str]:
    """The whole status, line by line."""
    return [*published_lines(places), *_postgres_lines(places), *_release_lines(places), *_last_run_lines(places)]


def _postgres_lines(places: Places) -> list[str]:
    if configured_postgres() is None:
        return []
    return [f"PostgreSQL {postgres_lag(places) or 'holds the same release'}"]


def _release_lines(places: Places) -> list[str]:
    published = published_release(places)
    lines = []
    for release in kept_releases(places):
        mark = f"  <- {shown(places.published)}" if release == published else ""
        damaged = release.damaged_files()
        lines.append(f"  {release.run_id}{mark}" + (f"  damaged: {', '.join(damaged)}" if damaged else ""))
    return ["Releases, the latest first:", *lines] if lines else []


def _last_run_lines(places: Places) -> list[str]:
    record = last_record(places)
    return [] if record is None else [f"Last run: {_told(record)}"]


def _told(record: RunRecord) -> str:
    if record.outcome == UNDER_WAY:
        ending = "has not ended (if it is not going on now, it was killed)"
    else:
        ending = f"{record.outcome.replace('_', ' ')}" + (
            f" in step {record.failed_step}" if record.failed_step else ""
        )
    return f"{record.run_id}, kommunlager {record.command}: {ending}"
