"""Finds the figures printed on a page and says what each looks like, without knowing what the reader made of them."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import count, pairwise

from ingest.reading.blocks import PrintedPage, PrintedWords
from ingest.reading.page_furniture import is_page_number, running_lines
from ingest.reading.vocabulary.periods import MONTH, YEAR
from ingest.reading.vocabulary.print import DASHES, RAISED_DIGIT, UNIT_OF_FIGURE, has_leaders

# Words further apart than this many letters are not of one sentence, or one cell.
_WIDE = 1.25
# In one line no space is wider than another by more than this.
_STRETCHED = 1.6
_WIDEST_SPACE = 3.0
# Figures that differ by less than this many letters are below each other.
_ALIGNED = 0.5
# Signs and a unit between a figure and the word before it have no more letters.
_SIGNS_BEFORE = 12
# Rows with figures are this many lines apart at most: their labels may have several.
_LINES_BETWEEN = 3
_LEAST_WORDS = 4
_LINES_AT_EDGE = 3
_LEAST_CONTENTS = 4
# More groups of digits in a row are probably several figures.
_GROUPS_OF_ONE = 2
# Some pages carry no number.
_LONGEST_STEP = 4
_DIGIT, _RAISED = re.compile(r"\d"), re.compile(RAISED_DIGIT)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SIGNS = rf"[{''.join(DASHES)}<>≤≥=±+(\[~*]"
_DATED = rf"""
    {YEAR}[-–]\d\d[-–]\d\d | \d{{1,2}}[./]\d{{1,2}}[./](?:{YEAR}|\d\d) | \d{{1,2}}/\d{{1,2}}(?:[ -]{YEAR})?
    | (?:\d{{1,2}}(?:[ ]?[-–][ ]?\d{{1,2}})?[ ])?{MONTH}\.?[ ]{YEAR} | \d{{1,2}}(?::e|:a)?[ ]{MONTH}\b
    | \d{{4}}[-–](?:\d{{4}}|{MONTH}) | {YEAR}(?:0[1-9]|1[0-2]) | {YEAR}[/:]\d+ | {YEAR}(?:[ ]?[-–/][ ]?(?:{YEAR}|\d\d))?
    | (?<=\bden[ ])\d{{1,2}} | (?:kl\.?|klockan)[ ]\d{{1,2}}[.:]\d\d
"""
_DAY = re.compile(rf"{YEAR}[-–]\d\d[-–]\d\d")
_NUMBERED = r"""
    (?:(?<=^)|(?<=[ ]{2}))(?:\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2})+\.?)(?=\s[^\W\d_]|\s\s|$) | §+[ ]?\d+ | \d+[ ]?§
    | (?<=^)\d{1,2}(?=[ ]{1,2}(?-i:[A-ZÅÄÖ])) | \b(?:nr\.?|box)[ ]\d+
    | \b(?:mål|not|tabell|figur|bilaga|kapitel|avsnitt)[ ]\d{1,2}(?=[ ,.;:)]|$)(?![ ]?%)
    | \b0\d{1,3}[ ]?[-–/][ ]?\d{2,3}(?:[ ]\d{2,3})* | \b\d{3}[ ]\d\d(?=[ ](?-i:[A-ZÅÄÖ])) | \b\d{6}-\d{4}\b
