"""Decides which cell each digit of a row belongs to where single spaces separate both cells and thousands.

``5 598 214 4 5 644 -46`` under five headers can be split in three ways; only one satisfies 5 598 - 5 644 = -46. The
evidence, strongest first: the number of columns, columns that are the difference of two others, rows that are the sum
of rows above, blanks that leave a space, decimals, the magnitudes of the figures in a row and in a column.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, pairwise
from math import log10
from statistics import median

from ingest.reading.cells.splits import IGNORED_GAP, MISSING_CELL, Split, splits
from ingest.reading.vocabulary.print import DASH, number

PARTED_OTHERWISE = "Siffrorna kan delas mellan kolumnerna på flera sätt"
BLANKS_ELSEWHERE = "Det syns inte vilka av radens kolumner som är tomma"

_BROKEN_RELATION = 6.0
# Cost of reading a row with a figure missing, if another reading satisfies the relation.
_UNTOLD_RELATION = 1.5
_BROKEN_SUM = 6.0
_OTHER_DECIMALS = 1.0
_UNUSUAL_SIGN = 1.5
_APART = re.compile(rf"({DASH}) \d")
_SURE_MARGIN = 2.0
# At most this many ways to read a row are tested for a relation, fewer if there are many columns to relate.
_MOST_LIKELY_WAYS, _FEWER_WAYS = 40, 8
_FEW_COLUMNS = 8
_WIDEST_WITH_RELATIONS = 14


@dataclass(frozen=True)
class Settled:
    """The split that the evidence favours, and the others that it doesn't rule out."""

    split: Split
    others: tuple[Split, ...] = ()


@dataclass(frozen=True)
class Relation:
    """Column ``whole`` is column ``first`` less column ``second``."""

    whole: int
    first: int
    second: int

    def holds(self, values: Sequence[Decimal | None]) -> bool | None:
        """Whether it holds within rounding; None if a figure is missing."""
        whole, first, second = values[self.whole], values[self.first], values[self.second]
        if whole is None or first is None or second is None:
            return None
        difference = abs(first - second - whole)
        if difference > 1:
            return False
        finest = min(_exponent(whole), _exponent(first), _exponent(second))
        return difference <= Decimal(1).scaleb(finest)


def settle(
    runs: Sequence[Sequence[str]], width: int, sums: Sequence[bool] = (), may_lack: Sequence[int] = ()
) -> list[Settled | None]:
    """Split each row's pieces into ``width`` cells; None for a row that can't be split like that.

    A run is the text right of a label's words, split at single spaces, so each extra space is an empty piece.
    ``sums`` says which rows are named as sums of the rows above them, ``may_lack`` how many of a row's last cells may
    be blank without leaving a space.
    """
    ways = [splits(tuple(run), width, lack) for run, lack in zip(runs, may_lack or [0] * len(runs), strict=True)]
    return settle_ways(ways, width, sums or [False] * len(runs))


def settle_ways(ways: list[list[Split]], width: int, sums: Sequence[bool]) -> list[Settled | None]:
    """Choose among the ways in which each row can be split into ``width`` cells."""
    ways = _weighed_by_signs(_weighed_by_decimals(ways))
    relations = _relations(ways, width)
    ways = [_weighed(row, [_against(split, relations) for split in row]) for row in ways]
    ways = _weighed_by_size(ways, relations)
    ways = _weighed_by_sums(ways, sums)
    return [_settled(row) for row in ways]


def total_cost(settled: Sequence[Settled | None]) -> float:
    """How badly rows fit the number of columns that they were split into."""
    return sum(MISSING_CELL * 3 if row is None else row.split.cost for row in settled)


def differences(settled: Sequence[Settled | None]) -> int:
    """How many columns are the difference of two others in almost all rows."""
    ways = [[row.split] for row in settled if row is not None]
    return len(_relations(ways, len(ways[0][0].cells))) if ways else 0


def _settled(row: list[Split]) -> Settled | None:
    if not row:
        return None
    ranked = sorted(row, key=lambda split: split.cost)
    best = ranked[0]
    others = [split for split in ranked[1:] if split.cost < best.cost + _SURE_MARGIN and split.cells != best.cells]
    return Settled(best, tuple(others[:3]))


def _weighed_by_decimals(ways: list[list[Split]]) -> list[list[Split]]:
    """Add a cost to splits that put whole numbers under decimals, or decimals under whole numbers."""
    sure = [row[0] for row in ways if len(row) == 1]
    if not sure:
        return ways
    decimals: list[set[bool]] = [
        {"," in cell for cell in column if number(cell)}
        for column in zip(*(split.cells for split in sure), strict=True)
    ]

    def strange(split: Split) -> float:
        pairs = zip(split.cells, decimals, strict=True)
        return _OTHER_DECIMALS * sum(number(cell) is not None and have == {"," not in cell} for cell, have in pairs)

    return [_weighed(row, [strange(split) for split in row]) for row in ways]


def _weighed_by_signs(ways: list[list[Split]]) -> list[list[Split]]:
    """If a sign is never certain to be separate from its number, prefer reading it as the dash of a missing figure."""
    signs = {sign for row in ways if row for sign in set.intersection(*(_signs_apart(split) for split in row))}

    def strange(split: Split) -> float:
        return _UNUSUAL_SIGN * sum(
            match is not None and match[1] not in signs for match in map(_APART.match, split.cells)
        )

    return [_weighed(row, [strange(split) for split in row]) for row in ways]


