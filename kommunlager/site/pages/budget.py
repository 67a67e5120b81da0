"""How far from budget, and where: one page for all, and one for each report."""

from operator import itemgetter

from kommunlager.site import formats
from kommunlager.site.charts import Bar, bar_chart
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Page
from kommunlager.site.pages import municipality_results
from kommunlager.site.sources import Sources
from kommunlager.site.tables import Column, FigureSources, Table, make_table
from kommunlager.swedish import months, number_in_words

HEADLINES = """
    select
        b.*,
        d.document_title,
        d.document_kind_sv
    from marts.budget_deviations as b
    inner join marts.documents as d on d.document_id = b.document_id
    where
        b.is_headline
        and b.breakdown <> 'investment'
        and b.is_current
        -- How far a year that is over had come by August is no news.
        and (b.answer_to = 'year_end' or b.fiscal_year = year(b.as_of_date))
    order by b.as_of_date desc, b.municipality, b.committee, b.answer_to desc, b.comparison
"""
_LINES = """
    select
        b.*,
        u.months_elapsed,
        u.outcome_to_date_tkr,
        u.same_period_last_year_tkr,
        u.budget_used_pct,
        u.change_since_last_year_pct,
        u.implied_rest_of_year_change_pct,
        u.outcome_to_date_figure_id,
        u.same_period_last_year_figure_id,
        case
            when
                b.breakdown in ('activity', 'sub_activity', 'committee')
                -- The investments of several committees are one line each.
                or count(distinct b.committee) over (partition by b.document_id) > 1
            then b.row_label
            else b.line_label
        end as shown_label
    from marts.budget_deviations as b
    left join marts.budget_follow_up as u
        on u.document_id = b.document_id
        and u.committee = b.committee
        and u.subject_scope = b.subject_scope
        and u.breakdown = b.breakdown
        and u.line_code = b.line_code
        and u.activity_code = b.activity_code
        and u.fiscal_year = b.fiscal_year
    order by b.document_id, b.comparison, b.is_headline desc, b.deviation_tkr, shown_label
"""
_DOCUMENTS = """
    select document_id, document_title, document_kind_sv, municipality, municipality_code, committee, information_date
    from marts.documents
    order by municipality, information_date desc, document_id
"""
_BREAKDOWNS = ("cost_type", "activity", "sub_activity", "committee", "investment")
_REMARKS = {
    "sub_activity": "Delverksamheterna är en uppdelning av en verksamhet och ingår redan i den;"
    " summera dem inte till nämndens nettokostnad.",
    "investment": "Lägre investeringsutgifter än budget kan bero på förseningar och bedöms inte som över- eller"
    " underskott.",
}
_SOURCES = {
    "Budget": "budget_figure_id",
    "Utfall eller prognos": "compared_figure_id",
    "Avvikelse": "deviation_figure_id",
    "Beräknat ur": "input_figure_ids",
}
_SOURCES_TO_DATE = {
    "Utfall hittills": "outcome_to_date_figure_id",
    "Samma period i fjol": "same_period_last_year_figure_id",
}


def make_pages(marts: Marts, sources: Sources) -> list[Page]:
    """``budget.html`` with every headline, a page for each report with a budget, and the results of municipalities."""
    lines = marts.rows("budget_deviations", _LINES)
    documents = marts.rows("documents", _DOCUMENTS)
    pages = [
        _document_page(document, of_document, sources)
        for document in documents
        if (of_document := [line for line in lines if line["document_id"] == document["document_id"]])
    ]
    others = municipality_results.make_pages(marts, sources)
    return [_headline_page(marts.rows("budget_deviations", HEADLINES), others, sources), *pages, *others]


def address(document_id: str) -> str:
    """The file name of a report's page."""
    return f"budget-{formats.slug(document_id)}.html"


def headline_chart(headlines: list[Row]) -> object:
    """Every committee's deviation in percent of its budget."""
    bars = [
        Bar(
            f"{row['municipality']}, {row['comparison_sv'].lower()} {row['period_label']}",
            float(row["deviation_pct"]),
            formats.signed(row["deviation_pct"], 1) + " %",
            _tone(row),
        )
        for row in headlines
        if row["deviation_pct"] is not None
    ]
    words = "; ".join(f"{bar.label} {bar.text}" for bar in bars)
    return bar_chart(bars, f"Stapeldiagram över nettokostnadens avvikelse från budget. {words}.")


def _headline_page(headlines: list[Row], others: list[Page], sources: Sources) -> Page:
    columns = (
        Column("Nämnd", formats.whose),
        Column("Jämförelse", lambda row: f"{row['comparison_sv']} {row['period_label']}"),
        *_amount_columns("Utfall/prognos"),
    )
    table = make_table("Nettokostnad mot budget, tkr", columns, headlines, FigureSources(sources, _SOURCES))
    content = {
        "headlines": [{**row, "address": address(row["document_id"])} for row in headlines],
        "chart": headline_chart(headlines),
        "doubts": [f"{formats.whose(row)} {row['period_label']}: {_doubt(row)}" for row in headlines if _doubt(row)],
        "table": table,
        "others": others,
    }
    return Page("budget.html", "Hur går det mot budget?", "budget.html", "budget.html", content)


