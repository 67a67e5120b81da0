"""A report that nobody has mapped, dropped in: its deviations, changes and goals are in the published marts, right."""

from collections import Counter

import pytest

from benchmarks.meaning_proof.scoring import Outcome, Scorer, goal_outcomes
from benchmarks.meaning_proof.warehouse import MeaningWarehouse
from ingest.workbook.writer import write_workbook
from tests.support.installation import TrialInstallation
from tests.support.made_up_meaning.columns import ANNUAL, WITH_FORECAST
from tests.support.made_up_meaning.generator import made_up_reports
from tests.support.made_up_meaning.report import MadeUpReport

# Reports that were not looked at while the rules were made.
SEED = 160


def first_with(kind: str, states_unit: bool, reports: list[MadeUpReport]) -> MadeUpReport:
    """The first report of a kind that prints a cost-type table, with last year beside it, with or without a unit."""
    return next(
        report
        for report in reports
        if (traits := report.traits[1]).report == kind
        and traits.statement == "cost_type"
        and states_unit is (traits.unit_place != "nowhere")
        and any(row.question == "outcome_change" for row in report.expected)
    )


@pytest.mark.parametrize(("kind", "states_unit"), [(ANNUAL, True), (WITH_FORECAST, False)])
def test_a_strangers_report_is_answered(released: TrialInstallation, kind: str, states_unit: bool) -> None:
    report = first_with(kind, states_unit, made_up_reports(SEED, 60))
    write_workbook(report.document, released.data / "reports" / f"{report.document.document_id}.xlsx")
    run = released.kommunlager("run")
    assert run.returncode == 0, run.stdout + run.stderr

    warehouse = MeaningWarehouse.opened(released.published)
    scores = list(Scorer(warehouse).scores([report]))
    assert Counter(score.outcome for score in scores) == {Outcome.RIGHT: len(scores)}
    questions = {score.question for score in scores}
    assert {"outcome_change", "outcome_vs_budget" if kind == ANNUAL else "forecast_vs_budget"} <= questions
    goals = [outcome for _, outcome in goal_outcomes(warehouse, [report])]
    assert goals == [Outcome.RIGHT] * (4 if kind == ANNUAL else 0)

    deviations = sum("_vs_" in score.question for score in scores)
    assert f"{report.document.document_id}: {deviations} budget rows, {len(goals)} goals" in run.stdout
    pages = [path.read_text(encoding="utf-8") for path in (released.work / "published" / "site").glob("*-budget*.html")]
    about_it = "".join(text for text in pages if report.document.title in text)
    assert all(row.label in about_it for row in report.document.tables[0].rows if not row.is_heading)
    assert ("enhet antagen" in about_it) is not states_unit
