"""Assembles the sheets and saves the file."""

from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from ingest.files.whole import write_whole
from kommunlager.controller_workbook.explanations import write_explanations
from kommunlager.controller_workbook.first_sheet import write_first_sheet
from kommunlager.controller_workbook.sheets import SHEETS
from kommunlager.controller_workbook.table_sheet import write_table_sheet
from kommunlager.duckdb_files import connect


def write_controller_workbook(database: Path, path: Path) -> None:
    """Write the Excel file of a release from its DuckDB file; money in tkr, numbers as numbers, texts as texts."""
    workbook = Workbook()
    first = workbook.worksheets[0]
    first.title = "Svar"
    with connect(database, read_only=True) as connection:
        write_first_sheet(first, connection, SHEETS)
        for spec in SHEETS:
            rows = connection.execute(spec.query).fetchall()
            write_table_sheet(workbook.create_sheet(spec.name), spec, rows)
        write_explanations(workbook.create_sheet("Förklaringar"), connection, SHEETS)
    # Written to memory first: openpyxl prints its own stack trace when a disk is full.
    saved = BytesIO()
    workbook.save(saved)
    write_whole(path, saved.getvalue())
