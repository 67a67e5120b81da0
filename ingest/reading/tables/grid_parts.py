"""Takes a printed grid apart: its title lines, header rows and body, as a full rectangle of cells."""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from ingest.reading.blocks import Grid, GridRow, PrintedCell
from ingest.reading.limits import MOST_COLUMNS_OF_CELL
from ingest.reading.vocabulary.column_headers import is_column_header, is_figure_header
from ingest.reading.vocabulary.notes import is_note
from ingest.reading.vocabulary.periods import is_day_in_digits, is_month_in_digits, is_period, is_year_header
from ingest.reading.vocabulary.print import DASH, is_sentence, is_statement, is_value, one_line

BLANK = PrintedCell("")
_MOST_HEADER_ROWS = 6
# A month's number is smaller than most figures: at most one in so many is as small.
_FEW = 4


@dataclass(frozen=True)
class FullRow:
    """A printed row with one cell per column of its grid; spans are expanded."""

    cells: tuple[PrintedCell, ...]
    page: int | None
    line: int | None
    is_header: bool | None

    @property
    def texts(self) -> list[str]:
        """The cells' texts, each on one line."""
        return [one_line(cell.text) for cell in self.cells]


@dataclass(frozen=True)
class GridParts:
    """A grid's rows by role; ``titles`` are lines alone above the header, ``below`` are footnotes."""

    titles: tuple[str, ...]
    header: tuple[FullRow, ...]
    body: tuple[FullRow, ...]
    below: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Number of columns, including the label's."""
        rows = self.header or self.body
        return len(rows[0].cells) if rows else 0


def grid_parts(grid: Grid) -> GridParts:
    """Take a grid apart, without its blank rows and blank columns."""
    rows = _without_blank_columns([row for row in _full_rows(grid.rows) if any(row.texts)])
    titles = _count_titles(rows)
    height = _header_height(rows[titles:])
    header = rows[titles : titles + height]
    header_texts = [row.texts for row in header]
    body = [_with_spans_once(row) for row in rows[titles + height :] if row.texts not in header_texts]
    body = [row for row in body if not _is_remark(row)]
    first_note = len(body) - _count_notes(body)
    notes = tuple(row.texts[0] for row in body[first_note:])
    lines = tuple(next(filter(None, row.texts)) for row in rows[:titles])
    parts = GridParts(lines, tuple(header), tuple(body[:first_note]), notes)
    return _with_label_column(_with_one_label_column(parts))


def _with_spans_once(row: FullRow) -> FullRow:
    """In the body, put text that spans several columns in the first; only headers are repeated over each."""
    pairs = zip((None, *row.cells), row.cells, strict=False)
    return replace(row, cells=tuple(BLANK if cell is before else cell for before, cell in pairs))


def _is_remark(row: FullRow) -> bool:
    """Whether a row is running text between the rows of figures: a sentence as its label and nothing beside it."""
    text, *others = row.texts
    return is_sentence(text) and not any(others)


def _full_rows(rows: Sequence[GridRow]) -> list[FullRow]:
    """Expand spans: a spanned label or header is repeated in each cell, a spanned figure only where it is printed."""
    hanging: dict[int, tuple[int, PrintedCell]] = {}
    full: list[FullRow] = []
    for row in rows:
        cells: list[PrintedCell] = []
        waiting = deque(row.cells)
        while waiting or len(cells) in hanging:
            place = len(cells)
            if place in hanging:
                left, cell = hanging.pop(place)
                if left > 1:
                    hanging[place] = (left - 1, cell)
                cells.append(cell)
                continue
            cell = waiting.popleft()
            spelt = replace(cell, row_span=1)
            for offset in range(min(max(cell.col_span, 1), MOST_COLUMNS_OF_CELL)):
                here = spelt if offset == 0 or row.is_header is not False else BLANK
                cells.append(here)
                if cell.row_span > 1:
                    below = here if place + offset == 0 or row.is_header else BLANK
                    hanging[place + offset] = (cell.row_span - 1, below)
        full.append(FullRow(tuple(cells), row.page, row.line, row.is_header))
    width = max((len(row.cells) for row in full), default=0)
    return [replace(row, cells=row.cells + (BLANK,) * (width - len(row.cells))) for row in full]


def _count_notes(body: list[FullRow]) -> int:
    """The number of rows at the end that are footnotes printed inside the grid."""
    notes = takewhile(lambda row: is_note(row.texts[0]) and not any(row.texts[1:]), reversed(body[1:]))
    return sum(1 for _ in notes)


def _without_blank_columns(rows: list[FullRow]) -> list[FullRow]:
    texts = [row.texts for row in rows]
    kept = [place for place in range(len(rows[0].cells) if rows else 0) if any(row[place] for row in texts)]
    return [replace(row, cells=tuple(row.cells[place] for place in kept)) for row in rows]


