"""Labels that look cut, or that hold text from another cell."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.document import Doubt, Table
from ingest.reading.checks.arithmetic import TableDoubts
from ingest.reading.vocabulary.periods import YEAR, is_period
from ingest.reading.vocabulary.print import DASH, GROUPED, is_only_a_figure, is_value
from ingest.reading.vocabulary.row_words import goes_on, is_of_which, is_sum

_LETTER = re.compile(r"[^\W\d_]")
_SMALL_BEGINNING = re.compile(r"[a-zåäö][a-zåäöA-ZÅÄÖ]+[\s,.:]")
_FIGURES_AFTER = re.compile(
    rf".*[^\W\d_]\S*\s{DASH}?\d[\d ]*,\d+|.*[^\W\d_]{{3,}}\s{DASH}\d[\d ]*|.*[^\W\d_]{{3,}}\s{GROUPED}"
    rf"|.*[^\W\d_]{{3,}}(?:\s{DASH}?\d[\d,]*|\s\(\d+\))+\s(?:{DASH}?(?!{YEAR}$)\d[\d,]*|\(\d+\))"
    rf"|{DASH}\d+ (?:{DASH}|\d).*[^\W\d_].*|.*\d,\d.*\s{DASH}?\d+,\d.*"
    rf"|.*[^\W\d_]{{4}}(?!{YEAR}\b)\d{{4,}}.*",
)
_FIGURE_AFTER = re.compile(rf"(.*[^\W\d_]{{2}}\S*) {DASH}?(?!{YEAR}$)\d[\d ]*")
_RANGE_BEGINNING = re.compile(rf"\d+{DASH}\d+\s")
_LONG_LABEL = 80
_LEAST_LABELS = 3
# A blank first cell is unusual if at most one row in this many has one.
_RARELY_BLANK = 4
_CUT_LABEL = "Radens namn ser avkortat ut: resten kan stå på en annan rad"
_CONTINUED_LABEL = "Radens namn ser ut att fortsätta ett annat"
_FIGURE_IN_LABEL = "Radens namn slutar med tal, som kan höra till en cell"
_TEXT_IN_LABEL = "Radens namn är löpande text, som kan stå utanför tabellen"
_NO_LABEL = "Raden saknar namn"
_NO_LABELS = "Ingen rad har namn: kolumnerna kan höra till en tabell bredvid eller på sidan före"
_NO_WORD_IN_LABEL = "Radens namn är inget ord: det kan vara slutet av namnet ovanför, eller höra till en cell"
_FIGURES_IN_LABELS = "Många av radernas namn slutar med tal: tabellens första kolumn kan stå i dem"


def doubts_of_labels(table: Table) -> TableDoubts:
    """Labels that end or begin within a phrase, and rows of figures under running text or without a name."""
    labels = [row.label for row in table.rows]
    are_figures = not any(map(_LETTER.search, labels)) and not all(map(is_period, labels))
    if are_figures and len(set(labels) - {""}) < len(labels) > 1:
        return {(row_no, 0): Doubt(_NO_LABELS) for row_no in range(1, len(labels) + 1)}
    has_labels = sum(re.search(r"[^\W\d_]{2}", label) is not None for label in labels) * 2 > len(labels)
    is_small_usual = sum(label[:1].islower() for label in labels) * 3 > len(labels)
    given = _rows_led_by_blanks(table)
    doubts: TableDoubts = {}
    for row_no, row in enumerate(table.rows, 1):
        reason = _doubt_of_label(row.label, is_small_usual=is_small_usual)
        if not reason and (has_labels or is_only_a_figure(row.label)) and any(map(is_value, row.cells)):
            reason = _doubt_of_row_name(row.label)
        if not reason and row_no in given:
            reason = _FIGURE_IN_LABEL
        if reason:
            doubts[row_no, 0] = Doubt(reason)
        if reason == _NO_WORD_IN_LABEL and row_no > 1 and not any(table.rows[row_no - 2].cells):
            doubts[row_no - 1, 0] = Doubt(_CUT_LABEL)
    if _hold_figures(labels):
        doubts |= {(row_no, 0): Doubt(_FIGURES_IN_LABELS) for row_no in range(1, len(labels) + 1)}
    return _of_cut_names(table, is_small_usual=is_small_usual) | doubts


def _rows_led_by_blanks(table: Table) -> set[int]:
    """Rows whose name ends in a number and whose first cell, which almost all other rows fill, is blank."""
    rows = [row for row in table.rows if any(row.cells)]
    blank = sum(not row.cells[0] for row in rows)
    if blank * _RARELY_BLANK > len(rows):
        return set()
    return {
        row_no
        for row_no, row in enumerate(table.rows, 1)
        if any(row.cells) and not row.cells[0] and _FIGURE_AFTER.fullmatch(row.label)
    }


def _hold_figures(labels: Sequence[str]) -> bool:
    """Whether half of the labels end in a number after different words: not ``Åk 1``, ``Åk 2``."""
    parted = [match for match in map(_FIGURE_AFTER.fullmatch, labels) if match]
    return len(parted) >= max(_LEAST_LABELS, len(labels) / 2) and len({match[1] for match in parted}) == len(parted)


def _of_cut_names(table: Table, *, is_small_usual: bool) -> TableDoubts:
    """Names that a row without figures continues or begins: a code alone, a lower-case letter, a range."""
    doubts: TableDoubts = {}
    for row_no, (above, below) in enumerate(pairwise(table.rows), 1):
        is_rest = _RANGE_BEGINNING.match(below.label) or (_begins_small(below.label) and not is_small_usual)
        if any(above.cells) and not any(below.cells) and is_rest:
            doubts |= {(row_no, 0): Doubt(_CUT_LABEL), (row_no + 1, 0): Doubt(_CONTINUED_LABEL)}
        if any(below.cells) and not any(above.cells) and re.fullmatch(r"\d+", above.label):
            doubts |= {(row_no, 0): Doubt(_CUT_LABEL), (row_no + 1, 0): Doubt(_CONTINUED_LABEL)}
    return doubts


def _doubt_of_label(label: str, *, is_small_usual: bool) -> str:
    if goes_on(label) or label.count("(") > label.count(")"):
        return _CUT_LABEL
    if label.count(")") > label.count("(") or label.startswith(tuple("%,.;:)")):
        return _CONTINUED_LABEL
    if _begins_small(label) and not is_small_usual:
        return _CONTINUED_LABEL
    return _FIGURE_IN_LABEL if _FIGURES_AFTER.fullmatch(label) else ""


def _begins_small(label: str) -> bool:
    """Whether a label begins within a phrase: in lower case, and not with a word that rows may begin with."""
    return _SMALL_BEGINNING.match(label) is not None and not is_sum(label) and not is_of_which(label)


def _doubt_of_row_name(label: str) -> str:
    if not re.search(r"[^\W\d_]{2}", label):
        is_dash = bool(label) and not re.search(r"\d", label)
        return "" if is_dash else _NO_WORD_IN_LABEL if label else _NO_LABEL
    is_text = len(label) > _LONG_LABEL and re.search(r"[^\W\d]{4}[.!?] [A-ZÅÄÖ]", label)
    return _TEXT_IN_LABEL if is_text else ""
