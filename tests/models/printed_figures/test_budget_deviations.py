"""`budget_deviations` against the printed pages. Every value was read from a page or calculated by hand."""

from decimal import Decimal
from typing import Any

import pytest

from tests.support.printed_pages import ALINGSAS, ANNUAL, ASKERSUND, INTERIM, PLAN, Case, check, line, matching, words

DEVIATIONS: list[tuple[Case, Case]] = [
    # Mark 2025, 7.1 line 966: the worked example
    (
        line(INTERIM, "cost_type", "Personalkostnader"),
        {
            "comparison": "forecast_vs_budget",
            "budget_tkr": -264600,
            "compared_tkr": -269700,
            "deviation_tkr": -5100,
            "deviation_pct": -1.93,
            "deviation_pct_of_net_budget": -1.15,
            "is_favourable": False,
            "printed_deviation_tkr": -5100,
            "agrees_with_print": True,
            "line_role": "cost",
            "is_addable": True,
            "is_headline": False,
            "period_end": "2025-12-31",
            "period_basis": "full_year",
            "as_of_date": "2025-08-31",
        },
    ),
    # Mark 2025, 7.1 line 964
    (
        line(INTERIM, "cost_type", "Intäkter"),
        {"deviation_tkr": 1100, "deviation_pct": 3.18, "is_favourable": True, "line_role": "income"},
    ),
    # Mark 2025, 7.1 line 970
    (
        line(INTERIM, "cost_type", "Nettokostnader"),
        {
            "budget_tkr": -442000,
            "compared_tkr": -454700,
            "deviation_tkr": -12700,
            "deviation_pct": -2.87,
            "is_headline": True,
            "line_role": "net_cost",
            "fiscal_year": 2025,
        },
    ),
    # Mark 2025, 7.1 line 976
    (
        line(INTERIM, "activity", "Myndighet Funktionsstöd"),
        {"budget_tkr": -60000, "compared_tkr": -61200, "deviation_tkr": -1200, "deviation_pct": -2.0},
    ),
    # Mark 2025, 7.1 line 978
    (line(INTERIM, "activity", "Individ- och familjeomsorg"), {"deviation_tkr": -14500, "deviation_pct": -8.47}),
    # Mark 2025, 7.1 line 980: a deviation of nought is neither good nor bad
    (line(INTERIM, "activity", "Personligt ombud"), {"deviation_tkr": 0, "is_favourable": None, "budget_tkr": -500}),
    # Mark 2025, 7.1 line 982
    (
        line(INTERIM, "activity", "Förvaltningschef/nämnd"),
        {"deviation_tkr": 7900, "deviation_pct": 29.37, "is_favourable": True, "compared_tkr": -19000},
    ),
    # Mark 2025, 7.3 line 1122: unspent investment money is not good news by itself
    (
        line(INTERIM, "investment", "Summa"),
        {
            "budget_tkr": -1000,
            "compared_tkr": -700,
            "deviation_tkr": 300,
            "is_favourable": None,
            "comparison": "forecast_vs_budget",
        },
    ),
    # Mark 2023, 8.1 line 422: the printed unit is wrong, the mart comes out right
    (
        line(ANNUAL, "cost_type", "Nettokostnader"),
        {
            "comparison": "outcome_vs_budget",
            "budget_tkr": -426900,
            "compared_tkr": -436800,
            "deviation_tkr": -9900,
            "deviation_pct": -2.32,
            "agrees_with_print": True,
            "is_headline": True,
        },
    ),
    # Mark 2023, 8.1 line 419 and 420
    (line(ANNUAL, "cost_type", "Intäkter"), {"deviation_tkr": 5000, "deviation_pct": 17.73, "is_favourable": True}),
    (line(ANNUAL, "cost_type", "Personalkostnader"), {"deviation_tkr": -10100, "deviation_pct": -3.75}),
    # Mark 2023, 8.1 line 424 and 425
    (line(ANNUAL, "activity", "Funktionsstöd"), {"deviation_tkr": -14300, "deviation_pct": -6.18}),
    (line(ANNUAL, "activity", "Individ- och familjeomsorg"), {"deviation_tkr": 2300, "is_favourable": True}),
    # Mark 2023, 8.2 line 485
    (
        line(ANNUAL, "investment", "Summa"),
        {"budget_tkr": -1300, "compared_tkr": 0, "deviation_tkr": 1300, "is_favourable": None},
    ),
    # Mark plan, 5.1 line 474: the forecast for 2023, no deviation printed
    (
        line(PLAN, "cost_type", "Nettokostnader"),
        {
            "fiscal_year": 2023,
            "comparison": "forecast_vs_budget",
            "deviation_tkr": 2500,
            "deviation_pct": 0.59,
            "printed_deviation_tkr": None,
            "agrees_with_print": None,
            "is_favourable": True,
        },
    ),
    # Mark plan, 5.1 line 480
    (
        line(PLAN, "activity", "Individ-och familjeomsorg"),
        {"budget_tkr": -148100, "compared_tkr": -144000, "deviation_tkr": 4100, "deviation_pct": 2.77},
    ),
    # Mark plan, 5.1 line 470
    (line(PLAN, "cost_type", "Personalkostnader"), {"deviation_tkr": -2600, "is_favourable": False}),
    # Askersund, Driftresultat line 1053: Resultat is the net cost
    (
        line(ASKERSUND, "cost_type", "Resultat"),
        {
            "comparison": "outcome_vs_budget",
            "budget_tkr": -318803,
            "compared_tkr": -331882,
            "deviation_tkr": -13079,
            "deviation_pct": -4.1,
            "line_role": "net_cost",
            "is_headline": True,
            "fiscal_year": 2024,
        },
    ),
    # Askersund, Driftresultat line 1048
    (line(ASKERSUND, "cost_type", "Intäkter"), {"deviation_tkr": 21788, "deviation_pct": 50.84, "is_addable": True}),
    # Askersund, Driftresultat line 1049
    (
        line(ASKERSUND, "cost_type", "Kostnader"),
        {"printed_deviation_tkr": -34867, "deviation_pct": -9.64, "is_addable": True},
    ),
    # Askersund, Driftresultat line 1050 and 1051: varav is not part of the sum
    (
        line(ASKERSUND, "cost_type", "varav personalkostnader"),
        {"deviation_tkr": -14510, "deviation_pct": -5.43, "is_addable": False, "line_role": "of_which"},
    ),
    (
        line(ASKERSUND, "cost_type", "varav kapitalkostnader"),
        {"deviation_tkr": 0, "is_favourable": None, "is_addable": False},
    ),
    # Askersund, Driftredovisning line 1133: printed positive, negative here
    (
        line(ASKERSUND, "activity", "51 Äldreomsorg/LSS"),
        {
            "budget_tkr": -245397,
            "compared_tkr": -251612,
            "deviation_tkr": -6215,
            "deviation_pct": -2.53,
            "agrees_with_print": True,
            "is_addable": True,
        },
    ),
    # Askersund, Driftredovisning line 1134: a surplus
    (
        line(ASKERSUND, "activity", "55 Vård för vuxna med missbruksproblem"),
        {"deviation_tkr": 174, "is_favourable": True},
    ),
    # Askersund, Driftredovisning line 1135
    (line(ASKERSUND, "activity", "56 Barn- och ungdomsvård"), {"deviation_tkr": -4644, "deviation_pct": -54.63}),
    # Askersund, Driftredovisning line 1137
    (line(ASKERSUND, "activity", "60 Flyktingmottagande"), {"deviation_tkr": 0, "is_favourable": None}),
    # Askersund, Verksamhetsanalys line 1180 and 1184: one printed deviation for the pair, each row has its own
    (
        line(ASKERSUND, "activity", "Äldreomsorg/LSS Intäkt"),
        {"deviation_tkr": 18372, "is_favourable": True, "is_addable": False, "line_role": "income"},
    ),
    (
        line(ASKERSUND, "activity", "Äldreomsorg/LSS Kostnad"),
        {"deviation_tkr": -24587, "is_favourable": False, "deviation_pct": -8.8, "line_role": "cost"},
    ),
    # Askersund, Redovisning verksamhet 51* line 1145: a budgeted net income
    (
        line(ASKERSUND, "sub_activity", "Äldreomsorg"),
        {"budget_tkr": 757, "compared_tkr": -3, "deviation_tkr": -760, "is_favourable": False},
    ),
    # Askersund, Redovisning verksamhet 51* line 1153
    (line(ASKERSUND, "sub_activity", "Socialpsykiatrin"), {"deviation_tkr": 1222, "deviation_pct": 17.7}),
    # Askersund, Redovisning verksamhet 51* line 1156: nothing to divide by
    (
        line(ASKERSUND, "sub_activity", "Boende enligt LSS för barn och unga"),
        {"budget_tkr": 0, "deviation_tkr": -2388, "deviation_pct": None, "is_favourable": False},
    ),
    # Askersund, Investeringsredovisning line 1445
    (
        line(ASKERSUND, "investment", "Nettoutgifter"),
        {"budget_tkr": -2300, "compared_tkr": -1898, "deviation_tkr": 402, "is_favourable": None, "is_headline": True},
    ),
    # Askersund, Investeringsanalys line 1496: overspent
    (
        line(ASKERSUND, "investment", "Möbler, inventarier, inredning 2024"),
        {"deviation_tkr": -67, "is_favourable": None, "is_addable": True},
    ),
    # Alingsås, Drift line 526
    (
        {**line(ALINGSAS, "cost_type", "Verksamhetens nettokostnader"), "comparison": "forecast_vs_budget"},
        {
            "comparison": "forecast_vs_budget",
            "budget_tkr": -245082,
            "compared_tkr": -250082,
            "deviation_tkr": -5000,
            "deviation_pct": -2.04,
            "line_role": "net_cost",
            "is_headline": True,
            "as_of_date": "2024-08-31",
        },
    ),
    # Alingsås, Drift line 502 and 506
    (
        line(ALINGSAS, "cost_type", "Personalkostnader"),
        {"deviation_tkr": 3000, "deviation_pct": 1.89, "is_favourable": True},
    ),
    (line(ALINGSAS, "cost_type", "Köp av tjänster"), {"deviation_tkr": -6000, "deviation_pct": -9.62}),
    # Alingsås, Drift line 516: the sum of the costs is not added once more
    (
        line(ALINGSAS, "cost_type", "Verksamhetens kostnader"),
        {"deviation_tkr": -5000, "is_addable": False, "line_role": "subtotal"},
    ),
    # Alingsås, Drift line 533
    (line(ALINGSAS, "cost_type", "Kommunbidrag"), {"line_role": "grant", "is_addable": False, "deviation_tkr": 0}),
    # Alingsås, Drift line 543: budget nought
    (
        {**line(ALINGSAS, "cost_type", "Årets resultat"), "comparison": "forecast_vs_budget"},
        {
            "line_role": "result",
            "deviation_tkr": -5000,
            "deviation_pct": None,
            "is_favourable": False,
            "is_headline": False,
        },
    ),
    # Alingsås, Investeringar line 729 and 726
    (
        line(ALINGSAS, "investment", "Totala utgifter"),
        {"budget_tkr": -1500, "compared_tkr": -850, "deviation_tkr": 650, "deviation_pct": 43.33},
    ),
    (line(ALINGSAS, "investment", "Lokalanpassning i annans fastighet"), {"deviation_tkr": 650}),
]


