"""Strikes the balance of each page: of the figures printed there, those in tables, in text, and those left over."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from ingest.document import Doubt, PageBalance, Row, Table
from ingest.reading.balance.printed_figures import (
    Look,
    PrintedFigure,
    closed_up,
    figures_of,
    groups_of,
    printed_figures,
)
from ingest.reading.blocks import PrintedPage

# A table that is on a page has this share of its figures there.
_FOUND = 0.8
_PAGES_AHEAD = 200
# A sheet is at most so many pages wide.
_PAGES_ACROSS = 4
# A label is looked for by its first letters, which are on one line.
_LETTERS_OF_LABEL = 12
_NO_LETTERS = re.compile(r"[\W\d_]+")
# A raised mark after a figure may be read as one or two of its digits.
_LONGEST_MARK = 2
# So many figures that went nowhere may be a table, or a part of one.
_LEAST_LOST = 2

# The looks of the figures that a table may have, the likeliest first.
_BY_LIKELIHOOD = (Look.TABULAR, Look.ALONE, Look.NUMBERING, Look.TEXT, Look.FURNITURE)

Places = Mapping[tuple[int, int, int], Doubt]


def struck_balance(
    pages: Sequence[PrintedPage], tables: Sequence[Table], doubts: Places, pictures: Iterable[int] = ()
) -> tuple[PageBalance, ...]:
    """The balance of every page with a figure or a picture that may be a table, in printed order."""
    printed = printed_figures(pages)
    taken = _taken_by_tables(pages, printed, tables, doubts)
    shown = Counter(pictures)
    balances = (
        _balance(page, figures, entry, shown[page.number or 0])
        for page, figures, entry in zip(pages, printed, taken, strict=True)
    )
    return tuple(balance for balance in balances if balance.printed or balance.tables or balance.pictures)


class _Taken:
    """The figures that tables, and doubts about them, say they have from a page."""

    def __init__(self, page: PrintedPage, figures: Sequence[PrintedFigure]) -> None:
        self.page = page
        self.left = Counter(group for figure in figures for group in figure.groups)
        self.in_tables: list[str] = []
        self.in_doubts: list[str] = []
        self.tables = 0

    @cached_property
    def letters(self) -> str:
        """The letters of the page, without spaces and signs, which differ between print and table."""
        return "".join(_letters(words.text) for line in self.page.lines for words in line)

    def holds(self, groups: Counter[str]) -> int:
        """How many groups of digits are printed on the page and not yet taken."""
        return sum(max(min(count, self.left[group]), 0) for group, count in groups.items())

    def begins(self, label: str) -> bool:
        """Whether a row's label begins on the page."""
        return _letters(label)[:_LETTERS_OF_LABEL] in self.letters

    def take(self, digits: Sequence[str]) -> None:
        self.in_tables += digits
        self.left.subtract(_all_groups(digits))


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text)


def _all_groups(figures: Iterable[str]) -> Counter[str]:
    return Counter(group for figure in figures for group in groups_of(figure))


def _taken_by_tables(
    pages: Sequence[PrintedPage],
    printed: Sequence[Sequence[PrintedFigure]],
    tables: Sequence[Table],
    doubts: Places,
) -> list[_Taken]:
    """What tables take from each page; a table goes on to the next page where its next rows are printed there."""
    taken = [_Taken(page, figures) for page, figures in zip(pages, printed, strict=True)]
    at = 0
    for table in tables if pages else ():
        header, *rows = list(_rows(table))
        at = _first_page(table, [header, *rows], pages, taken, at)
        taken[at].tables += 1
        taken[at].take(header)
        for row, digits in zip(table.rows, rows, strict=True):
            if _is_across(digits, taken[at : at + _PAGES_ACROSS]):
                _take_across(digits, taken[at : at + _PAGES_ACROSS])
                continue
            if at + 1 < len(taken) and _is_on_next(row, digits, *taken[at : at + 2]):
                at += 1
                if taken[at].holds(_all_groups(header)) == _all_groups(header).total():
                    taken[at].take(header)
            taken[at].take(digits)
        taken[at].in_doubts += _doubted(table, doubts)
    return taken


def _is_across(digits: Sequence[str], pages: Sequence[_Taken]) -> bool:
    """Whether a row's figures are on several pages, because the sheet is wider than a page; none has nearly all."""
    groups = _all_groups(digits)
    held = [page.holds(groups) for page in pages]
    return held[0] > 0 and max(held) < _FOUND * groups.total() <= sum(held)


def _take_across(digits: Sequence[str], pages: Sequence[_Taken]) -> None:
    """Each page gives the figures that it has; what none has is the first page's."""
    left = list(digits)
    for page in pages:
        here = [figure for figure in left if page.holds(_all_groups([figure])) == len(groups_of(figure))]
        page.take(here)
        left = [figure for figure in left if figure not in here]
    pages[0].take(left)


