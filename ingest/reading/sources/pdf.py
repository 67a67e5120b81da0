"""Reads a PDF: tagged pages by the structure tree, other pages by the positions of lines and words."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, suppress
from functools import lru_cache
from io import BytesIO
from math import pi
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from ingest.errors import InputRefusedError
from ingest.reading.blocks import Block, Picture, PrintedPage, SkippedPage
from ingest.reading.limits import MOST_CHARACTERS_OF_PAGE, MOST_PAGES, check_number
from ingest.reading.pdf.marked_text import NO_TEXT, PageText, content_ids, page_text, torn_pages
from ingest.reading.pdf.page_limits import costly_pages
from ingest.reading.pdf.printed_page import PrintedPdf
from ingest.reading.pdf.structure import Content, Element, has_structure, read_structure
from ingest.reading.pdf.tagged import element_blocks, first_page
from ingest.reading.sources.drawn_figures import figure_blocks
from ingest.reading.sources.page_print import printed_page
from ingest.reading.sources.pictures import pictures_of_tables
from ingest.reading.sources.printed_pdf import PrintedPages
from ingest.reading.sources.ruled_cells import TooManyCrossingsError

_QUARTER = 90
# This many characters are enough to see a page's orientation.
_LOOKED_AT = 200


def turned_upright(document: pdfium.PdfDocument, skipped: Collection[int]) -> BytesIO | None:
    """A copy of the file with all pages upright but those ``skipped``; None if no page is turned."""
    turned = False
    for _, page in _pages(document, skipped):
        way = _way_of_reading(page)
        if way is not None and way != page.get_rotation():
            page.set_rotation(way)
            turned = True
    if not turned:
        return None
    upright = BytesIO()
    document.save(upright)
    return upright


def _pages(document: pdfium.PdfDocument, skipped: Collection[int]) -> Iterator[tuple[int, pdfium.PdfPage]]:
    """Yield the pages that are not skipped, each with its number, and close them."""
    for number in range(1, len(document) + 1):
        if number not in skipped:
            with closing(document[number - 1]) as page:
                yield number, page


def _way_of_reading(page: pdfium.PdfPage) -> int | None:
    """The rotation, in degrees, that turns most of the page's characters upright; None for a page without any."""
    with closing(page.get_textpage()) as text_page:
        count = text_page.count_chars()
        looked_at = range(0, count, max(1, count // _LOOKED_AT))
        angles = [
            pdfium_c.FPDFText_GetCharAngle(text_page.raw, place)
            for place in looked_at
            if not chr(pdfium_c.FPDFText_GetUnicode(text_page.raw, place)).isspace()
        ]
    # Pdfium counts the angle of the characters clockwise, and rotates pages clockwise too.
    ways = Counter(-round(angle / (pi / 2)) * _QUARTER % 360 for angle in angles if angle >= 0)
    (way, found), *_ = ways.most_common(1) or [(None, 0)]
    return way if found > len(angles) / 2 else None


# Below this share of tagged characters, a page's structure doesn't cover the whole page.
_WHOLE_PAGE = 0.5
# The text of a tagged page is needed twice; that of this many pages is kept in between.
_PAGES_KEPT = 100

OnPage = Callable[[int, int], None]


def pdf_blocks(path: Path, on_page: OnPage) -> Iterator[Block | Picture | PrintedPage | SkippedPage]:
    """Yield the pages that draw too much to be read, the print and pictures of the others, and the blocks of a PDF.

    ``on_page`` gets each page number and the page count.
    Raises InputRefusedError for a file that is damaged, needs a password or holds images of pages without text.
    """
    try:
        with pdfium.PdfDocument(path) as document, PrintedPdf.open(path) as printed:
            _check_pages(path, document, printed)
            skipped = costly_pages(document, printed)
            if not skipped and not any(_has_text(page) for _, page in _pages(document, ())):
                raise InputRefusedError(
                    path,
                    "contains images of pages and no text (a scan).",
                    "Ask the municipality for the original file, or run text recognition (OCR) on it first.",
                )
            yield from map(SkippedPage, sorted(skipped))
            upright = turned_upright(document, skipped)
            if upright is None:
                yield from _blocks(document, printed, skipped, on_page)
                return
        with pdfium.PdfDocument(upright) as document, PrintedPdf.open(upright) as printed:
            yield from _blocks(document, printed, skipped, on_page)
    except (pdfium.PdfiumError, PdfminerException, PDFPasswordIncorrect) as error:
        if isinstance(error.__context__, MemoryError):
            raise error.__context__ from error
        raise _refused(path, error) from error


def _check_pages(path: Path, document: pdfium.PdfDocument, printed: PDF) -> None:
    check_number(path, len(document), MOST_PAGES, "pages")
    if len(document) != len(printed.pages):
        raise InputRefusedError(path, "has a damaged list of pages.", "Open it, print it to a new PDF and read that.")


def _blocks(
    document: pdfium.PdfDocument, printed: PDF, skipped: Collection[int], on_page: OnPage
) -> Iterator[Block | Picture | PrintedPage | SkippedPage]:
    yield from (printed_page(page, number) for number, page in _pages(document, skipped))
    yield from pictures_of_tables(_pages(document, skipped))
    yield from _PdfReader(document, printed, skipped, on_page).blocks()


class _PdfReader:
    def __init__(self, document: pdfium.PdfDocument, printed: PDF, skipped: Collection[int], on_page: OnPage) -> None:
        self.document = document
        self.printed = printed
        self.skipped = skipped
        self.on_page = on_page
        self.pages = len(document)
        self.printed_pages = PrintedPages()
        self.text_of_page = lru_cache(maxsize=_PAGES_KEPT)(self._text_of_page)
        self.elements = self._elements()
        self.torn_pages = torn_pages(self.elements, self.text_of_page)

    def blocks(self) -> Iterator[Block | SkippedPage]:
        """Yield the tagged pages in the order of their structure, and each other page at its number."""
        page = 1
        for element in self.elements:
            first = first_page(element) or page
            yield from self._untagged_blocks(range(page, first))
            page = max(page, first)
            self.on_page(page, self.pages)
            if first not in self.skipped and self._is_tagged(first):
                yield from element_blocks(element, self.text_of_page, self._figure_blocks)
        yield from self._untagged_blocks(range(page, self.pages + 1))

    def _elements(self) -> tuple[Element | Content, ...]:
        """The structure, if it has tables; one with only paragraphs says less than the page itself."""
        if not has_structure(self.printed.doc):
            return ()
        numbers = {int(str(page.page_obj.pageid)): page.page_number for page in self.printed.pages}
        elements = tuple(read_structure(self.printed.doc, numbers))
        return elements if any(map(_knows_tables, elements)) else ()

    def _untagged_blocks(self, pages: range) -> Iterator[Block | SkippedPage]:
        for number in pages:
            self.on_page(number, self.pages)
            if number not in self.skipped and not self._is_tagged(number):
                yield from self._untagged_page(number)
        if pages:
            yield from self.printed_pages.rest()

    def _untagged_page(self, number: int) -> Iterator[Block | SkippedPage]:
        page = self.printed.pages[number - 1]
        try:
            # Pdfium doesn't count characters that are printed beside the page or over each other.
            if len(page.chars) > MOST_CHARACTERS_OF_PAGE:
                yield SkippedPage(number)
            else:
                yield from self.printed_pages.blocks(page)
        except TooManyCrossingsError:
            yield SkippedPage(number)
        page.close()

    def _is_tagged(self, page: int) -> bool:
        """Whether the structure covers the page; merged files may keep the marks of a structure that is gone."""
        if not self.elements or page in self.torn_pages:
            return False
        return self.text_of_page(page).marked_share >= _WHOLE_PAGE

    def _figure_blocks(self, figure: Element) -> Iterator[Block]:
        for number, marked_ids in content_ids(figure).items():
            if number in self.skipped:
                continue
            page = self.printed.pages[number - 1]
            # What draws as many lines as that is a chart.
            with suppress(TooManyCrossingsError):
                yield from figure_blocks(marked_ids, page)
            page.close()

    def _text_of_page(self, number: int) -> PageText:
        if number in self.skipped:
            return NO_TEXT
        page = self.document[number - 1]
        try:
            return page_text(page)
        finally:
            page.close()


def _has_text(page: pdfium.PdfPage) -> bool:
    with closing(page.get_textpage()) as text_page:
        return bool(text_page.get_text_range().strip())


def _knows_tables(element: Element | Content) -> bool:
    return isinstance(element, Element) and (element.role == "Table" or any(map(_knows_tables, element.kids)))


def _refused(path: Path, error: Exception) -> InputRefusedError:
    if isinstance(error, PDFPasswordIncorrect) or "password" in str(error).lower():
        return InputRefusedError(path, "is protected by a password.", "Save a copy without a password and read that.")
    return InputRefusedError(
        path, "is not a complete PDF (damaged, or the download was cut off).", "Fetch the file again."
    )
