"""Swedish wordings that the site, the workbook and the run's highlights share."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
from babel.dates import format_date, get_month_names

Row = dict[str, Any]

_WORDINGS = Path(__file__).resolve().parents[1] / "seeds" / "code_wordings.csv"

# One row per committee, year, basis and status; of a basis that has several dates no date is given. A committee's marks
# are its own judgement and are not counted.
GOAL_COUNTS = """
    select
        municipality_code,
        municipality,
        committee,
        target_year,
        case
            when status = 'not_assessable' then 'none'
            when value_kind = 'forecast' then 'forecast'
            when is_final then 'final'
            else 'interim'
        end as basis,
        status,
        case when min(value_period_end) = max(value_period_end) then max(value_period_end) end as as_of_date,
        count(*) as goals,
        count(value) as with_value,
        count(*) filter (where forecast_equals_target) as at_target,
        count(*) filter (where status_at_same_pace = 'met') as on_pace,
        count(*) filter (where status_at_same_pace = 'not_met') as behind_pace
    from marts.goal_fulfilment
    where goal_kind = 'target' and is_current
    group by all
    order by municipality, committee, target_year desc, goals desc, basis, status
"""
_AFTER_Z = str.maketrans({letter: f"z{place}" for place, letter in enumerate("åäö")} | {"é": "e", "ü": "u"})
_STATUSES = ("met", "partly_met", "not_met")
_NUMBERS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


def genitive(name: str) -> str:
    """Marks, but Alingsås: a name that ends in s, x or z gets no further s."""
    return name if name.lower().endswith(("s", "x", "z")) else f"{name}s"


def alphabetical(text: str) -> str:
    """What to sort names by: å, ä and ö come after z, in this order."""
    return text.casefold().translate(_AFTER_Z)


def unit_word(unit: str | None) -> str:
    """The word that follows a value in this unit; empty where none is needed (number, index)."""
    return _unit_words().get(unit or "", "")


@cache
def _unit_words() -> dict[str, str]:
    with _WORDINGS.open(encoding="utf-8", newline="") as seed:
        return {row["code"]: row["wording_sv"] for row in csv.DictReader(seed) if row["code_list"] == "unit"}


def number_in_words(number: int) -> str:
    """Words up to twelve, as in running text."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def months(first: int, last: int) -> str:
    """``januari–augusti``."""
    names = get_month_names("wide", locale="sv")
    return names[first] if first == last else f"{names[first]}–{names[last]}"


def goal_scores(counts: Iterable[Row]) -> list[Row]:
    """Of the rows of ``GOAL_COUNTS``: for each committee and year how many goals are met of all, and how in words.

    A committee's latest year comes first, but coming years without any outcome come after those that are judged.
    """
    fields = ("municipality_code", "municipality", "committee", "target_year")
    grouped = groupby(counts, key=lambda row: tuple(row[field] for field in fields))
    scores = [dict(zip(fields, key, strict=True)) | _score(list(rows)) for key, rows in grouped]
    return sorted(scores, key=lambda score: (score["municipality"], score["committee"], not score["assessed"]))