def _is_on_next(row: Row, digits: Sequence[str], this: _Taken, following: _Taken) -> bool:
    """Whether the next page has more of a row's figures, or as many and its label."""
    groups = _all_groups(digits)
    here, there = this.holds(groups), following.holds(groups)
    return there > here or (0 < there == here and following.begins(row.label) and not this.begins(row.label))


def _rows(table: Table) -> Iterator[list[str]]:
    headers = dict.fromkeys((table.label_header, *(column.header for column in table.columns)))
    yield [digits for text in headers for digits in figures_of(text)]
    for row in table.rows:
        yield [digits for text in (row.label, *row.cells) for digits in figures_of(text)]


def _doubted(table: Table, doubts: Places) -> Iterator[str]:
    """The figures of lines that a doubt about the table's rows names."""
    for row_no in range(len(table.rows) + 1):
        doubt = doubts.get((table.table_no, row_no, 0))
        for text in doubt.alternatives if doubt else ():
            yield from figures_of(text)


def _first_page(
    table: Table, rows: Sequence[Sequence[str]], pages: Sequence[PrintedPage], taken: Sequence[_Taken], at: int
) -> int:
    """The page that a table begins on: as the source says, else the next one that has nearly all of its figures."""
    for place, page in enumerate(pages):
        is_there = page.number is not None and page.number == table.page
        line = table.source_line
        if is_there or (line and page.first_line and page.last_line and page.first_line <= line <= page.last_line):
            return place
    groups = _all_groups(digits for row in rows for digits in row)
    best, most = at, -1
    for place in range(at, min(at + _PAGES_AHEAD, len(pages))):
        found = taken[place].holds(groups)
        if found > most:
            best, most = place, found
        if most >= _FOUND * groups.total():
            break
    return best


def _balance(page: PrintedPage, figures: Sequence[PrintedFigure], taken: _Taken, pictures: int) -> PageBalance:
    ordered = _most_likely_first(figures, Counter(map(closed_up, taken.in_tables)))
    left = _without(ordered, taken.in_tables)
    unnamed = _without(left, taken.in_doubts)
    looks = Counter(figure.look for figure in unnamed)
    lost = [figure for figure in unnamed if figure.look in (Look.TABULAR, Look.ALONE)]
    return PageBalance(
        place=page.place,
        tables=taken.tables,
        pictures=pictures,
        printed=len(figures),
        in_tables=len(figures) - len(left),
        in_text=looks[Look.TEXT],
        in_dates=looks[Look.NUMBERING] + looks[Look.FURNITURE],
        in_doubts=len(left) - len(unnamed),
        unaccounted=len(lost),
        is_open=sum(_LEAST_LOST if figure.is_glued else 1 for figure in lost) >= _LEAST_LOST,
    )


def _most_likely_first(figures: Sequence[PrintedFigure], in_tables: Counter[str]) -> list[PrintedFigure]:
    """The figures in the order in which tables may have taken them: rows that they have whole, then other figures."""
    of_line: dict[int, list[bool]] = {}
    for figure in figures:
        of_line.setdefault(figure.line, []).append(figure.digits in in_tables)
    shares = {line: sum(found) / len(found) for line, found in of_line.items()}
    ranks = {look: rank for rank, look in enumerate(_BY_LIKELIHOOD)}
    return sorted(figures, key=lambda figure: (ranks[figure.look], -shares[figure.line]))


def _without(figures: Sequence[PrintedFigure], taken: Sequence[str]) -> list[PrintedFigure]:
    """The figures that are not among those taken, also if they were taken in parts or without a raised mark.

    Those in rows and columns come first, so that no figure in a text is taken for one of theirs.
    """
    whole, groups = Counter(map(closed_up, taken)), _all_groups(taken)
    left = list(figures)
    for looks in (_BY_LIKELIHOOD[:2], _BY_LIKELIHOOD[2:]):
        for is_taken in (_taken_whole, _taken_in_parts, _taken_without_mark):
            left = [figure for figure in left if figure.look not in looks or not is_taken(figure, whole, groups)]
    return left


def _taken_whole(figure: PrintedFigure, whole: Counter[str], groups: Counter[str]) -> bool:
    if not whole[figure.digits] or not _take(groups, figure.groups):
        return False
    whole[figure.digits] -= 1
    return True


def _taken_in_parts(figure: PrintedFigure, _: Counter[str], groups: Counter[str]) -> bool:
    return _take(groups, figure.groups)


def _taken_without_mark(figure: PrintedFigure, _: Counter[str], groups: Counter[str]) -> bool:
    *others, last = figure.groups
    marks = range(1, min(_LONGEST_MARK + 1, len(last)))
    return any(_take(groups, [*others, last[:-length]]) for length in marks)


def _take(available: Counter[str], wanted: Sequence[str]) -> bool:
    needed = Counter(wanted)
    if any(available[group] < count for group, count in needed.items()):
        return False
    available.subtract(needed)
    return True
