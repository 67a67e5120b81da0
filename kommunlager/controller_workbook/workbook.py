"""Assembles the sheets and saves the file, without holding more than a few rows in memory."""

from pathlib import Path

import duckdb
from openpyxl import Workbook

from kommunlager.controller_workbook.archive import opened_workbook, save
from kommunlager.controller_workbook.committee import Committee, rows_of
from kommunlager.controller_workbook.explanations import write_explanations
from kommunlager.controller_workbook.first_sheet import write_first_sheet
from kommunlager.controller_workbook.sheets import SHEETS, Topic
from kommunlager.controller_workbook.table_sheet import Listed, write_table_sheet
from kommunlager.duckdb_files import connect

_DICTIONARY = "select mart || '.' || column_name, label_sv, description_sv from marts.data_dictionary"
_RELEASE = """
    select run_id, released_at, released_at at time zone 'UTC' at time zone 'Europe/Stockholm' from marts.release
"""
_TAB_COLOURS = dict(zip(Topic, ("1F4E5F", "7A5C1E", "3D6B35", "5B3F73", "8A3B2F"), strict=True))


def write_controller_workbook(database: Path, path: Path) -> None:
    """Write the Excel file of a release from its DuckDB file; money in tkr, numbers as numbers, texts as texts."""
    with connect(database, read_only=True) as connection:
        _write(connection, path, None)


def write_committee_workbook(database: Path, path: Path, committee: Committee) -> None:
    """Write the same with the rows of one committee, and only the sheets that it has rows for."""
    with rows_of(database, committee) as connection:
        _write(connection, path, committee)


def _write(connection: duckdb.DuckDBPyConnection, path: Path, committee: Committee | None) -> None:
    ((run_id, released_at, released_local),) = connection.execute(_RELEASE).fetchall()
    whose = f"{committee.municipality}, {committee.name}" if committee else "nämndernas uppföljning"
    with opened_workbook() as workbook:
        first = workbook.create_sheet("Svar")
        described = _write_lists(workbook, connection, keep_empty=committee is None)
        explanations = workbook.create_sheet("Förklaringar")
        write_explanations(explanations, {listed.spec: listed.columns for listed in described})
        explanations.close()
        counts = {listed.spec: count for listed, count in described.items()}
        write_first_sheet(first, connection, (run_id, released_local), counts, whose)
        first.close()
        save(workbook, path, released_at)


def _write_lists(workbook: Workbook, connection: duckdb.DuckDBPyConnection, keep_empty: bool) -> dict[Listed, int]:
    """Returns what is written, and how many rows there are."""
    dictionary = {place: (label, text) for place, label, text in connection.execute(_DICTIONARY).fetchall()}
    written: dict[Listed, int] = {}
    for spec in SHEETS:
        listed = Listed(spec, tuple(spec.described_columns(dictionary)))
        count, lengths = listed.measure(connection)
        if count or keep_empty:
            sheet = workbook.create_sheet(spec.name)
            sheet.sheet_properties.tabColor = _TAB_COLOURS[spec.topic]
            write_table_sheet(sheet, listed, connection, count, lengths)
            sheet.close()
            written[listed] = count
    return written
