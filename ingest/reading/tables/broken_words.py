"""Joins words that narrow columns have broken without a hyphen (``Avvik / else``), if the whole word is known.

Known words are those of the rest of the report and of the labels in the seeds; a break between two words is kept. If
the source says that a word is probably broken, it is joined unless the next piece is a word by itself.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.reading.blocks import PROBABLE_BREAK, Block, Grid, PrintedCell, TextBlock
from ingest.reading.vocabulary.column_headers import is_figure_header
from ingest.reading.vocabulary.print import one_line

_WORD = re.compile(r"[^\W\d_]{2,}")
_LAST = re.compile(r"[^\W\d_]+$")
_FIRST = re.compile(r"[^\W\d_A-ZÅÄÖ][^\W\d_]*")
_SHORTEST = 5
_HALF = r"[^\W\d_]*"
_HALVES = re.compile(rf"({_HALF}){PROBABLE_BREAK}\n(?=({_HALF}(?:{PROBABLE_BREAK}\n{_HALF})*))")
_WORDS_IN_HALVES = re.compile(rf"{_HALF}(?:{PROBABLE_BREAK}\n{_HALF})+")
# Endings that are also words are shorter: `er`, `en`, `för`.
_SHORTEST_WORD_BY_ITSELF = 4
_ONE_OR_TWO_WORDS = "Det syns inte om radbytet delar ett ord eller står mellan två"


def with_whole_words(blocks: Iterable[Block], known: Iterable[str]) -> Iterator[Block]:
    """Join the words in the cells of the blocks' tables; ``known`` are texts whose words may be broken here."""
    kept = list(blocks)
    texts = (_WORDS_IN_HALVES.sub(" ", text) for text in (*known, *_texts(kept)))
    words = {word.lower() for text in texts for word in _WORD.findall(text)}
    for block in kept:
        if isinstance(block, Grid):
            yield _joined_grid(block, words)
        else:
            yield replace(block, text=_settled(block.text, words))


def _texts(blocks: list[Block]) -> Iterator[str]:
    """All lines of the report; words at line ends may be halves, but halves don't form a whole by chance."""
    for block in blocks:
        texts = (
            [block.text] if isinstance(block, TextBlock) else [cell.text for row in block.rows for cell in row.cells]
        )
        yield from texts


def _joined_grid(grid: Grid, words: set[str]) -> Grid:
    rows = (replace(row, cells=tuple(_joined_cell(cell, words) for cell in row.cells)) for row in grid.rows)
    return replace(grid, rows=tuple(rows))


def _joined_cell(cell: PrintedCell, words: set[str]) -> PrintedCell:
    """A cell with whole words; doubtful if a part of an unknown one is a word, or if it has three parts."""
    joined = replace(cell, text=_joined(_settled(cell.text, words), words))
    breaks = list(_HALVES.finditer(cell.text))
    is_open = any(_is_one_or_two(match[1].lower(), _begun(match[2], words), words) for match in breaks)
    is_open |= any(PROBABLE_BREAK in match[2] and _whole(match) not in words for match in breaks)
    parted = one_line(cell.text.replace(PROBABLE_BREAK, ""))
    return replace(joined, doubt=_ONE_OR_TWO_WORDS, alternatives=(parted,)) if is_open else joined


def _settled(text: str, words: set[str]) -> str:
    """Decide for each probable break whether it is within a word or between two words."""

    def settled(match: re.Match[str]) -> str:
        before, after = match[1].lower(), _begun(match[2], words)
        is_after_word = before in words or is_figure_header(before)
        is_word = after in words and (is_after_word or len(after) >= _SHORTEST_WORD_BY_ITSELF)
        return match[1] + ("\n" if is_word and before + after not in words else "")

    return _HALVES.sub(settled, text)


def _begun(halves: str, words: set[str]) -> str:
    """The word after a break: the known one that its next pieces form, or else the first piece."""
    pieces = halves.lower().split(f"{PROBABLE_BREAK}\n")
    wholes = ("".join(pieces[:count]) for count in range(1, len(pieces) + 1))
    return next((whole for whole in wholes if whole in words), pieces[0])


def _whole(broken: re.Match[str]) -> str:
    """Join all pieces of a word."""
    return (broken[1] + broken[2]).lower().replace(f"{PROBABLE_BREAK}\n", "")


def _is_one_or_two(before: str, after: str, words: set[str]) -> bool:
    """Whether the whole is unknown, and one of its parts alone is a word by itself."""
    if len(after) < _SHORTEST_WORD_BY_ITSELF or before + after in words:
        return False
    return (before in words) != (after in words)


def _joined(text: str, words: set[str]) -> str:
    """Join the lines that form a known word; three pieces are tried before two."""
    lines = text.split("\n")
    joined = lines[0]
    number = 1
    while number < len(lines):
        pieces = next((pieces for pieces in (2, 1) if _is_broken(joined, lines[number : number + pieces], words)), 0)
        joined += "".join(lines[number : number + pieces]) if pieces else "\n" + lines[number]
        number += max(pieces, 1)
    return joined


def _is_broken(before: str, lines: list[str], words: set[str]) -> bool:
    begun, rest = _LAST.search(before), _FIRST.match("".join(lines))
    if not begun or not rest or len(rest[0]) <= len("".join(lines[:-1])):
        return False
    whole = begun[0] + rest[0]
    return len(whole) >= _SHORTEST and whole.lower() in words
