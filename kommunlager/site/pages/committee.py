"""A committee's page with the five answers, and the pages behind each of them."""

from collections.abc import Iterator, Sequence

from kommunlager.site import formats
from kommunlager.site.page import Page, Section
from kommunlager.site.paging import paged
from kommunlager.site.subjects import Subject, Subjects
from kommunlager.site.topics.answers import Answers


def make_pages(subject: Subject, subjects: Subjects, answers: Answers) -> Iterator[Page]:
    """The committee's page and those behind it."""
    sections = list(answers.sections(subject))
    municipality = subjects.municipality_of(subject)
    trail = (("index.html", "Översikt"), (municipality.address(), municipality.municipality))
    title = f"{subject.committee}, {subject.municipality}"
    content = {"subject": subject, "sections": sections, "fresh": freshness(subject, answers)}
    yield Page(subject.address(), title, "committee.html", "index.html", content, trail)
    yield from pages_behind(subject, sections, (*trail, (subject.address(), subject.committee)))


def pages_behind(subject: Subject, sections: Sequence[Section], trail: Sequence[tuple[str, str]]) -> Iterator[Page]:
    """The pages with all rows of each section."""
    for section in sections:
        if section.details:
            title = f"{subject.whole_name}: {section.question[0].lower()}{section.question[1:]}"
            content = {"answer": section.answer, "remark": ""}
            page = Page(subject.address(section.name), title, "across.html", "index.html", content, trail)
            yield from paged(page, section.details)


def freshness(subject: Subject, answers: Answers) -> str:
    """Which report is the latest, and what it covers."""
    report = answers.reports.latest(subject)
    if report is None:
        return "Inga rapporter är inlästa."
    covered = formats.day(report["information_date"])
    return f"Senaste rapport: {report['document_title']}, uppgifter till och med {covered}."
