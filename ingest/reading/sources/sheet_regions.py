"""Finds the tables of an Excel sheet, which may be below and beside each other."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from ingest.reading.vocabulary.column_headers import is_column_header
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


class Sheet:
    """The filled cells of a sheet, by row."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.rows: dict[int, dict[int, str]] = {}
        for (row, column), text in sorted(texts.items()):
            self.rows.setdefault(row, {})[column] = text
        self.numbers = list(self.rows)

    def inside(self, region: Region) -> Iterator[tuple[int, dict[int, str]]]:
        """Yield the rows with filled cells in a region, each with its number and those cells by column."""
        first, last = bisect_left(self.numbers, region.top), bisect_right(self.numbers, region.bottom)
        for number in islice(self.numbers, first, last):
            columns = self.rows[number].items()
            if filled := {column: text for column, text in columns if region.left <= column <= region.right}:
                yield number, filled


def find_regions(sheet: Sheet) -> list[Region]:
    """Cut a sheet's filled cells where blank rows and columns separate tables, and join what only a gap separates.

    A table right below another begins with its title and its own headers.
    """
    joined = _joined(_cut(sheet.texts), sheet) if sheet.texts else []
    return [part for region in joined for part in _parts_with_headers(region, sheet)]


def is_table(region: Region, sheet: Sheet) -> bool:
    """Whether a region is more than lines of text: at least two rows have text in at least two cells."""
    return len(list(islice(_wide_rows(region, sheet), 2))) > 1


def _wide_rows(region: Region, sheet: Sheet) -> Iterator[dict[int, str]]:
    """Yield the rows with text in at least two cells."""
    return (filled for _, filled in sheet.inside(region) if len(filled) > 1)


def _cut(texts: Texts) -> list[Region]:
    for parts in (_beside(texts), _parts(texts, axis=0)):
        if len(parts) > 1:
            return [region for part in parts for region in _cut(part)]
    rows, columns = {row for row, _ in texts}, {column for _, column in texts}
    return [Region(min(rows), max(rows), min(columns), max(columns))]


def _parts(texts: Texts, axis: int) -> list[Texts]:
    """The texts between blank rows (axis 0) or blank columns (axis 1)."""
    runs = _runs({place[axis] for place in texts})
    starts = [first for first, _ in runs]
    parts: list[Texts] = [{} for _ in runs]
    for place, text in texts.items():
        parts[bisect_right(starts, place[axis]) - 1][place] = text
    return parts


def _beside(texts: Texts) -> list[Texts]:
    """The parts between blank columns; one without its own labels or figures belongs to the part before."""
    parts: list[Texts] = []
    for part in _parts(texts, axis=1):
        first = min(column for _, column in part)
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


def _joined(regions: list[Region], sheet: Sheet) -> list[Region]:
    """Join a part below a blank row to the table above if it has no header of its own.

    The name of a group of rows may be alone between the two.
    """
    joined: list[Region] = []
    for region in regions:
        if joined and _goes_on(joined[-1], region, sheet):
            joined[-1] = _around(joined[-1], region)
        elif len(joined) > 1 and _names_group(joined[-2], joined[-1], sheet) and _goes_on(joined[-2], region, sheet):
            joined.pop()
            joined[-1] = _around(joined[-1], region)
        else:
            joined.append(region)
    return joined


def _around(above: Region, below: Region) -> Region:
    return Region(above.top, below.bottom, min(above.left, below.left), max(above.right, below.right))


def _names_group(table: Region, line: Region, sheet: Sheet) -> bool:
    """Whether a region is one cell below the labels of a table, and not a sentence."""
    is_cell = line.top == line.bottom and line.left == line.right == table.left
    return is_cell and not is_sentence(sheet.texts[line.top, line.left])


def _parts_with_headers(region: Region, sheet: Sheet) -> Iterator[Region]:
    """Yield the parts of a region that each begin with lines of one cell and a row of headers."""
    above: list[dict[int, str]] = []
    titles: list[int] = []
    top = region.top
    for row, filled in sheet.inside(region):
        if len(filled) == 1 and region.left in filled:
            titles.append(row)
            continue
        beside = {column: text for column, text in filled.items() if column > region.left}
        if titles and _begins_part(beside, above, [sheet.texts[title, region.left] for title in titles]):
            yield replace(region, top=top, bottom=titles[0] - 1)
            top, above = titles[0], []
        above.append(beside)
        titles = []
    yield replace(region, top=top)


def _begins_part(headers: dict[int, str], above: list[dict[int, str]], titles: list[str]) -> bool:
    """Whether a row below titles names the columns of a new table; one title over the same headers names a group."""
    named = sum(is_column_header(text) or is_period(text) for text in headers.values())
    if 2 * named <= len(headers) or not any(_has_figures(row) for row in above):
        return False
    return len(titles) > 1 or is_sentence(titles[0]) or headers not in above


def _has_figures(row: dict[int, str]) -> bool:
    return any(is_value(text) and not is_year(text) for text in row.values())


def _goes_on(above: Region, region: Region, sheet: Sheet) -> bool:
    is_inside = above.left <= region.left and region.right <= above.right
    if region.top <= above.bottom or not is_inside or not any(_wide_rows(above, sheet)):
        return False
    filled = next(_wide_rows(region, sheet), None)
    if filled is None:
        return False
    return _has_figures(filled) or _continues_words(above, filled, sheet)


def _continues_words(above: Region, row: dict[int, str], sheet: Sheet) -> bool:
    """Whether a row continues a table of words: it has a sentence, or a word or date like the one above in its column.

    A row that repeats the words of the first row beside its label is a header again.
    """
    said_above = [said for _, said in sheet.inside(above)]
    if any(is_value(text) for said in said_above for text in said.values()):
        return False
    cells = [(column, text) for column, text in row.items() if column > above.left]
    first, *rows = said_above
    is_said = any(_are_alike(said.get(column, ""), text) for said in rows for column, text in cells)
    is_header = all(first.get(column, "") == text for column, text in cells)
    return not is_header and (is_said or any(is_sentence(text) for _, text in cells))


def _are_alike(text: str, other: str) -> bool:
    return text == other or all(is_period(said) and not is_year(said) for said in (text, other))


def is_figure(text: str) -> bool:
    """Whether a cell holds a printed number (with or without sign and unit)."""
    return _FIGURE.fullmatch(text) is not None


def _runs(numbers: set[int]) -> list[tuple[int, int]]:
    ordered = sorted(numbers)
    breaks = [index for index, (one, next_) in enumerate(pairwise(ordered), 1) if next_ > one + 1]
    return [(ordered[a], ordered[b - 1]) for a, b in pairwise([0, *breaks, len(ordered)])]
