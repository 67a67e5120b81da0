"""Joins the words of an untagged PDF page to lines, and cuts lines at the gaps between columns."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from ingest.reading.blocks import PROBABLE_BREAK
from ingest.reading.sources.printed_words import Word
from ingest.reading.vocabulary.column_headers import is_figure_header
from ingest.reading.vocabulary.periods import is_day, is_period, is_year
from ingest.reading.vocabulary.print import (
    DASH,
    DASHES,
    GROUPED,
    OPERATOR_WORD,
    RAISED_DIGIT,
    has_share,
    is_value,
    raised,
)
from ingest.reading.vocabulary.row_words import is_connective

_MARKS_AFTER = re.compile(rf"(?:[*)]|{RAISED_DIGIT})+$")
_WORD_OF_TARGET = re.compile(rf"{OPERATOR_WORD} (?=\d)", re.IGNORECASE)
# The month and day of a date whose year is on the line above; days that end a month are not ages.
_REST_OF_DATE = re.compile(r"0\d-\d\d|1[0-2]-(?:28|29|30|31)")
_REST_OF_WORD = re.compile(r"[a-zåäö]+[,;:.)]?")
_WHOLE_NUMBER = re.compile(r"\S*\d(?:,\d+%?|%)")
_THOUSANDS = re.compile(rf"{DASH}?\s?{GROUPED}")
_NO_THOUSANDS = re.compile(rf"{DASH}?\d{{1,2}}")
# No range (`70 – 100`) has more words than this.
_RANGE_WORDS = 3


@dataclass(frozen=True)
class Segment:
    """Words of a line with at most a space between them: a cell or part of one."""

    words: tuple[Word, ...]

    @property
    def x0(self) -> float:
        """The left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """The right edge."""
        return self.words[-1].x1

    @cached_property
    def text(self) -> str:
        """The words with a space between them; a raised mark follows its word directly."""
        return text_of(self.words)

    @cached_property
    def is_figure(self) -> bool:
        """Whether it is what data rows hold: a number, a date, a mark, or a dash for none."""
        if is_value(self.text) or has_share(self.text):
            return True
        text = _WORD_OF_TARGET.sub("", _MARKS_AFTER.sub("", self.text))
        if _REST_OF_DATE.fullmatch(text):
            return False
        return is_value(text) or is_day(text)

    @property
    def is_year(self) -> bool:
        """Whether it is a year alone, which is a header as often as a value."""
        return is_year(self.text)


@dataclass(frozen=True)
class Line:
    """A printed line, cut into segments."""

    segments: tuple[Segment, ...]
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """The vertical centre of the line."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """The horizontal centre of the line."""
        return (self.segments[0].x0 + self.segments[-1].x1) / 2

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All words from left to right."""
        return tuple(word for segment in self.segments for word in segment.words)

    @cached_property
    def text(self) -> str:
        """The text of the whole line."""
        return text_of(self.words)

    @cached_property
    def size(self) -> float:
        """The height of its largest letters."""
        return max(word.size for word in self.words)

    @cached_property
    def figures(self) -> tuple[Segment, ...]:
        """The segments that are figures, except years and dates among headers: ``Mått 2024-08-31 2025-08-31 Diff``."""
        beside = [segment.text for segment in self.segments[1:]]
        headers = [text for text in beside if not is_period(text)]
        if 0 < len(headers) < len(beside) and all(map(is_figure_header, headers)):
            return ()
        return tuple(segment for segment in self.segments if segment.is_figure and not segment.is_year)


def lines_of(words: Iterable[Word], gap: float) -> list[Line]:
    """Lines from top to bottom; ``gap`` is the widest space, in letter heights, between words of one cell."""
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
    """Join the words of one line."""
    text = ""
    before: Word | None = None
    for word in words:
        if before is not None and _is_raised(before, word):
            text += raised(word.text)
            continue
        text += (" " if before is not None and word.x0 - before.x1 > 0.1 * word.size else "") + word.text
        before = word
    return text


def text_of_lines(lines: Sequence[tuple[Word, ...]]) -> str:
    """Join the lines of one cell, marking where a line's last word may continue on the next."""
    text = text_of(lines[0]) if lines else ""
    for above, line in pairwise(lines):
        text += (PROBABLE_BREAK if _breaks_word(above, line) else "") + "\n" + text_of(line)
    return text


def _breaks_word(above: tuple[Word, ...], line: tuple[Word, ...]) -> bool:
    """Whether a line ends without a space and the next, at the same left edge, begins like the rest of a word."""
    has_one_edge = abs(above[0].x0 - line[0].x0) < 0.1 * line[0].size
    return has_one_edge and above[-1].may_be_half and may_go_on(above[-1].text, line[0].text)


def may_go_on(word: str, following: str) -> bool:
    """Whether a word may be broken before the next line's first one: lower-case letters that are not a word alone."""
    if is_connective(word) or is_connective(following):
        return False
    return word[-1].isalpha() and _REST_OF_WORD.fullmatch(following) is not None


def banded(lines: list[Line]) -> list[list[Line]]:
    """Group lines that overlap in height: cells of one row that are centred beside taller ones."""
    bands: list[list[Line]] = []
    for line in lines:
        if bands and line.middle - bands[-1][-1].middle < 0.85 * line.size:
            bands[-1].append(line)
        else:
            bands.append([line])
    return bands


def merged(band: list[Line]) -> Line:
    """The lines of a band as one line."""
    segments = sorted((segment for line in band for segment in line.segments), key=lambda segment: segment.x0)
    return Line(tuple(segments), min(line.top for line in band), max(line.bottom for line in band))


def _middle(row: list[Word]) -> float:
    largest = max(row, key=lambda word: word.size)
    return largest.middle


def _line(words: list[Word], gap: float) -> Line:
    segments: list[list[Word]] = []
    for word in words:
        if segments and segments[-1][-1].is_joined_to(word, gap):
            segments[-1].append(word)
        else:
            segments.append([word])
    parts = [part for segment in segments for part in _parted_by_signs(segment)]
    return Line(
        tuple(Segment(tuple(part)) for part in parts),
        min(word.top for word in words),
        max(word.bottom for word in words),
    )


def _parted_by_signs(words: list[Word]) -> list[list[Word]]:
    """Cut before a sign, and after decimals or a percent sign, since the next cell begins there.

    Also cut where a number of one or two digits follows thousands, which it can't continue (``10 398 13 818``).
    """
    if not all(any(map(str.isdigit, word.text)) or word.text in DASHES for word in words):
        return [words]
    parts = [words[:1]]
    for before, word in pairwise(words):
        is_signed = len(words) > _RANGE_WORDS and word.text.startswith(DASHES)
        is_next = _NO_THOUSANDS.fullmatch(word.text) and _THOUSANDS.fullmatch(text_of(parts[-1]))
        if is_signed or is_next or (_WHOLE_NUMBER.fullmatch(before.text) and word.text not in DASHES):
            parts.append([])
        parts[-1].append(word)
    return parts


def _is_raised(before: Word, word: Word) -> bool:
    return word.size < 0.8 * before.size and word.middle < before.middle and word.x0 - before.x1 < 0.2 * before.size
