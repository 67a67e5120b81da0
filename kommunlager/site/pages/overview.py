"""The first page: the committees at a glance, and what to know when reading it."""

from collections.abc import Sequence

from kommunlager.site.marts import Row
from kommunlager.site.page import Page
from kommunlager.site.pages.municipality import deviation_in_words
from kommunlager.site.sources import Sources
from kommunlager.site.subjects import Subject, Subjects
from kommunlager.site.topics import budget
from kommunlager.site.topics.answers import Answers
from kommunlager.site.topics.doubts import errors_in_words

# With more municipalities, the page lists their names.
_MOST_CARDS = 24


def make_page(subjects: Subjects, answers: Answers, sources: Sources) -> Page:
    """The first page."""
    latest = answers.budget.latest(subjects)
    with_cards = subjects.municipalities if len(subjects.municipalities) <= _MOST_CARDS else []
    content = {
        "answer": budget.over_budget(latest),
        "cards": [_card(municipality, subjects, answers, sources) for municipality in with_cards],
        "municipalities": [] if with_cards else _by_letter(subjects),
        "chart_title": budget.CHART_TITLE,
        "chart": budget.headline_chart([row for row in latest if row["subject"].committee]),
        "set_aside": answers.trust.set_aside_sentence,
        "open_errors": errors_in_words(sum(answers.trust.open_errors(subject) for subject in subjects)),
    }
    return Page("index.html", "Så går det för nämnderna", "overview.html", "index.html", content)


def _card(municipality: Subject, subjects: Subjects, answers: Answers, sources: Sources) -> Row:
    committees = [_glance(one, answers, sources) for one in subjects.committees_of(municipality)]
    return {"municipality": municipality, "committees": committees}


def _glance(committee: Subject, answers: Answers, sources: Sources) -> Row:
    headline = next(iter(answers.budget.headlines(committee)), None)
    return {
        "subject": committee,
        "headline": headline,
        "deviation": headline and deviation_in_words(headline),
        "headline_source": headline and budget.cite_headline(sources, headline),
        "score": answers.goals.score(committee),
        "open_errors": answers.trust.open_errors(committee),
    }


def _by_letter(subjects: Subjects) -> list[tuple[str, Sequence[tuple[Subject, int]]]]:
    """The municipalities by first letter, each with how many committees it has."""
    letters: dict[str, list[tuple[Subject, int]]] = {}
    for municipality in subjects.municipalities:
        count = len(subjects.committees_of(municipality))
        letters.setdefault(municipality.municipality[0], []).append((municipality, count))
    return list(letters.items())
