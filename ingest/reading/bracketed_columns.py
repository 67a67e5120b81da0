"""Columns that hold two figures a cell, the second in brackets, as their head says: ``Mål (utfall) 2024``."""

import re
from dataclasses import replace

from ingest.reading.blocks import PrintedCell
from ingest.reading.grid_parts import FullRow, GridParts
from ingest.reading.vocabulary.column_headers import is_figure_header

_HEAD = re.compile(r"(?P<first>[^\W\d]+) ?\((?P<second>[^\W\d]+)\)(?P<period>.*)")
# The closing bracket may be lost where the cell had no room.
_CELL = re.compile(r"([^()]*)\(([^()]*)\)?")


def with_brackets_apart(parts: GridParts) -> GridParts:
    """The same table with a column for what stands in brackets, right of the column it stands in."""
    if not parts.header:
        return parts
    heads = [_heads(text) for text in parts.header[-1].texts]
    last = _apart(parts.header[-1], heads, heads)
    above = [_apart(row, heads, [None] * len(heads)) for row in parts.header[:-1]]
    return replace(parts, header=(*above, last), body=tuple(_apart(row, heads, _figures(row)) for row in parts.body))


def _heads(text: str) -> tuple[str, str] | None:
    match = _HEAD.fullmatch(text)
    if match is None or not (is_figure_header(match["first"]) and is_figure_header(match["second"])):
        return None
    return match["first"] + match["period"], match["second"] + match["period"]


def _figures(row: FullRow) -> list[tuple[str, str] | None]:
    matches = [(text, _CELL.fullmatch(text)) for text in row.texts]
    return [(match[1].strip(), match[2].strip()) if match else (text, "") for text, match in matches]


def _apart(row: FullRow, heads: list[tuple[str, str] | None], texts: list[tuple[str, str] | None]) -> FullRow:
    """A row with two cells where its column has two heads; both say the same where ``texts`` has none for them."""
    cells: list[PrintedCell] = []
    for cell, head, pair in zip(row.cells, heads, texts, strict=True):
        if head is None:
            cells.append(cell)
        else:
            cells += [replace(cell, text=text) for text in pair] if pair else [cell, cell]
    return replace(row, cells=tuple(cells))
