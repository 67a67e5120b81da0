"""Puts back the blank cells that some producers leave out of a tagged table's rows, by where the others stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from ingest.reading.blocks import GridRow, PrintedCell

_BLANK = PrintedCell("")
# Beyond this many ways to place a row's cells the row stays as it is told.
_MOST_COLUMNS = 16


@dataclass(frozen=True)
class Extent:
    """From where to where a cell's text stands across its page, in points; None for a blank cell."""

    start: float
    end: float


def with_omitted_cells(rows: Sequence[GridRow], extents: Sequence[Sequence[Extent | None]]) -> list[GridRow]:
    """The rows of a table, those with too few cells filled up to its width; ``extents`` tell of each cell.

    A table with cells over several rows stays as it is: there a row has fewer cells for another reason.
    """
    width = max((_width(row) for row in rows), default=0)
    if width > _MOST_COLUMNS or any(cell.row_span > 1 for row in rows for cell in row.cells):
        return list(rows)
    told = zip(rows, extents, strict=True)
    whole = [found for row, found in told if len(row.cells) == width]
    columns = [_union([found[place] for found in whole]) for place in range(width)]
    return [
        row if _width(row) == width else _filled_up(row, found, columns)
        for row, found in zip(rows, extents, strict=True)
    ]


def _width(row: GridRow) -> int:
    return sum(cell.col_span for cell in row.cells)


def _union(extents: Sequence[Extent | None]) -> Extent | None:
    known = [extent for extent in extents if extent]
    return Extent(min(e.start for e in known), max(e.end for e in known)) if known else None


def _filled_up(row: GridRow, extents: Sequence[Extent | None], columns: Sequence[Extent | None]) -> GridRow:
    if any(cell.col_span > 1 for cell in row.cells) or not any(extents):
        return row
    ways = combinations(range(len(columns)), len(row.cells))
    places = max(ways, key=lambda way: sum(_fit(e, columns[place]) for e, place in zip(extents, way, strict=True)))
    cells = dict(zip(places, row.cells, strict=True))
    filled = tuple(cells.get(place, _BLANK) for place in range(len(columns)))
    return GridRow(filled, row.page, row.line, row.is_header)


def _fit(extent: Extent | None, column: Extent | None) -> float:
    """How many points of a cell's text lie in a column, less how far it is off."""
    if extent is None or column is None:
        return 0.0
    return min(extent.end, column.end) - max(extent.start, column.start)
