"""How far from budget, and where."""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from kommunlager.site import formats
from kommunlager.site.charts import Bar, bar_chart
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Page, Part, Section
from kommunlager.site.paging import paged
from kommunlager.site.sources import Citation, Sources
from kommunlager.site.subjects import RowsOf, Subject, Subjects, key_of
from kommunlager.site.tables import Column, FigureSources, Table, make_table
from kommunlager.swedish import months, number_in_words

_LINES = """
    select
        b.*,
        d.document_title,
        u.months_elapsed,
        u.outcome_to_date_tkr,
        u.same_period_last_year_tkr,
        u.budget_used_pct,
        u.change_since_last_year_pct,
        u.implied_rest_of_year_change_pct,
        u.outcome_to_date_figure_id,
        u.same_period_last_year_figure_id,
        count(distinct b.committee) over (partition by b.document_id) > 1 as is_of_several,
        case
            when
                b.breakdown in ('activity', 'sub_activity', 'committee')
                -- The investments of several committees are one line each.
                or count(distinct b.committee) over (partition by b.document_id) > 1
            then b.row_label
            else b.line_label
        end as shown_label
    from marts.budget_deviations as b
    inner join marts.documents as d on d.document_id = b.document_id
    left join marts.budget_follow_up as u
        on u.document_id = b.document_id
        and u.committee = b.committee
        and u.subject_scope = b.subject_scope
        and u.breakdown = b.breakdown
        and u.line_code = b.line_code
        and u.activity_code = b.activity_code
        and u.fiscal_year = b.fiscal_year
    order by
        b.as_of_date desc, b.document_id, b.answer_to desc, b.comparison, b.is_headline desc, b.deviation_tkr,
        shown_label, b.subject_scope, b.compared_figure_id, b.budget_figure_id
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
# Investments that are this far from budget are part of the answer.
_NOTABLE_PCT = 10
# More bars than this say less than the table.
_MOST_BARS = 12
_WITHOUT_HEADLINE = "Rapporterna visar ingen nettokostnad för hela verksamheten."
CHART_TITLE = "Avvikelse från budget i procent (minus = underskott)"


class Budget:
    """The deviations of each committee; those of a report about several committees are also the municipality's."""

    name = "budget"
    question = "Hur långt från budget?"

    def __init__(self, marts: Marts, sources: Sources) -> None:
        self._sources = sources
        lines = marts.rows("budget_deviations", _LINES)
        self._lines = RowsOf(lines)
        for line in lines:
            if line["is_of_several"]:
                self._lines.add_to_municipality(line)

    def headlines(self, subject: Subject) -> list[Row]:
        """The net cost against budget as now known, the latest first."""
        return [line for line in self._lines.of(subject) if _is_headline(line) and key_of(line) == subject.key]

    def section(self, subject: Subject) -> Section:
        """The answer about it."""
        lines, headlines = self._lines.of(subject), self.headlines(subject)
        answer = "Ingen rapport följer upp någon budget."
        if lines:
            sentences = [*headlines[:1], *_notable_investments(lines, headlines)]
            answer = " ".join(f"{formats.prose(row['headline_sv'])}." for row in sentences) or _WITHOUT_HEADLINE
        parts = list(_parts(lines, self._sources))
        largest = _largest(parts[0][0]) if parts else []
        shown = Part(
            remark=_outlook(headlines[0]) if headlines else "",
            notes=[f"{row['period_label']}: {_doubt(row)}" for row in headlines[1:] if _doubt(row)],
            chart_title=f"Största avvikelserna från budget ({_title(largest[0])})" if largest else "",
            chart=bar_chart([_bar(line) for line in largest], _chart_in_words([_bar(line) for line in largest])),
            tables=[self._headline_table(headlines)] if headlines else (),
        )
        more = f"{formats.counted(len(lines), 'budgetrad', 'budgetrader')}, rapport för rapport" if lines else ""
        topic = ", ".join(["Budgetavvikelse", *(row["deviation_sv"].lower() for row in headlines[:1])])
        return Section(self.name, self.question, answer, shown, more, [part for _, part in parts], topic=topic)

    def latest(self, subjects: Iterable[Subject]) -> list[Row]:
        """The latest headline of each."""
        return [{**row, "subject": subject} for subject in subjects for row in self.headlines(subject)[:1]]

    def across(self, subjects: Subjects) -> Iterator[Page]:
        """``budget.html``: each committee's latest net cost against budget."""
        latest = self.latest(subjects)
        columns = (
            Column("Nämnd", lambda row: row["subject"].link(self.name)),
            Column("Avser", itemgetter("line_label")),
            Column("Avvikelse, tkr", lambda row: formats.signed(row["deviation_tkr"], 0), numeric=True),
            Column("Procent", lambda row: formats.percent(row["deviation_pct"]), numeric=True),
            Column("Bedömning", _judgement),
        )
        table = make_table(
            "Nämndernas avvikelse mot budget",
            columns,
            latest,
            FigureSources(self._sources, _SOURCES),
            group=lambda row: row["subject"].municipality,
        )
        content = {
            "answer": over_budget(latest) or "Ingen rapport följer upp någon budget.",
            "chart_title": CHART_TITLE,
            "chart": headline_chart(latest),
        }
        page = Page("budget.html", "Hur går det mot budget?", "across.html", "budget.html", content)
        return paged(page, [Part(tables=(table,))] if latest else [])

    def _headline_table(self, headlines: Sequence[Row]) -> Table:
        columns = (
            Column("Jämförelse", _comparison),
            Column("Rad", itemgetter("line_label")),
            *_amount_columns("Utfall/prognos"),
        )
        return make_table("Mot budget, tkr", columns, headlines, FigureSources(self._sources, _SOURCES))


