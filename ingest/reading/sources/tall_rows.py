"""Finds the rows of a table with white space between rows: lines with little space between them are one row."""

import re
from collections.abc import Sequence
from statistics import median
from typing import Protocol, TypeVar

from ingest.reading.sources.printed_columns import PlacedLine
from ingest.reading.sources.printed_lines import Segment, text_of
from ingest.reading.vocabulary.print import DASH, GROUPED

# The white space between separate rows, in letter heights; lines of one cell are closer.
APART = 0.55
_THOUSANDS = re.compile(rf"{DASH}?\s?{GROUPED}%?")
_REST_OF_LABEL = re.compile(r"[a-zåäö(%]")


class HasHeight(Protocol):
    """Anything with a top and a bottom on the page."""

    @property
    def top(self) -> float:
        """The upper edge."""

    @property
    def bottom(self) -> float:
        """The lower edge."""


T = TypeVar("T", bound=HasHeight)


def blocks_apart(lines: Sequence[T]) -> list[list[T]]:
    """The lines in blocks that white space separates."""
    height = median([line.bottom - line.top for line in lines])
    blocks: list[list[T]] = []
    bottom = 0.0
    for line in sorted(lines, key=lambda line: line.top):
        if blocks and line.top - bottom < APART * height:
            blocks[-1].append(line)
        else:
            blocks.append([line])
            bottom = line.bottom
        bottom = max(bottom, line.bottom)
    return blocks


def tall_rows(lines: Sequence[PlacedLine]) -> list[list[PlacedLine]]:
    """The lines of each row if rows are separate; [] if some block holds two rows or part of one."""
    if not lines:
        return []
    blocks = blocks_apart(lines)
    rows = [block for block in blocks if any(line.has_figures for line in block)]
    is_tall = len(rows) > 1 and all(map(is_one_row, rows)) and not any(map(_is_rest, blocks[1:]))
    return blocks if is_tall else []


def is_one_row(block: list[PlacedLine]) -> bool:
    """Whether at most one line is a row by itself, and each column holds one value, which may be broken at a space."""
    if sum(line.has_figures and 0 in line.cells for line in block) > 1 or _has_heading(block):
        return False
    for number in {number for line in block for number in line.cells if number}:
        parts = [Segment(line.cells[number]) for line in block if number in line.cells]
        if sum(part.is_figure for part in parts) > 1 and not _THOUSANDS.fullmatch(
            " ".join(part.text for part in parts)
        ):
            return False
    return True


def _has_heading(block: list[PlacedLine]) -> bool:
    """Whether a label is above that of the figures like a sub-heading, and neither looks like part of the other."""
    labels = [line for line in block if 0 in line.cells]
    if len(labels) < 2:
        return False
    *above, last = labels
    is_below = last.has_figures and not any(line.has_figures for line in above)
    return is_below and _REST_OF_LABEL.match(text_of(last.cells[0])) is None


def _is_rest(block: list[PlacedLine]) -> bool:
    first = block[0]
    is_label = all(line.has_only_label for line in block)
    return is_label and _REST_OF_LABEL.match(text_of(first.cells[0])) is not None
