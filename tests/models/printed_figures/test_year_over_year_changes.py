"""`year_over_year_changes` against the printed pages. Every value was read from a page or calculated by hand."""

from typing import Any

import pytest

from tests.support.printed_pages import ANNUAL, WHOLE, Case, check, matching, subject, words

CHANGES: list[tuple[Case, Case]] = [
    # Mark 2023, 8.1 line 420: 256,6 to 279,3
    (
        subject("Mark", "personnel_cost", "outcome", "2023-12-31", **WHOLE),
        {
            "value": -279300,
            "previous_value": -256600,
            "change": -22700,
            "growth_pct": 8.85,
            "direction": "increased",
            "change_unit": "tkr",
            "previous_value_kind": "outcome",
            "is_comparable": True,
        },
    ),
    (
        subject("Mark", "personnel_cost", "outcome", "2022-12-31", **WHOLE),
        {"change": -5300, "growth_pct": 2.11, "direction": "increased"},
    ),
    # Mark 2023, 8.1 line 419: 35,1 to 33,2
    (
        subject("Mark", "income", "outcome", "2023-12-31", **WHOLE),
        {"change": -1900, "growth_pct": -5.41, "direction": "decreased"},
    ),
    # Mark 2023, 8.1 line 422
    (subject("Mark", "net_cost", "outcome", "2023-12-31", **WHOLE), {"growth_pct": 6.51, "direction": "increased"}),
    # Mark plan, 5.1 line 470 against Mark 2023, 8.1 line 420: a forecast against last year's outcome
    (
        subject("Mark", "personnel_cost", "forecast", "2023-12-31", **WHOLE),
        {"value": -271600, "previous_value": -256600, "previous_value_kind": "outcome", "growth_pct": 5.85},
    ),
    # Mark plan, 5.1 line 474 against Mark 2023, 8.1 line 422: budget 2024 against the last printed budget 2023
    (
        subject("Mark", "net_cost", "budget", "2024-12-31", **WHOLE),
        {"value": -431400, "previous_value": -426900, "previous_document_id": ANNUAL, "growth_pct": 1.05},
    ),
    # Mark 2025, 7.1 line 970 against the plan's budget 2024
    (
        subject("Mark", "net_cost", "budget", "2025-12-31", **WHOLE),
        {"value": -442000, "previous_value": -431400, "growth_pct": 2.46},
    ),
    # Mark plan, 5.1 line 478: budget 2024 is drawn up like budget 2023 (Mark 2023, 8.1 line 424), one line in both ...
    (
        subject("Mark", "net_cost", "budget", "2024-12-31", activity_code="functional_support"),
        {"value": -233700, "previous_value": -231500, "is_comparable": True},
    ),
    # ... budget 2025 (Mark 2025, 7.1 lines 974-976) has parted Myndighet Funktionsstöd, 60 mnkr, from it
    (
        subject("Mark", "net_cost", "budget", "2025-12-31", activity_code="functional_support"),
        {"value": -183400, "growth_pct": -21.52, "is_comparable": False},
    ),
    # Mark 2025, 7.1 line 966: eight months against eight months
    (
        subject("Mark", "personnel_cost", "outcome", "2025-08-31", "year_to_date", **WHOLE),
        {"change": 12600, "growth_pct": -6.66, "direction": "decreased"},
    ),
    # Mark 2025, 7.1 line 980: from a net income to a net cost
    (
        subject("Mark", "net_cost", "outcome", "2025-08-31", "year_to_date", activity_code="personal_representative"),
        {"change": -700, "growth_pct": None},
    ),
    # Mark 2023, 8.1 lines 424-425: the table gives +40,4 and -17,3, the text below +20,0 and +2,3: regrouped
    (
        subject("Mark", "net_cost", "outcome", "2023-12-31", activity_code="functional_support"),
        {"growth_pct": 19.67, "is_comparable": False, "answer_to": "year_end", "is_current": True},
    ),
    (
        subject("Mark", "net_cost", "outcome", "2023-12-31", activity_code="ifo"),
        {"growth_pct": -10.61, "is_comparable": False},
    ),
    # ... in the plan's forecast for 2023 (Mark plan, 5.1 line 478) too
    (
        subject("Mark", "net_cost", "forecast", "2023-12-31", activity_code="functional_support"),
        {"previous_value": -205400, "growth_pct": 13.34, "comparability": "false", "is_current": False},
    ),
    # Mark 2025, 7.1 lines 974-982: 48,3 mnkr by activity, 0,1 in total; the 2024 column has the activities of 2025 ...
    *(
        (
            subject("Mark", "net_cost", "outcome", "2025-08-31", "year_to_date", activity_code=activity),
            {"change": change, "comparability": "suspected", "is_comparable": False},
        )
        for activity, change in {
            "functional_support": 24200,
            "functional_support_authority": -2600,
            "ifo": -9900,
            "personal_representative": -700,
            "management_and_committee": -10900,
        }.items()
    ),
    # ... and line 970: -301,3 and -301,2 are the same within the print
    (
        subject("Mark", "net_cost", "outcome", "2025-08-31", "year_to_date", **WHOLE),
        {"change": 100, "direction": "unchanged", "comparability": "true"},
    ),
    # Mark 2023, 10.2 lines 659-660: 41,9 % of 9,3 % is 3.90 %, 43,7 % of 8,7 % is 3.80 %
    (
        subject("Mark", "sick_leave_long_term_share_of_total", "outcome", "2023-12-31"),
        {"change": 1.8, "previous_value_of_whole": 3.8967, "value_of_whole": 3.8019, "direction": "better"},
    ),
    # Mark 2023, 10.2 line 659: percent changes in percentage points
    (
        subject("Mark", "sick_leave_total_share", "outcome", "2023-12-31"),
        {"change": -0.6, "change_unit": "pp", "growth_pct": None, "direction": "better"},
    ),
    # Mark 2025, 8.5 line 1420: twelve months against twelve months
    (
        subject("Mark", "sick_leave_total_share", "outcome", "2025-06-30", "rolling_12m"),
        {"previous_value": 9.3, "change": 2.8, "direction": "worse"},
    ),
    # Mark 2025, 4.4 line 755
    (
        subject("Mark", "staff_turnover_external_share", "outcome", "2024-12-31"),
        {"value": 16, "previous_value": 12, "change": 4, "change_unit": "pp", "direction": "worse"},
    ),
    (
        subject("Mark", "staff_turnover_external_share", "forecast", "2025-12-31"),
        # 16 to 17 in whole percent may be 16.4 to 16.6
        {"change": 1, "previous_value_kind": "outcome", "direction": "unchanged"},
    ),
    # Mark 2025, 4.2 line 580
    (
        subject("Mark", "experienced_child_investigators_share", "outcome", "2024-12-31"),
        {"change": -17, "change_unit": "pp", "direction": "worse"},
    ),
    # Mark 2025, 4.1 line 337: nought to nought
    (
        subject("Mark", "children_evicted", "outcome", "2024-12-31"),
        {"change": 0, "growth_pct": None, "direction": "unchanged"},
    ),
    # Mark 2025, 4.1 line 342: 97, 74, 97, and 85 as forecast
    (
        subject("Mark", "households_with_children_on_assistance", "outcome", "2023-12-31"),
        {"previous_value": 97, "growth_pct": -23.71, "direction": "better"},
    ),
    (
        subject("Mark", "households_with_children_on_assistance", "outcome", "2024-12-31"),
        {"change": 23, "growth_pct": 31.08, "direction": "worse"},
    ),
    (
        subject("Mark", "households_with_children_on_assistance", "forecast", "2025-12-31"),
        {"previous_value": 97, "growth_pct": -12.37, "direction": "better"},
    ),
    # Mark 2023, 10.2 line 678
    (
        subject("Mark", "hourly_paid_hours", "outcome", "2023-12-31"),
        {"change": -16092, "growth_pct": -20.04, "change_unit": "hours"},
    ),
    # Mark 2025, 8.4 line 1310
    (
        subject("Mark", "adult_hvb_care_days", "outcome", "2024-12-31"),
        {"previous_value": 2306, "growth_pct": -44.75, "direction": "decreased"},
    ),
    # Mark 2025, 8.4 line 1293: a forecast against an outcome
    (
        subject("Mark", "child_foster_home_care_days", "forecast", "2025-12-31"),
        {"previous_value": 18985, "growth_pct": -15.72, "previous_value_kind": "outcome"},
    ),
    # Askersund, Driftresultat line 1053
    (
        subject("Askersund", "net_cost", "outcome", "2024-12-31", **WHOLE),
        {"change": -10839, "growth_pct": 3.38, "direction": "increased"},
    ),
    # Askersund, Driftresultat line 1048
    (
        subject("Askersund", "income", "outcome", "2024-12-31", **WHOLE),
        {"change": -7642, "growth_pct": -10.57, "direction": "decreased"},
    ),
    # Askersund, Verksamhetsstatistik line 171 with its star: planned hours 2024, granted hours before
    (
        subject("Askersund", "home_care_hours", "outcome", "2024-12-31"),
        {"growth_pct": 4.73, "is_comparable": False},
    ),
    (subject("Askersund", "home_care_hours", "outcome", "2023-12-31"), {"change": 3358, "is_comparable": True}),
    # Askersund, Målområde 1 lines 300 and 303
    (
        subject("Askersund", "sick_leave_total_share", "outcome", "2024-12-31"),
        {"change": -0.76, "direction": "better", "change_unit": "pp"},
    ),
    # Askersund, line 754: 2 and 78 decisions
    (
        subject("Askersund", "simplified_assessment_decisions", "outcome", "2024-12-31"),
        {"change": 76, "growth_pct": None, "growth_reason": "small_base", "direction": "increased"},
    ),
    # Mark 2025, 4.2: surveys of 2022 and 2024, printed as outcome 2023 and 2024
    (
        subject("Mark", "lss_housing_may_decide_share", "outcome", "2024-12-31"),
        {"previous_value": 73, "change": -7, "direction": "worse", "change_since": "previous_survey"},
    ),
    # Mark 2023, 4.2 and Mark 2025, 4.2: surveys of 2021 and 2023
    (
        subject("Mark", "ifo_influence_share", "outcome", "2023-12-31"),
        {"previous_value": 88, "change": 2, "direction": "better", "change_since": "previous_survey"},
    ),
    # Askersund, Verksamhetsstatistik line 177
    (subject("Askersund", "foster_home_care_days", "outcome", "2023-12-31"), {"growth_pct": -30.34}),
    # Alingsås, Drift line 526: integration and labour market came to the committee in 2024
    (
        subject("Alingsås", "net_cost", "outcome", "2024-08-31", "year_to_date", **WHOLE),
        {"change": -23946, "growth_pct": 16.4, "is_comparable": False},
    ),
    # Alingsås, Investeringar line 729: all money of the committee
    (
        subject("Alingsås", "investment", "outcome", "2024-08-31", "year_to_date", **WHOLE),
        {"growth_pct": 21.77, "comparability": "false"},
    ),
    # Alingsås, Drift line 543: a result is better or worse
    (
        subject("Alingsås", "result", "outcome", "2024-08-31", "year_to_date", **WHOLE),
        {"change": -9919, "growth_pct": None, "direction": "worse"},
    ),
    # Alingsås, Nyckeltal line 323
    (
        subject("Alingsås", "perpetrators_supported", "outcome", "2024-08-31", "year_to_date"),
        {"previous_value": 14, "growth_pct": None, "growth_reason": "small_base", "direction": "decreased"},
    ),
    # Alingsås, Sjukfrånvaro line 818
    (
        subject("Alingsås", "sick_leave_total_share", "outcome", "2024-07-31", "year_to_date") | {"gender": "M"},
        {"change": 4.0, "direction": "worse", "change_unit": "pp"},
    ),
]


