"""Writes a document as a review workbook, with the cells to check marked and listed."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from textwrap import wrap

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ingest.document import Document, Doubt, PageBalance, Table, texts_by_place
from ingest.files.whole import write_whole
from ingest.workbook import layout

_BOLD = Font(bold=True)
_LINK = Font(color="0563C1", underline="single")
_UNSURE = PatternFill("solid", fgColor="FFE699")
_WRAP = Alignment(wrap_text=True, vertical="top")
_LINE_HEIGHT, _HIGHEST_ROW = 15, 409
_REVIEW_WIDTHS = (10, 30, 60, 24, 40, 24, 40, 9, 8, 8)
_UNPLACED_WIDTHS = (40, 40, 24, 24, 24)
_BALANCE_WIDTHS = {"place": 24}


def write_review_sheet(sheet: Worksheet, document: Document) -> None:
    """List the doubtful places in printed order, each with a link to its cell, the reason and the alternatives."""
    _write_header(sheet, layout.REVIEW_HEADER, _REVIEW_WIDTHS)
    tables = {table.table_no: table for table in document.tables}
    for row, ((table_no, row_no, col_no), doubt) in enumerate(sorted(document.doubts.items()), 2):
        place = map(str, (table_no, row_no, col_no))
        table = tables.get(table_no)
        if table is None:
            _put_wrapped(sheet, row, ("", "", doubt.reason, "", "", "", "", *place), _REVIEW_WIDTHS)
            continue
        label = table.rows[row_no - 1].label if row_no else table.label_header
        header = table.columns[col_no - 1].header if col_no else table.label_header
        read = document.read_texts.get((table_no, row_no, col_no), "")
        alternatives = layout.ALTERNATIVES_PARTED_BY.join(doubt.alternatives)
        texts = ("", read, doubt.reason, alternatives, label, header, table.title, *place)
        _put_wrapped(sheet, row, texts, _REVIEW_WIDTHS)
        _link(sheet, row, table_no, _coordinate(row_no, col_no))


def write_unplaced_sheet(sheet: Worksheet, document: Document) -> None:
    """List the corrections of an earlier reading whose cell is gone, for a person to move."""
    _write_header(sheet, layout.UNPLACED_HEADER, _UNPLACED_WIDTHS)
    for row, lost in enumerate(document.unplaced, 2):
        texts = (lost.table_title, lost.row_label, lost.column_header, lost.read_text, lost.corrected_text)
        _put_wrapped(sheet, row, texts, _UNPLACED_WIDTHS)


def mark_doubts(sheet: Worksheet, table_no: int, document: Document) -> None:
    """Colour the doubtful cells of a table's sheet, and give the reason in a comment."""
    for place, doubt in document.doubts.items():
        if place[0] == table_no:
            cell = sheet.cell(*layout.position(*place[1:]))
            cell.fill = _UNSURE
            cell.comment = Comment(_in_words(doubt), "Kommunlager")


def _in_words(doubt: Doubt) -> str:
    others = layout.ALTERNATIVES_PARTED_BY.join(doubt.alternatives)
    return f"{doubt.reason}.\nKan också vara: {others}" if others else f"{doubt.reason}."


def _coordinate(row_no: int, col_no: int) -> str:
    row, column = layout.position(row_no, col_no)
    return f"{get_column_letter(column)}{row}"


def _put_wrapped(sheet: Worksheet, row: int, texts: tuple[str, ...], widths: tuple[int, ...]) -> None:
    """Wrapped texts in a row high enough for all of them, which not every program ensures by itself."""
    for column, text in enumerate(texts, 1):
        put(sheet, row, column, text).alignment = _WRAP
    lines = max(len(wrap(text, width)) for text, width in zip(texts, widths, strict=True))
    sheet.row_dimensions[row].height = min(_LINE_HEIGHT * max(lines, 1), _HIGHEST_ROW)


def _link(sheet: Worksheet, row: int, table_no: int, coordinate: str) -> None:
    target = f"{layout.sheet_name(table_no)}!{coordinate}"
    cell = put(sheet, row, 1, target)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)
    cell.font = _LINK


def _write_header(sheet: Worksheet, header: tuple[str, ...], widths: tuple[int, ...]) -> None:
    # Print all columns side by side on one page.
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for column, (name, width) in enumerate(zip(header, widths, strict=True), 1):
        put(sheet, 1, column, name).font = _BOLD
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def put(sheet: Worksheet, row: int, column: int, text: str) -> Cell | MergedCell:
    """Write a text that Excel keeps as text: ``=0`` is a printed target, not a formula."""
    cell = sheet.cell(row, column)
    if text != "":
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
        cell.data_type = "s"
    cell.number_format = "@"
    return cell


_GREY = PatternFill("solid", fgColor="EDEDED")


