"""Finds the areas of a printed page that are read one after the other: columns of text, tables side by side."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf

from ingest.reading.sources.printed_lines import Line, Segment

# A line in a column of text has at least this many letters, and a column of text at least this many such lines.
_LETTERS_OF_TEXT = 22
_LINES_OF_TEXT = 5
# A line in a column of text ends this close to the next column, in letter heights, or continues up to it.
_FULL_WIDTH = 6.0
# Edges this close, in points, are the same.
_NEAR = 3.0
_LEAST_ROWS = 2
# At most this many lines of captions and headers are above the first rows of tables side by side.
_LINES_OF_HEADER = 5
# Tables side by side continue across gaps of up to this many letter heights.
_WIDEST_GAP = 2.5


@dataclass(frozen=True)
class Area:
    """Lines that are read from top to bottom, and the part of the page's width that they occupy."""

    lines: tuple[Line, ...]
    x0: float = -inf
    x1: float = inf

    def sides(self, edge: float) -> "list[Area]":
        """The parts left and right of an edge."""
        parts = []
        for x0, x1 in ((self.x0, edge), (edge, self.x1)):
            found = [_within(line, x0, x1) for line in self.lines]
            parts.append(Area(tuple(line for line in found if line), x0, x1))
        return [part for part in parts if part.lines]


def page_areas(area: Area) -> Iterator[Area]:
    """Yield the areas that an area (a whole page, at first) consists of, in reading order."""
    if not area.lines:
        return
    edge = _edge_of_text(area.lines)
    if edge is None:
        yield from _tables_beside(area)
        return
    over: tuple[Line, ...] = ()
    for is_parted, found in groupby(area.lines, lambda line: _is_parted(line, edge)):
        lines = (*over, *found)
        columns = _until_text_ends(lines) if is_parted else 0
        over = lines[columns:]
        for side in Area(lines[:columns], area.x0, area.x1).sides(edge):
            yield from page_areas(side)
        if not is_parted:
            yield from _tables_beside(Area(over, area.x0, area.x1))
            over = ()
    if over:
        yield from _tables_beside(Area(over, area.x0, area.x1))


def _until_text_ends(lines: Sequence[Line]) -> int:
    """The number of lines up to the last of running text; headings and tables after it belong to the part below."""
    count = len(lines)
    while count and not _ends_text(lines[:count]):
        count -= 1
    return count


def _ends_text(lines: Sequence[Line]) -> bool:
    *_, before, last = (lines[0], *lines)
    return any(map(_is_text, last.segments)) and last.size < 1.1 * before.size


def _within(line: Line, x0: float, x1: float) -> Line | None:
    segments = tuple(segment for segment in line.segments if x0 <= segment.x0 + 1 < x1)
    if not segments:
        return None
    words = [word for segment in segments for word in segment.words]
    return Line(segments, min(word.top for word in words), max(word.bottom for word in words))


def _edge_of_text(lines: Sequence[Line]) -> float | None:
    """The left edge of a column of text that is right of another one, or None."""
    texts = [(line, segment) for line in lines for segment in line.segments if _is_text(segment)]
    for edge in sorted({segment.x0 for _, segment in texts}):
        column = [line for line, segment in texts if abs(segment.x0 - edge) < _NEAR]
        if len(column) < _LINES_OF_TEXT:
            continue
        before = [line for line, segment in texts if segment.x1 < edge and _reaches(segment, edge)]
        beside = [line for line in before if column[0].top - 1 < line.middle < column[-1].bottom + 1]
        if len(beside) >= _LINES_OF_TEXT:
            return edge - 1
    return None


def _is_text(segment: Segment) -> bool:
    return sum(map(str.isalpha, segment.text)) >= _LETTERS_OF_TEXT


def _reaches(segment: Segment, edge: float) -> bool:
    return edge - segment.x1 < _FULL_WIDTH * segment.words[0].size


def _is_parted(line: Line, edge: float) -> bool:
    """Whether nothing crosses the edge; a row with figures on both sides belongs to a table across it."""
    left = [segment for segment in line.segments if segment.x0 < edge]
    right = [segment for segment in line.segments if segment.x0 >= edge]
    if any(segment.x1 > edge for segment in left):
        return False
    is_row = bool(left and right) and right[0].x0 - edge > _NEAR + 1 and right[0].is_figure
    return not is_row or _is_text(left[-1])


