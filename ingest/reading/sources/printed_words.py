"""The words of an untagged PDF page, and how far the spaces written after them reach."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from pdfplumber.page import Page
from pdfplumber.utils.text import extract_words

from ingest.reading.vocabulary.print import DASH, printed_letters

_GLUED_SIGN = re.compile(rf"(.*\d%?)({DASH})")
# The height, in points, of the strips that spaces are looked up by.
_STRIP = 4.0
# Words this close, in letter heights, are a space apart.
_A_SPACE = 0.35
# The share of such gaps that hold a written space if the page's program writes spaces.
_WRITES_SPACES = 0.3
# Pieces of one word in letters of different sizes are this close.
_TOUCHES = 0.2
# Text is upright if it is turned by less than this share of its size; computed matrices carry a rounding error.
_NOISE = 0.001
# A letter printed again at less than this share of its width or height away is the same letter in fake bold.
_REPRINTED = 0.35

Char = dict[str, Any]


@dataclass(frozen=True)
class Word:
    """A word with its box in points from the page's upper left corner.

    ``has_space`` says whether a space is written after it; None if the page's program writes none. ``may_be_half`` is
    set if the program writes the space at a line break and none is written here. ``doubt`` and ``alternatives``
    belong to the cell that it is part of.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    has_space: bool | None = None
    may_be_half: bool = False
    doubt: str = ""
    alternatives: tuple[str, ...] = ()

    @property
    def middle(self) -> float:
        """The vertical centre of the word."""
        return (self.top + self.bottom) / 2

    def is_joined_to(self, following: "Word", gap: float) -> bool:
        """Whether the next word on the line is in the same cell: a space away, and a written one if any are written.

        ``gap`` is the widest space, in letter heights. A raised mark follows its word directly.
        """
        apart = (following.x0 - self.x1) / max(self.size, following.size)
        return apart <= gap and (self.has_space is not False or apart < _TOUCHES)


def page_words(page: Page) -> list[Word]:
    """The upright words of a page; digits smaller and higher than the word before them become a raised mark."""
    chars = list(_printed_once(_levelled(page.chars)))
    found = extract_words(chars, x_tolerance_ratio=0.2, y_tolerance=2, extra_attrs=["size", "upright"])
    words = [_word(word) for word in found if word["upright"] and word["text"].strip()]
    return [part for word in _with_spaces(words, chars) for part in _without_glued_sign(word)]


def _levelled(chars: Iterable[Char]) -> Iterator[Char]:
    """The characters, those turned by no more than a rounding error marked as upright."""
    for char in chars:
        a, b, c, d = char["matrix"][:4]
        is_level = a > 0 and d > 0 and max(abs(b), abs(c)) < _NOISE * a
        yield {**char, "upright": True} if is_level and not char["upright"] else char


def _printed_once(chars: Iterable[Char]) -> Iterator[Char]:
    """The characters without those printed twice in nearly the same place, which makes them look bold."""
    printed: dict[tuple[str, int], list[Char]] = defaultdict(list)
    for char in chars:
        strip = _strip(char)
        near = (other for offset in (-1, 0, 1) for other in printed[char["text"], strip + offset])
        if not any(_is_reprint(char, other) for other in near):
            printed[char["text"], strip].append(char)
            yield char


def _is_reprint(char: Char, other: Char) -> bool:
    near_x, near_y = _REPRINTED * (other["x1"] - other["x0"]), _REPRINTED * (other["bottom"] - other["top"])
    return bool(abs(char["x0"] - other["x0"]) < near_x and abs(char["top"] - other["top"]) < near_y)


def _word(found: dict[str, Any]) -> Word:
    text = printed_letters(" ".join(str(found["text"]).split()))
    return Word(text, found["x0"], found["x1"], found["top"], found["bottom"], found["size"])


def _with_spaces(words: list[Word], chars: Iterable[Char]) -> list[Word]:
    """The words with what is known of the spaces after them, if the page's program writes spaces."""
    strips: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for char in chars:
        if char["text"].isspace():
            strips[_strip(char)].append(char)
    measured = [replace(word, has_space=_is_followed(word, strips)) for word in words]
    near = [left.has_space for left, right in pairwise(measured) if _is_space_apart(left, right)]
    if sum(map(bool, near)) <= _WRITES_SPACES * len(near):
        return words
    ends = (left for left, right in pairwise(measured) if right.x0 < left.x1)
    writes_at_ends = any(word.has_space for word in ends)
    return [replace(word, may_be_half=writes_at_ends and not word.has_space) for word in measured]


def _strip(box: dict[str, Any]) -> int:
    return round(float(box["top"] + box["bottom"]) / 2 / _STRIP)


def _is_followed(word: Word, strips: dict[int, list[dict[str, Any]]]) -> bool:
    strip = round(word.middle / _STRIP)
    near = 0.15 * word.size
    spaces: Iterable[dict[str, Any]] = (space for offset in (-1, 0, 1) for space in strips.get(strip + offset, ()))
    return any(abs(space["x0"] - word.x1) < near and space["x1"] > word.x1 for space in spaces)


def _is_space_apart(left: Word, right: Word) -> bool:
    return abs(left.middle - right.middle) < 0.2 * left.size and 0 < right.x0 - left.x1 < _A_SPACE * left.size


def _without_glued_sign(word: Word) -> Iterator[Word]:
    """Split ``454-`` into a number and the sign of the next one, where columns are close."""
    match = _GLUED_SIGN.fullmatch(word.text)
    if match is None:
        yield word
        return
    edge = word.x1 - 0.3 * word.size
    yield replace(word, text=match[1], x1=edge, has_space=None)
    yield replace(word, text=match[2], x0=edge)
