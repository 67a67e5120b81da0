"""Builds one table of the model from a grid's parts: columns, rows, notes, unit and doubts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median
from textwrap import shorten

from ingest.document import Column, Doubt, Row, Table
from ingest.reading.blocks import PrintedCell
from ingest.reading.checks.all import doubts_of
from ingest.reading.tables.grid_parts import FullRow, GridParts
from ingest.reading.tables.headings import heading_name
from ingest.reading.tables.label_columns import (
    width_of_labels,
    with_brackets_apart,
    with_groups_as_headings,
    with_shared_labels,
)
from ingest.reading.vocabulary.column_headers import (
    header_levels,
    is_commentary_header,
    is_row_header,
    joined_header,
)
from ingest.reading.vocabulary.notes import figure_without_marks, notes_below, without_marks, worded
from ingest.reading.vocabulary.periods import YEAR, is_period
from ingest.reading.vocabulary.print import is_sentence, is_value, one_line
from ingest.reading.vocabulary.row_words import count_figures, figures_of_row, with_place
from ingest.reading.vocabulary.units import is_in_kronor, stated_unit, states_only_unit
from ingest.workbook.layout import LONGEST_CELL

TableDoubts = dict[tuple[int, int], Doubt]

_EARLIER = re.compile(
    rf"""[(*]*\s*((?:utfall|bokslut|budget|prognos|mål|resultat)\s+{YEAR})\s*[:,=]?
    \s*([^\d\s]{{0,2}}\s?\d[\d\ ]*(?:[.,]\d+)?\s?%?)(?=$|[),;*\s]).*""",
    re.IGNORECASE | re.VERBOSE,
)
_ADDRESS = re.compile(r"\w@\w+\.\w|\bwww\.\w", re.IGNORECASE)
_OF_MINUTES = re.compile(
    r"plats och tid|beslutande|närvarande|utses att justera|justerare|justeringsdatum|underskrift(?:er)?", re.IGNORECASE
)
_LONG_TEXT = 60
_LEAST_CONTENTS = 8
_MANY_WORDS = 8
_WORDS_OF_GRADE = 3


def build_table(
    parts: GridParts, table_no: int, section: str, title: str, below: Sequence[str]
) -> tuple[Table, TableDoubts] | None:
    """The table of a grid, and its doubts by (row_no, col_no); None for a grid that is not a table."""
    if parts.width < 2 or not parts.body or not _is_table(parts):
        return None
    notes = notes_below(below)
    parts = with_brackets_apart(parts)
    headers, header_notes = _headers(parts, notes)
    label_width = width_of_labels(headers, parts.body)
    if label_width == 1:
        parts = with_groups_as_headings(parts)
        headers, header_notes = _headers(parts, notes)
    doubts: TableDoubts = {}
    body = with_shared_labels(parts.body) if label_width > 1 else parts.body
    columns = _columns(headers[label_width:], body, label_width)
    rows = tuple(_row(row, row_no, label_width, columns, notes, doubts, body) for row_no, row in enumerate(body, 1))
    rows, columns = _with_earlier_outcome(rows, columns, below)
    label_header = " ".join(filter(None, headers[:label_width]))
    named_by_header = "" if states_only_unit(label_header) or is_row_header(label_header) else label_header
    first = (parts.header or parts.body)[0]
    table = Table(
        table_no=table_no,
        section=section or title or label_header or f"Tabell {table_no}",
        title=title or named_by_header or heading_name(section) or label_header or f"Tabell {table_no}",
        label_header=label_header,
        columns=columns,
        rows=rows,
        unit=stated_unit([label_header, *parts.titles, title, *headers[label_width:], section]) or _unit_of(rows),
        page=first.page,
        source_line=first.line,
        notes="; ".join(header_notes),
    )
    return table, doubts_of(table, _printed_headers(parts, label_width), below) | doubts


def _unit_of(rows: Iterable[Row]) -> str:
    return "kr" if is_in_kronor(cell for row in rows for cell in row.cells) else ""


def rows_of_figures(parts: GridParts) -> Iterator[str]:
    """The rows that read as table rows, or hold only figures, of a grid that is neither a table nor contents."""
    for row in () if _is_contents(parts) else parts.body:
        text = " ".join(filter(None, row.texts))
        is_bare = not re.search(r"[^\W\d_]", text) and count_figures(text) > 1
        if is_bare or figures_of_row(text):
            yield with_place(text, row.page, row.line)


def _printed_headers(parts: GridParts, label_width: int) -> list[list[str]]:
    """The printed lines of each data column's header, after those of the label's."""
    lines = [
        [line for row in parts.header for line in row.cells[place].text.splitlines()] for place in range(parts.width)
    ]
    return [[line for column in lines[:label_width] for line in column], *lines[label_width:]]


def _is_table(parts: GridParts) -> bool:
    """Whether a grid is a table: a frame or a legend has no labels beside its texts, or no second column."""
    has_figures = any(is_value(text) for row in parts.body for text in row.texts[1:])
    has_labels = any(row.texts[0] for row in parts.body)
    if not parts.header and not any(re.search(r"[^\W\d_]", text) for row in parts.body for text in row.texts):
        return False  # The figures of a chart.
    if all(any(map(_ADDRESS.search, row.texts)) for row in parts.body):
        return False  # An address block, as at the bottom of a letter.
    if not has_figures and any(_OF_MINUTES.fullmatch(row.texts[0]) for row in (*parts.header, *parts.body)):
        return False  # Attendance and signatures.
    return not _is_contents(parts) and (has_figures or (has_labels and bool(parts.header)))


def _is_contents(parts: GridParts) -> bool:
    """Whether it is a table of contents: headings, and the page numbers that they begin on, which never decrease.

    The text above may be taken for a header, but names no column: the year of the report.
    """
    lasts = [row.texts[-1] for row in parts.body if any(row.texts[1:])]
    is_headed = any(text and not is_period(text) for row in parts.header for text in row.texts[1:])
    is_short = bool(parts.header) and len(lasts) < _LEAST_CONTENTS
    if is_headed or is_short or parts.width > 3 or not all(text.isdigit() for text in lasts):
        return False
    pages = [int(text) for text in lasts]
    return len(pages) > 2 and pages == sorted(pages)


def _headers(parts: GridParts, notes: dict[str, str]) -> tuple[list[str], list[str]]:
    """One header per column, outer level first, without footnote marks; and the notes that the marks refer to."""
    headers: list[str] = []
    found: list[str] = []
    levels = header_levels([row.texts for row in parts.header])
    for place in range(parts.width):
        texts = dict.fromkeys(level[place] for level in levels if level[place])
        header, marks = without_marks(joined_header(" ".join(texts)), notes)
        headers.append(header)
        found += worded(marks, notes, header)
    return headers, found


def _columns(headers: Sequence[str], body: Sequence[FullRow], label_width: int) -> tuple[Column, ...]:
    return tuple(
        Column(header, _is_commentary(header, [row.texts[label_width + place] for row in body]))
        for place, header in enumerate(headers)
    )


def _is_commentary(header: str, texts: Sequence[str]) -> bool:
    """Whether a column is running text: by its header, by its sentences, or by long texts of many words."""
    said = [text for text in texts if text]
    if not said or sum(map(is_value, said)) * 2 > len(said):
        return False
    if is_commentary_header(header):
        return median(len(text.split()) for text in said) > _WORDS_OF_GRADE
    if sum(map(is_sentence, said)) * 2 > len(said):
        return True
    return median(len(text) for text in said) > _LONG_TEXT and median(len(text.split()) for text in said) > _MANY_WORDS


def _row(
    row: FullRow,
    row_no: int,
    label_width: int,
    columns: Sequence[Column],
    notes: dict[str, str],
    doubts: TableDoubts,
    body: Sequence[FullRow],
) -> Row:
    label, marks = without_marks(" ".join(filter(None, row.texts[:label_width])), notes)
    found = worded(marks, notes)
    cells: list[str] = []
    for col_no, (column, cell) in enumerate(zip(columns, row.cells[label_width:], strict=True), 1):
        text, cell_marks = _cell(cell, column)
        cells.append(_shortened(text))
        found += worded(cell_marks, notes, column.header)
        if cell.doubt and not column.is_commentary:
            doubts[row_no, col_no] = Doubt(cell.doubt, cell.alternatives)
    if row.cells[0].doubt:
        doubts[row_no, 0] = Doubt(row.cells[0].doubt, row.cells[0].alternatives)
    is_heading = bool(label) and not any(row.texts[label_width:]) and _is_heading(row_no, label_width, body)
    return Row(_shortened(label), tuple(cells), row.line, is_heading, "; ".join(found))


def _shortened(text: str) -> str:
    """Running text in a label or cell, shortened to what a workbook takes."""
    return text if len(text) <= LONGEST_CELL else shorten(text, LONGEST_CELL, placeholder=" …")


def _cell(cell: PrintedCell, column: Column) -> tuple[str, list[str]]:
    if column.is_commentary:
        return "", []
    text = one_line(cell.text)
    bare, marks = figure_without_marks(text)
    return (bare, marks) if marks and (is_value(bare) or is_period(bare)) else (text, [])


def _is_heading(row_no: int, label_width: int, body: Sequence[FullRow]) -> bool:
    """Whether a row without figures is a sub-heading: the table's other rows are filled."""
    filled = [sum(map(bool, row.texts[label_width:])) for row in body]
    width = len(body[0].cells) - label_width
    others = [count for count in filled if count]
    return row_no < len(body) and filled[row_no] > 0 and bool(others) and median(others) * 2 > width


