"""Finds the tables of an untagged PDF page without ruled cells: lines whose figures are below each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.reading.blocks import Grid
from ingest.reading.sources.header_lines import (
    MOST_WORDS_OF_HEADER,
    ends_header,
    first_header_line,
    is_header_line,
    is_heading,
    names_columns,
)
from ingest.reading.sources.header_spans import known_spans
from ingest.reading.sources.horizontal_rules import Rule, heights_across
from ingest.reading.sources.printed_columns import Column, PlacedLine, find_columns, fits, place, place_headers
from ingest.reading.sources.printed_lines import Line, merged, text_of
from ingest.reading.sources.printed_rows import body_rows, header_rows
from ingest.reading.sources.tall_rows import APART
from ingest.reading.vocabulary.column_headers import is_column_header, is_figure_header
from ingest.reading.vocabulary.print import has_leaders, is_caption, is_value

_REST = re.compile(r"[a-zåäö%(]|\d{3} ")
# A table continues over at most this many lines without figures (sub-headings, labels, a comment).
_MOST_LINES_BETWEEN = 4
# Text without pages may have thousands of rows; a page has fewer than these.
_ROWS_LOOKED_AT = 200
_LONGEST_LABEL = 60
# Lines counted from 0: only a page header may be above this one.
_LAST_TOP_LINE = 2


@dataclass(frozen=True)
class Stretch:
    """The lines ``first`` to ``last`` of a page, counted from 0, that form a table; figures begin in ``first_row``."""

    first: int
    first_row: int
    last: int


def find_stretches(lines: list[Line], body_size: float, rules: Sequence[Rule] = ()) -> list[Stretch]:
    """The tables among the lines of a page from top to bottom; ``rules`` are the lines drawn on it."""
    stretches: list[Stretch] = []
    after = 0
    for group in _groups(lines, body_size):
        rows = group[1:] if ends_header(lines, group, rules) else group
        first_row = _top_of_row(lines, rows)
        first = first_header_line(lines, rows, first_row, after, body_size)
        # A single row needs a header, or is the rest of a table from the page before.
        is_led_in = first < first_row or rows[0] <= _LAST_TOP_LINE
        has_headers = any(map(is_header_line, lines[first:first_row]))
        if len(rows) > 1 or has_headers or (is_led_in and len(lines[rows[0]].figures) > 1):
            last = _last_line(lines, rows)
            stretches.append(Stretch(first, first_row, last))
            after = last + 1
    return stretches


def going_on(lines: list[Line], stretches: list[Stretch], columns: Sequence[Column]) -> list[Stretch]:
    """The stretches of a page that may continue the table in these columns at the end of the page before."""
    first = next((number for number, line in enumerate(lines) if _is_row(line)), None)
    if first is None or first > _MOST_LINES_BETWEEN:
        return stretches
    own = next((stretch for stretch in stretches if stretch.first <= first <= stretch.last), None)
    if own and any(map(names_columns, lines[own.first : own.first_row])):
        return stretches
    last = own.last if own else _last_line(lines, [first])
    if not all(fits(line, columns) for line in lines[first : last + 1] if _is_row(line)):
        return stretches
    while first and _leads_on(lines[first - 1], lines[first], columns):
        first -= 1
    return [Stretch(first, first, last), *(stretch for stretch in stretches if stretch is not own)]


def _leads_on(line: Line, below: Line, columns: Sequence[Column]) -> bool:
    """Whether a line above a row belongs to it, or is a sub-heading that a spacer row separates from the labels."""
    is_label = len(line.segments) == 1 and abs(line.segments[0].x0 - columns[0].x0) < 0.6 * line.size
    return below.top - line.bottom < below.size * (1.5 if is_label else 1)


def may_be_next_label(lines: Sequence[Line], stretch: Stretch, number: int) -> bool:
    """Whether the line right below a table is a name, as close to its last row as its rows are to each other."""
    if number != stretch.last + 1:
        return False
    row, line = lines[number - 1 : number + 1]
    rows = lines[stretch.first_row : stretch.last + 1]
    widest = max((below.top - above.bottom for above, below in pairwise(rows)), default=0.0)
    is_close = line.top - row.bottom <= max(widest, line.size)
    is_at_left = abs(line.segments[0].x0 - row.segments[0].x0) < 0.6 * line.size
    is_name = len(line.segments) == 1 and line.text[:1].isupper() and not line.text.endswith(".")
    return is_close and is_at_left and is_name


def _top_of_row(lines: list[Line], rows: list[int]) -> int:
    """The line where the first row begins: where rows are separate, lines close above its figures belong to it."""
    gaps = [below.top - above.bottom for above, below in pairwise(lines[rows[0] : rows[-1] + 1])]
    ends = [number - rows[0] for number in rows]
    is_tall = len(rows) > 1 and all(max(gaps[a:b]) > APART * lines[rows[0]].size for a, b in pairwise(ends))
    top = rows[0]
    while is_tall and top and lines[top].top - lines[top - 1].bottom < APART * lines[top].size:
        top -= 1
    return rows[0] if any(is_header_line(line) or names_columns(line) for line in lines[top : rows[0]]) else top


def columns_of(bands: list[list[Line]], stretch: Stretch) -> list[Column]:
    """The columns of a stretch."""
    header = [line for band in bands[stretch.first : stretch.first_row] for line in band]
    body = [merged(band) for band in bands[stretch.first_row : stretch.last + 1]]
    columns = find_columns([line for line in body if _is_row(line)], header)
    return [*_label_column([line for line in body if not _is_row(line)], columns), *columns]


def _label_column(lines: Sequence[Line], columns: Sequence[Column]) -> list[Column]:
    """The column of labels that are never on the line of their row's figures, but above or below it."""
    labels = [line.segments[0] for line in lines if len(line.segments) > 1]
    if not labels or any(label.x1 > columns[0].x0 for label in labels):
        return []
    return [Column(min(label.x0 for label in labels), max(label.x1 for label in labels))]


