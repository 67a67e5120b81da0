"""Finds tables in the figures of a tagged page: spreadsheet ranges that were pasted as a picture with its text."""

from collections.abc import Iterator, Set
from dataclasses import replace
from typing import Any

from pdfplumber.page import Page

from ingest.reading.blocks import Block, Grid, TextBlock
from ingest.reading.sources.printed_pdf import PrintedPages


def figure_blocks(marked_ids: Set[int], page: Page) -> Iterator[Block]:
    """Yield the content of a figure if its lines and words form a table; charts and pictures yield nothing.

    ``marked_ids`` are the ids of the figure's content on the page; anything drawn at its text's height is part of it.
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
