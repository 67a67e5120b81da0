"""Which goals are met, and how far off the others are."""

from kommunlager.site import formats
from kommunlager.site.charts import Bar, bar_chart
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Page
from kommunlager.site.pages import assessments
from kommunlager.site.sources import Sources, assumed_by
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
_STATUS_MARKS = {"met": "good", "partly_met": "partly", "not_met": "bad", "not_assessable": "unknown"}


def scores(marts: Marts) -> list[Row]:
    """How many goals are met of each committee and year, the latest year first."""
    return goal_scores(marts.rows("goal_fulfilment", GOAL_COUNTS))


def make_pages(marts: Marts, sources: Sources) -> list[Page]:
    """One page, a section for each committee, its latest year first; then what is judged in words."""
    counted = scores(marts)
    committees: dict[tuple[str, str], list[Row]] = {}
    for row in marts.rows("goal_fulfilment", _GOALS):
        committees.setdefault((row["municipality"], row["committee"]), []).append(row)
    sections = [
        _section(
            rows, [score for score in counted if (score["municipality"], score["committee"]) == committee], sources
        )
        for committee, rows in committees.items()
    ]
    others = assessments.make_pages(marts, sources)
    content = {"sections": sections, "others": others}
    return [Page("mal.html", "Måluppfyllelse: vilka mål nås?", "goals.html", "mal.html", content), *others]


def _section(rows: list[Row], scored: list[Row], sources: Sources) -> Row:
    latest_year = (scored or rows)[0]["target_year"]
    judged = [row for row in rows if row["target_year"] == latest_year and row["distance_pct"] is not None]
    return {
        "anchor": formats.slug(rows[0]["municipality"] + " " + rows[0]["committee"]),
        "title": formats.issuer(rows[0]["municipality"], rows[0]["committee"]),
        "answer": score_in_words(scored[0]) + "." if scored else "Det finns inga mätbara mål att bedöma.",
        "earlier": [score_in_words(score) + "." for score in scored[1:]],
        "chart_title": f"Avstånd till målet {latest_year}, procent av målvärdet (minus = målet nås inte)",
        "chart": bar_chart([_bar(row) for row in judged if row["goal_kind"] == "target"], _chart_in_words(judged)),
        "tables": [table for kind in _KINDS for table in _tables(kind, rows, sources)],
    }


def _bar(row: Row) -> Bar:
    text = f"{formats.signed(row['distance_pct'], 1)} %"
    tone = {"good": "good", "bad": "bad"}.get(_STATUS_MARKS[row["status"]], "plain")
    return Bar(_indicator(row), float(row["distance_pct"]), text, tone)


def _chart_in_words(rows: list[Row]) -> str:
    missed = sum(row["distance_pct"] < 0 for row in rows if row["goal_kind"] == "target")
    return (
        f"Stapeldiagram över avståndet till målet för varje indikator; {missed} når inte målet."
        " Alla värden finns i tabellen nedanför."
    )


def _tables(kind: str, rows: list[Row], sources: Sources) -> list[Table]:
    of_kind = [row for row in rows if row["goal_kind"] == kind]
    columns = _MARK_COLUMNS if kind == "committee_mark" else _COLUMNS
    figure_sources = FigureSources(
        sources,
        {"Målvärde": "target_figure_id", "Värde": "value_figure_id"},
        assumed=lambda row: assumed_by([ASSUMED_DIRECTION], row),
    )
    caption = f"{_KINDS[kind]}, {rows[0]['municipality']}"
    table = make_table(caption, columns, of_kind, figure_sources, group=lambda row: str(row["target_year"]))
    return [table] if table else []


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
