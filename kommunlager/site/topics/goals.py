"""Which goals are met, and how far off the others are."""

from collections.abc import Iterator, Sequence

from kommunlager.site import formats
from kommunlager.site.charts import Bar, bar_chart
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Page, Part, Section
from kommunlager.site.paging import paged
from kommunlager.site.sources import Sources, assumed_by
from kommunlager.site.subjects import RowsOf, Subject, Subjects
from kommunlager.site.tables import Column, FigureSources, Table, make_table
from kommunlager.swedish import ASSUMED_DIRECTION, GOAL_COUNTS, goal_scores, score_in_words

_GOALS = """
    select g.*, v.document_title as value_document_title
    from marts.goal_fulfilment as g
    left join marts.documents as v on v.document_id = g.value_document_id
    where g.is_current
    order by
        g.municipality,
        g.committee,
        g.target_year desc,
        case g.status when 'not_met' then 1 when 'partly_met' then 2 when 'not_assessable' then 4 else 3 end,
        g.distance_pct nulls last,
        g.indicator_label,
        g.gender,
        g.document_id,
        g.target_figure_id
"""
_KINDS = {"target": "Mål", "approved_range": "Godkänd nivå", "committee_mark": "Nämndens egen bedömning"}
# Charts and tables of the committee's page that are longer say less than the pages behind it.
_MOST_BARS = 30
_MOST_SHOWN = 5
_STATUS_MARKS = {"met": "good", "partly_met": "partly", "not_met": "bad", "not_assessable": "unknown"}


class Goals:
    """How many goals each committee meets, and each goal with its target, value and status."""

    name = "mal"
    question = "Vilka mål nås?"

    def __init__(self, marts: Marts, sources: Sources) -> None:
        self._sources = sources
        self._goals = RowsOf(marts.rows("goal_fulfilment", _GOALS))
        self._scores = RowsOf(goal_scores(marts.rows("goal_fulfilment", GOAL_COUNTS)))

    def score(self, subject: Subject) -> Row | None:
        """How many goals are met of the latest year that is judged."""
        return next((score for score in self._scores.of(subject) if score["is_followed_up"]), None)

    def section(self, subject: Subject) -> Section:
        """The answer about it."""
        rows, scores = self._goals.of(subject), self._scores.of(subject)
        answer = "Rapporterna redovisar inga mål."
        if rows:
            answer = f"{score_in_words(scores[0])}." if scores else "Det finns inga mätbara mål att bedöma."
        earlier = [f"{score_in_words(score)}." for score in scores[1:]]
        details = [part for kind in _KINDS for part in _parts(kind, rows, self._sources)]
        more = f"{formats.number(len(rows))} mål med målvärde och utfall" if rows else ""
        shown = self._shown(rows, scores, earlier)
        return Section(self.name, self.question, answer, shown, more, details, topic="Måluppfyllelse")

    def across(self, subjects: Subjects) -> Iterator[Page]:
        """``mal.html``: how many goals each committee meets."""
        latest = [{**score, "subject": subject} for subject in subjects if (score := self.score(subject)) is not None]
        columns = (
            Column("Nämnd", lambda row: row["subject"].link(self.name)),
            Column("Målår", lambda row: str(row["target_year"]), numeric=True),
            Column("Nås", lambda row: f"{row['met']} av {row['total']}", numeric=True),
            Column("I ord", lambda row: f"{row['met']} {row['words']}"),
        )
        table = make_table("Måluppfyllelse", columns, latest, None, group=lambda row: row["subject"].municipality)
        answer = (
            "Senaste målåret som har bedömts, nämnd för nämnd. Välj en nämnd för varje mål med målvärde och utfall."
            if latest
            else "Ingen rapport redovisar mål än."
        )
        page = Page("mal.html", "Måluppfyllelse: vilka mål nås?", "across.html", "mal.html", {"answer": answer})
        return paged(page, [Part(tables=(table,))] if latest else [])

    def _shown(self, rows: Sequence[Row], scores: Sequence[Row], earlier: Sequence[str]) -> Part:
        """The goals of the latest year that are not met, furthest from their targets first."""
        year = (scores or rows or ({"target_year": None},))[0]["target_year"]
        missed = [row for row in rows if row["target_year"] == year and row["status"] == "not_met"]
        table = _table(f"Mål för {year} som inte nås", missed[:_MOST_SHOWN], self._sources, _COLUMNS)
        beyond = len(missed) - _MOST_SHOWN
        notes = [*earlier, *([f"Ytterligare {beyond} mål nås inte."] if beyond > 0 else [])]
        return Part(notes=notes, tables=(table,) if missed else ())


