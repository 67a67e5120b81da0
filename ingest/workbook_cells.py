"""How a text is put into a cell of a review workbook."""

from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet.worksheet import Worksheet


def put(sheet: Worksheet, row: int, column: int, text: str) -> Cell | MergedCell:
    """Write a text that Excel keeps as a text: ``=0`` is a printed target and not a formula."""
    cell = sheet.cell(row, column)
    if text != "":
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
        cell.data_type = "s"
    cell.number_format = "@"
    return cell