"""
_NUMBER = r"(?:\d{1,3}(?:[ ]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)*)"
_PRINTED = re.compile(
    rf"""(?P<numbering>(?<![\w.,/])(?:{_DATED}|{_NUMBERED})(?!\w|,\d))
    | (?<![\w/.,:)])(?P<figure>(?<![-–]){_NUMBER}[-–]{_NUMBER}(?![-–,\d])|{_NUMBER})(?!(?!{UNIT_OF_FIGURE})[^\W\d_])""",
    re.IGNORECASE | re.VERBOSE,
)
_CONTACT = re.compile(r"\w@\w+\.\w|\bwww\.\w", re.IGNORECASE)
_PAGE = re.compile(r"(?:sid(?:a|an)?|page)\b.*|\D*\b\d{1,3} ?\(\d{1,3}\)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\d{1,4}")
_CONTENTS = re.compile(r"(?:innehåll|innehållsförteckning|contents)\b.{0,3}", re.IGNORECASE)
_NAME_WITH_NUMBER = re.compile(r"[^\W\d_]+\.?:? \d{1,2}[:.]?", re.IGNORECASE)
_FREE_BEFORE = re.compile(
    rf"(?:^|  |[\d%‰)*]|(?:^| )(?:[{''.join(DASHES)}] |[<>≤≥=])|\b{UNIT_OF_FIGURE}) ?{_SIGNS}* ?$"
)
_NAME_BEFORE, _NAME_AFTER = re.compile(r"(?<![^\W_])[A-ZÅÄÖ][a-zåäö]+ $"), re.compile(r" [A-ZÅÄÖ][a-zåäö]+")
# An earlier outcome that is printed beside a row or under it, in brackets: ``(utfall 2023: 36)``.
_EARLIER = re.compile(rf"\((?:utfall|bokslut|budget|prognos|mål|resultat) {YEAR} ?[:,=]? ?{_SIGNS}?$", re.IGNORECASE)
_LONGEST_EARLIER = 20
_LONGEST_NAME = 30
_UNIT = re.compile(rf" ?{UNIT_OF_FIGURE}?\)?")
_BETWEEN = re.compile(r"[ %‰]+[<>≤≥=±+]* ?")
_FREE_AFTER = re.compile(rf" ?{UNIT_OF_FIGURE}?[)*]*(?:$|  | ?{_SIGNS}* ?\d| [{''.join(DASHES)}](?: |$))")


class Look(Enum):
    """What a figure looks like from its place on the page."""

    TABULAR = "in line with the figures above or below, or one of several in a row"
    NUMBERING = "a date or the number of a heading"
    FURNITURE = "a page number, an address, or repeated at the edges of pages"
    TEXT = "in a line of running text"
    ALONE = "none of these"


@dataclass
class PrintedFigure:
    """A figure as printed: ``digits`` without spaces, and its ``groups`` of digits; ``line`` counts the page's lines.

    ``end`` is where its unit and bracket end. ``is_next`` says that only spaces and operators separate it from the one
    before.
    ``is_free`` says that no word is right before or after it, ``is_embedded`` that it is between two words, or that a
    line begins with it and goes on with a word. ``is_apart`` says that the words around it are not of one sentence.
    """

    digits: str
    groups: tuple[str, ...]
    line: int
    x0: float
    x1: float
    end: float
    is_next: bool
    is_free: bool
    is_embedded: bool
    is_apart: bool
    look: Look

    @property
    def is_glued(self) -> bool:
        """Whether these are probably several figures, with only a space between them."""
        return self.is_free and len(self.groups) > _GROUPS_OF_ONE


@dataclass
class _Line:
    text: str
    figures: list[PrintedFigure]

    @cached_property
    def words(self) -> int:
        return len(_WORD.findall(self.text))


def figures_of(text: str) -> list[str]:
    """The figures in a text of one cell, as printed."""
    return [match[0] for match in _PRINTED.finditer(text)]


def groups_of(figure: str) -> tuple[str, ...]:
    """The groups of digits in a figure: where a space parts both cells and thousands, only these are certain."""
    return tuple(re.findall(r"\d+", figure))


def printed_figures(pages: Sequence[PrintedPage]) -> list[list[PrintedFigure]]:
    """The figures of each page in lines from top to bottom."""
    lines = [[_line(words, number, page.letter) for number, words in enumerate(page.lines)] for page in pages]
    _mark_furniture(lines)
    _mark_page_numbers(lines)
    for page, printed in zip(pages, lines, strict=True):
        _mark_tabular(printed, page.letter)
        _mark_contents(printed)
        _mark_text(printed)
    return [[figure for line in page for figure in line.figures] for page in lines]


def _line(words: Sequence[PrintedWords], number: int, letter: float) -> _Line:
    text, places = _text_and_places(words, letter)
    if not _DIGIT.search(text):
        return _Line(text, [])
    is_name = _NAME_WITH_NUMBER.fullmatch(text) is not None
    figures: list[PrintedFigure] = []
    last = 0
    for match in _PRINTED.finditer(text):
        is_numbering = match["numbering"] is not None or is_name
        is_earlier = _EARLIER.search(text, max(match.start() - _LONGEST_EARLIER, 0), match.start()) is not None
        unit = _UNIT.match(text, match.end())
        before = _FREE_BEFORE.search(text, max(match.start() - _SIGNS_BEFORE, 0), match.start()) is not None
        after = _FREE_AFTER.match(text, match.end()) is not None
        figures.append(
            PrintedFigure(
                closed_up(match[0]),
                groups_of(match[0]),
                number,
                _place(places, match.start()),
                _place(places, match.end()),
                end=_place(places, unit.end() if unit else match.end()),
                is_next=bool(figures) and _BETWEEN.fullmatch(text, last, match.start()) is not None,
                is_free=before and after,
                is_embedded=not after and (not before or match.start() == 0),
                is_apart=_is_apart(text, match),
                look=Look.NUMBERING if is_numbering else Look.TABULAR if is_earlier else Look.ALONE,
            )
        )
        last = match.end()
    return _Line(text, figures)


def _is_apart(text: str, match: re.Match[str]) -> bool:
    """Whether a figure is between two capital words, or a day before one, as cells of words side by side are."""
    start = match.start()
    is_after = _DAY.fullmatch(match[0]) or _NAME_BEFORE.search(text, max(start - _LONGEST_NAME, 0), start)
    return is_after is not None and _NAME_AFTER.match(text, match.end()) is not None


def _text_and_places(words: Sequence[PrintedWords], letter: float) -> tuple[str, list[tuple[int, int, PrintedWords]]]:
    """The text of a line with two spaces at each wide gap, and where in it each of the words is."""
    text = ""
    places: list[tuple[int, int, PrintedWords]] = []
    wide = _wide_gap(words, letter)
    for number, printed in enumerate(words):
        if number:
            text += "  " if printed.x0 - words[number - 1].x1 > wide else " "
        places.append((len(text), len(text) + len(printed.text), printed))
        text += _RAISED.sub(" ", printed.text)
    return text, places


def _wide_gap(words: Sequence[PrintedWords], letter: float) -> float:
    """The least gap between cells; the spaces of a line that fills its column are stretched."""
    pairs = [(left, right) for left, right in pairwise(words) if _WORD.search(left.text) and _WORD.search(right.text)]
    space = min((right.x0 - left.x1 for left, right in pairs), default=0.0)
    return max(_WIDE * letter, _STRETCHED * space if space < _WIDEST_SPACE * letter else 0.0)


def _end(place: tuple[int, int, PrintedWords]) -> int:
    return place[1]


def _place(places: Sequence[tuple[int, int, PrintedWords]], at: int) -> float:
    """How far from the left a character of a line begins."""
    first, last, words = places[bisect_left(places, at, key=_end)]
    return words.x0 + (words.x1 - words.x0) * max(at - first, 0) / max(last - first, 1)


def closed_up(text: str) -> str:
    """A figure without its spaces."""
    return "".join(text.split())


def _mark_page_numbers(pages: Sequence[Sequence[_Line]]) -> None:
    """Mark the numbers alone on their lines that count the pages of a text."""
    reached = 0
    for line in (line for lines in pages for line in lines):
        if _PAGE_NUMBER.fullmatch(line.text) and line.figures:
            number = int(line.text)
            if reached < number <= reached + _LONGEST_STEP:
                reached = number
                _mark(line.figures, Look.FURNITURE)


def _mark_furniture(pages: Sequence[Sequence[_Line]]) -> None:
    """Mark page numbers, what is repeated at the edges of pages, and addresses."""
    edges = [
        (number, line)
        for number, lines in enumerate(pages)
        for line in {id(line): line for line in (*lines[:_LINES_AT_EDGE], *lines[-_LINES_AT_EDGE:])}.values()
    ]
    running = running_lines([line.text for _, line in edges], [number for number, _ in edges])
    on_pages: dict[str, set[int]] = defaultdict(set)
    for number, line in edges:
        on_pages[line.text].add(number)
    for place, (_, line) in enumerate(edges):
        text = " ".join(line.text.split())
        if place in running or len(on_pages[line.text]) > 2 or is_page_number(text) or text.isdigit():
            _mark(line.figures, Look.FURNITURE)
    for line in (line for lines in pages for line in lines if line.figures):
        if _CONTACT.search(line.text) or (_PAGE.fullmatch(line.text) and is_page_number(line.text)):
            _mark(line.figures, Look.FURNITURE)


def _mark(figures: Sequence[PrintedFigure], look: Look) -> None:
    for figure in figures:
        figure.look = look


def _mark_tabular(lines: Sequence[_Line], letter: float) -> None:
    """Mark the figures that are below each other and the lines with several free ones."""
    for column in _columns(lines, letter):
        if 2 * sum(figure.is_free or lines[figure.line].words < _LEAST_WORDS for figure in column) >= len(column):
            _mark(column, Look.TABULAR)
    for line in lines:
        found = [figure for figure in _unmarked(line) if not figure.is_embedded]
        is_glued = any(figure.is_glued for figure in found)
        if is_glued or (len(found) > 1 and any(figure.is_free or figure.is_next for figure in found)):
            _mark(found, Look.TABULAR)
    days = [day for line in lines for day in _days(line) if day.is_free or day.is_apart]
    if len(days) > 1:
        _mark(days, Look.TABULAR)


def _unmarked(line: _Line) -> list[PrintedFigure]:
    return [figure for figure in line.figures if figure.look not in (Look.NUMBERING, Look.FURNITURE)]


def _days(line: _Line) -> list[PrintedFigure]:
    return [figure for figure in line.figures if figure.look is Look.NUMBERING and _DAY.fullmatch(figure.digits)]


def _columns(lines: Sequence[_Line], letter: float) -> Iterator[list[PrintedFigure]]:
    """Yield the figures whose left or right edges or middles are below each other."""
    columns: dict[int, list[PrintedFigure]] = {}
    column_of: dict[int, int] = {}
    above: dict[tuple[int, int], PrintedFigure] = {}
    numbers = count()
    for line in lines:
        found = [figure for figure in _unmarked(line) if not figure.is_embedded]
        for figure in found:
            near = (above.get((edge, place + step)) for edge, place in _edges(figure, letter) for step in (-1, 0, 1))
            figures = [other for other in near if other and 0 < figure.line - other.line <= _LINES_BETWEEN]
            other = max(figures, key=lambda other: other.line, default=None)
            column = column_of[id(other)] if other else next(numbers)
            column_of[id(figure)] = column
            columns.setdefault(column, []).append(figure)
        for figure in found:
            above |= dict.fromkeys(_edges(figure, letter), figure)
    return (column for column in columns.values() if len(column) > 1)


def _edges(figure: PrintedFigure, letter: float) -> Iterator[tuple[int, int]]:
    for edge, place in enumerate((figure.x0, (figure.x0 + figure.end) / 2, figure.x1, figure.end)):
        yield edge, round(place / (_ALIGNED * letter))


def _mark_contents(lines: Sequence[_Line]) -> None:
    """Mark the page numbers of a table of contents: behind leaders, or below its heading and rising."""
    rising: list[PrintedFigure] | None = None
    for line in lines:
        if line.figures and has_leaders(line.text):
            _mark(line.figures, Look.NUMBERING)
        if _CONTENTS.fullmatch(line.text.strip()):
            rising = []
        last = line.figures[-1] if line.figures and _PAGE_NUMBER.fullmatch(line.figures[-1].digits) else None
        if rising is None or last is None or not line.text.endswith(last.digits):
            continue
        if not rising or int(last.digits) >= int(rising[-1].digits):
            rising.append(last)
    if rising is not None and len(rising) >= _LEAST_CONTENTS:
        _mark(rising, Look.NUMBERING)


def _mark_text(lines: Sequence[_Line]) -> None:
    """Mark what is left in lines of running text, and in the lines that end them."""
    is_text = False
    for line in lines:
        is_text = line.words >= _LEAST_WORDS or (is_text and line.words > 0)
        if is_text:
            said = [figure for figure in line.figures if figure.look is Look.ALONE and not figure.is_apart]
            _mark(said, Look.TEXT)
