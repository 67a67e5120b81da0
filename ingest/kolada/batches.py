"""Sends one question after another and lands each response completely or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from ingest.kolada.client import KoladaClient, NotAnsweredError
from ingest.kolada.landing import FAILED, LANDED, Entry, Landing, pack, stamp
from ingest.kolada.losses import Loss, find_loss
from ingest.kolada.questions import Question
from ingest.kolada.shapes import Page


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
        except NotAnsweredError as error:
            self.note(question, FAILED, problem=str(error))
            raise
        if question.kind != "data" and not pages[0].rows:
            return self._refuse(question, "the list came back empty")
        loss = find_loss(self.landing, question, pages)
        if loss and not self._was_refused_before(loss):
            return self._refuse(question, loss.problem, loss.digest)
        return self.landing.land(self._entry(question, LANDED, **_counts(pages)), pack([page.body for page in pages]))

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
            fetched_at=stamp(self.client.now()),
            kpi_ids=question.kpi_ids,
            area_ids=question.area_ids,
            years=question.years,
            from_date=question.from_date,
            **facts,
        )

    def _refuse(self, question: Question, problem: str, digest: str | None = None) -> NoReturn:
        self.note(question, FAILED, problem=problem, sha256=digest)
        raise NotAnsweredError(problem)

    def _was_refused_before(self, loss: Loss) -> bool:
        """Whether another run met the same loss."""
        return any(entry.sha256 == loss.digest and entry.run_id != self.run_id for entry in self.landing.entries)


def _counts(pages: Sequence[Page]) -> dict[str, int]:
    rows = [row for page in pages for row in page.rows]
    return {"pages": len(pages), "rows": len(rows), "figures": sum(len(row.get("values", ())) for row in rows)}
