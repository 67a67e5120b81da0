"""Takes tables from a structure tree that the text of the pages doesn't show as tables: tables of words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.reading.blocks import Block, Grid, GridRow, TextBlock

_APART = "\n"
_LEAST_CELLS = 2


@dataclass(frozen=True)
class _Found:
    """A table of the tree and the blocks of the pages, ``first`` to ``last``, that hold the text of its cells."""

    grid: Grid
    first: int
    last: int


def with_tables_of_tree(pages: Sequence[Block], tree: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks of the pages, with the lines that hold a table of the tree replaced by that table."""
    text = _Text(pages)
    found = {table.first: table for block in tree if isinstance(block, Grid) and (table := text.find(block))}
    place = 0
    while place < len(pages):
        table = found.get(place)
        yield table.grid if table else pages[place]
        place = table.last + 1 if table else place + 1


class _Text:
    """The letters and digits of the pages' lines, without spaces and hyphens, which differ between pages and tree."""

    def __init__(self, pages: Sequence[Block]) -> None:
        self.starts: dict[int, int] = {}
        self.ends: dict[int, int] = {}
        self.lines: dict[int, int | None] = {}
        said = ""
        for number, block in enumerate(pages):
            self.starts[len(said)] = number
            self.lines[len(said)] = block.line if isinstance(block, TextBlock) else None
            said += _letters(block.text) if isinstance(block, TextBlock) else _APART
            self.ends[len(said)] = number
        self.said = said

    def find(self, grid: Grid) -> _Found | None:
        """Where a table's cells are whole lines of the pages; None for a list, or if the pages have other text."""
        rows = [[_letters(cell.text) for cell in row.cells] for row in grid.rows]
        if sum(map(bool, rows[0])) < _LEAST_CELLS:
            return None
        whole = "".join(map("".join, rows))
        start = self.said.find(whole)
        first, last = self.starts.get(start), self.ends.get(start + len(whole))
        if first is None or last is None:
            return None
        return _Found(Grid(tuple(self._rows(grid, start))), first, last)

    def _rows(self, grid: Grid, start: int) -> Iterator[GridRow]:
        """Yield the rows with the page lines that they begin on."""
        for row in grid.rows:
            yield replace(row, line=self.lines[max(other for other in self.lines if other <= start)])
            start += sum(len(_letters(cell.text)) for cell in row.cells)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
