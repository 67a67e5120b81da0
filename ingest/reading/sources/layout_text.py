"""Reads text that keeps its columns below each other, as ``pdftotext -layout`` does: pages in one width of letter."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.reading.blocks import Block, TextBlock
from ingest.reading.sources.printed_lines import Word, lines_of
from ingest.reading.sources.unruled_tables import columns_of, find_stretches, grid_of

# A letter's width, the height of a line and of its letters, in points; only their proportions matter.
_WIDTH = 6.0
_PITCH = 12.0
_SIZE = 10.0
_ONE_SPACE = 0.9
_COLUMN_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_LEAST_LINES = 4


def is_layout_text(lines: Sequence[str]) -> bool:
    """Whether columns stand below each other: the wide gaps of lines that follow each other begin or end alike."""
    lefts = [{gap.end() for gap in _COLUMN_GAP.finditer(line)} for line in lines]
    rights = [{word.end() for word in re.finditer(r"(?<= {3})\S+(?: \S+)*", line)} for line in lines]
    aligned = sum(
        bool(left & below) or bool(right & other)
        for (left, below), (right, other) in zip(pairwise(lefts), pairwise(rights), strict=True)
    )
    return aligned >= _LEAST_LINES


def layout_text_blocks(text: str) -> Iterator[Block]:
    """The blocks of each page, parted by form feeds, from top to bottom."""
    for number, page in enumerate(text.split("\f"), 1):
        yield from _page_blocks(page.split("\n"), number)


def _page_blocks(printed: Sequence[str], page: int) -> Iterator[Block]:
    lines = lines_of((word for number, line in enumerate(printed) for word in _words(line, number)), _ONE_SPACE)
    stretches = {stretch.first: stretch for stretch in find_stretches(lines, _SIZE)}
    place = 0
    while place < len(lines):
        stretch = stretches.get(place)
        if stretch is None:
            yield TextBlock(lines[place].text, page=page)
            place += 1
            continue
        bands = [[line] for line in lines]
        yield grid_of(bands, stretch, columns_of(bands, stretch), page, rules=[])
        place = stretch.last + 1


def _words(line: str, number: int) -> Iterator[Word]:
    for match in re.finditer(r"\S+", line):
        top = number * _PITCH
        yield Word(match[0], match.start() * _WIDTH, match.end() * _WIDTH, top, top + _SIZE, _SIZE)
