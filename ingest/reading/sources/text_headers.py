"""Cuts a header printed with single spaces into its cells: ``Indikatorer Utfall 2023 Utfall 2024 Mål 2025``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.reading.sources.text_lines import Line
from ingest.reading.sources.text_rows import NOTE
from ingest.reading.vocabulary.column_headers import (
    is_column_header,
    is_figure_header,
    is_judgement_header,
    is_text_header,
)
from ingest.reading.vocabulary.header_cells import header_cells, headers_with_periods, may_be_header
from ingest.reading.vocabulary.periods import MONTH, YEAR, is_period, is_year_header

_PERIOD_PIECE = re.compile(
    rf"{YEAR}\*?\d?(?:/(?:20)?\d\d)?|\d{{4}}-(?:\d{{4}}|[a-z]{{3}})|\d{{1,2}}(?:/\d{{1,2}})?|{MONTH}\.?(?:-\w+)?",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"total[ta]? \w*(?:utgift|inkomst|kostnad|budget|utfall)(?:er)?", re.IGNORECASE)
_QUALIFIER = re.compile(
    r"(?:mot|jmf|jämfört|med|enl\.?|enligt|beslut|föreg\w*|fg|års?|ack\w*|i|av|%|\(%\)|procent|tkr|mnkr|mkr|helår|delår|godkänd|nivå"
    r"|period\w*|totalt?|\(?\w*(?:utfall|budget|prognos|bokslut|avvikelse|mål|måluppfyllelse)\)?|diff\.?|avv\.?|/)+[-/]?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[A-ZÅÄÖ]|\d{1,2}\.\d")
_SOME_LABEL = "Etikett"
_LONGEST_HEADER = 30
_MOST_WORDS_OF_LABEL_HEADER = 6
_MOST_WORDS_OF_LOOSE_CELL = 4
_MOST_WORDS_OVER_PERIOD = 3


@dataclass(frozen=True)
class Header:
    """A header's cells, its first line and the index of the line after it.

    A loose header has no word that is certain to name a column of figures; it only counts if rows fit it.
    """

    cells: list[str]
    line: Line
    end: int
    is_loose: bool


def header_at(lines: Sequence[Line], place: int) -> Header | None:
    """The header that begins on a line and includes the lines that only continue it."""
    first = lines[place]
    if not first.text or NOTE.match(first.text) or _NUMBERED.match(first.text):
        return None
    texts, end = _header_lines(lines, place)
    cells = _two_levels(header_cells(texts))
    if not may_be_header(cells):
        return None
    names_figures = any(map(is_figure_header, cells))
    if len(cells) == 1:
        is_lone = first.raw.startswith("  ") and is_column_header(cells[0]) and len(first.text) < 50
        return Header(cells, first, end, is_loose=False) if is_lone else None
    is_strict = names_figures and (sum(map(is_column_header, cells)) >= 2 or _is_pair(cells))
    if not is_strict and (len(cells) < 3 or any(len(cell.split()) > _MOST_WORDS_OF_LOOSE_CELL for cell in cells[1:])):
        return Header(cells, first, end, is_loose=True) if len(cells) == 2 and names_figures else None
    return Header(cells, first, end, is_loose=not is_strict)


def _is_pair(cells: Sequence[str]) -> bool:
    """Whether cells are the header of the labels and of the one column; a code and a name (``2020 Skola``) are not."""
    return len(cells) == 2 and is_figure_header(cells[1]) and not is_period(cells[1])


def _header_lines(lines: Sequence[Line], place: int) -> tuple[list[str], int]:
    """The lines of a header; the label's own header may be alone on the first."""
    texts, end = [lines[place].text], place + 1
    is_alone = len(texts[0].split()) <= _MOST_WORDS_OF_LABEL_HEADER
    may_begin = any(map(is_figure_header, header_cells(texts)))
    near = [other for other in range(place + 1, min(place + _LONGEST_HEADER, len(lines))) if lines[other].text]
    for other, after in pairwise([*near, len(lines)]):
        text = lines[other].text
        following = lines[after].text if after < len(lines) else ""
        is_alone = is_alone and other - end <= len(texts) - 1
        if _end_of_word(texts[-1], text):
            texts[-1] += text
        elif (may_begin or is_alone or len(texts) > 1) and _goes_on(texts, text, following):
            texts.append(text)
        else:
            break
        end = other + 1
    return texts, end


def _goes_on(texts: Sequence[str], text: str, following: str) -> bool:
    if goes_on_with_header(text, texts[-1]) or _end_of_word(text, following):
        return True
    if headers_with_periods([*texts, text]) is not None:
        return True
    is_dated_below = len(text.split()) <= _MOST_WORDS_OVER_PERIOD and text[:1].isupper() and is_period(following)
    cells = header_cells([text])
    is_inner = all(map(is_period, header_cells(texts))) and len(cells) > 2 and all(map(is_column_header, cells[1:]))
    return is_inner or (is_dated_below and not re.search(r"\d|[.:,]$", text))


def _end_of_word(before: str, text: str) -> bool:
    """Whether a line is the end of a header word that was broken without a hyphen: ``Avvikels`` / ``e``."""
    word = before.split()[-1] if before else ""
    is_end = bool(word) and text.isalpha() and text.islower() and len(text) <= 8
    return is_end and not is_column_header(word) and not is_column_header(text) and is_column_header(word + text)


def _two_levels(cells: list[str]) -> list[str]:
    """Outer headers, printed before the label's header, each repeated over equally many inner headers."""
    cells = [part for cell in cells for part in _without_bracket(cell)]
    spans = next((place for place, cell in enumerate(cells) if not is_period(cell)), len(cells))
    rest = cells[spans:]
    labels = next((place for place, cell in enumerate(rest) if is_column_header(cell)), len(rest))
    inner = rest[labels:]
    if spans < 2 or labels > 1 or not inner or len(inner) % spans or len(set(inner)) == len(inner):
        return cells
    each = len(inner) // spans
    return [*rest[:labels], *(f"{cells[place // each]} {header}" for place, header in enumerate(inner))]


def _without_bracket(cell: str) -> list[str]:
    """Split a period from the bracket after it, which is the label's header: ``Helår 2025`` and ``(tkr)``."""
    period, bracket, unit = cell.partition(" (")
    return [period, f"({unit}"] if bracket and is_period(period) else [cell]


def goes_on_with_header(line: str, before: str) -> bool:
    """Whether a line only continues a wrapped header: periods, words for kinds of figures, the end of a broken word."""
    pieces = line.split()
    if re.search(r"\w-\s*$", before) and pieces and pieces[0][0].islower() and len(pieces) <= 3:
        return True
    if len(pieces) == 1 and re.fullmatch(r"[^\W\d]{2,}-", pieces[0]):
        return True
    label, *cells = header_cells([_SOME_LABEL, line])
    if label == _SOME_LABEL and cells and all(map(_is_header_by_itself, cells)):
        return True
    is_counted = all(map(str.isdigit, pieces)) and not all(map(is_year_header, pieces))
    return bool(pieces) and len(pieces) <= 12 and not is_counted and all(map(_carries_on, pieces))


def _is_header_by_itself(cell: str) -> bool:
    is_total = _TOTAL.fullmatch(cell) is not None
    return is_total or is_figure_header(cell) or is_judgement_header(cell) or is_text_header(cell)


def _carries_on(piece: str) -> bool:
    bare = piece.strip("()*:,")
    return _PERIOD_PIECE.fullmatch(bare) is not None or _QUALIFIER.fullmatch(piece) is not None
