"""The first sheet: the contents of the file, and the answers to the most common questions."""

from collections.abc import Sequence

import duckdb
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kommunlager.controller_workbook.cells import PERCENT_FORMAT, Value, font, put, put_title
from kommunlager.controller_workbook.sheets import Sheet
from kommunlager.swedish import Row, read_goal_scores, score_in_words

_LINK = font(color="1F4E5F", underline="single")

_NET_COST = """
    select municipality, headline_sv, deviation_pct, source_ref
    from marts.budget_deviations
    where is_headline and is_current and answer_to = 'year_end' and breakdown <> 'investment'
    qualify row_number() over (partition by municipality, committee order by fiscal_year desc) = 1
    order by municipality
"""
# Of an activity if the report has them: a gross cost that income offsets says less.
_LARGEST_DEFICITS = """
    select
        municipality,
        concat_ws(', ', row_label, period_label, lower(comparison_sv)) as line,
        deviation_tkr,
        source_ref
    from marts.budget_deviations
    where
        is_current
        and answer_to = 'year_end'
        and breakdown in ('activity', 'cost_type')
        and not is_headline
        and is_addable
        and deviation_tkr < 0
    qualify row_number() over (
        partition by municipality, committee order by fiscal_year desc, breakdown = 'activity' desc, deviation_tkr
    ) = 1
    order by municipality
"""
_RELEASE = "select released_at, run_id from marts.release"


def write_first_sheet(sheet: Worksheet, connection: duckdb.DuckDBPyConnection, sheets: Sequence[Sheet]) -> None:
    """Write answers and contents; every answer says where it is printed."""
    put_title(sheet, 1, "Kommunlager: nämndernas uppföljning", size=16)
    released_at, run_id = connection.execute(_RELEASE).fetchone() or (None, "")
    release = f"Utgåva {run_id}, {released_at:%Y-%m-%d %H:%M} UTC. Belopp i tusen kronor (tkr)."
    put(sheet, 2, 1, release).alignment = Alignment(wrap_text=False)
    net_cost = connection.execute(_NET_COST).fetchall()
    row = _write_answers(sheet, 4, "Nettokostnad mot budget, procent", net_cost)
    row = _write_answers(
        sheet, row, "Största underskott på en enskild rad, tkr", connection.execute(_LARGEST_DEFICITS).fetchall()
    )
    row = _write_answers(sheet, row, "Måluppfyllelse, andel av de mål som kan bedömas, procent", _goals(connection))
    row = _write_contents(sheet, row, sheets)
    if net_cost:
        _add_chart(sheet, row, first=5, last=4 + len(net_cost))
    for letter, width in zip("ABCD", (26, 84, 12, 110), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _goals(connection: duckdb.DuckDBPyConnection) -> list[tuple[Value, ...]]:
    """How many goals each committee meets of its latest year; no single place prints it."""
    latest: dict[tuple[str, str], Row] = {}
    for score in read_goal_scores(connection):
        latest.setdefault((score["municipality"], score["committee"]), score)
    return [
        (score["municipality"], score_in_words(score), 100 * score["met"] / score["assessed"], None)
        for score in latest.values()
        if score["assessed"]
    ]


def _write_answers(sheet: Worksheet, row: int, title: str, answers: Sequence[tuple[Value, ...]]) -> int:
    put_title(sheet, row, title, size=12)
    for answer in answers:
        row += 1
        *values, source = answer
        for column, value in enumerate(values, 1):
            put(sheet, row, column, value)
        put(sheet, row, 4, source)
        if title.endswith("procent"):
            sheet.cell(row, 3).number_format = PERCENT_FORMAT
    return row + 2


def _add_chart(sheet: Worksheet, row: int, first: int, last: int) -> None:
    """Bars of the deviations in rows ``first`` to ``last``, below the contents."""
    chart = BarChart()
    chart.type = "bar"
    chart.title = "Nettokostnadens budgetavvikelse, procent"
    chart.add_data(Reference(sheet, min_col=3, min_row=first, max_row=last))
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    chart.legend = None
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.tickLblPos = "low"
    chart.series[0].invertIfNegative = False
    chart.y_axis.numFmt = PERCENT_FORMAT
    chart.y_axis.majorGridlines = None
    chart.gapWidth = 60
    chart.height, chart.width = 6, 18
    sheet.add_chart(chart, f"A{row}")


def _write_contents(sheet: Worksheet, row: int, sheets: Sequence[Sheet]) -> int:
    put_title(sheet, row, "Blad", size=12)
    contents = [(spec.name, spec.question) for spec in sheets] + [("Förklaringar", "Vad betyder kolumnerna?")]
    for number, (name, question) in enumerate(contents, row + 1):
        cell = put(sheet, number, 1, name)
        cell.hyperlink = f"#'{name}'!A1"
        cell.font = _LINK
        cell.alignment = Alignment(vertical="top")
        put(sheet, number, 2, question)
    return row + len(contents) + 2
