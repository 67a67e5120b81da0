"""Grids as a source yields them, and the tables that the reader makes of them."""

from ingest.document import Table
from ingest.reading.blocks import Block, Grid, GridRow, PrintedCell
from ingest.reading.tables.assembly import assemble


def grid(*rows: list[str | PrintedCell], page: int | None = None) -> Grid:
    printed = ([cell if isinstance(cell, PrintedCell) else PrintedCell(cell) for cell in row] for row in rows)
    return Grid(tuple(GridRow(tuple(cells), page=page) for cells in printed))


def tables(*blocks: Block) -> tuple[Table, ...]:
    return assemble(blocks)[0]


def only(*blocks: Block) -> Table:
    (table,) = tables(*blocks)
    return table


def headers(table: Table) -> list[str]:
    return [column.header for column in table.columns]