@pytest.mark.parametrize(("key", "expected"), CHANGES, ids=words)
def test_a_change_from_last_year(warehouse: Any, key: Case, expected: Case) -> None:
    check(warehouse, "year_over_year_changes", key, expected)


NO_PREDECESSOR: list[Case] = [
    # Mark 2025, 7.1: no report prints the outcome of the full year 2024, and 2023 is not the year before 2025
    {"municipality": "Mark", "subject_code": "net_cost", "value_kind": "forecast", "fiscal_year": 2025},
    # Mark 2025, 7.1: no report prints January to August 2023
    {"municipality": "Mark", "subject_kind": "budget_line", "period_basis": "year_to_date", "fiscal_year": 2024},
    # Mark 2025, 4.1 line 251: the mean 91 does not follow the median 116 ...
    {"municipality": "Mark", "subject_code": "child_investigation_days_mean", "fiscal_year": 2023},
    # ... and nothing follows the median of 2023
    {"municipality": "Mark", "subject_code": "child_investigation_days_median", "fiscal_year": 2024},
    # Mark 2025, 8.5 line 1397: the year before is blank
    {
        "municipality": "Mark",
        "subject_code": "average_employment_rate",
        "fiscal_year": 2023,
        "period_end": "2023-08-31",
    },
    # Mark 2023, 10.1 line 581: the first year of the measure
    {"municipality": "Mark", "subject_code": "adult_hvb_care_days", "value_kind": "outcome", "fiscal_year": 2023},
    # Mark 2025, 4.2: the survey of 2022 printed again as 2023, and again as the forecast for 2025 after that of 2024
    {"municipality": "Mark", "subject_code": "daily_activity_may_decide_share", "fiscal_year": 2023},
    {"municipality": "Mark", "subject_code": "daily_activity_may_decide_share", "fiscal_year": 2025},
    {"municipality": "Mark", "subject_code": "lss_housing_may_decide_share", "fiscal_year": 2025},
    # Mark 2025, 4.2 line 485: the survey of autumn 2023 printed again as 2024
    {"municipality": "Mark", "subject_code": "ifo_influence_share", "fiscal_year": 2024},
    # Askersund, Mål och indikator 4 line 582: only 2024 is printed
    {"municipality": "Askersund", "subject_code": "daily_activity_may_decide_share"},
    # Alingsås, Nyckeltal line 420: a dash for the year before
    {"municipality": "Alingsås", "subject_code": "experienced_influence_share"},
]


