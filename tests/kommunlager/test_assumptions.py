"""What is assumed is worded the same on the site and in the workbook, and only where it is assumed."""

import duckdb
import pytest

from kommunlager.site.sources import assumed_by
from kommunlager.swedish import ASSUMED_OF_FIGURES, sql_marks_of_figures

PRINTED = {
    "unit_source": "printed",
    "kind_source": "arithmetic",
    "sign_source": None,
    "role_source": "standard_term",
    "unit": "tkr",
    "value_kind_sv": "Budget",
}


@pytest.mark.parametrize(
    ("changes", "marks"),
    [
        ({}, []),
        ({"unit_source": "assumed"}, ["enhet antagen: tkr"]),
        ({"unit_source": "elsewhere_in_document"}, []),
        ({"kind_source": "assumed", "sign_source": "assumed"}, ["kolumn antagen: budget", "tecken antaget"]),
        ({"role_source": "assumed", "unit_source": "assumed", "unit": None}, ["enhet antagen", "radens roll antagen"]),
    ],
    ids=str,
)
def test_site_and_workbook_say_the_same(changes: dict[str, str | None], marks: list[str]) -> None:
    figure = PRINTED | changes
    assert [mark for mark, _ in assumed_by(ASSUMED_OF_FIGURES, figure)] == marks
    columns = ", ".join(f"cast(${name} as varchar) as {name}" for name in figure)
    query = f"select {sql_marks_of_figures('figure')} from (select {columns}) as figure"
    assert duckdb.execute(query, figure).fetchone() == ("; ".join(marks) or None,)


def test_a_mark_of_two_figures_is_given_once() -> None:
    both = PRINTED | {"unit_source": "assumed"}
    columns = ", ".join(f"cast(${name} as varchar) as {name}" for name in both)
    query = f"""
        select {sql_marks_of_figures("compared", "budget")}
        from (select {columns}) as compared cross join (select {columns}) as budget
    """
    assert duckdb.execute(query, both).fetchone() == ("enhet antagen: tkr",)
