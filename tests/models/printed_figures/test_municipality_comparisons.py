"""`municipality_comparisons` against the printed pages. Every value was read from a page or calculated by hand."""

from typing import Any

import pytest

from tests.support.printed_pages import Case, check, words


def compared(code: str, municipality: str, year: int, kind: str = "outcome", basis: str = "full_year") -> Case:
    """Point at one municipality's figure in a comparison."""
    return {
        "comparison_code": code,
        "municipality": municipality,
        "fiscal_year": year,
        "value_kind": kind,
        "period_basis": basis,
        "gender": "T",
    }


COMPARISONS: list[tuple[Case, Case]] = [
    # Mark 2023, 8.1 line 422: -9,9 of 426,9; no other full-year outcome of 2023 against budget is printed
    (
        compared("budget_deviation_pct", "Mark", 2023),
        {
            "value": -2.32,
            "municipalities_compared": 1,
            "no_rank_reason": "alone",
            "lowest_value": None,
            "median_of_compared": None,
            "better_when": "neither",
            "is_current": True,
            "answer_to": "year_end",
            "unit": "percent",
            "source": "derived",
        },
    ),
    # Mark 2025, 7.1 line 970
    (compared("budget_deviation_pct", "Mark", 2025, "forecast"), {"value": -2.87}),
    # Askersund, Driftresultat line 1053: an outcome is not ranked with Alingsås' forecast (Drift line 526)
    (compared("budget_deviation_pct", "Askersund", 2024), {"value": -4.1, "rank": None}),
    (compared("budget_deviation_pct", "Alingsås", 2024, "forecast"), {"value": -2.04, "rank": None}),
    # Mark 2023, 8.1 line 422; Askersund line 1053; Alingsås line 526; Mark 2025, 7.1 line 970
    (compared("net_cost_growth_pct", "Mark", 2023), {"value": 6.51}),
    (compared("net_cost_growth_pct", "Askersund", 2024), {"value": 3.38}),
    (
        compared("net_cost_growth_pct", "Alingsås", 2024, basis="year_to_date"),
        {"value": 16.4, "comparability": "caution"},
    ),
    (compared("net_cost_growth_pct", "Mark", 2025, basis="year_to_date"), {"value": -0.03}),
    # Mark 2023, 8.1 lines 420-421: 279,3 of 470,0; Askersund lines 1049-1050: 279 215 of 393 330
    (
        compared("personnel_cost_share_pct", "Mark", 2023),
        {
            "value": 59.43,
            "rank": None,
            "no_rank_reason": "caution",
            "municipalities_compared": 2,
            "lowest_value": 59.43,
            "highest_value": 70.99,
            "median_of_compared": None,
            "difference_to_median": None,
        },
    ),
    (compared("personnel_cost_share_pct", "Askersund", 2023), {"value": 70.99, "difference_to_median": None}),
    (compared("personnel_cost_share_pct", "Askersund", 2024), {"value": 71.1}),
    # Mark 2025, 7.1 lines 966-968: 189,1 of 320,5; Alingsås lines 502 and 516: 100 092 of 190 994
    (compared("personnel_cost_share_pct", "Mark", 2024, basis="year_to_date"), {"value": 59.0}),
    (
        compared("personnel_cost_share_pct", "Alingsås", 2024, basis="year_to_date"),
        {"value": 52.41, "municipalities_compared": 2, "median_of_compared": None, "answer_to": "to_date"},
    ),
    # Alingsås, Drift: 155 695 of 281 500
    (compared("personnel_cost_share_pct", "Alingsås", 2024, "forecast"), {"value": 55.31}),
    # Mark 2023, 8.1: 33,2 of 470,0; Askersund: 72 287 of 393 330; Alingsås: 20 995 of 190 994
    (compared("income_share_pct", "Mark", 2023), {"value": 7.06}),
    (compared("income_share_pct", "Askersund", 2023), {"value": 18.38}),
    (compared("income_share_pct", "Alingsås", 2024, basis="year_to_date"), {"value": 10.99}),
    # Mark 2023, 10.2 line 659 and Askersund, Målområde 1 line 303: both for the full year, but two are no ranking
    (
        compared("sick_leave_total", "Mark", 2023),
        {
            "value": 8.7,
            "rank": None,
            "no_rank_reason": "too_few",
            "municipalities_compared": 2,
            "lowest_value": 8.7,
            "highest_value": 11.5,
            "median_of_compared": None,
            "source": "report",
        },
    ),
    (compared("sick_leave_total", "Askersund", 2023), {"value": 11.5, "rank": None, "difference_to_median": None}),
    # Alingsås, Sjukfrånvaro line 814: January to July has no counterpart
    (
        compared("sick_leave_total", "Alingsås", 2024, basis="year_to_date"),
        {"value": 6.6, "rank": None, "period_end": "2024-07-31"},
    ),
    # Mark 2023, 10.2 line 660; Alingsås, Sjukfrånvaro lines 814 and 834: 3,7 of 6,6
    (compared("sick_leave_long_term", "Mark", 2023), {"value": 43.7}),
    (
        compared("sick_leave_long_term", "Alingsås", 2024, basis="year_to_date"),
        {"value": 56.06, "source": "derived", "unit": "percent"},
    ),
    # Mark 2025, 4.2 line 467 and Askersund line 582: the same national question
    (
        compared("daily_activity_may_decide", "Mark", 2024),
        {"value": 82, "rank": None, "no_rank_reason": "too_few", "comparability": "same", "median_of_compared": None},
    ),
    (
        compared("daily_activity_may_decide", "Askersund", 2024),
        {"value": 58, "rank": None, "municipalities_compared": 2, "difference_to_median": None},
    ),
    # Mark 2025, 8.4 line 1299 and Askersund line 181: a monthly mean beside an unstated count
    (
        compared("assistance_households", "Mark", 2024),
        {"value": 224, "rank": None, "comparability": "caution", "better_when": "neither"},
    ),
    (compared("assistance_households", "Askersund", 2023), {"value": 124, "comparability": "caution"}),
    # Mark 2025, 8.4 line 1293 and Askersund line 177
    (compared("foster_home_care_days", "Mark", 2024), {"value": 18985, "rank": None}),
    (compared("foster_home_care_days", "Askersund", 2024), {"value": 4590}),
    # Askersund, Målområde 2 line 654: one figure over all care, some statistics missing
    (compared("care_plan_current", "Askersund", 2024), {"value": 91, "comparability": "caution", "rank": None}),
    # Mark 2025, 8.4 line 1273 and Askersund line 197
    (compared("lss_housing_residents", "Mark", 2024), {"value": 101}),
    (compared("lss_housing_residents", "Askersund", 2024), {"value": 29}),
    # Mark 2025, 8.4 line 1278 and Askersund line 202: the Försäkringskassa's decisions are in Mark's figure only
    (compared("personal_assistance_users", "Mark", 2023), {"value": 68, "comparability": "caution", "rank": None}),
    # Mark 2023, 8.2 line 485; Askersund line 1445: 1 898 of 2 300; Alingsås line 729: 850 of 1 500
    (compared("investment_use_pct", "Mark", 2023), {"value": 0}),
    (compared("investment_use_pct", "Askersund", 2024), {"value": 82.52}),
    (compared("investment_use_pct", "Alingsås", 2024, "forecast"), {"value": 56.67}),
    # Mark plan by Mark 2025: 7 of the 13 targets of 2024 that can be assessed
    (compared("goals_met_share_pct", "Mark", 2024), {"value": 53.85}),
    # Askersund: 8 of 19
    (compared("goals_met_share_pct", "Askersund", 2024), {"value": 42.11}),
    # Mark 2025: forecasts for 17 targets, 12 are expected to be met; the budget isn't
    (compared("goals_met_share_pct", "Mark", 2025, "forecast"), {"value": 70.59}),
    # Alingsås: 3 of the 4 that can be assessed in August
    (compared("goals_met_share_pct", "Alingsås", 2024, basis="year_to_date"), {"value": 75}),
]


