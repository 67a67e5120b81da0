"""Reads the text of pages where single spaces separate words, cells and thousands alike."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from ingest.reading.blocks import Block, Grid, GridRow, PrintedCell, TextBlock
from ingest.reading.cells.solver import BLANKS_ELSEWHERE, PARTED_OTHERWISE, Settled, settle, total_cost
from ingest.reading.sources.row_led_tables import row_led_tables
from ingest.reading.sources.text_headers import Header, header_at
from ingest.reading.sources.text_labels import with_subheadings, with_subheadings_apart, with_whole_grades
from ingest.reading.sources.text_lines import Line, printed_lines
from ingest.reading.sources.text_rows import DraftRow, named_by_periods, rows_below
from ingest.reading.sources.text_worded_rows import WordedRow, worded_rows
from ingest.reading.sources.text_wrapped_headers import wrapped_header
from ingest.reading.vocabulary.column_headers import is_column_header, is_judgement_header, is_scale
from ingest.reading.vocabulary.header_cells import header_cells
from ingest.reading.vocabulary.periods import is_period
from ingest.reading.vocabulary.row_words import is_connective, is_sum
from ingest.reading.vocabulary.text_pieces import JOINED, has_impossible_range, unglued

_JUDGEMENT = re.compile(r"uppfyll|uppnå", re.IGNORECASE)
_UNPREFERRED_WIDTH = 1.5
_UNPREFERRED_PARTS = 0.5
_WORST_ROW = 3.5
_MOST_LINES_TO_FIRST_ROW = 6
_MANY_HEADERS = 4
_MOST_SPACED = 0.1
_WORST_LOOSE_ROW = 2.5


def page_text_blocks(text: str) -> Iterator[Block]:
    """Yield the tables of a page text as grids and its other lines as text.

    Where print ends cells with a space and separates rows, tables are found by their headers. Text without such spaces,
    and the lines left over, are searched for tables by rows.
    """
    lines = with_subheadings(with_whole_grades(printed_lines(text)))
    if _is_dense(lines):
        yield from _blocks_led_by_rows(lines, _blocks_led_by_headers)
    else:
        yield from _blocks_led_by_headers(lines)


def _is_dense(lines: Sequence[Line]) -> bool:
    """Whether almost no line ends in the space that marks the end of a cell or is separated from the next."""
    printed = [line for line in lines if line.text]
    spaces, blanks = sum(line.raw.endswith(" ") for line in printed), sum(not line.text for line in lines[:-1])
    return max(spaces, blanks) < _MOST_SPACED * len(printed)


def _blocks_led_by_rows(lines: Sequence[Line], rest: Callable[[Sequence[Line]], Iterator[Block]]) -> Iterator[Block]:
    place = 0
    for table in row_led_tables(lines):
        yield from rest(lines[place : table.start])
        header = Header(list(table.headers), lines[table.start], table.end, is_loose=False)
        yield _grid(header, table.drafts, len(table.headers) - 1, table.settled)
        place = table.end
    yield from rest(lines[place:])


def _blocks_led_by_headers(lines: Sequence[Line]) -> Iterator[Block]:
    place = 0
    while place < len(lines):
        found = _table_at(lines, place)
        if found is not None:
            grid, place = found
            yield grid
            continue
        line = lines[place]
        if line.text:
            yield TextBlock(line.text, line=line.number)
        place += 1


def _table_at(lines: Sequence[Line], place: int) -> tuple[Grid, int] | None:
    """The table whose header begins on a line, and the index of the line after the table."""
    header = header_at(lines, place)
    below = (_read(lines, header) if header else None) or _read_below_wrapped(lines, place)
    if below is None or (header and _fits_better_from_next_line(lines, place, header, below)):
        return None
    return below.grid, below.end


def _fits_better_from_next_line(lines: Sequence[Line], place: int, header: Header, read: "_Read") -> bool:
    """Whether a header's first line is a heading and not part of the label's header: rows fit better without it."""
    if place + 1 == header.end or _names_columns(header.line.text):
        return False
    shorter = header_at(lines, _printed_from(lines, place + 1))
    other = _read(lines, shorter) if shorter and shorter.end == header.end else None
    if shorter is None or other is None or len(other.grid.rows) < len(read.grid.rows):
        return False
    # A header that already has its label's header needs no line above.
    is_whole = not is_column_header(shorter.cells[0])
    return other.cost < read.cost or (is_whole and other.cost == read.cost)


def _names_columns(text: str) -> bool:
    """Whether a line names a column and is not a phrase that begins like one: ``Utfall per verksamhet``."""
    is_phrase = len(header_cells([text])) == 1 and any(map(is_connective, text.split()[1:-1]))
    return not is_phrase and any(map(is_column_header, header_cells([text])))


def _read_below_wrapped(lines: Sequence[Line], place: int) -> "_Read | None":
    """The table below a header wrapped over several lines, unless a plain header begins on one of them."""
    wrapped = wrapped_header(lines, place)
    if wrapped is None:
        return None
    for other in range(place + 1, wrapped.end):
        header = None if lines[other].text[:1].islower() else header_at(lines, other)
        if header and _read(lines, header):
            return None
    return _read(lines, wrapped)


@dataclass(frozen=True)
class _Read:
    """A table, the index of the line after it, and how badly its rows fit its header."""

    grid: Grid
    end: int
    cost: float = 0.0


def _read(lines: Sequence[Line], header: Header) -> _Read | None:
    return _read_worded(lines, header) or _read_figures(lines, header)


def _read_worded(lines: Sequence[Line], header: Header) -> _Read | None:
    rows: list[WordedRow] = []
    end = header.end
    start: int | None = end
    while start is not None:
        more = worded_rows(lines, header, start, lambda other: _begins_table(lines, other, header))
        if more is None:
            break
        rows += more[0]
        end = more[1]
        start = _after_repeated(lines, _printed_from(lines, end), header)
    return _Read(_worded_grid(header, rows), end) if rows else None


def _read_figures(lines: Sequence[Line], header: Header) -> _Read | None:
    drafts: list[DraftRow] = []
    end = header.end
    start: int | None = end
    while start is not None:
        below = rows_below(lines, start, _own_width(header), lambda other: _begins_table(lines, other, header), drafts)
        drafts, end = below.rows, below.end
        start = _after_repeated(lines, below.stop, header)
    drafts = with_subheadings_apart(named_by_periods(drafts), lines[header.end : end])
    if lines[header.end - 1].blanks_after > 0:
        drafts = [replace(draft, run=_without_last_gap(draft.run)) for draft in drafts]
    has_figures = any(piece and not is_period(piece) for draft in drafts for piece in draft.run)
    if not has_figures or (header.is_loose and not _begins_at_once(header, drafts)):
        return None
    fit = _fit(header, drafts)
    return _Read(_grid(header, drafts, fit.width, fit.rows), end, fit.cost / len(drafts)) if fit else None


def _without_last_gap(run: tuple[str, ...]) -> tuple[str, ...]:
    """The row without the extra space at its end, which is not a blank cell if the header ends with one too."""
    return run[:-1] if run[-1:] == ("",) else run


def _begins_at_once(header: Header, drafts: Sequence[DraftRow]) -> bool:
    """Whether the first row, or the sub-heading over it, is right below the header."""
    first = next(draft for draft in drafts if draft.run)
    has_subheading = len(drafts) > 1 and drafts[1] is first
    return (first is drafts[0] or has_subheading) and first.line - header.line.number <= _MOST_LINES_TO_FIRST_ROW


def _begins_table(lines: Sequence[Line], place: int, current: Header) -> bool:
    if not all(is_period(piece) for piece in lines[place].run if piece):
        return False
    header = header_at(lines, place)
    if header is None or (header.is_loose and lines[place].is_subheading):
        return False
    return not header.is_loose or header.cells == current.cells or _is_terse(header)


def _is_terse(header: Header) -> bool:
    """Whether a header is many headers of a word or two, or a scale, which no line of a label looks like."""
    return is_scale(header.cells[1:]) or (
        len(header.cells) >= _MANY_HEADERS and all(len(cell.split()) <= 2 for cell in header.cells[:-1])
    )


def _after_repeated(lines: Sequence[Line], place: int, header: Header) -> int | None:
    """The index of the line after a repeated header at the top of a page that continues the table."""
    if place >= len(lines):
        return None
    found = (header_at(lines, place), wrapped_header(lines, place))
    again = next((other for other in found if other and other.cells == header.cells), None)
    if again is None:
        return None
    is_indented = _indent(again.line) > _indent(header.line)
    return again.end if again.line.is_page_start or is_indented else None


def _printed_from(lines: Sequence[Line], place: int) -> int:
    return next((other for other in range(place, len(lines)) if lines[other].text), len(lines))


def _indent(line: Line) -> int:
    """The indent of a line; a space separates the pages of a text, so that the first line of a page has one more."""
    return len(line.raw) - len(line.raw.lstrip(" "))


def _own_width(header: Header) -> int:
    """The number of columns right of the label according to the header; the label's own header may be blank."""
    return len(header.cells) if is_column_header(header.cells[0]) else len(header.cells) - 1


