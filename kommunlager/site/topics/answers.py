"""All topics of one release, read once."""

from collections.abc import Iterator
from dataclasses import dataclass

from kommunlager.site.marts import Marts
from kommunlager.site.page import Section
from kommunlager.site.sources import Sources
from kommunlager.site.subjects import Subject
from kommunlager.site.topics.assessments import Assessments
from kommunlager.site.topics.budget import Budget
from kommunlager.site.topics.changes import Changes
from kommunlager.site.topics.comparisons import Comparisons
from kommunlager.site.topics.goals import Goals
from kommunlager.site.topics.key_figures import KeyFigures
from kommunlager.site.topics.reports import Reports
from kommunlager.site.topics.results import Results
from kommunlager.site.topics.series import Series
from kommunlager.site.topics.trust import Trust


@dataclass(frozen=True)
class Answers:
    """The topics, each with the rows of all committees."""

    budget: Budget
    changes: Changes
    goals: Goals
    comparisons: Comparisons
    trust: Trust
    series: Series
    assessments: Assessments
    results: Results
    reports: Reports
    key_figures: KeyFigures

    def sections(self, subject: Subject) -> Iterator[Section]:
        """The five questions, what else its reports have, and the reports."""
        topics = (
            self.budget,
            self.changes,
            self.goals,
            self.comparisons,
            self.trust,
            self.series,
            self.assessments,
            self.results,
            self.reports,
        )
        for topic in topics:
            section = topic.section(subject)
            if section:
                yield section


def read_answers(marts: Marts, sources: Sources) -> Answers:
    """The topics with the rows of ``marts``."""
    return Answers(
        Budget(marts, sources),
        Changes(marts, sources),
        Goals(marts, sources),
        Comparisons(marts, sources),
        Trust(marts, sources),
        Series(marts, sources),
        Assessments(marts, sources),
        Results(marts, sources),
        Reports(marts),
        KeyFigures(marts, sources),
    )
