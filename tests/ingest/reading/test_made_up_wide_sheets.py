"""Sheets that are wider than their page: the pages with the right-hand columns repeat no labels."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.reading.report import Reading, read_report
from tests.support.made_up_tables import Rows, typeset

LABELS = tuple(f"{kind} {place}" for kind in ("Förskola", "Skola", "Bibliotek") for place in ("norr", "syd", "öst"))
LEFT = [
    ("Enhet", "Budget jan", "Utfall jan"),
    *((label, f"{at} 410", f"{at} 655") for at, label in enumerate(LABELS, 2)),
]
MIDDLE = [("Budget feb", "Utfall feb"), *((f"{at} 120", f"{at} 98{at % 9}") for at in range(3, 12))]
RIGHT = [("Budget mar", "Utfall mar"), *((f"{at} 300", f"-{at} 21{at % 9}") for at in range(4, 13))]
WHOLE = [(*left, *middle, *right) for left, middle, right in zip(LEFT, MIDDLE, RIGHT, strict=True)]
FIRST, SECOND = slice(0, 6), slice(6, None)


def _sheet(folder: Path, pages: Sequence[Rows], stroke: str = "1pt", tags: bool = False) -> Reading:
    tables = []
    for rows in pages:
        is_left = rows[0][0] in ("Enhet", *LABELS)
        columns = ", ".join(["5cm"] * is_left + ["3cm"] * (len(rows[0]) - is_left))
        align = ", ".join(["left"] * is_left + ["right"] * (len(rows[0]) - is_left))
        cells = ", ".join(f'"{text}"' for row in rows for text in row)
        tables.append(f"#table(columns: ({columns}), align: ({align}), stroke: {stroke}, {cells})")
    source = "= Drift\n\nUtfall per enhet, tkr\n\n" + "\n#pagebreak()\n".join(tables)
    return read_report(typeset(folder, source, tags), lambda page, pages: None)


def _cells(reading: Reading) -> list[list[tuple[str, ...]]]:
    return [
        [
            (table.label_header, *(column.header for column in table.columns)),
            *((row.label, *row.cells) for row in table.rows),
        ]
        for table in reading.tables
    ]


@pytest.mark.parametrize("tags", [False, True])
@pytest.mark.parametrize("stroke", ["none", "1pt"])
def test_pages_with_the_right_hand_columns_are_joined_by_their_rows(stroke: str, tags: bool, tmp_path: Path) -> None:
    reading = _sheet(tmp_path, [LEFT, MIDDLE, RIGHT], stroke, tags)
    assert _cells(reading) == [WHOLE]
    assert not reading.doubts


@pytest.mark.parametrize("stroke", ["none", "1pt"])
@pytest.mark.parametrize("order", ["over, then down", "down, then over"])
def test_a_sheet_is_joined_in_whichever_order_its_pages_are_printed(order: str, stroke: str, tmp_path: Path) -> None:
    (left, more_left), (right, more_right) = ((rows[FIRST], [rows[0], *rows[SECOND]]) for rows in (LEFT, MIDDLE))
    over = order == "over, then down"
    pages = [left, right, more_left, more_right] if over else [left, more_left, right, more_right]
    assert _cells(_sheet(tmp_path, pages, stroke)) == [[row[:5] for row in WHOLE]]


def test_a_sub_heading_has_no_cells_on_the_pages_to_its_right(tmp_path: Path) -> None:
    heading = ("Norra området", "", "")
    reading = _sheet(tmp_path, [[LEFT[0], heading, *LEFT[1:]], MIDDLE])
    assert _cells(reading) == [[WHOLE[0][:5], ("Norra området", "", "", "", ""), *(row[:5] for row in WHOLE[1:])]]


def test_columns_without_labels_that_fit_no_rows_are_doubted(tmp_path: Path) -> None:
    reading = _sheet(tmp_path, [LEFT, MIDDLE[:-1]])
    assert len(reading.tables) == 2
    assert {(2, row_no, 0) for row_no in range(1, len(MIDDLE) - 1)} <= reading.doubts.keys()


def test_columns_without_labels_or_headers_are_never_read_without_doubt(tmp_path: Path) -> None:
    reading = _sheet(tmp_path, [LEFT, MIDDLE[1:]], "none")
    named = {
        (table.table_no, row_no, 0)
        for table in reading.tables
        for row_no, row in enumerate(table.rows, 1)
        if row.label in LABELS
    }
    rows = {(table.table_no, row_no, 0) for table in reading.tables for row_no in range(1, len(table.rows) + 1)}
    headers = {
        (table.table_no, 0, col_no)
        for table in reading.tables
        for col_no, column in enumerate(table.columns, 1)
        if not column.header
    }
    assert rows - named <= reading.doubts.keys()
    assert headers <= reading.doubts.keys()
    assert rows - named or headers or reading.unread
