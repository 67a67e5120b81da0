"""The marts against the printed pages of the five reports.

Every expected value was read from a page, or worked out by hand from figures on a page, never from the warehouse.
A case names its place: document, section and line in the page text (`source_line` of the figure's row).
"""

from decimal import Decimal
from typing import Any

import pytest
from printed_pages import ALINGSAS, ANNUAL, ASKERSUND, INTERIM, PLAN, Case, at, check, matching, words

# ---------------------------------------------------------------------------------------------------- reported_figures

FIGURES: list[tuple[Case, Case]] = [
    # -- Mark, annual report 2023 --
    # 3.1 Uppdraget uppfyllt, line 102: the cross stands in the second of five columns
    (at(ANNUAL, 102, 2), {"value_kind": "mark", "column_header": "I hög grad", "raw_text": "X", "value": None}),
    # 4.1 line 149: outcome 2021 in days, the first of three years
    (at(ANNUAL, 149, 1), {"value": 118, "unit": "days", "fiscal_year": 2021, "value_kind": "outcome"}),
    # 4.1 line 149: printed the wrong way round, corrected and on record
    (
        at(ANNUAL, 149, 4),
        {
            "raw_text": "≥108",
            "operator": "<=",
            "target_high": 108,
            "target_low": None,
            "is_corrected": True,
            "value_kind": "target",
            "fiscal_year": 2023,
        },
    ),
    # 4.1 line 176: an equals sign makes both bounds
    (at(ANNUAL, 176, 4), {"raw_text": "=0", "operator": "=", "target_low": 0, "target_high": 0}),
    # 4.2 line 197: only the last two of four columns are filled
    (at(ANNUAL, 197, 3), {"value": 480, "fiscal_year": 2023, "value_kind": "outcome"}),
    (at(ANNUAL, 197, 4), {"operator": "<", "target_high": 494, "target_low": None, "value_kind": "target"}),
    # 4.2 line 238: sign, space and percent sign in one cell
    (at(ANNUAL, 238, 4), {"raw_text": "= 100%", "operator": "=", "target_low": 100, "unit": "percent"}),
    # 4.2 line 239
    (at(ANNUAL, 239, 4), {"operator": "<=", "target_high": 40, "unit": "days"}),
    # 4.2 line 240
    (at(ANNUAL, 240, 4), {"operator": ">=", "target_low": 78, "target_high": None, "unit": "percent"}),
    # 4.2 line 241: yes = 1
    (at(ANNUAL, 241, 4), {"operator": "bare", "unit": "yes_no", "raw_text": "1"}),
    # 4.3 line 319: a bare target
    (at(ANNUAL, 319, 4), {"operator": "bare", "raw_text": "12", "value_kind": "target", "unit": "percent"}),
    # 8.1 line 419: the table says tkr, the figures are in mnkr; income is positive
    (
        at(ANNUAL, 419, 3),
        {"value": 33.2, "unit": "mnkr", "unit_printed": "tkr", "amount_tkr": 33200, "is_corrected": True},
    ),
    # 8.1 line 420: four periods and kinds in one row
    (at(ANNUAL, 420, 1), {"amount_tkr": -251300, "fiscal_year": 2021, "value_kind": "outcome"}),
    (at(ANNUAL, 420, 2), {"amount_tkr": -256600, "fiscal_year": 2022, "period_end": "2022-12-31"}),
    (at(ANNUAL, 420, 4), {"amount_tkr": -269200, "value_kind": "budget", "period_basis": "full_year"}),
    (at(ANNUAL, 420, 5), {"amount_tkr": -10100, "value_kind": "deviation", "fiscal_year": 2023}),
    # 8.1 line 421: the finest decimals of the table
    (at(ANNUAL, 421, 1), {"value": -189.0, "raw_text": "-189,0", "precision": 0.05}),
    # 8.1 line 422
    (at(ANNUAL, 422, 3), {"value": -436.8, "amount_tkr": -436800, "period_end": "2023-12-31"}),
    # 8.1 line 425: a surplus
    (at(ANNUAL, 425, 5), {"amount_tkr": 2300, "value_kind": "deviation"}),
    # 8.2 line 484: no unit is printed; spending is a cost, what is unspent is positive
    (at(ANNUAL, 484, 1), {"amount_tkr": -1300, "unit": "mnkr", "unit_printed": None, "value_kind": "budget"}),
    (at(ANNUAL, 484, 3), {"amount_tkr": 1300, "value_kind": "deviation"}),
    # 9.1 line 518
    (at(ANNUAL, 518, 1), {"value": 409, "unit": "number", "fiscal_year": 2023}),
    # 10.1 line 578: a space between thousands
    (at(ANNUAL, 578, 2), {"value": 17349, "unit": "care_days", "fiscal_year": 2021}),
    # 10.1 line 581: only the last of four columns
    (at(ANNUAL, 581, 4), {"value": 2306, "fiscal_year": 2023, "value_kind": "outcome"}),
    # 10.2 line 638: percent
    (at(ANNUAL, 638, 1), {"value": 75, "unit": "percent", "fiscal_year": 2020}),
    # 10.2 line 659
    (at(ANNUAL, 659, 4), {"value": 8.7, "unit": "percent", "raw_text": "8,7%", "period_basis": "full_year"}),
    # 10.2 line 678
    (at(ANNUAL, 678, 3), {"value": 80287, "unit": "hours", "fiscal_year": 2022, "period_basis": "full_year"}),
    # -- Mark, interim report 2025 --
    # 3.1 line 124: an approved range with an en dash
    (
        at(INTERIM, 124, 1),
        {"operator": "range", "target_low": 70, "target_high": 100, "value_kind": "approved_range", "unit": "percent"},
    ),
    # 3.1 line 140: the second table, for individ- och familjeomsorg
    (at(INTERIM, 140, 2), {"value": 80, "value_kind": "forecast", "fiscal_year": 2025, "activity_code": "ifo"}),
    # 4.1 line 251
    (at(INTERIM, 251, 3), {"value": 93, "value_kind": "forecast", "fiscal_year": 2025, "unit": "days"}),
    (at(INTERIM, 251, 4), {"operator": "<=", "target_high": 100, "period_end": "2025-12-31"}),
    # 4.1 line 347
    (at(INTERIM, 347, 4), {"raw_text": "≥ 85", "operator": ">=", "target_low": 85}),
    # 4.2 line 585: thousands in figures and target
    (at(INTERIM, 585, 1), {"value": 73607, "unit": "hours", "fiscal_year": 2023}),
    (at(INTERIM, 585, 4), {"operator": "<=", "target_high": 64000}),
    # 4.2 line 590: the first year is blank, nothing slides to the left
    (at(INTERIM, 590, 2), {"value": 65, "fiscal_year": 2024, "value_kind": "outcome"}),
    (at(INTERIM, 590, 3), {"value": 72, "fiscal_year": 2025, "value_kind": "forecast"}),
    # 4.2 line 665
    (at(INTERIM, 665, 3), {"value": 1250, "raw_text": "1 250", "value_kind": "forecast"}),
    # 4.4 line 757
    (at(INTERIM, 757, 4), {"operator": "bare", "raw_text": "14", "fiscal_year": 2025}),
    # 7.1 line 964: outcome to 31 August in both years
    (
        at(INTERIM, 964, 1),
        {"amount_tkr": 19200, "period_end": "2024-08-31", "period_basis": "year_to_date", "value_kind": "outcome"},
    ),
    (
        at(INTERIM, 966, 2),
        {
            "amount_tkr": -176500,
            "period_start": "2025-01-01",
            "period_end": "2025-08-31",
            "period_label": "jan–aug 2025",
            "unit_printed": "mnkr",
        },
    ),
    # 7.1 line 966: forecast and budget are for the year
    (at(INTERIM, 966, 3), {"amount_tkr": -269700, "value_kind": "forecast", "period_end": "2025-12-31"}),
    (at(INTERIM, 966, 4), {"amount_tkr": -264600, "value_kind": "budget", "period_basis": "full_year"}),
    # 7.1 line 976: a round number keeps the table's precision
    (at(INTERIM, 976, 4), {"raw_text": "-60", "value": -60, "precision": 0.05, "amount_tkr": -60000}),
    # 7.1 line 980: a net income last year, a net cost this year
    (at(INTERIM, 980, 1), {"amount_tkr": 300, "value": 0.3}),
    (at(INTERIM, 980, 2), {"amount_tkr": -400, "value": -0.4}),
    # 7.1 line 982
    (at(INTERIM, 982, 5), {"amount_tkr": 7900, "value_kind": "deviation"}),
    # 7.3 line 1118: the outcome is blank, the forecast stands in the third column
    (at(INTERIM, 1118, 3), {"value": 0.7, "amount_tkr": -700, "value_kind": "forecast", "fiscal_year": 2025}),
    (at(INTERIM, 1118, 4), {"amount_tkr": 300, "value_kind": "deviation"}),
    # 8.4 line 1288: a forecast for the year
    (at(INTERIM, 1288, 4), {"value": 5000, "value_kind": "forecast", "period_end": "2025-12-31"}),
    # 8.4 line 1299: the text says that it is the mean of the first half-year
    (at(INTERIM, 1299, 4), {"value": 246, "value_kind": "outcome", "period_end": "2025-06-30"}),
    # 8.4 line 1310: the first year is blank
    (at(INTERIM, 1310, 2), {"value": 2306, "fiscal_year": 2023}),
    # 8.5 line 1397: the first year is blank
    (at(INTERIM, 1397, 4), {"value": 97, "unit": "percent"}),
    # 8.5 line 1420: the note gives July 2024 to June 2025
    (
        at(INTERIM, 1420, 4),
        {
            "value": 12.1,
            "unit": "percent",
            "period_basis": "rolling_12m",
            "period_start": "2024-07-01",
            "period_end": "2025-06-30",
        },
    ),
    # 8.5 line 1460
    (at(INTERIM, 1460, 4), {"value": 65657, "unit": "hours", "period_basis": "rolling_12m", "fiscal_year": 2025}),
    # -- Mark, committee plan 2024 --
    # 3.1 line 274
    (at(PLAN, 274, 1), {"raw_text": "70-100", "operator": "range", "target_low": 70, "target_high": 100}),
    # 4.1 line 326: a forecast for 2023 and targets for three years
    (at(PLAN, 326, 3), {"value": 108, "value_kind": "forecast", "fiscal_year": 2023}),
    (at(PLAN, 326, 5), {"operator": "<=", "target_high": 100, "fiscal_year": 2024}),
    # 4.1 line 337: no target for 2023; the two others are printed the wrong way round
    (
        at(PLAN, 337, 5),
        {"raw_text": "≥90", "operator": "<=", "target_high": 90, "fiscal_year": 2024, "is_corrected": True},
    ),
    (
        at(PLAN, 337, 6),
        {"raw_text": "≥85", "operator": "<=", "target_high": 85, "fiscal_year": 2025, "is_corrected": True},
    ),
    # 4.2 line 403: two targets alone at the end of the row
    (at(PLAN, 403, 6), {"operator": "<=", "target_high": 60000, "unit": "hours", "fiscal_year": 2025}),
    # 5.1 line 474: figures in mnkr
    (at(PLAN, 474, 1), {"amount_tkr": -426800, "value_kind": "budget", "fiscal_year": 2023}),
    (at(PLAN, 474, 2), {"amount_tkr": -424300, "value_kind": "forecast", "fiscal_year": 2023}),
    (at(PLAN, 474, 4), {"amount_tkr": -431600, "value_kind": "budget", "fiscal_year": 2025}),
    # 5.2 line 544: the first column is blank
    (at(PLAN, 544, 2), {"value": 1.3, "amount_tkr": -1300, "value_kind": "budget", "fiscal_year": 2023}),
    (at(PLAN, 544, 4), {"amount_tkr": -1300, "value_kind": "plan", "fiscal_year": 2024}),
    # 9.1 line 743: only the forecast is filled
    (at(PLAN, 743, 3), {"value": 2500, "value_kind": "forecast", "unit": "care_days", "fiscal_year": 2023}),
    # 9.2 line 768: an interim figure in the last of three columns
    (at(PLAN, 768, 3), {"value": 8.6, "period_basis": "rolling_12m", "period_end": "2023-06-30"}),
    # 9.2 line 784: an interim figure under a full-year header (the year's own figure is 80 287)
    (at(PLAN, 784, 2), {"value": 76000, "period_basis": "rolling_12m", "period_end": "2022-06-30"}),
    # 9.2 line 786: the row below is for the full year
    (at(PLAN, 786, 2), {"value": 5313, "period_basis": "full_year", "fiscal_year": 2022}),
    # -- Askersund, annual accounts 2024 --
    # Verksamhetsstatistik line 171: newest year first; a star on the label
    (at(ASKERSUND, 171, 1), {"value": 95077, "unit": "hours", "fiscal_year": 2024, "raw_text": "95 077"}),
    # Verksamhetsstatistik line 177: thousands without a space
    (at(ASKERSUND, 177, 3), {"value": 8673, "unit": "care_days", "fiscal_year": 2022}),
    # Verksamhetsstatistik line 202: the star is taken off the figure
    (at(ASKERSUND, 202, 1), {"value": 11, "raw_text": "11", "fiscal_year": 2024}),
    # Målområde 1 line 300: a bare percent target, the earlier outcome from the brackets below
    (at(ASKERSUND, 300, 1), {"operator": "bare", "unit": "percent", "value_kind": "target", "fiscal_year": 2024}),
    (at(ASKERSUND, 300, 2), {"value": 10.74, "value_kind": "outcome", "fiscal_year": 2024}),
    # Målområde 1 line 336
    (at(ASKERSUND, 336, 2), {"value": 77, "unit": "index", "value_kind": "outcome"}),
    (at(ASKERSUND, 336, 3), {"raw_text": "Uppfylld", "value_kind": "mark", "value": None}),
    # Målområde 2 line 628: a target in words
    (at(ASKERSUND, 628, 1), {"raw_text": "Öka jmf utfall 2023", "operator": "increase", "value": None}),
    (at(ASKERSUND, 628, 2), {"value": 85, "unit": "number", "fiscal_year": 2024}),
    # Målområde 2 line 654: percent sign and star
    (at(ASKERSUND, 654, 2), {"value": 91, "unit": "percent", "raw_text": "91%"}),
    # Målområde 2 line 710: two numbers side by side are target and outcome
    (at(ASKERSUND, 710, 1), {"operator": "bare", "raw_text": "10", "value_kind": "target"}),
    (at(ASKERSUND, 710, 2), {"value": 7, "value_kind": "outcome"}),
    # Driftresultat line 1049: a space after the minus
    (at(ASKERSUND, 1049, 4), {"raw_text": "- 34 867", "value": -34867, "amount_tkr": -34867}),
    # Driftresultat line 1048
    (at(ASKERSUND, 1048, 1), {"amount_tkr": 72287, "fiscal_year": 2023, "value_kind": "outcome"}),
    (at(ASKERSUND, 1048, 3), {"amount_tkr": 42857, "fiscal_year": 2024, "value_kind": "budget"}),
    # Driftresultat line 1053
    (at(ASKERSUND, 1053, 2), {"amount_tkr": -331882, "unit": "tkr", "precision": 0.5}),
    # Driftredovisning line 1133: net cost printed positive, row code kept in the label
    (
        at(ASKERSUND, 1133, 1),
        {"value": 251612, "amount_tkr": -251612, "row_label": "51 Äldreomsorg/LSS", "value_kind": "outcome"},
    ),
    (at(ASKERSUND, 1133, 3), {"value": -6215, "amount_tkr": -6215, "value_kind": "deviation"}),
    # Driftredovisning line 1132: a surplus
    (at(ASKERSUND, 1132, 3), {"amount_tkr": 71}),
    # Redovisning verksamhet 51* line 1145: a budgeted net income is printed negative
    (at(ASKERSUND, 1145, 2), {"value": -757, "amount_tkr": 757, "value_kind": "budget"}),
    # Verksamhetsanalys line 1180 and 1184: a pair of rows, now with the cost negative
    (at(ASKERSUND, 1180, 1), {"amount_tkr": 52449, "value_kind": "outcome"}),
    (at(ASKERSUND, 1184, 2), {"value": -279475, "amount_tkr": -279475, "value_kind": "budget"}),
    # Investeringsredovisning line 1445: budget after outcome
    (at(ASKERSUND, 1445, 2), {"raw_text": "- 2 300", "amount_tkr": -2300, "value_kind": "budget"}),
    (at(ASKERSUND, 1445, 3), {"amount_tkr": 402, "value_kind": "deviation"}),
    # Investeringsanalys line 1489: the year in the label is no figure
    (at(ASKERSUND, 1489, 1), {"value": -65, "amount_tkr": -65, "row_label": "IT-teknik äldrevård 2024"}),
    # Investeringsanalys line 1507: a printed zero
    (at(ASKERSUND, 1507, 1), {"value": 0, "amount_tkr": 0, "raw_text": "0"}),
    # -- Alingsås, interim accounts 2024 --
    # Nyckeltal line 264: the footnote digit is off the label, the target is for the year's end
    (
        at(ALINGSAS, 264, 1),
        {
            "row_label": "Antal vuxna biståndsmottagare med långvarigt ekonomiskt bistånd",
            "operator": "<",
            "target_high": 166,
            "period_end": "2024-12-31",
        },
    ),
    (at(ALINGSAS, 264, 2), {"value": 190, "period_end": "2024-08-31", "period_basis": "year_to_date"}),
    (at(ALINGSAS, 264, 3), {"value": 166, "period_end": "2023-08-31", "fiscal_year": 2023}),
    # Nyckeltal line 269
    (at(ALINGSAS, 269, 1), {"operator": "bare", "unit": "percent"}),
    # Nyckeltal line 323
    (at(ALINGSAS, 323, 1), {"operator": ">", "target_low": 20, "target_high": None, "fiscal_year": 2024}),
    # Nyckeltal line 420: a dash is not a number
    (at(ALINGSAS, 420, 3), {"raw_text": "-", "value": None}),
    # Drift line 497: full-year budget, forecast and deviation, then eight months
    (at(ALINGSAS, 497, 1), {"amount_tkr": 31417, "value_kind": "budget", "period_end": "2024-12-31"}),
    (at(ALINGSAS, 497, 4), {"amount_tkr": 20995, "value_kind": "outcome", "period_end": "2024-08-31"}),
    (at(ALINGSAS, 497, 6), {"amount_tkr": 9349, "value_kind": "change"}),
    # Drift line 502
    (at(ALINGSAS, 502, 2), {"amount_tkr": -155695, "value_kind": "forecast", "unit": "tkr"}),
    (at(ALINGSAS, 502, 3), {"amount_tkr": 3000, "value_kind": "deviation"}),
    # Drift line 516
    (at(ALINGSAS, 516, 6), {"raw_text": "-32 296", "value": -32296, "value_kind": "change"}),
    # Drift line 543
    (at(ALINGSAS, 543, 5), {"amount_tkr": 3307, "period_end": "2023-08-31", "period_basis": "year_to_date"}),
    # Investeringar line 704: a row whose label is a dash and whose figures are nought
    (at(ALINGSAS, 704, 1), {"row_label": "-", "value": 0, "amount_tkr": 0}),
    # Investeringar line 729: spending printed positive is a cost, unspent money is positive
    (at(ALINGSAS, 729, 2), {"value": 850, "amount_tkr": -850, "value_kind": "forecast"}),
    (at(ALINGSAS, 729, 3), {"value": 650, "amount_tkr": 650, "value_kind": "deviation"}),
    (at(ALINGSAS, 729, 4), {"amount_tkr": -453, "value_kind": "outcome", "period_end": "2024-08-31"}),
    # Sjukfrånvaro line 814: the note gives January to July
    (at(ALINGSAS, 814, 1), {"value": 6.6, "gender": "T", "period_end": "2024-07-31", "period_basis": "year_to_date"}),
    # Sjukfrånvaro line 816 and 818
    (at(ALINGSAS, 816, 2), {"value": 8.5, "gender": "K", "fiscal_year": 2023}),
    (at(ALINGSAS, 818, 1), {"value": 9.6, "gender": "M", "unit": "percent"}),
    # Sjukfrånvaro line 822: a comparison sign that belongs to the label
    (at(ALINGSAS, 822, 1), {"value": 2.4, "row_label": "<29 år", "operator": None}),
    (at(ALINGSAS, 834, 3), {"value": -1.1, "row_label": "Dag 59>", "value_kind": "change"}),
]


