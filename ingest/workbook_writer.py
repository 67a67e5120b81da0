"""Writes a document as a review workbook: the form in which a person looks at a report's tables and corrects them."""

from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ingest import workbook_layout as layout
from ingest.tables import Document, Table, texts_by_place
from ingest.whole_files import write_whole
from ingest.workbook_cells import put
from ingest.workbook_review import mark_doubts, write_review_sheet, write_unplaced_sheet

_BOLD = Font(bold=True)
_GREY = PatternFill("solid", fgColor="EDEDED")
_WRAP = Alignment(wrap_text=True, vertical="top")


def write_workbook(document: Document, path: Path) -> None:
    """Write ``document`` to ``path`` in one step; the same document always gives the same sheets and cells."""
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
    # In memory first: openpyxl leaves a trace of its own where a disk is full.
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