def _count_titles(rows: list[FullRow]) -> int:
    """The number of rows above the header with a single text, alone or across the whole width."""
    alone = list(takewhile(lambda row: _stands_alone(row) or _names_table(row), rows))
    return len(alone) if 0 < len(alone) < len(rows) else 0


def _stands_alone(row: FullRow) -> bool:
    is_alone = len(row.cells) > 1 and bool(row.texts[0]) and len(set(filter(None, row.texts))) == 1
    return is_alone and row.is_header is not False and not is_value(row.texts[0])


def _names_table(row: FullRow) -> bool:
    """Whether a row has one text that spans nothing and isn't over the labels, if the source reports spans."""
    filled = list(filter(None, row.texts[1:]))
    is_alone = len(row.cells) > 2 and len(filled) == 1 and not row.texts[0]
    return is_alone and row.is_header is not None and not is_period(filled[0]) and not is_value(filled[0])


def _header_height(rows: list[FullRow]) -> int:
    """The number of header rows; a file often marks only the first of two, or rows of a later header.

    A row that the labels' header spans is part of the header, whatever it holds.
    """
    height = sum(1 for _ in takewhile(lambda row: row.is_header, rows))
    if not height and any(row.is_header for row in rows):
        return 0
    for place, row in enumerate(rows[height:_MOST_HEADER_ROWS], height):
        header = rows[:place]
        is_spanned = height > 0 and bool(row.texts[0]) and row.cells[0] is rows[0].cells[0]
        goes_on = not _is_data(row) and _goes_on_with_header(row, header)
        if not (is_spanned or goes_on or _dates_columns(row, header, rows[place + 1 :])):
            break
        height += 1
    return min(height, max(len(rows) - 1, 0))


def _is_data(row: FullRow) -> bool:
    values = [text for text in row.texts[1:] if text]
    return any((is_value(text) and not is_period(text)) or is_statement(text) for text in values)


def _goes_on_with_header(row: FullRow, header: list[FullRow]) -> bool:
    """Whether a row below the first one has no label of its own, or is under cells that span columns or are blank.

    If it fills the blanks above it, or is all that a spanning header covers, most of its cells must name columns.
    """
    if not header:
        return True
    first = header[-1].texts
    is_spanned = any(left and left == right for left, right in pairwise(first[1:]))
    has_gaps = any(not text for text in first[1:])
    texts = [text for text in row.texts[1:] if text]
    named = sum(is_period(text) or is_column_header(text) for text in texts)
    parts_it = all(row.texts[1:]) and (has_gaps or (is_spanned and not row.texts[0])) and named > len(texts) / 2
    names_labels = not first[0] and all(map(is_figure_header, filter(None, first))) and all(map(is_period, texts))
    is_below = not row.texts[0] or is_spanned or has_gaps or (names_labels and not is_period(row.texts[0]))
    return bool(texts) and (parts_it or (named == len(texts) and is_below))


def _dates_columns(row: FullRow, header: list[FullRow], below: list[FullRow]) -> bool:
    """Whether a row without a name says which month or day the headers above it are for: ``12`` under ``2024``."""
    if not header or row.texts[0]:
        return False
    pairs = [(above, text) for above, text in zip(header[-1].texts[1:], row.texts[1:], strict=True) if text]
    if 2 * len(pairs) <= len(row.cells) - 1:
        return False
    if all(is_day_in_digits(text) and is_figure_header(above) for above, text in pairs):
        return True
    figures = [text for other in below for text in other.texts[1:] if is_value(text)]
    small = sum(map(is_month_in_digits, figures))
    are_months = all(is_month_in_digits(text) and is_year_header(above[-len("2024") :]) for above, text in pairs)
    return are_months and _FEW * small <= len(figures)


def _with_one_label_column(parts: GridParts) -> GridParts:
    """Put a header over the labels that it names if they are right-aligned in a column of their own."""
    is_apart = parts.width > 2 and not any(all(row.texts[:2]) for row in (*parts.header, *parts.body))
    if not is_apart or not parts.header or any(row.texts[1] for row in parts.header):
        return parts

    def merged(row: FullRow) -> FullRow:
        first, second, *others = row.cells
        return replace(row, cells=(first if one_line(first.text) else second, *others))

    return replace(parts, header=tuple(map(merged, parts.header)), body=tuple(map(merged, parts.body)))


def _with_label_column(parts: GridParts) -> GridParts:
    """Put a blank label column before a table that has figures only."""
    if not parts.header or not parts.body:
        return parts
    label_header = one_line(parts.header[-1].cells[0].text)
    firsts = [row.texts[0] for row in parts.body]
    are_amounts = any(re.search(rf"{DASH}|[+,%]|\d \d", text) for text in firsts) and not any(map(is_period, firsts))
    if not all(map(is_value, firsts)) or not (are_amounts or is_column_header(label_header)) or is_period(firsts[0]):
        return parts
    return replace(
        parts,
        header=tuple(replace(row, cells=(BLANK, *row.cells)) for row in parts.header),
        body=tuple(replace(row, cells=(BLANK, *row.cells)) for row in parts.body),
    )