def over_budget(latest: Sequence[Row]) -> str:
    """How many committees are over budget in their latest report, and which one the most; empty without committees."""
    headlines = [row for row in latest if row["subject"].committee]
    if not headlines:
        return ""
    over = [row for row in headlines if row["is_favourable"] is False]
    if not over:
        return "Ingen nämnd redovisar eller prognostiserar underskott mot budget i sin senaste rapport."
    total = number_in_words(len(headlines))
    which = f"Alla {total}" if len(over) == len(headlines) else f"{number_in_words(len(over)).capitalize()} av {total}"
    committees = "Nämnden" if len(headlines) == 1 else f"{which} nämnder"
    said = f"{committees} redovisar eller prognostiserar underskott mot budget i sin senaste rapport."
    return " ".join([said, *_largest_deficits(over)])


def _largest_deficits(over: Sequence[Row]) -> Iterator[str]:
    """The largest deficit in relation to its budget and, if it is another, in kronor."""
    in_percent = [row for row in over if row["deviation_pct"] is not None]
    in_kronor = min(over, key=itemgetter("deviation_tkr"))
    relative = min(in_percent, key=itemgetter("deviation_pct")) if in_percent else None
    if in_kronor is not relative:
        amount = formats.amount(abs(in_kronor["deviation_tkr"]))
        yield f"I kronor är underskottet störst i {in_kronor['subject'].whole_name}: {amount}."
    if relative:
        where = (
            "I förhållande till budgeten är underskottet störst"
            if len(in_percent) == len(over)
            else "Av de underskott som går att ange i procent av budgeten är det största"
        )
        yield (
            f"{where} i {relative['subject'].whole_name}:"
            f" {formats.amount(abs(relative['deviation_tkr']))}, {formats.percent_in_words(relative['deviation_pct'])}."
        )


def headline_chart(latest: Sequence[Row]) -> object:
    """The committees' deviations in percent of their budgets; of many, those furthest from budget."""
    in_percent = [row for row in latest if row["deviation_pct"] is not None]
    furthest = sorted(in_percent, key=lambda row: abs(row["deviation_pct"]), reverse=True)[:_MOST_BARS]
    bars = [
        Bar(
            f"{row['subject'].whole_name}: {row['line_label'].lower()},"
            f" {row['comparison_sv'].lower()} {row['period_label']}",
            float(row["deviation_pct"]),
            formats.signed(row["deviation_pct"], 1) + " %",
            _tone(row),
        )
        for row in sorted(furthest, key=itemgetter("deviation_pct"))
    ]
    words = "; ".join(f"{bar.label} {bar.text}" for bar in bars)
    return bar_chart(bars, f"Stapeldiagram över avvikelsen från budget. {words}.")


def cite_headline(sources: Sources, headline: Row) -> Citation:
    """The source of a net cost against budget."""
    ids = [(name, sources.ids(headline, field)) for name, field in _SOURCES.items()]
    return sources.cite("Avvikelse mot budget", ids, headline["source_ref"])


def _is_headline(line: Row) -> bool:
    """Whether it is the net cost as now known; how far a year that is over had come by August is no news."""
    is_news = line["answer_to"] == "year_end" or line["fiscal_year"] == line["as_of_date"].year
    return bool(line["is_headline"] and line["is_current"] and line["breakdown"] != "investment" and is_news)


def _notable_investments(lines: Iterable[Row], headlines: Sequence[Row]) -> list[Row]:
    """The investments in all of the latest headline's report and year, if they are far from budget."""
    return [
        line
        for line in lines
        for headline in headlines[:1]
        if line["is_headline"]
        and (line["breakdown"], line["line_role"]) == ("investment", "total")
        and key_of(line) == key_of(headline)
        and all(line[field] == headline[field] for field in ("document_id", "fiscal_year", "comparison"))
        and abs(line["deviation_pct"] or 0) >= _NOTABLE_PCT
    ]


