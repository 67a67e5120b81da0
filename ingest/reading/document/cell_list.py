"""Lists every cell that was read, one per row, for use without a workbook."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.document import Table
from ingest.files.csv import not_a_formula
from ingest.files.whole import write_whole
from ingest.reading.report import Reading

COLUMNS = (
    "table_no",
    "section",
    "title",
    "unit",
    "row_no",
    "row_label",
    "col_no",
    "column_header",
    "raw_text",
    "is_unsure",
)


def write_cell_list(readings: Iterable[Reading], path: Path) -> None:
    """Write a UTF-8 CSV of the cells of all reports in turn; table_no begins at 1 in each.

    A space before a text that Excel would take for a formula keeps it a text, as in a workbook.
    """
    listed = io.StringIO()
    writer = csv.writer(listed)
    writer.writerow(COLUMNS)
    for reading in readings:
        for table in reading.tables:
            writer.writerows(_lines(table, reading))
    write_whole(path, listed.getvalue().encode())


def _lines(table: Table, reading: Reading) -> Iterator[tuple[object, ...]]:
    about = (table.table_no, *map(not_a_formula, (table.section, table.title, table.unit)))
    for row_no, row in enumerate(table.rows, 1):
        for col_no, column in enumerate(table.columns, 1):
            if not column.is_commentary:
                label, header, text = map(not_a_formula, (row.label, column.header, row.cells[col_no - 1]))
                is_unsure = str(_is_unsure(table, row_no, col_no, reading)).lower()
                yield (*about, row_no, label, col_no, header, text, is_unsure)


def _is_unsure(table: Table, row_no: int, col_no: int, reading: Reading) -> bool:
    """Whether the cell, its label or its header is doubtful."""
    places = ((row_no, col_no), (row_no, 0), (0, col_no))
    return any((table.table_no, *place) in reading.doubts for place in places)
