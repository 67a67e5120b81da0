"""The output of ``kommunlager status``: the published release, the kept ones, and how the last run ended."""

from kommunlager.installation import Installation, shown
from kommunlager.publishing.postgres import configured_postgres, postgres_lag
from kommunlager.publishing.releases import kept_releases, published_release
from kommunlager.runs.record import UNDER_WAY, RunRecord, last_record
from kommunlager.runs.summary import published_lines


def status_lines(installation: Installation) -> list[str]:
    """The whole status, line by line."""
    return [
        *published_lines(installation),
        *_postgres_lines(installation),
        *_release_lines(installation),
        *_last_run_lines(installation),
    ]


def _postgres_lines(installation: Installation) -> list[str]:
    if configured_postgres() is None:
        return []
    return [f"PostgreSQL {postgres_lag(installation) or 'holds the same release'}"]


def _release_lines(installation: Installation) -> list[str]:
    published = published_release(installation)
    lines = []
    for release in kept_releases(installation):
        mark = f"  <- {shown(installation.published)}" if release == published else ""
        damaged = release.damaged_files()
        lines.append(f"  {release.run_id}{mark}" + (f"  damaged: {', '.join(damaged)}" if damaged else ""))
    return ["Releases, the latest first:", *lines] if lines else []


def _last_run_lines(installation: Installation) -> list[str]:
    record = last_record(installation)
    return [] if record is None else [f"Last run: {_last_run_line(record)}"]


def _last_run_line(record: RunRecord) -> str:
    if record.outcome == UNDER_WAY:
        ending = "has not ended (unless it is in progress, it was killed)"
    else:
        ending = f"{record.outcome.replace('_', ' ')}" + (
            f" in step {record.failed_step}" if record.failed_step else ""
        )
    return f"{record.run_id}, kommunlager {record.command}: {ending}"
