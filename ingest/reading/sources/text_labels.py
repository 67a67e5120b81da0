"""Marks the sub-headings of page text, and joins rows that repeat one grade in every column."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

from ingest.reading.cells.splits import least_cells
from ingest.reading.sources.text_lines import Line
from ingest.reading.sources.text_rows import DraftRow
from ingest.reading.vocabulary.row_words import goes_on, is_sum
from ingest.reading.vocabulary.text_pieces import is_worded

_TIMES_THAT_MAKE_A_HABIT = 3
_BEGINS_ROW = re.compile(r"[-–] |[A-ZÅÄÖ]")
_BEGINS_GRADE = re.compile(r"(?:ej|inte|delvis|helt)", re.IGNORECASE)


def with_subheadings(lines: Sequence[Line]) -> list[Line]:
    """The lines, with sub-headings marked where the figures of a wrapped label are on a line of their own.

    There, a line of words right above a row with its own words is not part of that row's label.
    """
    pairs = list(pairwise(lines))
    apart = sum(_is_of_words(above) and _is_row(line) and not line.words for above, line in pairs)
    together = sum(_is_of_words(above) and _is_row(line) and line.words[:1].islower() for above, line in pairs)
    if apart < max(_TIMES_THAT_MAKE_A_HABIT, 2 * together):
        return list(lines)
    marked = [replace(line, is_subheading=_is_subheading(line, below)) for line, below in pairs]
    return [*marked, *lines[-1:]]


def with_subheadings_apart(drafts: Sequence[DraftRow], lines: Sequence[Line]) -> list[DraftRow]:
    """The rows, with a sub-heading split off where the line above a label had room for the label's first word."""
    # The first of several lines may be a sub-heading, which is wider than labels are.
    widest = max((len(line) for draft in drafts for line in draft.label[len(draft.label) > 1 :]), default=0)
    beside = {line.number for line in lines if line.words}
    found_rows: list[DraftRow] = []
    for draft in drafts:
        # Figures on a line of their own are below a label of several lines; below a sum row, a sub-heading comes first.
        is_below_sum = bool(found_rows) and is_sum(" ".join(found_rows[-1].label))
        may_have_subheading = draft.line in beside or is_below_sum
        room = inf if is_below_sum and draft.line in beside else widest
        above, label = _parted_label(draft.label, room) if may_have_subheading else ([], draft.label)
        found_rows += [DraftRow([line], (), draft.line) for line in above]
        found_rows.append(replace(draft, label=label))
    return found_rows


def _parted_label(label: list[str], widest: float) -> tuple[list[str], list[str]]:
    """The lines that are sub-headings, and those of the label itself."""
    for at in range(len(label) - 1, 0, -1):
        above, text = label[at - 1], label[at]
        had_room = len(above) + 1 + len(text.split()[0]) <= widest
        if had_room and text[0].isupper() and not goes_on(above):
            return label[:at], label[at:]
    return [], label


def with_whole_grades(lines: Sequence[Line]) -> list[Line]:
    """The lines, with rows of grades joined: ``Ej aktuellt Ej aktuellt Ej`` and ``aktuellt``."""
    whole: list[Line] = []
    for line in lines:
        if whole and _goes_on_with_grades(whole[-1], line):
            whole[-1] = replace(whole[-1], raw=f"{whole[-1].raw.rstrip()} {line.raw.strip()}")
        else:
            whole.append(line)
    return whole


def _is_of_words(line: Line) -> bool:
    return bool(line.text) and not line.has_figures


def _is_row(line: Line) -> bool:
    return line.has_figures and least_cells(line.run) > 1


def _is_subheading(line: Line, below: Line) -> bool:
    begins_row = _is_row(below) and _BEGINS_ROW.match(below.words) is not None
    return begins_row and _is_of_words(line) and not goes_on(line.text)


def _goes_on_with_grades(above: Line, line: Line) -> bool:
    """Whether a line holds only words of the grades that the line above repeats."""
    words = above.text.lower().split()
    if line.text.isalpha() and line.text.islower() and _BEGINS_GRADE.fullmatch("".join(words[-1:])):
        return is_worded(f"{words[-1]} {line.text}")
    grades = [piece for piece in above.pieces if is_worded(piece)]
    last_is_grade = bool(words) and (bool(_BEGINS_GRADE.fullmatch(words[-1])) or is_worded(above.pieces[-1]))
    return len(grades) > 1 and last_is_grade and bool(line.text) and set(line.text.lower().split()) <= set(words)
