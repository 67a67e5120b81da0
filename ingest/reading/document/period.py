"""Finds of what kind a report is, its title, and the last day that it knows about."""

import datetime as dt
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator

from ingest.reading.document.evidence import Fact, Sources
from ingest.reading.vocabulary.periods import MONTH, YEAR, month_number
from ingest.reading.vocabulary.print import DASH

_CLEARLY_MORE = 3
# A file is hardly made long before the period that it reports ends.
_LONGEST_AHEAD = dt.timedelta(days=10)

# What a title names; `årsredovisningen` belongs to a sentence.
_INDEFINITE = r"(?!\w*(?:en|et)s?\b)\w*"
# In the order in which they decide: a delårsbokslut is not a bokslut, an uppföljning of a plan not a plan.
_KIND_WORDS = (
    (
        "interim_report",
        re.compile(rf"\b(?:delår|tertial|kvartal|månads|halvårs){_INDEFINITE}|\bT[12]\b", re.IGNORECASE),
    ),
    (
        "annual_report",
        re.compile(
            rf"""\b(?:årsredovisning|årsrapport|årsbokslut|bokslut|verksamhetsberättelse|årsberättelse
            |\w*årsuppföljning){_INDEFINITE}""",
            re.IGNORECASE | re.VERBOSE,
        ),
    ),
    (
        "interim_report",
        re.compile(r"\b\w*uppföljning\b|\b(?:prognos|ekonomi|period)rapport\b|\bekonomisk rapport\b", re.IGNORECASE),
    ),
    ("plan", re.compile(r"\b\w*plan(?:en)?\b|\b\w*budget(?:skrivelse|förslag|underlag)?\b", re.IGNORECASE)),
)
# A page may begin with a table's header, `Bokslut 2025`, which is not a title.
_IS_TITLE = re.compile(r"rapport|redovisning|uppföljning|berättelse|plan\b", re.IGNORECASE)
# When a report was made or decided, and its number, is not what it is about.
_IS_OF_ISSUE = re.compile(
    r"\b(?:antagen|beslut|fastställ|upprättad|version|reviderad|sammanträd|dnr|diarie|handling\b)|\d{4}-\d\d-\d\d|\d{4}/\d",
    re.IGNORECASE,
)
# A delårsrapport is about one of these months; another one below its title is when it was printed.
_PART_YEAR_REPORT = re.compile("delår", re.IGNORECASE)
_MONTHS_OF_PART_YEAR = ("04", "06", "07", "08")
_YEAR = re.compile(rf"\b{YEAR}\b")
_YEARS = re.compile(rf"\b({YEAR})\s?{DASH}\s?({YEAR})\b")
_MONTH = rf"(?P<month>{MONTH})\.?"
# A month without a day: `9 april 2024` is the day of a letter.
_MONTH_OF_YEAR = re.compile(rf"(?<!\d )(?<!\d)\b{_MONTH} (?P<year>{YEAR})\b", re.IGNORECASE)
_UNTIL_MONTH = re.compile(
    rf"\b(?:per|till och med|t\.?\s?o\.?\s?m\.?) (?:utgången av )?{_MONTH}(?: (?P<year>{YEAR}))?(?! ?\d)", re.IGNORECASE
)
_SPEAKS_OF_ANOTHER = re.compile(r"\b(?:jämför|jmf|föregående|tidigare|förra|senaste)", re.IGNORECASE)
_MONTH_IN_NAME = re.compile(
    rf"""(?<!\d)(?P<year>{YEAR})[-_\ ]?(?P<number>0[1-9]|1[0-2])(?![-_\ ]?\d)
    | (?<![^\W_]){_MONTH}[-_\ ](?P<its_year>{YEAR})(?!\d)""",
    re.IGNORECASE | re.VERBOSE,
)
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


def title_line(lines: Iterable[str]) -> str:
    """The first line that names a kind of report, or ""."""
    return next((line for line in lines if kind_named(line)), "")


def kind_named(line: str) -> str | None:
    """The kind of report that a line names."""
    return next((kind for kind, words in _KIND_WORDS if words.search(line)), None)


def kind_and_dates(sources: Sources) -> dict[str, Fact]:
    """The kind of report, and what hangs on it: title, last day that it knows about, years of a plan."""
    line, where = sources.title_line, "title page"
    lines = sources.front
    if not line:
        lines = tuple(filter(_IS_TITLE.search, sources.surroundings.repeated))
        line, where = title_line(lines), "page headers and footers"
    kind = kind_named(line)
    if kind is None:
        return {}
    title, year = _title(line, lines)
    evidence = f"{where}: {title}"
    facts = {"document_kind": Fact(kind, evidence), "title": Fact(title, evidence)}
    if kind == "annual_report" and year:
        facts["information_date"] = Fact(f"{year}-12-31", f"an annual report of {year}")
    if kind == "interim_report" and (date := _interim_date(sources, lines, where, year)):
        facts["information_date"] = date
    if kind == "plan":
        facts |= _plan_years(title, evidence)
    return facts


