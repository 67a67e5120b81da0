"""The accepted number of rows, columns and filled cells of each printed table, so that no loss goes unnoticed.

The seed ``expected_coverage.csv`` is only changed by ``kommunlager accept``, so that a change shows as a diff.
"""

import csv
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from ingest.files.whole import replace_text
from kommunlager.checks.seeds.checks import check_seeds_with
from kommunlager.checks.seeds.stored import csv_text
from kommunlager.duckdb_files import connect
from kommunlager.errors import EXIT_CHECKS_FAILED, DocumentsAtFaultError, first_of
from kommunlager.installation import Installation, shown

_MOST_LINES_A_DOCUMENT = 5
_LOADED = """
    select
        tables.document_id,
        tables.table_no,
        tables.title,
        (select count(*) from raw.report_rows as rows where rows.document_id = tables.document_id
            and rows.table_no = tables.table_no),
        (select count(*) from raw.report_columns as columns where columns.document_id = tables.document_id
            and columns.table_no = tables.table_no),
        (select count(*) from raw.report_cells as cells where cells.document_id = tables.document_id
            and cells.table_no = tables.table_no and cells.raw_text <> '')
    from raw.report_tables as tables
    order by tables.document_id, tables.table_no
"""
_SET_ASIDE_WITHOUT_VERSION = """
    select document_id from raw.set_aside where document_id not in (select document_id from raw.report_documents)
"""


@dataclass(frozen=True)
class TableCoverage:
    """The content of one printed table; the fields are the seed's columns."""

    document_id: str
    table_no: int
    table_title: str
    row_count: int
    column_count: int
    filled_cell_count: int

    @property
    def key(self) -> tuple[str, int]:
        """What identifies the table."""
        return self.document_id, self.table_no


@dataclass(frozen=True)
class CoverageChange:
    """What is loaded compared with what is expected: ``losses`` (lines by document) are a failure, the rest is new."""

    losses: dict[str, list[str]]
    new_documents: list[str]
    grown_documents: list[str]

    def lines(self) -> list[str]:
        """The new content, one line each."""
        remedy = "run `kommunlager accept` to record it as expected"
        news = {"new": self.new_documents, "has more than before": self.grown_documents}
        return [f"{first_of(documents)}: {what}; {remedy}" for what, documents in news.items() if documents]


def check_coverage(installation: Installation) -> CoverageChange:
    """Compare what is loaded with what is expected; raises DocumentsAtFaultError that names the table of each loss.

    A document that is set aside without an earlier version is excused.
    """
    excused = _read_excused(installation.database)
    expected = [table for table in _read_seed(installation.expected_coverage) if table.document_id not in excused]
    change = _compare(expected, _read_loaded(installation.database))
    if change.losses:
        lines = [f"  - {line}" for losses in change.losses.values() for line in _shortened(losses)]
        raise DocumentsAtFaultError(
            "Less is loaded than expected, so nothing was built:\n"
            + "\n".join(lines)
            + "\nRestore what is missing in data/reports/. If it was removed on purpose, `kommunlager accept` records"
            f" what is loaded as expected ({shown(installation.expected_coverage)}).",
            EXIT_CHECKS_FAILED,
            {document: f"{'; '.join(_shortened(losses))}." for document, losses in change.losses.items()},
        )
    return change


def accept_coverage(installation: Installation) -> list[str]:
    """Record what is loaded as expected; returns what changed, one line each."""
    expected, loaded = _read_seed(installation.expected_coverage), _read_loaded(installation.database)
    change = _compare(expected, loaded)
    text = csv_text([[field.name for field in fields(TableCoverage)], *(astuple(table) for table in loaded)])
    check_seeds_with(installation, {installation.expected_coverage.stem: text})
    replace_text(installation.expected_coverage, text)
    gained = [f"{document}: new" for document in change.new_documents]
    gained += [f"{document}: has more than before" for document in change.grown_documents]
    return [*gained, *(line for losses in change.losses.values() for line in losses)]


def _compare(expected: list[TableCoverage], loaded: list[TableCoverage]) -> CoverageChange:
    found = {table.key: table for table in loaded}
    before, now = ({table.document_id for table in tables} for tables in (expected, loaded))
    losses: dict[str, list[str]] = {document: [f"{document}: the report is gone"] for document in sorted(before - now)}
    for table in expected:
        if table.document_id in now:
            losses.setdefault(table.document_id, []).extend(_losses(table, found.get(table.key)))
    counts = {table.key: astuple(table)[3:] for table in expected}
    grown = {table.document_id for table in loaded if counts.get(table.key) != astuple(table)[3:]} & before
    return CoverageChange(
        losses={document: lines for document, lines in losses.items() if lines},
        new_documents=sorted(now - before),
        grown_documents=sorted(document for document in grown if not losses.get(document)),
    )


def _losses(expected: TableCoverage, found: TableCoverage | None) -> Iterator[str]:
    place = f"{expected.document_id}, table {expected.table_no} '{expected.table_title}'"
    if found is None:
        yield f"{place} is gone"
        return
    counted = {
        "rows": (expected.row_count, found.row_count),
        "columns": (expected.column_count, found.column_count),
        "filled cells": (expected.filled_cell_count, found.filled_cell_count),
    }
    fewer = [f"{now} {what} of {before}" for what, (before, now) in counted.items() if now < before]
    if fewer:
        yield f"{place} has {', '.join(fewer)}"


def _shortened(lines: list[str]) -> list[str]:
    rest = len(lines) - _MOST_LINES_A_DOCUMENT
    return [*lines[:_MOST_LINES_A_DOCUMENT], f"and {rest} more tables of the report"] if rest > 0 else lines


def _read_loaded(database: Path) -> list[TableCoverage]:
    with connect(database, read_only=True) as connection:
        return [TableCoverage(*row) for row in connection.execute(_LOADED).fetchall()]


def _read_excused(database: Path) -> set[str]:
    with connect(database, read_only=True) as connection:
        return {document_id for (document_id,) in connection.execute(_SET_ASIDE_WITHOUT_VERSION).fetchall()}


def _read_seed(path: Path) -> list[TableCoverage]:
    with path.open(encoding="utf-8", newline="") as seed:
        return [
            TableCoverage(
                document_id=row["document_id"],
                table_no=int(row["table_no"]),
                table_title=row["table_title"],
                row_count=int(row["row_count"]),
                column_count=int(row["column_count"]),
                filled_cell_count=int(row["filled_cell_count"]),
            )
            for row in csv.DictReader(seed)
        ]
