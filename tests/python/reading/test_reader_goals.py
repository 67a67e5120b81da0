"""The goals of the reader on made-up reports of every kind: figures found, figures right, doubts that have cause.

The goal is 0.98 of the figures and 0.90 of the wrong ones doubted. What stands lower here says how far a kind has come
on these few seeds, so that a step back is seen; how well the reader does on others, ``make bench-reader`` says.
"""

from pathlib import Path
from typing import NamedTuple

import pytest
from made_up_reports.kinds import KINDS
from made_up_reports.summary import summary
from made_up_reports.trial import score_kind

SEEDS = range(500, 508)


class Reached(NamedTuple):
    """The least shares of figures found, of given ones right, of wrong ones doubted; the most right ones doubted."""

    found: float = 0.98
    right: float = 0.98
    wrong_doubted: float = 0.90
    right_doubted: float = 0.03


REACHED = dict.fromkeys(KINDS, Reached()) | {
    "drawn_pdf": Reached(wrong_doubted=0.5),
}


@pytest.mark.parametrize("kind", KINDS)
def test_figures_are_found_and_right_or_doubted(kind: str, tmp_path: Path) -> None:
    score = score_kind(kind, SEEDS, tmp_path)
    explained = summary({kind: score})
    assert score.printed > 400
    assert score.recall >= REACHED[kind].found, explained
    assert score.precision >= REACHED[kind].right, explained
    assert score.wrong_cells_doubted >= REACHED[kind].wrong_doubted, explained
    assert score.right_cells_doubted <= REACHED[kind].right_doubted, explained
