"""Wordings that several outputs share."""

from datetime import date

import pytest

from kommunlager.swedish import Row, genitive, goal_scores, months, number_in_words, score_in_words

AUGUST = date(2024, 8, 31)


def count(basis: str, status: str, goals: int, as_of_date: date | None = None, **more: int) -> Row:
    key = {"municipality_code": "0001", "municipality": "Påhittad", "committee": "Nämnden", "target_year": 2024}
    details = {"with_value": goals, "at_target": 0, "on_pace": 0, "behind_pace": 0, **more}
    return {**key, "basis": basis, "status": status, "goals": goals, "as_of_date": as_of_date, **details}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mark", "Marks"),
        ("Alingsås", "Alingsås"),
        ("Bordeaux", "Bordeaux"),
        ("Graz", "Graz"),
        ("ASKERSUND", "ASKERSUNDs"),
    ],
)
def test_a_name_on_s_x_or_z_gets_no_s_in_the_genitive(name: str, expected: str) -> None:
    assert genitive(name) == expected


def test_numbers_are_words_up_to_twelve_and_spans_name_their_months() -> None:
    assert [number_in_words(number) for number in (0, 1, 12, 13)] == ["noll", "en", "tolv", "13"]
    assert [months(1, 8), months(12, 12)] == ["januari–augusti", "december"]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (
            [
                count("interim", "met", 3, AUGUST),
                count("none", "not_assessable", 2),
                count("interim", "not_met", 1, AUGUST),
            ],
            "3 av 6 mål för 2024 uppnådda per 31 augusti, 1 ej uppnått, 2 kan inte bedömas",
        ),
        (
            [count("interim", "met", 1), count("interim", "partly_met", 2), count("interim", "not_met", 2)],
            "1 av 5 mål för 2024 uppnått vid delåret, 2 delvis uppnådda, 2 ej uppnådda",
        ),
        (
            [count("final", "met", 7), count("final", "not_met", 4), count("forecast", "not_met", 1)],
            "7 av 12 mål för 2024 uppnådda, 4 ej uppnådda, 1 bedöms inte uppnås",
        ),
        (
            [count("forecast", "met", 4), count("forecast", "partly_met", 1), count("interim", "met", 1, AUGUST)],
            "4 av 6 mål för 2024 bedöms uppnås, 1 bedöms delvis uppnås, 1 uppnått per 31 augusti",
        ),
        (
            [count("forecast", "met", 12, at_target=6), count("forecast", "not_met", 5, at_target=1)],
            "12 av 17 mål för 2024 bedöms uppnås, varav 6 med prognos lika med målet, 5 bedöms inte uppnås",
        ),
        (
            [count("interim", "met", 1, AUGUST), count("none", "not_assessable", 4, on_pace=1, behind_pace=2)],
            "1 av 5 mål för 2024 uppnått per 31 augusti,"
            " 4 kan inte bedömas (1 nås i nuvarande takt, 2 nås inte i nuvarande takt)",
        ),
        ([count("none", "not_assessable", 3)], "0 av 3 mål för 2024 uppnådda, 3 kan inte bedömas"),
        ([count("none", "not_assessable", 3, with_value=0)], "3 mål för 2024 har inte följts upp än"),
    ],
)
def test_every_goal_of_the_year_is_counted_once(counts: list[Row], expected: str) -> None:
    (score,) = goal_scores(counts)
    assert score_in_words(score) == expected
    assert score["total"] == sum(row["goals"] for row in counts)


def test_coming_years_without_an_outcome_come_after_the_years_that_are_judged() -> None:
    years = [(2022, "none", "not_assessable"), (2019, "final", "met"), (2018, "final", "not_met")]
    counts = [count(basis, status, 3) | {"target_year": year} for year, basis, status in years]
    assert [score["target_year"] for score in goal_scores(counts)] == [2019, 2018, 2022]
