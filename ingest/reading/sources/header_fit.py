"""Cuts the words above a table's rows into as many heads as the rows have cells.

What begins a head is told by its first letter, by line breaks and by what the word before it needs; the number of
heads is known, so that the words need only be weighed against each other. Heads may stand on two levels: then the inner
are as many as the cells, and each outer one is said of some of them beside each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import inf

from ingest.reading.vocabulary.column_headers import is_column_header, is_figure_header
from ingest.reading.vocabulary.header_cells import are_one_kind, joins_next
from ingest.reading.vocabulary.periods import is_period, is_year_header
from ingest.reading.vocabulary.print import join_lines

_MOST_WORDS = 8
_LONG_HEADER = 2.0
_LIKELY, _SLIGHTLY, _UNLIKELY, _HARDLY, _NEVER = 0.0, 0.5, 1.0, 2.0, 4.0
_SAME_HEADER = 1.0
_UNKNOWN = 0.4
# Against a column of words or codes between the labels and the figures, which are taken into one.
_SECOND_NAME = 0.75


@dataclass(frozen=True)
class HeaderFit:
    """Heads, the label's first where there is one, and what speaks against them."""

    heads: tuple[str, ...]
    cost: float


@dataclass(frozen=True)
class _Word:
    text: str
    begins_line: bool


def fitted_header(lines: Sequence[str], width: int) -> HeaderFit | None:
    """The heads that the lines hold for a label and ``width`` cells; None where they can't hold so many."""
    fits = [_one_level(lines, width), _two_levels(lines, width)]
    return min((fit for fit in fits if fit), key=lambda fit: fit.cost, default=None)


def goes_on_from(above: str, text: str) -> bool:
    """Whether a line is the rest of a head that the line above begins, or the line above the rest of another one."""
    before, first = above.split()[-1], text.split()[0]
    is_dated = is_year_header(first) and is_figure_header(before) and not is_period(before)
    is_rest = text[0].islower() or text[0] in "(/–-&%" or joins_next(before) or before.endswith(("-", "–", "/"))
    return is_dated or bool(is_rest) or above[0].islower() or (above.isdigit() and not is_year_header(above))


def _one_level(lines: Sequence[str], width: int) -> HeaderFit | None:
    words = _words(lines)
    fits = []
    for labels in (0, 1, 2):
        cut = _cut(words, width + labels)
        if cut:
            names = [_text(part) for part in cut[0][:labels]]
            heads = _with_outcomes(cut[0][labels:])
            odd = sum(map(is_column_header, names)) if labels else not is_column_header(heads[0])
            cost = cut[1] + _against_headers(heads) + _UNLIKELY * odd + _SECOND_NAME * (labels > 1)
            fits.append(HeaderFit((" ".join(names), *heads), cost))
    return min(fits, key=lambda fit: fit.cost, default=None)


def _two_levels(lines: Sequence[str], width: int) -> HeaderFit | None:
    """Heads of which the last line holds the inner and the lines above, less the label's own, the outer ones."""
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
    """Each outer head over the inner ones beside each other that it is said of; no two columns have one name."""
    each, rest = divmod(len(inner), len(outer))
    ways = [[each] * len(outer)] if not rest else _shares(len(outer), len(inner))
    for shares in ways:
        over = [head for head, share in zip(outer, shares, strict=True) for _ in range(share)]
        told = [f"{head} {own}" for head, own in zip(over, inner, strict=True)]
        if len(set(told)) == len(told):
            return told
    return None


def _shares(outer: int, inner: int) -> list[list[int]]:
    """How many inner heads each of the outer ones may be said of, those of several first."""
    cuts = combinations(range(1, inner), outer - 1)
    found = [[end - start for start, end in pairwise((0, *cut, inner))] for cut in cuts]
    return sorted(found, key=lambda shares: [-share for share in shares])


def _with_outcomes(parts: Sequence[Sequence[_Word]]) -> list[str]:
    """The heads, the years after ``Utfall`` with this before them where it stands on a line over all of them."""
    heads: list[str] = []
    over = ""
    for part in parts:
        text = _text(part)
        is_broken = len(part) > 1 and part[1].begins_line and part[0].begins_line and is_year_header(part[1].text)
        if is_broken and len(part) == 2 and not any(word.begins_line for word in _following(parts, part)):
            over = part[0].text
        elif not is_year_header(text):
            over = ""
        heads.append(f"{over} {text}" if over and is_year_header(text) else text)
    return heads


def _following(parts: Sequence[Sequence[_Word]], part: Sequence[_Word]) -> Sequence[_Word]:
    place = next(at for at, other in enumerate(parts) if other is part)
    return parts[place + 1] if place + 1 < len(parts) else [_Word("", True)]


def _against_headers(heads: Sequence[str], whole: Sequence[str] = ()) -> float:
    """What speaks against heads that are known from no other report, and against the same head twice."""
    unknown = sum(not is_column_header(head) for head in dict.fromkeys(heads))
    return _UNKNOWN * unknown + _SAME_HEADER * (len(heads) - len(set(whole or heads)))


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
    """The words in so many parts with the least against them."""
    if not 0 < count <= len(words):
        return None
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ()), *[(inf, ())] * len(words)]
    for _ in range(count):
        longer: list[tuple[float, tuple[int, ...]]] = [(inf, ())] * (len(words) + 1)
        for end in range(1, len(words) + 1):
            longer[end] = min(
                (best[start][0] + _against(words, start, end), (*best[start][1], end))
                for start in range(max(0, end - _MOST_WORDS), end)
            )
        best = longer
    cost, ends = best[-1]
    if cost == inf:
        return None
    return [words[start:end] for start, end in pairwise((0, *ends))], cost


def _against(words: Sequence[_Word], start: int, end: int) -> float:
    """What speaks against a head of the words from ``start`` to ``end``."""
    cost = _begin_cost(words[start - 1], words[start]) if start else 0.0
    cost += sum(_go_on_cost(before, word) for before, word in pairwise(words[start:end]))
    return cost + _LONG_HEADER * max(0, end - start - 5) / 3


def _begin_cost(before: _Word, word: _Word) -> float:
    text = word.text
    if _joins_next(before.text) or text[0] in "(/–-&%":
        return _NEVER
    if is_year_header(text):
        if is_period(before.text):
            return _LIKELY if is_year_header(before.text) else _HARDLY
        return _UNLIKELY if is_column_header(before.text) else _LIKELY
    if text[0].isupper() or (is_period(text) and is_period(before.text)):
        return _LIKELY
    if (is_period(text) and not is_column_header(before.text)) or (text == "mot" and is_year_header(before.text)):
        return _UNLIKELY
    return _HARDLY if word.begins_line or is_year_header(before.text) else _NEVER


def _go_on_cost(before: _Word, word: _Word) -> float:
    text = word.text
    if _joins_next(before.text) or are_one_kind(before.text, text):
        return _LIKELY
    if is_year_header(text):
        return _HARDLY if is_year_header(before.text) else _LIKELY if is_column_header(before.text) else _UNLIKELY
    if text[0].isupper():
        return _HARDLY if is_column_header(text) or word.begins_line else _UNLIKELY
    if is_period(text) and is_period(before.text):
        return _HARDLY
    if text[0].isdigit() and not is_period(text):
        return _UNLIKELY if word.begins_line else _SLIGHTLY
    if is_year_header(before.text) and not word.begins_line:
        return _HARDLY if is_period(text) else _UNLIKELY
    return _LIKELY


def _joins_next(word: str) -> bool:
    return joins_next(word) or word.endswith(("-", "–", "/"))
