"""What several reports print about the same thing, against their pages: restatements, budgets, targets, forecasts.

Every expected value was read from the pages at the lines named, never from the warehouse.
"""

from typing import Any

import pytest

from tests.support.printed_pages import ANNUAL, INTERIM, PLAN, Case, check, matching, words

BUDGET_2023 = {"fiscal_year": 2023, "first_document_id": PLAN, "later_document_id": ANNUAL}
BUDGET_2025 = {"fiscal_year": 2025, "first_document_id": PLAN, "later_document_id": INTERIM}

BUDGET_CHANGES: list[tuple[Case, Case]] = [
    # plan 5.1 line 474 and annual report 8.1 line 422: Nettokostnader, Budget 2023
    (
        {"line_code": "net_cost", "activity_code": "total", **BUDGET_2023},
        {"first_budget_tkr": -426800, "later_budget_tkr": -426900, "change_tkr": -100, "change_kind": "unknown"},
    ),
    # plan line 468, annual report line 419: Intäkter
    (
        {"line_code": "income", "activity_code": "total", **BUDGET_2023},
        {"first_budget_tkr": 28100, "later_budget_tkr": 28200, "change_tkr": 100},
    ),
    # plan line 478, annual report line 424: Funktionsstöd
    (
        {"line_code": "net_cost", "activity_code": "functional_support", **BUDGET_2023},
        {"first_budget_tkr": -230800, "later_budget_tkr": -231500, "change_tkr": -700, "change_kind": "reallocated"},
    ),
    # plan line 474, interim report line 970: the budget for 2025, two years ahead and then in force
    (
        {"line_code": "net_cost", "activity_code": "total", **BUDGET_2025},
        {
            "first_budget_version": "original",
            "first_budget_tkr": -431600,
            "later_budget_version": "revised",
            "later_budget_tkr": -442000,
            "change_tkr": -10400,
            "change_kind": "unknown",
        },
    ),
    # plan line 478, interim report line 976: Myndighet Funktionsstöd has a separate row in the later one
    (
        {"line_code": "net_cost", "activity_code": "functional_support", **BUDGET_2025},
        {
            "first_budget_tkr": -233800,
            "later_budget_tkr": -183400,
            "change_kind": "technical",
            "explanation": "Myndighet Funktionsstöd har en egen rad från och med 2025",
        },
    ),
]


@pytest.mark.parametrize(("key", "expected"), BUDGET_CHANGES, ids=words)
def test_a_budget_printed_differently_later(warehouse: Any, key: Case, expected: Case) -> None:
    check(warehouse, "budget_changes", key, expected)


def test_no_outcome_is_restated(warehouse: Any) -> None:
    # Mark repeats its outcomes for 2021 to 2023 in two or three reports, always with the same figure.
    assert warehouse.execute("select * from marts.restatements").fetchall() == []


TARGETS: list[tuple[Case, Case]] = [
    # plan 4.2 "Hållbar bemanning …", interim report line 580
    (
        {"measure_code": "experienced_child_investigators_share", "target_year": 2025},
        {"first_target_text": "≥ 94", "later_target_text": "≥ 84", "change": -10, "target_direction": "easier"},
    ),
    # plan, interim report line 585: the ceiling was raised
    (
        {"measure_code": "hourly_staff_hours_functional_support", "target_year": 2025},
        {"first_target_text": "≤60 000", "later_target_text": "≤64 000", "change": 4000, "target_direction": "easier"},
    ),
    # plan, interim report line 452: the only target that was raised
    (
        {"measure_code": "ifo_influence_share", "target_year": 2025},
        {"first_target_text": "≥92%", "later_target_text": "≥93", "change": 1, "target_direction": "harder"},
    ),
    # plan 4.4, interim report: a target without a sign, lower is better
    (
        {"measure_code": "staff_turnover_external_share", "target_year": 2025},
        {"first_target_text": "12", "later_target_text": "14", "change": 2, "target_direction": "easier"},
    ),
    # plan 4.1 line 327, annual report line 149
    (
        {"measure_code": "child_investigation_days_median", "target_year": 2023},
        {
            "first_target_text": "≤108",
            "later_target_text": "≥108",
            "change": 0,
            "target_direction": "flipped",
            "is_corrected": True,
            "counted_direction": "same",
        },
    ),
    # plan 4.1, interim report line 342
    (
        {"measure_code": "households_with_children_on_assistance", "target_year": 2025},
        {
            "first_target_text": "≥85",
            "later_target_text": "≤85",
            "target_direction": "flipped",
            "counted_direction": "same",
        },
    ),
    # plan 4.1 line 331, interim report line 337
    (
        {"measure_code": "children_evicted", "target_year": 2025},
        {"first_target_text": "=0", "later_target_text": "=0", "change": 0, "target_direction": "same"},
    ),
]


@pytest.mark.parametrize(("key", "expected"), TARGETS, ids=words)
def test_a_target_printed_again(warehouse: Any, key: Case, expected: Case) -> None:
    check(warehouse, "target_changes", key, expected)


