"""Columns that are differences of two others, rows that are sums of rows above: doubts figures that break them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import permutations
from typing import Literal

from ingest.document import Doubt, Table
from ingest.reading.vocabulary.print import number
from ingest.reading.vocabulary.row_words import is_of_which, is_sum

TableDoubts = dict[tuple[int, int], Doubt]
Values = tuple[Decimal | None, ...]

_DIFFERENCE = re.compile(r"avv|diff|förändr|\+/-", re.IGNORECASE)
_LEAST_ROWS = 3
_NEARLY_ALL = 0.75
_WIDEST = 14
# No printed sum adds up more rows.
_MOST_PARTS = 500
_NO_DIFFERENCE = "Talen stämmer inte med skillnaden mellan kolumnerna, som gör det på tabellens andra rader"
_NO_SUM = "Summan stämmer inte med raderna ovanför, som den gör i tabellens andra kolumner"


@dataclass(frozen=True)
class Difference:
    """Column ``whole`` is column ``first`` less column ``second``; columns are counted from 0."""

    whole: int
    first: int
    second: int

    @property
    def columns(self) -> frozenset[int]:
        """The three columns, whichever is the difference of the others."""
        return frozenset((self.whole, self.first, self.second))

    @property
    def distance(self) -> int:
        """The distance between the outermost of the three columns."""
        return max(self.columns) - min(self.columns)

    def left_over(self, values: Values) -> Decimal | None:
        """How much the row's figures deviate beyond rounding (0 if they agree); None if two are missing.

        A blank counts as zero: a row without a budget deviates by its whole cost.
        """
        cells = [values[place] for place in (self.whole, self.first, self.second)]
        if sum(cell is None for cell in cells) > 1:
            return None
        whole, first, second = (cell or Decimal(0) for cell in cells)
        rest = first - second - whole
        return rest if abs(rest) > _rounding(cells) else Decimal(0)

    def is_shown_by(self, values: Values) -> bool:
        """Whether a row can show the difference: no figure is missing, and not all are as small as the rounding."""
        whole, first, second = values[self.whole], values[self.first], values[self.second]
        if whole is None or first is None or second is None:
            return False
        rounding = _rounding((whole, first, second))
        return abs(whole) > rounding and abs(first) > rounding and abs(second) > rounding


def doubts_of_differences(table: Table) -> TableDoubts:
    """Mark the figures of a row that breaks a difference, except those that a sum confirms."""
    rows = [tuple(map(number, row.cells)) for row in table.rows]
    vouched = {place for block in _blocks_that_sum(table) for place in block.vouched}
    doubts: TableDoubts = {}
    for difference in _differences(table, rows):
        for row_no, values in enumerate(rows, 1):
            if not difference.left_over(values):
                continue
            places = [(row_no, place + 1) for place in (difference.whole, difference.first, difference.second)]
            blanks = [place for place in places if values[place[1] - 1] is None]
            if blanks and _may_be_pushed(difference, values):
                blanks = []
            suspects = blanks or [place for place in places if place not in vouched] or places[:1]
            for place in suspects:
                doubts[place] = Doubt(_NO_DIFFERENCE, _alternative(difference, values, place[1] - 1))
    return doubts


def _may_be_pushed(difference: Difference, values: Values) -> bool:
    """Whether the difference would hold if a blank cell had pushed the later figures one column to the right."""
    ways = ((*values[:place], None, *values[place:-1]) for place in range(len(values)) if values[-1] is None)
    return any(difference.is_shown_by(way) and not difference.left_over(way) for way in ways)


def doubts_of_sums(table: Table, doubted: TableDoubts) -> TableDoubts:
    """Mark the sum of a column that doesn't add up if the same rows do in most other columns.

    If one of the parts is already among the ``doubted`` places, it explains the sum.
    """
    return {
        (block.row_no, column + 1): Doubt(_NO_SUM, (_printed(block.parts[column]),))
        for block in _blocks_that_sum(table)
        for column in block.broken
        if not any((row_no, column + 1) in doubted for row_no in block.part_rows)
    }


def _alternative(difference: Difference, values: Values, place: int) -> tuple[str, ...]:
    whole, first, second = (values[at] or Decimal(0) for at in (difference.whole, difference.first, difference.second))
    expected = {difference.whole: first - second, difference.first: whole + second, difference.second: first - whole}
    return (_printed(expected[place]),)


def _differences(table: Table, rows: Sequence[Values]) -> list[Difference]:
    """The differences that almost all rows satisfy, one for each column that is one.

    Any of three columns may be seen as the difference of the others: the one whose header says so is chosen. If one
    column may be several differences, the one with the most rows and the nearest columns is chosen.
    """
    found: list[tuple[tuple[int, bool, int], Difference]] = []
    places = range(len(table.columns) if len(table.columns) <= _WIDEST else 0)
    for difference in (Difference(*chosen) for chosen in permutations(places, 3)):
        evidence = [values for values in rows if difference.is_shown_by(values)]
        agreeing = sum(difference.left_over(values) == 0 for values in evidence)
        if agreeing >= _LEAST_ROWS and agreeing >= _NEARLY_ALL * len(evidence):
            is_headed = _DIFFERENCE.search(table.columns[difference.whole].header) is not None
            found.append(((agreeing, is_headed, -difference.distance), difference))
    chosen: list[Difference] = []
    for _, difference in sorted(found, key=lambda ranked: ranked[0], reverse=True):
        if all(difference.whole != other.whole and len(difference.columns & other.columns) < 2 for other in chosen):
            chosen.append(difference)
    return chosen


@dataclass(frozen=True)
class Block:
    """A sum row and the rows that add up to it in most columns."""

    row_no: int
    part_rows: tuple[int, ...]
    parts: dict[int, Decimal]
    holding: tuple[int, ...]
    broken: tuple[int, ...]

    @property
    def vouched(self) -> Iterator[tuple[int, int]]:
        """The places (row_no, col_no) of the figures that the sums confirm."""
        for column in self.holding:
            yield from ((row_no, column + 1) for row_no in (*self.part_rows, self.row_no))


def _blocks_that_sum(table: Table) -> Iterator[Block]:
    rows = [tuple(map(number, row.cells)) for row in table.rows]
    free = [at for at, row in enumerate(table.rows) if not is_of_which(row.label)]
    sums = [at for at in free if is_sum(table.rows[at].label)]
    headings = [at for at, row in enumerate(table.rows) if not any(row.cells)]
    for place, row in enumerate(table.rows):
        if place >= 2 and is_sum(row.label):
            above = (found[: bisect_left(found, place)] for found in (free, sums, headings))
            fits = (_block(rows, place, parts) for parts in _possible_parts(*above))
            likely = [block for block in fits if len(block.holding) > 1 and len(block.holding) > len(block.broken)]
            if likely:
                yield max(likely, key=lambda block: len(block.holding))


def _possible_parts(free: list[int], sums: list[int], headings: list[int]) -> Iterator[Sequence[int]]:
    """Which rows a sum row may add up: all since the previous sum, since a heading, or all that are not sums.

    The rows above it are known by number: those that may be ``free`` parts, and of all the sums and the headings.
    """
    all_sums = set(sums)
    for start in {0, *(at + 1 for at in (*sums[-1:], *headings[-1:]))}:
        parts = free[bisect_left(free, start) :]
        if len(parts) <= _MOST_PARTS:
            yield parts
            yield [at for at in parts if at not in all_sums]
    if 1 < len(sums) <= _MOST_PARTS:
        yield sums


def _block(rows: Sequence[Values], place: int, parts: Sequence[int]) -> Block:
    totals: dict[int, Decimal] = {}
    holding: list[int] = []
    broken: list[int] = []
    for column, total in enumerate(rows[place]):
        figures = [rows[part][column] for part in parts]
        said = [figure for figure in figures if figure is not None]
        if total is None or len(said) < 2 or not any(said):
            continue
        totals[column] = sum(said, Decimal(0))
        holds = abs(totals[column] - total) <= _rounding((*said, total))
        (holding if holds else broken).append(column)
    return Block(place + 1, tuple(part + 1 for part in parts), totals, tuple(holding), tuple(broken))


def _rounding(values: Sequence[Decimal | None]) -> Decimal:
    """The largest rounding error of separately rounded figures: half a unit of each one's last digit."""
    return sum((_half_a_unit(value.as_tuple().exponent) for value in values if value is not None), Decimal(0))


@cache
def _half_a_unit(exponent: int | Literal["n", "N", "F"]) -> Decimal:
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) / 2


def _printed(value: Decimal) -> str:
    return f"{value:,}".replace(",", " ").replace(".", ",")
