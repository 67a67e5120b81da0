"""Cells unlike the rest of their column: two numbers in one, a figure cut in two, words among figures."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from statistics import median

from ingest.document import Doubt, Table
from ingest.reading.checks.arithmetic import TableDoubts
from ingest.reading.vocabulary.periods import is_period
from ingest.reading.vocabulary.print import DASH, NUMBER, SIGN, is_figure, is_value, number

_MIXED = re.compile(rf"([^\W\d]{{0,2}}(?:{DASH}|[≤≥<>=])?\s?\d[\d\s.,]*%?)\s[^\W\d]{{2,}}")
_NUMBERS_ONLY = re.compile(rf"(?:{DASH}|[+±≤≥<>=%\d\s.,*()])+")
_RANGE = re.compile(rf"{DASH}?\s?\d[\d ]*(?:,\d+)?\s?{DASH}\s?\d[\d ]*(?:,\d+)?")
_NUMBER = re.compile(rf"{SIGN}?\s?{NUMBER}%?")
_DECIMALS = re.compile(r",(\d+)")
_LOST_ZERO = re.compile(rf"({DASH}?\s?)(,\d+)")
_LAST_GROUP = re.compile(r"\d{3}")
_FIRST_GROUP = re.compile(rf"{DASH}?\s?\d{{1,3}}|{DASH}")
_PUSHED_REASON = "En annan cell på raden kan hålla två tal: talen kan stå en kolumn fel"
_LEAST_TO_COMPARE = 3
# So many rows, and such a share of those that are filled, have a number cut in two by no chance.
_LEAST_CUT, _MOST_OF = 4, 0.9
# No municipality's amounts have this many digits, in kronor.
_MORE_THAN_A_BUDGET = 12
_OTHER_SIZE = 30
_MIXED_REASON = "Siffror och ord står i samma cell"
_SEVERAL_REASON = "Cellen håller mer än ett tal, eller ett tal som inte är delat i tusental"
_RANGE_REASON = "Cellen kan vara två tal: kolumnens andra celler är inga intervall"
_DECIMAL_REASON = "Talet har fler decimaler än tabellens andra; den sista siffran kan vara en fotnot"
_ZERO_REASON = "Nollan före kommat saknas: texten kan ha förlorat fler nollor"
_CUT_REASON = "Två celler kan vara ett tal, som delats vid tusentalen"


def doubts_of_shapes(table: Table) -> TableDoubts:
    """The cells that hold several numbers, and those that are out of place in a column of figures."""
    doubts: TableDoubts = {}
    for place in range(len(table.columns)):
        cells = [row.cells[place] for row in table.rows]
        column = _Column(cells) if sum(map(is_value, cells)) * 2 > sum(map(bool, cells)) else None
        for row_no, (cell, row) in enumerate(zip(cells, table.rows, strict=True), 1):
            doubt = _of_several(cell)
            if doubt is None and column is not None:
                doubt = _of_strange(cell, column, (*row.cells[:place], *row.cells[place + 1 :]))
            if doubt is not None:
                doubts[row_no, place + 1] = doubt
    return dict(_cut_figures(table)) | dict(_pushed_aside(table, doubts)) | doubts


class _Column:
    """What is usual in a column of figures: how many are ranges, and how many decimals they have."""

    def __init__(self, cells: Sequence[str]) -> None:
        self.ranges = sum(_RANGE.fullmatch(cell) is not None for cell in cells)
        self.decimals = Counter(_decimals(cells))


def _decimals(cells: Iterable[str]) -> Iterator[int]:
    """How many decimals the cells have, of those that have any."""
    return (len(match[1]) for match in map(_DECIMALS.search, cells) if match)


def _of_several(cell: str) -> Doubt | None:
    digits = len(re.findall(r"\d", cell))
    is_one = is_period(cell) or (is_figure(cell) and digits < _MORE_THAN_A_BUDGET)
    if not _NUMBERS_ONLY.fullmatch(cell) or digits < 2 or is_one:
        return None
    numbers = _several(cell)
    return None if all(map(is_period, numbers)) else Doubt(_SEVERAL_REASON, numbers)


def _of_strange(cell: str, column: _Column, beside: Iterable[str]) -> Doubt | None:
    lost = _LOST_ZERO.fullmatch(cell)
    if lost:
        return Doubt(_ZERO_REASON, (f"{lost[1]}0{lost[2]}",))
    mixed = _MIXED.match(cell)
    if mixed and not is_value(cell):
        return Doubt(_MIXED_REASON, (mixed[1].strip(),))
    if _RANGE.fullmatch(cell) and not is_period(cell) and column.ranges == 1:
        return Doubt(_RANGE_REASON, tuple(text.strip() for text in _NUMBER.findall(cell)))
    own = _DECIMALS.search(cell)
    if own:
        others = column.decimals + Counter(_decimals(beside)) - Counter([len(own[1])])
        if others.total() >= _LEAST_TO_COMPARE and len(others) == 1 and len(own[1]) > max(others):
            return Doubt(_DECIMAL_REASON, (cell.replace(own[0], own[0][: max(others) + 1]),))
    return None


def _several(cell: str) -> tuple[str, ...]:
    """The numbers in a cell, and the one that they form together."""
    numbers = tuple(text.strip() for text in _NUMBER.findall(cell))
    together = re.sub(r"(?<=\d)\s+(?=\d)", "", cell)
    is_likely = is_figure(together) and not any(" " in text for text in numbers)
    return (*numbers, together) if is_likely else numbers


def _pushed_aside(table: Table, doubts: TableDoubts) -> Iterator[tuple[tuple[int, int], Doubt]]:
    """The other cells of a row where one may hold two numbers and another is blank: they may be one column off."""
    for (row_no, _), doubt in doubts.items():
        cells = table.rows[row_no - 1].cells
        if doubt.reason in (_SEVERAL_REASON, _RANGE_REASON) and not all(cells):
            for col_no in range(1, len(cells) + 1):
                yield (row_no, col_no), Doubt(_PUSHED_REASON)


def _cut_figures(table: Table) -> Iterator[tuple[tuple[int, int], Doubt]]:
    """Neighbours that are far smaller than the row's other figures, and of similar size when read as one.

    A figure like ``024`` is the end of one by itself, and so are then the others of its column.
    """
    cut = [
        (row_no, place, row.cells[place : place + 2])
        for row_no, row in enumerate(table.rows, 1)
        for place in range(len(row.cells) - 1)
        if _FIRST_GROUP.fullmatch(row.cells[place]) and _LAST_GROUP.fullmatch(row.cells[place + 1])
    ]
    proven = {place for _, place, (_, right) in cut if right.startswith("0")}
    counts = Counter(place for _, place, _ in cut)
    proven |= {place for place, count in counts.items() if _are_most(table, place, count)}
    pairs = {row_no: [place for _, place, _ in found] for row_no, found in groupby(cut, key=itemgetter(0))}
    sizes = _SizesOfColumns(table)
    for row_no, place, parts in cut:
        joined = " ".join(parts)
        row = table.rows[row_no - 1].cells
        if len(pairs[row_no]) > 1 and pairs[row_no] == list(range(0, len(table.columns), 2)):
            # If the whole row may be cut, only the columns show it, and the first part is the odd one.
            is_cut = _is_of_size(joined, parts[:1], sizes.of_others(row, (place,)))
        else:
            # The row's other figures are comparable, or else the two columns' other figures.
            beside = _sizes((*row[:place], *row[place + 2 :]))
            is_cut = _is_of_size(joined, parts, beside or sizes.of_others(row, (place, place + 1)))
        if place in proven or is_cut:
            for col_no in (place + 1, place + 2):
                yield (row_no, col_no), Doubt(_CUT_REASON, (joined,))


def _are_most(table: Table, place: int, cut: int) -> bool:
    """Whether nearly all of several rows have the two parts of a number in a column and the next."""
    filled = sum(all(row.cells[place : place + 2]) for row in table.rows)
    return cut >= _LEAST_CUT and cut >= _MOST_OF * filled


class _SizesOfColumns:
    """The sizes of the figures of a table's columns, in order."""

    def __init__(self, table: Table) -> None:
        self.cells = [[row.cells[place] for row in table.rows] for place in range(len(table.columns))]
        self.ordered: dict[tuple[int, ...], list[float]] = {}

    def of_others(self, row: Sequence[str], places: tuple[int, ...]) -> list[float]:
        """The sizes of some columns' figures, without those of a row."""
        if places not in self.ordered:
            self.ordered[places] = sorted(_sizes([cell for place in places for cell in self.cells[place]]))
        others = list(self.ordered[places])
        for own in _sizes([row[place] for place in places]):
            others.pop(bisect_left(others, own))
        return others


def _is_of_size(joined: str, parts: Sequence[str], others: Sequence[float]) -> bool:
    whole = _sizes([joined])
    if not others or not whole:
        return False
    usual = median(others)
    return max(_sizes(parts), default=0) * _OTHER_SIZE < usual and whole[0] * 10 > usual > whole[0] / 10


def _sizes(cells: Sequence[str]) -> list[float]:
    return [float(abs(value)) for value in map(number, cells) if value]
