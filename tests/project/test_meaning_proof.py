"""The proof of meaning makes up what it says, the same each time, and tells the outcomes of rows apart."""

from dataclasses import replace
from decimal import Decimal

import pytest

from benchmarks.meaning_proof.scoring import Outcome, Scorer
from benchmarks.meaning_proof.warehouse import Answer
from tests.support.made_up_meaning.generator import made_up_reports
from tests.support.made_up_meaning.header_words import Slot
from tests.support.made_up_meaning.report import MadeUpReport


class MadeUpWarehouse:
    """Answers without a database."""

    def __init__(self, answers: list[Answer], assumed: set[str] | None = None) -> None:
        self.answers = lambda: answers
        self.assumed_figures = lambda: assumed or set()
        self.findings = lambda: {("made_up_001", 1): [("made_up_rule", 2, None)]}


@pytest.fixture(scope="module")
def reports() -> list[MadeUpReport]:
    return made_up_reports(1, 120)


def answers_as_expected(report: MadeUpReport) -> list[Answer]:
    return [
        Answer(row.question, row.place, row.fiscal_year, row.before_tkr, row.value_tkr, "tkr", ("made_up_figure",))
        for row in report.expected
    ]


def test_the_same_seed_makes_up_the_same_reports(reports: list[MadeUpReport]) -> None:
    assert made_up_reports(1, 120) == reports
    assert made_up_reports(2, 120) != reports
    assert all("made_up" in report.document.document_id for report in reports)
    assert all("Påhittad" in report.document.committee for report in reports)


def test_every_kind_of_column_is_made_up(reports: list[MadeUpReport]) -> None:
    drawn = {slot for report in reports for traits in report.traits.values() for slot in traits.slots}
    assert drawn == set(Slot) - {Slot.TARGET}
    assert any(report.goals for report in reports)


def test_a_deviation_is_the_printed_difference_in_the_marts_sign(reports: list[MadeUpReport]) -> None:
    # Uppsala's made-up committee 2 prints net costs in tkr, negative: Ledning och stab, budget - 832, outcome - 766.
    row = next(row for row in reports[1].expected if row.question == "outcome_vs_budget" and row.place.row_no == 1)
    printed = reports[1].document.tables[0].rows[0].cells
    assert printed[row.place.col_no - 1] == "- 766"
    assert (row.before_tkr, row.value_tkr) == (Decimal(-832), Decimal(-766))


def test_outcomes_are_told_apart(reports: list[MadeUpReport]) -> None:
    report = reports[0]
    first, second, *others = answers_as_expected(report)
    wrong = replace(second, before=second.before + 1)
    extra = replace(first, question="outcome_vs_budget")
    scores = list(Scorer(MadeUpWarehouse([wrong, *others, extra])).scores([report]))  # type: ignore[arg-type]
    outcomes = {(score.question, score.place): score.outcome for score in scores}
    assert outcomes[first.question, first.place] is Outcome.MISSING
    assert outcomes[second.question, second.place] is Outcome.WRONG
    assert outcomes[extra.question, extra.place] is Outcome.EXTRA
    assert {outcomes[answer.question, answer.place] for answer in others} == {Outcome.RIGHT}


def test_an_assumption_is_seen_and_is_no_warning(reports: list[MadeUpReport]) -> None:
    answers = answers_as_expected(reports[0])
    scores = list(Scorer(MadeUpWarehouse(answers, {"made_up_figure"})).scores([reports[0]]))  # type: ignore[arg-type]
    assert all(score.is_assumed for score in scores)
    of_table = [score for score in scores if score.place.table_no == 1]
    assert {score.place.row_no for score in of_table if not score.is_silent} == {2}
