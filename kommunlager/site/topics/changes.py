"""What changed since last year: the latest change of each line and measure."""

from collections.abc import Iterator, Sequence
from operator import itemgetter

from kommunlager.site import formats
from kommunlager.site.charts import Bar, bar_chart
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Page, Part, Section
from kommunlager.site.paging import paged
from kommunlager.site.sources import Sources
from kommunlager.site.subjects import RowsOf, Subject, Subjects
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
                    municipality_code, committee, subject_scope, subject_kind, subject_code, activity_code, gender,
                    unit, period_basis, strftime(period_end, '%m-%d')
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
        a.activity_label, c.subject_code <> 'net_cost', l.cost_type_code = 'investment', c.subject_label, c.gender desc,
        c.subject_scope, c.unit, c.figure_id
"""
_DIRECTION_MARKS = {"better": "good", "worse": "bad", "unchanged": "even", "increased": "up", "decreased": "down"}


_CHART_TITLE = "Förändring mot samma period föregående år (minus = dyrare eller lägre intäkt)"
_MOST_BARS = 12


class Changes:
    """The latest change of each line and measure of each committee."""

    name = "forandring"
    question = "Vad har förändrats sedan i fjol?"

    def __init__(self, marts: Marts, sources: Sources) -> None:
        self._sources = sources
        self._rows = RowsOf(marts.rows("year_over_year_changes", _CHANGES))

    def section(self, subject: Subject) -> Section:
        """The answer about it."""
        rows = self._rows.of(subject)
        budget = [row for row in rows if row["subject_kind"] == "budget_line"]
        lines = [row for row in budget if row["cost_type_code"] != "investment"]
        investments = [row for row in budget if row["cost_type_code"] == "investment"]
        measures = [row for row in rows if row["subject_kind"] == "measure"]
        net_cost = _net_cost(rows)
        answer = _answer(net_cost) if net_cost else _without_net_cost(lines, measures)
        caution = net_cost["comparability_note"] if net_cost and not net_cost["is_comparable"] else ""
        tables = (
            _table("Budgetrader", lines, self._sources),
            _table("Nyckeltal", measures, self._sources),
            _table("Investeringar", investments, self._sources),
        )
        details = [Part(title=table.caption, tables=(table,)) for table in tables if table]
        more = f"{formats.counted(len(rows), 'förändring', 'förändringar')}, rader och mått" if rows else ""
        return Section(self.name, self.question, answer, _shown(lines, caution), more, details, topic="Förändring")

    def across(self, subjects: Subjects) -> Iterator[Page]:
        """``forandring.html``: how each committee's net cost has changed."""
        latest = [
            {**net_cost, "subject": subject}
            for subject in subjects
            if (net_cost := _net_cost(self._rows.of(subject))) is not None
        ]
        columns = (
            Column("Nämnd", lambda row: row["subject"].link(self.name)),
            Column("Period", _period),
            *_COLUMNS[1:],
        )
        table = make_table(
            "Nettokostnadens förändring", columns, latest, _figure_sources(self._sources), group=_municipality
        )
        answer = (
            "Nettokostnaden mot samma period föregående år. Välj en nämnd för dess rader, mått och investeringar."
            if latest
            else "Det finns inga nettokostnader att jämföra med föregående år."
        )
        page = Page(
            "forandring.html", "Vad har förändrats sedan i fjol?", "across.html", "forandring.html", {"answer": answer}
        )
        others = [subject for subject in subjects if self._rows.of(subject) and not _net_cost(self._rows.of(subject))]
        notes = [Part(title="Utan nettokostnad att jämföra", links=[(s.address(), s.whole_name) for s in others])]
        return paged(page, [*([Part(tables=(table,))] if latest else []), *(notes if others else [])])


def _net_cost(rows: Sequence[Row]) -> Row | None:
    """The latest change of the net cost of the whole committee."""
    found = (
        row
        for row in rows
        if row["subject_kind"] == "budget_line" and (row["subject_code"], row["activity_code"]) == ("net_cost", "total")
    )
    return next(found, None)


