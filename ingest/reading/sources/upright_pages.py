"""Turns the pages of a PDF that are shown, or were drawn, sideways or upside down, so that lines run as we read."""

from collections import Counter
from contextlib import closing
from io import BytesIO
from math import pi
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_QUARTER = 90
# Enough characters of a page to tell how it runs.
_LOOKED_AT = 200


def upright_pages(path: Path) -> Path | BytesIO:
    """The file itself, or where pages are turned a copy with all of them upright; raises as pdfium does."""
    with pdfium.PdfDocument(path) as document:
        turned = False
        for page in document:
            with closing(page):
                way = _way_of_reading(page)
                if way is not None and way != page.get_rotation():
                    page.set_rotation(way)
                    turned = True
        if not turned:
            return path
        upright = BytesIO()
        document.save(upright)
        return upright


def _way_of_reading(page: pdfium.PdfPage) -> int | None:
    """The rotation, in degrees, that shows most of the page's characters upright; None for a page without any."""
    with closing(page.get_textpage()) as text_page:
        count = text_page.count_chars()
        looked_at = range(0, count, max(1, count // _LOOKED_AT))
        angles = [
            pdfium_c.FPDFText_GetCharAngle(text_page.raw, place)
            for place in looked_at
            if not chr(pdfium_c.FPDFText_GetUnicode(text_page.raw, place)).isspace()
        ]
    # Pdfium counts clockwise how the characters stand, and so it turns pages.
    ways = Counter(-round(angle / (pi / 2)) * _QUARTER % 360 for angle in angles if angle >= 0)
    (way, found), *_ = ways.most_common(1) or [(None, 0)]
    return way if found > len(angles) / 2 else None
