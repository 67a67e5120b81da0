"""Finds wrapped headers of page text, each on several lines, by the number of cells in the rows below."""

import re
from collections.abc import Iterator, Sequence

from ingest.reading.cells.splits import least_cells, most_cells
from ingest.reading.sources.text_headers import Header
from ingest.reading.sources.text_lines import Line
from ingest.reading.vocabulary.column_headers import is_column_header, is_figure_header
from ingest.reading.vocabulary.header_cells import header_cells, may_be_header
from ingest.reading.vocabulary.periods import is_period

# A label with a code, which is not a year: ``61 Grundskola``.
_CODED = re.compile(r"(?:\d{2,3}|(?!19|20)\d{4}|\d{5,6}) [A-ZÅÄÖ]")
_MOST_LINES = 40
_LONGEST_LINE = 45
_MOST_LINES_BETWEEN = 6
_ROWS_TO_COUNT = 5
_SHARE_OF_ROWS = 0.7


def wrapped_header(lines: Sequence[Line], place: int) -> Header | None:
    """The header from a line down to the first row, or to the lines of its label, that names all its cells."""
    rows = _first_rows(lines, place)
    if not rows or rows[0] - place > _MOST_LINES or not lines[place].text:
        return None
    coded = (other for other in range(place, rows[0]) if _CODED.match(lines[other].text))
    headers = [other for other in range(place, next(coded, rows[0])) if lines[other].text]
    if len(headers) < 3 or any(len(lines[other].text) > _LONGEST_LINE for other in headers):
        return None
    for last in range(len(headers), 1, -1):
        if last < len(headers) and is_figure_header(lines[headers[last]].text):
            return None  # The lines that are left are not a label.
        cells = header_cells(lines[other].text for other in headers[:last])
        for named in _levels(cells):
            if (
                may_be_header(named)
                and any(map(is_figure_header, named))
                and _fits(named, [lines[row] for row in rows])
            ):
                return Header(named, lines[place], headers[last - 1] + 1, is_loose=False)
    return None


def _first_rows(lines: Sequence[Line], place: int) -> list[int]:
    """Indexes of the first lines with values, up to a gap that no wrapped label has."""
    rows: list[int] = []
    for other in range(place, len(lines)):
        if len(rows) == _ROWS_TO_COUNT or (
            other - rows[-1] > _MOST_LINES_BETWEEN if rows else other - place > _MOST_LINES
        ):
            break
        if _has_values(lines[other]):
            rows.append(other)
    return rows


def _has_values(line: Line) -> bool:
    return line.has_figures and not all(is_period(piece) for piece in line.run if piece)


def _levels(cells: list[str]) -> Iterator[list[str]]:
    """Yield the cells as they are, and with outer periods repeated over their share: ``Period Helår`` first."""
    yield cells
    labels = 0 if is_column_header(cells[0]) else 1
    outer = 0
    while labels + outer < len(cells) and _is_period_header(cells[labels + outer]):
        outer += 1
    inner = cells[labels + outer :]
    if outer > 1 and inner and len(inner) % outer == 0:
        each = len(inner) // outer
        yield [*cells[:labels], *(f"{cells[labels + place // each]} {header}" for place, header in enumerate(inner))]


def _is_period_header(text: str) -> bool:
    """Whether a header only gives a time: a year, ``Period``, ``Helår 2025``."""
    return is_period(text) or text.lower() in ("period", "perioden", "ackumulerat")


def _fits(cells: Sequence[str], rows: Sequence[Line]) -> bool:
    """Whether most rows can have as many cells as there are headers right of the label's."""
    width = len(cells) if is_column_header(cells[0]) else len(cells) - 1
    fitting = [least_cells(row.run) <= width <= most_cells(row.run) for row in rows]
    return width > 1 and sum(fitting) >= _SHARE_OF_ROWS * len(rows)
