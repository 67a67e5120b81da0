"""What a person is to look at in a review workbook: the texts that the reader was unsure of, first and in colour."""

from textwrap import wrap

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ingest import workbook_layout as layout
from ingest.tables import Document, Doubt
from ingest.workbook_cells import put

_BOLD = Font(bold=True)
_LINK = Font(color="0563C1", underline="single")
_UNSURE = PatternFill("solid", fgColor="FFE699")
_WRAP = Alignment(wrap_text=True, vertical="top")
_LINE_HEIGHT, _HIGHEST_ROW = 15, 409
_REVIEW_WIDTHS = (10, 30, 60, 24, 40, 24, 40, 9, 8, 8)
_UNPLACED_WIDTHS = (40, 40, 24, 24, 24)


def write_review_sheet(sheet: Worksheet, document: Document) -> None:
    """List the doubtful places in printed order, each with a link to its cell, the reason and what else it may say."""
    _write_header(sheet, layout.REVIEW_HEADER, _REVIEW_WIDTHS)
    tables = {table.table_no: table for table in document.tables}
    for row, ((table_no, row_no, col_no), doubt) in enumerate(sorted(document.doubts.items()), 2):
        table = tables[table_no]
        label = table.rows[row_no - 1].label if row_no else table.label_header
        header = table.columns[col_no - 1].header if col_no else table.label_header
        read = document.read_texts.get((table_no, row_no, col_no), "")
        alternatives = layout.ALTERNATIVES_PARTED_BY.join(doubt.alternatives)
        place = map(str, (table_no, row_no, col_no))
        texts = ("", read, doubt.reason, alternatives, label, header, table.title, *place)
        _put_wrapped(sheet, row, texts, _REVIEW_WIDTHS)
        _link(sheet, row, table_no, _coordinate(row_no, col_no))


def write_unplaced_sheet(sheet: Worksheet, document: Document) -> None:
    """List the corrections of an earlier reading whose place is gone, for a person to put where they belong."""
    _write_header(sheet, layout.UNPLACED_HEADER, _UNPLACED_WIDTHS)
    for row, lost in enumerate(document.unplaced, 2):
        texts = (lost.table_title, lost.row_label, lost.column_header, lost.read_text, lost.corrected_text)
        _put_wrapped(sheet, row, texts, _UNPLACED_WIDTHS)


def mark_doubts(sheet: Worksheet, table_no: int, document: Document) -> None:
    """Colour the doubtful cells of a table's sheet, and say in a comment why they are."""
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
    """Wrapped texts in a row high enough for all of them, which not every program sees to by itself."""
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
    # On paper all columns stand beside each other.
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for column, (name, width) in enumerate(zip(header, widths, strict=True), 1):
        put(sheet, 1, column, name).font = _BOLD
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
