"""A municipality's page: its committees at a glance, and what reports say about all of it."""

from collections.abc import Iterator

from kommunlager.site import formats
from kommunlager.site.marts import Row
from kommunlager.site.page import Page, Section
from kommunlager.site.pages.committee import freshness, pages_behind
from kommunlager.site.subjects import Subject, Subjects
from kommunlager.site.tables import Column, Table, make_table
from kommunlager.site.topics.answers import Answers
from kommunlager.swedish import genitive


def make_pages(municipality: Subject, subjects: Subjects, answers: Answers) -> Iterator[Page]:
    """The municipality's page and those behind it."""
    sections = [section for section in answers.sections(municipality) if _has_rows(section)]
    trail = (("index.html", "Översikt"),)
    committees = subjects.committees_of(municipality)
    content = {
        "subject": municipality,
        "table": glance(f"{genitive(municipality.municipality)} nämnder", committees, answers),
        "sections": sections,
        "fresh": freshness(municipality, answers) if sections else "",
        "key_figures": answers.key_figures.address_of(municipality),
    }
    yield Page(municipality.address(), municipality.municipality, "municipality.html", "index.html", content, trail)
    yield from pages_behind(municipality, sections, (*trail, (municipality.address(), municipality.municipality)))


def _has_rows(section: Section) -> bool:
    """Whether reports about the whole municipality say anything; most are about its committees."""
    return any(part.tables or part.measures for part in (section.shown, *section.details))


def glance(caption: str, committees: list[Subject], answers: Answers) -> Table:
    """A row for each committee: against budget, goals, and the latest report."""
    rows = [
        {
            "subject": committee,
            "headline": next(iter(answers.budget.headlines(committee)), None),
            "score": answers.goals.score(committee),
            "report": answers.reports.latest(committee),
        }
        for committee in committees
    ]
    return make_table(caption, _COLUMNS, rows, None)


def deviation_in_words(headline: Row) -> str:
    """Underskott 13,1 mnkr (4,1 %), utfall mot budget 2024."""
    words = headline["deviation_sv"]
    if headline["deviation_tkr"]:
        words += f" {formats.amount(abs(headline['deviation_tkr']))}"
    if headline["deviation_tkr"] and headline["deviation_pct"] is not None:
        words += f" ({formats.percent(abs(headline['deviation_pct']))})"
    return f"{words}, {headline['comparison_sv'].lower()} {headline['period_label']}"


def _deviation(row: Row) -> object:
    headline = row["headline"]
    return formats.favour(headline["is_favourable"], deviation_in_words(headline)) if headline else formats.MISSING


def _goals(row: Row) -> str:
    score = row["score"]
    return f"{score['met']} av {score['total']} ({score['target_year']})" if score else formats.MISSING


def _report(row: Row) -> str:
    report = row["report"]
    return f"{report['document_title']}, {formats.day(report['information_date'])}" if report else formats.MISSING


_COLUMNS = (
    Column("Nämnd", lambda row: row["subject"].link()),
    Column("Mot budget", _deviation),
    Column("Mål som nås", _goals),
    Column("Senaste rapport", _report),
)
