"""Finds what is the same in two readings of a report: tables by what they hold, rows and columns by their names."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from ingest.document import Table
from ingest.reading.vocabulary.print import label_key

# Of five: two for labels, one each for headers, cells and title.
_SAME_TABLE = 1.5


def paired_tables(earlier: Sequence[Table], later: Sequence[Table]) -> dict[int, Table]:
    """For each earlier table's number the later table that is the same, best matches first; moved tables are found."""
    scores = sorted(
        (
            (_likeness(one, other), -abs(one.table_no - other.table_no), one, other)
            for one in earlier
            for other in later
        ),
        key=lambda scored: scored[:2],
        reverse=True,
    )
    pairs: dict[int, Table] = {}
    taken: set[int] = set()
    for likeness, _, one, other in scores:
        if likeness >= _SAME_TABLE and one.table_no not in pairs and other.table_no not in taken:
            pairs[one.table_no] = other
            taken.add(other.table_no)
    return pairs


def paired_names(earlier: Sequence[str], later: Sequence[str]) -> dict[int, int]:
    """Which place of ``later`` each place of ``earlier`` has become, both counted from 0.

    Equal names in the same order first, renamed ones between them, then names that have moved.
    """
    pairs: dict[int, int] = {}
    earlier, later = list(map(label_key, earlier)), list(map(label_key, later))
    matcher = SequenceMatcher(None, earlier, later, autojunk=False)
    for tag, start, end, other, other_end in matcher.get_opcodes():
        if tag == "equal" or (tag == "replace" and end - start == other_end - other):
            pairs |= dict(zip(range(start, end), range(other, other_end), strict=True))
    free = [place for place in range(len(later)) if place not in pairs.values()]
    for place, name in enumerate(earlier):
        moved = next((other for other in free if later[other] == name), None)
        if place not in pairs and moved is not None:
            pairs[place] = moved
            free.remove(moved)
    return pairs


def _likeness(one: Table, other: Table) -> float:
    return (
        2 * _common(_labels(one), _labels(other))
        + _common(_headers(one), _headers(other))
        + _common(_cells(one), _cells(other))
        + (label_key(one.title) == label_key(other.title))
    )


def _common(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _labels(table: Table) -> set[str]:
    return {label_key(row.label) for row in table.rows}


def _headers(table: Table) -> set[str]:
    return {label_key(column.header) for column in table.columns}


def _cells(table: Table) -> set[str]:
    return {cell for row in table.rows for cell in row.cells if cell}