@pytest.mark.parametrize(("key", "expected"), FIGURES, ids=words)
def test_a_printed_cell(warehouse: Any, key: Case, expected: Case) -> None:
    check(warehouse, "reported_figures", key, expected)


FIGURE_COUNTS: list[tuple[str, int, int, dict[str, int]]] = [
    # Alingsås, Drift: ten rows of six cells
    (ALINGSAS, 497, 543, {"budget": 10, "forecast": 10, "deviation": 10, "outcome": 20, "change": 10}),
    # Mark 2025, 7.1: ten rows of five cells (the sub-heading has none)
    (INTERIM, 964, 984, {"outcome": 20, "forecast": 10, "budget": 10, "deviation": 10}),
    # Mark 2025, 4.2 second indicator table: one blank first cell in three rows of four
    (INTERIM, 580, 590, {"outcome": 5, "forecast": 3, "target": 3}),
    # Mark plan, 4.1 second table: 6, 5 and 2 filled cells
    (PLAN, 332, 343, {"outcome": 4, "forecast": 2, "target": 7}),
    # Mark plan, 5.1: eight rows of three budgets and one forecast
    (PLAN, 468, 484, {"budget": 24, "forecast": 8}),
    # Askersund, Verksamhetsanalys: seven pairs of rows, each with one deviation
    (ASKERSUND, 1170, 1259, {"outcome": 14, "budget": 14, "deviation": 7}),
    # Askersund, Mål och indikator 4: eight rows of target and outcome
    (ASKERSUND, 537, 588, {"target": 8, "outcome": 8}),
    # Mark 2023, 10.1: ten rows of four, less three blanks in each of the last two
    (ANNUAL, 573, 582, {"outcome": 34}),
]


