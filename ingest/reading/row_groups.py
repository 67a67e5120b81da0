"""Rows that a first column groups: a goal beside its indicators, a measure beside women and men.

What such a column says of several rows is what a sub-heading says, so it becomes one, and the next column the label.
"""

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.blocks import PrintedCell
from ingest.reading.grid_parts import BLANK, FullRow, GridParts
from ingest.reading.vocabulary.column_headers import is_column_header, is_pair_part, is_text_header
from ingest.reading.vocabulary.periods import is_period
from ingest.reading.vocabulary.print import is_value

# So many rows have a label of their own for each that a group begins with, at least.
_ROWS_A_GROUP = 1.5


def with_groups_as_headings(parts: GridParts) -> GridParts:
    """The same table with the groups of its rows as sub-headings, where its first column groups them."""
    if parts.width < 3 or not parts.header or not _groups_rows(parts):
        return parts
    header = tuple(replace(row, cells=(_both(row.cells[:2]), *row.cells[2:])) for row in parts.header)
    return replace(parts, header=header, body=tuple(_ungrouped(parts.body)))


def _groups_rows(parts: GridParts) -> bool:
    """Whether words stand in the second column of each row with values, and fewer others beside several of them."""
    if any(is_column_header(row.texts[1]) or is_text_header(row.texts[1]) for row in parts.header):
        return False
    rows = [row.texts for row in parts.body if row.texts[1]]
    names = [row.texts[1] for row in parts.body if any(map(is_value, row.texts[2:]))]
    begun = [texts[0] for before, texts in zip([[""], *rows], rows, strict=False) if texts[0] not in ("", before[0])]
    words = [*names, *begun]
    is_worded = all(words) and not any(is_value(text) or is_period(text) for text in words)
    if any(map(is_pair_part, names)):
        return False
    return bool(begun) and is_worded and len(rows) >= _ROWS_A_GROUP * len(begun) and len(set(names)) > 1


def _ungrouped(body: Sequence[FullRow]) -> list[FullRow]:
    rows: list[FullRow] = []
    group = ""
    for row in body:
        name, *others = row.texts
        if name and name != group:
            rows.append(replace(row, cells=(row.cells[0], *[BLANK] * (len(row.cells) - 2))))
        group = name or group
        if any(others):
            rows.append(replace(row, cells=row.cells[1:]))
    return rows


def _both(heads: Sequence[PrintedCell]) -> PrintedCell:
    return PrintedCell("\n".join(dict.fromkeys(head.text for head in heads if head.text)))