def write_workbook(document: Document, path: Path) -> None:
    """Write ``document`` to ``path`` in one step; the same document always produces the same sheets and cells."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    if document.doubts:
        write_review_sheet(workbook.create_sheet(layout.REVIEW_SHEET), document)
    if document.unplaced:
        write_unplaced_sheet(workbook.create_sheet(layout.UNPLACED_SHEET), document)
    _write_document_sheet(workbook.create_sheet(layout.DOCUMENT_SHEET), document)
    for table in document.tables:
        sheet = workbook.create_sheet(layout.sheet_name(table.table_no))
        _write_table_sheet(sheet, table)
        mark_doubts(sheet, table.table_no, document)
    _write_read_sheet(workbook.create_sheet(layout.READ_SHEET), document)
    # Written to memory first: openpyxl prints its own stack trace when a disk is full.
    saved = BytesIO()
    workbook.save(saved)
    write_whole(path, saved.getvalue())


def _write_document_sheet(sheet: Worksheet, document: Document) -> None:
    for row, (name, explanation) in enumerate(layout.DOCUMENT_FIELDS.items(), 1):
        put(sheet, row, 1, name).font = _BOLD
        put(sheet, row, 2, getattr(document, name))
        put(sheet, row, 3, explanation)
    for letter, width in zip("ABC", (20, 60, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    _write_balance(sheet, document.balance)


def _write_balance(sheet: Worksheet, balance: Sequence[PageBalance]) -> None:
    """Where the figures of each page went; coloured where a table may be missing."""
    if not balance:
        return
    for column, (name, header) in enumerate(layout.BALANCE_FIELDS.items(), layout.BALANCE_COLUMN):
        cell = put(sheet, 1, column, header)
        cell.font, cell.alignment = _BOLD, _WRAP
        sheet.column_dimensions[get_column_letter(column)].width = _BALANCE_WIDTHS.get(name, 12)
        for row, page in enumerate(balance, 2):
            value = getattr(page, name)
            if name == "is_open":
                put(sheet, row, column, layout.TO_CHECK if value else "")
            elif name == "place":
                put(sheet, row, column, value)
            else:
                sheet.cell(row, column, value)
            if page.is_open:
                sheet.cell(row, column).fill = _UNSURE
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, 3).alignment = _WRAP


def _write_table_sheet(sheet: Worksheet, table: Table) -> None:
    for row, name in enumerate(layout.TABLE_FIELDS, 1):
        put(sheet, row, 1, name).font = _BOLD
        value = getattr(table, name)
        put(sheet, row, 2, "" if value is None else str(value))
    for column, name in enumerate(layout.ROW_FIELDS, 1):
        put(sheet, layout.HEADER_ROW, column, name)
    put(sheet, layout.HEADER_ROW, layout.LABEL_COLUMN, table.label_header)
    for col_no, printed in enumerate(table.columns, 1):
        column = layout.FIRST_CELL_COLUMN + col_no - 1
        kind = f"{col_no} {layout.COMMENTARY}" if printed.is_commentary else str(col_no)
        put(sheet, layout.COLUMN_NO_ROW, column, kind)
        put(sheet, layout.HEADER_ROW, column, printed.header)
    _write_rows(sheet, table)
    _style_table_sheet(sheet, len(table.columns))


def _write_rows(sheet: Worksheet, table: Table) -> None:
    for row_no, printed in enumerate(table.rows, 1):
        row = layout.FIRST_DATA_ROW + row_no - 1
        line = "" if printed.source_line is None else str(printed.source_line)
        kind = layout.HEADING if printed.is_heading else layout.DATA
        texts = (str(row_no), line, kind, printed.notes, printed.label, *printed.cells)
        for column, text in enumerate(texts, 1):
            put(sheet, row, column, text)


def _write_read_sheet(sheet: Worksheet, document: Document) -> None:
    for column, name in enumerate(layout.READ_HEADER, 1):
        put(sheet, 1, column, name).font = _BOLD
    texts = document.read_texts or texts_by_place(document.tables)
    for row, (place, text) in enumerate(sorted(texts.items()), 2):
        for column, value in enumerate((*place, text), 1):
            put(sheet, row, column, str(value))
    sheet[layout.READ_DOCUMENT_CELL] = document.document_id
    sheet.freeze_panes = "A2"


def _style_table_sheet(sheet: Worksheet, columns: int) -> None:
    last = layout.LABEL_COLUMN + columns
    for column in range(1, last + 1):
        for row in (layout.COLUMN_NO_ROW, layout.HEADER_ROW):
            cell = sheet.cell(row, column)
            cell.fill = _GREY
            cell.alignment = _WRAP
        sheet.cell(layout.HEADER_ROW, column).font = _BOLD
        sheet.column_dimensions[get_column_letter(column)].width = 16
    sheet.column_dimensions["A"].width = 12
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.column_dimensions[get_column_letter(layout.LABEL_COLUMN)].width = 60
    sheet.freeze_panes = sheet.cell(layout.FIRST_DATA_ROW, layout.FIRST_CELL_COLUMN).coordinate
