"""The words of an untagged PDF page, put together to lines, and lines cut where print leaves a column's gap."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from pdfplumber.page import Page

from ingest.reading.sources.superscripts import raised

_FIGURE = re.compile(
    r"(?:[-−–+±<>≤≥=*(]|ca\.? |ung\.? )*\s*\d[\d\s.,]*(?:\s*(?:%|tkr|mnkr|mkr|kr|st))?[*)¹²³⁴⁵⁶⁷⁸⁹]*|[-–−]"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Word:
    """A word with its box in points from the page's upper left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """Where the word's height has its middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Segment:
    """Words of one line with no more than a space between them: one cell, or a part of one."""

    words: tuple[Word, ...]

    @property
    def x0(self) -> float:
        """The left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """The right edge."""
        return self.words[-1].x1

    @property
    def text(self) -> str:
        """The words with a space between them; a raised mark stands right after its word."""
        return text_of(self.words)

    @property
    def is_figure(self) -> bool:
        """Whether it is a printed number, or the dash that stands for none."""
        return _FIGURE.fullmatch(self.text) is not None

    @property
    def is_year(self) -> bool:
        """Whether it is a bare year, which heads a column as often as it fills one."""
        return _YEAR.fullmatch(self.text) is not None


@dataclass(frozen=True)
class Line:
    """A line of print, cut into segments."""

    segments: tuple[Segment, ...]
    top: float
    bottom: float

    @property
    def words(self) -> tuple[Word, ...]:
        """All words from left to right."""
        return tuple(word for segment in self.segments for word in segment.words)

    @property
    def text(self) -> str:
        """The whole line."""
        return text_of(self.words)

    @property
    def size(self) -> float:
        """The height of its largest letters."""
        return max(word.size for word in self.words)

    @property
    def figures(self) -> tuple[Segment, ...]:
        """The segments that are figures and no years."""
        return tuple(segment for segment in self.segments if segment.is_figure and not segment.is_year)


def page_words(page: Page) -> list[Word]:
    """The upright words of a page; digits smaller and higher than the word before them become a raised mark."""
    found = page.extract_words(x_tolerance_ratio=0.2, y_tolerance=2, extra_attrs=["size", "upright"])
    return [_word(word) for word in found if word["upright"] and word["text"].strip()]


def lines_of(words: Iterable[Word], gap: float) -> list[Line]:
    """Lines from top to bottom; ``gap`` is the widest space, in letter heights, that still parts words of one cell."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.middle):
        if rows and word.middle - _middle(rows[-1]) < 0.4 * max(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_line(sorted(row, key=lambda word: word.x0), gap) for row in rows]


def widest_space(words: list[Word]) -> float:
    """The widest gap, in letter heights, that is still a space between words on this page."""
    gaps = [
        (right.x0 - left.x1) / max(left.size, 1)
        for left, right in pairwise(words)
        if abs(left.middle - right.middle) < 0.2 * left.size and right.x0 >= left.x1
    ]
    spaces = [space for space in gaps if space < 1]
    return max(0.45, 1.7 * median(spaces)) if spaces else 0.45


def text_of(words: Iterable[Word]) -> str:
    """Words of one line as text."""
    text = ""
    before: Word | None = None
    for word in words:
        if before is not None and _is_raised(before, word):
            text += raised(word.text)
            continue
        text += (" " if before is not None and word.x0 - before.x1 > 0.1 * word.size else "") + word.text
        before = word
    return text


def _word(found: dict[str, Any]) -> Word:
    text = " ".join(str(found["text"]).split())
    return Word(text, found["x0"], found["x1"], found["top"], found["bottom"], found["size"])


def _middle(row: list[Word]) -> float:
    largest = max(row, key=lambda word: word.size)
    return largest.middle


def _line(words: list[Word], gap: float) -> Line:
    segments: list[list[Word]] = []
    for word in words:
        if segments and word.x0 - segments[-1][-1].x1 <= gap * max(word.size, segments[-1][-1].size):
            segments[-1].append(word)
        else:
            segments.append([word])
    return Line(
        tuple(Segment(tuple(segment)) for segment in segments),
        min(word.top for word in words),
        max(word.bottom for word in words),
    )


def _is_raised(before: Word, word: Word) -> bool:
    return word.size < 0.8 * before.size and word.middle < before.middle and word.x0 - before.x1 < 0.2 * before.size