def grid_of(
    bands: list[list[Line]], stretch: Stretch, columns: Sequence[Column], page: int, rules: Sequence[Rule]
) -> Grid:
    """The table of a stretch; ``rules`` are the lines drawn on the page."""
    header = [line for band in bands[stretch.first : stretch.first_row] for line in band]
    body = bands[stretch.first_row : stretch.last + 1]
    placed = [place(line, columns) for band in body for line in band]
    headers = place_headers(header, columns, known_spans(header, columns, rules))
    headers, between = _parted(headers, len(columns), _columns_of_figures(placed))
    heights = heights_across(rules, (columns[0].x0, columns[-1].x1))
    headers, of_first_row = _ruled_off(headers, placed[0], heights)
    below = [*of_first_row, *between, *placed]
    inside = [height for height in heights if below[0].middle < height < below[-1].middle]
    rows = sum(line.has_figures for line in below)
    is_ruled = len(inside) >= 0.7 * max(rows - 1, 1)
    return Grid(
        (
            *header_rows(headers, len(columns), page),
            *body_rows(below, len(columns), page, inside if is_ruled else []),
        )
    )


def _ruled_off(
    headers: list[PlacedLine], first: PlacedLine, heights: Sequence[float]
) -> tuple[list[PlacedLine], list[PlacedLine]]:
    """The headers above the last rule over the first row, and the lines below it that belong to that row."""
    rule = max((height for height in heights if height < first.middle), default=0.0)
    above, below = ([line for line in headers if (line.middle > rule) == is_below] for is_below in (False, True))
    names = any(is_column_header(text_of(words)) for line in below for words in line.cells.values())
    return (above, below) if above and not names else (headers, [])


def _columns_of_figures(rows: Sequence[PlacedLine]) -> set[int]:
    """The columns that hold figures in most of the rows that fill them."""
    texts: dict[int, list[str]] = {}
    for row in rows:
        for number, words in row.cells.items() if row.has_figures else ():
            texts.setdefault(number, []).append(text_of(words))
    return {number for number, found in texts.items() if 2 * sum(map(is_value, found)) > len(found)}


def _parted(header: list[PlacedLine], columns: int, of_figures: set[int]) -> tuple[list[PlacedLine], list[PlacedLine]]:
    """The header's own lines, and those of a sub-heading or of the first row that are above its figures."""
    if 0 in of_figures:
        return header, []
    rows = [(line.has_only_label and not _is_rest(line)) or _has_one_grade(line, columns) for line in header]
    own = max((number for number, is_row in enumerate(rows, 1) if not is_row), default=0)
    named: set[int] = set()
    for number, line in enumerate(header[:own]):
        is_over_figures = any(of_figures & other.covered for other in header[number:own])
        if len(named | {0}) == columns and _begins_row(line) and not is_over_figures:
            return header[:number], header[number:]
        named |= line.covered
    return header[:own], header[own:]


def _is_rest(line: PlacedLine) -> bool:
    """Whether a line of words is the rest of a broken header: ``Verksam`` above ``het``."""
    return line.has_only_label and text_of(line.cells[0])[:1].islower()


