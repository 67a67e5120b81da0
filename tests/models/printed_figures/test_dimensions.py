"""Documents and dimensions, as named by the pages and the seeds."""

from typing import Any

import pytest

from tests.support.printed_pages import ALINGSAS, ANNUAL, ASKERSUND, INTERIM, PLAN, Case, check, words

ROWS: list[tuple[str, Case, Case]] = [
    # the title pages, and the day to which each report informs
    (
        "documents",
        {"document_id": PLAN},
        {"municipality_code": "1463", "document_kind": "plan", "plan_from_year": 2024, "plan_to_year": 2025},
    ),
    ("documents", {"document_id": ANNUAL}, {"municipality": "Mark", "information_date": "2023-12-31"}),
    ("documents", {"document_id": INTERIM}, {"municipality_code": "1463", "information_date": "2025-08-31"}),
    ("documents", {"document_id": ASKERSUND}, {"municipality_code": "1882", "information_date": "2024-12-31"}),
    ("documents", {"document_id": ALINGSAS}, {"municipality_code": "1489", "information_date": "2024-08-31"}),
    ("documents", {"document_id": ALINGSAS}, {"municipality": "Alingsås", "committee": "Socialnämnden"}),
    # national codes
    ("municipalities", {"municipality_code": "1463"}, {"municipality": "Mark"}),
    ("municipalities", {"municipality_code": "1882"}, {"municipality": "Askersund"}),
    ("municipalities", {"municipality_code": "1489"}, {"municipality": "Alingsås"}),
    # Mark 2025, 4.1 line 253: from median to mean, another measure of the same family
    (
        "measures",
        {"measure_code": "child_investigation_days_mean"},
        {"measure_family": "child_investigation_days", "unit": "days", "better_when": "lower", "kpi_id": "U33401"},
    ),
    (
        "measures",
        {"measure_code": "child_investigation_days_median"},
        {"measure_family": "child_investigation_days", "kpi_id": "U33402"},
    ),
    # Alingsås, Nyckeltal lines 323 and 369: counts that grow over the year
    ("measures", {"measure_code": "perpetrators_supported"}, {"is_accumulating": True, "better_when": "higher"}),
    ("measures", {"measure_code": "addiction_referrals"}, {"is_accumulating": True, "better_when": "lower"}),
    # Mark 2023, 8.1 line 420
    ("budget_lines", {"line_code": "personnel_cost"}, {"line_label": "Personalkostnader", "is_mapped": True}),
    # Askersund, Redovisning verksamhet 51* line 1159 belongs under Driftredovisning line 1133
    (
        "activities",
        {"activity_code": "companions_and_contacts"},
        {"activity_label": "Ledsagare, kontaktpersoner", "parent_activity_code": "elderly_care_and_lss"},
    ),
    # the calendar
    ("dates", {"date_day": "2025-08-31"}, {"fiscal_year": 2025, "month_number": 8, "is_month_end": True}),
    ("dates", {"date_day": "2024-02-28"}, {"is_month_end": False, "quarter": 1}),
]


@pytest.mark.parametrize(("mart", "key", "expected"), ROWS, ids=words)
def test_a_row_of_a_dimension(warehouse: Any, mart: str, key: Case, expected: Case) -> None:
    check(warehouse, mart, key, expected)


def test_the_plan_comes_before_the_annual_report(warehouse: Any) -> None:
    # the plan was made in the autumn of 2023
    order = warehouse.execute(
        "select document_id from marts.documents where municipality = 'Mark' order by information_date"
    ).fetchall()
    assert [row[0] for row in order] == [PLAN, ANNUAL, INTERIM]


# an answering mart, its figure column, and the dimension that explains a code of it
LINKS: list[tuple[str, str, str]] = [
    ("budget_deviations", "line_code", "budget_lines"),
    ("budget_deviations", "activity_code", "activities"),
    ("goal_fulfilment", "measure_code", "measures"),
    ("goal_fulfilment", "activity_code", "activities"),
    ("goal_fulfilment", "document_id", "documents"),
    ("municipality_comparisons", "municipality_code", "municipalities"),
    ("key_figures", "kpi_id", "kpis"),
    ("series", "period_end", "dates"),
]


@pytest.mark.parametrize(("mart", "column", "dimension"), LINKS)
def test_every_code_is_explained(warehouse: Any, mart: str, column: str, dimension: str) -> None:
    name = "date_day" if dimension == "dates" else column
    orphans = warehouse.execute(
        f"select distinct {column} from marts.{mart} where {column} not in (select {name} from marts.{dimension})"
    ).fetchall()
    assert orphans == []


FIGURE_IDS: list[tuple[str, str]] = [
    ("budget_deviations", "budget_figure_id"),
    ("budget_deviations", "compared_figure_id"),
    ("budget_deviations", "deviation_figure_id"),
    ("budget_follow_up", "outcome_to_date_figure_id"),
    ("year_over_year_changes", "previous_figure_id"),
    ("goal_fulfilment", "target_figure_id"),
    ("goal_fulfilment", "value_figure_id"),
    ("goal_fulfilment", "document_value_figure_id"),
    ("series", "figure_id"),
]


@pytest.mark.parametrize(("mart", "column"), FIGURE_IDS)
def test_every_figure_leads_to_a_printed_cell(warehouse: Any, mart: str, column: str) -> None:
    astray = warehouse.execute(
        f"select count(*) from marts.{mart} where {column} not in (select figure_id from marts.reported_figures)"
    ).fetchone()
    assert astray == (0,)
