"""The committees at a glance: budget, goals, sick leave, how fresh it is, and what to know when reading it."""

from operator import itemgetter

from kommunlager.site import formats
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Page
from kommunlager.site.pages import budget, comparisons, findings, goals
from kommunlager.site.sources import Sources
from kommunlager.swedish import number_in_words

_COMMITTEES = """
    with
    errors as (
        select municipality_code, committee, count(*) as open_errors
        from marts.audit_findings
        where severity = 'error' and status = 'open'
        group by municipality_code, committee
    )
    select d.*, coalesce(e.open_errors, 0) as open_errors
    from marts.documents as d
    left join errors as e on e.municipality_code = d.municipality_code and e.committee is not distinct from d.committee
    where d.table_count > 0
    qualify
        row_number() over (
            partition by d.municipality_code, d.committee order by d.information_date desc, d.document_id
        ) = 1
    order by d.municipality, d.committee
"""
_SICK_LEAVE = "sick_leave_total"
_HEADLINE = "budget_deviation_pct"


def make_pages(marts: Marts, sources: Sources) -> list[Page]:
    """The first page."""
    headlines = marts.rows("budget_deviations", budget.HEADLINES)
    scores = goals.scores(marts)
    compared = marts.rows("municipality_comparisons", comparisons.COMPARISONS)
    committees = marts.rows("documents", _COMMITTEES)
    aside = marts.rows("data_coverage", findings.SET_ASIDE)
    cards = [_card(committee, headlines, scores, compared, sources) for committee in committees]
    content = {
        "answer": _answer([card["headline"] for card in cards if card["headline"]]),
        "cards": cards,
        "chart": budget.headline_chart(headlines),
        "cautions": comparisons.cautions([row for row in compared if row["comparison_code"] == _HEADLINE]),
        "set_aside": findings.set_aside_sentence(aside) if aside else None,
        "open_errors": findings.errors_in_words(sum(committee["open_errors"] for committee in committees)),
    }
    return [Page("index.html", "Så går det för nämnderna", "overview.html", "index.html", content)]


def _answer(headlines: list[Row]) -> str | None:
    """How many committees are over budget in their latest report, and which one the most."""
    if not headlines:
        return None
    over = [row for row in headlines if row["is_favourable"] is False]
    if not over:
        return "Ingen nämnd redovisar eller prognostiserar underskott mot budget i sin senaste rapport."
    total = number_in_words(len(headlines))
    which = f"Alla {total}" if len(over) == len(headlines) else f"{number_in_words(len(over)).capitalize()} av {total}"
    committees = "Nämnden" if len(headlines) == 1 else f"{which} nämnder"
    said = f"{committees} redovisar eller prognostiserar underskott mot budget i sin senaste rapport."
    in_percent = [row for row in over if row["deviation_pct"] is not None]
    if not in_percent:
        return said
    most = min(in_percent, key=itemgetter("deviation_pct"))
    return (
        f"{said} I förhållande till budgeten är underskottet störst i {most['municipality']}:"
        f" {formats.million(abs(most['deviation_tkr']))}, {formats.percent_in_words(most['deviation_pct'])}."
    )


def _card(committee: Row, headlines: list[Row], scores: list[Row], compared: list[Row], sources: Sources) -> Row:
    headline = _first_of(committee, headlines)
    sick = _first_of(
        committee,
        [row for row in compared if row["comparison_code"] == _SICK_LEAVE and row["value_kind"] == "outcome"],
    )
    score = _first_of(committee, scores)
    return {
        **committee,
        "headline": headline,
        "address": budget.address(headline["document_id"]) if headline else None,
        "headline_source": headline
        and sources.cite(
            "Avvikelse mot budget",
            [("Budget", headline["budget_figure_id"]), ("Utfall eller prognos", headline["compared_figure_id"])],
            headline["source_ref"],
        ),
        "score": score,
        "sick": sick,
        "sick_period": sick and comparisons.basis(sick),
        "sick_source": sick and sources.cite("Total sjukfrånvaro", [("Värdet", sick["figure_id"])], sick["source_ref"]),
    }


def _first_of(committee: Row, rows: list[Row]) -> Row | None:
    key = (committee["municipality_code"], committee["committee"])
    return next((row for row in rows if (row["municipality_code"], row["committee"]) == key), None)