def _with_earlier_outcome(
    rows: tuple[Row, ...], columns: tuple[Column, ...], below: Iterable[str]
) -> tuple[tuple[Row, ...], tuple[Column, ...]]:
    """Move an earlier outcome printed in or under a row (``(utfall 2023: 36)``) to a last column of its table."""
    parted = [_parted_from_earlier(row) for row in rows]
    under = _EARLIER.match(next(iter(below), "")) if len(rows) == 1 else None
    if under and not parted[0][1]:
        parted = [(rows[0], (under[1], under[2].strip()))]
    if not any(earlier for _, earlier in parted):
        return rows, columns
    header = next(earlier[0] for _, earlier in parted if earlier)
    without_earlier = tuple(replace(row, cells=(*row.cells, earlier[1] if earlier else "")) for row, earlier in parted)
    return without_earlier, (*columns, Column(header))


def _parted_from_earlier(row: Row) -> tuple[Row, tuple[str, str] | None]:
    """A row without the earlier outcome in one of its cells, and that outcome's header and figure."""
    for place, cell in enumerate(row.cells):
        figure, bracket, rest = cell.partition("(")
        match = _EARLIER.match(bracket + rest) if bracket else None
        if match and (not figure or is_value(figure)):
            cells = (*row.cells[:place], figure.strip(), *row.cells[place + 1 :])
            return replace(row, cells=cells), (match[1], match[2].strip())
    return row, None
