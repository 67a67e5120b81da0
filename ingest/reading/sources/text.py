"""Reads a report saved as text, by what parts its cells."""

from collections.abc import Iterator

from ingest.reading.blocks import Block
from ingest.reading.sources.tab_text import tab_text_blocks


def text_blocks(text: str) -> Iterator[Block]:
    """The blocks of a report's text."""
    return tab_text_blocks(text)
