"""Cuts a header that print has run together into its cells: ``Indikatorer Utfall 2023 Utfall 2024 Mål 2025``."""

import re
from collections.abc import Iterable, Sequence

from ingest.reading.column_heads import is_column_head, is_figure_head
from ingest.reading.printed_text import is_period, join_lines

_YEAR = re.compile(r"(?:19|20)\d\d\*?\d?")
_PERIOD_PIECE = re.compile(
    r"(?:19|20)\d\d\*?\d?(?:/(?:20)?\d\d)?|\d{1,2}(?:/\d{1,2})?|(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)\w*\.?(?:-\w+)?",
    re.IGNORECASE,
)
_JOINS_NEXT = re.compile(r"/|-|–|\+|och|av|från|till|mot|enligt|enl\.?|per|för|i|\(.*[^)]", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!;]$|[.!] [A-ZÅÄÖ]")
_QUALIFIER = re.compile(
    r"(?:mot|jmf|jämfört|med|enl\.?|enligt|beslut|föreg\w*|fg|års?|ack\w*|i|av|%|\(%\)|procent|tkr|mnkr|mkr|helår|delår"
    r"|period\w*|totalt?|\(?\w*(?:utfall|budget|prognos|bokslut|avvikelse|mål|måluppfyllelse)\)?|diff\.?|avv\.?|/)+[-/]?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[A-ZÅÄÖ]|\d{1,2}\.\d")
_LONGEST = 240
_MOST_WORDS_A_CELL = 7


def header_cells(lines: Iterable[str]) -> list[str]:
    """The cells of a header: each begins with a capital letter, or with a year where the cell before needs none."""
    cells: list[list[str]] = []
    for piece in join_lines(lines).split():
        if not cells or _begins_cell(piece, cells[-1]):
            cells.append([piece])
        else:
            cells[-1].append(piece)
    return [" ".join(cell) for cell in cells]


def is_header(cells: Sequence[str]) -> bool:
    """Whether cells can head a table of figures: at least one tells so by itself, and no cell is a sentence."""
    text = " ".join(cells)
    is_prose = len(text) > _LONGEST or _SENTENCE.search(text) is not None
    if is_prose or _NUMBERED.match(text) or any(len(cell.split()) > _MOST_WORDS_A_CELL for cell in cells[1:]):
        return False
    return any(is_figure_head(cell) for cell in cells)


def goes_on_with_header(line: str, before: str) -> bool:
    """Whether a line only carries on a header that print wrapped: periods, words of kinds, the end of a broken word."""
    pieces = line.split()
    if re.search(r"\w-\s*$", before) and pieces and pieces[0][0].islower() and len(pieces) <= 3:
        return True
    if len(pieces) == 1 and re.fullmatch(r"[^\W\d]{2,}-", pieces[0]):
        return True
    is_counted = all(re.fullmatch(r"\d{1,2}", piece) for piece in pieces)
    return bool(pieces) and len(pieces) <= 12 and not is_counted and all(map(_carries_on, pieces))


def _carries_on(piece: str) -> bool:
    bare = piece.strip("()*:,")
    return _PERIOD_PIECE.fullmatch(bare) is not None or _QUALIFIER.fullmatch(piece) is not None


def _begins_cell(piece: str, cell: Sequence[str]) -> bool:
    if _JOINS_NEXT.fullmatch(cell[-1]) or piece[0] in "(/-–&":
        return False
    if _YEAR.fullmatch(piece):
        text = " ".join(cell)
        return is_period(text) or _YEAR.fullmatch(cell[-1]) is not None or not any(map(is_column_head, cell))
    return piece[0].isupper()
