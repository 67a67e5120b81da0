"""Finds tables that are written column by column in text with one cell per line: all labels, then each column.

``pdftotext`` does this where columns are far apart. If every column has as many figures as there are labels, the rows
are known. If not, the row of each figure is unknown and the table is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.reading.blocks import Grid, GridRow, PrintedCell
from ingest.reading.vocabulary.periods import is_period
from ingest.reading.vocabulary.print import is_sentence, is_value, join_lines

_LEAST_ROWS = 3
_LEAST_COLUMNS = 2
_MOST_HEADER_LINES = 3
UNKNOWN_ROWS_LABEL = "Tabellens tal, vars rader inte syns"
UNTOLD_ROWS = (
    "Texten ger inte tabellen rad för rad, så att det inte syns vart ett tal hör: "
    "läs PDF-filen i stället, eller text från pdftotext -layout"
)


@dataclass(frozen=True)
class _Block:
    """The lines between two blank ones, with the index of the first: header words, then figures."""

    start: int
    end: int
    headers: tuple[str, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True)
class ColumnTable:
    """A table written column by column, with the indexes of its first line and of the line after it."""

    start: int
    end: int
    grid: Grid


def column_tables(lines: Sequence[str]) -> list[ColumnTable]:
    """Return the tables of a text that are written column by column, in order."""
    blocks = _blocks(lines)
    found: list[ColumnTable] = []
    place = after = 0
    while place < len(blocks):
        end = _columns_from(blocks, place)
        if end is None:
            place += 1
            continue
        columns = [block for block in blocks[place:end] if _is_column(block)]
        count = len(columns[0].figures)
        names_before = _names(blocks[place - 1], count) if place > after else ()
        names_after = _names(blocks[end], count) if end < len(blocks) and not names_before else ()
        headers = [block for block in blocks[after:place] if _is_header(block)]
        first = place - 1 if names_before else place
        own_headers = [block.headers for block in columns]
        if not any(own_headers) and len(headers) >= len(columns):
            own_headers = [block.headers for block in headers[-len(columns) :]]
            first = min(first, blocks.index(headers[-len(columns)]))
        after = end + bool(names_after)
        grid = _grid(names_before or names_after, own_headers, columns)
        found.append(ColumnTable(blocks[first].start, blocks[after - 1].end, grid))
        place = after
    return found


def _names(block: _Block, count: int) -> tuple[str, ...]:
    """The labels for this number of rows, preceded by their column's header; () if the block doesn't hold them."""
    if block.figures:
        return ()
    labels: list[str] = []
    for text in block.headers:
        goes_on = bool(labels) and (text[0].islower() or text.startswith("("))
        labels = [*labels[:-1], join_lines([labels[-1], text])] if goes_on else [*labels, text]
    if any(map(is_sentence, labels)):
        return ()
    return tuple(labels if len(labels) == count + 1 else ["", *labels] if len(labels) == count else ())


def _grid(names: Sequence[str], headers: Sequence[Sequence[str]], columns: Sequence[_Block]) -> Grid:
    """The table; if its rows have no names, a single row that says so."""
    header = GridRow(
        tuple(map(PrintedCell, [names[0] if names else "", *("\n".join(lines) for lines in headers)])),
        line=columns[0].start + 1,
        is_header=True,
    )
    if not names:
        cells = (PrintedCell("", doubt=UNTOLD_ROWS) for _ in columns)
        return Grid(
            (header, GridRow((PrintedCell(UNKNOWN_ROWS_LABEL), *cells), line=columns[0].start + 1, is_header=False))
        )
    rows = zip(names[1:], *(column.figures for column in columns), strict=True)
    first = columns[0].start + len(columns[0].headers) + 1
    body = (GridRow(tuple(map(PrintedCell, row)), line=first + at, is_header=False) for at, row in enumerate(rows))
    return Grid((header, *body))


def _blocks(lines: Sequence[str]) -> list[_Block]:
    blocks: list[_Block] = []
    start = 0
    for place in range(len(lines) + 1):
        if place < len(lines) and lines[place].strip():
            continue
        texts = tuple(line.strip() for line in lines[start:place])
        if texts:
            first = next((at for at in range(len(texts)) if all(map(_is_figure, texts[at:]))), len(texts))
            blocks.append(_Block(start, place, texts[:first], texts[first:]))
        start = place + 1
    return blocks


def _is_figure(text: str) -> bool:
    return text in ("..", "i.u.") or (is_value(text.strip("()")) and not is_period(text))


def _is_column(block: _Block) -> bool:
    return len(block.figures) >= _LEAST_ROWS and len(block.headers) <= _MOST_HEADER_LINES


def _is_header(block: _Block) -> bool:
    """Whether a block holds a column's header, or figures without one."""
    text = " ".join(block.headers)
    return not is_sentence(text) and len(block.headers) <= _MOST_HEADER_LINES and len(block.figures) < _LEAST_ROWS


def _columns_from(blocks: Sequence[_Block], place: int) -> int | None:
    """The index after the last of the equally long columns that begin with a block."""
    if not _is_column(blocks[place]):
        return None
    count = len(blocks[place].figures)
    end = place
    while end < len(blocks) and _is_column(blocks[end]) and len(blocks[end].figures) == count:
        end += 1
    return end if end - place >= _LEAST_COLUMNS else None