def test_a_target_in_median_days_never_meets_one_in_mean_days(warehouse: Any) -> None:
    # plan 4.1 has the median for 2025, interim report 4.1 the mean
    assert matching(warehouse, "target_changes", {"measure_code": "child_investigation_days_mean"}) == []


FORECASTS: list[tuple[Case, Case]] = [
    # plan line 474: Prognos 2023 -424,3; annual report line 422: Utfall 2023 -436,8
    (
        {"subject_code": "net_cost", "activity_code": "total", "forecast_document_id": PLAN},
        {
            "forecast_value": -424300,
            "outcome_value": -436800,
            "outcome_document_id": ANNUAL,
            "forecast_error": -12500,
            "forecast_error_pct": -2.86,
            "months_ahead": 2,
            "direction": "optimistic",
        },
    ),
    # plan line 468, annual report line 419: more income than forecast
    (
        {"subject_code": "income", "activity_code": "total", "forecast_document_id": PLAN},
        {"forecast_value": 31600, "outcome_value": 33200, "forecast_error": 1600, "direction": "pessimistic"},
    ),
    # plan 9.1 and annual report line 576: neither many nor few care days are good by themselves
    (
        {"subject_code": "child_foster_home_care_days", "forecast_document_id": PLAN},
        {"forecast_value": 17650, "outcome_value": 18338, "forecast_error": 688, "direction": "too_low"},
    ),
    # annual report line 176 prints a forecast for the year just gone; interim report line 337 has the outcome
    (
        {"subject_code": "children_evicted", "forecast_document_id": ANNUAL},
        {
            "forecast_value": 3,
            "outcome_value": 0,
            "forecast_error": -3,
            "forecast_error_pct": None,
            "error_pct_reason": "outcome_is_zero",
            "months_ahead": 0,
            "direction": "pessimistic",
        },
    ),
    # plan, interim report line 580: percent differ in percentage points
    (
        {"subject_code": "experienced_child_investigators_share", "forecast_document_id": PLAN},
        {
            "forecast_value": 92,
            "outcome_value": 84,
            "forecast_error": -8,
            "error_unit": "pp",
            "direction": "optimistic",
        },
    ),
]


@pytest.mark.parametrize(("key", "expected"), FORECASTS, ids=words)
def test_a_forecast_and_its_outcome(warehouse: Any, key: Case, expected: Case) -> None:
    check(warehouse, "forecast_accuracy", key, expected)


@pytest.mark.parametrize("document", [INTERIM, "alingsas_delarsbokslut_2024"])
def test_a_forecast_waits_for_its_outcome(warehouse: Any, document: str) -> None:
    # Neither report's year has been closed in print; their outcomes to 31 August judge no forecast for the year.
    assert matching(warehouse, "forecast_accuracy", {"forecast_document_id": document}) == []


def test_a_survey_printed_again_is_not_a_forecast(warehouse: Any) -> None:
    # plan 4.2: the survey of 2022 is printed as the forecast for 2023; the one of IFO was made in 2023
    forecasts = {"forecast_document_id": PLAN, "fiscal_year": 2023}
    survey_of_2022 = forecasts | {"subject_code": "daily_activity_may_decide_share"}
    assert matching(warehouse, "forecast_accuracy", survey_of_2022) == []
    check(
        warehouse,
        "forecast_accuracy",
        forecasts | {"subject_code": "ifo_influence_share"},
        {"forecast_value": 88, "outcome_value": 90, "direction": "pessimistic", "is_comparable": True},
    )


def test_how_a_plan_forecast(warehouse: Any) -> None:
    # plan 5.1 against annual report 8.1: only income and administration came out better than forecast
    check(
        warehouse,
        "forecast_accuracy_by_document",
        {"forecast_document_id": PLAN, "subject_kind": "budget_line"},
        {"forecast_count": 7, "optimistic_count": 5, "pessimistic_count": 2, "net_cost_error_tkr": -12500},
    )


COVERAGE: list[tuple[Case, Case]] = [
    # interim report 8.1: two rows more than before, the net cost printed twice
    (
        {"document_id": INTERIM, "subject_kind": "budget_line", "value_kind": "forecast"},
        {"fiscal_year": 2025, "subject_count": 11, "figure_count": 12, "information_date": "2025-08-31"},
    ),
    # plan 5.1: its budget for 2023 is replaced by the annual report's
    (
        {"document_id": PLAN, "subject_kind": "budget_line", "value_kind": "budget", "fiscal_year": 2023},
        {"figure_count": 12, "latest_figure_count": 0},
    ),
    # Mark's cited key figures for 2022
    (
        {"municipality": "Mark", "subject_kind": "key_figure", "fiscal_year": 2022},
        {"committee": None, "source": "report", "figure_count": 6},
    ),
]


@pytest.mark.parametrize(("key", "expected"), COVERAGE, ids=words)
def test_what_is_covered(warehouse: Any, key: Case, expected: Case) -> None:
    check(warehouse, "data_coverage", key, expected)


def test_every_figure_is_covered(warehouse: Any) -> None:
    counted, held = warehouse.execute(
        "select (select sum(figure_count) from marts.data_coverage where document_id is not null),"
        " (select count(*) from marts.reported_figures)"
    ).fetchone()
    assert counted == held