@pytest.mark.parametrize(("document", "first_line", "last_line", "expected"), FIGURE_COUNTS, ids=words)
def test_figures_of_a_table(
    warehouse: Any, document: str, first_line: int, last_line: int, expected: dict[str, int]
) -> None:
    counted = warehouse.execute(
        "select value_kind, count(*) from marts.reported_figures "
        "where document_id = ? and source_line between ? and ? group by value_kind",
        [document, first_line, last_line],
    ).fetchall()
    assert dict(counted) == expected


BRACKETED: list[tuple[int, float]] = [
    # Askersund: the earlier outcome in brackets (or after a star) below the row, by the row's line
    (300, 11.5),
    (336, 76),
    (367, 17),
    (508, 78.5),
    (628, 36),
    (654, 85),
    (683, 53),
    (710, 15),
    (739, 3),
    (757, 2),
]


@pytest.mark.parametrize(("line", "value"), BRACKETED)
def test_an_earlier_outcome_in_brackets(warehouse: Any, line: int, value: float) -> None:
    key = {"document_id": ASKERSUND, "source_line": line, "fiscal_year": 2023, "value_kind": "outcome"}
    check(warehouse, "reported_figures", key, {"value": value})


# -------------------------------------------------------------------------------------------------------------- series


def subject(municipality: str, code: str, kind: str, end: str, basis: str = "full_year", **more: str) -> Case:
    """Point at one subject, kind and period."""
    return {
        "municipality": municipality,
        "subject_code": code,
        "value_kind": kind,
        "period_end": end,
        "period_basis": basis,
        "gender": "T",
        **more,
    }


