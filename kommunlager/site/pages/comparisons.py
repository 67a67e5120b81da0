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
    where gender = 'T' and is_current
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
    """One page with a section for each comparison of like committees, the most comparable first."""
    comparisons: dict[str, dict[str, list[Row]]] = {}
    for row in marts.rows("municipality_comparisons", COMPARISONS):
        like = comparisons.setdefault(row["comparison_code"], {})
        like.setdefault(_kind_of_committee(row), []).append(row)
    sections = [
        _section(_with_subjects(rows), kind if len(like) > 1 else "", sources)
        for like in comparisons.values()
        for kind, rows in like.items()
    ]
    title = "Hur ligger kommunerna till?"
    return [Page("jamforelser.html", title, "comparisons.html", "jamforelser.html", {"sections": sections})]


def cautions(rows: list[Row]) -> list[str]:
    """What the notes of the rows say, each thing once, in the order in which it is first said."""
    notes: list[str] = []
    said: set[str] = set()
    for note in dict.fromkeys(row["comparability_note"] for row in rows if row["comparability_note"]):
        new = [part for part in note.split("; ") if part not in said]
        said.update(new)
        if new:
            notes.append("; ".join(new))
    return notes


def _kind_of_committee(row: Row) -> str:
    return row["committee_kind_sv"] or ", ".join(filter(None, (row["municipality"], row["committee"])))


def _with_subjects(rows: list[Row]) -> list[Row]:
    """Rows with the name that readers see: the municipality, and its committee if it has several among the rows."""
    committees: dict[str, set[str]] = {}
    for row in rows:
        committees.setdefault(row["municipality"], set()).add(row["committee"])
    return [
        {
            **row,
            "subject": row["municipality"]
            if len(committees[row["municipality"]]) == 1
            else f"{row['municipality']}, {row['committee']}",
        }
        for row in rows
    ]


def _section(rows: list[Row], kind: str, sources: Sources) -> Row:
    together = [row for row in rows if row["municipalities_compared"] > 1]
    shown = together or _latest_of_each(rows)
    worst = max(rows, key=lambda row: list(_CAUTION_MARKS).index(row["comparability"]))
    return {
        "anchor": formats.slug(" ".join(filter(None, (rows[0]["comparison_code"], kind)))),
        "title": ": ".join(filter(None, (rows[0]["measure_label"], kind))),
        "better": _BETTER.get(rows[0]["better_when"]),
        "caution": formats.mark(_CAUTION_MARKS[worst["comparability"]], worst["comparability_sv"]),
        "notes": cautions(rows),
        "answer": _answer(together),
        "chart": _chart(rows),
        "table": _table("Perioder som går att jämföra" if together else "Senaste talen", shown, sources),
        "rest": _table(
            "Perioder med tal från en enda kommun" if together else "Tidigare tal",
            [row for row in rows if row not in shown],
            sources,
        ),
    }


def _latest_of_each(rows: list[Row]) -> list[Row]:
    return list({row["subject"]: row for row in reversed(rows)}.values())[::-1]


def _answer(together: list[Row]) -> str:
    """The latest period in which at least two can be compared, or that there is none."""
    if not together:
        return "Ingen annan kommun har ett tal för samma period. Talen nedan är ingen jämförelse; läs dem var för sig."
    latest = [row for row in together if _period(row) == _period(together[0])]
    ranked = sorted(latest, key=lambda row: (row["rank"] or 0, row["subject"]))
    values = ", ".join(f"{row['subject']} {_value(row)}" for row in ranked if row["value"] is not None)
    reason = next((row["no_rank_reason_sv"] for row in ranked if row["value"] is not None), None)
    unranked = f" Rangordnas inte: {reason[0].lower()}{reason[1:]}." if reason else ""
    return f"{_period(ranked[0])}: {values}.{unranked}"


def _chart(rows: list[Row]) -> LineChart:
    """A line for each municipality; only whole years if periods differ."""
    if len({(row["period_basis"], row["period_end"].strftime("%m-%d")) for row in rows}) > 1:
        rows = [row for row in rows if row["period_basis"] == "full_year"]
    points = [
        Point(
            row["fiscal_year"],
            float(row["value"]),
            row["subject"],
            row["value_kind"],
            formats.number(row["value"]),
        )
        for row in sorted(rows, key=lambda row: (row["subject"], row["fiscal_year"]))
        if row["value"] is not None
    ]
    label = rows[0]["measure_label"] if rows else ""
    return line_chart(points, f"Linjediagram över {label}, helår. Alla tal finns i tabellen.")


def _table(caption: str, rows: list[Row], sources: Sources) -> Table:
    """A row for each period, a column for each municipality."""
    municipalities = sorted({row["subject"] for row in rows})
    periods: dict[str, dict[str, Row]] = {}
    for row in rows:
        periods.setdefault(_period(row), {})[row["subject"]] = row
    columns = [
        Column("Period", lambda row: row),
        *(Column(name, lambda row: row, numeric=True) for name in municipalities),
    ]
    members = tuple(_period_row(title, of_period, municipalities, sources) for title, of_period in periods.items())
    return Table(caption, columns, (("", members),) if members else ())


def _period_row(title: str, of_period: dict[str, Row], municipalities: list[str], sources: Sources) -> TableRow:
    cells = tuple(_value(of_period[name]) if name in of_period else formats.MISSING for name in municipalities)
    named_ids = [(name, row["figure_id"] or sources.ids(row, "input_figure_ids")) for name, row in of_period.items()]
    remark = "; ".join(f"{name}: {row['source_ref']}" for name, row in of_period.items() if not row["figure_id"])
    citation = sources.cite(title, named_ids, remark, _populations(of_period))
    first = next(iter(of_period.values()))
    return TableRow((title, *cells), citation, about=f"{first['comparison_code']} {first['activity_code']}")


def _populations(of_period: dict[str, Row]) -> str | None:
    """The populations behind values per inhabitant."""
    counts = [
        f"{name} {formats.number(row['input_kpi_value'])} ({row['denominator_label']}, {row['input_kpi_id']},"
        f" {formats.day(row['denominator_date'])})"
        for name, row in of_period.items()
        if row["input_kpi_id"]
    ]
    return f"Delat med {'; '.join(counts)}. Källa: Kolada." if counts else None


def _value(row: Row) -> str:
    if row["value"] is None:
        return str(row["value_reason_sv"])
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
