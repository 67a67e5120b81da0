"""Finds responses that would take away more than half of what is known.

Kolada may have lost its figures, or only its footing. Such a response is believed once another sync gets it again.
"""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.kolada.landing import Entry, Landing
from ingest.kolada.questions import Question
from ingest.kolada.shapes import Page, Row, deleted_keys, row_keys

_Keys = set[tuple[str, ...]]


@dataclass(frozen=True)
class Loss:
    """What a response takes away. ``digest`` identifies it, whatever else has changed when it is asked for again."""

    problem: str
    digest: str


def find_loss(landing: Landing, question: Question, pages: Sequence[Page]) -> Loss | None:
    """The loss if a response takes away more than half of the figures, or of the rows of a list."""
    rows = [row for page in pages for row in page.rows]
    deleted = set(deleted_keys(question.kind, rows))
    kept = set(row_keys(question.kind, rows)) - deleted
    if not _is_suspicious(landing, question, kept, deleted):
        return None
    known = _known(landing, question)
    gone = known & deleted if question.from_date else known - kept
    if len(gone) * 2 <= len(known):
        return None
    things = "figures" if question.kind == "data" else "rows"
    digest = hashlib.sha256(repr(sorted(gone)).encode()).hexdigest()
    return Loss(f"{len(gone)} of {len(known)} {things} are gone; believed if the next sync gets the same", digest)


def _is_suspicious(landing: Landing, question: Question, kept: _Keys, deleted: _Keys) -> bool:
    """Whether it is worth reading earlier responses: what can be seen without them."""
    if question.from_date:
        return len(deleted) > len(kept)
    earlier = landing.last_landed(question.address)
    before = 0 if earlier is None else earlier.figures if question.kind == "data" else earlier.rows
    return len(kept) * 2 < before or not kept


def _known(landing: Landing, question: Question) -> _Keys:
    """The figures or rows of the responses that have landed so far."""
    known: _Keys = set()
    for entry in landing.landed():
        if (entry.kind, entry.area_ids, entry.years) == (question.kind, question.area_ids, question.years):
            rows = _rows(landing, entry, set(question.kpi_ids))
            if entry.from_date is None:
                renewed = set(entry.kpi_ids)
                known = {key for key in known if key[0] not in renewed} if renewed else set()
            known |= set(row_keys(entry.kind, rows))
            known -= set(deleted_keys(entry.kind, rows))
    return known


def _rows(landing: Landing, entry: Entry, kpi_ids: set[str]) -> list[Row]:
    """The rows of a landed batch about some KPIs; none if its file is damaged, which loading reports."""
    if entry.kpi_ids and not kpi_ids.intersection(entry.kpi_ids):
        return []
    try:
        rows = [row for page in landing.pages(entry) for row in page["values"]]
    except (OSError, ValueError, EOFError, zlib.error):
        return []
    return [row for row in rows if row["kpi"] in kpi_ids] if entry.kind == "data" else rows