WHOLE = {"activity_code": "total"}

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


# --------------------------------------------------------------------------------------------------- budget_deviations


def line(document: str, breakdown: str, label: str) -> Case:
    """Point at a budget line by its label as printed."""
    return {"document_id": document, "breakdown": breakdown, "row_label": label}


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
        line(ALINGSAS, "cost_type", "Verksamhetens nettokostnader"),
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
        line(ALINGSAS, "cost_type", "Årets resultat"),
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
        "select comparison, deviation_tkr from marts.budget_deviations "
        "where document_id = ? and is_headline and (breakdown = 'investment') = ?",
        [document, part == "investment"],
    ).fetchall()
    assert headlines == [(comparison, Decimal(deviation))]


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


@pytest.mark.parametrize("document", [INTERIM, ALINGSAS])
def test_an_interim_report_has_no_outcome_against_the_years_budget(warehouse: Any, document: str) -> None:
    comparisons = warehouse.execute(
        "select distinct comparison from marts.budget_deviations where document_id = ?", [document]
    ).fetchall()
    assert comparisons == [("forecast_vs_budget",)]


# ---------------------------------------------------------------------------------------------------- budget_follow_up

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
    # Mark 2025, 7.1 line 980: the sign turns, so the amount has not grown by any percent
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


# ---------------------------------------------------------------------------------------------- year_over_year_changes

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
        {"growth_pct": 19.67, "is_comparable": False},
    ),
    (
        subject("Mark", "net_cost", "outcome", "2023-12-31", activity_code="ifo"),
        {"growth_pct": -10.61, "is_comparable": False},
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
        {"change": 1, "previous_value_kind": "outcome", "direction": "worse"},
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
    # Askersund, Verksamhetsstatistik line 177
    (subject("Askersund", "foster_home_care_days", "outcome", "2023-12-31"), {"growth_pct": -30.34}),
    # Alingsås, Drift line 526: integration and labour market came to the committee in 2024
    (
        subject("Alingsås", "net_cost", "outcome", "2024-08-31", "year_to_date", **WHOLE),
        {"change": -23946, "growth_pct": 16.4, "is_comparable": False},
    ),
    # Alingsås, Drift line 543: a result is better or worse
    (
        subject("Alingsås", "result", "outcome", "2024-08-31", "year_to_date", **WHOLE),
        {"change": -9919, "growth_pct": None, "direction": "worse"},
    ),
    # Alingsås, Nyckeltal line 323
    (
        subject("Alingsås", "perpetrators_supported", "outcome", "2024-08-31", "year_to_date"),
        {"previous_value": 14, "growth_pct": -42.86, "direction": "worse"},
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
    # Mark 2025, 7.1: no report prints the outcome of the full year 2024, and 2023 is no predecessor of 2025
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
    # Askersund, Mål och indikator 4 line 582: only 2024 is printed
    {"municipality": "Askersund", "subject_code": "daily_activity_may_decide_share"},
    # Alingsås, Nyckeltal line 420: a dash for the year before
    {"municipality": "Alingsås", "subject_code": "experienced_influence_share"},
]


@pytest.mark.parametrize("key", NO_PREDECESSOR, ids=words)
def test_no_change_without_a_predecessor(warehouse: Any, key: Case) -> None:
    assert matching(warehouse, "year_over_year_changes", key) == []


# ----------------------------------------------------------------------------------------------------- goal_fulfilment


def goal(document: str, measure: str, year: int, **more: str) -> Case:
    """Point at the goal of one indicator and year."""
    return {"document_id": document, "measure_code": measure, "target_year": year, **more}


def judged(status: str, distance: float | None, **more: Any) -> Case:
    """Expect a status and the distance to the target."""
    return {"status": status, "distance_to_target": distance, **more}


EXPECTED_MET = {"status_sv": "Väntas uppfyllas", "is_final": False, "value_kind": "forecast"}
FINAL_MET = {"status_sv": "Uppfyllt", "is_final": True, "value_kind": "outcome"}
MET_SO_FAR = {"status_sv": "Uppfyllt hittills", "is_final": False, "value_kind": "outcome"}

GOALS: list[tuple[Case, Case]] = [
    # -- Mark, interim report 2025: forecasts --
    # 4.1 line 251: the mean is judged by its own target, not by the median's
    (
        goal(INTERIM, "child_investigation_days_mean", 2025),
        judged("met", 7, value=93, previous_value=93, operator="<=", **EXPECTED_MET),
    ),
    # 4.1 line 337, 342, 347
    (goal(INTERIM, "children_evicted", 2025), judged("met", 0, value=0, operator="=", **EXPECTED_MET)),
    (
        goal(INTERIM, "households_with_children_on_assistance", 2025),
        judged("met", 0, value=85, previous_value=97, **EXPECTED_MET),
    ),
    (
        goal(INTERIM, "foster_home_future_support_share", 2025),
        judged("met", 15, first_target_text="≥ 87", status_against_first_target="met", **EXPECTED_MET),
    ),
    # 4.2 line 447: 98 is not 100
    (goal(INTERIM, "child_reports_assessed_14_days_share", 2025), judged("not_met", -2, is_final=False)),
    # 4.2 line 452: the first target was ≥92 (plan line 366)
    (
        goal(INTERIM, "ifo_influence_share", 2025),
        judged("not_met", -3, value=90, status_against_first_target="not_met"),
    ),
    # 4.2 line 457: met only because the target moved from ≤40 (plan line 371)
    (
        goal(INTERIM, "lss_investigation_days_mean", 2025),
        judged("met", 1, first_target_text="≤40", status_against_first_target="not_met", **EXPECTED_MET),
    ),
    # 4.2 line 462: the first target was ≥ 90 (plan line 376)
    (
        goal(INTERIM, "housing_support_help_wanted_share", 2025),
        judged("met", 0, first_target_text="≥ 90", status_against_first_target="not_met"),
    ),
    # 4.2 line 467: the first target was ≥82 (plan line 382)
    (
        goal(INTERIM, "daily_activity_may_decide_share", 2025),
        judged("met", 2, status_against_first_target="met", **EXPECTED_MET),
    ),
    # 4.2 line 473
    (goal(INTERIM, "lss_housing_may_decide_share", 2025), judged("met", 0, value=74, previous_value=66)),
    # 4.2 line 580: the first target was ≥ 94 (plan line 398)
    (
        goal(INTERIM, "experienced_child_investigators_share", 2025),
        judged("not_met", -9, target_text="≥ 84", first_target_text="≥ 94", operator_source="printed"),
    ),
    # 4.2 line 585: a forecast for the year can be judged although hours add up; first target ≤60 000 (plan line 403)
    (
        goal(INTERIM, "hourly_staff_hours_functional_support", 2025),
        judged("met", 0, value=64000, status_against_first_target="not_met", **EXPECTED_MET),
    ),
    # 4.2 line 590
    (goal(INTERIM, "qualified_case_workers_share", 2025), judged("met", 0, status_against_first_target="met")),
    # 4.2 line 665
    (goal(INTERIM, "e_service_reapplications", 2025), judged("met", 300, value=1250, **EXPECTED_MET)),
    # 4.4 line 755 and 757: bare targets, lower is better
    (
        goal(INTERIM, "staff_turnover_external_share", 2025),
        judged("not_met", -3, operator_source="assumed", target_value=14, first_target_text="12"),
    ),
    (
        goal(INTERIM, "staff_turnover_managers_external_share", 2025),
        judged("met", 3, operator_source="assumed", status_against_first_target="met"),
    ),
    # 3.1 line 124, 126, 132 and 138, 140: approved ranges, both ends included, one measure under two activities
    (
        goal(INTERIM, "appeals_upheld_share", 2025, activity_code="functional_support"),
        {"goal_kind": "approved_range", "status": "met", "value": 86, "target_low": 70, "target_high": 100},
    ),
    (
        goal(INTERIM, "appeals_upheld_share", 2025, activity_code="ifo"),
        {"status": "met", "value": 90, "target_low": 75, "target_high": 100},
    ),
    (
        goal(INTERIM, "care_plan_current_share", 2025, activity_code="ifo"),
        {"status": "met", "value": 80, "target_low": 80, "operator": "range"},
    ),
    (
        goal(INTERIM, "units_reported_to_ivo_share", 2025),
        {"status": "met", "value": 100, "target_high": 100, "status_sv": "Väntas uppfyllas"},
    ),
    # 3.1 line 92: the committee's own mark
    (
        goal(INTERIM, "core_mission_fulfilled", 2025, activity_code="functional_support"),
        {"goal_kind": "committee_mark", "printed_assessment": "I hög grad", "distance_to_target": None},
    ),
    # -- Mark, annual report 2023: outcomes --
    # 4.1 line 149: printed ≥108, meant ≤108
    (
        goal(ANNUAL, "child_investigation_days_median", 2023),
        judged("met", 0, value=108, operator="<=", previous_value=116, **FINAL_MET),
    ),
    # 4.1 line 176: judged by its own row
    (goal(ANNUAL, "children_evicted", 2023), judged("not_met", -3, value=3, value_document_id=ANNUAL)),
    # 4.2 line 197
    (goal(ANNUAL, "hourly_staff_number", 2023), judged("met", 14, operator="<", **FINAL_MET)),
    # 4.2 line 238
    (goal(ANNUAL, "child_reports_assessed_14_days_share", 2023), judged("not_met", -4, is_final=True)),
    # 4.2 line 239: 16 days too many are 40 percent of the target
    (goal(ANNUAL, "lss_investigation_days_mean", 2023), judged("not_met", -16, distance_pct=-40)),
    # 4.2 line 240 and 241
    (goal(ANNUAL, "daily_activity_may_decide_share", 2023), judged("met", 2, **FINAL_MET)),
    (goal(ANNUAL, "freda_used", 2023), judged("met", 0, operator_source="assumed", **FINAL_MET)),
    # 4.2 line 288, 289, 290
    (goal(ANNUAL, "care_plan_current_housing_share", 2023), judged("met", 4)),
    (goal(ANNUAL, "care_plan_current_clients_share", 2023), judged("not_met", -4)),
    (goal(ANNUAL, "ifo_influence_share", 2023), judged("met", 0, previous_value=88)),
    # 4.3 line 319 and 320
    (goal(ANNUAL, "staff_turnover_external_share", 2023), judged("met", 0, operator_source="assumed")),
    (goal(ANNUAL, "staff_turnover_managers_external_share", 2023), judged("not_met", -1, value=13)),
    # 3.1 line 103
    (
        goal(ANNUAL, "core_mission_fulfilled", 2023, activity_code="ifo"),
        {"goal_kind": "committee_mark", "printed_assessment": "I hög grad", "is_final": True},
    ),
    # -- Mark, committee plan: judged by the latest printing in any document --
    # 4.1 line 326 by Mark 2023 line 149; from 2024 the median is not printed any more
    (
        goal(PLAN, "child_investigation_days_median", 2023),
        judged("met", 0, value_document_id=ANNUAL, value_kind="outcome"),
    ),
    (goal(PLAN, "child_investigation_days_median", 2024), judged("not_assessable", None, value=None)),
    (goal(PLAN, "child_investigation_days_median", 2025), judged("not_assessable", None, value=None)),
    # 4.1 line 332 by Mark 2025 line 337
    (goal(PLAN, "children_evicted", 2023), judged("met", 0, value=0, value_document_id=INTERIM)),
    # 4.1 line 337 (printed ≥90 and ≥85) by Mark 2025 line 342
    (goal(PLAN, "households_with_children_on_assistance", 2024), judged("not_met", -7, value=97, operator="<=")),
    (goal(PLAN, "households_with_children_on_assistance", 2025), judged("met", 0, value=85, **EXPECTED_MET)),
    # 4.1 line 343 by Mark 2025 line 347
    (goal(PLAN, "foster_home_future_support_share", 2024), judged("met", 15, **FINAL_MET)),
    # 4.2 line 361 by Mark 2025 line 447
    (goal(PLAN, "child_reports_assessed_14_days_share", 2024), judged("not_met", -2, value=98, is_final=True)),
    # 4.2 line 366: the plan's own forecast was 88, the outcome 90
    (goal(PLAN, "ifo_influence_share", 2023), judged("met", 0, value=90, value_kind="outcome")),
    (goal(PLAN, "ifo_influence_share", 2025), judged("not_met", -2, value=90)),
    # 4.2 line 371 by Mark 2025 line 457
    (goal(PLAN, "lss_investigation_days_mean", 2024), judged("not_met", -7, value=47)),
    (goal(PLAN, "lss_investigation_days_mean", 2025), judged("not_met", -9, value=49)),
    # 4.2 line 382 by Mark 2025 line 467
    (goal(PLAN, "daily_activity_may_decide_share", 2024), judged("met", 2, **FINAL_MET)),
    # 4.2 line 398 by Mark 2025 line 580
    (goal(PLAN, "experienced_child_investigators_share", 2024), judged("not_met", -25, value=67)),
    (goal(PLAN, "experienced_child_investigators_share", 2025), judged("not_met", -19, value=75)),
    # 4.2 line 403 by Mark 2025 line 585
    (goal(PLAN, "hourly_staff_hours_functional_support", 2024), judged("met", 7676, value=56324)),
    (goal(PLAN, "hourly_staff_hours_functional_support", 2025), judged("not_met", -4000, value=64000)),
    # 4.2 line 408 by Mark 2025 line 590
    (goal(PLAN, "qualified_case_workers_share", 2024), judged("not_met", -5, value=65)),
    # 4.4 line 450 and 452 by Mark 2025 lines 755 and 757
    (goal(PLAN, "staff_turnover_external_share", 2024), judged("not_met", -4, value=16)),
    (goal(PLAN, "staff_turnover_managers_external_share", 2024), judged("met", 0, value=12)),
    # 3.1 line 274: a range without a year holds for the plan's years; by Mark 2025 line 124
    (
        goal(PLAN, "appeals_upheld_share", 2025, activity_code="functional_support"),
        {"status": "met", "value": 86, "value_document_id": INTERIM},
    ),
    (
        goal(PLAN, "appeals_upheld_share", 2024, activity_code="functional_support"),
        {"status": "not_assessable", "value": None},
    ),
    # -- Askersund, annual accounts 2024 --
    # Målområde 1 line 300: bare, lower is better, earlier outcome from the brackets
    (
        goal(ASKERSUND, "sick_leave_total_share", 2024),
        judged("not_met", -3.74, operator_source="assumed", previous_value=11.5, is_final=True),
    ),
    # Målområde 1 line 336: the only printed judgement
    (
        goal(ASKERSUND, "hme_index", 2024),
        judged("met", 2, printed_assessment="Uppfylld", agrees_with_print=True, previous_value=76, **FINAL_MET),
    ),
    # Målområde 1 line 367
    (goal(ASKERSUND, "staff_turnover_share", 2024), judged("not_met", -3, previous_value=17)),
    # Mål och indikator 3 line 508
    (goal(ASKERSUND, "self_checks_done_share", 2024), judged("met", 0, previous_value=78.5)),
    # Mål och indikator 4 lines 537-588
    (goal(ASKERSUND, "special_housing_consideration_share", 2024), judged("not_met", -24)),
    (goal(ASKERSUND, "home_care_satisfied_share", 2024), judged("met", 3, value=88, **FINAL_MET)),
    (goal(ASKERSUND, "daily_activity_enjoys_share", 2024), judged("met", 18)),
    (goal(ASKERSUND, "daily_activity_may_decide_share", 2024), judged("not_met", -12, previous_value=None)),
    # Målområde 2 line 628: more than the year before, in words
    (
        goal(ASKERSUND, "safe_homecoming_decisions", 2024),
        judged("met", None, operator="increase", value=85, previous_value=36, **FINAL_MET),
    ),
    # Målområde 2 line 654
    (goal(ASKERSUND, "care_plan_current_share", 2024), judged("not_met", -9, value=91, previous_value=85)),
    # Målområde 2 line 683
    (goal(ASKERSUND, "own_foster_homes_share", 2024), judged("not_met", -24)),
    # Målområde 2 line 710: 7 against a bare 10, fewer is better
    (goal(ASKERSUND, "young_people_long_assistance", 2024), judged("met", 3, operator_source="assumed")),
    # Målområde 4 line 739: three is not more than three
    (
        goal(ASKERSUND, "camera_supervision_users", 2024),
        judged("not_met", None, operator="increase", value=3, previous_value=3),
    ),
    # Målområde 4 line 757
    (goal(ASKERSUND, "simplified_assessment_decisions", 2024), judged("met", None, value=78, previous_value=2)),
    # -- Alingsås, interim accounts 2024: eight months against the year's end --
    # Nyckeltal line 264: already above the ceiling
    (goal(ALINGSAS, "long_term_assistance_adults", 2024), judged("not_met", -24, value=190, is_final=False)),
    # Nyckeltal line 269
    (
        goal(ALINGSAS, "not_returned_to_assistance_share", 2024),
        judged("met", 12, operator_source="assumed", **MET_SO_FAR),
    ),
    # Nyckeltal line 323: the count may still reach its floor
    (goal(ALINGSAS, "perpetrators_supported", 2024), {"status": "not_assessable", "value": 8, "operator": ">"}),
    # Nyckeltal line 369: the count may still pass its ceiling
    (goal(ALINGSAS, "addiction_referrals", 2024), {"status": "not_assessable", "value": 298, "is_final": False}),
    # Nyckeltal line 420 and 422
    (goal(ALINGSAS, "experienced_influence_share", 2024), judged("met", 6, operator=">", **MET_SO_FAR)),
    (goal(ALINGSAS, "experienced_treatment_share", 2024), judged("met", 2, previous_value=None, **MET_SO_FAR)),
]


@pytest.mark.parametrize(("key", "expected"), GOALS, ids=words)
def test_a_goal(warehouse: Any, key: Case, expected: Case) -> None:
    check(warehouse, "goal_fulfilment", key, expected)


GOAL_COUNTS: list[tuple[str, dict[str, int]]] = [
    # Mark 2025: 1 + 3 + 6 + 3 + 1 + 2 indicators (no target, no row: Budget i balans), 5 + 2 ranges, two marks
    (INTERIM, {"target": 16, "approved_range": 7, "committee_mark": 2}),
    # Mark 2023: 1 + 1 + 1 + 4 + 3 + 2 indicators (no target: households with children), two marks
    (ANNUAL, {"target": 12, "committee_mark": 2}),
    # Mark plan: 3 + 7 + 14 + 6 + 6 targets, seven ranges for two years
    (PLAN, {"target": 36, "approved_range": 14}),
    # Askersund: eleven tables of one indicator and one of eight
    (ASKERSUND, {"target": 19}),
    # Alingsås: 2 + 1 + 1 + 2 indicators
    (ALINGSAS, {"target": 6}),
]


@pytest.mark.parametrize(("document", "expected"), GOAL_COUNTS, ids=words)
def test_goals_of_a_document(warehouse: Any, document: str, expected: dict[str, int]) -> None:
    counted = warehouse.execute(
        "select goal_kind, count(*) from marts.goal_fulfilment where document_id = ? group by goal_kind", [document]
    ).fetchall()
    assert dict(counted) == expected


# -------------------------------------------------------------------------------------------- municipality_comparisons


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
        {"value": -2.32, "rank": None, "municipalities_compared": 1, "unit": "percent", "source": "derived"},
    ),
    # Mark plan, 5.1 line 474
    (compared("budget_deviation_pct", "Mark", 2023, "forecast"), {"value": 0.59, "rank": None}),
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
            "municipalities_compared": 2,
            "lowest_value": 59.43,
            "highest_value": 70.99,
            "median_of_compared": 65.21,
            "difference_to_median": -5.78,
        },
    ),
    (compared("personnel_cost_share_pct", "Askersund", 2023), {"value": 70.99, "difference_to_median": 5.78}),
    (compared("personnel_cost_share_pct", "Askersund", 2024), {"value": 71.1}),
    # Mark 2025, 7.1 lines 966-968: 189,1 of 320,5; Alingsås lines 502 and 516: 100 092 of 190 994
    (compared("personnel_cost_share_pct", "Mark", 2024, basis="year_to_date"), {"value": 59.0}),
    (
        compared("personnel_cost_share_pct", "Alingsås", 2024, basis="year_to_date"),
        {"value": 52.41, "municipalities_compared": 2, "median_of_compared": 55.7},
    ),
    # Alingsås, Drift: 155 695 of 281 500
    (compared("personnel_cost_share_pct", "Alingsås", 2024, "forecast"), {"value": 55.31}),
    # Mark 2023, 8.1: 33,2 of 470,0; Askersund: 72 287 of 393 330; Alingsås: 20 995 of 190 994
    (compared("income_share_pct", "Mark", 2023), {"value": 7.06}),
    (compared("income_share_pct", "Askersund", 2023), {"value": 18.38}),
    (compared("income_share_pct", "Alingsås", 2024, basis="year_to_date"), {"value": 10.99}),
    # Mark 2023, 10.2 line 659 and Askersund, Målområde 1 line 303: both for the full year, lower is better
    (
        compared("sick_leave_total", "Mark", 2023),
        {"value": 8.7, "rank": 1, "municipalities_compared": 2, "median_of_compared": 10.1, "source": "report"},
    ),
    (compared("sick_leave_total", "Askersund", 2023), {"value": 11.5, "rank": 2, "difference_to_median": 1.4}),
    # Alingsås, Sjukfrånvaro line 814: January to July meets nobody
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
        {"value": 82, "rank": 1, "comparability": "same", "median_of_compared": 70, "difference_to_median": 12},
    ),
    (
        compared("daily_activity_may_decide", "Askersund", 2024),
        {"value": 58, "rank": 2, "municipalities_compared": 2, "difference_to_median": -12},
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
    # Mark 2025: forecasts for 16 targets, 12 are expected to be met
    (compared("goals_met_share_pct", "Mark", 2025, "forecast"), {"value": 75}),
    # Alingsås: 3 of the 4 that can be assessed in August
    (compared("goals_met_share_pct", "Alingsås", 2024, basis="year_to_date"), {"value": 75}),
]


