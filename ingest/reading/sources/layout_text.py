"""Reads text that keeps its columns aligned, as ``pdftotext -layout`` writes it: pages in a fixed-width font."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.reading.blocks import Block, TextBlock
from ingest.reading.page_furniture import without_furniture
from ingest.reading.sources.broken_headers import with_dashes_joined
from ingest.reading.sources.centred_rows import with_centred_rows
from ingest.reading.sources.layout_columns import with_columns_parted
from ingest.reading.sources.page_breaks import PageBreaks, PlacedBlock
from ingest.reading.sources.printed_columns import Column
from ingest.reading.sources.printed_lines import lines_of
from ingest.reading.sources.printed_words import Word
from ingest.reading.sources.unruled_tables import columns_of, find_stretches, going_on, grid_of, may_be_next_label
from ingest.reading.vocabulary.column_headers import is_column_header
from ingest.reading.vocabulary.text_pieces import JOINED, with_whole_figures

# A letter's width and the heights of a line and of its letters, in points; only their proportions matter.
_WIDTH = 6.0
_PITCH = 12.0
_SIZE = 10.0
_ONE_SPACE = 0.9
_COLUMN_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_LEAST_LINES = 4
# This many lines at the top and bottom of a page may be furniture; lines further in are all treated alike.
_LINES_AT_EDGE = 2
_MIDDLE = 0.5


def is_layout_text(lines: Sequence[str]) -> bool:
    """Whether columns are aligned: the wide gaps of consecutive lines begin or end at the same place."""
    lefts = [{gap.end() for gap in _COLUMN_GAP.finditer(line)} for line in lines]
    rights = [{word.end() for word in re.finditer(r"(?<= {3})\S+(?: \S+)*", line)} for line in lines]
    aligned = sum(
        bool(left & below) or bool(right & other)
        for (left, below), (right, other) in zip(pairwise(lefts), pairwise(rights), strict=True)
    )
    return aligned >= _LEAST_LINES


def layout_text_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of each page from top to bottom; form feeds separate pages, tables are joined across them."""
    breaks = PageBreaks()
    for number, printed in enumerate(_without_furniture(text.split("\f")), 1):
        yield from breaks.blocks(list(_placed_blocks(printed, number, breaks.open_columns)))
    yield from breaks.rest()


def _without_furniture(pages: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines of each page, blank where a page header or footer is."""
    printed = [page.split("\n") for page in pages]
    edges = [
        TextBlock(line, page=page, line=number)
        for page, lines in enumerate(printed, 1)
        for number, line in _at_edges(lines)
    ]
    kept = {(block.page, block.line) for block in without_furniture(edges) if isinstance(block, TextBlock)}
    running = {(block.page, block.line) for block in edges} - kept
    for page, lines in enumerate(printed, 1):
        yield ["" if (page, number) in running else line for number, line in enumerate(lines)]


def _at_edges(lines: Sequence[str]) -> list[tuple[int, str]]:
    """The outermost lines with their numbers, except those that name columns."""
    printed = [(number, line) for number, line in enumerate(lines) if line.strip()]
    edges = dict(printed[:_LINES_AT_EDGE] + printed[-_LINES_AT_EDGE:])
    return [
        (number, line) for number, line in edges.items() if not any(map(is_column_header, re.split(r"\s{2,}", line)))
    ]


def _placed_blocks(printed: Sequence[str], page: int, open_columns: tuple[Column, ...]) -> Iterator[PlacedBlock]:
    """The blocks of a page; ``open_columns`` are those of a table that may continue from the page before."""
    words = (word for number, line in enumerate(printed) for word in _words(line, number))
    lines = with_centred_rows(with_dashes_joined(lines_of(words, _ONE_SPACE)))
    lines = with_columns_parted(lines, _WIDTH)
    own = find_stretches(lines, _SIZE)
    found = going_on(lines, own, open_columns) if open_columns else own
    stretches = {stretch.first: stretch for stretch in found}
    bands = [[line] for line in lines]
    place = 0
    while place < len(lines):
        stretch = stretches.get(place)
        if stretch is None:
            may_be_row = bool(found) and may_be_next_label(lines, found[-1], place)
            yield PlacedBlock(_MIDDLE, TextBlock(lines[place].text, page=page), may_be_row=may_be_row)
            place += 1
            continue
        goes_on = found is not own and stretch is found[0]
        columns = open_columns if goes_on else tuple(columns_of(bands, stretch))
        grid = grid_of(bands, stretch, columns, page, rules=[])
        yield PlacedBlock(_MIDDLE, grid, tuple(column.x0 for column in columns), columns)
        place = stretch.last + 1


def _words(line: str, number: int) -> Iterator[Word]:
    for match in re.finditer(rf"(?:\S|{JOINED})+", with_whole_figures(line.replace(JOINED, " "))):
        top = number * _PITCH
        yield Word(match[0], match.start() * _WIDTH, match.end() * _WIDTH, top, top + _SIZE, _SIZE)