@pytest.mark.parametrize(("key", "expected"), DEVIATIONS, ids=words)
def test_a_budget_deviation(warehouse: Any, key: Case, expected: Case) -> None:
    check(warehouse, "budget_deviations", key, expected)


SENTENCES: list[tuple[Case, list[str]]] = [
    # Mark 2025, 7.1 line 966
    (line(INTERIM, "cost_type", "Personalkostnader"), ["prognosen", "2025", "5,1 mnkr", "sämre", "1,9 %"]),
    # Mark 2025, 7.3 line 1122: neither better nor worse
    (line(INTERIM, "investment", "Summa"), ["prognosen", "300 tkr", "lägre"]),
    # Mark 2023, 8.1 line 425
    (line(ANNUAL, "activity", "Individ- och familjeomsorg"), ["utfallet", "2023", "2,3 mnkr", "bättre"]),
    # Askersund, Verksamhetsanalys line 1257: 59 395 against 58 245 is 1 150 tkr
    (line(ASKERSUND, "activity", "Gemensamma verksamheter Kostnad"), ["utfallet", "1,2 mnkr", "sämre"]),
]


@pytest.mark.parametrize(("key", "parts"), SENTENCES, ids=words)
def test_the_sentence_of_a_deviation(warehouse: Any, key: Case, parts: list[str]) -> None:
    (found,) = matching(warehouse, "budget_deviations", key)
    assert [part for part in parts if part not in found["headline_sv"]] == []


