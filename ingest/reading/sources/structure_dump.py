"""Reads a dump of a PDF's structure tree, where each level of the tree repeats its text.

A cell's text appears twice, for the cell and for its paragraph. The first cell of a row also appears for the row, and
the first cell of a table also for its section and for the table.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import groupby

from ingest.reading.blocks import Block, Grid, GridRow, PrintedCell, TextBlock
from ingest.reading.page_furniture import is_page_number, running_lines

_SAME_HEADER_AGAIN = "Tabellens rubrik står igen inne i tabellen: raderna kan höra till två tabeller"
_BULLETS = "•·▪●◦"
_PAGE_END = "\f"
_LONGEST_FOOT = 160
_LEVELS_OF_ROW = 3
_LEVELS_OF_TABLE = 5
_ROLES = {
    "Figure",
    "TBody",
    "THead",
    "TFoot",
    "TR",
    "TD",
    "TH",
    "Table",
    "P",
    "Span",
    "L",
    "LI",
    "LBody",
    "Lbl",
    "Sect",
}


class _Place(Enum):
    """Where a table is that has the same header as the table before it."""

    NEXT_PAGE = "the rest of a table after a page break"
    SAME_PAGE = "another table"
    UNKNOWN = "either"


@dataclass
class _OpenTable:
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    may_be_two: bool = False

    def grid(self) -> Grid:
        """What was collected, as a grid; if it may be two tables, each row is marked as doubtful."""
        return Grid(tuple(map(self._row, range(len(self.rows)))))

    def _row(self, place: int) -> GridRow:
        label, *cells = map(PrintedCell, self.rows[place])
        if self.may_be_two and place:
            label = replace(label, doubt=_SAME_HEADER_AGAIN)
        return GridRow((label, *cells), line=self.lines[place])

    def add(self, rest: "_OpenTable", *, is_sure: bool) -> None:
        """Append the rows of another table, without its header."""
        self.may_be_two = self.may_be_two or not is_sure
        self.rows += rest.rows[1:]
        self.lines += rest.lines[1:]


def structure_dump_blocks(lines: Sequence[str], first_number: int, pages: Sequence[str] = ()) -> Iterator[Block]:
    """Yield the blocks of a dump; ``first_number`` is its first line in the file, ``pages`` are the pages' lines.

    A table with the same header as the one right before it is the rest of that table after a page break, unless the
    pages show both on one page.
    """
    printed = _printed(pages)
    before: _OpenTable | None = None
    for block in _parts(lines, first_number):
        if isinstance(block, TextBlock):
            if before:
                yield before.grid()
            before = None
            if block.text:
                yield block
            continue
        place = _place_below(before, block, printed) if before and before.rows[0] == block.rows[0] else _Place.SAME_PAGE
        if before and place is not _Place.SAME_PAGE:
            before.add(block, is_sure=place is _Place.NEXT_PAGE)
        else:
            if before:
                yield before.grid()
            before = block
    if before:
        yield before.grid()


def _place_below(above: _OpenTable, below: _OpenTable, printed: str) -> _Place:
    """Find what the pages have between the last row of a table and the header of the next.

    The tree has nothing there, so any text can only be a page footer. With no text, the two are on one page, provided
    that the pages have footers.
    """
    last, header = (_closed_up("".join(row)) for row in (above.rows[-1], below.rows[0]))
    _, found, after = printed.partition(last)
    between, is_header, _ = after.partition(header)
    if not found or not is_header or len(between) > _LONGEST_FOOT:
        return _Place.UNKNOWN
    if between:
        return _Place.NEXT_PAGE
    return _Place.SAME_PAGE if _PAGE_END in printed else _Place.UNKNOWN


def _printed(pages: Sequence[str]) -> str:
    """The pages' text without spaces, with a mark at each page end."""
    lines = [line.strip(" \r\t") for line in pages]
    feet = running_lines(lines)
    ends = (number in feet or is_page_number(line) or "\f" in line for number, line in enumerate(lines))
    return "".join(_PAGE_END if is_end else _closed_up(line) for line, is_end in zip(lines, ends, strict=True))


def _closed_up(text: str) -> str:
    return "".join(text.split())


def _parts(lines: Sequence[str], first_number: int) -> Iterator[_OpenTable | TextBlock]:
    table: _OpenTable | None = None
    for number, text, levels, goes_on in _said(lines, first_number):
        if levels >= _LEVELS_OF_TABLE or (table is None and levels >= _LEVELS_OF_ROW):
            if table:
                yield table
            table = _OpenTable([[text]], [number])
        elif table and levels >= _LEVELS_OF_ROW:
            table.rows.append([text])
            table.lines.append(number)
        elif table and levels > 1:
            table.rows[-1].append(text)
        elif table and goes_on:
            table.rows[-1][-1] += "\n" + text
        else:
            if table:
                yield table
            table = None
            yield TextBlock(text, line=number)
    if table:
        yield table


def _said(lines: Iterable[str], first_number: int) -> Iterator[tuple[int, str, int, bool]]:
    """Yield each text with its first line, the number of repeats, and whether it follows without a blank line.

    Text that follows a cell without a blank line is another paragraph of it. An element without text repeats the name
    of its role; a cell that holds such a letter says it twice.
    """
    numbered = enumerate((line.replace("\t", " ").strip() if "\t" in line else None for line in lines), first_number)
    kept = ((number, text) for number, text in numbered if text not in {*_BULLETS})
    goes_on = False
    for text, same in groupby(kept, key=lambda said: said[1]):
        found = list(same)
        if text in _ROLES and not (len(text) == 1 and len(found) > 1):
            continue
        if text is not None:
            yield found[0][0], text, len(found), goes_on
        goes_on = text is not None
