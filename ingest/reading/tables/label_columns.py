"""Finds how many columns of a table are labels, and the rows that name a group.

Also makes separate columns of labels that several rows share and of figures in brackets beside a figure.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.blocks import PrintedCell
from ingest.reading.tables.grid_parts import BLANK, FullRow, GridParts
from ingest.reading.vocabulary.column_headers import is_column_header, is_figure_header, is_pair_part, is_text_header
from ingest.reading.vocabulary.periods import is_period
from ingest.reading.vocabulary.print import is_figure, is_value

_CODE = re.compile(r"\d{1,6}[*.)]?|[A-ZÅÄÖ]\d*|")
_MOST_LABEL_COLUMNS = 4
# The last line of a name may be a number: ``etapp / 2``.
_MOST_FIGURES = 0.25


def width_of_labels(headers: Sequence[str], body: Sequence[FullRow]) -> int:
    """How many columns the label takes: codes and a name (``3 P 6012 Kajen``), or an activity and Intäkt or Kostnad."""
    for width in range(2, min(_MOST_LABEL_COLUMNS, len(headers) - 1) + 1):
        named = [row.texts[:width] for row in body if row.texts[width - 1]]
        names = [texts[-1] for texts in named]
        are_figures = sum(map(is_figure, names)) > len(names) * _MOST_FIGURES
        if not names or are_figures or any(map(is_figure_header, headers[:width])):
            continue
        codes = [text for texts in named for text in texts[:-1]]
        has_codes = all(map(_CODE.fullmatch, codes)) and any(codes) and not all(map(_CODE.fullmatch, names))
        has_pairs = width == 2 and all(map(is_pair_part, names))
        if has_codes or has_pairs:
            return width
    return 1


def with_shared_labels(body: Sequence[FullRow]) -> Sequence[FullRow]:
    """Repeat an activity printed beside its rows (Intäkt, Kostnad), at the first or line by line, in each label."""
    groups: list[list[FullRow]] = []
    for row in body:
        is_other = is_pair_part(row.texts[1]) and not row.texts[0][:1].isupper()
        if groups and is_other and all(row.texts[1] != above.texts[1] for above in groups[-1]):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [replace(row, cells=(_shared_label(group), *row.cells[1:])) for group in groups for row in group]


def _shared_label(group: Sequence[FullRow]) -> PrintedCell:
    return replace(group[0].cells[0], text="\n".join(row.cells[0].text for row in group if row.texts[0]))


# For each row that begins a group, at least this many have a label of their own.
_ROWS_A_GROUP = 1.5


def with_groups_as_headings(parts: GridParts) -> GridParts:
    """The same table with the groups of its rows as sub-headings, if its first column groups them."""
    if parts.width < 3 or not parts.header or not _groups_rows(parts):
        return parts
    header = tuple(replace(row, cells=(_both(row.cells[:2]), *row.cells[2:])) for row in parts.header)
    return replace(parts, header=header, body=tuple(_ungrouped(parts.body)))


def _groups_rows(parts: GridParts) -> bool:
    """Whether each row with values has words in the second column, and fewer texts beside several of them."""
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


def _both(headers: Sequence[PrintedCell]) -> PrintedCell:
    return PrintedCell("\n".join(dict.fromkeys(header.text for header in headers if header.text)))


_HEADER = re.compile(r"(?P<first>[^\W\d]+) ?\((?P<second>[^\W\d]+)\)(?P<period>.*)")
# The closing bracket may be missing if the cell had no room.
_CELL = re.compile(r"([^()]*)\(([^()]*)\)?")


def with_brackets_apart(parts: GridParts) -> GridParts:
    """The same table with a column for bracketed text, right of the column that it is in."""
    if not parts.header:
        return parts
    pairs = [_header_pair(text) for text in parts.header[-1].texts]
    last = _apart(parts.header[-1], pairs, pairs)
    above = [_apart(row, pairs, [None] * len(pairs)) for row in parts.header[:-1]]
    return replace(parts, header=(*above, last), body=tuple(_apart(row, pairs, _figures(row)) for row in parts.body))


def _header_pair(text: str) -> tuple[str, str] | None:
    match = _HEADER.fullmatch(text)
    if match is None or not (is_figure_header(match["first"]) and is_figure_header(match["second"])):
        return None
    return match["first"] + match["period"], match["second"] + match["period"]


def _figures(row: FullRow) -> list[tuple[str, str] | None]:
    matches = [(text, _CELL.fullmatch(text)) for text in row.texts]
    return [(match[1].strip(), match[2].strip()) if match else (text, "") for text, match in matches]


def _apart(row: FullRow, pairs: list[tuple[str, str] | None], texts: list[tuple[str, str] | None]) -> FullRow:
    """A row with two cells if its column has two headers; both repeat the text if ``texts`` has none for them."""
    cells: list[PrintedCell] = []
    for cell, header, pair in zip(row.cells, pairs, texts, strict=True):
        if header is None:
            cells.append(cell)
        else:
            cells += [replace(cell, text=text) for text in pair] if pair else [cell, cell]
    return replace(row, cells=tuple(cells))