@pytest.mark.parametrize("key", NO_PREDECESSOR, ids=words)
def test_no_change_without_a_predecessor(warehouse: Any, key: Case) -> None:
    assert matching(warehouse, "year_over_year_changes", key) == []


def test_an_event_is_of_its_own_committee(warehouse: Any) -> None:
    # Alingsås, Verksamhet: integration and labour market came from another committee in 2024
    event = {"municipality": "Alingsås", "valid_from": "2024-01-01", "change_no": 1, "scope": "money"}
    other = "Kultur- och utbildningsnämnden"
    check(
        warehouse,
        "organisation_changes",
        event | {"committee": "Socialnämnden"},
        {"kind": "took_over", "kind_sv": "Övertagen verksamhet", "other_committee": other, "has_reports": True},
    )
    check(
        warehouse,
        "organisation_changes",
        event | {"committee": other},
        {"kind": "handed_over", "other_committee": "Socialnämnden"},
    )
    # Mark 2025, 7.1: no activity of another year or total is broken by Myndighet Funktionsstöd's own row
    broken = warehouse.execute(
        "select distinct activity_code from marts.year_over_year_changes"
        " where comparability = 'false' and municipality = 'Mark' and subject_kind = 'budget_line'"
    ).fetchall()
    assert sorted(broken) == [("functional_support",), ("ifo",)]
