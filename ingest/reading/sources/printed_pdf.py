"""What stands where on an untagged PDF page: ruled tables by their lines, others by their columns of words."""

from collections.abc import Iterator

from pdfplumber.page import Page

from ingest.reading.blocks import Block


def page_blocks(page: Page) -> Iterator[Block]:
    """The blocks of one page from top to bottom."""
    yield from ()
