"""Finds the pages of a PDF that draw more than a page of a report, before anything reads them.

A few kilobytes may unpack to gigabytes, or draw forms in forms in forms.
"""

import re
import zlib
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from itertools import accumulate
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.lzw import LZWDecoder
from pdfminer.pdftypes import (
    LITERALS_ASCII85_DECODE,
    LITERALS_ASCIIHEX_DECODE,
    LITERALS_FLATE_DECODE,
    LITERALS_LZW_DECODE,
    LITERALS_RUNLENGTH_DECODE,
    PDFObjRef,
    PDFStream,
    resolve1,
)
from pdfminer.runlength import rldecode
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from ingest.reading.limits import MOST_CHARACTERS_OF_PAGE, MOST_CONTENT_OF_PAGE, MOST_SEGMENTS_OF_PAGE

_DRAWN = re.compile(rb"/([^\s/\[\]<>(){}%]+)\s+Do(?![^\s/\[\]<>(){}%])")
# No program nests forms deeper.
_DEEPEST = 20


def costly_pages(document: pdfium.PdfDocument, printed: PDF) -> set[int]:
    """The numbers of the pages that draw more than the limits."""
    contents = _Contents()
    return {
        page.page_number
        for page in printed.pages
        if contents.of_page(page) > MOST_CONTENT_OF_PAGE or _draws_too_much(document, page.page_number)
    }


class _Contents:
    """How much the pages draw, in bytes: their own content and that of each form, as often as it is drawn."""

    def __init__(self) -> None:
        self.of_forms: dict[int, int] = {}

    def of_page(self, page: Page) -> int:
        """The size of everything that a page draws; more than the limit stands for any larger size."""
        streams = [stream for part in page.page_obj.contents if isinstance(stream := resolve1(part), PDFStream)]
        size = 0
        for stream in streams:
            size += self._size(_unpacked(stream), page.page_obj.resources, 0)
            if size > MOST_CONTENT_OF_PAGE:
                break
        return size

    def _size(self, content: bytes, resources: Any, depth: int) -> int:
        size = len(content)
        forms = _as_dict(_as_dict(resources).get("XObject"))
        for drawn in _DRAWN.finditer(content):
            if size > MOST_CONTENT_OF_PAGE:
                break
            reference = forms.get(drawn[1].decode("latin-1"))
            if isinstance(reference, PDFObjRef):
                size += self._of_form(reference, resources, depth + 1)
        return size

    def _of_form(self, reference: PDFObjRef, resources: Any, depth: int) -> int:
        if depth > _DEEPEST:
            return MOST_CONTENT_OF_PAGE + 1
        if reference.objid not in self.of_forms:
            # A form that draws itself would never end.
            self.of_forms[reference.objid] = MOST_CONTENT_OF_PAGE + 1
            form = resolve1(reference)
            if isinstance(form, PDFStream) and getattr(resolve1(form.get("Subtype")), "name", "") == "Form":
                own = resolve1(form.get("Resources")) or resources
                self.of_forms[reference.objid] = self._size(_unpacked(form), own, depth)
            else:
                self.of_forms[reference.objid] = 0
        return self.of_forms[reference.objid]


def _unpacked(stream: PDFStream) -> bytes:
    """A stream's content, cut off beyond the limit."""
    data = stream.get_rawdata()
    if data is None:
        return bytes(stream.get_data())
    if stream.decipher and stream.objid is not None and stream.genno is not None:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    for name, _ in stream.get_filters():
        data = _without_filter(name, data)[: MOST_CONTENT_OF_PAGE + 1]
    return bytes(data)


def _without_filter(name: Any, data: bytes) -> bytes:
    if name in LITERALS_FLATE_DECODE:
        try:
            return zlib.decompressobj().decompress(data, MOST_CONTENT_OF_PAGE + 1)
        except zlib.error:
            return b""
    if name in LITERALS_LZW_DECODE:
        return b"".join(_pieces_to_limit(LZWDecoder(BytesIO(data)).run()))
    if name in LITERALS_RUNLENGTH_DECODE:
        return rldecode(data)
    if name in LITERALS_ASCII85_DECODE:
        return ascii85decode(data)
    return asciihexdecode(data) if name in LITERALS_ASCIIHEX_DECODE else data


def _pieces_to_limit(pieces: Iterator[bytes]) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        yield piece
        size += len(piece)
        if size > MOST_CONTENT_OF_PAGE:
            return


def _draws_too_much(document: pdfium.PdfDocument, number: int) -> bool:
    with closing(document[number - 1]) as page:
        with closing(page.get_textpage()) as text_page:
            if text_page.count_chars() > MOST_CHARACTERS_OF_PAGE:
                return True
        paths = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=_DEEPEST)
        drawn = accumulate(pdfium_c.FPDFPath_CountSegments(path.raw) for path in paths)
        return any(count > MOST_SEGMENTS_OF_PAGE for count in drawn)


def _as_dict(value: Any) -> dict[str, Any]:
    resolved = resolve1(value)
    return resolved if isinstance(resolved, dict) else {}
