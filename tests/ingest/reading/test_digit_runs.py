"""Which cell a digit belongs to if single spaces separate both cells and thousands, on made-up rows with traps."""

import pytest

from ingest.reading.cells.solver import settle


def cells(rows: list[str], width: int, **evidence: list[int]) -> list[tuple[str, ...]]:
    settled = settle([tuple(row.split(" ")) for row in rows], width, **evidence)
    assert all(row is not None for row in settled)
    return [row.split.cells for row in settled if row is not None]


@pytest.mark.parametrize(
    ("row", "width", "expected"),
    [
        ("17 349 16 045 17 650", 3, ("17 349", "16 045", "17 650")),
        ("245 082 245 082 0 163 388", 4, ("245 082", "245 082", "0", "163 388")),
        ("-393 330 -396 527 - 34 867", 3, ("-393 330", "-396 527", "- 34 867")),
        ("9 % 8,6 % 12,1 %", 3, ("9 %", "8,6 %", "12,1 %")),
        ("1  0,7 0,3", 4, ("1", "", "0,7", "0,3")),
        ("    ≥ 85 ≥ 87", 6, ("", "", "", "", "≥ 85", "≥ 87")),
        ("42 % 48 % ", 3, ("42 %", "48 %", "")),
        (" 6 867 6 526 -341", 3, ("6 867", "6 526", "-341")),
        ("1 000 000 2 000 000", 2, ("1 000 000", "2 000 000")),
    ],
)
def test_spaces_and_the_number_of_columns_settle_a_row(row: str, width: int, expected: tuple[str, ...]) -> None:
    assert cells([row], width) == [expected]


def test_a_difference_between_columns_settles_what_the_spaces_leave_open() -> None:
    first = ("5 598", "214", "4", "5 644", "-46")
    read = cells(["5 598 214 4 5 644 -46", "7 100 200 3 7 000 100", "12 5 1 14 -2"], 5)
    assert read[0] == first


def test_digits_that_belong_to_the_label_are_given_to_it() -> None:
    settled = settle([("2024", "-65", "-100", "35"), ("2024", "-417", "-350", "-67")], 3)
    assert [row and (row.split.given_to_label, row.split.cells) for row in settled] == [
        (1, ("-65", "-100", "35")),
        (1, ("-417", "-350", "-67")),
    ]


def test_a_sum_decides_how_one_of_its_rows_is_read() -> None:
    rows = ["1 200 300", "100 200", "1 300 500"]
    assert cells(rows, 2, sums=[0, 0, 1])[0] == ("1 200", "300")


def test_an_undecided_split_is_reported_with_its_alternatives() -> None:
    (open_row,) = settle([("100", "200", "300")], 2)
    assert open_row is not None
    assert open_row.others
    (sure,) = settle([("10,0", "20,0")], 2)
    assert sure is not None
    assert sure.others == ()


def test_a_row_with_far_too_many_pieces_is_left_whole() -> None:
    assert settle([("1",) * 500], 3) == [None]


def test_further_spaces_are_a_habit_where_they_cannot_all_be_blank_cells() -> None:
    (row,) = settle([("", "456", "446", "", "429")], 3)
    assert row is not None
    assert row.split.cells == ("456", "446", "429")
    assert row.others == ()


def test_a_row_without_digits_among_others_is_blank() -> None:
    settled = settle([("7", "8"), ()], 2, may_lack=[0, 1])
    assert [row.split.cells for row in settled if row] == [("7", "8"), ("", "")]
