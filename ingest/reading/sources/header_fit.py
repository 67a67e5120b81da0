"""Cuts the words above a table's rows into as many headers as the rows have cells.

Capitals, line breaks and words that need another word after them suggest where a header begins. Since the number of
headers is known, the possible cuts only have to be compared. Headers may have two levels: the inner ones are then as
many as the cells, and each outer one covers some adjacent inner ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from math import inf

from ingest.reading.vocabulary.column_headers import is_column_header, is_figure_header, is_row_header
from ingest.reading.vocabulary.header_cells import are_one_kind, headers_with_periods, joins_next
from ingest.reading.vocabulary.periods import is_period, is_year_header
from ingest.reading.vocabulary.print import join_lines

NOTE_HEADER = "Not"
"""The header of the column that refers to notes."""
_MOST_WORDS = 8
# The same words are tried for every number of columns.
_WORDS_KEPT = 10_000
_LONG_HEADER = 2.0
_LIKELY, _SLIGHTLY, _UNLIKELY, _HARDLY, _NEVER = 0.0, 0.5, 1.0, 2.0, 4.0
_SAME_HEADER = 1.0
_UNKNOWN = 0.4
# Cost of a column of words or codes between the labels and the figures, which is read as part of the label.
_SECOND_NAME = 0.75


@dataclass(frozen=True)
class HeaderFit:
    """The headers, with the label's first if there is one, and their cost."""

    headers: tuple[str, ...]
    cost: float


@dataclass(frozen=True)
class _Word:
    text: str
    begins_line: bool


def fitted_header(lines: Sequence[str], width: int) -> HeaderFit | None:
    """Return the headers for a label and ``width`` cells; None if the lines can't hold that many."""
    fits = [_with_periods(lines, width), _one_level(lines, width), _two_levels(lines, width)]
    return min((fit for fit in fits if fit), key=lambda fit: fit.cost, default=None)


def goes_on_from(above: str, text: str) -> bool:
    """Whether a line continues a header begun by the line above, or the line above continues another one."""
    before, first = above.split()[-1], text.split()[0]
    is_dated = is_year_header(first) and is_figure_header(before) and not is_period(before)
    is_rest = text[0].islower() or text[0] in "(/–-&%" or joins_next(before) or before.endswith(("-", "–", "/"))
    return is_dated or bool(is_rest) or above[0].islower() or (above.isdigit() and not is_year_header(above))


def _with_periods(lines: Sequence[str], width: int) -> HeaderFit | None:
    """Headers whose periods are on lines of their own, one for each column."""
    cells = headers_with_periods(lines)
    if cells is None or not 0 <= len(cells) - width <= 1:
        return None
    label, headers = ("", cells) if len(cells) == width else (cells[0], cells[1:])
    return HeaderFit((label, *headers), _against_headers(headers))


def _one_level(lines: Sequence[str], width: int) -> HeaderFit | None:
    words = _words(lines)
    fits = []
    for labels in (0, 1, 2):
        cut = _cut(words, width + labels)
        if cut:
            names = [_text(part) for part in cut[0][:labels]]
            headers = _with_outcomes(cut[0][labels:])
            odd = sum(map(is_column_header, names)) if labels else not is_column_header(headers[0])
            cost = cut[1] + _against_headers(headers) + _UNLIKELY * odd + _SECOND_NAME * (labels > 1)
            fits.append(HeaderFit((" ".join(names), *headers), cost))
    return min(fits, key=lambda fit: fit.cost, default=None)


def _two_levels(lines: Sequence[str], width: int) -> HeaderFit | None:
    """Headers with the inner ones on the last line and the outer ones, except the label's own, on the lines above."""
    if len(lines) < 2 or width < 2:
        return None
    fits = []
    for inner_labels, outer_labels in ((0, 0), (1, 0), (0, 1)):
        inner = _cut(_words(lines[-1:]), width + inner_labels)
        for count in range(2, width + 1) if inner else ():
            outer = _cut(_words(lines[:-1]), count + outer_labels)
            if inner and outer:
                inner_headers, outer_headers = ([_text(part) for part in level[0]] for level in (inner, outer))
                spread = _spread(outer_headers[outer_labels:], inner_headers[inner_labels:])
                label = (inner_headers[:inner_labels] or outer_headers[:outer_labels] or [""])[0]
                cost = inner[1] + outer[1] + _against_headers(inner_headers[inner_labels:], spread or ())
                cost += _against_headers(outer_headers[outer_labels:])
                is_odd = bool(label) and is_figure_header(label)
                fits += [HeaderFit((label, *spread), cost + _UNLIKELY * is_odd)] if spread else []
    return min(fits, key=lambda fit: fit.cost, default=None)


def _spread(outer: Sequence[str], inner: Sequence[str]) -> list[str] | None:
    """Repeat each outer header over the adjacent inner ones that it covers, giving no two columns the same name."""
    each, rest = divmod(len(inner), len(outer))
    ways = [[each] * len(outer)] if not rest else _shares(len(outer), len(inner))
    for shares in ways:
        over = [header for header, share in zip(outer, shares, strict=True) for _ in range(share)]
        named = [f"{header} {own}" for header, own in zip(over, inner, strict=True)]
        if len(set(named)) == len(named):
            return named
    return None


