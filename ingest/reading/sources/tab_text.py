"""Reads text whose cells are separated by tabs, as word processors save it: a line is a paragraph or a row."""

from collections.abc import Iterator

from ingest.reading.blocks import Block, Grid, GridRow, PrintedCell, TextBlock
from ingest.reading.vocabulary.print import tidy


def tab_text_blocks(text: str) -> Iterator[Block]:
    """Yield consecutive rows without a blank line between them as one grid, and lines without a tab as text.

    A remark between two rows of a grid comes after the grid.
    """
    lines = text.splitlines()
    rows: list[GridRow] = []
    remarks: list[TextBlock] = []
    for number, line in enumerate(lines, 1):
        if _is_row(line) and (rows or line.strip()):
            rows.append(GridRow(tuple(PrintedCell(tidy(cell)) for cell in line.split("\t")), line=number))
        elif rows and line.strip() and number < len(lines) and _is_row(lines[number]):
            remarks.append(TextBlock(tidy(line), line=number))
        else:
            if rows:
                yield Grid(tuple(rows))
            yield from remarks
            rows, remarks = [], []
            if line.strip():
                yield TextBlock(tidy(line), line=number)
    if rows:
        yield Grid(tuple(rows))
    yield from remarks


def _is_row(line: str) -> bool:
    return "\t" in line.strip(" \r\n")