@dataclass(frozen=True)
class _Fit:
    cost: float
    width: int
    rows: list[Settled | None]


def _fit(header: Header, drafts: Sequence[DraftRow]) -> _Fit | None:
    """The number of columns, near the header's own, that fits the rows best, and the rows split into that many."""
    runs = [draft.run for draft in drafts]
    sums = [is_sum(" ".join(draft.label)) for draft in drafts]
    own = _own_width(header)
    may_lack = [_may_lack(header, draft) for draft in drafts]
    worst = _WORST_LOOSE_ROW if header.is_loose else _WORST_ROW
    best: _Fit | None = None
    filled = sum(map(bool, runs))
    parted = [unglued(run) for run in runs]
    ways = [(runs, 0.0)] if parted == runs else [(runs, 0.0), (parted, _UNPREFERRED_PARTS)]
    if any(map(has_impossible_range, runs)):
        ways = [(parted, 0.0)]
    for width, (pieces, extra) in product({own, len(header.cells) - 1, len(header.cells)} - {0}, ways):
        settled = settle(pieces, width, sums, may_lack)
        cost = total_cost([row for row, run in zip(settled, runs, strict=True) if run])
        cost += (_UNPREFERRED_WIDTH * (width != own) + extra) * filled
        if best is None or cost < best.cost:
            best = _Fit(cost, width, settled)
    return None if best is None or best.cost > worst * filled or filled < 2 == len(header.cells) else best


