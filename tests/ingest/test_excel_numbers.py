"""Numbers and dates are read as Excel shows them in Swedish."""

import datetime as dt

import pytest

from ingest.files.excel_numbers import printed_date, printed_number

ACCOUNTING = '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (1234.56, "General", "1234,56"),
        (0.1 + 0.2, "General", "0,3"),
        (1234.56, "#,##0.0", "1 234,6"),
        (-1234.5, "# ##0", "-1 235"),
        (0.085, "0.0%", "8,5 %"),
        (-1234, "#,##0_);(#,##0)", "-1 234"),
        (-5, "#,##0;[Red]-#,##0", "-5"),
        (0, ACCOUNTING, "-"),
        (-12345, ACCOUNTING, "-12 345"),
        (-0.04, "0.0", "0,0"),
        (1234567, "#,##0,", "1 235"),
        (45, "0.##", "45"),
        (12.3, '0.0 "tkr"', "12,3 tkr"),
        (0, "0;-0;", ""),
        (-4521, "#,##0;[Red]#,##0", "-4 521"),
        (-4521, "#,##0.0_ ;[Röd]#,##0.0\\ ", "-4 521,0"),
        (-4521, "[<0][Red]-#,##0;[>=0]#,##0", "-4 521"),
        (4521, "[<0][Red]-#,##0;[>=0]#,##0", "4 521"),
        (-4521, "[Red][<0]#,##0;#,##0", "-4 521"),
        (4521, "[>=1000]#,##0;0.0", "4 521"),
        (-7, "[>=1000]#,##0;0.0", "-7,0"),
        (-4521, "#,##0;#,##0-", "-4 521"),
        (4521, "-#,##0;#,##0", "-4 521"),
        (-4521, "-#,##0;#,##0", "4 521"),
        (-4521, '#,##0\\ "kr";[Red]\\-#,##0\\ "kr"', "-4 521 kr"),
        (31000000000, "General", "31000000000"),
    ],
)
def test_a_number_is_printed_as_it_is_shown(value: float, number_format: str, shown: str) -> None:
    assert printed_number(value, number_format) == shown


@pytest.mark.parametrize(
    ("number_format", "shown"), [("yyyy-mm-dd", "2024-08-31"), ("mmm-yy", "aug 2024"), ("yyyy", "2024")]
)
def test_a_date_is_printed_by_its_parts(number_format: str, shown: str) -> None:
    assert printed_date(dt.date(2024, 8, 31), number_format) == shown
