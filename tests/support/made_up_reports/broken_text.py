"""What a broken text layer loses: zeros, the spaces between a row's cells, all figures of a table.

It has its own random generator, so that a seed's report is otherwise the same whether its text is broken or not.
"""

import re
from dataclasses import replace
from random import Random

from .report import Block, PrintedRow, PrintedTable, Prose


def with_broken_text(random: Random, blocks: list[Block]) -> list[Block]:
    """In some reports one table loses zeros, the spaces of a row, or its figures, leaving the headers."""
    places = [at for at, block in enumerate(blocks) if isinstance(block, PrintedTable) and not block.is_paired]
    if not places or random.random() > 0.2:
        return blocks
    at = random.choice(places)
    table = blocks[at]
    assert isinstance(table, PrintedTable)
    loss = random.choice((_without_zeros, _with_glued_row, _without_figures))
    return [*blocks[:at], *loss(random, table), *blocks[at + 1 :]]


def _without_zeros(_: Random, table: PrintedTable) -> list[Block]:
    """``0,4`` as ``,4``."""
    rows = [replace(row, cells=tuple(re.sub(r"(?<!\d)0(?=,\d)", "", cell) for cell in row.cells)) for row in table.rows]
    is_changed = tuple(rows) != table.rows
    return [replace(table, rows=tuple(rows), traps=table.traps | {"zeros lost"} if is_changed else table.traps)]


def _with_glued_row(random: Random, table: PrintedTable) -> list[Block]:
    """``Servicenämnd 67 32 35`` as ``Servicenämnd673235``."""
    fit = [at for at, row in enumerate(table.rows) if len(row.label) < 30 and all(map(str.isdigit, row.cells))]
    if not fit:
        return [table]
    at = random.choice(fit)
    rows: list[PrintedRow] = [*table.rows[:at], replace(table.rows[at], is_glued=True), *table.rows[at + 1 :]]
    return [replace(table, rows=tuple(rows), traps=table.traps | {"row glued together"})]


def _without_figures(_: Random, table: PrintedTable) -> list[Block]:
    """Only the name and the headers of a table, in one line."""
    return [Prose(table.caption), Prose(" ".join(column.header for column in table.columns))]
