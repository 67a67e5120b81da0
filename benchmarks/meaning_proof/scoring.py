"""Compares the marts' rows with the expected ones, each at the printed figure that it is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from benchmarks.meaning_proof.warehouse import Answer, MeaningWarehouse
from tests.support.made_up_meaning.report import Expected, MadeUpReport, Place, Traits

_HALF_A_THOUSANDTH = Decimal("0.0005")


class Outcome(StrEnum):
    """What became of a row; ``EXTRA`` is a row that the marts have and that is not to be had from the print."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"
    EXTRA = "extra"


@dataclass(frozen=True)
class Score:
    """An expected or extra row, what the marts have, and what people are told about it."""

    outcome: Outcome
    question: str
    place: Place
    traits: Traits
    expected: Expected | None
    answer: Answer | None
    rules: tuple[str, ...] = ()
    is_assumed: bool = False

    @property
    def is_silent(self) -> bool:
        return not self.rules and not self.is_assumed


class Scorer:
    """Scores all reports of a warehouse."""

    def __init__(self, warehouse: MeaningWarehouse) -> None:
        self.answers = {(answer.question, answer.place): answer for answer in warehouse.answers()}
        self.findings = warehouse.findings()
        self.assumed = warehouse.assumed_figures()

    def scores(self, reports: list[MadeUpReport]) -> Iterator[Score]:
        for report in reports:
            expected = {(row.question, row.place): row for row in report.expected}
            for (question, place), row in expected.items():
                answer = self.answers.get((question, place))
                if row.is_required or answer is not None:
                    yield self._score(_outcome(row, answer), question, place, report, row, answer)
            for (question, place), answer in self.answers.items():
                if place.document_id == report.document.document_id and (question, place) not in expected:
                    yield self._score(Outcome.EXTRA, question, place, report, None, answer)

    def _score(
        self,
        outcome: Outcome,
        question: str,
        place: Place,
        report: MadeUpReport,
        expected: Expected | None,
        answer: Answer | None,
    ) -> Score:
        is_assumed = answer is not None and not self.assumed.isdisjoint(answer.figure_ids)
        traits = report.traits[place.table_no]
        return Score(outcome, question, place, traits, expected, answer, tuple(self._rules(place)), is_assumed)

    def _rules(self, place: Place) -> Iterator[str]:
        """Findings on the row, on its column, or on the whole table."""
        for rule, row_no, col_no in self.findings.get((place.document_id, place.table_no), []):
            if row_no in (place.row_no, None, 0) and (row_no or col_no in (place.col_no, None, 0)):
                yield rule


def _outcome(expected: Expected, answer: Answer | None) -> Outcome:
    if answer is None:
        return Outcome.MISSING
    is_right = (
        answer.unit == "tkr"
        and answer.fiscal_year == expected.fiscal_year
        and abs(answer.before - expected.before_tkr) <= _HALF_A_THOUSANDTH
        and abs(answer.value - expected.value_tkr) <= _HALF_A_THOUSANDTH
    )
    return Outcome.RIGHT if is_right else Outcome.WRONG