def _has_one_grade(line: PlacedLine, columns: int) -> bool:
    beside = [text_of(words) for number, words in line.cells.items() if number]
    return len(beside) == columns - 1 > 2 and len(set(beside)) == 1 and not is_column_header(beside[0])


def _begins_row(line: PlacedLine) -> bool:
    """Whether a line is a label with running text beside it, and names no column."""
    beside = [text_of(words) for number, words in line.cells.items() if number]
    is_label = 0 in line.cells and not _is_rest(line)
    return is_label and all(len(text.split()) > 2 and not is_figure_header(text) for text in beside)


def _is_row(line: Line) -> bool:
    if has_leaders(line.text):
        return False
    return len(line.segments) > 1 and any(segment in line.figures for segment in line.segments[1:])


def _groups(lines: list[Line], body_size: float) -> Iterator[list[int]]:
    """Yield the numbers of the lines that are the rows with figures of one table."""
    group: list[int] = []
    for number, line in enumerate(lines):
        if not _is_row(line):
            continue
        if group and not _is_same_table(lines, group, number, body_size):
            yield group
            group = []
        group.append(number)
    if group:
        yield group


def _is_same_table(lines: list[Line], group: list[int], number: int, body_size: float) -> bool:
    near_rows = group[-_ROWS_LOOKED_AT:]
    left = min(segment.x0 for row in (*near_rows, number) for segment in lines[row].figures)
    between = lines[group[-1] + 1 : number]
    size = max(body_size, lines[number].size)
    # Running text beside the labels is in the last column.
    rest = _lines_of_tall_label(lines[group[-1] : number + 1], left)
    by_label = [line for line in between[rest:] if line.segments[0].x0 < left]
    if len(by_label) > _MOST_LINES_BETWEEN or any(is_heading(line, size) or is_header_line(line) for line in between):
        return False
    if any(is_caption(line.text) for line in between):
        return False
    if any(_begins_header(before, line) for before, line in pairwise(lines[group[-1] : number])):
        return False
    above = lines[group[-1]]
    if lines[number].top - above.bottom > (len(between) + 2.5) * 2 * above.size:
        return False
    is_close = all(below.top - line.bottom < 0.6 * size for line, below in pairwise(lines[group[-1] : number + 1]))
    if (not between or is_close) and abs(lines[number].segments[0].x0 - above.segments[0].x0) < 1:
        return True
    near = 0.7 * above.size
    taken = [(segment.x0 - near, segment.x1 + near) for row in near_rows for segment in lines[row].figures]
    return any(one.x0 < x1 and x0 < one.x1 for one in lines[number].figures for x0, x1 in taken)


def _lines_of_tall_label(lines: Sequence[Line], left: float) -> int:
    """How many lines close below the first are the rest of its label, if white space separates them from the next."""
    gaps = [below.top - above.bottom for above, below in pairwise(lines)]
    rest = next((number for number, gap in enumerate(gaps) if gap > APART * lines[0].size), len(gaps))
    is_label = all(line.segments[-1].x1 < left for line in lines[1 : rest + 1])
    return rest if is_label else 0


def _begins_header(before: Line, line: Line) -> bool:
    """Whether a line that may name columns, the first of a wrapped header, is separate from the line above."""
    is_terse = all(len(segment.words) <= MOST_WORDS_OF_HEADER for segment in line.segments) or names_columns(line)
    return len(line.segments) > 1 and not line.figures and is_terse and line.top - before.bottom > 1.2 * line.size


def _last_line(lines: list[Line], rows: list[int]) -> int:
    """The last line of a table: lines of a label or comment close below the last row of figures are part of it."""
    row_pitch = min((lines[b].middle - lines[a].middle for a, b in pairwise(rows) if b == a + 1), default=0.0)
    last = rows[-1]
    for number in range(rows[-1] + 1, len(lines)):
        line, above = lines[number], lines[number - 1]
        is_close = line.top - above.bottom < 0.6 * line.size
        is_said_of_row = any(segment.text.startswith("(") for segment in line.segments)
        is_beside = line.segments[0].x0 > lines[rows[-1]].segments[0].x1
        is_inside = _REST.match(line.text) is not None or is_said_of_row or is_beside
        is_closer = line.middle - above.middle < 0.88 * row_pitch
        if not (is_close and (is_inside or is_closer)) or len(line.segments[0].text) > _LONGEST_LABEL:
            break
        last = number
    return last
