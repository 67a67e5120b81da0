"""Reads text that keeps its columns below each other, as ``pdftotext -layout`` does: pages in one width of letter."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.reading.blocks import Block, TextBlock
from ingest.reading.column_heads import is_column_head
from ingest.reading.page_furniture import without_furniture
from ingest.reading.sources.label_edges import with_labels_parted
from ingest.reading.sources.page_breaks import PageBreaks, PlacedBlock
from ingest.reading.sources.printed_columns import Column
from ingest.reading.sources.printed_lines import Line, Word, lines_of
from ingest.reading.sources.unruled_tables import Stretch, columns_of, find_stretches, going_on, grid_of

# A letter's width, the height of a line and of its letters, in points; only their proportions matter.
_WIDTH = 6.0
_PITCH = 12.0
_SIZE = 10.0
_ONE_SPACE = 0.9
_COLUMN_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_LEAST_LINES = 4
# So many lines at the head and at the foot of a page may be furniture; between them all stand at one height.
_LINES_AT_EDGE = 2
_MIDDLE = 0.5


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
    """The blocks of each page, parted by form feeds, from top to bottom; a table that a page break cuts is one."""
    breaks = PageBreaks()
    for number, printed in enumerate(_without_furniture(text.split("\f")), 1):
        yield from breaks.blocks(list(_placed_blocks(printed, number, breaks.open_columns)))
    yield from breaks.rest()


def _without_furniture(pages: Sequence[str]) -> Iterator[list[str]]:
    """The lines of each page, blank where a running head or foot stands."""
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
    """The outermost lines with their numbers, but for those that name columns."""
    told = [(number, line) for number, line in enumerate(lines) if line.strip()]
    edges = dict(told[:_LINES_AT_EDGE] + told[-_LINES_AT_EDGE:])
    return [(number, line) for number, line in edges.items() if not any(map(is_column_head, re.split(r"\s{2,}", line)))]


def _placed_blocks(printed: Sequence[str], page: int, open_columns: tuple[Column, ...]) -> Iterator[PlacedBlock]:
    """The blocks of a page; ``open_columns`` are those of a table that may go on from the page before."""
    words = (word for number, line in enumerate(printed) for word in _words(line, number))
    lines = with_labels_parted(lines_of(words, _ONE_SPACE))
    own = _with_last_label(find_stretches(lines, _SIZE), lines)
    found = going_on(lines, own, open_columns) if open_columns else own
    stretches = {stretch.first: stretch for stretch in found}
    place = 0
    while place < len(lines):
        stretch = stretches.get(place)
        if stretch is None:
            yield PlacedBlock(_MIDDLE, TextBlock(lines[place].text, page=page))
            place += 1
            continue
        bands = [[line] for line in lines]
        goes_on = found is not own and stretch is found[0]
        columns = open_columns if goes_on else tuple(columns_of(bands, stretch))
        grid = grid_of(bands, stretch, columns, page, rules=[])
        yield PlacedBlock(_MIDDLE, grid, tuple(column.x0 for column in columns), columns)
        place = stretch.last + 1


def _with_last_label(stretches: list[Stretch], lines: Sequence[Line]) -> list[Stretch]:
    """A name right below the last row, and last on its page, heads rows that follow on the next one."""
    if not stretches or stretches[-1].last != len(lines) - 2:
        return stretches
    row, line = lines[-2:]
    rows = lines[stretches[-1].first_row : stretches[-1].last + 1]
    widest = max((below.top - above.bottom for above, below in pairwise(rows)), default=0.0)
    is_close = (
        line.top - row.bottom <= max(widest, line.size) and abs(line.segments[0].x0 - row.segments[0].x0) < _WIDTH
    )
    is_name = len(line.segments) == 1 and line.text[:1].isupper() and not line.text.endswith(".")
    return [*stretches[:-1], replace(stretches[-1], last=len(lines) - 1)] if is_close and is_name else stretches


def _words(line: str, number: int) -> Iterator[Word]:
    for match in re.finditer(r"\S+", line):
        top = number * _PITCH
        yield Word(match[0], match.start() * _WIDTH, match.end() * _WIDTH, top, top + _SIZE, _SIZE)
