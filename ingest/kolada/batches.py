"""Sends one question after another and lands each response completely or not at all."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ingest.kolada.client import KoladaClient, NotAnsweredError
from ingest.kolada.landing import FAILED, LANDED, Entry, Landing, now, pack
from ingest.kolada.questions import Question
from ingest.kolada.shapes import Page


class _ShrunkenError(NotAnsweredError):
    """A response that is suspiciously short."""

    def __init__(self, problem: str, sha256: str) -> None:
        super().__init__(problem)
        self.sha256 = sha256


@dataclass
class Batches:
    """The questions and responses of one run; ``run_id`` is stored with each batch in the manifest."""

    client: KoladaClient
    landing: Landing
    run_id: str

    def fetch(self, question: Question) -> Entry:
        """Land the complete response, or record the failure and raise NotAnsweredError."""
        try:
            pages = self.client.whole_answer(question)
            packed = pack([page.body for page in pages])
            self._refuse_shrunken(question, pages, packed)
        except NotAnsweredError as error:
            self.note(question, FAILED, problem=str(error), sha256=getattr(error, "sha256", None))
            raise
        return self.landing.land(self._entry(question, LANDED, **_counts(pages)), packed)

    def fetch_list(self, kind: str) -> list[dict[str, Any]]:
        """The rows of one of Kolada's lists, which a run fetches once."""
        question = Question(kind)
        entry = self.landing.last_landed(question.address)
        if entry is None or entry.run_id != self.run_id:
            entry = self.fetch(question)
        return [row for page in self.landing.pages(entry) for row in page["values"]]

    def note(self, question: Question, status: str, **facts: Any) -> None:
        """Add an entry without pages to the manifest: a failure, a decision."""
        self.landing.note(self._entry(question, status, **facts))

    def _entry(self, question: Question, status: str, **facts: Any) -> Entry:
        return Entry(
            batch_no=self.landing.next_batch_no,
            run_id=self.run_id,
            kind=question.kind,
            address=question.address,
            status=status,
            fetched_at=now(),
            kpi_ids=question.kpi_ids,
            area_ids=question.area_ids,
            years=question.years,
            from_date=question.from_date,
            **facts,
        )

    def _refuse_shrunken(self, question: Question, pages: Sequence[Page], packed: bytes) -> None:
        """Refuse a full response that is suddenly short, unless another run has received exactly the same."""
        rows = _counts(pages)["rows"]
        earlier = self.landing.last_landed(question.address)
        if question.kind != "data" and not rows:
            raise NotAnsweredError("the list came back empty")
        if question.from_date is None and earlier and rows * 2 < earlier.rows:
            digest = hashlib.sha256(packed).hexdigest()
            others = [entry for entry in self.landing.entries if entry.run_id != self.run_id]
            if not any(entry.sha256 == digest for entry in others):
                raise _ShrunkenError(f"only {rows} rows arrived; last time there were {earlier.rows}", digest)


def _counts(pages: Sequence[Page]) -> dict[str, int]:
    rows = [row for page in pages for row in page.rows]
    return {"pages": len(pages), "rows": len(rows), "figures": sum(len(row.get("values", ())) for row in rows)}