def _tables_beside(area: Area) -> Iterator[Area]:
    """Yield two tables whose rows are on the same lines, each with its own labels and similar headers."""
    lines = area.lines
    parted = _rows_apart(lines)
    if parted:
        yield from _parted_area(area, *parted)
        return
    for number, line in enumerate(lines):
        edge = _second_label(line)
        if edge is None:
            continue
        first, last = _reach_of_edge(lines, number, edge)
        if _are_two_tables(lines[first : last + 1], number - first, edge):
            yield from _parted_area(area, edge, first, last)
            return
    yield area


def _parted_area(area: Area, edge: float, first: int, last: int) -> Iterator[Area]:
    """Yield the lines above, those from ``first`` to ``last`` on each side of an edge, and those below."""
    if first:
        yield Area(area.lines[:first], area.x0, area.x1)
    for side in Area(area.lines[first : last + 1], area.x0, area.x1).sides(edge):
        yield from _tables_beside(side)
    if last + 1 < len(area.lines):
        yield from _tables_beside(Area(area.lines[last + 1 :], area.x0, area.x1))


def _rows_apart(lines: Sequence[Line]) -> tuple[float, int, int] | None:
    """The edge between two tables whose rows are at different heights, and the first and last line that it parts.

    Every row is on one side of it, and some rows of each side are between rows of the other.
    """
    rows = [number for number, line in enumerate(lines) if _is_named_row(line)]
    for start in sorted({lines[row].segments[0].x0 for row in rows})[1:]:
        left = [row for row in rows if lines[row].segments[-1].x1 < start]
        right = [row for row in rows if lines[row].segments[0].x0 >= start]
        if len(left) + len(right) < len(rows) or min(len(left), len(right)) < _LEAST_ROWS:
            continue
        if right[-1] < left[0] or left[-1] < right[0]:
            continue
        edge = (max(lines[row].segments[-1].x1 for row in left) + start) / 2
        first, last = rows[0], rows[-1]
        while first and not _crosses(lines[first - 1], edge):
            first -= 1
        while last + 1 < len(lines) and not _crosses(lines[last + 1], edge):
            last += 1
        if not any(_crosses(line, edge) for line in lines[first : last + 1]):
            return edge, first, last
    return None


def _is_named_row(line: Line) -> bool:
    return bool(line.figures) and len(line.segments) > 1 and not line.segments[0].is_figure


def _crosses(line: Line, edge: float) -> bool:
    return any(segment.x0 < edge < segment.x1 for segment in line.segments)


def _second_label(line: Line) -> float | None:
    """The centre of the gap before words between figures: the label of a row further right."""
    figures = [number for number, segment in enumerate(line.segments) if number and segment in line.figures]
    for number in range(2, len(line.segments) - 1):
        segment = line.segments[number]
        is_label = re.search(r"[^\W\d_]{2}", segment.text) and not line.segments[0].is_figure
        if is_label and number - 1 in figures and number + 1 in figures:
            return (line.segments[number - 1].x1 + segment.x0) / 2
    return None


def _reach_of_edge(lines: Sequence[Line], row: int, edge: float) -> tuple[int, int]:
    """The first and the last line around a row that are close and leave the edge free."""

    def is_free(number: int, nearer: int) -> bool:
        line, other = lines[number], lines[nearer]
        gap = max(line.top, other.top) - min(line.bottom, other.bottom)
        return not any(s.x0 < edge < s.x1 for s in line.segments) and gap < _WIDEST_GAP * line.size

    first = last = row
    while first > max(0, row - _LINES_OF_HEADER) and is_free(first - 1, first):
        has_both = lines[first - 1].segments[0].x0 < edge <= lines[first - 1].segments[-1].x0
        if not has_both:
            break
        first -= 1
    while last + 1 < len(lines) and is_free(last + 1, last):
        last += 1
    return first, last


def _are_two_tables(lines: Sequence[Line], first_row: int, edge: float) -> bool:
    """Whether several rows have their own label right of the edge, below headers or captions that repeat there."""
    rows = [[segment for segment in line.segments if segment.x0 >= edge] for line in lines[first_row:]]
    firsts = [row[0] for row in rows if row and not row[0].is_figure]
    labels = [first.text for first in firsts if abs(first.x0 - firsts[0].x0) < _NEAR]
    if len(labels) < _LEAST_ROWS or len(set(labels)) < len(labels):
        return False
    header = [segment for line in lines[:first_row] for segment in line.segments]
    left = {segment.text for segment in header if segment.x0 < edge}
    return any(segment.text in left for segment in header if segment.x0 >= edge)