def _without_net_cost(lines: Sequence[Row], measures: Sequence[Row]) -> str:
    if not lines and not measures:
        return "Rapporterna har inga uppgifter att jämföra med föregående år."
    worse = sum(row["direction"] == "worse" for row in measures)
    better = sum(row["direction"] == "better" for row in measures)
    judged = f"; {better} mått är bättre och {worse} sämre" if better or worse else ""
    counts = [
        *([formats.counted(len(lines), "budgetrad", "budgetrader")] if lines else []),
        *([formats.counted(len(measures), "mått", "mått")] if measures else []),
    ]
    return f"{' och '.join(counts)} kan jämföras med föregående år{judged}."


def _shown(lines: Sequence[Row], caution: str) -> Part:
    """The whole committee's lines of the latest period, largest changes first to be kept.

    A line without a known code may be a sum or equity, which a chart must not mix with costs.
    """
    whole = [row for row in lines if row["activity_code"] == "total" and row["change"] and row["is_mapped"]]
    latest = [row for row in whole if _period(row) == _period(whole[0])]
    largest = sorted(latest, key=lambda row: abs(row["change"]), reverse=True)[:_MOST_BARS]
    bars = [_bar(row) for row in sorted(largest, key=itemgetter("change"))]
    title = f"{_CHART_TITLE}: {_period(latest[0]).lower()}" if latest else ""
    words = "; ".join(f"{bar.label} {bar.text}" for bar in bars)
    return Part(caution=caution, chart_title=title, chart=bar_chart(bars, f"Stapeldiagram. {title}: {words}."))


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
        compared = f"{formats.amount(abs(change))}{share} {'högre' if change > 0 else 'lägre'} än {period_before}"
    return f"Nettokostnaden {net_cost['period_label']} {verb} {formats.amount(cost)}, {compared}."


def _bar(row: Row) -> Bar:
    """A change with the sign of the figures: a higher cost is negative."""
    tone = {"better": "good", "worse": "bad"}.get(row["direction"], "plain")
    return Bar(row["subject_label"], float(row["change"]), formats.signed_amount(row["change"]), tone)


def _table(title: str, rows: Sequence[Row], sources: Sources) -> Table:
    return make_table(title, _COLUMNS, rows, _figure_sources(sources), group=_period)


def _figure_sources(sources: Sources) -> FigureSources:
    return FigureSources(
        sources,
        {"Värdet": "figure_id", "Föregående år": "previous_figure_id", "Beräknat ur": "input_figure_ids"},
        note=lambda row: row["comparability_note"],
    )


def _municipality(row: Row) -> str:
    return str(row["subject"].municipality)


def _period(row: Row) -> str:
    kind = "Prognos för helår" if row["value_kind"] == "forecast" else "Utfall"
    return f"{kind} {row['period_label']}"


def _subject(row: Row) -> str:
    return formats.subject(row["subject_label"], row["gender"], row["activity_code"], row["activity_label"])


def _growth(row: Row) -> str:
    """How much larger or smaller an amount or value is, in words, as a cost has a minus sign of its own."""
    growth = row["growth_pct"]
    if growth is None:
        return formats.MISSING
    words = formats.percent(abs(growth))
    return words if row["direction"] == "unchanged" else f"{words} {'högre' if growth > 0 else 'lägre'}"


def _direction(row: Row) -> object:
    rounding = " inom avrundningen" if row["direction"] == "unchanged" and row["change"] else ""
    since = ", sedan föregående undersökning" if row["change_since"] == "previous_survey" else ""
    caution = "" if row["is_comparable"] else f", {row['comparability_sv'].lower()}"
    return formats.mark(_DIRECTION_MARKS[row["direction"]], row["direction_sv"] + rounding + since + caution)


_COLUMNS = (
    Column("Rad eller mått", _subject),
    Column("Värde", lambda row: formats.quantity(row["value"], row["unit"]), numeric=True),
    Column("Föregående år", lambda row: formats.quantity(row["previous_value"], row["unit"]), numeric=True),
    Column("Förändring", lambda row: formats.signed(row["change"]), numeric=True),
    Column("Förändring, procent", _growth, numeric=True),
    Column("Riktning", _direction),
)
