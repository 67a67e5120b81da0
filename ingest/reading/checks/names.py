"""Labels and headers that look cut, or that hold what belongs to another cell."""

import re

from ingest.reading.checks.arithmetic import TableDoubts
from ingest.reading.printed_text import is_period, is_sentence, is_value
from ingest.tables import Doubt, Table

_GOES_ON = re.compile(
    r"(?:.*\s)?(?:och|eller|samt|i|på|av|för|med|till|från|om|under|inom|per|som|att|den|det|en|ett|vid|enligt|utan)|.*[^\W\d_]-",
    re.IGNORECASE,
)
_SMALL_BEGINNING = re.compile(r"(?!varav|därav|totalt?|summa|netto|s:a)[a-zåäö]{2,}\s", re.IGNORECASE)
_FIGURES_AFTER = re.compile(r".*[^\W\d_]\S*\s[-–−]?\d[\d ]*,\d+|.*[^\W\d_]{3,}\s[-–−]\d[\d ]*")
_LONG_LABEL = 80
_CUT_LABEL = "Radens namn ser avkortat ut: resten kan stå på en annan rad"
_CONTINUED_LABEL = "Radens namn ser ut att fortsätta ett annat"
_FIGURE_IN_LABEL = "Radens namn slutar med tal, som kan höra till en cell"
_TEXT_IN_LABEL = "Radens namn är löpande text, som kan stå utanför tabellen"
_NO_LABEL = "Raden saknar namn"
_NO_WORD_IN_LABEL = "Radens namn är inget ord: det kan vara slutet av namnet ovanför, eller höra till en cell"
_NO_HEADER = "Kolumnen saknar rubrik"
_FIGURE_IN_HEADER = "Rubriken håller ett tal, som kan höra till en rad"
_TEXT_IN_HEADER = "Rubriken håller löpande text"


def doubts_of_labels(table: Table) -> TableDoubts:
    """Labels that end within a phrase or begin within one, and rows of figures under running text or no name."""
    labels = [row.label for row in table.rows]
    has_labels = sum(re.search(r"[^\W\d_]{2}", label) is not None for label in labels) * 2 > len(labels)
    is_small_usual = sum(label[:1].islower() for label in labels) * 3 > len(labels)
    doubts: TableDoubts = {}
    for row_no, row in enumerate(table.rows, 1):
        reason = _doubt_of_label(row.label, is_small_usual=is_small_usual)
        if not reason and has_labels and any(map(is_value, row.cells)):
            reason = _doubt_of_row_name(row.label)
        if reason:
            doubts[row_no, 0] = Doubt(reason)
        if reason == _NO_WORD_IN_LABEL and row_no > 1 and not any(table.rows[row_no - 2].cells):
            doubts[row_no - 1, 0] = Doubt(_CUT_LABEL)
    return doubts


def _doubt_of_label(label: str, *, is_small_usual: bool) -> str:
    if _GOES_ON.fullmatch(label) or label.count("(") > label.count(")"):
        return _CUT_LABEL
    if label.count(")") > label.count("(") or label.startswith(tuple("%,.;:)")):
        return _CONTINUED_LABEL
    if label[:1].islower() and _SMALL_BEGINNING.match(label) and not is_small_usual:
        return _CONTINUED_LABEL
    return _FIGURE_IN_LABEL if _FIGURES_AFTER.fullmatch(label) else ""


def _doubt_of_row_name(label: str) -> str:
    if not re.search(r"[^\W\d_]{2}", label):
        is_dash = bool(label) and not re.search(r"\d", label)
        return "" if is_dash else _NO_WORD_IN_LABEL if label else _NO_LABEL
    is_text = len(label) > _LONG_LABEL and re.search(r"[^\W\d]{4}[.!?] [A-ZÅÄÖ]", label)
    return _TEXT_IN_LABEL if is_text else ""


def doubts_of_headers(table: Table) -> TableDoubts:
    """Columns of figures without a header, and headers that hold a row's figure or running text."""
    doubts: TableDoubts = {}
    for col_no, column in enumerate(table.columns, 1):
        has_figures = any(is_value(row.cells[col_no - 1]) for row in table.rows)
        reason = _doubt_of_header(column.header) if has_figures and not column.is_commentary else ""
        if reason:
            doubts[0, col_no] = Doubt(reason)
    return doubts


def _doubt_of_header(header: str) -> str:
    if not header:
        return _NO_HEADER
    if is_sentence(header):
        return _TEXT_IN_HEADER
    words = header.split()
    last = words[-1] if len(words) > 1 else ""
    is_figure_last = is_value(last) and not is_period(last) and re.search(r"\d,\d|^[-–−]\d|\d%", last) is not None
    return _FIGURE_IN_HEADER if is_figure_last else ""
