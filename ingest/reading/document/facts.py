"""Finds out whose report it is, of what kind, and how far its information goes, from its title page and text.

Nothing is guessed: a fact is taken where the report says it in one way only, and is shown with the words that say it.
"""

import datetime as dt
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.reading.vocabulary.periods import MONTH, YEAR, month_number
from ingest.reading.vocabulary.print import DASH
from ingest.reading.vocabulary.row_words import goes_on

_FRONT_LINES = 15
_LONGEST_FRONT_LINE = 90
_REPORT_BEGINS = re.compile(r"\d{1,2}(?:\.\d+)*\.?\s+[^\W\d]|innehåll|sammanfattning|inledning|bakgrund", re.IGNORECASE)
_CLEARLY_MORE = 3
# A committee named once may be any.
_LEAST_MENTIONS = 2

_PLACE = re.compile(r"\b(?P<name>[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)?) (?:kommun|stad)(?:s|en|ens)?\b")
# `Kultur- och fritidsnämnden`, also after another word in small letters; `Nämnden för kultur och fritid`;
# `Kommunstyrelsens arbetsutskott`, which is not the board itself; `Tekniska nämnden`.
_COMMITTEE = re.compile(
    r"""\b(?: [Nn]ämnden\ för\ [A-ZÅÄÖ]?[a-zåäö]{3,}(?:\ och\ [a-zåäö]{4,})?
    | [A-ZÅÄÖa-zåäö][a-zåäö]*(?:nämnde|styrelse)ns\ [a-zåäö]+utskott(?:et)?(?=s?\b)
    | (?!hela|denna|andra|egna)[A-ZÅÄÖa-zåäö][a-zåäö]{4,}a\ (?:nämnden|utskottet)(?:\ för\ [a-zåäö]{4,})?(?=s?\b)
    | (?: (?:[A-ZÅÄÖa-zåäö][a-zåäö]+-(?:,\ [a-zåäö]+-)* | [A-ZÅÄÖ][a-zåäö]+(?<!nämnden)(?:,\ [a-zåäö]+)*)\ och\  )?
      [A-ZÅÄÖa-zåäö][a-zåäö]*(?:nämnd(?:en)?|styrelsen?)(?=s?\b) )""",
    re.VERBOSE,
)
# What a title names; `årsredovisningen` belongs to a sentence.
_INDEFINITE = r"(?!\w*(?:en|et)s?\b)\w*"
# Which the reports of all committees speak of.
_IS_OVER_ALL = re.compile(r"kommunstyrelsen?$", re.IGNORECASE)
# The kinds in the order in which they decide: a delårsbokslut is no bokslut, an uppföljning of a plan no plan.
_KIND_WORDS = {
    "interim_report": re.compile(
        rf"\b(?:delår|tertial|kvartal|månads|halvårs){_INDEFINITE}|\bT[12]\b|\buppföljning\b", re.IGNORECASE
    ),
    "annual_report": re.compile(
        rf"\b(?:årsredovisning|årsrapport|årsbokslut|bokslut|verksamhetsberättelse|årsberättelse|årsuppföljning){_INDEFINITE}",
        re.IGNORECASE,
    ),
    "plan": re.compile(r"\b\w*plan(?:en)?\b|\b\w*budget(?:skrivelse|förslag|underlag)?\b", re.IGNORECASE),
}
_YEAR = re.compile(rf"\b{YEAR}\b")
_YEARS = re.compile(rf"\b({YEAR})\s?{DASH}\s?({YEAR})\b")
_MONTH = rf"(?P<month>{MONTH})\.?"
_MONTH_OF_YEAR = re.compile(rf"\b{_MONTH} (?P<year>{YEAR})\b", re.IGNORECASE)
# Thirds and quarters of a year, by their number: `Tertialrapport 2`, `T1`, `Kvartalsuppföljning 3`.
_PART_OF_YEAR = re.compile(
    r"\b(?:(?:tertial\w*\s|T)(?P<third>[12])|(?:kvartal\w*\s|[KQ])(?P<quarter>[1-3]))\b", re.IGNORECASE
)
_DAYS = (
    re.compile(rf"\b(?P<year>{YEAR})-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}}) ?/ ?(?P<month>\d{{1,2}}),? ?[- ]?(?P<year>{YEAR})\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}}) {_MONTH} (?P<year>{YEAR})\b", re.IGNORECASE),
    re.compile(rf"\bjan(?:uari)?\.? ?(?:{DASH}|till|t\.o\.m\.) ?{_MONTH},? (?P<year>{YEAR})\b", re.IGNORECASE),
)


@dataclass(frozen=True)
class Fact:
    """What is known of a document, and how ("title page: …")."""

    value: str
    evidence: str


Facts = dict[str, Fact]


def find_facts(lines: Iterable[str], municipalities: dict[str, str]) -> Facts:
    """What the lines of a report say of it, by the fields of a review workbook; unsaid facts are not there.

    ``municipalities`` gives the name of each municipality by its code.
    """
    texts = [text for line in lines if (text := " ".join(line.split()))]
    front = list(_front(texts))
    facts = {
        "municipality": _municipality(texts, front, set(municipalities.values())),
        "committee": _committee(texts, front),
        "document_kind": _kind(front),
    }
    found = {name: fact for name, fact in facts.items() if fact is not None}
    return found | _dated_facts(texts, front, found.get("document_kind"))


