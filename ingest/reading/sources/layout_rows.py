"""The rows of figures in layout text: their labels, and the ways to divide what is right of the labels into cells."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from math import inf

from ingest.reading.cells.splits import splits
from ingest.reading.sources.printed_lines import Line
from ingest.reading.sources.printed_words import Word
from ingest.reading.vocabulary.column_headers import is_column_header
from ingest.reading.vocabulary.header_cells import header_cells
from ingest.reading.vocabulary.periods import is_period
from ingest.reading.vocabulary.print import (
    ARROW,
    DASH,
    MARK,
    NO_FIGURE,
    OPERATOR,
    OPERATOR_WORD,
    RAISED_DIGIT,
    SIGN,
    is_sentence,
)
from ingest.reading.vocabulary.text_pieces import JOINED, is_worded

_VALUE = re.compile(
    rf"(?:{OPERATOR})?{SIGN}?\d[\d,.]*(?:{DASH}|(?:{DASH}|/)\d[\d,.]*)?(?:%|{JOINED}kr|:-|{JOINED}\(\d{{1,3}}(?:,\d+)?{JOINED}?%\))?\*{{0,3}}{RAISED_DIGIT}?"
    rf"|\(\d[\d.,{JOINED}]*%?\)"
    rf"|{DASH}|{NO_FIGURE}|{OPERATOR}|%|{ARROW}|{MARK}"
)
_TARGETS = re.compile(OPERATOR_WORD, re.IGNORECASE)
_UNIT = re.compile(r"%|(?:t|mn|m|k)?kr\b|st\b|procent|dagar|timmar|ärenden|personer|år\b")
_LINES_BETWEEN = 4
_WIDEST_GAP = 1.5
# In points: anything closer than this to the left edge is at the edge.
_EDGE = 7.0
# Of the ways with the same number of cells, only this many are considered.
_MOST_WAYS = 40
# Cost of reading a number at a label's end as a cell, and as only part of a cell.
_GIVEN_BY_LABEL, _LEFT_TO_LABEL = 1.0, 1.0

Words = tuple[Word, ...]


@dataclass(frozen=True)
class Way:
    """One way to divide a row, with its cost; the first ``given`` cells are numbers at the end of its label."""

    names: tuple[Words, ...]
    cells: tuple[Words, ...]
    cost: float
    given: int = 0


@dataclass(frozen=True)
class Row:
    """A line of figures with its number on the page.

    ``names`` are its label and any words or codes left of its figures, ``runs`` the parts between wide gaps, from
    the first figure on.
    """

    number: int
    names: tuple[Words, ...]
    runs: tuple[Words, ...]

    @property
    def label(self) -> Words:
        """All words left of the figures."""
        return tuple(word for words in self.names for word in words)

    @property
    def first(self) -> float:
        """The left edge of its first figure, which may be one that ends its label; infinity if no figure is certain."""
        last = self.names[-1] if self.names else ()
        run = self.runs[0] if self.runs else last[_name_end(last) :]
        return run[0].x0 if run else inf

    @property
    def least(self) -> int:
        """The fewest cells that are right of the label."""
        return min(len(way.cells) for way in _ways(self.runs))

    @property
    def most(self) -> int:
        """The most cells that are right of the label."""
        return max(len(way.cells) for way in _ways(self.runs))

    def ways(self, most: int) -> list[Way]:
        """The ways to divide it into label and at most ``most`` cells; the label's last numbers may be cells."""
        last = self.names[-1] if self.names else ()
        found: list[Way] = []
        for start in range(len(last), _name_end(last) - 1, -1):
            names = (*self.names[:-1], last[:start]) if self.names else ()
            left = sum(is_value_word(word.text) for word in last[_name_end(last) : start])
            for given in _partings(last[start:]) if start < len(last) else [Way((), (), 0.0)]:
                cost = _GIVEN_BY_LABEL * len(given.cells) + (_LEFT_TO_LABEL * left if given.cells else 0.0)
                found += [
                    Way(names, given.cells + way.cells, given.cost + way.cost + cost, len(given.cells))
                    for way in _ways(self.runs)
                ]
        return [way for way in found if len(way.cells) <= most]


def groups_of_rows(lines: Sequence[Line]) -> Iterator[list[Row]]:
    """Yield the rows of figures of each table; a sentence or a different header separates two tables."""
    group: list[Row] = []
    for number, line in enumerate(lines):
        row = _row(number, line)
        if row is None:
            continue
        if group and _is_apart(lines, group, number):
            yield _with_labels(lines, group)
            group = []
        group.append(row)
    if group:
        yield _with_labels(lines, group)


def is_value_word(text: str) -> bool:
    """Whether a word is a figure, part of one or what is printed in place of one."""
    return _VALUE.fullmatch(text) is not None


def _ways(runs: Sequence[Words]) -> list[Way]:
    """The likeliest ways to divide runs into each number of cells."""
    known = [Way((), (), 0.0)]
    for run in runs:
        longer = [Way((), way.cells + more.cells, way.cost + more.cost) for way in known for more in _partings(run)]
        longer.sort(key=lambda way: way.cost)
        counts = Counter[int]()
        known = []
        for way in longer:
            counts[len(way.cells)] += 1
            if counts[len(way.cells)] <= _MOST_WAYS:
                known.append(way)
    return known