@pytest.mark.parametrize(("key", "expected"), COMPARISONS, ids=words)
def test_a_comparison_between_municipalities(warehouse: Any, key: Case, expected: Case) -> None:
    check(warehouse, "municipality_comparisons", key, expected)


def test_nothing_is_ranked_alone_or_with_caution(warehouse: Any) -> None:
    ranked = warehouse.execute(
        "select comparison_code, municipality, fiscal_year from marts.municipality_comparisons where rank is not null "
        "and (municipalities_compared < 2 or comparability = 'caution' or better_when = 'neither')"
    ).fetchall()
    assert ranked == []


def test_elderly_care_is_named_as_a_caution_for_askersund(warehouse: Any) -> None:
    # Askersund's committee runs elderly care too, the two others don't
    noted = warehouse.execute(
        "select count(*) from marts.municipality_comparisons "
        "where municipality = 'Askersund' and comparison_code in ('personnel_cost_share_pct', 'sick_leave_total') "
        "and not regexp_matches(lower(coalesce(comparability_note, '')), 'äldreomsorg')"
    ).fetchone()
    assert noted == (0,)


# --------------------------------------------------------------------------------------------------------- assessments

ASSESSMENTS: list[tuple[Case, Case]] = [
    # Mark 2025, 3.2 line 153 and 194: assignments from the council
    (
        {"document_id": INTERIM, "source_line": 153},
        {"assessment_kind": "assignment", "printed_status": "Pågående", "start_date": "2025-01-01"},
    ),
    (
        {"document_id": INTERIM, "source_line": 194},
        {"assessment_kind": "assignment", "printed_status": "Ej påbörjat", "start_date": "2025-01-01"},
    ),
    # Mark 2025, 8.2 line 1175, 1193 and 1228: questions answered in part, yes and no
    (
        {"document_id": INTERIM, "source_line": 1175},
        {"assessment_kind": "question", "printed_status": "Delvis", "municipality": "Mark"},
    ),
    ({"document_id": INTERIM, "source_line": 1193}, {"assessment_kind": "question", "printed_status": "Ja"}),
    ({"document_id": INTERIM, "source_line": 1228}, {"assessment_kind": "question", "printed_status": "Nej"}),
    # Mark plan, 6.3 lines 586-590
    (
        {"document_id": PLAN, "assessment_kind": "risk", "risk_value": 9},
        {"likelihood": "Möjlig", "consequence": "Kännbar"},
    ),
    # Mark plan, 6.3 lines 607-614
    (
        {"document_id": PLAN, "assessment_kind": "risk", "risk_value": 4},
        {"likelihood": "Mindre sannolik", "consequence": "Lindrig"},
    ),
    # Mark plan, 6.3 line 641
    (
        {"document_id": PLAN, "assessment_label": "Bristfällig dokumentation."},
        {"likelihood": "Möjlig", "consequence": "Allvarlig", "risk_value": 12, "assessment_kind": "risk"},
    ),
    # Mark plan, 10.2 line 832
    (
        {"document_id": PLAN, "assessment_label": "Korttidsboende för vuxna inom LSS 6 platser"},
        {"assessment_kind": "need", "category": "Utökning", "start_year": 2024, "priority": 1},
    ),
    # Mark plan, 10.2 line 845
    (
        {"document_id": PLAN, "assessment_label": "Korttidsboende för barn och unga LSS"},
        {"assessment_kind": "need", "category": "Anpassning", "start_year": 2024, "priority": 1},
    ),
    # Mark plan, 10.2 line 870: the same need for the third time
    (
        {"document_id": PLAN, "assessment_label": "Servicebostäder LSS 6 platser", "start_year": 2032},
        {"category": "Utökning", "priority": 3},
    ),
    # Alingsås, Bilaga 1 line 911 and 937: two controls of one risk
    (
        {"document_id": ALINGSAS, "source_line": 911},
        {
            "assessment_kind": "control",
            "assessment_label": "Bristande likabehandling",
            "frequency": "Del- och årsbokslut",
            "method": "Stickprov",
        },
    ),
    (
        {"document_id": ALINGSAS, "source_line": 937},
        {"assessment_kind": "control", "method": "Granskning av handläggning"},
    ),
]


