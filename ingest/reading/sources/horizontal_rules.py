"""The horizontal lines of a PDF page: what they separate, and which headers they are below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pdfplumber.page import Page

# Pieces of a line that are this close in height, in points, are one line.
_SAME_HEIGHT = 1.5
# The least share of a table's width that a line across it covers.
_SHARE = 0.6


@dataclass(frozen=True)
class Rule:
    """A line, or the edge of a coloured area; it may be drawn in pieces, cell by cell."""

    height: float
    pieces: tuple[tuple[float, float], ...]

    def covered(self, x0: float, x1: float) -> float:
        """How many points of a horizontal stretch it covers."""
        length, reached = 0.0, x0
        for left, right in sorted(self.pieces):
            length += max(0.0, min(right, x1) - max(left, reached))
            reached = max(reached, right)
        return length


def horizontal_rules(page: Page) -> list[Rule]:
    """The lines of a page from top to bottom."""
    found: list[tuple[float, list[tuple[float, float]]]] = []
    for edge in sorted(page.horizontal_edges, key=lambda edge: edge["top"]):
        if not found or edge["top"] - found[-1][0] >= _SAME_HEIGHT:
            found.append((edge["top"], []))
        found[-1][1].append((edge["x0"], edge["x1"]))
    return [Rule(height, tuple(dict.fromkeys(pieces))) for height, pieces in found]


def heights_across(rules: Iterable[Rule], edges: Sequence[float]) -> list[float]:
    """The heights of the rules that cover most of the width between the first and the last edge."""
    x0, x1 = min(edges), max(edges)
    return [rule.height for rule in rules if rule.covered(x0, x1) > _SHARE * (x1 - x0)]
