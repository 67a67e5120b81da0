"""Workbooks: report-like (texts, one section per sheet) and as finance systems export (numbers, several tables each).

What Excel shows for a number depends on its format, so the truth of such a cell is what a Swedish Excel displays.
"""

import re
from dataclasses import replace
from pathlib import Path
from random import Random

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ingest.document import Document, Row, Table

from ..report import Heading, PrintedRow, PrintedTable, Prose, Report

# Formats that show a negative number without a minus, or by a condition.
NEGATIVES = {"negatives only in red": "{0};[Red]{0}", "format with conditions": "[<0][Red]-{0};[>=0]{0}"}
NUMBER = re.compile(r"[-–−]? ?\d+( \d{3})*(,\d+)?( ?%)?")


def print_excel(report: Report, path: Path) -> None:
    _ExcelPrinter(report).print(path)


def displayed_truth(report: Report) -> Document:
    """The truth with each number as Excel displays it."""
    document = report.truth()
    if not _exports_numbers(report):
        return document
    tables = tuple(_displayed(table, printed) for table, printed in zip(document.tables, report.tables, strict=True))
    return replace(document, tables=tables)


def _exports_numbers(report: Report) -> bool:
    return report.seed % 3 != 0


def _displayed(table: Table, printed: PrintedTable) -> Table:
    rows = []
    for row, printed_row in zip(table.rows, printed.rows, strict=True):
        cells = [
            as_number(cell)[1] if at < len(printed_row.cells) and _is_number(printed_row, at) and cell else cell
            for at, cell in enumerate(row.cells)
        ]
        rows.append(Row(row.label, tuple(cells), is_heading=row.is_heading))
    return replace(table, rows=tuple(rows))


def _is_number(row: PrintedRow, at: int) -> bool:
    has_more = row.cell_marks.get(at) or (row.aside and at == len(row.cells) - 2)
    return bool(NUMBER.fullmatch(row.cells[at])) and not has_more


def as_number(text: str) -> tuple[float, str, str]:
    """(number, what Excel displays, number format) of a printed figure."""
    digits = re.sub(r"[^\d,]", "", text)
    whole, _, part = digits.partition(",")
    is_percent = text.endswith("%")
    sign = "-" if text[0] in "-–−" else ""
    value = float(f"{sign}{whole}.{part or 0}") / (100 if is_percent else 1)
    number_format = "#,##0" + ("." + "0" * len(part) if part else "") + ("%" if is_percent else "")
    grouped = f"{int(whole):,}".replace(",", " ")
    return value, f"{sign}{grouped}{',' + part if part else ''}{'%' if is_percent else ''}", number_format


class _ExcelPrinter:
    """Writes downwards in the current sheet."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.random = Random(report.seed)
        self.workbook = Workbook()
        self.sheet: Worksheet = self.workbook.active  # type: ignore[assignment]
        self.sheet.title = "Rapport"
        self.row_no = 1
        self.numbers = _exports_numbers(report)
        self.left = self.random.choice((1, 1, 2)) if self.numbers else 1

    def print(self, path: Path) -> None:
        self._line(self.report.title)
        self._line(self.report.committee)
        self._line(self.report.municipality)
        for block in self.report.blocks:
            if isinstance(block, Heading):
                self._heading(block)
            elif isinstance(block, Prose):
                self._line(block.text)
            elif isinstance(block, PrintedTable):
                self._table(block)
        self.workbook.save(path)

    def _line(self, text: str) -> None:
        self.sheet.cell(self.row_no, self.left, text)
        self.row_no += 1

    def _heading(self, heading: Heading) -> None:
        if heading.level == 1 and self.random.random() < 0.4:
            self.sheet = self.workbook.create_sheet(heading.text[:25])
            self.row_no = 1
        self.row_no += 1
        self._line(heading.printed)

    def _table(self, table: PrintedTable) -> None:
        for line in (table.caption, table.unit_line):
            if line:
                self._line(line)
        self.row_no += self.random.choice((0, 0, 1))
        labels = len(table.label_headers)
        self._header(table, labels)
        for row in table.rows:
            self._row(table, row, labels)
        for mark, note in table.footnotes:
            self._line(f"{mark} {note}")
        self.row_no += 2

    def _header(self, table: PrintedTable, labels: int) -> None:
        first = self.left + labels
        if table.is_two_level:
            outers = [column.outer for column in table.columns]
            for outer in filter(None, dict.fromkeys(outers)):
                at = first + outers.index(outer)
                self.sheet.cell(self.row_no, at, outer)
                self.sheet.merge_cells(
                    start_row=self.row_no, end_row=self.row_no, start_column=at, end_column=at + outers.count(outer) - 1
                )
            self.row_no += 1
        for texts in table.header_rows:
            for at, text in enumerate(texts, self.left):
                is_year = self.numbers and at >= first and text.isdigit()
                self.sheet.cell(self.row_no, at, int(text) if is_year else text or None)
            self.row_no += 1

    def _row(self, table: PrintedTable, row: PrintedRow, labels: int) -> None:
        self.row_no += row.space_before
        for at, text in enumerate(table.label_texts(row), self.left):
            self.sheet.cell(self.row_no, at, text or None)
        if table.opens_pair(row):
            self.sheet.merge_cells(
                start_row=self.row_no, end_row=self.row_no + 1, start_column=self.left, end_column=self.left
            )
        for at in range(len(row.cells)):
            self._cell(row, at, self.left + labels + at)
        self.row_no += 1
        if row.remark:
            self._line(row.remark)

    def _cell(self, row: PrintedRow, at: int, column: int) -> None:
        text = row.shown_cells("\n")[at]
        if self.numbers and _is_number(row, at):
            cell = self.sheet.cell(self.row_no, column)
            cell.value, _, number_format = as_number(row.cells[at])
            cell.number_format = NEGATIVES.get(self.report.fault, "{}").format(number_format)
        elif text:
            self.sheet.cell(self.row_no, column, text)
