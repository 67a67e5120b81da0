"""Finds the figures printed on a page and says what each looks like, without knowing what the reader made of them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import count

from ingest.reading.blocks import PrintedPage, PrintedWords
from ingest.reading.page_furniture import is_page_number, running_lines
from ingest.reading.vocabulary.periods import MONTH, YEAR
from ingest.reading.vocabulary.print import DASHES, UNIT_OF_FIGURE, has_leaders

# Words further apart than this many letters are not of one sentence, or one cell.
_WIDE = 1.25
# Figures that differ by less than this many letters are below each other.
_ALIGNED = 0.5
# Rows with figures are this many lines apart at most: their labels may have several.
_LINES_BETWEEN = 3
_LEAST_WORDS = 4
_LINES_AT_EDGE = 3
_LEAST_CONTENTS = 4
_WORD = re.compile(r"[^\W\d_]{2,}")
_SIGNS = rf"[<>≤≥=±+(\[~*{''.join(DASHES)}]"
_DATED = rf"""
    {YEAR}[-–]\d\d[-–]\d\d | \d{{1,2}}[./]\d{{1,2}}[./](?:{YEAR}|\d\d) | \d{{1,2}}/\d{{1,2}}(?:[ -]{YEAR})?
    | (?:\d{{1,2}}(?:[ ]?[-–][ ]?\d{{1,2}})?[ ])?{MONTH}\.?[ ]{YEAR} | \d{{1,2}}(?::e|:a)?[ ]{MONTH}\b
    | {YEAR}[/:]\d+ | {YEAR}(?:[ ]?[-–/][ ]?(?:{YEAR}|\d\d))? | (?:kl\.?|klockan)[ ]\d{{1,2}}[.:]\d\d
"""
_NUMBERED = r"""
    (?:(?<=^)|(?<=[ ]{2}))(?:\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2})+\.?)(?=\s[^\W\d_]|\s\s|$) | §+[ ]?\d+ | \d+[ ]?§
    | \b0\d{1,3}[ ]?[-–/][ ]?\d{2,3}(?:[ ]\d{2,3})* | \b\d{3}[ ]\d\d(?=[ ][A-ZÅÄÖ]) | \b\d{6}-\d{4}\b