def read_goal_scores(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """The scores of a published file."""
    cursor = connection.execute(GOAL_COUNTS)
    names = [column[0] for column in cursor.description or ()]
    return goal_scores(dict(zip(names, values, strict=True)) for values in cursor.fetchall())


def score_in_words(score: Row) -> str:
    """3 av 6 mål för 2024 uppnådda per 31 augusti, 1 ej uppnått, 2 kan inte bedömas."""
    if not score["is_followed_up"]:
        return f"{score['total']} mål för {score['target_year']} har inte följts upp än"
    return f"{score['met']} av {score['total']} mål för {score['target_year']} {score['words']}"


def _score(counts: Sequence[Row]) -> Row:
    """The basis of most goals comes first: it says what ``met`` counts; goals judged otherwise follow."""
    details = {(row["basis"], row["status"]): _detail(row) for row in counts}
    goals = {(row["basis"], row["status"]): row["goals"] for row in counts}
    dates = {row["basis"]: row["as_of_date"] for row in counts}
    of_basis = Counter[str]()
    for (basis, _), number in goals.items():
        of_basis[basis] += number
    unjudged = of_basis.pop("none", 0)
    bases = sorted(of_basis, key=lambda basis: -of_basis[basis]) or ["final"]
    met = goals.get((bases[0], "met"), 0)
    words = [_judged("met", bases[0], met) + _as_of(bases[0], dates) + details.get((bases[0], "met"), "")]
    for basis in bases:
        for status in _STATUSES:
            number = goals.get((basis, status), 0)
            if number and (basis, status) != (bases[0], "met"):
                when = "" if basis == bases[0] else _as_of(basis, dates)
                words.append(f"{number} {_judged(status, basis, number)}{when}{details[basis, status]}")
    words += [f"{unjudged} kan inte bedömas{details['none', 'not_assessable']}"] if unjudged else []
    assessed = of_basis.total()
    return {
        "met": met,
        "total": assessed + unjudged,
        "assessed": assessed,
        "is_followed_up": any(row["with_value"] for row in counts),
        "basis": bases[0],
        "words": ", ".join(words),
    }


def _detail(count: Row) -> str:
    """What to know about some of the goals: forecasts that repeat the target, and where growing counts are heading."""
    if count["status"] == "met" and count["at_target"]:
        return f", varav {count['at_target']} med prognos lika med målet"
    paces = [
        f"{count[column]} {words} i nuvarande takt"
        for column, words in (("on_pace", "nås"), ("behind_pace", "nås inte"))
        if count[column]
    ]
    return f" ({', '.join(paces)})" if paces else ""


def _judged(status: str, basis: str, number: int) -> str:
    if basis == "forecast":
        return {"met": "bedöms uppnås", "partly_met": "bedöms delvis uppnås", "not_met": "bedöms inte uppnås"}[status]
    return {"met": "", "partly_met": "delvis ", "not_met": "ej "}[status] + ("uppnått" if number == 1 else "uppnådda")


def _as_of(basis: str, dates: dict[str, date | None]) -> str:
    if basis != "interim":
        return ""
    day = dates[basis]
    return f" per {format_date(day, 'd MMMM', locale='sv')}" if day else " vid delåret"


@dataclass(frozen=True)
class Assumption:
    """What an answer may rest on that its report does not say.

    ``source`` is the ``*_source`` column that records it, ``detail`` the column that holds what was assumed, if it can
    be named. People read ``mark`` beside the answer, and ``explanation`` with its source.
    """

    source: str
    mark: str
    explanation: str
    detail: str = ""

    def is_made(self, row: Mapping[str, object]) -> bool:
        """Whether a row of a mart rests on it."""
        return row[self.source] == "assumed"

    def mark_of(self, row: Mapping[str, object]) -> str:
        """The mark with what was assumed: ``enhet antagen: tkr``."""
        detail = row.get(self.detail)
        return f"{self.mark}: {str(detail).lower()}" if detail else self.mark

    def sql_mark(self, alias: str) -> str:
        """The same mark in SQL; NULL where the assumption is not made."""
        detail = f" || coalesce(': ' || lower({alias}.{self.detail}), '')" if self.detail else ""
        return f"case when {alias}.{self.source} = 'assumed' then '{self.mark}'{detail} end"


ASSUMED_OF_FIGURES = (
    Assumption(
        "unit_source",
        "enhet antagen",
        "Rapporten anger ingen enhet för tabellen. Den är antagen efter tabellens slag och beloppens storlek.",
        "unit",
    ),
    Assumption(
        "kind_source",
        "kolumn antagen",
        "Kolumnens rubrik säger inte vad kolumnen innehåller. Det är antaget efter kolumnerna bredvid.",
        "value_kind_sv",
    ),
    Assumption(
        "sign_source",
        "tecken antaget",
        "Rapporten visar inte om beloppet är en intäkt eller en kostnad. Tecknet är antaget.",
    ),
    Assumption(
        "role_source",
        "radens roll antagen",
        "Varken rubriken eller summorna visar vilket slag av post raden är. Det är antaget.",
    ),
)
ASSUMED_DIRECTION = Assumption(
    "operator_source",
    "riktning antagen",
    "Målet anger inte om ett högre eller ett lägre värde är bättre. Det är antaget efter måttet.",
)


def sql_marks(*marks: str) -> str:
    """SQL for all marks of a row as one text, each once; NULL where nothing is assumed."""
    listed = f"list_distinct([{', '.join(marks)}])"
    return f"nullif(array_to_string(list_sort(list_filter({listed}, mark -> mark is not null)), '; '), '')"


def sql_marks_of_figures(*aliases: str) -> str:
    """The marks of the rows of ``reported_figures`` joined under these names."""
    return sql_marks(*(assumption.sql_mark(alias) for alias in aliases for assumption in ASSUMED_OF_FIGURES))
