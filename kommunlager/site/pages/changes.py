"""What changed since last year: the latest change of each line and measure."""

from kommunlager.site import formats
from kommunlager.site.charts import Bar, bar_chart
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Page
from kommunlager.site.sources import Sources
from kommunlager.site.tables import Column, FigureSources, Table, make_table

# The latest outcome of each basis; a forecast only if its year has no outcome yet.
_CHANGES = """
    with
    latest as (
        select *
        from marts.year_over_year_changes
        where value_kind in ('outcome', 'forecast')
        qualify
            row_number() over (
                partition by
                    municipality_code, committee, subject_kind, subject_code, activity_code, gender, unit, period_basis,
                    strftime(period_end, '%m-%d')
                order by period_end desc, value_kind = 'forecast'
            ) = 1
    )
    select
        c.*, a.activity_label, l.cost_type_code, d.document_title
    from latest as c
    left join marts.activities as a on a.activity_code = c.activity_code
    left join marts.budget_lines as l on c.subject_kind = 'budget_line' and l.line_code = c.subject_code
    left join marts.documents as d on d.document_id = c.document_id
    order by
        c.municipality, c.committee, c.period_end desc, c.period_basis, c.value_kind desc, c.activity_code <> 'total',
        a.activity_label, c.subject_code <> 'net_cost', l.cost_type_code = 'investment', c.subject_label, c.gender desc
"""
_DIRECTION_MARKS = {"better": "good", "worse": "bad", "unchanged": "even", "increased": "up", "decreased": "down"}


_CHART_TITLE = "Förändring mot samma period föregående år, mnkr"


def make_pages(marts: Marts, sources: Sources) -> list[Page]:
    """One page with a section for each committee, the latest period first."""
    committees: dict[tuple[str, str], list[Row]] = {}
    for row in marts.rows("year_over_year_changes", _CHANGES):
        committees.setdefault((row["municipality"], row["committee"]), []).append(row)
    content = {"sections": [_section(rows, sources) for rows in committees.values()]}
    title = "Vad har förändrats sedan i fjol?"
    return [Page("forandring.html", title, "changes.html", "forandring.html", content)]


def _section(rows: list[Row], sources: Sources) -> Row:
    lines = [row for row in rows if row["subject_kind"] == "budget_line"]
    investments = [row for row in lines if row["cost_type_code"] == "investment"]
    whole = [row for row in lines if row["activity_code"] == "total" and row not in investments]
    net_costs = [row for row in whole if row["subject_code"] == "net_cost"]
    charted = [row for row in whole if row["growth_pct"] is not None and _period(row) == _period(whole[0])]
    return {
        "anchor": formats.slug(rows[0]["municipality"] + " " + rows[0]["committee"]),
        "title": formats.issuer(rows[0]["municipality"], rows[0]["committee"]),
        "answer": _answer(net_costs[0]) if net_costs else "",
        "caution": net_costs[0]["comparability_note"] if net_costs and not net_costs[0]["is_comparable"] else None,
        "chart_title": f"{_CHART_TITLE} ({_period(charted[0]).lower()})" if charted else "",
        "chart": bar_chart([_bar(row) for row in charted], _chart_in_words(charted)),
        "tables": [
            _table("Budgetrader", [row for row in lines if row not in investments], sources),
            _table("Nyckeltal", [row for row in rows if row["subject_kind"] == "measure"], sources),
        ],
        "investments": _table("Investeringar", investments, sources),
    }


def _answer(net_cost: Row) -> str:
    """Nettokostnaden jan–aug 2025 var 301,2 mnkr, oförändrad jämfört med samma period 2024."""
    cost, change, growth = -net_cost["value"], -net_cost["change"], net_cost["growth_pct"]
    verb = "bedöms bli" if net_cost["value_kind"] == "forecast" else "var"
    before = net_cost["fiscal_year"] - 1
    period_before = f"{before}" if net_cost["period_basis"] == "full_year" else f"samma period {before}"
    if net_cost["direction"] == "unchanged":
        compared = f"oförändrad jämfört med {period_before}"
    else:
        share = f" ({formats.percent_in_words(growth)})" if growth is not None else ""
        compared = f"{formats.million(abs(change))}{share} {'högre' if change > 0 else 'lägre'} än {period_before}"
    return f"Nettokostnaden {net_cost['period_label']} {verb} {formats.million(cost)}, {compared}."


def _bar(row: Row) -> Bar:
    """How much an amount grew, whether it is income or cost."""
    growth = abs(row["value"]) - abs(row["previous_value"])
    return Bar(row["subject_label"], float(growth), f"{formats.signed(growth / 1000, 1)} mnkr")


def _chart_in_words(rows: list[Row]) -> str:
    words = "; ".join(f"{bar.label} {bar.text}" for bar in map(_bar, rows))
    return f"Stapeldiagram: {_CHART_TITLE[0].lower()}{_CHART_TITLE[1:]}: {words}."


def _table(title: str, rows: list[Row], sources: Sources) -> Table:
    figure_sources = FigureSources(
        sources,
        {"Värdet": "figure_id", "Föregående år": "previous_figure_id", "Beräknat ur": "input_figure_ids"},
        note=lambda row: row["comparability_note"],
    )
    return make_table(title, _COLUMNS, rows, figure_sources, group=_period)


def _period(row: Row) -> str:
    kind = "Prognos för helår" if row["value_kind"] == "forecast" else "Utfall"
    return f"{kind} {row['period_label']}"


def _subject(row: Row) -> str:
    return formats.subject(row["subject_label"], row["gender"], row["activity_code"], row["activity_label"])


def _growth(row: Row) -> str:
    return formats.MISSING if row["growth_pct"] is None else f"{formats.signed(row['growth_pct'], 1)} %"


def _direction(row: Row) -> object:
    since = ", sedan föregående undersökning" if row["change_since"] == "previous_survey" else ""
    caution = "" if row["is_comparable"] else f", {row['comparability_sv'].lower()}"
    return formats.mark(_DIRECTION_MARKS[row["direction"]], row["direction_sv"] + since + caution)


_COLUMNS = (
    Column("Rad eller mått", _subject),
    Column("Värde", lambda row: formats.quantity(row["value"], row["unit"]), numeric=True),
    Column("Föregående år", lambda row: formats.quantity(row["previous_value"], row["unit"]), numeric=True),
    Column("Förändring", lambda row: formats.signed(row["change"]), numeric=True),
    Column("Förändring, procent", _growth, numeric=True),
    Column("Riktning", _direction),
)
