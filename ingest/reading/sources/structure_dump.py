"""Reads a dump of a PDF's structure tree, where each level of the tree says its text again.

A cell's text comes twice, for the cell and for its paragraph; the first of a row once more for the row, the first of a
table once more for its part and for the table.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from ingest.reading.blocks import Block, Grid, GridRow, PrintedCell, TextBlock

_SAME_HEADER_AGAIN = "Tabellens rubrik står igen ovanför raden, som kan höra till en ny tabell"
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


@dataclass
class _OpenTable:
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    header_again: int | None = None

    def grid(self) -> Grid:
        """What was gathered, as a grid; a row that may begin another table is doubted."""
        return Grid(tuple(map(self._row, range(len(self.rows)))))

    def _row(self, place: int) -> GridRow:
        label, *cells = map(PrintedCell, self.rows[place])
        if place == self.header_again:
            label = replace(label, doubt=_SAME_HEADER_AGAIN)
        return GridRow((label, *cells), line=self.lines[place])


def structure_dump_blocks(lines: Sequence[str], first_number: int) -> Iterator[Block]:
    """The blocks of a dump; ``first_number`` is the line of the file that it begins on.

    A table that follows right after one with the same header is the rest of it, after a page break.
    """
    before: _OpenTable | None = None
    for block in _parts(lines, first_number):
        if isinstance(block, TextBlock):
            if before:
                yield before.grid()
            before = None
            if block.text:
                yield block
        elif before and before.rows[0] == block.rows[0]:
            before.header_again = len(before.rows)
            before.rows += block.rows[1:]
            before.lines += block.lines[1:]
        else:
            if before:
                yield before.grid()
            before = block
    if before:
        yield before.grid()


def _parts(lines: Sequence[str], first_number: int) -> Iterator[_OpenTable | TextBlock]:
    table: _OpenTable | None = None
    for number, text, levels in _said(lines, first_number):
        if levels >= _LEVELS_OF_TABLE or (table is None and levels >= _LEVELS_OF_ROW):
            if table:
                yield table
            table = _OpenTable([[text]], [number])
        elif table and levels >= _LEVELS_OF_ROW:
            table.rows.append([text])
            table.lines.append(number)
        elif table and levels > 1:
            table.rows[-1].append(text)
        else:
            if table:
                yield table
            table = None
            yield TextBlock(text, line=number)
    if table:
        yield table


def _said(lines: Iterable[str], first_number: int) -> Iterator[tuple[int, str, int]]:
    """Each text with the line it begins on and how often it is said without a blank line between."""
    numbered = enumerate((line.replace("\t", " ").strip() if "\t" in line else None for line in lines), first_number)
    kept = ((number, text) for number, text in numbered if text not in _ROLES)
    for text, same in groupby(kept, key=lambda said: said[1]):
        if text is not None:
            found = list(same)
            yield found[0][0], text, len(found)
