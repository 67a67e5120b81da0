"""Leaves out what print repeats on every page and no reader of the report reads: running heads, feet, page numbers."""

import re
from collections import Counter
from collections.abc import Iterable

from ingest.reading.blocks import Block, TextBlock
from ingest.reading.printed_text import one_line

_PAGE_NUMBER = re.compile(
    r"(?:(?:sid|sida|sidan|page)\.?\s*)?\d{1,4}\s*(?:\(\d{1,4}\)|(?:of|av|/)\s*\d{1,4})?|(?:sid|sida|sidan|page)\.?\s*\d{1,4}.*",
    re.IGNORECASE,
)
_PAGES_THAT_MAKE_A_HABIT = 3


def without_furniture(blocks: Iterable[Block]) -> list[Block]:
    """The blocks without page numbers and without the lines that stand on several pages but for their digits."""
    kept = [block for block in blocks if not _is_page_number(block)]
    pages: Counter[str] = Counter()
    for pattern, _ in {(_pattern(block), block.page) for block in kept if isinstance(block, TextBlock) and block.page}:
        pages[pattern] += 1
    running = {pattern for pattern, count in pages.items() if count >= _PAGES_THAT_MAKE_A_HABIT and pattern}
    return [block for block in kept if not (_is_numbered(block) and _pattern(block) in running)]


def _is_page_number(block: Block) -> bool:
    return isinstance(block, TextBlock) and _PAGE_NUMBER.fullmatch(one_line(block.text)) is not None


def _is_numbered(block: Block) -> bool:
    """A running line ends in, or holds, the page's number; a phrase that a report merely repeats does not."""
    return isinstance(block, TextBlock) and re.search(r"\d", block.text) is not None and block.heading_level is None


def _pattern(block: Block) -> str:
    return re.sub(r"\d+", "#", one_line(block.text)) if isinstance(block, TextBlock) else ""
