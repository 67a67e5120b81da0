"""Which answer counts now, against the printed pages. Every value was read from a page or calculated by hand."""

from typing import Any

import pytest

from tests.support.printed_pages import ALINGSAS, ANNUAL, INTERIM, check, line

CURRENT_HEADLINES = """
    select municipality, fiscal_year, answer_to, comparison, deviation_tkr
    from marts.budget_deviations
    where is_current and is_headline and breakdown <> 'investment'
    order by all
"""


def test_each_committee_has_one_headline_for_each_year_and_question(warehouse: Any) -> None:
    assert [(*row[:-1], float(row[-1])) for row in warehouse.execute(CURRENT_HEADLINES).fetchall()] == [
        # Alingsås, Drift lines 506-508: 146 052 against the grant 149 365, 169 998 against 163 388; the forecast
        ("Alingsås", 2023, "to_date", "outcome_vs_period_budget", 3313),
        ("Alingsås", 2024, "to_date", "outcome_vs_period_budget", -6610),
        ("Alingsås", 2024, "year_end", "forecast_vs_budget", -5000),
        ("Askersund", 2024, "year_end", "outcome_vs_budget", -13079),
        # Mark 2023, 8.1 line 422, and no longer the plan's forecast of +2,5 (5.1 line 474)
        ("Mark", 2023, "year_end", "outcome_vs_budget", -9900),
        ("Mark", 2025, "year_end", "forecast_vs_budget", -12700),
    ]


def test_the_parts_that_count_add_up_to_the_headline(warehouse: Any) -> None:
    """Mark 2023, 8.1 lines 424-426: IFO is +2,3, without the plan's forecast of +4,1."""
    parts = dict(
        warehouse.execute(
            """
            select activity_code, cast(sum(deviation_tkr) as integer)
            from marts.budget_deviations
            where municipality = 'Mark' and fiscal_year = 2023 and breakdown = 'activity' and is_addable and is_current
            group by activity_code
            """
        ).fetchall()
    )
    assert parts == {"ifo": 2300, "functional_support": -14300, "administration": 2100}
    assert sum(parts.values()) == -9900


def test_a_line_that_the_newer_budget_no_longer_has_is_retired(warehouse: Any) -> None:
    """Mark's budget 2025 by activity: 442,0 in the interim report (7.1 lines 974-984), where the plan's line
    Ledning, adm, nämnd (5.1 line 482) is gone."""
    total = """
        select cast(sum(value) as integer)
        from marts.series
        where municipality = 'Mark' and subject_code = 'net_cost' and activity_code <> 'total'
            and value_kind = 'budget' and fiscal_year = 2025
    """
    assert warehouse.execute(total + " and is_current").fetchone() == (-442000,)
    assert warehouse.execute(total).fetchone() == (-489800,)


def test_an_outcome_says_what_the_forecast_before_it_expected(warehouse: Any) -> None:
    """Mark 2023: forecast +2,5 in the plan (5.1 line 474), outcome -9,9 (8.1 line 422)."""
    check(
        warehouse,
        "budget_deviations",
        line(ANNUAL, "cost_type", "Nettokostnader"),
        {"deviation_tkr": -9900, "deviation_previous_forecast_tkr": 2500},
    )


@pytest.mark.parametrize(("label", "to_date"), [("Årets resultat", -6612), ("Verksamhetens nettokostnader", -6610)])
def test_the_grant_for_a_period_is_its_net_budget(warehouse: Any, label: str, to_date: float) -> None:
    """Alingsås, Drift lines 506-510, to 31 August: the result is -6 612 where the forecast is -5 000."""
    found = warehouse.execute(
        """
        select cast(deviation_tkr as integer), period_budget_source, cast(remaining_forecast_tkr as integer),
            forecast_doubt, answer_to, exists (
                from marts.figure_sources as sources
                where sources.row_id = deviations.row_id and figure_id = 'alingsas_delarsbokslut_2024.t8.r8.c4'
            )
        from marts.budget_deviations as deviations
        where document_id = ? and row_label = ? and fiscal_year = 2024
        order by comparison
        """,
        [ALINGSAS, label],
    ).fetchall()
    assert found == [
        (-5000, None, -5000 - to_date, "needs_turnaround", "year_end", False),
        (to_date, "grant_to_date", None, None, "to_date", True),
    ]


def test_the_follow_up_has_the_grant_as_period_budget(warehouse: Any) -> None:
    check(
        warehouse,
        "budget_follow_up",
        line(ALINGSAS, "cost_type", "Verksamhetens nettokostnader"),
        {
            "period_budget_tkr": -163388,
            "period_budget_source": "grant_to_date",
            "period_budget_figure_id": "alingsas_delarsbokslut_2024.t8.r8.c4",
            "remaining_forecast_tkr": 1610,
            "linear_forecast_tkr": -254997,
            "is_current": True,
        },
    )


@pytest.mark.parametrize(
    ("label", "linear", "error", "doubt"),
    [
        # 176,5 in eight months; the forecast for 2023 was -271,6 (plan, 5.1 line 470) and the outcome -279,3
        ("Personalkostnader", -264750, -7700, "unlike_history"),
        # 301,2 in eight months; -424,3 and -436,8: the last miss is smaller than the deviation of -12,7
        ("Nettokostnader", -451800, -12500, None),
    ],
)
def test_a_forecast_is_seen_beside_pace_and_history(
    warehouse: Any, label: str, linear: float, error: float, doubt: str | None
) -> None:
    """Mark 2025, 7.1 lines 966 and 970."""
    check(
        warehouse,
        "budget_deviations",
        line(INTERIM, "cost_type", label),
        {
            "linear_forecast_tkr": linear,
            "seasonal_forecast_tkr": None,
            "previous_forecast_error_tkr": error,
            "forecast_doubt": doubt,
        },
    )


def test_a_forecast_better_than_the_pace_is_doubted(warehouse: Any) -> None:
    """Alingsås, Drift line 502: 52 021 in eight months make 78 032, against the forecast 68 376."""
    check(
        warehouse,
        "budget_deviations",
        {**line(ALINGSAS, "cost_type", "Köp av tjänster"), "comparison": "forecast_vs_budget"},
        {"linear_forecast_tkr": -78031.5, "forecast_doubt": "below_pace"},
    )


def test_investments_have_no_pace(warehouse: Any) -> None:
    found = warehouse.execute(
        """
        select count(*), count(linear_forecast_tkr), count(forecast_doubt)
        from marts.budget_deviations where breakdown = 'investment' and comparison = 'forecast_vs_budget'
        """
    ).fetchone()
    assert found[0] > 0
    assert found[1:] == (0, 0)


def test_a_deviation_is_also_measured_against_the_first_budget(warehouse: Any) -> None:
    """Mark 2025: -454,7 against 442,0 (7.1 line 970) and against the plan's 431,6 (5.1 line 474)."""
    check(
        warehouse,
        "budget_deviations",
        line(INTERIM, "cost_type", "Nettokostnader"),
        {
            "budget_version": "revised",
            "budget_version_source": "document_dates",
            "deviation_tkr": -12700,
            "deviation_against_original_tkr": -23100,
            "original_budget_figure_id": "mark_namndplan_2024.t8.r4.c4",
        },
    )
    # The activities were divided anew, so Funktionsstöd's first budget is about something else.
    check(
        warehouse,
        "budget_deviations",
        line(INTERIM, "activity", "Funktionsstöd"),
        {"budget_version": "revised", "deviation_against_original_tkr": None},
    )