@pytest.mark.parametrize(("key", "expected"), ASSESSMENTS, ids=words)
def test_an_assessment(warehouse: Any, key: Case, expected: Case) -> None:
    check(warehouse, "assessments", key, expected)


ASSESSMENT_COUNTS: list[tuple[str, str, int]] = [
    # Mark 2025, 3.2: three assignments; 8.2: three questions; 5.2: 1 + 3 + 1 risks
    (INTERIM, "assignment", 3),
    (INTERIM, "question", 3),
    (INTERIM, "risk", 5),
    # Mark plan, 6.3: 1 + 2 + 1 + 1 risks; 10.2: five needs
    (PLAN, "risk", 5),
    (PLAN, "need", 5),
    # Mark 2023, 6.2: 2 + 1 + 1 + 1 + 1 risks
    (ANNUAL, "risk", 6),
    # Alingsås, Bilaga 1: four controls
    (ALINGSAS, "control", 4),
    # Askersund, Uppföljning av program: four programmes
    (ASKERSUND, "programme", 4),
]


@pytest.mark.parametrize(("document", "kind", "expected"), ASSESSMENT_COUNTS)
def test_assessments_of_a_document(warehouse: Any, document: str, kind: str, expected: int) -> None:
    assert len(matching(warehouse, "assessments", {"document_id": document, "assessment_kind": kind})) == expected


