"""Reads an Excel workbook that contains printed tables: the sheets as shown, wherever the tables are on them."""

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.cell.rich_text import TextBlock as RichText
from openpyxl.worksheet.worksheet import Worksheet

from ingest.errors import InputRefusedError
from ingest.files.excel_numbers import printed_date, printed_number
from ingest.reading.blocks import Block, Grid, GridRow, PrintedCell, PrintedPage, TextBlock
from ingest.reading.limits import MOST_CELLS, check_number
from ingest.reading.sources.lines_of_print import PrintedLine, print_of_row
from ingest.reading.sources.sheet_regions import Place, Region, Sheet, find_regions, is_table
from ingest.reading.vocabulary.print import composed, raised
from ingest.workbook import layout

_NO_SAVED_VALUE = "Formel utan sparat värde; öppna filen i Excel och spara den"
# Text that Excel stores as a formula may be a printed target: `= 100`.
_CONSTANT = re.compile(r"=\s*[\d., ]+%?")
# Excel has no more; a damaged file may claim any number.
_LAST_COLUMN = 16_384
_EXCEL_ERROR = "Excel visar ett fel i stället för ett tal"


def excel_blocks(path: Path) -> Iterator[Block | PrintedPage]:
    """Yield the print and the blocks of each sheet of a workbook; the caller has checked that it is a sound package.

    Hidden sheets, rows and columns are left out, as in print. Formulas yield the value that was saved with them.
    """
    # An open file, since openpyxl checks the extension of a path.
    with path.open("rb") as file:
        shown = load_workbook(file, data_only=True, rich_text=True)
    if {layout.DOCUMENT_SHEET, layout.READ_SHEET, layout.sheet_name(1)} <= set(shown.sheetnames):
        raise InputRefusedError(path, "is already a review workbook.", "Put it in data/reports/ and run the main job.")
    formulas = _formulas(path)
    for sheet in shown.worksheets:
        if sheet.sheet_state == "visible":
            reader = _SheetReader(sheet, formulas[sheet.title])
            check_number(path, len(reader.cells), MOST_CELLS, f"filled cells in the sheet {sheet.title}")
            yield PrintedPage(f"blad {sheet.title}", tuple(reader.printed_lines()))
            yield TextBlock(sheet.title, heading_level=1)
            yield from reader.blocks()


def _formulas(path: Path) -> dict[str, dict[Place, str]]:
    """The formulas of each sheet, read row by row: a second workbook in memory may be too large."""
    formulas: dict[str, dict[Place, str]] = {}
    with path.open("rb") as file:
        for sheet in load_workbook(file, read_only=True).worksheets:
            sheet.reset_dimensions()
            formulas[sheet.title] = {
                (row, column): str(cell.value)
                for row, cells in enumerate(sheet.iter_rows(), 1)
                for column, cell in enumerate(cells, 1)
                if cell.data_type == "f"
            }
    return formulas


class _SheetReader:
    def __init__(self, sheet: Worksheet, formulas: dict[Place, str]) -> None:
        hidden = _Hidden(sheet)
        cells = {
            (cell.row, cell.column): self._printed(cell)
            # Only the cells that are stored: one that is merely formatted may be a million rows down.
            for cell in sheet._cells.values()
            if isinstance(cell, Cell) and cell.value is not None and not hidden.holds(cell.row, cell.column)
        }
        for place, formula in formulas.items():
            text = formula if _CONSTANT.fullmatch(formula) else ""
            if not hidden.holds(*place):
                cells.setdefault(place, PrintedCell(text, doubt=_NO_SAVED_VALUE))
        self.cells = {place: cell for place, cell in cells.items() if cell.text or cell.doubt}
        self.merged = {
            (area.min_row, area.min_col): (area.max_row, area.max_col)
            for area in sheet.merged_cells.ranges
            if (area.min_row, area.min_col) in self.cells
        }

    def printed_lines(self) -> Iterator[PrintedLine]:
        """Yield what the cells show, row by row."""
        rows: dict[int, dict[int, str]] = defaultdict(dict)
        for (row, column), cell in self.cells.items():
            rows[row][column] = cell.text
        for row in sorted(rows):
            yield from print_of_row(rows[row])

    def blocks(self) -> Iterator[Block]:
        """Yield the tables of the sheet from top to bottom and left to right, and the lines of text between them."""
        # A formula without a saved value still counts as a figure.
        sheet = Sheet({place: cell.text or "0" for place, cell in self.cells.items()})
        for region in find_regions(sheet):
            top = _first_table_row(region, sheet) if is_table(region, sheet) else region.bottom + 1
            for row, filled in sheet.inside(replace(region, bottom=top - 1)):
                yield from (TextBlock(self.cells[row, column].text, line=row) for column in filled)
            if top < region.bottom:
                yield Grid(tuple(self._rows(dict(sheet.inside(replace(region, top=top))))))

    def _rows(self, texts: dict[int, dict[int, str]]) -> Iterator[GridRow]:
        lines = list(texts)
        columns = sorted({column for filled in texts.values() for column in filled})
        covered: set[Place] = set()
        for row in lines:
            cells = []
            for column in columns:
                if (row, column) in covered:
                    continue
                last_row, last_column = self.merged.get((row, column), (row, column))
                across = columns[bisect_left(columns, column) : bisect_right(columns, last_column)]
                down = lines[bisect_left(lines, row) : bisect_right(lines, last_row)]
                covered |= {(one, other) for one in down for other in across}
                printed = self.cells.get((row, column), PrintedCell(""))
                cells.append(replace(printed, row_span=len(down), col_span=len(across)))
            yield GridRow(tuple(cells), line=row)

    def _printed(self, cell: Cell) -> PrintedCell:
        value = cell.value
        if cell.data_type == "e":
            return PrintedCell(str(value), doubt=_EXCEL_ERROR)
        if isinstance(value, bool):
            return PrintedCell("Ja" if value else "Nej")
        if isinstance(value, int | float):
            return PrintedCell(printed_number(value, cell.number_format))
        if isinstance(value, dt.date):
            return PrintedCell(printed_date(value, cell.number_format))
        lines = composed(_text(value)).split("\n")
        return PrintedCell("\n".join(" ".join(line.split()) for line in lines).strip())


def _first_table_row(region: Region, sheet: Sheet) -> int:
    """The first row below the titles at the top of a table: single cells at its left edge or across it."""
    top = region.top
    for row, filled in sheet.inside(region):
        if row != top or list(filled) != [region.left]:
            break
        top += 1
    return top


class _Hidden:
    """The rows and columns that Excel doesn't show."""

    def __init__(self, sheet: Worksheet) -> None:
        self.rows = {number for number, row in sheet.row_dimensions.items() if row.hidden}
        self.columns = {
            number
            for column in sheet.column_dimensions.values()
            if column.hidden
            for number in range(column.min or 0, min(column.max or 0, _LAST_COLUMN) + 1)
        }

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell is in a hidden row or column."""
        return row in self.rows or column in self.columns


def _text(value: object) -> str:
    if not isinstance(value, CellRichText):
        return str(value)
    return "".join(
        raised(str(part)) if isinstance(part, RichText) and part.font.vertAlign == "superscript" else str(part)
        for part in value
    )