def _document_page(document: Row, lines: list[Row], sources: Sources) -> Page:
    headlines = [line for line in lines if line["is_headline"] and line["breakdown"] != "investment"]
    # The whole comes before the committees that a municipality's report lists.
    headline = min(headlines, key=lambda line: line["subject_scope"] == "committee", default=None)
    parts: dict[tuple[str, int], list[Row]] = {}
    for line in lines:
        parts.setdefault((line["comparison"], _BREAKDOWNS.index(line["breakdown"])), []).append(line)
    sections = [_section(parts[part], sources) for part in sorted(parts)]
    title = f"{document['municipality']}: {document['document_title']}"
    answer = _answer(headline) if headline else None
    content = {"document": document, "answer": answer, "sections": sections}
    return Page(address(document["document_id"]), title, "budget_document.html", "budget.html", content)


def _answer(headline: Row) -> str:
    """The net cost against budget, how much of the budget is used, and what the forecast takes."""
    elapsed = headline["months_elapsed"] or 12
    sentences = [formats.prose(headline["headline_sv"]) + "."]
    if headline["budget_used_pct"] is not None and elapsed < 12:
        sentences.append(
            f"Efter {number_in_words(elapsed)} {'månad' if elapsed == 1 else 'månader'} är"
            f" {formats.percent_in_words(headline['budget_used_pct'])} av årets budget förbrukad"
            f" (rak periodisering: {formats.percent_in_words(100 * elapsed / 12)})."
        )
    if _doubt(headline):
        sentences.append(_doubt(headline))
    pace = headline["implied_rest_of_year_change_pct"]
    if pace is not None:
        demand, way = ("får", "bli högst {} högre") if pace > 0 else ("måste", "bli minst {} lägre")
        sentences.append(
            f"För att prognosen ska hålla {demand} nettokostnaden per månad {months(elapsed + 1, 12)}"
            f" {way.format(formats.percent_in_words(pace))} än {months(1, elapsed)}."
        )
    return " ".join(sentences)


def _doubt(line: Row) -> str:
    """What speaks against a forecast, as a sentence; empty where nothing does."""
    return f"{formats.prose(line['forecast_doubt_sv'])}." if line["forecast_doubt_sv"] else ""


def _section(lines: list[Row], sources: Sources) -> Row:
    first = lines[0]
    adds_up = [line for line in lines if line["is_addable"]]
    main = [line for line in lines if line["is_headline"] or line["is_addable"]] if adds_up else lines
    rest = [line for line in lines if line not in main]
    title = f"{first['breakdown_sv']}: {first['comparison_sv'].lower()} {first['period_label']}"
    bars = [_bar(line) for line in main if not line["is_headline"] and line["deviation_tkr"]]
    return {
        "title": title,
        "anchor": formats.slug(title),
        "remark": _REMARKS.get(first["breakdown"]),
        "chart": bar_chart(bars, _chart_in_words(bars)),
        "doubts": [f"{line['shown_label']}: {_doubt(line)}" for line in lines if _doubt(line)],
        "table": _table(f"{title}, tkr", main, sources),
        "rest": _table(f"{title}: delsummor, varav-poster och intäkter och kostnader för sig, tkr", rest, sources),
    }


def _bar(line: Row) -> Bar:
    amount = line["deviation_tkr"]
    return Bar(line["shown_label"], float(amount), f"{formats.signed(amount / 1000, 1)} mnkr", _tone(line))


def _chart_in_words(bars: list[Bar]) -> str:
    if not bars:
        return ""
    words = "; ".join(f"{bar.label} {bar.text}" for bar in bars[:3])
    return f"Stapeldiagram över avvikelsen per rad, lägst först: {words}. Alla tal finns i tabellen nedanför."


def _tone(line: Row) -> str:
    return {True: "good", False: "bad", None: "plain"}[line["is_favourable"]]


def _table(caption: str, lines: list[Row], sources: Sources) -> Table:
    if not lines:
        return make_table(caption, (), (), None)
    is_forecast = lines[0]["comparison"].startswith("forecast")
    columns = (
        Column("Rad", lambda line: line["shown_label"]),
        *(_to_date_columns(lines) if is_forecast else ()),
        *_amount_columns("Prognos" if is_forecast else "Utfall"),
    )
    figure_sources = FigureSources(sources, _SOURCES | (_SOURCES_TO_DATE if is_forecast else {}))
    return make_table(caption, columns, lines, figure_sources, is_total=itemgetter("is_headline"))


def _to_date_columns(lines: list[Row]) -> tuple[Column, ...]:
    if all(line["outcome_to_date_tkr"] is None for line in lines):
        return ()
    return (
        Column("Utfall hittills", lambda line: formats.number(line["outcome_to_date_tkr"], 0), numeric=True),
        Column("Samma period i fjol", lambda line: formats.number(line["same_period_last_year_tkr"], 0), numeric=True),
    )


def _amount_columns(compared: str) -> tuple[Column, ...]:
    return (
        Column("Budget", lambda line: formats.number(line["budget_tkr"], 0), numeric=True),
        Column(compared, lambda line: formats.number(line["compared_tkr"], 0), numeric=True),
        Column("Avvikelse", lambda line: formats.signed(line["deviation_tkr"], 0), numeric=True),
        Column("Procent", lambda line: formats.percent(line["deviation_pct"]), numeric=True),
        Column("Bedömning", lambda line: formats.favour(line["is_favourable"], line["deviation_sv"])),
    )