def _outlook(headline: Row) -> str:
    """How much of the budget is used, what speaks against the forecast, and what it takes."""
    elapsed = headline["months_elapsed"] or 12
    sentences = []
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


def _parts(lines: Iterable[Row], sources: Sources) -> list[tuple[list[Row], Part]]:
    """The lines of each report, comparison and breakdown, and how they are shown."""
    grouped: dict[tuple[int, str, str, int], list[Row]] = {}
    for line in lines:
        place = (-line["as_of_date"].toordinal(), line["document_id"], line["comparison"])
        grouped.setdefault((*place, _BREAKDOWNS.index(line["breakdown"])), []).append(line)
    return [(grouped[place], _part(grouped[place], sources)) for place in sorted(grouped)]


def _part(lines: Sequence[Row], sources: Sources) -> Part:
    main, rest = _main_and_rest(lines)
    title = f"{lines[0]['document_title']}. {_title(lines[0])}"
    bars = [_bar(line) for line in main if _is_drawn(line, main)]
    return Part(
        title=title,
        remark=_REMARKS.get(lines[0]["breakdown"], ""),
        chart_title="Avvikelse från budget per rad",
        chart=bar_chart(bars, _chart_in_words(bars)),
        tables=[_table(f"{title}, tkr", main, sources)],
        notes=[f"{line['shown_label']}: {_doubt(line)}" for line in lines if _doubt(line)],
        folded=[_table(f"{title}: delsummor, varav-poster, intäkter och kostnader var för sig, tkr", rest, sources)]
        if rest
        else (),
    )


def _comparison(line: Row) -> str:
    group = ", koncernen" if line["subject_scope"] == "group" else ""
    return f"{line['comparison_sv']} {line['period_label']}{group}"


def _judgement(line: Row) -> object:
    words = _comparison(line)
    return formats.favour(line["is_favourable"], f"{line['deviation_sv']}, {words[0].lower()}{words[1:]}")


def _title(line: Row) -> str:
    return f"{line['breakdown_sv']}: {line['comparison_sv'].lower()} {line['period_label']}"


def _main_and_rest(lines: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The headline and the rows that add up to it, and the others; all rows are main where none add up."""
    if not any(line["is_addable"] for line in lines):
        return list(lines), []
    parts: tuple[list[Row], list[Row]] = ([], [])
    for line in lines:
        parts[0 if line["is_headline"] or line["is_addable"] else 1].append(line)
    return parts


def _largest(lines: Sequence[Row]) -> list[Row]:
    """The rows of the latest report that are furthest from budget, lowest first."""
    main = _main_and_rest(lines)[0]
    rows = [line for line in main if _is_drawn(line, main)]
    furthest = sorted(rows, key=lambda line: abs(line["deviation_tkr"]), reverse=True)[:_MOST_BARS]
    return sorted(furthest, key=itemgetter("deviation_tkr"))


def _is_drawn(line: Row, main: Sequence[Row]) -> bool:
    """Whether it is in a chart; cost types that don't add up are mixed with sums, results and the balance sheet."""
    is_mixed = line["breakdown"] == "cost_type" and not any(row["is_addable"] for row in main)
    return not is_mixed and not line["is_headline"] and bool(line["deviation_tkr"])


def _bar(line: Row) -> Bar:
    text = formats.signed_amount(line["deviation_tkr"])
    return Bar(line["shown_label"], float(line["deviation_tkr"]), text, _tone(line), _kind(line))


def _kind(line: Row) -> str:
    """What a bar is: a sum that the other bars are in, income, a grant, or a part."""
    if line["line_role"] in ("total", "subtotal") and not line["is_addable"]:
        return "total"
    return str(line["line_role"]) if line["line_role"] in ("income", "grant") else "part"


def _chart_in_words(bars: Sequence[Bar]) -> str:
    if not bars:
        return ""
    words = "; ".join(f"{bar.name} {bar.text}" for bar in bars[:3])
    return f"Stapeldiagram över avvikelsen per rad, lägst först: {words}. Alla tal finns i tabellen."


def _tone(line: Row) -> str:
    return {True: "good", False: "bad", None: "plain"}[line["is_favourable"]]


def _table(caption: str, lines: Sequence[Row], sources: Sources) -> Table:
    is_forecast = lines[0]["comparison"].startswith("forecast")
    columns = (
        Column("Rad", lambda line: line["shown_label"]),
        *(_to_date_columns(lines) if is_forecast else ()),
        *_amount_columns("Prognos" if is_forecast else "Utfall"),
    )
    figure_sources = FigureSources(sources, _SOURCES | (_SOURCES_TO_DATE if is_forecast else {}))
    return make_table(caption, columns, lines, figure_sources, is_total=itemgetter("is_headline"))


def _to_date_columns(lines: Sequence[Row]) -> tuple[Column, ...]:
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
