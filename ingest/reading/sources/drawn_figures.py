"""Finds tables in the figures of a tagged page: ranges of a spreadsheet that were pasted as a picture with its text."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pdfplumber.page import Page

from ingest.reading.blocks import Block, Grid, TextBlock
from ingest.reading.sources.pdf_structure import Element
from ingest.reading.sources.printed_pdf import PrintedPages

_SIDES = 4


def figure_blocks(figure: Element, page: Page) -> Iterator[Block]:
    """What stands in a figure, if it holds a table by its lines and words; a chart or a picture gives nothing."""
    box = figure.attributes.get("BBox")
    if not isinstance(box, list) or len(box) != _SIDES or not all(isinstance(side, int | float) for side in box):
        return
    left, bottom, right, top = box

    def is_inside(item: dict[str, Any]) -> bool:
        return bool(left <= item["x0"] and item["x1"] <= right and bottom <= item["y0"] and item["y1"] <= top)

    printed = PrintedPages()
    blocks = [*printed.blocks(page.filter(is_inside)), *printed.rest()]
    if any(isinstance(block, Grid) for block in blocks):
        for block in blocks:
            yield replace(block, heading_level=None) if isinstance(block, TextBlock) else block
