"""The cells of a header line printed with single spaces: ``Indikatorer Utfall 2023 Utfall 2024 Mål 2025``."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, takewhile

from ingest.reading.vocabulary.column_headers import is_column_header, is_span_header
from ingest.reading.vocabulary.periods import YEAR, is_period, is_year_header
from ingest.reading.vocabulary.print import join_lines
from ingest.reading.vocabulary.row_words import is_connective
from ingest.reading.vocabulary.text_pieces import is_worded

_OPEN_BRACKET = re.compile(r"\(.*[^)]")
_TWO_WORDED_KIND = re.compile(r"(?:ack|prel|just|rev|föreg)\. (?:utfall|prognos|budget|bokslut)", re.IGNORECASE)
_LABEL_AND_YEARS = re.compile(rf"([^\d\s]+) ({YEAR}(?: {YEAR})+)")
_SENTENCE = re.compile(r"[.!;]$|[.!] [A-ZÅÄÖ]")
_ABBREVIATION = re.compile(r"\b(?:diff|avv|ack|prog|budg|utf|föreg|enl|inkl|exkl|prel|tot|nr|st)\.", re.IGNORECASE)
_KEY_HEADER = re.compile(r"pri|prio|prioritet|status|nr|kod|proj|projnr|id|konto|ansvar|objekt", re.IGNORECASE)
# Compares periods, so that it is printed without one of its own.
_COMPARES = re.compile(r"\w*(?:avvik|avv\.|diff|förändr|andel|procent|%|nyttjandegrad)", re.IGNORECASE)
_YEAR = re.compile(YEAR)
_MOST_PIECES_OF_PERIOD = 3
_LONGEST = 240
_MOST_WORDS_A_CELL = 8


def header_cells(lines: Iterable[str]) -> list[str]:
    """The cells of a header: each begins with a capital letter, or with a year unless the cell before needs one.

    Headers of keys before the label's form one cell with it, as keys and label do in the rows: ``Prio Nr Projekt``.
    A line of nothing but periods belongs to the columns above it, one by one: ``Budget Utfall`` over ``2024 2024``.
    """
    lines = list(lines)
    return headers_with_periods(lines) or _cells_of_line(join_lines(lines))


def headers_with_periods(lines: Sequence[str]) -> list[str] | None:
    """The cells of a header whose last lines hold a period for each column; None if there is no such line."""
    above = list(lines)
    levels: list[tuple[str, list[str]]] = []
    while len(above) > 1 and (level := _label_and_periods(above[-1])):
        levels.append(level)
        above.pop()
    cells: list[str] | None = _cells_of_line(join_lines(above)) if levels else None
    for label, periods in reversed(levels):
        cells = _with_periods(cells, label, periods) if cells else None
    return cells


def periods_of(line: str) -> list[str]:
    """The periods of a line that holds nothing else: ``2023 2024``, ``31/8 2023 31/8 2024``; else none."""
    pieces, found = line.split(), []
    while pieces:
        longest = min(_MOST_PIECES_OF_PERIOD, len(pieces))
        length = next((n for n in range(longest, 0, -1) if is_period(" ".join(pieces[:n]))), 0)
        if not length:
            return []
        found.append(" ".join(pieces[:length]))
        pieces = pieces[length:]
    return found


def _label_and_periods(line: str) -> tuple[str, list[str]] | None:
    """Two or more periods and the labels' header before them, if it is there."""
    first, _, rest = line.partition(" ")
    label, said = ("", line) if re.search(r"\d", first) or is_period(first) else (first, rest)
    periods = periods_of(said)
    return (label, periods) if len(periods) > 1 else None


def _with_periods(cells: Sequence[str], label: str, periods: Sequence[str]) -> list[str] | None:
    """The headers with the periods below them; None if the periods don't show which headers they belong to."""
    ways = [(label, cells)] if label or is_column_header(cells[0]) else []
    ways += [] if label else [(cells[0], cells[1:])]
    for name, columns in ways:
        dated = _dated(columns, periods) if columns else None
        if dated:
            return [*filter(None, [name]), *dated]
    return None


def _dated(columns: Sequence[str], periods: Sequence[str]) -> list[str] | None:
    """Columns with a period each, with several that repeat for each, or with one for each that compares no others."""
    if any(map(_YEAR.search, columns)) and any(map(_YEAR.search, periods)):
        return None
    if not any(map(is_column_header, columns)):
        return None
    each = len(periods) // len(columns)
    blocks = {tuple(periods[at : at + each]) for at in range(0, len(periods), max(each, 1))}
    may_span = len(columns) > 1 or (is_span_header(columns[0]) and len(periods_of(columns[0])) < 2)
    if may_span and each * len(columns) == len(periods) and (each == 1 or len(blocks) == 1):
        return [f"{column} {period}" for at, column in enumerate(columns) for period in periods[at * each :][:each]]
    dated = [not _COMPARES.match(column) for column in columns]
    known = [is_dated and is_column_header(column) for is_dated, column in zip(dated, columns, strict=True)]
    said = next((mask for mask in (dated, known) if sum(mask) == len(periods)), None)
    left = iter(periods)
    pairs = zip(columns, said or [], strict=False)
    return [f"{column} {next(left)}" if has_period else column for column, has_period in pairs] or None


def _cells_of_line(text: str) -> list[str]:
    years = _LABEL_AND_YEARS.fullmatch(text)
    if years:
        return [years[1], *years[2].split()]
    cells: list[list[str]] = []
    for piece in text.split():
        if not cells or _begins_cell(piece, cells[-1], is_first=len(cells) == 1):
            cells.append([piece])
        else:
            cells[-1].append(piece)
    keys = sum(1 for _ in takewhile(lambda cell: _KEY_HEADER.fullmatch(" ".join(cell)), cells))
    is_named = 0 < keys < len(cells) - 1 and not is_column_header(" ".join(cells[keys]))
    labels = [" ".join(chain.from_iterable(cells[: keys + 1]))] if is_named else []
    return [*labels, *(" ".join(cell) for cell in cells[keys + 1 if labels else 0 :])]


def may_be_header(cells: Sequence[str]) -> bool:
    """Whether cells are neither running text nor a row with the same grade in every column."""
    if len(cells) > 2 and len(set(cells[1:])) == 1 and is_worded(cells[1]):
        return False
    text = " ".join(cells)
    is_prose = len(text) > _LONGEST or _SENTENCE.search(_ABBREVIATION.sub("", text)) is not None
    return not is_prose and all(len(cell.split()) <= _MOST_WORDS_A_CELL for cell in cells[1:])


def joins_next(word: str) -> bool:
    """Whether a word of a header needs the next one: ``mot``, ``/``, ``(exkl.``."""
    return word in ("/", "-", "–", "+") or is_connective(word) or _OPEN_BRACKET.fullmatch(word) is not None


def are_one_kind(word: str, following: str) -> bool:
    """Whether two words name one kind of figure: ``Ack. Utfall``."""
    return _TWO_WORDED_KIND.fullmatch(f"{word} {following}") is not None


def _begins_cell(piece: str, cell: Sequence[str], *, is_first: bool) -> bool:
    if joins_next(cell[-1]) or piece[0] in "(/-–&" or are_one_kind(cell[-1], piece):
        return False
    if is_year_header(piece):
        is_label = is_first and not any(map(is_column_header, cell))
        return is_year_header(cell[-1]) or is_label
    return piece[0].isupper()
