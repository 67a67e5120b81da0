"""Finds the cells that the lines of a page enclose, as pdfplumber does, in time linear in where the lines meet."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from pdfplumber.page import Page
from pdfplumber.table import Table, cells_to_tables, merge_edges
from pdfplumber.utils.geometry import filter_edges, obj_to_bbox

from ingest.reading.limits import MOST_CROSSINGS_ON_PAGE

# In points: shorter lines are dots, and lines this close to each other are one or meet.
_DOT, _SHORTEST, _CLOSE = 1, 3, 3

Edge = dict[str, Any]
Point = tuple[float, float]
Cell = tuple[float, float, float, float]


class TooManyCrossingsError(Exception):
    """The lines of a page meet too often to be those of tables."""


def enclosed_tables(page: Page) -> list[Table]:
    """The groups of cells that touch each other; raises TooManyCrossingsError."""
    seen = [edge for way in "vh" for edge in filter_edges(page.edges, way, min_length=_DOT)]
    edges = filter_edges(merge_edges(seen, _CLOSE, _CLOSE, _CLOSE, _CLOSE), min_length=_SHORTEST)
    return [Table(page, cells) for cells in cells_to_tables(list(_Crossings(edges).cells()))]


class _Crossings:
    """The points where lines meet; ``upright`` and ``level`` are the lines that meet there."""

    def __init__(self, edges: Sequence[Edge]) -> None:
        self.upright: dict[Point, set[Cell]] = defaultdict(set)
        self.level: dict[Point, set[Cell]] = defaultdict(set)
        level = sorted((edge for edge in edges if edge["orientation"] == "h"), key=_top)
        for edge in edges:
            if edge["orientation"] == "v":
                self._cross(edge, level)
        self.by_x: dict[float, list[float]] = defaultdict(list)
        self.by_y: dict[float, list[float]] = defaultdict(list)
        for x, y in sorted(self.upright):
            self.by_x[x].append(y)
            self.by_y[y].append(x)

    def _cross(self, upright: Edge, level: Sequence[Edge]) -> None:
        x = upright["x0"]
        first = bisect_left(level, upright["top"] - _CLOSE, key=_top)
        last = bisect_right(level, upright["bottom"] + _CLOSE, key=_top)
        if last - first > MOST_CROSSINGS_ON_PAGE:
            raise TooManyCrossingsError
        for edge in level[first:last]:
            if edge["x0"] - _CLOSE <= x <= edge["x1"] + _CLOSE:
                self.upright[x, edge["top"]].add(obj_to_bbox(upright))
                self.level[x, edge["top"]].add(obj_to_bbox(edge))
        if len(self.upright) > MOST_CROSSINGS_ON_PAGE:
            raise TooManyCrossingsError

    def cells(self) -> Iterator[Cell]:
        """Yield the smallest cell that begins at each point."""
        for x, y in sorted(self.upright):
            cell = self._cell(x, y)
            if cell:
                yield cell

    def _cell(self, x: float, y: float) -> Cell | None:
        below, right = self.by_x[x], self.by_y[y]
        to_right = [other for other in right[bisect_right(right, x) :] if self.level[x, y] & self.level[other, y]]
        for bottom in below[bisect_right(below, y) :]:
            if self.upright[x, y] & self.upright[x, bottom]:
                for other in to_right:
                    if self._closes(x, y, other, bottom):
                        return (x, y, other, bottom)
        return None

    def _closes(self, x: float, y: float, right: float, bottom: float) -> bool:
        corner = (right, bottom)
        return (
            corner in self.upright
            and bool(self.upright[corner] & self.upright[right, y])
            and bool(self.level[corner] & self.level[x, bottom])
        )


def _top(edge: Edge) -> float:
    return float(edge["top"])
