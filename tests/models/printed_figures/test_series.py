"""`series` against the printed pages. Every value was read from a page or calculated by hand."""

from typing import Any

import pytest

from tests.support.printed_pages import WHOLE, Case, check, subject, words

SERIES: list[tuple[Case, Case]] = [
    # Mark 2023, 8.1 line 422
    (subject("Mark", "net_cost", "outcome", "2021-12-31", **WHOLE), {"value": -397800, "unit": "tkr"}),
    # Mark 2023, 8.1 line 422: budget 2023 printed -426,9 after the plan's -426,8
    (subject("Mark", "net_cost", "budget", "2023-12-31", **WHOLE), {"value": -426900}),
    # Mark 2025, 7.1 line 970: budget 2025 printed -442,0 after the plan's -431,6
    (subject("Mark", "net_cost", "budget", "2025-12-31", **WHOLE), {"value": -442000}),
    # Mark plan, 5.1 line 474: the only printing of budget 2024 and of the forecast for 2023
    (subject("Mark", "net_cost", "budget", "2024-12-31", **WHOLE), {"value": -431400}),
    (subject("Mark", "net_cost", "forecast", "2023-12-31", **WHOLE), {"value": -424300}),
    # Mark 2025, 7.1 line 970
    (subject("Mark", "net_cost", "outcome", "2024-08-31", "year_to_date", **WHOLE), {"value": -301300}),
    # Mark 2025, 4.1 line 337: the outcome 2023 replaces the annual report's 3
    (subject("Mark", "children_evicted", "outcome", "2023-12-31"), {"value": 0, "unit": "number"}),
    # Mark 2025, 4.1 line 342: the outcome 2023 replaces the annual report's 90
    (subject("Mark", "households_with_children_on_assistance", "outcome", "2023-12-31"), {"value": 74}),
    # Mark 2023, 4.1 line 149: the median ends in 2023 ...
    (subject("Mark", "child_investigation_days_median", "outcome", "2023-12-31"), {"value": 108, "unit": "days"}),
    # ... and the mean begins there: Mark 2025, 4.1 line 251
    (subject("Mark", "child_investigation_days_mean", "outcome", "2023-12-31"), {"value": 91}),
    # Mark 2023, 10.2 line 678: full year, not the plan's interim figure of 76 000
    (subject("Mark", "hourly_paid_hours", "outcome", "2022-12-31"), {"value": 80287, "unit": "hours"}),
    # Mark 2025, 8.5 line 1420
    (subject("Mark", "sick_leave_total_share", "outcome", "2025-06-30", "rolling_12m"), {"value": 12.1}),
    # Askersund, Verksamhetsstatistik line 177
    (subject("Askersund", "foster_home_care_days", "outcome", "2023-12-31"), {"value": 6042, "unit": "care_days"}),
    # Askersund, Driftresultat line 1053
    (subject("Askersund", "net_cost", "outcome", "2023-12-31", **WHOLE), {"value": -321043}),
    # Askersund, Driftredovisning line 1135: the net cost of an activity is negative
    (
        subject("Askersund", "net_cost", "outcome", "2024-12-31", activity_code="child_and_youth_care"),
        {"value": -13145},
    ),
    # Alingsås, Drift line 543: the result is another line than the net cost
    (subject("Alingsås", "result", "outcome", "2024-08-31", "year_to_date"), {"value": -6612}),
    (subject("Alingsås", "net_cost", "outcome", "2024-08-31", "year_to_date"), {"value": -169998}),
    # Alingsås, Sjukfrånvaro line 818
    (
        subject("Alingsås", "sick_leave_total_share", "outcome", "2023-07-31", "year_to_date") | {"gender": "M"},
        {"value": 5.6, "unit": "percent"},
    ),
]


@pytest.mark.parametrize(("key", "expected"), SERIES, ids=words)
def test_a_point_of_a_series(warehouse: Any, key: Case, expected: Case) -> None:
    check(warehouse, "series", key, expected)
