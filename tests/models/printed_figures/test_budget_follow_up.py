"""`budget_follow_up` against the printed pages. Every value was read from a page or calculated by hand."""

from typing import Any

import pytest

from tests.support.printed_pages import ALINGSAS, ANNUAL, ASKERSUND, INTERIM, PLAN, Case, check, line, words

FOLLOW_UP: list[tuple[Case, Case]] = [
    # Mark 2025, 7.1 line 966: 176,5 of 264,6; 176,5 against 189,1; (269,7 - 176,5) / 4 against 176,5 / 8
    (
        line(INTERIM, "cost_type", "Personalkostnader"),
        {
            "budget_tkr": -264600,
            "outcome_to_date_tkr": -176500,
            "same_period_last_year_tkr": -189100,
            "forecast_tkr": -269700,
            "deviation_tkr": -5100,
            "months_elapsed": 8,
            "budget_used_pct": 66.7,
            "change_since_last_year_pct": -6.66,
            "implied_rest_of_year_change_pct": 5.61,
        },
    ),
    # Mark 2025, 7.1 line 964
    (
        line(INTERIM, "cost_type", "Intäkter"),
        {
            "budget_used_pct": 76.59,
            "change_since_last_year_pct": 38.02,
            "implied_rest_of_year_change_pct": -30.57,
            "period_budget_tkr": None,
        },
    ),
    # Mark 2025, 7.1 line 970
    (
        line(INTERIM, "cost_type", "Nettokostnader"),
        {
            "budget_used_pct": 68.14,
            "change_since_last_year_pct": -0.03,
            "implied_rest_of_year_change_pct": 1.93,
            "is_headline": True,
        },
    ),
    # Mark 2025, 7.1 line 968
    (
        line(INTERIM, "cost_type", "Övriga kostnader"),
        {"budget_used_pct": 71.32, "change_since_last_year_pct": 15.07, "implied_rest_of_year_change_pct": -8.07},
    ),
    # Mark 2025, 7.1 line 978
    (
        line(INTERIM, "activity", "Individ- och familjeomsorg"),
        {"budget_used_pct": 73.89, "change_since_last_year_pct": 8.49, "implied_rest_of_year_change_pct": -6.4},
    ),
    # Mark 2025, 7.1 line 980: the sign changes, so the amount has no growth in percent
    (
        line(INTERIM, "activity", "Personligt ombud"),
        {
            "same_period_last_year_tkr": 300,
            "outcome_to_date_tkr": -400,
            "change_since_last_year_pct": None,
            "budget_used_pct": 80,
        },
    ),
    # Mark 2025, 7.3 line 1122: the outcome is blank, not nought
    (
        line(INTERIM, "investment", "Summa"),
        {"outcome_to_date_tkr": None, "budget_used_pct": None, "forecast_tkr": -700, "deviation_tkr": 300},
    ),
    # Mark 2023, 8.1 line 422: 436,8 of 426,9
    (
        line(ANNUAL, "cost_type", "Nettokostnader"),
        {
            "months_elapsed": 12,
            "budget_used_pct": 102.32,
            "same_period_last_year_tkr": -410100,
            "change_since_last_year_pct": 6.51,
            "forecast_tkr": None,
            "implied_rest_of_year_change_pct": None,
        },
    ),
    # Mark plan, 5.1 line 474: a plan prints no outcome
    (
        line(PLAN, "cost_type", "Nettokostnader"),
        {"outcome_to_date_tkr": None, "budget_used_pct": None, "implied_rest_of_year_change_pct": None},
    ),
    # Askersund, Driftresultat line 1050
    (
        line(ASKERSUND, "cost_type", "varav personalkostnader"),
        {"budget_used_pct": 105.43, "change_since_last_year_pct": 0.97, "months_elapsed": 12},
    ),
    # Askersund, Driftresultat line 1048
    (
        line(ASKERSUND, "cost_type", "Intäkter"),
        {"budget_used_pct": 150.84, "change_since_last_year_pct": -10.57, "same_period_last_year_tkr": 72287},
    ),
    # Askersund, Driftredovisning line 1133: no earlier year is printed
    (
        line(ASKERSUND, "activity", "51 Äldreomsorg/LSS"),
        {"outcome_to_date_tkr": -251612, "same_period_last_year_tkr": None, "change_since_last_year_pct": None},
    ),
    # Alingsås, Drift line 502
    (
        line(ALINGSAS, "cost_type", "Personalkostnader"),
        {
            "months_elapsed": 8,
            "budget_used_pct": 63.07,
            "change_since_last_year_pct": 21.7,
            "implied_rest_of_year_change_pct": 11.1,
        },
    ),
    # Alingsås, Drift line 526
    (
        line(ALINGSAS, "cost_type", "Verksamhetens nettokostnader"),
        {"budget_used_pct": 69.36, "change_since_last_year_pct": 16.4, "implied_rest_of_year_change_pct": -5.78},
    ),
    # Alingsås, Drift line 543: nothing to divide by
    (
        line(ALINGSAS, "cost_type", "Årets resultat"),
        {"outcome_to_date_tkr": -6612, "budget_used_pct": None, "change_since_last_year_pct": None},
    ),
    # Alingsås, Investeringar line 729
    (
        line(ALINGSAS, "investment", "Totala utgifter"),
        {"budget_used_pct": 30.2, "change_since_last_year_pct": 21.77, "implied_rest_of_year_change_pct": 75.28},
    ),
]


@pytest.mark.parametrize(("key", "expected"), FOLLOW_UP, ids=words)
def test_the_follow_up_of_a_line(warehouse: Any, key: Case, expected: Case) -> None:
    check(warehouse, "budget_follow_up", key, expected)