def _signs_apart(split: Split) -> set[str]:
    return {match[1] for match in map(_APART.match, split.cells) if match}


def _weighed(row: list[Split], costs: Sequence[float]) -> list[Split]:
    """Add costs to the ways to read a row; a cost that all of them share is left out."""
    least = min(costs, default=0.0)
    return [replace(split, cost=split.cost + cost - least) for split, cost in zip(row, costs, strict=True)]


def _relations(ways: list[list[Split]], width: int) -> list[Relation]:
    """The differences that almost all rows can satisfy."""
    found: list[tuple[int, Relation]] = []
    for whole in range(width if width <= _WIDEST_WITH_RELATIONS else 0):
        others = [place for place in range(width) if place != whole]
        for first, second in [*combinations(others, 2), *combinations(reversed(others), 2)]:
            relation = Relation(whole, first, second)
            telling, agreeing = _votes(relation, ways)
            if telling >= 2 and agreeing >= max(2, 0.7 * telling):
                found.append((agreeing, relation))
    found.sort(key=lambda vote: -vote[0])
    chosen: list[Relation] = []
    for _, relation in found:
        if all(relation.whole != other.whole for other in chosen) and not any(
            {relation.whole, relation.first, relation.second} == {other.whole, other.first, other.second}
            for other in chosen
        ):
            chosen.append(relation)
    return chosen


def _votes(relation: Relation, ways: list[list[Split]]) -> tuple[int, int]:
    """The number of rows that can show the relation, and of those that do: rows of zeros are no evidence."""
    telling = agreeing = 0
    most = _MOST_LIKELY_WAYS if len(ways[0][0].cells if ways[0] else ()) <= _FEW_COLUMNS else _FEWER_WAYS
    for row in ways:
        least = min((split.cost for split in row), default=0.0)
        likely = [split for split in row if split.cost <= least + IGNORED_GAP][:most]
        spoken = [split for split in likely if relation.holds(split.values) is not None]
        if not spoken or all(
            not any(split.values[place] for place in (relation.first, relation.second)) for split in spoken
        ):
            continue
        telling += 1
        agreeing += any(relation.holds(split.values) and split.values[relation.whole] for split in spoken)
    return telling, agreeing


def _against(split: Split, relations: Sequence[Relation]) -> float:
    cost = {False: _BROKEN_RELATION, None: _UNTOLD_RELATION, True: 0.0}
    return sum(cost[relation.holds(split.values)] for relation in relations)


def _weighed_by_size(ways: list[list[Split]], relations: Sequence[Relation]) -> list[list[Split]]:
    """Figures of one row are of similar size, except differences; so are a column's in rows with only one reading."""
    differences = {relation.whole for relation in relations}
    sure = [row[0] for row in ways if len(row) == 1]
    columns = [
        [_size(split.values[place]) for split in sure] for place in range(len(ways[0][0].cells) if ways[0] else 0)
    ]
    usual = [median(known) if (known := [size for size in column if size is not None]) else None for column in columns]
    return [_weighed(row, [_unevenness(split, differences) + _oddity(split, usual) for split in row]) for row in ways]


def _unevenness(split: Split, differences: set[int]) -> float:
    sizes = [_size(value) for place, value in enumerate(split.values) if place not in differences]
    known = [size for size in sizes if size]  # A zero fits any magnitude.
    steps = sum(abs(one - other) for one, other in pairwise(known))
    return min(steps * 0.6, 3.0)


def _oddity(split: Split, usual: Sequence[float | None]) -> float:
    pairs = zip((_size(value) for value in split.values), usual, strict=False)
    steps = [abs(size - common) for size, common in pairs if size is not None and common is not None]
    return min(sum(steps) * 0.2, 2.0)


def _size(value: Decimal | None) -> float | None:
    return None if value is None else log10(abs(value) + 1)


def _weighed_by_sums(ways: list[list[Split]], sums: Sequence[bool]) -> list[list[Split]]:
    """If a sum row and all its parts but one are settled, the sum decides how to read the remaining row."""
    weighed = list(ways)
    for place in (place for place, is_sum in enumerate(sums) if is_sum and place):
        start = max((other + 1 for other in range(place) if sums[other]), default=0)
        rows = range(start, place + 1)
        open_rows = [row for row in rows if len(_rivals(weighed[row])) > 1]
        if len(open_rows) != 1 or any(not weighed[row] for row in rows):
            continue
        asked = open_rows[0]
        weighed[asked] = [_weighed_by_sum(split, asked, rows, weighed) for split in weighed[asked]]
    return weighed


def _rivals(row: list[Split]) -> list[Split]:
    least = min((split.cost for split in row), default=0.0)
    return [split for split in row if split.cost < least + _SURE_MARGIN]


def _weighed_by_sum(split: Split, asked: int, rows: range, ways: list[list[Split]]) -> Split:
    chosen = [split if row == asked else min(ways[row], key=lambda other: other.cost) for row in rows]
    *parts, total = [row.values for row in chosen]
    fitting = [
        value is not None and abs(sum((part[place] or Decimal(0)) for part in parts) - value) <= 1
        for place, value in enumerate(total)
        if value
    ]
    return split if fitting and sum(fitting) * 2 > len(fitting) else replace(split, cost=split.cost + _BROKEN_SUM)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
