"""Notations that can be understood in two ways: points between digits, brackets, amounts in another unit."""

import re
from collections.abc import Iterator

from ingest.document import Doubt, Table
from ingest.reading.checks.arithmetic import TableDoubts
from ingest.reading.vocabulary.print import BRACKETED, SIGN, is_value
from ingest.reading.vocabulary.units import is_in_kronor, states_kronor

_ONE_POINT = re.compile(rf"(?:{SIGN}\s?)?[1-9]\d{{0,2}}\.\d{{3}}")
_OTHER_NUMBER = re.compile(r".*(?:\d[ \u00a0]\d{3}|\d\.(?:\d{1,2}|\d{4,})(?!\d)|\b0\.\d)")
_MILLIONS = re.compile(r"mnkr|mkr|msek|milj", re.IGNORECASE)
_IN_BRACKETS = re.compile(BRACKETED)
_LEAST_IN_BRACKETS = 2
_POINT_REASON = "Punkten kan dela tusental eller vara ett decimaltecken"
_BRACKET_REASON = "Hela kolumnen står inom parentes: talen kan vara negativa eller bara jämförelsetal"
_UNIT_REASON = "Talen är tryckta i kr men tabellen anger en annan enhet"


def doubts_of_notations(table: Table) -> TableDoubts:
    """The figures with a point that the table doesn't explain, and the columns in brackets or in another unit."""
    return dict(_doubts_of_points(table)) | dict(_doubts_of_columns(table))


def _doubts_of_points(table: Table) -> Iterator[tuple[tuple[int, int], Doubt]]:
    """Three digits after a point are thousands, unless the table prints thousands or decimals otherwise, too."""
    cells = [cell for row in table.rows for cell in row.cells]
    if not _MILLIONS.match(table.unit) and not any(map(_OTHER_NUMBER.match, cells)):
        return
    for row_no, row in enumerate(table.rows, 1):
        for col_no, cell in enumerate(row.cells, 1):
            if _ONE_POINT.fullmatch(cell):
                yield (row_no, col_no), Doubt(_POINT_REASON, (cell.replace(".", " "), cell.replace(".", ",")))


def _doubts_of_columns(table: Table) -> Iterator[tuple[tuple[int, int], Doubt]]:
    columns = [[row.cells[place] for row in table.rows if row.cells[place]] for place in range(len(table.columns))]
    in_brackets = [len(cells) >= _LEAST_IN_BRACKETS and all(map(_IN_BRACKETS.fullmatch, cells)) for cells in columns]
    others = [cell for cells, is_in in zip(columns, in_brackets, strict=True) if not is_in for cell in cells]
    is_apart = any(map(is_value, others)) and not any(map(_IN_BRACKETS.fullmatch, others))
    for col_no, (cells, is_in) in enumerate(zip(columns, in_brackets, strict=True), 1):
        if is_in and is_apart:
            yield (0, col_no), Doubt(_BRACKET_REASON)
        if table.unit and not states_kronor(table.unit) and is_in_kronor(cells):
            yield (0, col_no), Doubt(_UNIT_REASON)
