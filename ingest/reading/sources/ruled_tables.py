"""Reads the tables of an untagged PDF page whose cells are ruled by lines or coloured areas."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from pdfplumber.page import Page
from pdfplumber.table import Table as FoundTable

from ingest.reading.blocks import PROBABLE_BREAK, Grid, GridRow, PrintedCell
from ingest.reading.sources.page_breaks import NEAR, begins_with_data, has_same_columns
from ingest.reading.sources.printed_columns import PlacedLine
from ingest.reading.sources.printed_lines import Line, Segment, lines_of, may_go_on, text_of, widest_space
from ingest.reading.sources.printed_rows import body_rows
from ingest.reading.sources.printed_words import Word
from ingest.reading.sources.ruled_cells import enclosed_tables
from ingest.reading.vocabulary.print import is_broken_number, is_sentence

_ANY_GAP = 1000.0
# A broken word may have this many letters of room left: programs keep syllables and two-letter groups together.
_ROOM_WHERE_TOLD = 3
_LINES_BEYOND_CHANCE = 3
# A remark between two rows has at most this many lines.
_LINES_OF_REMARK = 3
# At most this many lines of sub-headings and labels are between two rows.
_LINES_TO_ROW = 4
# The largest distance, in letter heights, of the next row from other rows, and from coloured headers.
_REACH_OF_ROWS, _REACH_OF_HEADERS = 1.6, 6.0


@dataclass(frozen=True)
class RuledTable:
    """A ruled table with its box on the page."""

    grid: Grid
    lefts: tuple[float, ...]
    x1: float
    top: float
    bottom: float

    def holds(self, word: Word) -> bool:
        """Whether a word is in the table."""
        is_beside = not self.lefts[0] - 1 <= (word.x0 + word.x1) / 2 <= self.x1 + 1
        return not is_beside and self.top - 1 <= word.middle <= self.bottom + 1


def ruled_tables(page: Page, words: list[Word]) -> list[RuledTable]:
    """The tables with at least two ruled columns; a single row (left by a page break) needs figures or three columns.

    A row without ruled lines in the middle of a table doesn't split it.
    """
    tables: list[RuledTable] = []
    gap = widest_space(words)
    finds = sorted(enclosed_tables(page), key=lambda found: found.bbox[1])
    whole = [found for found in finds if not _is_part(found, finds, lines_of(words, gap))]
    for found in whole:
        table = _ruled_table(found, words, page.page_number, gap)
        if table and tables and _goes_on(tables[-1], table, words):
            table = replace(table, grid=Grid(tables[-1].grid.rows + table.grid.rows), top=tables[-1].top)
            tables.pop()
        tables += [table] if table else []
    return tables


def _goes_on(above: RuledTable, table: RuledTable, words: list[Word]) -> bool:
    """Whether nothing but a remark is between two tables with the same columns, the lower one without a header."""
    if not has_same_columns(above.lefts, table.lefts) or not begins_with_data(table.grid):
        return False
    between = lines_of((word for word in words if above.bottom < word.middle < table.top), _ANY_GAP)
    return not between or (len(between) <= _LINES_OF_REMARK and is_sentence(" ".join(line.text for line in between)))


def _is_part(found: FoundTable, finds: list[FoundTable], lines: list[Line]) -> bool:
    """Whether only some rows are coloured or ruled: there are figures close above or below outside any ruled cell."""
    x0, top, x1, bottom = found.bbox
    inside = [line for line in lines if any(x0 - 1 <= segment.x0 and segment.x1 <= x1 + 1 for segment in line.segments)]
    above = [line for line in reversed(inside) if line.middle < top]
    below = [line for line in inside if line.middle > bottom]
    has_figures = any(line.figures for line in inside if top < line.middle < bottom)
    reach = _REACH_OF_ROWS if has_figures else _REACH_OF_HEADERS
    return any(_has_row_of_its_own(near, edge, reach, finds) for near, edge in ((above, top), (below, bottom)))


def _has_row_of_its_own(near: list[Line], edge: float, reach: float, finds: list[FoundTable]) -> bool:
    """Whether the next lines from an edge on, if close together, lead to a row outside all ruled cells."""
    for line in near[:_LINES_TO_ROW]:
        if abs(line.middle - edge) > reach * line.size:
            return False
        is_ruled = any(other.bbox[1] < line.middle < other.bbox[3] for other in finds)
        if not is_ruled and any(segment in line.figures for segment in line.segments[1:]):
            return True
        edge = line.middle
    return False


def _ruled_table(found: FoundTable, words: list[Word], page: int, gap: float) -> RuledTable | None:
    _, top, x1, bottom = found.bbox
    tops = _edges([cell[1] for cell in found.cells])
    lefts = _without_shifted(_edges([cell[0] for cell in found.cells]), tops, found)
    if len(lefts) < 2:
        return None
    lefts = sorted([*lefts, *_unruled_edges(found, [*lefts, x1], words, gap)])
    rows: list[list[_RuledCell]] = [[] for _ in tops]
    least = min((word.x0 - cell[0] for cell in found.cells for word in words if _is_inside(word, cell)), default=0.0)
    for cell in sorted(found.cells, key=lambda cell: (cell[1], cell[0])):
        row, column = _number(cell[1], tops), _number(cell[0], lefts)
        inside = tuple(word for word in words if _is_inside(word, cell))
        row_span = _number(cell[3], [*tops, bottom]) - row
        col_span = _number(cell[2], [*lefts, x1]) - column
        room = cell[2] - cell[0] - 2 * _padding(inside, cell, least)
        cell_of_row = _RuledCell(inside, column, max(row_span, 1), max(col_span, 1), room)
        rows[row] += _by_columns(cell_of_row, [*lefts, x1], gap)
    filled = sum(any(cell.words for cell in row) for row in rows)
    has_figures = any(_is_figure(cell.words) for row in rows for cell in row if cell.words and cell.column > 0)
    if filled < 1 or (filled < 2 and len(lefts) < 3 and not has_figures):
        return None
    grid = Grid(tuple(printed for row in rows if row for printed in _printed_rows(row, len(lefts), page)))
    return RuledTable(grid, tuple(lefts), x1, top, bottom)


def _without_shifted(edges: list[float], tops: list[float], found: FoundTable) -> list[float]:
    """The edges without those that some rows have in place of another: a narrow strip, and no row has both."""
    begun: list[set[int]] = [set() for _ in tops]
    for cell in found.cells:
        begun[_number(cell[1], tops)].add(_number(cell[0], edges))
    widths = [right - left for left, right in pairwise([*edges, found.bbox[2]])]
    shifted: set[int] = set()
    for number in range(1, len(edges)):
        is_narrow = all(2 * widths[number - 1] < width for width in (*widths[number - 2 : number - 1], widths[number]))
        if is_narrow and not any({number - 1, number} <= row for row in begun):
            rows = [sum(edge in row for row in begun) for edge in (number - 1, number)]
            shifted.add(number - 1 if number > 1 and rows[0] < rows[1] else number)
    return [edge for number, edge in enumerate(edges) if number not in shifted]


def _unruled_edges(found: FoundTable, edges: list[float], words: list[Word], gap: float) -> Iterator[float]:
    """Edges between columns that no line separates: most rows of a ruled column hold the same number of figures."""
    for left, right in pairwise(edges):
        cells = [cell for cell in found.cells if abs(cell[0] - left) <= NEAR and abs(cell[2] - right) <= NEAR]
        lines = [line for cell in cells for line in lines_of((word for word in words if _is_inside(word, cell)), gap)]
        rows = [line.segments for line in lines if len(line.segments) > 1 and all(s.is_figure for s in line.segments)]
        if len(rows) > 1 and 2 * len(rows) > len(lines) and len({len(row) for row in rows}) == 1:
            for before, after in pairwise(zip(*rows, strict=True)):
                low, high = max(segment.x1 for segment in before), min(segment.x0 for segment in after)
                free = [edge for edge in (high - 1, low + 1) if low < high and not _crosses(lines, edge)]
                yield from free[:1]


def _crosses(lines: list[Line], edge: float) -> bool:
    return any(segment.x0 < edge < segment.x1 for line in lines for segment in line.segments)


@dataclass(frozen=True)
class _RuledCell:
    """``room`` is the width available to the text, in points."""

    words: tuple[Word, ...]
    column: int
    row_span: int
    col_span: int
    room: float


def _by_columns(cell: _RuledCell, edges: list[float], gap: float) -> list[_RuledCell]:
    """Cut a cell that is ruled across several columns if its words align with them as in the rows that are ruled.

    Only figures, words on several lines or words in each column are aligned like that by more than chance.
    """
    inner = edges[cell.column : cell.column + cell.col_span + 1]
    lines = lines_of(cell.words, gap)
    segments = [segment for line in lines for segment in line.segments]
    crosses_edge = any(_crosses(lines, edge) for edge in inner[1:-1])
    parts = [
        replace(
            cell,
            words=tuple(word for word in cell.words if left <= word.x0 < right),
            column=cell.column + number,
            col_span=1,
            room=cell.room - (inner[-1] - inner[0]) + (right - left),
        )
        for number, (left, right) in enumerate(pairwise(inner))
    ]
    has_values = sum(bool(part.words) and Segment(part.words).is_figure for part in parts) > 0
    has_lines = len(lines) >= _LINES_BEYOND_CHANCE
    fills_each = all(part.words for part in parts) and len(segments) == len(parts)
    is_cut = (
        (has_values or has_lines or fills_each) and not crosses_edge and sum(bool(part.words) for part in parts) > 1
    )
    return parts if is_cut else [cell]


def _printed_rows(cells: list[_RuledCell], columns: int, page: int) -> list[GridRow]:
    """A ruled row, or the rows that its figures form where only the columns are ruled."""
    lines = lines_of((word for cell in cells for word in cell.words), _ANY_GAP)
    placed = [_placed(line, cells) for line in lines]
    rows_of_figures = sum(
        _has_figures_of_its_own(line, above) for above, line in zip([None, *placed], placed, strict=False)
    )
    if rows_of_figures > 1 and all(cell.row_span == 1 and cell.col_span == 1 for cell in cells):
        return body_rows(placed, columns, page, rules=[])
    printed = (PrintedCell(_text(cell), cell.row_span, cell.col_span) for cell in cells)
    return [GridRow(tuple(printed), page=page)]


def _has_figures_of_its_own(line: PlacedLine, above: PlacedLine | None) -> bool:
    """Whether a line has several figures that are not the ends of numbers too wide for the line above."""
    cells_above = above.cells if above else {}
    figures = [
        number
        for number, words in line.cells.items()
        if _is_figure(words) and not is_broken_number(text_of(cells_above.get(number, ())), text_of(words))
    ]
    return len(figures) > 1


def _placed(line: Line, cells: list[_RuledCell]) -> PlacedLine:
    by_column = {cell.column: tuple(word for word in line.words if word in cell.words) for cell in cells}
    filled = {column: words for column, words in by_column.items() if words}
    has_figures = any(_is_figure(words) for column, words in filled.items() if column > 0)
    return PlacedLine(filled, line.top, line.bottom, has_figures)


def _is_figure(words: tuple[Word, ...]) -> bool:
    segment = Segment(words)
    return segment.is_figure and not segment.is_year


def _text(cell: _RuledCell) -> str:
    lines = lines_of(cell.words, _ANY_GAP)
    text = lines[0].text if lines else ""
    for above, line in pairwise(lines):
        text += (PROBABLE_BREAK if _breaks_word(above, line, cell.room) else "") + "\n" + line.text
    return text


def _breaks_word(above: Line, line: Line, room: float) -> bool:
    """Whether a word is broken without a hyphen: there is hardly room for another letter, and no space follows it.

    If the page says nothing about spaces, only a word alone on its line counts as broken.
    """
    word, following = above.words[-1], line.words[0]
    may_be_broken = word.may_be_half or (len(above.words) == 1 and not word.has_space)
    if not may_be_broken or not may_go_on(word.text, following.text):
        return False
    one_letter = (following.x1 - following.x0) / len(following.text)
    letters = _ROOM_WHERE_TOLD if word.may_be_half else 1
    return word.x1 - above.words[0].x0 + letters * one_letter > room


def _padding(words: tuple[Word, ...], cell: tuple[float, float, float, float], least: float) -> float:
    """The distance of the lines from the edge that they are aligned to; ``least`` is the table's usual one."""
    margins = [(line.words[0].x0 - cell[0], cell[2] - line.words[-1].x1) for line in lines_of(words, _ANY_GAP)]
    if len(margins) > 1 and all(abs(left - right) < NEAR for left, right in margins):
        return least
    lefts, rights = ([margin[side] for margin in margins] for side in (0, 1))
    is_right_aligned = len(margins) > 1 and max(rights) - min(rights) < 1 < max(lefts) - min(lefts)
    return min(rights if is_right_aligned else lefts, default=0.0)


def _is_inside(word: Word, cell: tuple[float, float, float, float]) -> bool:
    return cell[0] <= (word.x0 + word.x1) / 2 < cell[2] and cell[1] <= word.middle < cell[3]


def _edges(positions: list[float]) -> list[float]:
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > NEAR:
            edges.append(position)
    return edges


def _number(position: float, edges: list[float]) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - position))