def _shares(outer: int, inner: int) -> list[list[int]]:
    """The possible numbers of inner headers that each outer one covers, those that repeat first."""
    cuts = combinations(range(1, inner), outer - 1)
    found = [[end - start for start, end in pairwise((0, *cut, inner))] for cut in cuts]
    return sorted(found, key=lambda shares: [-share for share in shares])


def _with_outcomes(parts: Sequence[Sequence[_Word]]) -> list[str]:
    """The headers, with ``Utfall`` before each year if it is printed once above all of them."""
    headers: list[str] = []
    over = ""
    for part in parts:
        text = _text(part)
        is_broken = len(part) > 1 and part[1].begins_line and part[0].begins_line and is_year_header(part[1].text)
        if is_broken and len(part) == 2 and not any(word.begins_line for word in _following(parts, part)):
            over = part[0].text
        elif not is_year_header(text):
            over = ""
        headers.append(f"{over} {text}" if over and is_year_header(text) else text)
    return headers


def _following(parts: Sequence[Sequence[_Word]], part: Sequence[_Word]) -> Sequence[_Word]:
    place = next(at for at, other in enumerate(parts) if other is part)
    return parts[place + 1] if place + 1 < len(parts) else [_Word("", True)]


def _against_headers(headers: Sequence[str], whole: Sequence[str] = ()) -> float:
    """The cost of headers that are not known from other reports, that name the labels, and of repeated headers."""
    unknown = [header for header in dict.fromkeys(headers) if not is_column_header(header)]
    of_labels = sum(map(is_row_header, unknown))
    return _UNKNOWN * len(unknown) + _UNLIKELY * of_labels + _SAME_HEADER * (len(headers) - len(set(whole or headers)))


def _words(lines: Sequence[str]) -> list[_Word]:
    return [_Word(text, place == 0) for line in lines for place, text in enumerate(line.split())]


def _text(words: Sequence[_Word]) -> str:
    lines: list[list[str]] = []
    for word in words:
        if word.begins_line or not lines:
            lines.append([])
        lines[-1].append(word.text)
    return join_lines(" ".join(line) for line in lines)


def _cut(words: Sequence[_Word], count: int) -> tuple[list[Sequence[_Word]], float] | None:
    """Cut the words into this many parts at the lowest cost."""
    if not 0 < count <= len(words):
        return None
    costs = {
        (start, end): _against(words, start, end)
        for end in range(1, len(words) + 1)
        for start in range(max(0, end - _MOST_WORDS), end)
    }
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ()), *[(inf, ())] * len(words)]
    for _ in range(count):
        longer: list[tuple[float, tuple[int, ...]]] = [(inf, ())] * (len(words) + 1)
        for end in range(1, len(words) + 1):
            longer[end] = min(
                (best[start][0] + costs[start, end], (*best[start][1], end))
                for start in range(max(0, end - _MOST_WORDS), end)
            )
        best = longer
    cost, ends = best[-1]
    if cost == inf:
        return None
    return [words[start:end] for start, end in pairwise((0, *ends))], cost


def _against(words: Sequence[_Word], start: int, end: int) -> float:
    """The cost of a header made of the words from ``start`` to ``end``."""
    cost = _begin_cost(words[start - 1], words[start]) if start else 0.0
    cost += sum(_go_on_cost(before, word) for before, word in pairwise(words[start:end]))
    return cost + _LONG_HEADER * max(0, end - start - 5) / 3


@lru_cache(maxsize=_WORDS_KEPT)
def _begin_cost(before: _Word, word: _Word) -> float:
    text = word.text
    if _joins_next(before.text) or text[0] in "(/–-&%":
        return _NEVER
    if is_year_header(text):
        if is_period(before.text):
            return _LIKELY if is_year_header(before.text) else _HARDLY
        return _UNLIKELY if is_column_header(before.text) else _LIKELY
    if text[0].isupper() or (is_period(text) and (is_period(before.text) or _ends_name(before.text))):
        return _LIKELY
    if (is_period(text) and not is_column_header(before.text)) or (text == "mot" and is_year_header(before.text)):
        return _UNLIKELY
    return _HARDLY if word.begins_line or is_year_header(before.text) else _NEVER


@lru_cache(maxsize=_WORDS_KEPT)
def _go_on_cost(before: _Word, word: _Word) -> float:
    text = word.text
    if _joins_next(before.text) or are_one_kind(before.text, text):
        return _LIKELY
    if is_year_header(text) and before.text != NOTE_HEADER:
        return _HARDLY if is_year_header(before.text) else _LIKELY if is_column_header(before.text) else _UNLIKELY
    if is_period(text) and _ends_name(before.text):
        return _HARDLY
    if text[0].isupper():
        return _HARDLY if is_column_header(text) or word.begins_line else _UNLIKELY
    if is_period(text) and is_period(before.text):
        return _HARDLY
    if text[0].isdigit() and not is_period(text):
        return _UNLIKELY if word.begins_line else _SLIGHTLY
    if is_year_header(before.text) and not word.begins_line:
        return _HARDLY if is_period(text) else _UNLIKELY
    return _LIKELY


def _ends_name(word: str) -> bool:
    """Whether a word is a whole header, which no period says more about: ``Not``, ``Verksamhet``."""
    return word == NOTE_HEADER or is_row_header(word)


def _joins_next(word: str) -> bool:
    return joins_next(word) or word.endswith(("-", "–", "/"))
