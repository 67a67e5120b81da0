"""Kolada's figures: a municipality's rank among all and among similar ones, and changes since the year before."""

from collections.abc import Callable
from dataclasses import dataclass

from kommunlager.site import formats
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Page
from kommunlager.site.sources import Sources
from kommunlager.site.tables import Column, FigureSources, Table, make_table

# The latest year of each KPI in the seeds, for municipalities that have reports here.
_LATEST = """
    select a.*, p.theme_sv
    from marts.{mart} as a
    inner join marts.municipalities as m on m.municipality_code = a.municipality_code
    inner join marts.kpis as p on p.kpi_id = a.kpi_id
    where a.gender = 'T' and p.is_mapped and m.report_count > 0 and {where}
    qualify rank() over (partition by a.kpi_id, a.municipality_code order by a.year desc, a.source = 'report') = 1
    order by a.municipality, {order}, a.kpi_title, a.kpi_id
"""
_MARKS = {"better": "good", "worse": "bad", "increased": "up", "decreased": "down", "above": "up", "below": "down"}


def make_pages(marts: Marts, sources: Sources) -> list[Page]:
    """One page with a section for each municipality; none without such figures."""
    tables: dict[str, list[Table]] = {}
    kpis: set[str] = set()
    shown: list[str] = []
    for part in _PARTS:
        of_municipality: dict[str, list[Row]] = {}
        for row in marts.rows(part.mart, _LATEST.format(mart=part.mart, where=part.where, order=part.order)):
            of_municipality.setdefault(row["municipality"], []).append(row)
            kpis.add(row["kpi_id"])
        shown += [part.caption.lower()] if of_municipality else []
        for name, rows in of_municipality.items():
            tables.setdefault(name, []).append(_table(part, rows, sources))
    content = {
        "answer": f"Senaste årets uppgifter: {', '.join(shown)}.",
        "legend": _LEGEND,
        "sections": [{"anchor": formats.slug(name), "title": name, "tables": tables[name]} for name in sorted(tables)],
        "count": len(kpis),
    }
    title = "Kolada: läge och förändring"
    return [Page("kolada-lage.html", title, "sections.html", "nyckeltal.html", content)] if tables else []


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
    caption = f"{part.caption}, {rows[0]['municipality']}"
    return make_table(caption, part.columns, rows, cited, group=lambda row: row[part.group] or "Övrigt")


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
