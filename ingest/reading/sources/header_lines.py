"""Separates the header lines of a table without ruled cells from captions, headings and rows."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from ingest.reading.sources.horizontal_rules import Rule, heights_across
from ingest.reading.sources.printed_lines import Line
from ingest.reading.vocabulary.column_headers import is_column_header, is_figure_header
from ingest.reading.vocabulary.print import is_caption

MOST_WORDS_OF_HEADER = 4
_MOST_HEADER_LINES = 12
# At least this many lines with figures are needed to see whether a rule separates the first from the others.
_ROWS_BELOW_HEADER = 3
# At most this many lines of the first row's label may be between the header and its figures.
_MOST_LABEL_LINES = 4
_MOST_WORDS_OF_GRADE = 2


def first_header_line(lines: list[Line], rows: list[int], first_row: int, after: int, body_size: float) -> int:
    """The line where the header begins, above ``rows`` with figures; the first row begins at ``first_row``."""
    is_over_figures = _over_figures([lines[row] for row in rows])
    has_labels = any(not lines[row].segments[0].is_figure for row in rows)
    size = max(body_size, lines[first_row].size)
    first = first_row
    for number in range(first_row - 1, max(after, first_row - _MOST_HEADER_LINES) - 1, -1):
        line, gap = lines[number], lines[number + 1].top - lines[number].bottom
        # A blank spacer row may separate the header from the first row.
        is_apart = gap > (3.2 if number == first_row - 1 else 2) * line.size
        ends_headers = number == first_row - 1 and number > after and _is_headed(lines[number - 1], line)
        if (
            (line.figures and not ends_headers)
            or is_apart
            or is_heading(line, size)
            or _is_caption(line, lines, first, first_row)
        ):
            break
        if _repeats_a_grade(line):
            continue
        of_label = first_row - number - 1
        names_more = len(line.segments) > 1 and (of_label <= 2 or first < first_row or names_columns(line))
        if names_more or (has_labels and is_over_figures(line, gap)):
            first = number
        elif has_labels and (first < first_row or of_label > _MOST_LABEL_LINES):
            break
    return first


def ends_header(lines: list[Line], group: list[int], rules: Sequence[Rule]) -> bool:
    """Whether the first line with figures ends the headers above it, as a rule below it shows: ``Åk 1–`` and ``3``."""
    if len(group) < _ROWS_BELOW_HEADER or not group[0]:
        return False
    edges = [edge for row in group for edge in (lines[row].segments[0].x0, lines[row].segments[-1].x1)]
    heights = heights_across(rules, edges)
    ruled = [_is_ruled_off(lines[a], lines[b], heights) for a, b in pairwise(group[:_ROWS_BELOW_HEADER])]
    return ruled == [True, False] and _is_headed(lines[group[0] - 1], lines[group[0]])


def _is_headed(above: Line, line: Line) -> bool:
    """Whether each figure of a line is close below words."""
    is_close = line.top - above.bottom < 0.35 * line.size
    return is_close and all(
        any(
            segment.x0 < figure.x1 and figure.x0 < segment.x1 and segment not in above.figures
            for segment in above.segments
        )
        for figure in line.figures
    )


def _is_ruled_off(above: Line, line: Line, heights: Sequence[float]) -> bool:
    return any(above.middle < height < line.middle for height in heights)


def is_header_line(line: Line) -> bool:
    """Whether a line names columns: several words or years side by side and no figures."""
    if len(line.segments) == 2:
        return all(is_figure_header(segment.text) for segment in line.segments)
    return len(line.segments) > 2 and not line.figures and not _repeats_a_grade(line)


def names_columns(line: Line) -> bool:
    """Whether a line holds a year or another known header."""
    return any(segment.is_year or is_column_header(segment.text) for segment in line.segments)


def is_heading(line: Line, size: float) -> bool:
    """Whether a line is larger than text of the given size."""
    return line.size > 1.15 * size


def _is_caption(line: Line, page: Sequence[Line], first: int, first_row: int) -> bool:
    """Whether a line above a header is a caption, or names no column and is centred on the table or the page.

    The table's width includes its labels, which have no header.
    """
    if is_caption(line.text):
        return True
    is_known = is_column_header(line.text) and len(line.words) <= MOST_WORDS_OF_HEADER
    if len(line.segments) > 1 or is_known or first == first_row:
        return False
    return any(abs(line.centre - _centre(lines)) < line.size for lines in (page[first : first_row + 1], page))


def _repeats_a_grade(line: Line) -> bool:
    """Whether a row has the same word in every column and no figure: ``Simhallen Stängt Stängt Stängt``."""
    beside = [segment.text for segment in line.segments[1:]]
    words = {word.lower() for text in beside for word in text.split()}
    return len(beside) > 2 and len(words) <= _MOST_WORDS_OF_GRADE and not any(map(is_column_header, beside))


def _centre(lines: Sequence[Line]) -> float:
    return (min(line.segments[0].x0 for line in lines) + max(line.segments[-1].x1 for line in lines)) / 2


def _over_figures(rows: list[Line]) -> Callable[[Line, float], bool]:
    """Return a test of whether a line, with a gap below it, is above the figures of ``rows`` and not their labels."""
    beside = [segment for row in rows for segment in row.figures if segment is not row.segments[0]]
    left = min((segment.x0 for segment in beside), default=0.0)
    labels_end = max((row.segments[0].x1 for row in rows if row.segments[0].x0 < left), default=left)

    def is_over(line: Line, gap: float) -> bool:
        # A caption is further from the headers than the lines of a header are from each other.
        is_close = gap < 0.35 * line.size
        is_centred = is_close and line.segments[0].x0 > labels_end and line.segments[-1].x1 > left - line.size
        return is_centred or line.segments[0].x0 > left - 4 * line.size

    return is_over
