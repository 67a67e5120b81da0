"""Typed cells, row by row: numbers that Excel can calculate with, dates, and texts that stay texts."""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from textwrap import wrap
from typing import Any, Literal, NamedTuple

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.pagebreak import Break

# What a write-only sheet shares with others is missing from the types of openpyxl.
SheetInWriting = Any

Value = str | int | float | Decimal | bool | dt.date | dt.datetime | list[str] | None

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MOST_DECIMALS = 2
_FONT = "Calibri"
_WORDS_PER_DIGITS = 1.08
LINE_HEIGHT = 15
PERCENT_FORMAT = "0.0"
YEAR_FORMAT = "0"


class Look(NamedTuple):
    """How a cell looks; without ``number_format`` a number is shown with its own decimals."""

    number_format: str = ""
    wraps: bool = True
    bold: bool = False
    size: int = 11
    colour: str = "000000"
    fill: str = ""
    underline: Literal["single"] | None = None


BODY = Look()
HEADING = Look(bold=True, colour="FFFFFF", fill="1F4E5F")
LINE = Look(wraps=False)
BOLD = Look(bold=True)
HEADING_LINE = Look(bold=True, wraps=False)
LINK = Look(wraps=False, colour="1F4E5F", underline="single")


def title(size: int) -> Look:
    """A line of text above a table, which may run over the cells beside it."""
    return Look(bold=True, size=size, wraps=False)


def lines_of(value: Value, width: int) -> int:
    """How many lines a text takes, broken between words; not every program computes the height of a row itself.

    An indent takes two characters, and words are a little narrower than the digits that widths are counted in.
    """
    room = round((width - 2) * _WORDS_PER_DIGITS)
    return len(wrap(value, room)) if isinstance(value, str) and len(value) > room else 1


class Rows:
    """Writes the rows of one sheet from the top; what is written is not kept in memory.

    A sheet is written cell by cell, so one cell per look is filled again and again.
    """

    def __init__(self, sheet: SheetInWriting) -> None:
        self._sheet = sheet
        self._cells: dict[tuple[Look, str, bool], Any] = {}
        self.last = 0
        self._height_on_page = 0.0

    def write(self, *cells: tuple[Value, Look], height: float | None = None) -> None:
        """The next row; ``height`` in points, for rows in which a text wraps."""
        self._append(self._filled(cells), height)

    def link(self, target: str, text: str, *cells: tuple[Value, Look], height: float | None = None) -> None:
        """The next row, which begins with a link to the sheet ``target``."""
        linked = self._new_cell(LINK, "General", is_quoted=False)
        linked.value, linked.hyperlink = text, f"#'{target}'!A1"
        self._append([linked, *self._filled(cells)], height)

    def keep_together(self, height: float, page_height: float) -> None:
        """Begin a new page if this one has no room for the next rows, ``height`` points in all."""
        if self._height_on_page + height > page_height:
            self._sheet.row_breaks.append(Break(id=self.last))
            self._height_on_page = 0

    def _append(self, cells: Iterable[Any], height: float | None) -> None:
        self.last += 1
        self._height_on_page += height or LINE_HEIGHT
        if height:
            self._sheet.row_dimensions[self.last].height = height
        self._sheet.append(cells)
        self._sheet.row_dimensions.pop(self.last, None)

    def _filled(self, cells: Iterable[tuple[Value, Look]]) -> Iterator[Any]:
        for value, look in cells:
            yield self._cell(value, look)

    def _cell(self, value: Value, look: Look) -> Any:
        if value is None or value == "":
            return None
        if isinstance(value, bool):
            value = "Ja" if value else "Nej"
        elif isinstance(value, list):
            value = ", ".join(value)
        if isinstance(value, str):
            value = ILLEGAL_CHARACTERS_RE.sub("", value)
            cell = self._styled(look, "General", value.startswith(_FORMULA_STARTS))
            cell.value, cell.data_type = value, "s"
            return cell
        cell = self._styled(look, look.number_format or _number_format(value), False)
        cell.value = value
        return cell

    def _styled(self, look: Look, number_format: str, is_quoted: bool) -> Any:
        key = (look, number_format, is_quoted)
        if key not in self._cells:
            self._cells[key] = self._new_cell(*key)
        return self._cells[key]

    def _new_cell(self, look: Look, number_format: str, is_quoted: bool) -> Any:
        """A text that begins like a formula is marked as text, as an apostrophe before it would."""
        cell = WriteOnlyCell(self._sheet)
        cell.font = Font(name=_FONT, size=look.size, bold=look.bold, color=look.colour, underline=look.underline)
        is_text = number_format == "General"
        if is_text:
            indent = 1 if look.wraps else 0
            cell.alignment = Alignment(vertical="top", horizontal="left", wrap_text=look.wraps, indent=indent)
        else:
            cell.alignment = Alignment(vertical="top")
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=look.fill)
        cell.number_format = number_format
        cell.quotePrefix = is_quoted
        return cell


def _number_format(value: int | float | Decimal | dt.date) -> str:
    """A number format; Excel shows its comma and point in its own language: ``1 234,5`` in a Swedish Excel."""
    if isinstance(value, dt.datetime):
        return "yyyy-mm-dd hh:mm"
    if isinstance(value, dt.date):
        return "yyyy-mm-dd"
    shortest = f"{round(value, _MOST_DECIMALS):f}".partition(".")[2].rstrip("0")
    return f"#,##0.{'0' * len(shortest)}" if shortest else "#,##0"
