"""What is asked of Kolada, and how it is split: at most 25 ids of each kind in one question."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.kolada.landing import LANDED, Entry

MOST_IDS = 25
# Changes are requested from this long before the last time, since Kolada only knows days.
_OVERLAP = dt.timedelta(days=30)
# Silent deletions in Kolada only show when everything is requested again.
_FULL_AFTER = dt.timedelta(days=90)


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


def plan_questions(
    wanted: Wanted, landed: Iterable[Entry], run_id: str, today: dt.date, in_full: bool
) -> list[Question]:
    """The data questions left in this run: full ones for what is new or old, otherwise only the changes."""
    done, asked, asked_in_full = _history(landed, run_id)
    questions = []
    for part in _parts(wanted):
        by_day = defaultdict(list)
        for kpi_id in wanted.kpi_ids:
            if (kpi_id, part) not in done:
                full = asked_in_full.get((kpi_id, part))
                again = in_full or full is None or today - full > _FULL_AFTER
                day = None if again else (asked[kpi_id, part] - _OVERLAP).isoformat()
                by_day[day].append(kpi_id)
        for day in sorted(by_day, key=str):
            questions += [Question("data", kpi_ids, *part, day) for kpi_ids in _batches(by_day[day])]
    return questions


def _history(
    landed: Iterable[Entry], run_id: str
) -> tuple[set[tuple[str, _Part]], dict[tuple[str, _Part], dt.date], dict[tuple[str, _Part], dt.date]]:
    """Which KPIs have landed for which areas and years: in this run, at any time, last in full."""
    done, asked, asked_in_full = set(), {}, {}
    for entry in landed:
        if entry.kind == "data" and entry.status == LANDED:
            day = dt.date.fromisoformat(entry.fetched_at[:10])
            for kpi_id in entry.kpi_ids:
                key = kpi_id, (entry.area_ids, entry.years)
                asked[key] = day
                if entry.from_date is None:
                    asked_in_full[key] = day
                if entry.run_id == run_id:
                    done.add(key)
    return done, asked, asked_in_full


def _parts(wanted: Wanted) -> Iterator[_Part]:
    """Areas and years, each in batches; groups separately, so that choosing others doesn't regroup municipalities."""
    areas = [*_batches(wanted.municipality_codes), *_batches(wanted.group_ids)]
    for area_ids in areas:
        for years in _batches(wanted.years) or [()]:
            yield area_ids, years


def _batches(ids: Iterable[str]) -> list[tuple[str, ...]]:
    ordered = sorted(set(ids))
    return [tuple(ordered[start : start + MOST_IDS]) for start in range(0, len(ordered), MOST_IDS)]
