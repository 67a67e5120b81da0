"""The first sheet: an answer to each of the five questions, and the contents of the file."""

import datetime as dt
from collections.abc import Mapping
from itertools import groupby

import duckdb
from openpyxl.chart import BarChart, Reference

from kommunlager.controller_workbook.answers import ANSWERS, NET_COST, Answer, Found
from kommunlager.controller_workbook.cells import (
    BODY,
    BOLD,
    HEADING_LINE,
    LINE,
    LINE_HEIGHT,
    PERCENT_FORMAT,
    Look,
    Rows,
    SheetInWriting,
    lines_of,
    title,
)
from kommunlager.controller_workbook.page import lay_out_page
from kommunlager.controller_workbook.sheets import Sheet

_MOST_ANSWERS = 20
_PERCENT = Look(number_format=PERCENT_FORMAT)
_WIDTHS = (22, 28, 64, 12, 10, 70)
_HEADING_HEIGHT = 20
_ROWS_OF_CHART = 18
# What a page has room for when these columns are as wide as the page, in points.
_PAGE_HEIGHT = 700


def write_first_sheet(
    sheet: SheetInWriting,
    connection: duckdb.DuckDBPyConnection,
    release: tuple[str, dt.datetime],
    counts: Mapping[Sheet, int],
    whose: str,
) -> None:
    """Write the answers, each with where it is printed, and the contents: how many rows each sheet has."""
    for letter, width in zip("ABCDEF", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.sheet_view.showGridLines = False
    lay_out_page(sheet)
    rows = Rows(sheet)
    rows.write((f"Kommunlager: {whose}", title(16)), height=26)
    run_id, released_at = release
    moment = f"{released_at:%Y-%m-%d %H:%M}"
    rows.write((f"Utgåva {run_id}, {moment}. Klockslag är svensk tid. Belopp i tusen kronor (tkr).", LINE))
    charted = None
    for answer in ANSWERS:
        found = answer.read(connection)
        first = _write_answers(rows, answer, found)
        if answer is NET_COST and len(found) > 1:
            charted = (first, rows.last)
    _write_contents(rows, counts)
    if charted:
        sheet.add_chart(_chart(sheet, *charted), f"A{rows.last + 2}")
    sheet.print_area = f"A1:F{rows.last + (_ROWS_OF_CHART if charted else 0)}"


def _write_answers(rows: Rows, answer: Answer, found: list[Found]) -> int:
    """Returns the row of the first answer."""
    shown = found[:_MOST_ANSWERS]
    heights = [_height(row) for row in shown]
    rows.keep_together(2 * LINE_HEIGHT + _HEADING_HEIGHT + sum(heights), _PAGE_HEIGHT)
    rows.write()
    rows.write((answer.title, title(12)), height=_HEADING_HEIGHT)
    first = rows.last + 1
    look = _PERCENT if answer.unit == "procent" else BODY
    for row, height in zip(shown, heights, strict=True):
        unit = None if row.value is None else answer.unit
        texts = ((text, BODY) for text in (row.municipality, row.committee, row.words))
        rows.write(*texts, (row.value, look), (unit, BODY), (row.source, BODY), height=height)
    if not found:
        rows.write(("Inga uppgifter än.", LINE))
    if len(found) > _MOST_ANSWERS:
        more = f"Visar {_MOST_ANSWERS} av {len(found)}; alla finns på bladet {answer.sheet}."
        rows.link(answer.sheet, more)
    return first


def _height(row: Found) -> int:
    texts = (row.municipality, row.committee, row.words, None, None, row.source)
    return LINE_HEIGHT * max(map(lines_of, texts, _WIDTHS))


def _write_contents(rows: Rows, counts: Mapping[Sheet, int]) -> None:
    """On a page of their own, so that the chart fits below."""
    rows.keep_together(_PAGE_HEIGHT, _PAGE_HEIGHT)
    rows.write()
    rows.write(("Innehåll", title(12)), (None, BODY), (None, BODY), ("Rader", BOLD), height=_HEADING_HEIGHT)
    for topic, specs in groupby(counts, key=lambda spec: spec.topic):
        rows.write((str(topic), HEADING_LINE))
        for spec in specs:
            height = LINE_HEIGHT * lines_of(spec.question, _WIDTHS[2])
            rows.link(spec.name, spec.name, (None, BODY), (spec.question, BODY), (counts[spec], BODY), height=height)
    rows.link("Förklaringar", "Förklaringar", (None, BODY), ("Vad betyder kolumnerna?", BODY))


def _chart(sheet: SheetInWriting, first: int, last: int) -> BarChart:
    """Bars of the deviations in rows ``first`` to ``last``."""
    chart = BarChart()
    chart.type = "bar"
    chart.title = "Budgetavvikelse för hela nämnden, procent"
    chart.add_data(Reference(sheet, min_col=4, min_row=first, max_row=last))
    chart.set_categories(Reference(sheet, min_col=1, max_col=2, min_row=first, max_row=last))
    chart.legend = None
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.tickLblPos = "low"
    chart.x_axis.scaling.orientation = "maxMin"
    chart.series[0].invertIfNegative = False
    chart.y_axis.numFmt = PERCENT_FORMAT
    chart.y_axis.majorGridlines = None
    chart.gapWidth = 60
    chart.height, chart.width = 8, 24
    return chart
