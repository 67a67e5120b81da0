"""Which columns a made-up table has and what is printed above them."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tests.support.made_up_meaning.header_words import (
    BUDGET_LESS_COMPARED,
    COMPARED_LESS_BUDGET,
    FORECAST_DEVIATIONS,
    PERIOD_DEVIATIONS,
    WORDS,
    Slot,
)

ANNUAL, WITH_FORECAST, WITH_PERIOD_BUDGET = "annual report", "interim, forecast", "interim, period budget"
_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_FIRST_LEGAL_INTERIM_MONTH = 6
_MONTHS_OF_A_TERTIAL = 4


@dataclass(frozen=True)
class Period:
    """The year and the last month of a report."""

    year: int
    month: int

    @property
    def end(self) -> str:
        return f"{self.year}-{self.month:02d}-{self._last_day}"

    @property
    def _last_day(self) -> int:
        return monthrange(self.year, self.month)[1]

    def fits(self, words: str) -> bool:
        if "{t}" in words:
            return self.month % _MONTHS_OF_A_TERTIAL == 0
        return not words.startswith("Delårsbokslut") or self.month >= _FIRST_LEGAL_INTERIM_MONTH

    def filled(self, words: str) -> str:
        name, earlier = _MONTHS[self.month - 1], _MONTHS[self.month - 2]
        return words.format(
            y=self.year,
            p=self.year - 1,
            n=self.year + 1,
            yy=self.year % 100,
            m=f"{self.month:02d}",
            mm=self.month,
            d=self._last_day,
            t=self.month // _MONTHS_OF_A_TERTIAL,
            mon=name[:3],
            month=name,
            pmon=earlier[:3],
        )


@dataclass(frozen=True)
class Heading:
    """A column: what it holds, what is printed above it, and for a derived column the slots that it is derived from."""

    slot: Slot
    header: str
    compared: Slot | None = None
    base: Slot | None = None


class ColumnDrawer:
    """Draws a table's columns in the usual order."""

    def __init__(self, random: Random, report: str, period: Period, costs_are_positive: bool, has_income: bool) -> None:
        self.random = random
        self.report = report
        self.period = period
        self.costs_are_positive = costs_are_positive
        self.has_income = has_income

    def draw(self) -> list[Heading]:
        while True:
            headings = list(self._headings())
            headers = [heading.header for heading in headings if heading.slot is not Slot.DEVIATION]
            if len(set(headers)) == len(headers) and not self._is_ambiguous(set(headers)):
                return headings

    def _is_ambiguous(self, headers: set[str]) -> bool:
        """Two bare years in an interim report may be two periods or a period and a year."""
        return self.report != ANNUAL and self.period.filled("Utfall {y}") in headers and self._bare_last_year(headers)

    def _bare_last_year(self, headers: set[str]) -> bool:
        return self.period.filled("Utfall {p}") in headers

    def _headings(self) -> Iterator[Heading]:
        if self._chance(0.15):
            yield self._plain(Slot.NOT_FIGURES)
        if self.report == ANNUAL:
            yield from self._outcomes(Slot.OUTCOME_FULL, Slot.LAST_YEAR_FULL)
            budget = yield from self._budgets()
            yield from self._deviation("outcome", Slot.OUTCOME_FULL, budget)
            if self._chance(0.15):
                yield self._plain(Slot.PLAN)
        elif self.report == WITH_FORECAST:
            yield from self._outcomes(Slot.OUTCOME_PERIOD, self._last_year_in_interim())
            if self._chance(0.2):
                yield self._plain(Slot.PREVIOUS_FORECAST)
            yield self._plain(Slot.FORECAST)
            budget = yield from self._budgets()
            yield from self._deviation("forecast", Slot.FORECAST, budget)
        else:
            yield from self._outcomes(Slot.OUTCOME_PERIOD, self._last_year_in_interim())
            if self._chance(0.2):
                yield self._plain(Slot.OUTCOME_MONTH)
            yield self._plain(Slot.BUDGET_PERIOD)
            yield from self._deviation("outcome", Slot.OUTCOME_PERIOD, Slot.BUDGET_PERIOD)
            if self._chance(0.4):
                yield self._plain(Slot.FORECAST)
                yield self._plain(Slot.BUDGET)
                if self._chance(0.5):
                    yield from self._deviation("forecast", Slot.FORECAST, Slot.BUDGET)

    def _outcomes(self, outcome: Slot, last_year: Slot) -> Iterator[Heading]:
        if self._chance(0.75):
            yield self._plain(last_year)
            yield self._plain(outcome)
            if (outcome is Slot.OUTCOME_FULL) == (last_year is Slot.LAST_YEAR_FULL) and self._chance(0.2):
                yield Heading(Slot.CHANGE, self._words(Slot.CHANGE), outcome, last_year)
        else:
            yield self._plain(outcome)
        if outcome is Slot.OUTCOME_PERIOD and self._chance(0.1):
            yield self._plain(Slot.ROLLING)

    def _last_year_in_interim(self) -> Slot:
        return Slot.LAST_YEAR_PERIOD if self._chance(0.75) else Slot.LAST_YEAR_FULL

    def _budgets(self) -> Iterator[Heading]:
        """The year's budget as one column, or the original one, the change if printed, and the revised one."""
        if self._chance(0.75):
            yield self._plain(Slot.BUDGET)
            return Slot.BUDGET
        yield self._plain(Slot.BUDGET_ORIGINAL)
        if self._chance(0.5):
            yield self._plain(Slot.BUDGET_CHANGE)
        yield self._plain(Slot.BUDGET_REVISED)
        return Slot.BUDGET_REVISED

    def _deviation(self, kind: str, compared: Slot, budget: Slot) -> Iterator[Heading]:
        words = [*WORDS[Slot.DEVIATION]]
        words += FORECAST_DEVIATIONS if kind == "forecast" else ()
        words += PERIOD_DEVIATIONS if budget is Slot.BUDGET_PERIOD else ()
        if not self.costs_are_positive:
            words += COMPARED_LESS_BUDGET[kind]
        elif not self.has_income:
            words += BUDGET_LESS_COMPARED[kind]
        yield Heading(Slot.DEVIATION, self.random.choice(words), compared, budget)
        if self._chance(0.15):
            yield Heading(Slot.PERCENT, self._words(Slot.PERCENT), compared, budget)

    def _plain(self, slot: Slot) -> Heading:
        return Heading(slot, self._words(slot))

    def _words(self, slot: Slot) -> str:
        return self.period.filled(self.random.choice([words for words in WORDS[slot] if self.period.fits(words)]))

    def _chance(self, share: float) -> bool:
        return self.random.random() < share