@cache
def _partings(words: Words) -> list[Way]:
    """The ways to divide words a space apart into cells."""
    values = next((at for at, word in enumerate(words) if not is_value_word(word.text)), len(words))
    if values and _TARGETS.fullmatch(words[0].text):
        values = 0
    if values < len(words):
        rest = words[values:]
        if not values or (values == 1 and words[0].text[-1].isdigit() and _UNIT.match(rest[0].text)):
            return [Way((), (words,), 0.0)]
        return [Way((), (*way.cells, rest), way.cost) for way in _partings(words[:values])]
    texts = tuple(word.text for word in words)
    found = [
        Way((), _cut(words, split.cells), split.cost)
        for count in range(1, len(words) + 1)
        for split in splits(texts, count, 0)
        if not split.given_to_label and "" not in split.cells
    ]
    return found or [Way((), (words,), 0.0)]


def _cut(words: Words, cells: Sequence[str]) -> tuple[Words, ...]:
    counts = [len(cell.split(" ")) for cell in cells]
    starts = [sum(counts[:at]) for at in range(len(counts))]
    return tuple(words[start : start + count] for start, count in zip(starts, counts, strict=True))


def _name_end(label: Words) -> int:
    """How many words a label has at least: up to the last one that can't be a figure of its own."""
    own = (at for at, word in enumerate(label, 1) if not is_value_word(word.text) or word.text.endswith((",", ")")))
    return max(own, default=len(label))


def _row(number: int, line: Line) -> Row | None:
    first, *rest = (segment.words for segment in line.segments)
    values = [word.text for word in line.words if is_value_word(word.text)]
    figures = [text for text in values if any(map(str.isdigit, text)) and not is_period(text)]
    if len(figures) < 2 or is_sentence(line.text):
        return None
    if all(is_value_word(word.text) for word in first):
        return Row(number, (), (first, *rest))
    between = next((at for at, words in enumerate(rest) if _begins_with_value(words)), len(rest))
    if not rest[between:] and len(values) < len(line.words) / 2:
        return None
    return Row(number, (first, *rest[:between]), tuple(rest[between:]))


def _begins_with_value(words: Words) -> bool:
    is_value = is_value_word(words[0].text) or _TARGETS.fullmatch(words[0].text) is not None
    return is_value or is_worded(" ".join(word.text for word in words))


def _is_apart(lines: Sequence[Line], group: Sequence[Row], number: int) -> bool:
    last = group[-1].number
    between = lines[last + 1 : number]
    headers = {line.text for line in lines[max(0, group[0].number - _LINES_BETWEEN) : group[0].number]}
    gap = max(below.top - above.bottom for above, below in pairwise(lines[last : number + 1]))
    is_far = len(between) > _LINES_BETWEEN or gap > _WIDEST_GAP * lines[number].size
    return is_far or any(
        is_sentence(line.text) or (_names_columns(line) and line.text not in headers) for line in between
    )


def _names_columns(line: Line) -> bool:
    headers = header_cells([line.text])
    return len(headers) > 1 and sum(map(is_column_header, headers)) > len(headers) / 2


def _with_labels(lines: Sequence[Line], group: list[Row]) -> list[Row]:
    """The rows, with those named whose first figure is among the labels: years, codes, a dash."""
    left = min(line.segments[0].x0 for line in lines[group[0].number : group[-1].number + 1])
    named = [row if row.names or row.runs[0][0].x0 > left + _EDGE else _named_by_first(row) for row in group]
    usual = Counter(len(row.names) for row in named).most_common(1)[0][0]
    return [_with_words_parted(row) if len(row.names) == usual - 1 > 0 else row for row in named]


def _with_words_parted(row: Row) -> Row:
    """A row whose label touches the words beside it, cut at the only capital that can begin them."""
    first, *rest = row.names
    capitals = [at for at, word in enumerate(first) if at and word.text[0].isupper()]
    if len(capitals) != 1:
        return row
    return replace(row, names=(first[: capitals[0]], first[capitals[0] :], *rest))


def _named_by_first(row: Row) -> Row:
    """A row named by its first figure: a year, a dash, or a code with the words beside it."""
    first, *rest = row.runs
    if len(first) > 1:
        is_name = is_period(first[0].text)
        return Row(row.number, (first[:1],), (first[1:], *rest)) if is_name else row
    words = 0
    while words < len(rest) and (_holds_name(rest[words]) or (_is_code(rest[words]) and _names_next(rest, words))):
        words += 1
    return Row(row.number, (first, *rest[:words]), tuple(rest[words:])) if rest[words:] else row


def _is_code(words: Words) -> bool:
    return len(words) == 1 and words[0].text.isdigit()


def _names_next(runs: Sequence[Words], place: int) -> bool:
    return place + 1 < len(runs) and _holds_name(runs[place + 1])


def _holds_name(words: Words) -> bool:
    return any(word.text[0].isalpha() for word in words) and not is_worded(" ".join(word.text for word in words))
