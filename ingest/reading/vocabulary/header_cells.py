"""The cells of a header line printed with single spaces: ``Indikatorer Utfall 2023 Utfall 2024 Mål 2025``."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, takewhile

from ingest.reading.vocabulary.column_headers import is_column_header
from ingest.reading.vocabulary.periods import YEAR, is_year_header
from ingest.reading.vocabulary.print import join_lines
from ingest.reading.vocabulary.row_words import is_connective
from ingest.reading.vocabulary.text_pieces import is_worded

_OPEN_BRACKET = re.compile(r"\(.*[^)]")
_TWO_WORDED_KIND = re.compile(r"(?:ack|prel|just|rev|föreg)\. (?:utfall|prognos|budget|bokslut)", re.IGNORECASE)
_LABEL_AND_YEARS = re.compile(rf"([^\d\s]+) ({YEAR}(?: {YEAR})+)")
_SENTENCE = re.compile(r"[.!;]$|[.!] [A-ZÅÄÖ]")
_ABBREVIATION = re.compile(r"\b(?:diff|avv|ack|prog|budg|utf|föreg|enl|inkl|exkl|prel|tot|nr|st)\.", re.IGNORECASE)
_KEY_HEADER = re.compile(r"pri|prio|prioritet|status|nr|kod|proj|projnr|id", re.IGNORECASE)
_LONGEST = 240
_MOST_WORDS_A_CELL = 8


def header_cells(lines: Iterable[str]) -> list[str]:
    """The cells of a header: each begins with a capital letter, or with a year unless the cell before needs one.

    Headers of keys before the label's form one cell with it, as keys and label do in the rows: ``Prio Nr Projekt``.
    """
    text = join_lines(lines)
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
    labels = [" ".join(chain.from_iterable(cells[: keys + 1]))] if 0 < keys < len(cells) - 1 else []
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
