"""Makes words whole that narrow columns have broken without a hyphen (``Avvik / else``), where the whole word is known.

Known is what the report itself says elsewhere and what the seeds list as labels; a break between two words stays.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.reading.blocks import Block, Grid, TextBlock

_WORD = re.compile(r"[^\W\d_]{2,}")
_LAST = re.compile(r"[^\W\d_]+$")
_FIRST = re.compile(r"[^\W\d_A-ZÅÄÖ][^\W\d_]*")
_SHORTEST = 5


def with_whole_words(blocks: Iterable[Block], known: Iterable[str]) -> Iterator[Block]:
    """Mend the cells of the blocks' tables; ``known`` are texts whose words may be broken in this report."""
    kept = list(blocks)
    words = {word.lower() for text in (*known, *_texts(kept)) for word in _WORD.findall(text)}
    for block in kept:
        yield _mended_grid(block, words) if isinstance(block, Grid) else block


def _texts(blocks: list[Block]) -> Iterator[str]:
    """All lines of the report; the words at a line's ends may be halves, but no halves make a whole by chance."""
    for block in blocks:
        texts = (
            [block.text] if isinstance(block, TextBlock) else [cell.text for row in block.rows for cell in row.cells]
        )
        yield from texts


def _mended_grid(grid: Grid, words: set[str]) -> Grid:
    rows = (
        replace(row, cells=tuple(replace(cell, text=_mended(cell.text, words)) for cell in row.cells))
        for row in grid.rows
    )
    return Grid(tuple(rows))


def _mended(text: str, words: set[str]) -> str:
    """Join the lines that together make a known word; one in three pieces before one in two."""
    lines = text.split("\n")
    mended = lines[0]
    number = 1
    while number < len(lines):
        pieces = next((pieces for pieces in (2, 1) if _is_broken(mended, lines[number : number + pieces], words)), 0)
        mended += "".join(lines[number : number + pieces]) if pieces else "\n" + lines[number]
        number += max(pieces, 1)
    return mended


def _is_broken(before: str, lines: list[str], words: set[str]) -> bool:
    begun, rest = _LAST.search(before), _FIRST.match("".join(lines))
    if not begun or not rest or len(rest[0]) <= len("".join(lines[:-1])):
        return False
    whole = begun[0] + rest[0]
    return len(whole) >= _SHORTEST and whole.lower() in words
