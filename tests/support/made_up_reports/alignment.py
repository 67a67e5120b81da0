"""Pairs what was read with what was printed: tables in order, rows by label, columns by header."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from ingest.document import Table

T = TypeVar("T")
U = TypeVar("U")
Pairs = list[tuple[int, int]]
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


def plain(text: str) -> str:
    """A text without what may differ between two correct readings of it: kinds of dash and all spaces."""
    return "".join(unicodedata.normalize("NFKC", text).translate(DASHES).split())


def align(left: Sequence[T], right: Sequence[U], similarity: Callable[[T, U], float], least: float) -> Pairs:
    """The pairs of indexes, in order, with the highest total similarity; a pair below ``least`` is left out."""
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    scores = [[similarity(one, other) for other in right] for one in left]
    for i in range(len(left)):
        for j in range(len(right)):
            paired = best[i][j] + scores[i][j] if scores[i][j] >= least else 0.0
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], paired)
    pairs, i, j = [], len(left), len(right)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def align_tables(truth: Sequence[Table], read: Sequence[Table]) -> Pairs:
    return align(truth, read, lambda one, other: _overlap(_texts(one), _texts(other)), least=0.15)


def align_rows(truth: Table, read: Table) -> Pairs:
    def similarity(one: int, other: int) -> float:
        left, right = truth.rows[one], read.rows[other]
        return 0.6 * _likeness(left.label, right.label) + 0.4 * _overlap(
            Counter(map(plain, left.cells)), Counter(map(plain, right.cells))
        )

    return align(range(len(truth.rows)), range(len(read.rows)), similarity, least=0.35)


def align_columns(truth: Table, read: Table, rows: Pairs) -> Pairs:
    """Pair columns by their headers and their content."""

    def similarity(one: int, other: int) -> float:
        same = sum(plain(truth.rows[i].cells[one]) == plain(read.rows[j].cells[other]) for i, j in rows)
        header = _likeness(truth.columns[one].header, read.columns[other].header)
        return 0.4 * header + 0.6 * same / max(1, len(rows))

    return align(range(len(truth.columns)), range(len(read.columns)), similarity, least=0.15)


def _texts(table: Table) -> Counter[str]:
    texts = [column.header for column in table.columns] + [row.label for row in table.rows]
    return Counter(filter(None, map(plain, [*texts, *(cell for row in table.rows for cell in row.cells)])))


def _overlap(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _likeness(one: str, other: str) -> float:
    one, other = plain(one).casefold(), plain(other).casefold()
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()
