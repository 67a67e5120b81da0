"""Writes one question as a sheet: the question, which rows it shows, and the rows as an Excel table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

import duckdb
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from kommunlager.controller_workbook.cells import (
    BODY,
    HEADING,
    LINE,
    LINE_HEIGHT,
    PERCENT_FORMAT,
    YEAR_FORMAT,
    Look,
    Rows,
    SheetInWriting,
    Value,
    lines_of,
    title,
)
from kommunlager.controller_workbook.page import lay_out_page
from kommunlager.controller_workbook.sheets import Column, Sheet
from kommunlager.swedish import unit_word

HEADING_ROW = 4
FIRST_ROW = HEADING_ROW + 1
# A sheet of Excel has no further rows.
MOST_ROWS = 1_048_576 - HEADING_ROW

_GOOD, _BAD, _TO_READ = (Look(fill=colour) for colour in ("DCEFE3", "F8DFD8", "FBF0D3"))
# The words carry the assessment; the colours only make them quicker to find.
_JUDGED = {
    **dict.fromkeys(("Överskott", "Uppnått", "Uppnått per delår", "Bedöms uppnås", "Bättre", "Jämförbart"), _GOOD),
    **dict.fromkeys(("Underskott", "Ej uppnått", "Ej uppnått per delår", "Bedöms inte uppnås", "Sämre", "Fel"), _BAD),
    **dict.fromkeys(
        ("Delvis uppnått", "Delvis uppnått per delår", "Bedöms delvis uppnås", "Liknande, läs anmärkningen"), _TO_READ
    ),
}
_WIDEST_COLUMN = 28
_WIDEST_SENTENCE = 48
_WIDEST_DETAIL = 60
_NARROWEST_COLUMN = 7
# What an A4 page has room for at a readable size; the widest printed columns give way, down to a word or two.
_WIDEST_PAGE = 230
_NARROWEST_TEXT = 14
_NARROWEST_SENTENCE = 26
# What a row is about, and what it says; other texts are short.
_SENTENCES = {
    "assessment_label",
    "comparability_note",
    "explanation",
    "indicator_label",
    "message_sv",
    "subject_label",
}
# The button of the filter covers the end of a heading.
_FILTER_BUTTON = 4
# A longer text is shown in full when its cell is selected.
_MOST_LINES = 12
_ROWS_AT_A_TIME = 500
# A decimal has more zeros as text than in its cell.
_LONGEST = r"coalesce(max(length(regexp_replace(cast({} as varchar), '\.0+$', ''))), 0)"


@dataclass(frozen=True)
class Listed:
    """A sheet with its described columns."""

    spec: Sheet
    columns: tuple[Column, ...]

    def measure(self, connection: duckdb.DuckDBPyConnection) -> tuple[int, list[int]]:
        """How many rows there are, and the length of the longest value of each column."""
        names = [f"c{number}" for number in range(len(self.columns))]
        longest = ", ".join(_LONGEST.format(name) for name in names)
        shown = f"({self.spec.query(self.columns)}) as shown({', '.join(names)})"
        ((count, *lengths),) = connection.execute(f"select count(*), {longest} from {shown}").fetchall()
        return count, lengths

    def rows(self, connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Value, ...]]:
        """The rows that a sheet has room for."""
        cursor = connection.execute(f"{self.spec.query(self.columns)} limit {MOST_ROWS}")
        while batch := cursor.fetchmany(_ROWS_AT_A_TIME):
            yield from batch


def write_table_sheet(
    sheet: SheetInWriting, listed: Listed, connection: duckdb.DuckDBPyConnection, count: int, lengths: list[int]
) -> None:
    """Write the rows, whose number and widths are known, since a sheet is written from the top."""
    spec, columns = listed.spec, listed.columns
    printed = len(spec.columns)
    widths = _fitted(columns[:printed], list(map(_width, columns, lengths[:printed])))
    widths += map(_detail_width, columns[printed:], lengths[printed:])
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"{get_column_letter(_first_free_column(columns))}{FIRST_ROW}"
    lay_out_page(sheet, HEADING_ROW)
    rows = Rows(sheet)
    rows.write((spec.question, title(14)), height=20)
    rows.write((_note(spec, count), LINE))
    rows.write()
    heading_lines = max(len(wrap(column.heading, width - 1)) for column, width in zip(columns, widths, strict=True))
    rows.write(*((column.heading, HEADING) for column in columns), height=LINE_HEIGHT * heading_lines)
    looks = [_look(column)._replace(wraps=number < printed) for number, column in enumerate(columns)]
    wrapped = [number for number in range(printed) if lengths[number] > widths[number] - 2]
    for row in listed.rows(connection):
        lines = max((lines_of(row[number], widths[number]) for number in wrapped), default=1)
        rows.write(*_cells(row, columns, looks, spec.judged), height=LINE_HEIGHT * min(lines, _MOST_LINES))
    last_row = max(rows.last, FIRST_ROW)
    add_table(sheet, spec.table, [column.heading for column in columns], HEADING_ROW, last_row)
    sheet.print_area = f"A1:{get_column_letter(len(spec.columns))}{last_row}"


def _note(spec: Sheet, count: int) -> str:
    if count == 0:
        return "Inga rader än."
    if count > MOST_ROWS:
        return (
            f"Bara de {MOST_ROWS} första av {count} rader får plats i Excel. Alla finns i databasen och som parquet,"
            f" tabellen {spec.mart}. {spec.note}"
        )
    return spec.note


def _look(column: Column) -> Look:
    if column.name.endswith("year"):
        return Look(number_format=YEAR_FORMAT)
    return Look(number_format=PERCENT_FORMAT) if "_pct" in column.name else BODY


def _cells(
    row: Sequence[Value], columns: Sequence[Column], looks: Sequence[Look], judged: str
) -> Iterator[tuple[Value, Look]]:
    for value, column, look in zip(row, columns, looks, strict=True):
        if column.name in ("unit", "change_unit", "error_unit"):
            yield unit_word(str(value)), look
        elif judged and column.name == judged:
            yield value, _JUDGED.get(str(value), look)
        else:
            yield value, look


def add_table(sheet: SheetInWriting, name: str, headings: Sequence[str], heading_row: int, last_row: int) -> None:
    """Make an Excel table of what is written: with filters, and with a name that formulas can use."""
    ref = f"A{heading_row}:{get_column_letter(len(headings))}{last_row}"
    table = Table(displayName=name, name=name, ref=ref, autoFilter=AutoFilter(ref=ref))
    table.tableColumns = [TableColumn(id=number, name=heading) for number, heading in enumerate(headings, 1)]
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.tables.add(table)


def _first_free_column(columns: Sequence[Column]) -> int:
    """The first column that scrolls: the one after the committee, if a committee is among the first."""
    names = [column.name for column in columns[:5]]
    return names.index("committee") + 2 if "committee" in names else 2


def _width(column: Column, longest_value: int) -> int:
    widest = _WIDEST_SENTENCE if column.name in _SENTENCES else _WIDEST_COLUMN
    return min(max(longest_value + 2, _heading_width(column), _NARROWEST_COLUMN), widest)


def _heading_width(column: Column) -> int:
    return max(map(len, column.heading.split())) + _FILTER_BUTTON


def _detail_width(column: Column, longest_value: int) -> int:
    """Half of the heading, which then takes two lines, or the whole value."""
    half = len(column.heading) // 2 + 2 * _FILTER_BUTTON
    return min(max(longest_value + 2, half, _NARROWEST_COLUMN), _WIDEST_DETAIL)


def _fitted(columns: Sequence[Column], widths: list[int]) -> list[int]:
    """The widths, narrowed column by column until the page has room for them, or none can be narrower."""
    narrowest = [
        max(_heading_width(column), _NARROWEST_SENTENCE if column.name in _SENTENCES else _NARROWEST_TEXT)
        for column in columns
    ]
    while sum(widths) > _WIDEST_PAGE:
        number = max(range(len(widths)), key=lambda number: widths[number] - narrowest[number])
        if widths[number] <= narrowest[number]:
            break
        widths[number] -= 1
    return widths
