"""Reads text whose cells are parted by tabs, as word processors save it: a line is a paragraph or a row."""

from collections.abc import Iterator

from ingest.reading.blocks import Block, Grid, GridRow, PrintedCell, TextBlock
from ingest.reading.printed_text import tidy


def tab_text_blocks(text: str) -> Iterator[Block]:
    """Rows that follow each other without a blank line are one grid; lines without a tab are text."""
    rows: list[GridRow] = []
    for number, line in enumerate(text.splitlines(), 1):
        if "\t" in line.strip(" \r\n") and (rows or line.strip()):
            rows.append(GridRow(tuple(PrintedCell(tidy(cell)) for cell in line.split("\t")), line=number))
            continue
        if rows:
            yield Grid(tuple(rows))
            rows = []
        if line.strip():
            yield TextBlock(tidy(line), line=number)
    if rows:
        yield Grid(tuple(rows))
