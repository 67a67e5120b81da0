"""Finds whose report it is: which municipality's, and which committee's, federation's or company's.

Only the title page, page headers and footers, web addresses and document properties count, and only where they agree:
the name that a text mentions most often may be anybody's.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ingest.reading.document.evidence import Fact, Sources
from ingest.reading.vocabulary.periods import MONTH, YEAR

# A name that is mentioned once may be any.
_LEAST_MENTIONS = 3
_LEAST_COMMITTEES = 3
_LEAST_LETTERS = 5

_PLACE = re.compile(
    r"\b(?P<name>[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)?) (?i:kommun|stad|kommunfullmäktige)(?i:s|en|ens)?\b"
)
_LETTER_DATE = re.compile(rf"(?P<name>[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)?),? (?:den )?\d{{1,2}} {MONTH} {YEAR}")
_WEB = re.compile(r"(?:^|[\s/@.])(?P<name>[a-z0-9-]+)\.se\b", re.IGNORECASE)
# `Kultur- och fritidsnämnden`, also after another word in small letters; `Nämnden för kultur och fritid`;
# `Kommunstyrelsens arbetsutskott`, which is not the board itself; `Tekniska nämnden`.
_COMMITTEE = re.compile(
    r"""\b(?: [Nn]ämnden\ för\ [A-ZÅÄÖ]?[a-zåäö]{3,}(?:\ och\ [a-zåäö]{4,})?
    | [A-ZÅÄÖa-zåäö][a-zåäö]*(?:nämnde|styrelse)ns\ [a-zåäö]+utskott(?:et)?(?=s?\b)
    | (?!hela|denna|andra|egna)[A-ZÅÄÖa-zåäö][a-zåäö]{4,}a\ (?:nämnden|utskottet)(?:\ för\ [a-zåäö]{4,})?(?=s?\b)
    | [Rr]evisorskollegiet(?=s?\b)
    | (?: (?:[A-ZÅÄÖa-zåäö][a-zåäö]+-(?:,\ [a-zåäö]+-)* | [A-ZÅÄÖ][a-zåäö]+(?<!nämnden)(?:,\ [a-zåäö]+)*)\ och\  )?
      [A-ZÅÄÖa-zåäö][a-zåäö]*(?:nämnd(?:en)?|styrelsen?)(?=s?\b) )""",
    re.VERBOSE,
)
_NO_COMMITTEE = ("nämnden", "styrelsen", "nämnd", "styrelse")
_ADDRESSEE = re.compile(r"till\b", re.IGNORECASE)
_BOARD = re.compile(r"kommunstyrelsen?", re.IGNORECASE)
_FEDERATION = re.compile(
    r"\b\w*(?:kommunal|samordnings|räddningstjänst|gymnasie|utbildnings|vård|avfalls)förbund\w*", re.IGNORECASE
)
_COMPANY = re.compile(r"\b(?:[A-ZÅÄÖ][\w&-]+ AB|AB [A-ZÅÄÖ][\w-]+)\b")
_TAXES = re.compile(r"(?:kommunal)?skatteintäkter\b", re.IGNORECASE)
_NET_COST = re.compile(r"verksamhetens nettokostnad", re.IGNORECASE)


@dataclass(frozen=True)
class Municipalities:
    """The names of municipalities, by the ways in which reports and people write them."""

    names: tuple[str, ...]

    @cached_property
    def _by_key(self) -> dict[str, str]:
        return {name.casefold(): name for name in self.names}

    @cached_property
    def _by_address(self) -> dict[str, str]:
        return {_flat(name) + ending: name for name in self.names for ending in ("", "kommun")}

    @cached_property
    def _regions(self) -> tuple[str, ...]:
        return tuple(name for name in self.names if name.startswith("Region "))

    def meant(self, text: str) -> str | None:
        """The municipality that a person means: ``Habo kommun``, ``Stockholms stad`` and ``HABO`` are understood."""
        plain = " ".join(text.split()).casefold()
        bare = re.sub(r"\s(?:kommun|stad)s?$", "", plain)
        return next((self._by_key[key] for key in (plain, bare, bare.removesuffix("s")) if key in self._by_key), None)

    def alone(self, lines: Iterable[str]) -> list[str]:
        """The municipalities whose names are lines of their own; in a text that may be any word, such as ``Mark``."""
        return [name for line in lines if (name := self.meant(line))]

    def named(self, lines: Iterable[str]) -> list[str]:
        """The municipalities that lines name as such: with ``kommun`` or ``stad``, or above a letter's date."""
        found: list[str | None] = []
        for line in lines:
            said = [match["name"] for pattern in (_PLACE, _LETTER_DATE) for match in pattern.finditer(line)]
            found += [self.meant(name) or self.meant(name.split()[-1]) for name in said]
            # The reports of municipalities speak of their region too.
            found += [name for name in self._regions if name in line]
        return [name for name in found if name]

    def addressed(self, lines: Iterable[str]) -> list[str]:
        """The municipalities whose web address is in the lines: ``www.goteborg.se``, ``info@habokommun.se``."""
        found = (match["name"].lower().replace("-", "") for line in lines for match in _WEB.finditer(line))
        return [self._by_address[name] for name in found if name in self._by_address]

    def in_file_name(self, file_name: str) -> list[str]:
        """The municipalities that a file is named after; short names may be ordinary words."""
        words = (_flat(word) for word in re.split(r"[\W_]+", file_name))
        return [self._by_address[word] for word in words if len(word) >= _LEAST_LETTERS and word in self._by_address]