def test_what_deviates_is_not_called_according_to_budget(warehouse: Any) -> None:
    # Mark 2023, 8.2 line 485: 1,3 mnkr unspent; Askersund line 1445: 402 tkr; Alingsås line 729: 650 tkr
    misnamed = warehouse.execute(
        "select document_id, row_label, deviation_tkr from marts.budget_deviations "
        "where deviation_tkr <> 0 and deviation_sv = 'Enligt budget'"
    ).fetchall()
    assert misnamed == []


HEADLINES: list[tuple[str, str, str, float]] = [
    # Mark 2023, 8.1 line 422 and 8.2 line 485
    (ANNUAL, "outcome_vs_budget", "net", -9900),
    (ANNUAL, "outcome_vs_budget", "investment", 1300),
    # Mark 2025, 7.1 line 970 and 7.3 line 1122
    (INTERIM, "forecast_vs_budget", "net", -12700),
    (INTERIM, "forecast_vs_budget", "investment", 300),
    # Mark plan, 5.1 line 474: -424,3 against -426,8
    (PLAN, "forecast_vs_budget", "net", 2500),
    # Askersund, Driftresultat line 1053 and Investeringsredovisning line 1445
    (ASKERSUND, "outcome_vs_budget", "net", -13079),
    (ASKERSUND, "outcome_vs_budget", "investment", 402),
    # Alingsås, Drift line 526 and Investeringar line 729
    (ALINGSAS, "forecast_vs_budget", "net", -5000),
    (ALINGSAS, "forecast_vs_budget", "investment", 650),
]


