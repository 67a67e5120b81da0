"""Finds the tables of an Excel sheet, which may be below and beside each other."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from ingest.reading.vocabulary.periods import is_period, is_year
from ingest.reading.vocabulary.print import is_sentence, is_value

_FIGURE = re.compile(r"[-−–+<>≤≥=±(]*\s*\d[\d\s.,]*\s*(?:%|tkr|mnkr|kr)?\)?")

Place = tuple[int, int]
Texts = dict[Place, str]


@dataclass(frozen=True)
class Region:
    """A rectangle of a sheet; rows and columns are counted from 1, and both ends are included."""

    top: int
    bottom: int
    left: int
    right: int


def find_regions(texts: Texts) -> list[Region]:
    """Cut a sheet's filled cells where blank rows and columns separate tables, and join what only a gap separates."""
    return _joined(_cut(texts), texts) if texts else []


def is_table(region: Region, texts: Texts) -> bool:
    """Whether a region is more than lines of text: at least two rows have text in at least two cells."""
    return _wide_rows(region, texts) > 1


def _wide_rows(region: Region, texts: Texts) -> int:
    filled = Counter(row for row, _ in _inside(texts, region))
    return sum(count > 1 for count in filled.values())


def _cut(texts: Texts) -> list[Region]:
    for parts in (_beside(texts), _below(texts)):
        if len(parts) > 1:
            return [region for part in parts for region in _cut(part)]
    rows, columns = {row for row, _ in texts}, {column for _, column in texts}
    return [Region(min(rows), max(rows), min(columns), max(columns))]


def _below(texts: Texts) -> list[Texts]:
    return [
        {place: text for place, text in texts.items() if first <= place[0] <= last}
        for first, last in _runs({row for row, _ in texts})
    ]


def _beside(texts: Texts) -> list[Texts]:
    """The parts between blank columns; one without its own labels or figures belongs to the part before."""
    parts: list[Texts] = []
    for first, last in _runs({column for _, column in texts}):
        part = {place: text for place, text in texts.items() if first <= place[1] <= last}
        if parts and not (_has_own_labels(part, first) and _has_own_labels(parts[-1], None)):
            parts[-1] = {**parts[-1], **part}
        else:
            parts.append(part)
    return parts


def _has_own_labels(part: Texts, column: int | None) -> bool:
    first = min(place[1] for place in part) if column is None else column
    labels = [text for place, text in part.items() if place[1] == first]
    words = sum(not is_figure(text) for text in labels)
    has_figures = any(is_figure(text) for place, text in part.items() if place[1] > first)
    return has_figures and len(labels) > 1 and words > len(labels) / 2


def _joined(regions: list[Region], texts: Texts) -> list[Region]:
    """Join a part below a blank row to the table above if it has no header of its own.

    The name of a group of rows may be alone between the two.
    """
    joined: list[Region] = []
    for region in regions:
        if joined and _goes_on(joined[-1], region, texts):
            joined[-1] = _around(joined[-1], region)
        elif len(joined) > 1 and _names_group(joined[-2], joined[-1], texts) and _goes_on(joined[-2], region, texts):
            joined.pop()
            joined[-1] = _around(joined[-1], region)
        else:
            joined.append(region)
    return joined


def _around(above: Region, below: Region) -> Region:
    return Region(above.top, below.bottom, min(above.left, below.left), max(above.right, below.right))


def _names_group(table: Region, line: Region, texts: Texts) -> bool:
    """Whether a region is one cell below the labels of a table, and not a sentence."""
    is_cell = line.top == line.bottom and line.left == line.right == table.left
    return is_cell and not is_sentence(texts[line.top, line.left])


def _goes_on(above: Region, region: Region, texts: Texts) -> bool:
    is_inside = above.left <= region.left and region.right <= above.right
    if region.top <= above.bottom or not is_inside or not _wide_rows(above, texts):
        return False
    for row in range(region.top, region.bottom + 1):
        filled = {place[1]: text for place, text in _inside(texts, region).items() if place[0] == row}
        if len(filled) > 1:
            has_figures = any(is_value(text) and not is_year(text) for text in filled.values())
            return has_figures or _continues_words(above, filled, texts)
    return False


def _continues_words(above: Region, row: dict[int, str], texts: Texts) -> bool:
    """Whether a row continues a table of words: it has a sentence, or a word or date like the one above in its column.

    A row that repeats the words of the first row beside its label is a header again.
    """
    if any(is_value(text) for text in _inside(texts, above).values()):
        return False
    cells = [(column, text) for column, text in row.items() if column > above.left]
    first, *rows = [
        {column: texts.get((line, column), "") for column in row} for line in range(above.top, above.bottom + 1)
    ]
    is_said = any(_are_alike(said[column], text) for said in rows for column, text in cells)
    is_header = all(first[column] == text for column, text in cells)
    return not is_header and (is_said or any(is_sentence(text) for _, text in cells))


def _are_alike(text: str, other: str) -> bool:
    return text == other or all(is_period(said) and not is_year(said) for said in (text, other))


def is_figure(text: str) -> bool:
    """Whether a cell holds a printed number (with or without sign and unit)."""
    return _FIGURE.fullmatch(text) is not None


def _inside(texts: Texts, region: Region) -> Texts:
    return {
        place: text
        for place, text in texts.items()
        if region.top <= place[0] <= region.bottom and region.left <= place[1] <= region.right
    }


def _runs(numbers: set[int]) -> list[tuple[int, int]]:
    ordered = sorted(numbers)
    breaks = [index for index, (one, next_) in enumerate(pairwise(ordered), 1) if next_ > one + 1]
    return [(ordered[a], ordered[b - 1]) for a, b in pairwise([0, *breaks, len(ordered)])]