def _title(line: str, lines: tuple[str, ...]) -> tuple[str, str]:
    """The title, with what print has in the lines above and below it, and the year."""
    place = lines.index(line)
    if line[0].islower() and place:
        line = f"{lines[place - 1]} {line}"
    below = lines[place + 1] if place + 1 < len(lines) else ""
    if not _YEAR.search(line) and _MONTH_OF_YEAR.fullmatch(below):
        line = f"{line} {below}"
    after_kind = next((found.end() for _, words in _KIND_WORDS if (found := words.search(line))), 0)
    own = _YEAR.search(line, after_kind) or _YEAR.search(line)
    if own:
        return line, own[0]
    others = (other for other in lines if not _IS_OF_ISSUE.search(other) or _ends_period(other, kind_named(line)))
    year = next((match[0] for other in others if (match := _YEAR.search(other))), "")
    return f"{line} {year}".rstrip(), year


def _ends_period(line: str, kind: str | None) -> bool:
    """Whether a day in a line may be the last one of the period that a report is about."""
    return any(kind == "interim_report" or day.endswith("-12-31") for day in _month_ends(line))


def _plan_years(title: str, evidence: str) -> dict[str, Fact]:
    years = _YEARS.search(title)
    only = _YEAR.search(title)
    first, last = years.groups() if years else (only[0], only[0]) if only else ("", "")
    return {"plan_from_year": Fact(first, evidence), "plan_to_year": Fact(last, evidence)} if first else {}


def _interim_date(sources: Sources, lines: tuple[str, ...], where: str, year: str) -> Fact | None:
    """The last day of the period that the title page names, else of the one that text and file name agree on."""
    about = (line for line in lines if not _IS_OF_ISSUE.search(line))
    own = {line: end for line in about if (end := _end_of_part(line, year)) and _may_be_period(line, end, lines)}
    if len(set(own.values())) == 1:
        line, end = own.popitem()
        return Fact(end, f"{where}: {line}")
    if own or not year:
        return None
    if day := _clearly_most(lines, year):
        return Fact(day, f"{where}, where it is named most often")
    claims = {
        "in the text": _months_of_text(sources, year),
        "text, where it is named most often": {_clearly_most(sources.texts, year)} - {""},
        f"file name {sources.surroundings.name}": set(_months_of_name(sources.surroundings.name, year)),
    }
    days = set().union(*claims.values())
    if len(days) != 1 or _is_ahead(max(days), sources.surroundings.created):
        return None
    return Fact(max(days), ", ".join(source for source, claimed in claims.items() if claimed))


def _may_be_period(line: str, end: str, lines: tuple[str, ...]) -> bool:
    """Whether a month in a line is what the report is about."""
    return (
        kind_named(line) is not None
        or not _PART_YEAR_REPORT.search(title_line(lines))
        or end[5:7] in _MONTHS_OF_PART_YEAR
    )


def _is_ahead(day: str, created: str) -> bool:
    """Whether a file was made before a day, and can't know of it."""
    return bool(created) and dt.date.fromisoformat(created) < dt.date.fromisoformat(day) - _LONGEST_AHEAD


def _clearly_most(lines: Iterable[str], year: str) -> str:
    days = Counter(day for line in lines for day in _month_ends(line) if day.startswith(year) and day[5:7] != "12")
    ranked = days.most_common(2)
    is_clear = bool(ranked) and (len(ranked) == 1 or ranked[0][1] >= _CLEARLY_MORE * ranked[1][1])
    return ranked[0][0] if is_clear else ""


def _months_of_text(sources: Sources, year: str) -> set[str]:
    """The ends of the months that the text reports to: ``Prognosen per april``, ``till och med april 2026``."""
    lines = [line for line in sources.texts if not _SPEAKS_OF_ANOTHER.search(line)]
    found = (match for line in lines for match in _UNTIL_MONTH.finditer(line))
    months = {month_number(match["month"]) for match in found if match["year"] in (None, year)}
    return {_month_end(year, month) for month in months if month and month != 12}


def _months_of_name(name: str, year: str) -> Iterator[str]:
    """The ends of the months of the year in a file's name: ``…_2026_04``, ``202604``, ``april 2026``."""
    for match in _MONTH_IN_NAME.finditer(name):
        if year in (match["year"], match["its_year"]):
            number = int(match["number"]) if match["number"] else month_number(match["month"])
            if number and number != 12:
                yield _month_end(year, number)


def _end_of_part(line: str, year: str) -> str:
    """The last day of the month, third or quarter that a title page names, or ""."""
    month = _MONTH_OF_YEAR.search(line)
    part = _PART_OF_YEAR.search(line) if kind_named(line) == "interim_report" else None
    number = month_number(month["month"]) if month and month["year"] == year else None
    if number is None and part and year:
        number = 4 * int(part["third"]) if part["third"] else 3 * int(part["quarter"])
    return _month_end(year, number) if number else ""


def _month_end(year: str, month: int) -> str:
    return dt.date(int(year), month, monthrange(int(year), month)[1]).isoformat()


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
                days.append(_month_end(parts["year"], month))
    return days
