"""The goals of the reader on made-up reports of every kind, as they are and with the faults of real ones."""

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.made_up_reports.kinds import KINDS
from tests.support.made_up_reports.summary import summary
from tests.support.made_up_reports.trial import score_faults, score_kind

SEEDS = range(1400, 1410)
SEEDS_WITH_FAULTS = range(1500, 1524)
# In other kinds, the line above a table may be its caption or a heading.
MARKS_HEADINGS = ("tagged_pdf", "untagged_pdf", "drawn_pdf", "word")


class Goal(NamedTuple):
    """The least shares of figures found, of given ones right and of wrong ones doubted; the most right ones doubted."""

    found: float = 0.98
    right: float = 0.98
    wrong_doubted: float = 0.90
    right_doubted: float = 0.03
    unit: float = 0.95
    section: float = 0.95


GOAL = Goal()
# Columns of text that are a space apart leave more open.
GOALS_WITH_FAULTS = {"layout_text": Goal(right_doubted=0.04)}
# Wrong cells without doubt, as a share of all, that are too few for a goal of their own.
FEW = 0.003


@pytest.mark.parametrize("kind", KINDS)
def test_figures_are_found_and_right_or_doubtful(kind: str, tmp_path: Path) -> None:
    score = score_kind(kind, SEEDS, tmp_path)
    explained = summary({kind: score})
    assert score.printed > 400
    assert score.recall >= GOAL.found, explained
    assert score.precision >= GOAL.right, explained
    assert score.wrong_cells_doubted >= GOAL.wrong_doubted, explained
    assert score.right_cells_doubted <= GOAL.right_doubted, explained


@pytest.mark.parametrize("kind", KINDS)
def test_faults_of_real_reports_are_read_or_doubted_and_no_fact_is_wrong(kind: str, tmp_path: Path) -> None:
    goal = GOALS_WITH_FAULTS.get(kind, GOAL)
    score = score_faults(kind, SEEDS_WITH_FAULTS, tmp_path)
    explained = summary({kind: score})
    silently_wrong = score.wrong - score.wrong_unsure
    assert score.printed > 1000
    assert score.recall >= goal.found, explained
    assert score.precision >= goal.right, explained
    assert silently_wrong <= max((1 - goal.wrong_doubted) * score.wrong, FEW * score.given), explained
    assert score.right_cells_doubted <= goal.right_doubted, explained
    assert score.share("unit") >= goal.unit, explained
    assert kind not in MARKS_HEADINGS or score.share("section") >= goal.section, explained
    assert not [verdict for verdict in score.facts if verdict.endswith("wrong")], explained
