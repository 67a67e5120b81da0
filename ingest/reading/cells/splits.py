"""All likely ways to cut the text right of a row's label into cells, with the cost of each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ingest.reading.vocabulary.periods import YEAR
from ingest.reading.vocabulary.print import (
    DASH,
    DASHES,
    OPERATOR,
    OPERATOR_WORD,
    SIGN,
    UNIT_OF_AMOUNT,
    UNIT_OF_FIGURE,
    number,
)

_SIGNS = (*DASHES, "+")
_OPERATORS = re.compile(rf"{OPERATOR}|{OPERATOR_WORD}", re.IGNORECASE)
_FIRST_GROUP = re.compile(rf"(?:{OPERATOR})?{SIGN}?\d{{1,3}}")
# What ends a number: a minus printed last, its unit, a footnote mark.
_END = rf"%|\*{{1,3}}|{DASH}|\u00a0{UNIT_OF_AMOUNT}|:-|\u00a0\({SIGN}?\d[\d,]*\u00a0?%\)"
_GROUP = re.compile(rf"\d{{3}}(?:[,.]\d+)?(?:{_END})*")
_LAST_GROUP = re.compile(rf"\d{{3}}(?:[,.]\d+|{_END})")
_AFTER = re.compile(rf"%\*{{0,3}}|%-enheter|{UNIT_OF_FIGURE}", re.IGNORECASE)
# What a label may end in: `etapp 2`, `plan 2023-2026`, `6015,`; signs and decimals belong to a figure.
_OF_LABEL = re.compile(rf"\d+(?:(?:{DASH}|/|\.)\d+)?[,:]?")
_LABEL_LIKE = re.compile(rf"{YEAR}(?:[-–]{YEAR})?|\d{{1,2}}-\d{{1,2}}")
_MOST_WAYS = 40
_LONGEST_RUN = 60

IGNORED_GAP = 1.0
MISSING_CELL = 3.0
# A gap at the end of a row is its last blank cell, so another one is unlikely.
_LACKING_CELL = 0.4
_MIXED_GAPS = 1.0
_GIVEN_TO_LABEL = 4.0
_GIVEN_YEAR = 1.0
_LONE_SIGN = 1.3
_HUGE_NUMBER = 2.0


@dataclass(frozen=True)
class Split:
    """One way to read a row: the number of pieces in the label, the cells and the cost.

    ``unplaced_blanks`` counts cells at the end that are blank for lack of pieces, though others may be the blank ones.
    """

    given_to_label: int
    cells: tuple[str, ...]
    cost: float
    unplaced_blanks: int = 0

    @cached_property
    def values(self) -> tuple[Decimal | None, ...]:
        """The cells as numbers, None for a cell without one."""
        return tuple(number(cell) for cell in self.cells)


def splits(run: tuple[str, ...], width: int, may_lack: int) -> list[Split]:
    """The likely ways to read a run, without repeats."""
    found: dict[tuple[int, tuple[str, ...]], Split] = {}
    for given, start, cost in _starts(run):
        for cells, more in _cells(run[start:], width):
            missing = width - len(cells)
            unplaced = max(0, missing - may_lack)
            lacking = unplaced * MISSING_CELL + (_LACKING_CELL if missing > unplaced and run[-1:] == ("",) else 0.0)
            against = cost + more + lacking + _against_gaps(run[start:], cells)
            split = Split(given, cells + ("",) * missing, against, unplaced if cells else 0)
            known = found.get((given, split.cells))
            if known is None or split.cost < known.cost:
                found[given, split.cells] = split
    least = min((split.cost for split in found.values()), default=0.0)
    return [split for split in found.values() if split.cost <= least + 4 * MISSING_CELL]


def _starts(run: tuple[str, ...]) -> Iterator[tuple[int, int, float]]:
    """How many pieces the label may take, where the cells then begin, and the cost."""
    if len(run) > _LONGEST_RUN:
        return
    yield 0, 0, 0.0
    given, cost = 0, 0.0
    for place, piece in enumerate(run):
        if piece and not _OF_LABEL.fullmatch(piece):
            return
        if piece:
            given += 1
            cost += _GIVEN_YEAR if _LABEL_LIKE.fullmatch(piece) else _GIVEN_TO_LABEL
            if not re.match(r"0\d\d", next(filter(None, run[place + 1 :]), "")):
                yield given, place + 1, cost


def _cells(run: tuple[str, ...], width: int) -> list[tuple[tuple[str, ...], float]]:
    """The cheapest ways to cut a run into at most ``width`` cells, found from its end."""
    ends: dict[tuple[int, int], list[tuple[tuple[str, ...], float]]] = {}
    for left in range(width + 1):
        ends[len(run), left] = [((), 0.0)]
    for start in range(len(run) - 1, -1, -1):
        firsts = list(_first_cells(run[start:]))
        for left in range(width + 1):
            ways = [
                (cells if cell is None else (cell, *cells), cost + more)
                for cell, used, cost in firsts
                if cell is None or left
                for cells, more in ends[start + used, left - (cell is not None)]
            ]
            ends[start, left] = sorted(ways, key=lambda way: (way[1], -len(way[0])))[:_MOST_WAYS]
    return ends[0, width]


def _against_gaps(run: tuple[str, ...], cells: tuple[str, ...]) -> float:
    """Extra spaces are either all blank cells or a habit of print: the cost of either, or of both in one row."""
    gaps, blanks = run.count(""), cells.count("")
    if gaps <= blanks:
        return 0.0
    return IGNORED_GAP + (_MIXED_GAPS if blanks else 0.0)


def _first_cells(run: tuple[str, ...]) -> Iterator[tuple[str | None, int, float]]:
    """The ways to read the beginning of a run: a cell (None = no cell), the pieces that it takes, its cost."""
    first = run[0]
    if not first:
        yield "", 1, 0.0
        yield None, 1, 0.0
        return
    if first in _SIGNS and len(run) > 1 and re.match(r"\d", run[1]):
        for cell, used, cost in _numbers(run[1:]):
            yield f"{first} {cell}", used + 1, cost
        yield first, 1, _LONE_SIGN
        return
    if _OPERATORS.fullmatch(first) and len(run) > 1 and re.match(rf"{DASH}?\d", run[1]):
        for cell, used, cost in _numbers(run[1:]):
            yield f"{first} {cell}", used + 1, cost
        return
    yield from _numbers(run)


def _numbers(run: tuple[str, ...]) -> Iterator[tuple[str, int, float]]:
    """A number alone, or with the groups of thousands that may follow it."""
    used = 1
    must_go_on = len(run) > 1 and re.match(r"0\d\d(?!\d)", run[1]) is not None
    if not (must_go_on and _FIRST_GROUP.fullmatch(run[0])):
        yield _with_unit(run, used)
    if not _FIRST_GROUP.fullmatch(run[0]) or re.search(r"(?:^|\D)0", run[0]):
        return
    while used < len(run) and _GROUP.fullmatch(run[used]):
        used += 1
        goes_on = used < len(run) and re.match(r"0\d\d(?!\d)", run[used]) is not None
        is_last = _LAST_GROUP.match(run[used - 1]) is not None
        if is_last or not goes_on:
            yield _with_unit(run, used)
        if is_last:
            return


def _with_unit(run: tuple[str, ...], used: int) -> tuple[str, int, float]:
    groups = used
    if used < len(run) and _AFTER.fullmatch(run[used]):
        used += 1
    return " ".join(run[:used]), used, _HUGE_NUMBER * max(0, groups - 3)


def least_cells(run: Sequence[str]) -> int:
    """The fewest cells that a run can hold: groups of three digits may all belong to the number before them."""
    count, may_go_on = 0, False
    pieces = [piece for piece in run if piece]
    for piece, following in zip(pieces, [*pieces[1:], ""], strict=False):
        is_sign = piece in _SIGNS or _OPERATORS.fullmatch(piece) is not None
        if (is_sign and following[:1].isdigit()) or (count and _AFTER.fullmatch(piece)):
            continue
        is_group = may_go_on and _GROUP.fullmatch(piece) is not None
        count += not is_group
        may_go_on = piece.isdigit() if is_group else _FIRST_GROUP.fullmatch(piece) is not None
    return count


def most_cells(run: Sequence[str]) -> int:
    """The most cells that a run can hold: a unit doesn't count as a cell."""
    return sum(not _AFTER.fullmatch(piece) for piece in run)
