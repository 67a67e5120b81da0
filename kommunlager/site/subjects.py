"""Whom figures are about: the committees and municipalities, their addresses, and the rows of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from kommunlager.site import formats
from kommunlager.site.charts import COLOURS
from kommunlager.site.marts import Marts, Row
from kommunlager.swedish import alphabetical

_NAMED_IN = (
    "documents",
    "committees",
    "budget_deviations",
    "budget_changes",
    "year_over_year_changes",
    "goal_fulfilment",
    "assessments",
    "target_changes",
    "municipality_comparisons",
    "series",
    "audit_findings",
    "restatements",
    "forecast_accuracy",
    "data_coverage",
)
_NAMES = "select distinct municipality_code, municipality, committee from marts.{mart}"
_MUNICIPALITIES = "select municipality_code, municipality from marts.municipalities order by municipality_code"
# A committee with such a name would get the address of one of its municipality's pages.
_SECTIONS = (
    "budget",
    "forandring",
    "mal",
    "jamforelser",
    "tillit",
    "nyckeltal",
    "bedomningar",
    "resultat",
)
_WITHOUT_MUNICIPALITY = "Kommunalförbund och bolag"

Key = tuple[str, str]


@dataclass(frozen=True)
class Subject:
    """A committee, or a whole municipality (then ``committee`` is empty); ``stem`` starts its pages' addresses.

    ``colour`` is the number of the municipality's colour in every chart.
    """

    municipality_code: str
    municipality: str
    committee: str
    stem: str
    colour: int

    @property
    def key(self) -> Key:
        """What its rows are found by."""
        return self.municipality_code, self.committee

    @property
    def name(self) -> str:
        """Its name among the subjects of the same municipality."""
        return self.committee or "Hela kommunen"

    @property
    def whole_name(self) -> str:
        """``Mark, socialnämnden``."""
        return formats.issuer(self.municipality, self.committee)

    @property
    def workbook(self) -> str:
        """The Excel file with its rows alone."""
        return f"{self.stem}.xlsx"

    def link(self, section: str = "") -> Markup:
        """A link to a section of its page."""
        return formats.link(f"{self.address()}#{section}" if section else self.address(), self.name)

    def address(self, section: str = "") -> str:
        """The file name of its page, or of the pages behind a section of it."""
        return f"{self.stem}-{section}.html" if section else f"{self.stem}.html"


class Subjects:
    """All whom the release has figures about, by municipality and committee in alphabetical order."""

    def __init__(self, marts: Marts) -> None:
        names = {
            (row["municipality_code"] or "", row["municipality"] or "", row["committee"] or "")
            for mart in _NAMED_IN
            for row in marts.rows(mart, _NAMES.format(mart=mart))
        }
        stems = _municipality_stems(marts.rows("municipalities", _MUNICIPALITIES))
        codes = sorted({code for code, *_ in names})
        colours = {code: place % COLOURS + 1 for place, code in enumerate(codes)}
        self._municipalities: dict[str, Subject] = {}
        self._committees: dict[str, list[Subject]] = {}
        self._taken: set[str] = set()
        for code, municipality, committee in sorted(names, key=_order):
            name = municipality or _WITHOUT_MUNICIPALITY
            stem = stems.get(code) or formats.slug(name)
            self._municipalities.setdefault(code, Subject(code, name, "", stem, colours[code]))
            if committee:
                own_stem = self._free_stem(f"{stem}-{formats.slug(committee)}", stem)
                self._committees.setdefault(code, []).append(Subject(code, name, committee, own_stem, colours[code]))
        self._all = {subject.key: subject for subject in self}

    def __iter__(self) -> Iterator[Subject]:
        """Each municipality, then its committees."""
        for code, municipality in self._municipalities.items():
            yield municipality
            yield from self._committees.get(code, ())

    @property
    def municipalities(self) -> list[Subject]:
        """The municipalities."""
        return list(self._municipalities.values())

    @property
    def committees(self) -> list[Subject]:
        """The committees of all municipalities."""
        return [committee for of_one in self._committees.values() for committee in of_one]

    def committees_of(self, municipality: Subject) -> list[Subject]:
        """The committees of one municipality."""
        return self._committees.get(municipality.municipality_code, [])

    def municipality_of(self, subject: Subject) -> Subject:
        """The municipality that a committee belongs to."""
        return self._municipalities[subject.municipality_code]

    def of(self, row: Row) -> Subject:
        """Whom a row is about."""
        return self._all[key_of(row)]

    def _free_stem(self, wanted: str, municipality_stem: str) -> str:
        """The stem, or with a number if it belongs to another committee or to a page of the municipality."""
        taken = {f"{municipality_stem}-{section}" for section in _SECTIONS} | self._taken
        stem, number = wanted, 1
        while stem in taken:
            number += 1
            stem = f"{wanted}-{number}"
        self._taken.add(stem)
        return stem


class RowsOf:
    """The rows of a query, by whom they are about, in the order of the query."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: dict[Key, list[Row]] = {}
        for row in rows:
            self._rows.setdefault(key_of(row), []).append(row)

    def add_to_municipality(self, row: Row) -> None:
        """Show a committee's row with the whole municipality's, too."""
        code, committee = key_of(row)
        if committee:
            self._rows.setdefault((code, ""), []).append(row)

    def of(self, subject: Subject) -> list[Row]:
        """The rows about it."""
        return self._rows.get(subject.key, [])


def key_of(row: Row) -> Key:
    """Municipality and committee; no committee for figures of the whole municipality or its group."""
    is_whole = row.get("subject_scope") in ("municipality", "group")
    return row["municipality_code"] or "", "" if is_whole else row["committee"] or ""


def _order(names: tuple[str, str, str]) -> tuple[object, ...]:
    code, municipality, committee = names
    return alphabetical(municipality or _WITHOUT_MUNICIPALITY), code, alphabetical(committee), committee


def _municipality_stems(municipalities: list[Row]) -> dict[str, str]:
    """The stem of each municipality's addresses; with its code where two names (Habo, Håbo) are written alike."""
    slugs = {row["municipality_code"]: formats.slug(row["municipality"]) for row in municipalities}
    alike = {slug for slug in slugs.values() if list(slugs.values()).count(slug) > 1}
    return {code: f"{slug}-{code}" if slug in alike else slug for code, slug in slugs.items()}
