"""What is asked of Kolada, and how it is split: at most 25 ids of each kind in one question."""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.kolada.landing import SELECTED, Landing

MOST_IDS = 25
# Changes are requested from this long before the last time, since Kolada only knows days.
_OVERLAP = dt.timedelta(days=30)
# Silent deletions in Kolada only show when everything is requested again.
_FULL_AFTER = dt.timedelta(days=90)
# Days can't be trusted after a clock was wrong, so syncs are counted too.
_FULL_AFTER_SYNCS = 90
_TIME_ZONES = dt.timedelta(days=1)


@dataclass(frozen=True)
class Question:
    """One address and all its pages. The tuples are what a ``data`` question requests; no years means all of them."""

    kind: str
    kpi_ids: tuple[str, ...] = ()
    area_ids: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    from_date: str | None = None

    @property
    def address(self) -> str:
        """The path below the base address, with its query."""
        if self.kind != "data":
            return f"/{self.kind}"
        path = f"/data/kpi/{','.join(self.kpi_ids)}/municipality/{','.join(self.area_ids)}"
        path += f"/year/{','.join(self.years)}" if self.years else ""
        return path + (f"?from_date={self.from_date}" if self.from_date else "")


@dataclass(frozen=True)
class Wanted:
    """What a selection resolves to, as Kolada's ids."""

    kpi_ids: Sequence[str]
    municipality_codes: Sequence[str]
    group_ids: Sequence[str]
    years: Sequence[str]


@dataclass(frozen=True)
class Unknown:
    """What a selection names and Kolada lacks: KPIs and KPI groups, municipalities and municipality groups."""

    kpi_ids: Sequence[str]
    area_ids: Sequence[str]


_Part = tuple[tuple[str, ...], tuple[str, ...]]


_Key = tuple[str, _Part]


@dataclass
class History:
    """What has landed before, for each KPI and part.

    ``done`` landed in this run. ``asked`` has the day of the last response, ``asked_in_full`` the day and the batch of
    the last full one. ``syncs`` has the batch number at which each sync began.
    """

    today: dt.date
    done: set[_Key] = field(default_factory=set)
    asked: dict[_Key, dt.date] = field(default_factory=dict)
    asked_in_full: dict[_Key, tuple[dt.date, int]] = field(default_factory=dict)
    syncs: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, landing: Landing, run_id: str, today: dt.date) -> "History":
        """Read the manifest. A response dated after ``today`` came while a clock was ahead, and may be older."""
        history = cls(today, syncs=[entry.batch_no for entry in landing.entries if entry.kind == SELECTED])
        for entry in landing.landed():
            if entry.kind == "data":
                day = dt.date.fromisoformat(entry.fetched_at[:10])
                keys = [(kpi_id, (entry.area_ids, entry.years)) for kpi_id in entry.kpi_ids]
                if entry.run_id == run_id:
                    history.done.update(keys)
                if day <= today + _TIME_ZONES:
                    history.asked.update(dict.fromkeys(keys, day))
                    if entry.from_date is None:
                        history.asked_in_full.update(dict.fromkeys(keys, (day, entry.batch_no)))
        return history

    def changes_from(self, key: _Key) -> str | None:
        """The day to request changes from; None if a full response is due, by days or by syncs since the last one."""
        if key not in self.asked_in_full:
            return None
        day, batch_no = self.asked_in_full[key]
        syncs = len(self.syncs) - bisect_right(self.syncs, batch_no)
        if self.today - day > _FULL_AFTER or syncs > _FULL_AFTER_SYNCS:
            return None
        return (min(self.asked[key], self.today) - _OVERLAP).isoformat()


def plan_questions(wanted: Wanted, history: History, in_full: bool) -> list[Question]:
    """The data questions left in this run: full ones for what is new or old, otherwise only the changes."""
    questions = []
    for part in _parts(wanted):
        by_day = defaultdict(list)
        for kpi_id in wanted.kpi_ids:
            if (kpi_id, part) not in history.done:
                by_day[None if in_full else history.changes_from((kpi_id, part))].append(kpi_id)
        for day in sorted(by_day, key=str):
            questions += [Question("data", kpi_ids, *part, day) for kpi_ids in _batches(by_day[day])]
    return questions


def _parts(wanted: Wanted) -> Iterator[_Part]:
    """Areas and years, each in batches; groups separately, so that choosing others doesn't regroup municipalities."""
    areas = [*_batches(wanted.municipality_codes), *_batches(wanted.group_ids)]
    for area_ids in areas:
        for years in _batches(wanted.years) or [()]:
            yield area_ids, years


def _batches(ids: Iterable[str]) -> list[tuple[str, ...]]:
    ordered = sorted(set(ids))
    return [tuple(ordered[start : start + MOST_IDS]) for start in range(0, len(ordered), MOST_IDS)]