@pytest.mark.parametrize(("key", "expected"), COMPARISONS, ids=words)
def test_a_comparison_between_municipalities(warehouse: Any, key: Case, expected: Case) -> None:
    check(warehouse, "municipality_comparisons", key, expected)


def test_two_municipalities_are_neither_ranked_nor_set_against_a_median(warehouse: Any) -> None:
    # No question of the five reports is answered by more than two municipalities
    counted = warehouse.execute(
        "select max(municipalities_compared), count(rank), count(median_of_compared), count(difference_to_median), "
        "count(lowest_value) filter (where municipalities_compared = 1) from marts.municipality_comparisons"
    ).fetchone()
    assert counted == (2, 0, 0, 0, 0)


def test_a_committee_has_one_current_value_for_a_year_and_basis(warehouse: Any) -> None:
    # The forecasts of Mark's plan for 2023 are over: the annual report has the outcomes
    superseded = warehouse.execute(
        "select distinct municipality, fiscal_year, value_kind from marts.municipality_comparisons where not is_current"
    ).fetchall()
    assert superseded == [("Mark", 2023, "forecast")]


def test_elderly_care_is_named_as_a_caution_for_askersund(warehouse: Any) -> None:
    # Askersund's committee runs elderly care too, the two others don't
    noted = warehouse.execute(
        "select count(*) from marts.municipality_comparisons "
        "where municipality = 'Askersund' and comparison_code in ('personnel_cost_share_pct', 'sick_leave_total') "
        "and not regexp_matches(lower(coalesce(comparability_note, '')), 'äldreomsorg')"
    ).fetchone()
    assert noted == (0,)