def _front(texts: list[str]) -> Iterator[str]:
    """The lines of a title page: short, no sentences, before the contents or the first heading."""
    begun = ""
    for line in texts[:_FRONT_LINES]:
        if _REPORT_BEGINS.match(line):
            return
        text, begun = f"{begun} {line}".strip(), ""
        if goes_on(text):
            begun = text
        elif len(text) <= _LONGEST_FRONT_LINE and text[0].isalnum() and not text.endswith((".", ":")):
            yield text.rstrip(" ,-–")


def _municipality(texts: list[str], front: list[str], names: set[str]) -> Fact | None:
    forms = {form: name for name in names for form in (name, name + "s")}

    def mentions(lines: list[str]) -> Counter[str]:
        found = (match["name"] for line in lines for match in _PLACE.finditer(line))
        known = (forms.get(name) or forms.get(name.split()[-1]) for name in found)
        return Counter(name for name in known if name)

    # The reports of municipalities speak of their region too.
    regions = Counter(name for line in front for name in names if "region" in name.lower() and name in line)
    return _one_of(mentions(front) + regions, mentions(texts))


def _committee(texts: list[str], front: list[str]) -> Fact | None:
    def mentions(lines: list[str]) -> Counter[str]:
        found = (match[0] for line in lines for match in _COMMITTEE.finditer(line))
        return Counter(name for name in found if name[0].isupper() and name.lower() not in ("nämnden", "styrelsen"))

    on_front = Counter({name[0].upper() + name[1:]: count for name, count in _lower_too(front).items()})
    in_text = {name: count for name, count in mentions(texts).items() if count >= _LEAST_MENTIONS}
    return _one_of(on_front, Counter({name: in_text[name] for name in in_text if not _IS_OVER_ALL.match(name)}))


def _lower_too(front: list[str]) -> Counter[str]:
    """On a title page a committee is also named in small letters (``Årsrapport 2023, socialnämnden``)."""
    found = (match[0] for line in front for match in _COMMITTEE.finditer(line))
    return Counter(name for name in found if name.lower() not in ("nämnden", "styrelsen", "nämnd", "styrelse"))


def _one_of(on_front: Counter[str], in_text: Counter[str]) -> Fact | None:
    """The only name on the title page, else the one that the text names clearly more often than any other."""
    if len(on_front) == 1:
        return Fact(next(iter(on_front)), "named on the title page")
    ranked = in_text.most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] >= _CLEARLY_MORE * ranked[1][1]):
        return Fact(ranked[0][0], "named most often in the text")
    return None


def _kind(front: list[str]) -> Fact | None:
    for line in front:
        for kind, words in _KIND_WORDS.items():
            if words.search(line):
                return Fact(kind, f"title page: {line}")
    return None


def _dated_facts(texts: list[str], front: list[str], kind: Fact | None) -> Facts:
    """The title, the day that the information goes to, and the years of a plan, all of which hang on the kind."""
    if kind is None:
        return {}
    line = kind.evidence.removeprefix("title page: ")
    year = _YEAR.search(line) or next((match for other in front if (match := _YEAR.search(other))), None)
    title = line if year is None or year[0] in line else f"{line} {year[0]}"
    facts = {"title": Fact(title, kind.evidence)}
    if kind.value == "annual_report" and year is not None:
        facts["information_date"] = Fact(f"{year[0]}-12-31", f"an annual report of {year[0]}")
    if kind.value == "interim_report" and year is not None:
        facts |= _interim_date(texts, front, year[0])
    if kind.value == "plan":
        facts |= _plan_years(title)
    return facts


def _plan_years(title: str) -> Facts:
    years = _YEARS.search(title)
    only = _YEAR.search(title)
    first, last = years.groups() if years else (only[0], only[0]) if only else ("", "")
    evidence = f"title page: {title}"
    return {"plan_from_year": Fact(first, evidence), "plan_to_year": Fact(last, evidence)} if first else {}


def _interim_date(texts: list[str], front: list[str], year: str) -> Facts:
    """The last day of a month within the year that the title page names, else the one the text names clearly most."""
    ends = {end for line in front if _is_interim(line) and (end := _end_of_part(line, year))}
    if len(ends) == 1:
        return {"information_date": Fact(ends.pop(), "title page: the report's period")}
    for lines, where in ((front, "title page"), (texts, "text")):
        days = Counter(day for line in lines for day in _month_ends(line) if day.startswith(year) and day[5:7] != "12")
        ranked = days.most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] >= _CLEARLY_MORE * ranked[1][1]):
            return {"information_date": Fact(ranked[0][0], f"{where}, where it is named most often")}
    return {}


def _is_interim(line: str) -> bool:
    return _KIND_WORDS["interim_report"].search(line) is not None


def _end_of_part(line: str, year: str) -> str:
    """The last day of the month, third or quarter that a title names, or ""."""
    month, part = _MONTH_OF_YEAR.search(line), _PART_OF_YEAR.search(line)
    number = month_number(month["month"]) if month and month["year"] == year else None
    if number is None and part:
        number = 4 * int(part["third"]) if part["third"] else 3 * int(part["quarter"])
    if number is None:
        return ""
    return dt.date(int(year), number, monthrange(int(year), number)[1]).isoformat()


def _month_ends(line: str) -> list[str]:
    days = []
    for pattern in _DAYS:
        for match in pattern.finditer(line):
            parts = match.groupdict()
            month = month_number(parts["month"]) or int(parts["month"])
            if not 1 <= month <= 12:
                continue
            last = monthrange(int(parts["year"]), month)[1]
            if int(parts.get("day", last)) == last:
                days.append(dt.date(int(parts["year"]), month, last).isoformat())
    return days
