"""The pages of a PDF as pdfplumber sees them, with only the attributes that the reader looks at.

pdfplumber resolves every attribute of every character, which takes as long as parsing the page.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from pdfminer.layout import LTChar, LTComponent, LTContainer, LTCurve, LTLine, LTRect
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

_KINDS = {LTChar: "char", LTLine: "line", LTRect: "rect", LTCurve: "curve"}


class PrintedPage(Page):
    """A page with its characters, lines, rectangles and curves; pictures have no attributes that are looked at."""

    def parse_objects(self) -> dict[str, list[dict[str, Any]]]:
        """The objects of the page by kind, as pdfplumber wants them."""
        objects: dict[str, list[dict[str, Any]]] = {kind: [] for kind in _KINDS.values()}
        for item in _leaves(self.layout):
            kind = _KINDS.get(type(item))
            if kind:
                objects[kind].append(self._placed(item, kind))
        return objects

    def _placed(self, item: LTComponent, kind: str) -> dict[str, Any]:
        left, above = self.mediabox[:2]
        top, bottom = self.height - item.y1 + above, self.height - item.y0 + above
        placed = {
            "object_type": kind,
            "x0": item.x0 + left,
            "x1": item.x1 + left,
            "y0": item.y0,
            "y1": item.y1,
            "top": top,
            "bottom": bottom,
            "doctop": self.initial_doctop + top,
            "width": item.width,
            "height": item.height,
        }
        if isinstance(item, LTChar):
            placed |= {"text": item.get_text(), "matrix": item.matrix, "size": item.size, "upright": item.upright}
            placed["mcid"] = getattr(item, "mcid", None)
        elif isinstance(item, LTCurve):
            placed |= {"fill": item.fill, "stroke": item.stroke, "non_stroking_color": item.non_stroking_color}
            placed["pts"] = list(map(self.point2coord, item.pts))
        return placed


class PrintedPdf(PDF):
    """A PDF whose pages are printed pages."""

    @cached_property
    def pages(self) -> list[Page]:
        """The pages, in order."""
        pages: list[Page] = []
        from_top = 0.0
        for number, page in enumerate(PDFPage.create_pages(self.doc), 1):
            pages.append(PrintedPage(self, page, number, from_top))
            from_top += pages[-1].height
        return pages


def _leaves(container: LTContainer[Any]) -> Iterator[LTComponent]:
    """The objects on a page, also those in the forms that it draws."""
    for item in container:
        if isinstance(item, LTContainer):
            yield from _leaves(item)
        else:
            yield item
