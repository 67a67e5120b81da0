"""How the municipalities compare, and what may mislead."""

from kommunlager.site import formats
from kommunlager.site.charts import LineChart, Point, line_chart
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Page
from kommunlager.site.sources import Sources
from kommunlager.site.tables import Column, Table, TableRow

COMPARISONS = """
    select *
    from marts.municipality_comparisons
    where gender = 'T'
    order by
        case comparability when 'same' then 1 when 'similar' then 2 else 3 end,
        comparison_code,
        period_end desc,
        period_basis,
        value_kind desc,
        municipality,
        committee
"""
_CAUTION_MARKS = {"same": "good", "similar": "partly", "caution": "caution"}
_BETTER = {"higher": "högre är bättre", "lower": "lägre är bättre"}


def make_pages(marts: Marts, sources: Sources) -> list[Page]:
    """One page with a section for each comparison, the most comparable first."""
    comparisons: dict[str, list[Row]] = {}
    for row in marts.rows("municipality_comparisons", COMPARISONS):
        comparisons.setdefault(row["comparison_code"], []).append(row)
    sections = [_section(rows, sources) for rows in comparisons.values()]
    title = "Hur ligger kommunerna till?"
    return [Page("jamforelser.html", title, "comparisons.html", "jamforelser.html", {"sections": sections})]


def _section(rows: list[Row], sources: Sources) -> Row:
    together = [row for row in rows if row["municipalities_compared"] > 1]
    shown = together or _latest_of_each(rows)
    worst = max(rows, key=lambda row: list(_CAUTION_MARKS).index(row["comparability"]))
    return {
        "anchor": formats.slug(rows[0]["comparison_code"]),
        "title": rows[0]["measure_label"],
        "better": _BETTER.get(rows[0]["better_when"]),
        "caution": formats.mark(_CAUTION_MARKS[worst["comparability"]], worst["comparability_sv"]),
        "notes": list(dict.fromkeys(row["comparability_note"] for row in rows if row["comparability_note"])),
        "answer": _answer(together),
        "chart": _chart(rows),
        "table": _table("Perioder som går att jämföra" if together else "Senaste talen", shown, sources),
        "rest": _table("Fler perioder", [row for row in rows if row not in shown], sources),
    }


def _latest_of_each(rows: list[Row]) -> list[Row]:
    return list({row["municipality"]: row for row in reversed(rows)}.values())[::-1]


def _answer(together: list[Row]) -> str:
    """The latest period in which at least two can be compared, or that there is none."""
    if not together:
        return "Ännu finns ingen period med jämförbara tal från mer än en kommun; läs talen nedan var för sig."
    latest = [row for row in together if _period(row) == _period(together[0])]
    ranked = sorted(latest, key=lambda row: (row["rank"] or 0, row["municipality"]))
    values = ", ".join(f"{row['municipality']} {formats.quantity(row['value'], row['unit'])}" for row in ranked)
    unranked = (
        "" if ranked[0]["rank"] else " Rangordnas inte: uppdrag eller definitioner skiljer sig mellan kommunerna."
    )
    return f"{_period(ranked[0])}: {values}.{unranked}"


def _chart(rows: list[Row]) -> LineChart:
    """A line for each municipality; only whole years if periods differ."""
    if len({(row["period_basis"], row["period_end"].strftime("%m-%d")) for row in rows}) > 1:
        rows = [row for row in rows if row["period_basis"] == "full_year"]
    points = [
        Point(
            row["fiscal_year"],
            float(row["value"]),
            row["municipality"],
            row["value_kind"],
            formats.number(row["value"]),
        )
        for row in sorted(rows, key=lambda row: (row["municipality"], row["fiscal_year"]))
        if row["value"] is not None
    ]
    label = rows[0]["measure_label"] if rows else ""
    return line_chart(points, f"Linjediagram över {label}, helår. Alla tal finns i tabellen.")


def _table(caption: str, rows: list[Row], sources: Sources) -> Table:
    """A row for each period, a column for each municipality."""
    municipalities = sorted({row["municipality"] for row in rows})
    periods: dict[str, dict[str, Row]] = {}
    for row in rows:
        periods.setdefault(_period(row), {})[row["municipality"]] = row
    columns = [
        Column("Period", lambda row: row),
        *(Column(name, lambda row: row, numeric=True) for name in municipalities),
    ]
    members = tuple(_period_row(title, of_period, municipalities, sources) for title, of_period in periods.items())
    return Table(caption, columns, (("", members),) if members else ())


def _period_row(title: str, of_period: dict[str, Row], municipalities: list[str], sources: Sources) -> TableRow:
    cells = tuple(_value(of_period[name]) if name in of_period else formats.MISSING for name in municipalities)
    named_ids = [(name, row["figure_id"] or row["input_figure_ids"]) for name, row in of_period.items()]
    remark = "; ".join(f"{name}: {row['source_ref']}" for name, row in of_period.items() if not row["figure_id"])
    return TableRow((title, *cells), sources.cite(title, named_ids, remark, _populations(of_period)))


def _populations(of_period: dict[str, Row]) -> str | None:
    """The populations behind values per inhabitant."""
    counts = [
        f"{name} {formats.number(row['input_kpi_value'])} ({row['input_kpi_id']} {row['input_kpi_year']})"
        for name, row in of_period.items()
        if row["input_kpi_id"]
    ]
    return f"Invånare 31 december: {', '.join(counts)}. Källa: Kolada." if counts else None


def _value(row: Row) -> str:
    rank = f" (plats {row['rank']})" if row["rank"] else ""
    return formats.quantity(row["value"], row["unit"]) + rank


def _period(row: Row) -> str:
    return f"{row['value_kind_sv']} {row['fiscal_year']}, {basis(row)}"


def basis(row: Row) -> str:
    """What a period is and, where it is not a year, its last day: hittills i år till och med 31 augusti 2025."""
    if row["period_basis"] == "full_year":
        return "helår"
    if row["period_basis"] == "point_in_time":
        return f"ställning {formats.day(row['period_end'])}"
    return f"{row['period_basis_sv'].lower()} till och med {formats.day(row['period_end'])}"