def _bar(row: Row) -> Bar:
    text = f"{formats.signed(row['distance_pct'], 1)} %"
    tone = {"good": "good", "bad": "bad"}.get(_STATUS_MARKS[row["status"]], "plain")
    return Bar(_indicator(row), float(row["distance_pct"]), text, tone)


def _chart_in_words(rows: Sequence[Row]) -> str:
    missed = sum(row["distance_pct"] < 0 for row in rows)
    return (
        f"Stapeldiagram över avståndet till målet för varje indikator; {missed} når inte målet."
        " Alla värden finns i tabellen nedanför."
    )


def _parts(kind: str, rows: Sequence[Row], sources: Sources) -> list[Part]:
    """The goals of a kind, year by year; years that are not followed up yet come last."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        if row["goal_kind"] == kind:
            found.setdefault(row["target_year"], []).append(row)
    years = dict(sorted(found.items(), key=lambda year: not _is_followed_up(year[1])))
    columns = _MARK_COLUMNS if kind == "committee_mark" else _COLUMNS
    return [
        _part(f"{_KINDS[kind]} {year}", of_year, _table(f"{_KINDS[kind]} {year}", of_year, sources, columns))
        for year, of_year in years.items()
    ]


def _is_followed_up(rows: Sequence[Row]) -> bool:
    """Whether any goal has a value, or a mark of the committee."""
    return any(row["value"] is not None or row["printed_assessment"] for row in rows)


def _part(title: str, rows: Sequence[Row], table: Table) -> Part:
    """The goals of a year; the chart has those that are judged in numbers."""
    judged = [row for row in rows if row["goal_kind"] == "target" and row["distance_pct"] is not None]
    bars = [_bar(row) for row in judged][:_MOST_BARS]
    return Part(
        title=title,
        answer="" if _is_followed_up(rows) else "Inte följt upp än.",
        chart_title="Avstånd till målet, procent av målvärdet (minus = målet nås inte)",
        chart=bar_chart(bars, _chart_in_words(judged)),
        tables=(table,),
    )


def _table(caption: str, rows: Sequence[Row], sources: Sources, columns: Sequence[Column]) -> Table:
    figure_sources = FigureSources(
        sources,
        {"Målvärde": "target_figure_id", "Värde": "value_figure_id"},
        assumed=lambda row: assumed_by([ASSUMED_DIRECTION], row),
    )
    return make_table(caption, columns, rows, figure_sources)


def _indicator(row: Row) -> str:
    return formats.subject(row["indicator_label"], row["gender"])


def _status(row: Row) -> object:
    reasons = [_lower(row["status_reason_sv"]), _pace(row), _repeats_target(row)]
    words = "; ".join(reason for reason in reasons if reason)
    return formats.mark(_STATUS_MARKS[row["status"]], row["status_sv"] + (f": {words}" if words else ""))


def _lower(sentence: str | None) -> str:
    return sentence[0].lower() + sentence[1:] if sentence else ""


def _pace(row: Row) -> str:
    """Where a growing count is heading; an indication beside a goal that can't be judged yet."""
    if row["value_at_same_pace"] is None:
        return ""
    reached = "nås" if row["status_at_same_pace"] == "met" else "nås inte"
    return f"i nuvarande takt {formats.number(row['value_at_same_pace'], 0)} vid årets slut, målet {reached}"


def _repeats_target(row: Row) -> str:
    return "prognosen är lika med målet" if row["forecast_equals_target"] else ""


def _value(row: Row) -> str:
    """What is known now, and what the report with the target said where that is another answer."""
    now = _quantity(row, "value")
    own = _quantity(row, "document_value")
    return now if own in (now, formats.MISSING) else f"{now}; i rapporten {own}"


def _quantity(row: Row, column: str) -> str:
    kind = " (prognos)" if row[f"{column}_kind"] == "forecast" else ""
    return formats.quantity(row[column], row["unit"]) + kind


def _step(row: Row) -> str:
    if row["scale_position"] is None:
        return formats.MISSING
    return f"{row['scale_position']} av {row['scale_steps']} ({row['printed_scale']})"


_COLUMNS = (
    Column("Indikator", _indicator),
    Column("Mål", lambda row: formats.prose(row["target_text"]) or formats.MISSING, numeric=True),
    Column("Värde", _value, numeric=True),
    Column("Avstånd", lambda row: formats.signed(row["distance_to_target"]), numeric=True),
    Column("Status", _status),
)
_MARK_COLUMNS = (
    Column("Uppdrag", lambda row: row["goal_label"] or row["indicator_label"]),
    Column("Nämndens bedömning", lambda row: row["printed_assessment"] or formats.MISSING),
    Column("Steg på skalan", _step),
)