@pytest.mark.parametrize(("document", "comparison", "part", "deviation"), HEADLINES)
def test_one_headline(warehouse: Any, document: str, comparison: str, part: str, deviation: float) -> None:
    headlines = warehouse.execute(
        "select deviation_tkr from marts.budget_deviations "
        "where document_id = ? and comparison = ? and is_headline and (breakdown = 'investment') = ?",
        [document, comparison, part == "investment"],
    ).fetchall()
    assert headlines == [(Decimal(deviation),)]


ADDED: list[tuple[str, str, float, float, float, float]] = [
    # the sums of the printed rows: budget, outcome or forecast, deviation; and what rounding allows
    # Mark 2023, 8.1 lines 419-421 and 424-426
    (ANNUAL, "cost_type", -426900, -436800, -9900, 200),
    (ANNUAL, "activity", -426900, -436800, -9900, 200),
    # Mark 2025, 7.1 lines 964-968 and 974-982
    (INTERIM, "cost_type", -442000, -454700, -12700, 200),
    (INTERIM, "activity", -442000, -454700, -12700, 300),
    # Mark plan, 5.1 lines 468-472 and 478-482
    (PLAN, "cost_type", -426800, -424300, 2500, 200),
    (PLAN, "activity", -426800, -424300, 2500, 200),
    # Askersund, Driftresultat lines 1048-1049 and Driftredovisning lines 1132-1138
    (ASKERSUND, "cost_type", -318803, -331882, -13079, 2),
    (ASKERSUND, "activity", -318803, -331882, -13079, 4),
    # Askersund, Investeringsanalys lines 1489-1523
    (ASKERSUND, "investment", -2300, -1898, 402, 4),
    # Alingsås, Drift lines 497-508 (the printed net cost is one off) and Investeringar lines 702-726
    (ALINGSAS, "cost_type", -245082, -250082, -5000, 3),
    (ALINGSAS, "investment", -1500, -850, 650, 3),
]


@pytest.mark.parametrize(("document", "breakdown", "budget", "compared", "deviation", "rounding"), ADDED)
def test_addable_rows_sum_to_the_headline(
    warehouse: Any, document: str, breakdown: str, budget: float, compared: float, deviation: float, rounding: float
) -> None:
    sums = warehouse.execute(
        "select sum(budget_tkr), sum(compared_tkr), sum(deviation_tkr) from marts.budget_deviations "
        "where document_id = ? and breakdown = ? and is_addable",
        [document, breakdown],
    ).fetchone()
    assert [float(total) for total in sums] == pytest.approx([budget, compared, deviation], abs=rounding)


def test_every_breakdown_with_addable_rows_sums_to_its_headline(warehouse: Any) -> None:
    astray = warehouse.execute(
        """
        select added.document_id, added.breakdown, added.total, headline.deviation_tkr
        from (
            select document_id, comparison, breakdown, sum(deviation_tkr) as total
            from marts.budget_deviations where is_addable group by all
        ) as added
        left join marts.budget_deviations as headline
            on headline.document_id = added.document_id and headline.comparison = added.comparison
            and headline.is_headline
            and (headline.breakdown = 'investment') = (added.breakdown = 'investment')
        where headline.deviation_tkr is null or abs(added.total - headline.deviation_tkr) > 300
        """
    ).fetchall()
    assert astray == []


def test_an_interim_report_has_no_outcome_against_the_years_budget(warehouse: Any) -> None:
    comparisons = warehouse.execute(
        "select distinct document_id, comparison from marts.budget_deviations where document_id in (?, ?) order by all",
        [INTERIM, ALINGSAS],
    ).fetchall()
    assert comparisons == [
        (ALINGSAS, "forecast_vs_budget"),
        (ALINGSAS, "outcome_vs_period_budget"),
        (INTERIM, "forecast_vs_budget"),
    ]