def _may_lack(header: Header, draft: DraftRow) -> int:
    """How many last cells may be blank without a space: a judgement shown by colour, the figure of a pair."""
    is_judged = is_judgement_header(header.cells[-1]) and not any(map(_JUDGEMENT.search, draft.run[-1:]))
    return int(is_judged or draft.is_half_of_pair)


def _grid(header: Header, drafts: Sequence[DraftRow], width: int, settled: Sequence[Settled | None]) -> Grid:
    names = header.cells if len(header.cells) > width else ["", *header.cells]
    rows = [GridRow(tuple(map(PrintedCell, names)), line=header.line.number, is_header=True)]
    for draft, row in zip(drafts, settled, strict=True):
        rows.append(_row(draft, row, width))
    return Grid(tuple(rows))


def _worded_grid(header: Header, rows: Sequence[WordedRow]) -> Grid:
    first = GridRow(tuple(map(PrintedCell, header.cells)), line=header.line.number, is_header=True)
    body = [GridRow(tuple(map(PrintedCell, row.cells)), line=row.line, is_header=False) for row in rows]
    return Grid((first, *body))


def _row(draft: DraftRow, settled: Settled | None, width: int) -> GridRow:
    label = "\n".join(draft.label)
    if settled is None:
        whole = PrintedCell(" ".join(filter(None, draft.run)), doubt="Raden går inte att dela i tabellens kolumner")
        cells = (whole, *[PrintedCell("")] * (width - 1))
        return GridRow((PrintedCell(label), *cells), line=draft.line, is_header=False)
    given = [piece for piece in draft.run if piece][: settled.split.given_to_label]
    cells = tuple(_cell(settled, place) for place in range(width))
    return GridRow((PrintedCell(" ".join([label, *given]).strip()), *cells), line=draft.line, is_header=False)


def _cell(settled: Settled, place: int) -> PrintedCell:
    text = settled.split.cells[place].replace(JOINED, " ")
    read_otherwise = dict.fromkeys(split.cells[place].replace(JOINED, " ") for split in settled.others)
    others = tuple(other for other in read_otherwise if other != text)
    if others:
        return PrintedCell(text, doubt=PARTED_OTHERWISE, alternatives=others)
    unplaced = settled.split.unplaced_blanks
    if not unplaced:
        return PrintedCell(text)
    shifted = settled.split.cells[place - unplaced].replace(JOINED, " ") if place >= unplaced else ""
    return PrintedCell(text, doubt=BLANKS_ELSEWHERE, alternatives=(shifted,))
