"""Writes one question as a sheet: question, selection, frozen headings, filters, rows, colours for assessments."""

import math
from collections.abc import Sequence

from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kommunlager.controller_workbook.cells import PERCENT_FORMAT, Value, font, put, put_title
from kommunlager.controller_workbook.sheets import Sheet
from kommunlager.swedish import unit_word

HEADING_ROW = 4
FIRST_ROW = HEADING_ROW + 1

_HEADING = font(bold=True, color="FFFFFF")
_HEADING_FILL = PatternFill("solid", fgColor="1F4E5F")
_GOOD = PatternFill("solid", fgColor="DCEFE3")
_BAD = PatternFill("solid", fgColor="F8DFD8")
_TO_READ = PatternFill("solid", fgColor="FBF0D3")
# The words carry the assessment; the colours only make them quicker to find.
_FILLS = {
    **dict.fromkeys(("Överskott", "Uppnått", "Uppnått per delår", "Bedöms uppnås", "Bättre", "Jämförbart"), _GOOD),
    **dict.fromkeys(("Underskott", "Ej uppnått", "Ej uppnått per delår", "Bedöms inte uppnås", "Sämre", "Fel"), _BAD),
    **dict.fromkeys(
        ("Delvis uppnått", "Delvis uppnått per delår", "Bedöms delvis uppnås", "Liknande, läs anmärkningen"), _TO_READ
    ),
}
_YEARS = ("År", "Målår")
_WIDEST_COLUMN = 60
_WIDEST_SOURCE = 110
_NARROWEST_COLUMN = 9
_LINE_HEIGHT = 15


def write_table_sheet(sheet: Worksheet, spec: Sheet, rows: Sequence[Sequence[Value]]) -> None:
    """Fill ``sheet`` with the rows of ``spec``'s query, in the order of its columns."""
    put_title(sheet, 1, spec.question, size=14)
    put(sheet, 2, 1, spec.selection if rows else "Inga rader än.").alignment = Alignment(wrap_text=False)
    headings = list(spec.columns)
    for column, heading in enumerate(headings, 1):
        cell = put(sheet, HEADING_ROW, column, heading)
        cell.font, cell.fill = _HEADING, _HEADING_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    for number, row in enumerate(rows, FIRST_ROW):
        for column, (heading, value) in enumerate(zip(headings, row, strict=True), 1):
            _put_under(sheet, number, column, heading, value, spec.judged)
    _arrange(sheet, spec, rows)


def _put_under(sheet: Worksheet, row: int, column: int, heading: str, value: Value, judged: str) -> None:
    if heading == "Enhet" and isinstance(value, str):
        value = unit_word(value)
    cell = put(sheet, row, column, value)
    if heading in _YEARS:
        cell.number_format = "0"
    elif heading.endswith("procent"):
        cell.number_format = PERCENT_FORMAT
    if heading == judged and value in _FILLS:
        cell.fill = _FILLS[str(value)]


def _arrange(sheet: Worksheet, spec: Sheet, rows: Sequence[Sequence[Value]]) -> None:
    headings = list(spec.columns)
    widths = [_width(heading, [row[column] for row in rows]) for column, heading in enumerate(headings)]
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows, FIRST_ROW):
        sheet.row_dimensions[number].height = _LINE_HEIGHT * max(map(_lines, row, widths))
    sheet.row_dimensions[HEADING_ROW].height = 3 * _LINE_HEIGHT
    sheet.freeze_panes = f"B{FIRST_ROW}"
    last_row = max(FIRST_ROW, HEADING_ROW + len(rows))
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(len(headings))}{last_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"


def _width(heading: str, values: Sequence[Value]) -> int:
    longest_word = max(map(len, heading.split()))
    longest_value = max((len(str(value)) for value in values if value is not None), default=0)
    widest = _WIDEST_SOURCE if heading == "Källa" else _WIDEST_COLUMN
    return min(max(longest_value + 3, longest_word + 3, _NARROWEST_COLUMN), widest)


def _lines(value: Value, width: int) -> int:
    """How many lines a text takes; rows need an explicit height, since not every program computes it."""
    return math.ceil((len(value) + 2) / width) if isinstance(value, str) and value else 1
