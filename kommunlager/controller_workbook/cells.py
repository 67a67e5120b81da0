"""Typed cells: numbers that Excel can calculate with, shown with their own decimals; texts that stay texts."""

import datetime as dt
from decimal import Decimal
from functools import cache
from typing import Any

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | Decimal | bool | dt.date | dt.datetime | None

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
PERCENT_FORMAT = "0.0"
_WRAPPED = Alignment(vertical="top", wrap_text=True, horizontal="left", indent=1)
_TOP = Alignment(vertical="top")
_FONT = "Calibri"
_MOST_DECIMALS = 2


@cache
def font(**look: Any) -> Font:
    """The one typeface of the file, bold, larger or coloured as requested."""
    return Font(name=_FONT, **{"size": 11, **look})


def put_title(sheet: Worksheet, row: int, text: str, size: int) -> None:
    """A line of text above a table, which may run over the cells beside it."""
    cell = put(sheet, row, 1, text)
    cell.font, cell.alignment = font(bold=True, size=size), _TOP
    sheet.row_dimensions[row].height = 1.6 * size


def put(sheet: Worksheet, row: int, column: int, value: Value) -> Cell | MergedCell:
    """Write one value; a text that begins like a formula is marked as text, as an apostrophe before it would."""
    cell = sheet.cell(row, column)
    if value is None or value == "":
        return cell
    if isinstance(value, bool):
        value = "Ja" if value else "Nej"
    cell.value = value
    cell.font = font()
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA_STARTS)
        cell.alignment = _WRAPPED
    else:
        cell.number_format = "yyyy-mm-dd" if isinstance(value, dt.date) else _number_format(value)
        cell.alignment = _TOP
    return cell


def _number_format(value: int | float | Decimal) -> str:
    """A number format; Excel shows its comma and point in its own language: ``1 234,5`` in a Swedish Excel."""
    shortest = f"{round(value, _MOST_DECIMALS):f}".partition(".")[2].rstrip("0")
    return f"#,##0.{'0' * len(shortest)}" if shortest else "#,##0"