# --------------------------------------------------------------------------------------------------------- key_figures

KEY_FIGURES: list[tuple[str, str, int, str, float]] = [
    # Mark 2023, 4.1 line 149
    ("U33402", "1463", 2021, "T", 118),
    # Mark 2025, 4.1 line 251
    ("U33401", "1463", 2024, "T", 93),
    # Mark 2023, 4.2 line 239, printed again in Mark 2025, 4.2 line 457
    ("U28414", "1463", 2023, "T", 56),
    # Mark 2023, 4.2 line 240: printed under 2021, surveyed in 2020
    ("U28532", "1463", 2020, "T", 73),
    # Mark 2025, 4.2 line 467 and Askersund, Mål och indikator 4 line 582
    ("U28532", "1463", 2024, "T", 82),
    ("U28532", "1882", 2024, "T", 58),
    # Mark 2023, 4.2 lines 290, 307 and 308: all, men and women
    ("U30450", "1463", 2023, "T", 90),
    ("U30450", "1463", 2023, "M", 91),
    ("U30450", "1463", 2023, "K", 88),
    # Askersund, Mål och indikator 4 lines 537 and 551
    ("U23461", "1882", 2024, "T", 61),
    ("U23470", "1882", 2024, "T", 41),
    # Alingsås, Nyckeltal line 269
    ("U31462", "1489", 2023, "T", 70),
    ("U31462", "1489", 2024, "T", 87),
]


