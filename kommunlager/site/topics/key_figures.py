"""Key figures by KPI: Kolada's and those that reports cite, a page for each KPI, and where each municipality stands."""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from kommunlager.site import formats
from kommunlager.site.charts import Point, line_chart
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Page, Part
from kommunlager.site.paging import paged
from kommunlager.site.sources import Sources
from kommunlager.site.subjects import Subject, Subjects
from kommunlager.site.tables import Column, FigureSources, make_table
from kommunlager.site.topics.positions import Positions
from kommunlager.site.topics.series import BETTER, grouped

# Municipalities that have reports here, and KPIs in the seeds; a key-figure file takes precedence over a citation.
_KEYED = """
    select k.*, p.theme_sv
    from marts.key_figures as k
    inner join marts.municipalities as m on m.municipality_code = k.municipality_code
    inner join marts.kpis as p on p.kpi_id = k.kpi_id
    where k.gender = 'T' and k.is_mapped and m.report_count > 0 and k.value is not null
    qualify
        row_number() over (
            partition by k.kpi_id, k.municipality_code, k.year order by k.source = 'report', k.source
        ) = 1
    order by p.theme_sv, k.kpi_title, k.kpi_id, k.municipality, k.year
"""
_LIST = ("nyckeltal.html", "Alla nyckeltal")
_NOT_FETCHED = (
    "Kör kommunlager kolada sync och därefter kommunlager run för att visa kommunens läge bland landets kommuner."
)
_CITED = "Uppgifter märkta ”ur rapport” står i kommunens rapport; källan är rapporten."


class KeyFigures:
    """The KPIs of municipalities that have reports here."""

    def __init__(self, marts: Marts, sources: Sources) -> None:
        self._sources = sources
        self._kpis = grouped(marts.rows("key_figures", _KEYED), "kpi_id")
        self._positions = Positions(marts, sources)

    def address_of(self, municipality: Subject) -> str:
        """The page about where a municipality stands; empty if nothing is known."""
        return self._positions.address_of(municipality)

    def pages(self, subjects: Subjects, measured: Iterable[Subject]) -> Iterator[Page]:
        """``nyckeltal.html``, a page for each KPI, and one for each municipality.

        ``measured`` are those whose reports have measures of their own.
        """
        is_fetched = any(row["source"] != "report" for rows in self._kpis for row in rows)
        measures = [
            {"title": rows[0]["theme_sv"], "address": _address(rows), "name": _name(rows), "latest": _latest(rows)}
            for rows in self._kpis
        ]
        content = {
            "answer": _in_words(self._kpis, is_fetched),
            "todo": "" if is_fetched else _NOT_FETCHED,
            "themes": grouped(measures, "title"),
            "municipalities": [
                (address, one.municipality) for one in subjects.municipalities if (address := self.address_of(one))
            ],
            "committees": [(subject.address("nyckeltal"), subject.whole_name) for subject in measured],
        }
        yield Page("nyckeltal.html", "Hur har nyckeltalen utvecklats?", "key_figures.html", "nyckeltal.html", content)
        for rows in self._kpis:
            yield from self._kpi_pages(rows, subjects)
        yield from self._positions.pages(subjects)

    def _kpi_pages(self, rows: Sequence[Row], subjects: Subjects) -> Iterator[Page]:
        colours = {one.municipality: one.colour for one in subjects.municipalities}
        points = [
            Point(row["year"], float(row["value"]), name, "outcome", formats.number(row["value"]), colours.get(name))
            for row in rows
            for name in (row["municipality"],)
        ]
        better = BETTER.get(rows[0]["better_when"])
        cited = {row["source"] for row in rows}
        sentences = [
            f"{better.capitalize()}." if better else "",
            "Källa: Kolada." if cited - {"report"} else "",
            _CITED if "report" in cited else "",
        ]
        content = {"answer": _latest(rows), "remark": " ".join(filter(None, sentences))}
        page = Page(_address(rows), _name(rows), "across.html", "nyckeltal.html", content, trail=(_LIST,))
        by_year = sorted(rows, key=lambda row: (-row["year"], row["municipality"]))
        cited_rows = FigureSources(self._sources, {}, itemgetter("source_ref"))
        table = make_table(rows[0]["kpi_title"], _COLUMNS, by_year, cited_rows, group=lambda row: str(row["year"]))
        chart = line_chart(points, f"Linjediagram, {rows[0]['kpi_title']}. Alla tal finns i tabellen.")
        return paged(page, [Part(lines=chart, tables=(table,))])


def _in_words(kpis: Sequence[Sequence[Row]], is_fetched: bool) -> str:
    if not kpis:
        return "Rapporternas egna nyckeltal finns hos varje nämnd."
    origin = "från Kolada och ur rapporterna" if is_fetched else "som rapporterna återger"
    return f"{formats.number(len(kpis))} nyckeltal {origin}, och rapporternas egna mått nämnd för nämnd."


def _address(rows: Sequence[Row]) -> str:
    return f"nyckeltal-{formats.slug(rows[0]['kpi_id'])}.html"


def _name(rows: Sequence[Row]) -> str:
    return f"{rows[0]['kpi_title']} ({rows[0]['kpi_id']})"


def _latest(rows: Sequence[Row]) -> str:
    """The latest value of each municipality; the lowest and highest where there are many."""
    latest = [of_one[-1] for of_one in grouped(rows, "municipality")]
    if len(latest) <= _MOST_LISTED:
        return "; ".join(f"{row['municipality']} {_value(row)}, {row['year']}" for row in latest) + "."
    low, high = (choose(latest, key=itemgetter("value")) for choose in (min, max))
    lowest, highest = (f"{_value(row)} ({row['municipality']})" for row in (low, high))
    return f"{len(latest)} kommuner: från {lowest} till {highest}."


def _value(row: Row) -> str:
    value = formats.quantity(row["value"], row["unit"])
    if row["source"] == "report":
        return f"{value} (ur rapport)"
    return f"{value} (preliminärt)" if row["is_preliminary"] else value


# More municipalities than this are summed up in words.
_MOST_LISTED = 6
_COLUMNS = (
    Column("Kommun", itemgetter("municipality")),
    Column("Värde", _value, numeric=True),
)
