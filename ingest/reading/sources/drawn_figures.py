"""Finds tables in the figures of a tagged page: ranges of a spreadsheet that were pasted as a picture with its text."""

from collections.abc import Iterator, Set
from dataclasses import replace
from typing import Any

from pdfplumber.page import Page

from ingest.reading.blocks import Block, Grid, TextBlock
from ingest.reading.sources.printed_pdf import PrintedPages


def figure_blocks(marked_ids: Set[int], page: Page) -> Iterator[Block]:
    """What stands in a figure, if it holds a table by its lines and words; a chart or a picture gives nothing.

    ``marked_ids`` are those of the figure's content on the page; what is drawn at the height of its text is its own.
    """
    words = [char for char in page.chars if char.get("mcid") in marked_ids]
    if not words:
        return
    top, bottom = min(char["top"] for char in words), max(char["bottom"] for char in words)
    room = max(char["size"] for char in words)

    def is_of_figure(item: dict[str, Any]) -> bool:
        if item["object_type"] == "char":
            return item.get("mcid") in marked_ids
        return bool(top - room <= (item["top"] + item["bottom"]) / 2 <= bottom + room)

    printed = PrintedPages()
    blocks = [*printed.blocks(page.filter(is_of_figure)), *printed.rest()]
    if any(isinstance(block, Grid) for block in blocks):
        for block in blocks:
            yield replace(block, heading_level=None) if isinstance(block, TextBlock) else block
