"""How a sheet prints: A4 landscape, as wide as the page, the heading repeated, pages numbered."""

from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kommunlager.controller_workbook.cells import SheetInWriting

_MARGIN = 0.4


def lay_out_page(sheet: SheetInWriting, heading_row: int | None = None) -> None:
    """Before the first row is written; ``heading_row`` is repeated at the top of each page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=_MARGIN, right=_MARGIN, top=_MARGIN, bottom=2 * _MARGIN, footer=_MARGIN)
    if heading_row:
        sheet.print_title_rows = f"{heading_row}:{heading_row}"
    sheet.HeaderFooter.oddFooter.left.text = "Kommunlager, &A"
    sheet.HeaderFooter.oddFooter.right.text = "Sida &P av &N"