"""
_PRINTED = re.compile(
    rf"""(?P<numbering>(?<![\w.,/])(?:{_DATED}|{_NUMBERED})(?![\w,]))
    | (?<![\w/.,:])(?P<figure>\d{{1,3}}(?:[ ]\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)*)(?![^\W\d_](?<!kr|st|tk|mn))""",
    re.IGNORECASE | re.VERBOSE,
)
_NAME_WITH_NUMBER = re.compile(r"[^\W\d_]+\.?:? \d{1,2}[:.]?", re.IGNORECASE)
_FREE_BEFORE = re.compile(rf"(?:^|  |[\d%‰)*{''.join(DASHES)}]|\b{UNIT_OF_FIGURE}) ?{_SIGNS}* ?$")
_FREE_AFTER = re.compile(rf" ?{UNIT_OF_FIGURE}?[)*]*(?:$|  | ?{_SIGNS}* ?\d| [{''.join(DASHES)}](?: |$))")


class Look(Enum):
    """What a figure looks like from its place on the page."""

    TABULAR = "in line with the figures above or below, or one of several in a row"
    NUMBERING = "a date, a page number or the number of a heading"
    TEXT = "in a line of running text"
    ALONE = "none of these"


@dataclass
class PrintedFigure:
    """A figure as printed, without spaces; ``line`` is the number of its line on the page."""

    digits: str
    line: int
    x0: float
    x1: float
    is_free: bool
    is_embedded: bool
    look: Look


@dataclass
class _Line:
    text: str
    figures: list[PrintedFigure]

    @property
    def words(self) -> int:
        return len(_WORD.findall(self.text))


def digits_of(text: str) -> list[str]:
    """The figures in a text of one cell."""
    return [_closed_up(match[0]) for match in _PRINTED.finditer(text)]


def printed_figures(pages: Sequence[PrintedPage]) -> list[list[PrintedFigure]]:
    """The figures of each page in lines from top to bottom."""
    lines = [[_line(words, number, page.letter) for number, words in enumerate(page.lines)] for page in pages]
    _mark_furniture(lines)
    for page, printed in zip(pages, lines, strict=True):
        _mark_tabular(printed, page.letter)
        _mark_contents(printed, len(pages))
        _mark_text(printed)
    return [[figure for line in page for figure in line.figures] for page in lines]


def _line(words: Sequence[PrintedWords], number: int, letter: float) -> _Line:
    text, places = _text_and_places(words, letter)
    is_name = _NAME_WITH_NUMBER.fullmatch(text) is not None
    figures = []
    for match in _PRINTED.finditer(text):
        is_numbering = match["numbering"] is not None or is_name
        before = _FREE_BEFORE.search(text, 0, match.start()) is not None
        after = _FREE_AFTER.match(text, match.end()) is not None
        figures.append(
            PrintedFigure(
                _closed_up(match[0]),
                number,
                _place(places, match.start()),
                _place(places, match.end()),
                is_free=before and after,
                is_embedded=not before and not after,
                look=Look.NUMBERING if is_numbering else Look.ALONE,
            )
        )
    return _Line(text, figures)


def _text_and_places(words: Sequence[PrintedWords], letter: float) -> tuple[str, list[tuple[int, int, PrintedWords]]]:
    """The text of a line with two spaces at each wide gap, and where in it each of the words is."""
    text = ""
    places: list[tuple[int, int, PrintedWords]] = []
    end = None
    for printed in words:
        if end is not None:
            text += "  " if printed.x0 - end > _WIDE * letter else " "
        places.append((len(text), len(text) + len(printed.text), printed))
        text += printed.text
        end = printed.x1
    return text, places


def _place(places: Sequence[tuple[int, int, PrintedWords]], at: int) -> float:
    """How far from the left a character of a line begins."""
    first, last, words = next(place for place in places if at <= place[1])
    return words.x0 + (words.x1 - words.x0) * max(at - first, 0) / max(last - first, 1)


def _closed_up(text: str) -> str:
    return "".join(text.split())


def _mark_furniture(pages: Sequence[Sequence[_Line]]) -> None:
    """Mark page numbers, and what is repeated at the edges of pages."""
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
        if place in running or len(on_pages[line.text]) > 2 or is_page_number(line.text) or line.text.isdigit():
            _mark(line.figures, Look.NUMBERING)


def _mark(figures: Sequence[PrintedFigure], look: Look) -> None:
    for figure in figures:
        figure.look = look


def _mark_tabular(lines: Sequence[_Line], letter: float) -> None:
    """Mark the figures that are below each other and the lines with several free ones."""
    for column in _columns(lines, letter):
        if any(figure.is_free or lines[figure.line].words < _LEAST_WORDS for figure in column):
            _mark(column, Look.TABULAR)
    for line in lines:
        found = [figure for figure in _unmarked(line) if not figure.is_embedded]
        if len(found) > 1 and any(figure.is_free for figure in found):
            _mark(found, Look.TABULAR)


def _unmarked(line: _Line) -> list[PrintedFigure]:
    return [figure for figure in line.figures if figure.look is not Look.NUMBERING]


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
    for edge, place in enumerate((figure.x0, (figure.x0 + figure.x1) / 2, figure.x1)):
        yield edge, round(place / (_ALIGNED * letter))


def _mark_contents(lines: Sequence[_Line], pages: int) -> None:
    """Mark the page numbers of a table of contents: behind leaders, or the last of their lines and rising."""
    rising: list[PrintedFigure] = []
    for line in lines:
        if has_leaders(line.text):
            _mark(line.figures, Look.NUMBERING)
        last = line.figures[-1] if line.figures and line.text.endswith(line.figures[-1].digits) else None
        is_page = last is not None and last.digits.isdecimal() and int(last.digits) <= pages and line.words > 0
        if last is not None and is_page and (not rising or int(last.digits) >= int(rising[-1].digits)):
            rising.append(last)
            continue
        _mark_if_contents(rising)
        rising = [last] if last is not None and is_page else []
    _mark_if_contents(rising)


def _mark_if_contents(figures: Sequence[PrintedFigure]) -> None:
    if len(figures) >= _LEAST_CONTENTS and len({figure.digits for figure in figures}) > len(figures) / 2:
        _mark(figures, Look.NUMBERING)


def _mark_text(lines: Sequence[_Line]) -> None:
    """Mark what is left in lines of running text, and in the lines that end them."""
    is_text = False
    for line in lines:
        is_text = line.words >= _LEAST_WORDS or (is_text and 0 < line.words)
        if is_text:
            _mark([figure for figure in line.figures if figure.look is Look.ALONE], Look.TEXT)
