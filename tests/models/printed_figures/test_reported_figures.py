"""`reported_figures` against the printed pages. Every value was read from a page or calculated by hand."""

from typing import Any

import pytest

from tests.support.printed_pages import ALINGSAS, ANNUAL, ASKERSUND, INTERIM, PLAN, Case, at, check, words

FIGURES: list[tuple[Case, Case]] = [
    # -- Mark, annual report 2023 --
    # 3.1 Uppdraget uppfyllt, line 102: the cross is in the second of five columns
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
    # 7.3 line 1118: the outcome is blank, the forecast is in the third column
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
    # Investeringsanalys line 1489: the year in the label is not a figure
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
