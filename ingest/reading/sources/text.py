"""Reads a report saved as text, by what parts its cells."""

from collections.abc import Iterator, Sequence

from ingest.reading.blocks import Block
from ingest.reading.sources.page_text import page_text_blocks
from ingest.reading.sources.tab_text import tab_text_blocks

_LEAST_ROWS = 3
_LEAST_LINES_OF_TREE = 30


def text_blocks(text: str) -> Iterator[Block]:
    """The blocks of a report's text."""
    lines = text.split("\n")
    if sum(line.strip().count("\t") >= 2 for line in lines) >= _LEAST_ROWS:
        return tab_text_blocks(text)
    return page_text_blocks("\n".join(lines[: _tree_from(lines)]))


def _tree_from(lines: Sequence[str]) -> int:
    """Index of the line where the pages end and a dump of bookmarks or of the structure tree, tab by tab, begins."""
    start = len(lines)
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if line.strip(" \r") and not line.lstrip(" ").startswith("\t"):
            break
        start = place
    return start if sum(bool(line.strip()) for line in lines[start:]) >= _LEAST_LINES_OF_TREE else len(lines)
