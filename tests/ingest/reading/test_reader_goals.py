"""The goals of the reader on made-up reports of every kind: figures found, figures right, justified doubts."""

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.made_up_reports.kinds import KINDS
from tests.support.made_up_reports.summary import summary
from tests.support.made_up_reports.trial import score_kind

SEEDS = range(1400, 1410)


class Goal(NamedTuple):
    """The least shares of figures found, of given ones right and of wrong ones doubted; the most right ones doubted."""

    found: float = 0.98
    right: float = 0.98
    wrong_doubted: float = 0.90
    right_doubted: float = 0.03


GOAL = Goal()


@pytest.mark.parametrize("kind", KINDS)
def test_figures_are_found_and_right_or_doubtful(kind: str, tmp_path: Path) -> None:
    score = score_kind(kind, SEEDS, tmp_path)
    explained = summary({kind: score})
    assert score.printed > 400
    assert score.recall >= GOAL.found, explained
    assert score.precision >= GOAL.right, explained
    assert score.wrong_cells_doubted >= GOAL.wrong_doubted, explained
    assert score.right_cells_doubted <= GOAL.right_doubted, explained
