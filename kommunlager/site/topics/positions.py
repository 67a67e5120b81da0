"""A municipality's position in each KPI, among all and among similar municipalities, and its change in a year."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kommunlager.site import formats
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Page, Part
from kommunlager.site.paging import paged
from kommunlager.site.sources import Sources
from kommunlager.site.subjects import RowsOf, Subject, Subjects
from kommunlager.site.tables import Column, FigureSources, Table, make_table

# The latest year of each KPI in the seeds, for municipalities that have reports here.
_LATEST = """
    select a.*, '' as committee, p.theme_sv
    from marts.{mart} as a
    inner join marts.municipalities as m on m.municipality_code = a.municipality_code
    inner join marts.kpis as p on p.kpi_id = a.kpi_id
    where a.gender = 'T' and p.is_mapped and m.report_count > 0 and {where}
    qualify rank() over (partition by a.kpi_id, a.municipality_code order by a.year desc, a.source = 'report') = 1
    order by a.municipality, {order}, a.kpi_title, a.kpi_id
"""
_MARKS = {"better": "good", "worse": "bad", "increased": "up", "decreased": "down", "above": "up", "below": "down"}


class Positions:
    """The rows of each municipality, by what they say."""

    def __init__(self, marts: Marts, sources: Sources) -> None:
        self._sources = sources
        self._rows = {
            part: RowsOf(marts.rows(part.mart, _LATEST.format(mart=part.mart, where=part.where, order=part.order)))
            for part in _PARTS
        }

    def address_of(self, municipality: Subject) -> str:
        """The file name of its page; empty without such figures."""
        is_known = any(rows.of(municipality) for rows in self._rows.values())
        return f"nyckeltal-{municipality.stem}.html" if is_known else ""

    def pages(self, subjects: Subjects) -> Iterator[Page]:
        """A page for each municipality that has such figures."""
        for municipality in subjects.municipalities:
            address = self.address_of(municipality)
            if address:
                yield from self._pages_of(municipality, address)

    def _pages_of(self, municipality: Subject, address: str) -> Iterator[Page]:
        tables = [
            _table(part, rows.of(municipality), self._sources)
            for part, rows in self._rows.items()
            if rows.of(municipality)
        ]
        shown = ", ".join(table.caption.lower() for table in tables)
        is_fetched = any(row["source"] != "report" for rows in self._rows.values() for row in rows.of(municipality))
        content = {"answer": f"Senaste årets uppgifter: {shown}.", "remark": _LEGEND if is_fetched else _CITED}
        title = f"{municipality.municipality}: nyckeltal, läge och förändring"
        trail = (("index.html", "Översikt"), (municipality.address(), municipality.municipality))
        page = Page(address, title, "across.html", "nyckeltal.html", content, trail)
        return paged(page, [Part(title=table.caption, tables=(table,)) for table in tables])


@dataclass(frozen=True)
class _Part:
    """One of the marts: its rows, their order and their headings."""

    mart: str
    caption: str
    columns: tuple[Column, ...]
    group: str
    order: str
    where: str = "true"


def _table(part: _Part, rows: list[Row], sources: Sources) -> Table:
    cited = FigureSources(sources, {}, lambda row: row["source_ref"], lambda row: row.get("membership_note_sv"))
    return make_table(part.caption, part.columns, rows, cited, group=lambda row: row[part.group] or "Övrigt")


def _kpi(row: Row) -> str:
    return f"{row['kpi_title']} ({row['kpi_id']})"


def _year(row: Row) -> str:
    return f"{row['year']}, preliminärt" if row["is_preliminary"] else str(row["year"])


def _value(row: Row) -> str:
    cited = " (ur rapport)" if row["source"] == "report" else ""
    return formats.quantity(row["value"], row["unit"]) + cited


def _quantity(field: str) -> Callable[[Row], str]:
    return lambda row: formats.quantity(row[field], row["unit"])


def _marked(code: str, words: str) -> Callable[[Row], object]:
    return lambda row: formats.mark(_MARKS.get(row[code], "even"), row[words])


def _place(row: Row) -> str:
    """The rank if one direction is better, or else how many are lower."""
    if row["rank"]:
        return f"{row['rank']} av {row['municipalities_answered']}"
    return f"{formats.percent(row['percentile'], 0)} lägre" if row["percentile"] is not None else formats.MISSING


def _side(row: Row) -> object:
    words = f"{row['side_of_median_sv']} sedan {row['same_side_since_year']}"
    return formats.mark(_MARKS.get(row["side_of_median"], "even"), words)


_FIRST = (
    Column("Nyckeltal", _kpi),
    Column("År", _year, numeric=True),
    Column("Värde", _value, numeric=True),
)


def _against(median: str) -> tuple[Column, ...]:
    """The value beside a median, and their difference."""
    return (
        *_FIRST,
        Column("Median", _quantity(median), numeric=True),
        Column("Skillnad", lambda row: formats.signed(row["difference_to_median"]), numeric=True),
    )


# A median of the few that happen to be loaded would mislead.
_MOST_ANSWERED = "2 * a.{0}_answered >= a.{0}_in_all"
# Groups similar for social-services committees, and in general; all other groups are in the mart.
_FAMILIES = "('Liknande kommuner IFO', 'Liknande kommuner, övergripande')"
_LEGEND = (
    "Källa: Kolada. Median, plats och skillnader är egen bearbetning. Läget visas där minst hälften av kommunerna har"
    " ett värde. Av kommungrupperna visas liknande kommuner, övergripande och inom individ- och familjeomsorg; alla"
    " grupper finns i databasen."
)
_CITED = "Uppgifter märkta ”ur rapport” står i kommunens rapport; källan är rapporten."
_PARTS = (
    _Part(
        mart="key_figure_comparisons",
        caption="Läge bland landets kommuner",
        columns=(
            *_against("median_of_municipalities"),
            Column("Plats", _place, numeric=True),
        ),
        group="theme_sv",
        order="p.theme_sv",
        where=_MOST_ANSWERED.format("municipalities"),
    ),
    _Part(
        mart="key_figure_group_comparisons",
        caption="Läge bland liknande kommuner",
        columns=(
            *_against("median_of_members"),
            Column("Mot medianen", _side),
        ),
        group="group_title",
        order="a.group_title",
        where=f"a.group_family in {_FAMILIES} and {_MOST_ANSWERED.format('members')}",
    ),
    _Part(
        mart="key_figure_changes",
        caption="Förändring sedan föregående år",
        columns=(
            *_FIRST,
            Column("Föregående år", _quantity("previous_value"), numeric=True),
            Column("Förändring", lambda row: formats.signed(row["change"]), numeric=True),
            Column("Riktning", _marked("direction", "direction_sv")),
        ),
        group="theme_sv",
        order="p.theme_sv",
    ),
)
