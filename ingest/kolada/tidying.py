"""Keeps the manifest short: every night asks some thousand questions, and most answers bring nothing new."""

from collections.abc import Iterator

from ingest.kolada.landing import FAILED, LANDED, Entry, Landing

_Key = tuple[str, str, tuple[str, ...], tuple[str, ...]]


def forget_what_says_nothing(landing: Landing) -> None:
    """Drop answers without news and failures that were made good, once all they asked for has been answered again.

    The last answer to each question stays, and so does every failure that is a hole still: a failure to get all of
    something is made good by all of it, and not by later changes.
    """
    last, last_in_full = _last_answers(landing)
    dropped = {
        entry.batch_no
        for entry in _saying_nothing(landing)
        if all((last if entry.from_date else last_in_full).get(key, 0) > entry.batch_no for key in _keys(entry))
    }
    if dropped:
        landing.keep_only([entry for entry in landing.entries if entry.batch_no not in dropped])


def _keys(entry: Entry) -> Iterator[_Key]:
    """What one question asks for, KPI by KPI: the next night may put them together otherwise."""
    for kpi_id in entry.kpi_ids or ("",):
        yield entry.kind, kpi_id, entry.area_ids, entry.years


def _last_answers(landing: Landing) -> tuple[dict[_Key, int], dict[_Key, int]]:
    """The number of the last answer, and of the last whole one."""
    last: dict[_Key, int] = {}
    last_in_full: dict[_Key, int] = {}
    for entry in landing.landed():
        for key in _keys(entry):
            last[key] = entry.batch_no
            if entry.from_date is None:
                last_in_full[key] = entry.batch_no
    return last, last_in_full


def _saying_nothing(landing: Landing) -> Iterator[Entry]:
    """Failures, no changes, and the very same answer as the last time."""
    last_file: dict[_Key, str | None] = {}
    for entry in landing.entries:
        if entry.status == LANDED:
            repeats = all(last_file.get(key) == entry.file_name for key in _keys(entry))
            last_file |= dict.fromkeys(_keys(entry), entry.file_name)
            if repeats or (entry.from_date and not entry.rows):
                yield entry
        elif entry.status == FAILED:
            yield entry
