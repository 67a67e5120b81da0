"""Joins rows of layout text whose figures are on a line between the two lines of their label."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.reading.sources.printed_lines import Line, Segment
from ingest.reading.sources.printed_words import Word
from ingest.reading.vocabulary.print import is_sentence

# In letter heights: lines no further apart than this belong to one row.
_CLOSE = 0.5


def with_centred_rows(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page with each such row as one line: label, figures and the rest of the label."""
    joined: list[Line] = []
    number = 0
    while number < len(lines):
        three = lines[number : number + 3]
        if len(three) == 3 and _is_row(*three):
            joined.append(_merged(*three))
            number += 3
        else:
            joined.append(lines[number])
            number += 1
    return joined


def _is_row(above: Line, row: Line, below: Line) -> bool:
    first, second = above.segments[0], below.segments[0]
    is_close = max(row.top - above.bottom, below.top - row.bottom) < _CLOSE * row.size
    are_names = not any(part.is_figure or is_sentence(part.text) for part in (first, second))
    is_label = abs(first.x0 - second.x0) < row.size and row.segments[0].x0 > max(first.x1, second.x1)
    # A figure below the row's own continues the word above it: ``minst`` and ``50``.
    most_below = 1 if len(above.segments) > 1 else 0
    has_figures = len(row.figures) > 1 and row.segments[0].is_figure and not above.figures
    has_figures = has_figures and len(below.figures) <= most_below
    return is_close and are_names and is_label and has_figures


def _merged(above: Line, row: Line, below: Line) -> Line:
    label = _beside(above.segments[0], below.segments[0], at_left=True)
    cells = list(row.segments)
    for part in (*above.segments[1:], *below.segments[1:]):
        over = next((at for at, cell in enumerate(cells) if cell.x0 < part.x1 and part.x0 < cell.x1), None)
        if over is None:
            cells.append(part)
        else:
            cells[over] = _beside(cells[over], part, at_left=False)
    return replace(row, segments=(label, *sorted(cells, key=lambda cell: cell.x0)))


def _beside(first: Segment, second: Segment, *, at_left: bool) -> Segment:
    """Join two parts of a cell that are printed one above the other."""
    width = second.x1 - second.x0
    space = first.words[0].size / 2
    edge = first.x1 if at_left else max(first.x1, second.x1) - width - space
    return Segment((*_moved(first, edge - first.x1), *_moved(second, edge + space - second.x0)))


def _moved(segment: Segment, shift: float) -> Iterator[Word]:
    return (replace(word, x0=word.x0 + shift, x1=word.x1 + shift) for word in segment.words)