def municipality(sources: Sources, municipalities: Municipalities) -> Fact | None:
    """The only municipality that the report's own places name, else the only one that a weaker source names."""
    around = sources.surroundings
    edges = (*sources.front, *around.repeated, *around.outer)
    for claims in (
        {
            "named on the title page": [*municipalities.named(sources.front), *municipalities.alone(sources.front)],
            "named in page headers and footers": municipalities.named(around.repeated),
            "named at the edge of the first or last page": municipalities.named(around.outer),
            "web address": municipalities.addressed(edges),
        },
        {
            "document property": municipalities.named([around.title]),
            "file name": municipalities.in_file_name(around.name),
        },
    ):
        if any(claims.values()):
            return _agreed(claims)
    named = municipalities.named(sources.texts)
    is_sure = len(named) >= _LEAST_MENTIONS
    return _agreed({"the only municipality that the text names": named}) if is_sure else None


def committee(sources: Sources) -> Fact | None:
    """The committee that the title page or the page headers name; none where they name several or disagree."""
    on_front = [line for line in sources.front if not _ADDRESSEE.match(line)]
    front, in_title = _committees(on_front), _committees([sources.title_line])
    return _agreed(
        {
            "named on the title page": in_title if len(set(front)) > 1 and in_title else front,
            "named in page headers and footers": _committees(sources.surroundings.repeated),
        }
    )


def issuer_kind(sources: Sources, committee: Fact | None) -> Fact | None:
    """What issued the report; a committee that is found issued it, unless committees are what its tables list."""
    if committee is None or _BOARD.fullmatch(committee.value):
        rows = sources.labels
        committees = {name for label in rows for name in _committees([label]) if len(name) >= len(label) - 1}
        if len(committees) >= _LEAST_COMMITTEES:
            return Fact("municipality", "rows that are committees")
        if any(map(_TAXES.match, rows)) and any(map(_NET_COST.match, rows)):
            return Fact("municipality", "rows of tax income and net cost")
    if committee is not None:
        return Fact("committee", committee.evidence)
    places = {"title page": sources.front, "page headers and footers": sources.surroundings.repeated}
    for kind, pattern in (("federation", _FEDERATION), ("company", _COMPANY)):
        for where, lines in places.items():
            named = next((match for line in lines if (match := pattern.search(line))), None)
            if named:
                return Fact(kind, f"{where}: {named[0]}")
    return None


def _agreed(claims: dict[str, list[str]]) -> Fact | None:
    """The only name that is claimed, with all its sources."""
    names = {name for claimed in claims.values() for name in claimed}
    if len(names) != 1:
        return None
    return Fact(names.pop(), ", ".join(source for source, claimed in claims.items() if claimed))


def _flat(name: str) -> str:
    """A name as addresses and files spell it, in plain small letters."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain)


def _committees(lines: Iterable[str]) -> list[str]:
    """The committees that lines name, each with a capital letter: titles name them in small letters too."""
    found = (match[0] for line in lines for match in _COMMITTEE.finditer(line))
    return [name[0].upper() + name[1:] for name in found if name.lower() not in _NO_COMMITTEE]