@pytest.mark.parametrize(("kpi", "municipality", "year", "gender", "value"), KEY_FIGURES)
def test_a_key_figure(warehouse: Any, kpi: str, municipality: str, year: int, gender: str, value: float) -> None:
    key = {"kpi_id": kpi, "municipality_code": municipality, "year": year, "gender": gender}
    check(warehouse, "key_figures", key, {"value": value})


def test_a_key_figure_cited_twice_stands_once(warehouse: Any) -> None:
    # 43 rows in data/key_figures/cited_in_reports.csv; ten of them repeat a figure that stands there already
    counted = warehouse.execute(
        "select count(*), count(distinct (kpi_id, municipality_code, year, gender)), count(distinct kpi_id) "
        "from marts.key_figures"
    ).fetchone()
    assert counted == (33, 33, 17)


# ------------------------------------------------------------------------------------------------------ audit_findings


def cell(document: str, label: str, header: str) -> Case:
    """Point at a cell by its row and column as printed."""
    return {"document_id": document, "row_label": label, "column_header": header}


FINDINGS: list[tuple[Case, Case]] = [
    # Alingsås, Drift line 516: 157 698 to 190 994 is 33 296
    (
        cell(ALINGSAS, "Verksamhetens kostnader", "Diff. utfall 2023/2024"),
        {
            "severity": "error",
            "status": "open",
            "printed_text": "-32 296",
            "printed_value": -32296,
            "computed_value": -33296,
            "difference": 1000,
        },
    ),
    # Alingsås, Sjukfrånvaro line 826: 5,2 less 7,6 is -2,4
    (
        cell(ALINGSAS, "50 år>", "Differens"),
        {"severity": "rounding", "printed_value": -2.5, "computed_value": -2.4, "difference": -0.1},
    ),
    # Alingsås, Sjukfrånvaro line 834: 3,7 less 4,9 is -1,2
    (cell(ALINGSAS, "Dag 59>", "Differens"), {"severity": "rounding", "printed_value": -1.1, "computed_value": -1.2}),
    # Mark 2023, 4.1 line 149: corrected, and still on record
    (
        cell(ANNUAL, "Handläggningstider vid familjeenheten", "Mål 2023"),
        {"severity": "error", "status": "corrected", "printed_text": "≥108"},
    ),
    # Mark plan, 4.1 line 337
    (
        cell(PLAN, "Antal hushåll med barn som är aktuella inom ekonomiskt bistånd", "Mål 2024"),
        {"status": "corrected", "printed_text": "≥90"},
    ),
    (
        cell(PLAN, "Antal hushåll med barn som är aktuella inom ekonomiskt bistånd", "Mål 2025"),
        {"status": "corrected", "printed_text": "≥85"},
    ),
    # Mark 2023, 8.1 line 418: the unit of the whole table
    (
        {"document_id": ANNUAL, "table_title": "Tabell årsrapport", "status": "corrected"},
        {"severity": "error", "printed_text": "tkr"},
    ),
]


@pytest.mark.parametrize(("key", "expected"), FINDINGS, ids=words)
def test_a_finding(warehouse: Any, key: Case, expected: Case) -> None:
    check(warehouse, "audit_findings", key, expected)


def test_the_only_open_error(warehouse: Any) -> None:
    # every other sum, difference and deviation of the five reports holds within its printed decimals
    found = matching(warehouse, "audit_findings", {"severity": "error", "status": "open"})
    assert [finding["printed_text"] for finding in found] == ["-32 296"]


# ----------------------------------------------------------------------------------------- documents and the dimensions

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
    ("series", "figure_id"),
]


@pytest.mark.parametrize(("mart", "column"), FIGURE_IDS)
def test_every_figure_leads_to_a_printed_cell(warehouse: Any, mart: str, column: str) -> None:
    astray = warehouse.execute(
        f"select count(*) from marts.{mart} where {column} not in (select figure_id from marts.reported_figures)"
    ).fetchone()
    assert astray == (0,)
