"""Aligns the lines of a table in layout text: each column's cells above each other, right of all labels."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.reading.sources.layout_headers import Placed
from ingest.reading.sources.layout_rows import Words
from ingest.reading.sources.printed_lines import Line, Segment
from ingest.reading.vocabulary.print import is_sentence

_LINES_ABOVE = 3
_LINES_BELOW = 2
# The number of letters between columns.
_GAP = 3


def is_askew(lines: Sequence[Line], rows: dict[int, Placed], headers: dict[int, Placed]) -> bool:
    """Whether cells are not separated by print's gaps, or are not above each other."""
    both = rows | headers
    if any(row.parts != tuple(segment.words for segment in lines[number].segments) for number, row in both.items()):
        return True
    spans, own = _spans(both.values()), _spans(rows.values())
    labels_end = max((row.label[-1][-1].x1 for row in rows.values() if row.label), default=0.0)
    is_off = any(
        header[-1].x1 < own[at][0] or header[0].x0 > own[at][1]
        for row in headers.values()
        for at, header in row.cells.items()
        if at in own
    )
    edges = [labels_end, *(edge for at in sorted(spans) for edge in spans[at])]
    return is_off or edges != sorted(edges)


def _spans(placed: Iterable[Placed]) -> dict[int, tuple[float, float]]:
    """The extent of each column's cells."""
    spans: dict[int, tuple[float, float]] = {}
    for row in placed:
        for place, cell in row.cells.items():
            x0, x1 = spans.get(place, (cell[0].x0, cell[-1].x1))
            spans[place] = (min(x0, cell[0].x0), max(x1, cell[-1].x1))
    return spans


def straightened(lines: Sequence[Line], placed: dict[int, Placed], width: float) -> list[Line]:
    """The lines with each column's cells above each other, right of all labels."""
    labels_end = max((row.label[-1][-1].x1 for row in placed.values() if row.label), default=0.0)
    slots = _slots(placed.values(), labels_end, width)
    straight = list(lines)
    for number in _around(lines, placed):
        row = placed.get(number)
        if row is not None:
            cells = (_in_slot(cell, slots[at]) for at, cell in row.cells.items())
            straight[number] = replace(lines[number], segments=tuple(map(Segment, (*row.label, *cells))))
        elif not is_sentence(lines[number].text):
            nearest = min(placed, key=lambda other: (abs(other - number), other))
            spans = _spans(placed.values()) | _spans([placed[nearest]])
            straight[number] = _moved_line(lines[number], labels_end, spans, slots)
    return straight


def _around(lines: Sequence[Line], placed: dict[int, Placed]) -> range:
    """Numbers of the lines of a table, including lines without figures close above and below its rows."""
    first, last = min(placed), max(placed)
    while first > max(0, min(placed) - _LINES_ABOVE) and _goes_on(lines[first - 1], lines[first]):
        first -= 1
    while last + 1 < min(len(lines), max(placed) + _LINES_BELOW + 1) and _goes_on(lines[last + 1], lines[last]):
        last += 1
    return range(first, last + 1)


def _goes_on(line: Line, inner: Line) -> bool:
    gap = max(line.top, inner.top) - min(line.bottom, inner.bottom)
    return gap < line.size and not line.figures and not is_sentence(line.text)


def _slots(placed: Iterable[Placed], start: float, width: float) -> dict[int, tuple[float, float]]:
    widths: dict[int, float] = {}
    for row in placed:
        for at, cell in row.cells.items():
            widths[at] = max(widths.get(at, 0.0), cell[-1].x1 - cell[0].x0)
    slots: dict[int, tuple[float, float]] = {}
    for at in sorted(widths):
        start += _GAP * width
        slots[at] = (start, start + widths[at])
        start += widths[at]
    return slots


def _in_slot(cell: Words, slot: tuple[float, float]) -> Words:
    return _moved(cell, slot[1] - cell[-1].x1)


def _moved(words: Words, shift: float) -> Words:
    return tuple(replace(word, x0=word.x0 + shift, x1=word.x1 + shift) for word in words)


def _moved_line(
    line: Line, labels_end: float, spans: dict[int, tuple[float, float]], slots: dict[int, tuple[float, float]]
) -> Line:
    """A line that doesn't fill the columns, such as a header over several, centred over those it covers."""
    segments = []
    for segment in line.segments:
        if segment.x0 < min(labels_end, spans[min(spans)][0]):
            segments.append(segment)
            continue
        covered = _under(segment, spans)
        middle = (slots[min(covered)][0] + slots[max(covered)][1]) / 2
        segments.append(Segment(_moved(segment.words, middle - (segment.x0 + segment.x1) / 2)))
    return replace(line, segments=tuple(segments))


def _under(segment: Segment, spans: dict[int, tuple[float, float]]) -> list[int]:
    """The column that a segment is aligned with, or else those that it covers, or else the nearest."""
    over = [at for at, (x0, x1) in spans.items() if min(x1, segment.x1) > max(x0, segment.x0)]
    aligned = [at for at in over if segment.x0 == spans[at][0] or segment.x1 == spans[at][1]]
    nearest = min(spans, key=lambda at: abs(sum(spans[at]) - segment.x0 - segment.x1))
    return aligned[:1] or over or [nearest]
