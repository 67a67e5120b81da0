"""Key figures over time: the reports' own measures, a page for each municipality, and Kolada's."""

import re
from collections.abc import Iterable
from functools import partial
from operator import itemgetter

from kommunlager.site import formats
from kommunlager.site.charts import Point, line_chart
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Page
from kommunlager.site.pages import kolada_comparisons
from kommunlager.site.sources import Sources
from kommunlager.site.tables import Column, FigureSources, Table, make_table
from kommunlager.swedish import genitive

_SERIES = """
    select s.*, a.activity_label, m.better_when
    from marts.series as s
    left join marts.activities as a on a.activity_code = s.activity_code
    left join marts.measures as m on m.measure_code = s.subject_code
    where s.subject_kind = 'measure' and s.gender = 'T' and s.value_kind in ('outcome', 'forecast', 'target')
    order by
        s.municipality, s.committee, s.activity_code <> 'total', a.activity_label, s.subject_label, s.period_end,
        s.period_basis, s.value_kind
"""
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
_BETTER = {"higher": "högre är bättre", "lower": "lägre är bättre"}


def make_pages(marts: Marts, sources: Sources) -> list[Page]:
    """``nyckeltal.html`` links to ``nyckeltal-<kommunkod>.html`` and, with Kolada's figures, to pages about them."""
    of_municipalities = _grouped(marts.rows("series", _SERIES), "municipality_code")
    pages = [_municipality_page(rows, sources) for rows in of_municipalities]
    keyed = marts.rows("key_figures", _KEYED)
    pages += [_kolada_page(keyed)] if keyed else []
    pages += kolada_comparisons.make_pages(marts, sources)
    title = "Hur har nyckeltalen utvecklats?"
    return [Page("nyckeltal.html", title, "key_figures.html", "nyckeltal.html", {"pages": pages}), *pages]


def _grouped(rows: Iterable[Row], *fields: str) -> list[list[Row]]:
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[field] for field in fields), []).append(row)
    return list(groups.values())


def _municipality_page(rows: list[Row], sources: Sources) -> Page:
    municipality, code = rows[0]["municipality"], rows[0]["municipality_code"]
    measures = [_measure(m, sources) for m in _grouped(rows, "committee", "subject_code", "activity_code", "unit")]
    return _page(
        f"nyckeltal-{code}.html",
        f"{municipality}: nyckeltal över tid",
        f"{len(measures)} nyckeltal i {genitive(municipality)} rapporter.",
        "Fyllda punkter är utfall, öppna romber prognoser, korta streck mål.",
        measures,
    )


def _kolada_page(rows: list[Row]) -> Page:
    kpis = [_kpi(of_kpi) for of_kpi in _grouped(rows, "kpi_id")]
    return _page(
        "kolada.html",
        "Kolada: kommunernas nyckeltal över tid",
        f"{len(kpis)} nyckeltal från Kolada för kommuner som har rapporter här.",
        "Källa: Kolada. Uppgifter märkta ”ur rapport” kommer från kommunens rapport, som har hämtat dem från Kolada.",
        kpis,
    )


def _page(file_name: str, title: str, answer: str, legend: str, measures: list[Row]) -> Page:
    """Measures under a heading for each of their groups; those with a chart first."""
    groups = [sorted(group, key=lambda it: not it["chart"].drawing) for group in _grouped(measures, "group")]
    titled = [(group[0]["group"], group) for group in groups]
    sections = [{"title": title, "anchor": formats.slug(title), "measures": group} for title, group in titled]
    content = {"answer": answer, "legend": legend, "sections": sections, "count": len(measures)}
    return Page(file_name, title, "key_figures_over_time.html", "nyckeltal.html", content)


def _measure(rows: list[Row], sources: Sources) -> Row:
    label, unit = rows[0]["subject_label"], rows[0]["unit"]
    outcomes = [row for row in rows if row["value_kind"] == "outcome"]
    points = [
        Point(row["fiscal_year"], float(row["value"]), _basis(row), row["value_kind"], formats.number(row["value"]))
        for row in rows
        if row["value"] is not None
    ]
    latest = outcomes[-1] if outcomes else None
    return {
        "label": label,
        "group": rows[0]["activity_label"] or "Övrigt",
        "better": _BETTER.get(rows[0]["better_when"]),
        "latest": f"{formats.quantity(latest['value'], unit)}, {latest['period_label']}" if latest else None,
        "chart": line_chart(points if len(outcomes) > 1 else [], _chart_in_words(label, outcomes)),
        "table": make_table(label, _COLUMNS, reversed(rows), FigureSources(sources, {"Värdet": "figure_id"}, _remark)),
    }


def _basis(row: Row) -> str:
    """What the periods of a line have in common: their days without the year, such as ``jul–jun`` or ``31 aug``."""
    return "helår" if row["period_basis"] == "full_year" else re.sub(r" \d{4}", "", row["period_label"])


def _chart_in_words(label: str, outcomes: list[Row]) -> str:
    if not outcomes:
        return label
    first, last = outcomes[0], outcomes[-1]
    return (
        f"Linjediagram, {label}: från {formats.quantity(first['value'], first['unit'])} ({first['period_label']})"
        f" till {formats.quantity(last['value'], last['unit'])} ({last['period_label']})."
    )


def _remark(row: Row) -> str | None:
    return "Beräknat ur andra uppgifter i rapporten." if row["is_derived"] else None


def _kpi(rows: list[Row]) -> Row:
    points = [
        Point(row["year"], float(row["value"]), row["municipality"], "outcome", formats.number(row["value"]))
        for row in rows
    ]
    municipalities = list(dict.fromkeys(row["municipality"] for row in rows))
    latest = [of_one[-1] for of_one in _grouped(rows, "municipality")]
    return {
        "label": f"{rows[0]['kpi_title']} ({rows[0]['kpi_id']})",
        "group": rows[0]["theme_sv"],
        "better": _BETTER.get(rows[0]["better_when"]),
        "latest": "; ".join(f"{row['municipality']} {_keyed_value(row)}, {row['year']}" for row in latest),
        "chart": line_chart(points, f"Linjediagram, {rows[0]['kpi_title']}. Alla tal finns i tabellen."),
        "table": _kpi_table(rows, municipalities),
    }


def _kpi_table(rows: list[Row], municipalities: list[str]) -> Table:
    """A row for each year, a column for each municipality."""
    years: dict[str, Row] = {}
    for row in reversed(rows):
        years.setdefault(str(row["year"]), {"year": str(row["year"])})[row["municipality"]] = _keyed_value(row)
    columns = [Column("År", itemgetter("year"))]
    columns += [Column(name, partial(_cell, name), numeric=True) for name in municipalities]
    return make_table(rows[0]["kpi_title"], columns, sorted(years.values(), key=itemgetter("year"), reverse=True), None)


def _cell(name: str, row: Row) -> str:
    return str(row.get(name, formats.MISSING))


def _keyed_value(row: Row) -> str:
    value = formats.quantity(row["value"], row["unit"])
    if row["source"] == "report":
        return f"{value} (ur rapport)"
    return f"{value} (preliminärt)" if row["is_preliminary"] else value


_KINDS = {"outcome": "Utfall", "forecast": "Prognos", "target": "Mål"}
_COLUMNS = (
    Column("Period", lambda row: row["period_label"]),
    Column("Slag", lambda row: _KINDS[row["value_kind"]]),
    Column("Värde", lambda row: formats.quantity(row["value"], row["unit"]), numeric=True),
)
