"""Splits a page's text into lines of pieces, and finds where on a line the figures begin."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

from ingest.reading.page_furniture import is_page_number, running_lines
from ingest.reading.vocabulary.periods import DAY, YEAR
from ingest.reading.vocabulary.print import (
    ARROW,
    DASH,
    DASHES,
    MARK,
    NO_FIGURE,
    OPERATOR,
    OPERATOR_WORD,
    RAISED_DIGIT,
    SIGN,
    UNIT_OF_AMOUNT,
    has_leaders,
    is_caption,
)
from ingest.reading.vocabulary.text_pieces import JOINED, is_worded, pieces_of

# Joined to a number: its unit, a share, of how many it is a rank.
_AFTER = rf"{JOINED}{UNIT_OF_AMOUNT}|:-|{JOINED}\({SIGN}?\d{{1,3}}(?:,\d+)?{JOINED}?%\)|{JOINED}av{JOINED}\d{{2,3}}"
_VALUE = re.compile(
    rf"(?:{OPERATOR})?{SIGN}?\d+(?:[.,]\d+)*(?:{DASH}(?:\d+(?:[.,]\d+)*)?)?(?:%|{_AFTER})?\*{{0,3}}{RAISED_DIGIT}?"
    rf"|{DAY}|\(\d[\d.,{JOINED}]*%?\)|{NO_FIGURE}|{ARROW}|%-enheter|{OPERATOR_WORD}|{SIGN}|{OPERATOR}|%\*?|{MARK}"
)
_FIGURE = re.compile(
    rf"(?:{OPERATOR})?{SIGN}?\d+(?:(?:[.,]|{DASH})\d+)*(?:%|{DASH}|{_AFTER})?\*{{0,3}}{RAISED_DIGIT}?"
    rf"|\(\d{{1,3}}(?:[.{JOINED}]\d{{3}})+(?:,\d+)?\)|\(\d+,\d+\)|{MARK}|{ARROW}"
)

_WORD = r"[^\W\d_]{2}"
# A page begins at most this many lines below the last line of the one before.
_LINES_TO_PAGE = 6
_TELEPHONE = re.compile(r"(?<!\S)0[1-9]\d{0,2}-\d{2,3}(?: \d\d)+\s*$")
# A line that repeats one grade this many times is a row without figures.
_GRADES_OF_A_ROW = 3
# Words that a number follows in a name.
_COUNTED = re.compile(r"(?:etapp|fas|årskurs|åk|nr|steg|version)\.?", re.IGNORECASE)
_CODE = re.compile(r"\(\d{3,6}\)")
# One such number may be a code or a note.
_IN_BRACKETS = re.compile(rf"\((?!{YEAR}\))\d+\)")
_YEARS = re.compile(rf"{YEAR}{DASH}{YEAR}")


@dataclass(frozen=True)
class Line:
    """A printed line; ``pieces`` are separated at single spaces, so that an extra space is an empty piece."""

    number: int
    raw: str
    is_page_start: bool = False
    is_subheading: bool = False

    @cached_property
    def text(self) -> str:
        """The line without outer and double spaces."""
        return " ".join(self.raw.split())

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """The pieces; the one space that ends each printed cell is not a piece."""
        return pieces_of(self.raw)

    @cached_property
    def figures_from(self) -> int:
        """Index of the first piece of the values that end the line; ``len(pieces)`` if it ends in words."""
        place = len(self.pieces)
        if has_leaders(self.raw) or _TELEPHONE.search(self.raw) or is_caption(self.text):
            return place
        while place and _may_be_value(self.pieces[place - 1]):
            place -= 1
        while place < len(self.pieces) and self.pieces[place].startswith("%"):
            place += 1
        place += self._given_to_name(place)
        values = self.pieces[place:]
        has_figure = any(_FIGURE.fullmatch(piece) and not _YEARS.fullmatch(piece) for piece in values)
        has_figure = has_figure or sum(bool(_IN_BRACKETS.fullmatch(piece)) for piece in values) > 1
        is_one_grade = len(values) >= _GRADES_OF_A_ROW and len(set(values)) == 1 and is_worded(values[0])
        # A dash before a single grade may be a list mark: `- Delvis uppfyllt`.
        is_graded = sum(map(is_worded, values)) > (not place) and any(value in DASHES for value in values)
        return place if has_figure or is_one_grade or is_graded else len(self.pieces)

    def _given_to_name(self, place: int) -> int:
        """How many of the values from ``place`` on end the name before them: ``etapp 2``, ``plan 2023-2026``."""
        if place == 0 or place + 1 >= len(self.pieces):
            return 0
        number, following = self.pieces[place : place + 2]
        is_alone = re.fullmatch(r"\d{1,2}", number) and not re.match(r"\d{3}", following)
        is_counted = is_alone and _COUNTED.fullmatch(self.pieces[place - 1])
        # In brackets beside figures without, it is the number of a project: `Nytt torg (6119) 2 400 2 350`.
        is_code = _CODE.fullmatch(number) and not any(piece.startswith("(") for piece in self.pieces[place + 1 :])
        return 1 if is_counted or is_code or _YEARS.fullmatch(number) else 0

    @property
    def run(self) -> tuple[str, ...]:
        """The values that end the line, with the gaps before and between them."""
        return self.pieces[self.figures_from :]

    @property
    def words(self) -> str:
        """The text left of the values."""
        return " ".join(filter(None, self.pieces[: self.figures_from])).replace(JOINED, " ")

    @property
    def has_figures(self) -> bool:
        """Whether the line ends in values."""
        return self.figures_from < len(self.pieces)

    @property
    def blanks_after(self) -> int:
        """How many blank cells the spaces at the end of a line of words leave room for."""
        return len(self.raw) - len(self.raw.rstrip(" ")) - 1


def _may_be_value(piece: str) -> bool:
    return not piece or _VALUE.fullmatch(piece) is not None or is_worded(piece)


def printed_lines(text: str) -> list[Line]:
    """The lines of a text without page numbers and repeated page footers, after which a page begins."""
    printed = [(number, _plain(raw), "\f" in raw) for number, raw in enumerate(text.split("\n"), 1)]
    feet = running_lines([" ".join(raw.split()) for _, raw, _ in printed]) | _repeated_feet(printed)
    feet |= _page_numbers([raw.strip() for _, raw, _ in printed], printed)
    lines: list[Line] = []
    is_page_start = False
    for place, (number, raw, has_form_feed) in enumerate(printed):
        if place in feet or is_page_number(" ".join(raw.split())):
            is_page_start = True
            continue
        # The space between two pages is not a cell of the next page's first line.
        own = re.sub(r"^ (?=\S)", "", raw) if is_page_start else raw
        lines.append(Line(number, own, is_page_start or has_form_feed))
        is_page_start = (is_page_start or has_form_feed) and not raw.strip()
    return lines


def _page_numbers(texts: Sequence[str], printed: Sequence[tuple[int, str, bool]]) -> set[int]:
    """Indexes of numbers alone before a page, and of consecutive numbers from one that lead to the next page."""
    numbers = [(place, int(text)) for place, text in enumerate(texts) if re.fullmatch(r"\d{1,4}", text)]
    sure = {place for place, _ in numbers if _is_before_page(printed[place + 1 :])}
    following: dict[int, float] = {}
    next_sure = inf
    for place, number in reversed(numbers):
        following[place] = next_sure
        next_sure = number if place in sure else next_sure
    pages: set[int] = set()
    last = 0
    for place, number in numbers:
        counts_on = number == last + 1 <= following[place]
        if place in sure or (counts_on and any(line.startswith(" ") for _, line, _ in printed[place + 1 : place + 2])):
            pages.add(place)
            last = number
    return pages


def _repeated_feet(printed: Sequence[tuple[int, str, bool]]) -> set[int]:
    """Indexes of the lines that end most pages verbatim; a space before a line may have other reasons."""
    ends = [
        place
        for place, (_, raw, _) in enumerate(printed)
        if re.search(_WORD, raw) and _is_before_page(_from_words(printed[place + 1 : place + _LINES_TO_PAGE]))
    ]
    times = Counter(printed[place][1].strip() for place in ends)
    return {place for place in ends if times[printed[place][1].strip()] > max(1, len(ends) / 2)}


def _from_words(rest: Sequence[tuple[int, str, bool]]) -> Sequence[tuple[int, str, bool]]:
    """The lines if the first printed one has words; indented figures follow a blank cell instead."""
    first = next((raw for _, raw, _ in rest if raw.strip()), "")
    return rest if re.search(_WORD, first) else ()


def _is_before_page(rest: Sequence[tuple[int, str, bool]]) -> bool:
    """Whether a line precedes a new page, which begins with a space or a form feed: a number alone is its number.

    A blank first cell leaves another space.
    """
    following = next(
        ((raw, has_form_feed) for _, raw, has_form_feed in rest if raw.strip() or has_form_feed), ("", False)
    )
    return following[1] or re.match(r" {1,2}\S", following[0]) is not None


def _plain(raw: str) -> str:
    return re.sub(r"[\u00a0\u2002-\u200a\u202f]", " ", raw.replace("\f", "").replace("\r", "").expandtabs(1))
