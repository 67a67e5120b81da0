"""How the municipalities compare, and what may mislead."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from kommunlager.site import formats
from kommunlager.site.charts import LineChart, Point, line_chart
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Page, Part, Section
from kommunlager.site.paging import paged
from kommunlager.site.sources import Sources
from kommunlager.site.subjects import RowsOf, Subject, Subjects
from kommunlager.site.tables import Column, FigureSources, Table, make_table
from kommunlager.site.topics import matrix
from kommunlager.swedish import number_in_words

_COMPARISONS = """
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
        committee,
        activity_code,
        figure_id
"""
MARKS = {"same": "good", "similar": "partly", "caution": "caution"}
# More values than this are summed up in words.
_MOST_LISTED = 6
# The committee's own page shows these many measures.
_MOST_SHOWN = 5
_SOURCES = {"Värdet": "figure_id", "Beräknat ur": "input_figure_ids"}
_MATRIX = ("jamforelser.html", "Alla mått och kommuner")
_BETTER = {"higher": "högre är bättre", "lower": "lägre är bättre"}


class Comparisons:
    """Each measure with the committees that can be compared in it."""

    name = "jamforelser"
    question = "Hur ligger vi till jämfört med andra?"

    def __init__(self, marts: Marts, sources: Sources) -> None:
        self._sources = sources
        rows = marts.rows("municipality_comparisons", _COMPARISONS)
        self._of_subject = RowsOf(rows)
        self._of_measure: dict[str, list[Row]] = {}
        for row in rows:
            self._of_measure.setdefault(row["comparison_code"], []).append(row)

    def section(self, subject: Subject) -> Section:
        """One value of each measure: the latest that another municipality has for the same period, else the latest."""
        rows = _telling(self._of_subject.of(subject), "comparison_code")
        columns = (
            Column("Mått", _measure_link),
            Column("Värde", _value, numeric=True),
            Column("Period", _period),
            Column("Jämförs med", _others),
            Column("Jämförbarhet", _comparability),
        )
        figures = FigureSources(self._sources, _SOURCES, note=_population)
        first = make_table("De mest jämförbara måtten", columns, rows[:_MOST_SHOWN], figures)
        table = make_table("Mått som jämförs mellan kommuner", columns, rows, figures)
        details = [Part(notes=[f"{note}." for note in cautions(rows)], tables=(table,))] if rows else []
        more = f"{formats.number(len(rows))} mått med anmärkningar"
        shown = Part(tables=(first,) if rows else (), links=(_MATRIX,) if rows else ())
        answer = _compared_in_words(rows)
        return Section(self.name, self.question, answer, shown, more, details, topic="Jämförelse")

    def pages(self, subjects: Subjects) -> Iterator[Page]:
        """``jamforelser.html`` with the matrix, and a page for each measure."""
        yield from matrix.pages(self._of_measure, subjects)
        for code, rows in self._of_measure.items():
            yield from self._measure_pages(code, rows, subjects)

    def _measure_pages(self, code: str, rows: Sequence[Row], subjects: Subjects) -> Iterator[Page]:
        """A part for each kind of committee, as only like committees are compared."""
        like: dict[str, list[Row]] = {}
        for row in rows:
            kind = row["committee_kind_sv"] or formats.issuer(row["municipality"], row["committee"])
            like.setdefault(kind, []).append(row)
        better = _BETTER.get(rows[0]["better_when"])
        content = {"answer": "", "remark": f"{better.capitalize()}." if better else ""}
        title = rows[0]["measure_label"]
        page = Page(matrix.measure_address(code), title, "across.html", "jamforelser.html", content, (_MATRIX,))
        parts = [
            _part(kind, _with_subjects(of_kind, subjects), self._sources) for kind, of_kind in sorted(like.items())
        ]
        return paged(page, parts)


def _telling(rows: Iterable[Row], field: str) -> list[Row]:
    """One row for each value of ``field``: the latest that can be compared, else the latest; most comparable first."""
    chosen: dict[object, Row] = {}
    for row in sorted(rows, key=lambda row: row["municipalities_compared"] < 2):
        chosen.setdefault(row[field], row)
    return list(chosen.values())


def _compared_in_words(rows: Sequence[Row]) -> str:
    if not rows:
        return "Rapporterna har inga mått som jämförs mellan kommuner."
    counts = Counter(row["comparability"] for row in rows if row["municipalities_compared"] > 1)
    if not counts:
        return "Ingen annan kommun har ett tal för samma period för något av måtten."
    words = {"same": "jämförbart", "similar": "liknande", "caution": "att jämföra med försiktighet"}
    listed = ", ".join(f"{counts[code]} {word}" for code, word in words.items() if counts[code])
    return f"{counts.total()} av {len(rows)} mått finns för samma period i en annan kommun: {listed}."


def cautions(rows: Iterable[Row]) -> list[str]:
    """What the notes of the rows say, each thing once, in the order in which it is first said."""
    notes: list[str] = []
    said: set[str] = set()
    for note in dict.fromkeys(row["comparability_note"] for row in rows if row["comparability_note"]):
        new = [part for part in note.split("; ") if part not in said]
        said.update(new)
        if new:
            notes.append("; ".join(new))
    return notes


def _with_subjects(rows: Iterable[Row], subjects: Subjects) -> list[Row]:
    """Rows with whom they are about and its name: the municipality, and its committee if it has several of the rows."""
    committees: dict[str, set[str]] = {}
    for row in rows:
        committees.setdefault(row["municipality_code"], set()).add(row["committee"])
    named = []
    for row in rows:
        subject = subjects.of(row)
        is_alone = len(committees[row["municipality_code"]]) == 1
        named.append({**row, "subject": subject, "name": subject.municipality if is_alone else subject.whole_name})
    return named


def _part(kind: str, rows: Sequence[Row], sources: Sources) -> Part:
    together = [row for row in rows if row["municipalities_compared"] > 1]
    if together:
        shown, rest = together, [row for row in rows if row["municipalities_compared"] < 2]
    else:
        shown, rest = _latest_and_earlier(rows)
    worst = max(rows, key=lambda row: list(MARKS).index(row["comparability"]))
    folded = _table("Perioder med tal från en enda kommun" if together else "Tidigare tal", rest, sources)
    return Part(
        title=kind,
        answer=_answer(together),
        verdict=_comparability(worst),
        notes=[f"{note}." for note in cautions(rows)],
        lines=_chart(rows),
        tables=(_table("Perioder som går att jämföra" if together else "Senaste talen", shown, sources),),
        folded=(folded,) if rest else (),
    )


def _latest_and_earlier(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The first row of each subject, and the others."""
    latest: dict[str, Row] = {}
    earlier = []
    for row in rows:
        if latest.setdefault(row["name"], row) is not row:
            earlier.append(row)
    return list(latest.values()), earlier


def _answer(together: Sequence[Row]) -> str:
    """The latest period in which at least two can be compared, or that there is none."""
    if not together:
        return "Ingen annan kommun har ett tal för samma period. Talen är ingen jämförelse; läs dem var för sig."
    latest = [row for row in together if _period(row) == _period(together[0]) and row["value"] is not None]
    ranked = sorted(latest, key=lambda row: (row["rank"] or 0, row["name"]))
    reason = next((row["no_rank_reason_sv"] for row in ranked), None)
    unranked = f" Rangordnas inte: {reason[0].lower()}{reason[1:]}." if reason else ""
    if len(ranked) > _MOST_LISTED:
        first = ranked[0]
        low, middle, high = (
            formats.quantity(first[field], first["unit"], is_computed=True)
            for field in ("lowest_value", "median_of_compared", "highest_value")
        )
        return f"{_period(first)}: lägst {low}, median {middle}, högst {high} ({len(ranked)} värden).{unranked}"
    values = ", ".join(f"{row['name']} {_value(row)}" for row in ranked)
    return f"{_period(together[0])}: {values}.{unranked}"


def _chart(rows: Sequence[Row]) -> LineChart:
    """A line for each municipality; only whole years if periods differ."""
    if len({(row["period_basis"], row["period_end"].strftime("%m-%d")) for row in rows}) > 1:
        rows = [row for row in rows if row["period_basis"] == "full_year"]
    points = [
        Point(
            row["fiscal_year"],
            float(row["value"]),
            row["name"],
            row["value_kind"],
            formats.number(row["value"]),
            row["subject"].colour,
        )
        for row in sorted(rows, key=lambda row: (row["name"], row["fiscal_year"]))
        if row["value"] is not None
    ]
    label = rows[0]["measure_label"] if rows else ""
    return line_chart(points, f"Linjediagram över {label}, helår. Alla tal finns i tabellen.")


def _table(caption: str, rows: Sequence[Row], sources: Sources) -> Table:
    """A row for each value, by period."""
    columns = (
        Column("Kommun", lambda row: formats.link(f"{row['subject'].address()}#jamforelser", row["name"])),
        Column("Värde", _value, numeric=True),
        Column("Jämförs med", _others),
        Column("Jämförbarhet", _comparability),
    )
    figures = FigureSources(sources, _SOURCES, note=_population)
    return make_table(caption, columns, rows, figures, group=_period)


def _measure_link(row: Row) -> Markup:
    return formats.link(matrix.measure_address(row["comparison_code"]), row["measure_label"])


def _population(row: Row) -> str | None:
    """The population behind a value per inhabitant."""
    if not row["input_kpi_id"]:
        return None
    inhabitants = f"{formats.number(row['input_kpi_value'])} ({row['denominator_label']}, {row['input_kpi_id']}"
    return f"Delat med {inhabitants}, {formats.day(row['denominator_date'])}). Källa: Kolada."


def _others(row: Row) -> str:
    """How many municipalities have a value for the same period, and their median where it says something."""
    if row["municipalities_compared"] < 2:
        return "ingen annan kommun för samma period"
    if row["median_of_compared"] is None:
        return f"{number_in_words(row['municipalities_compared'])} kommuner har ett värde för perioden"
    median = formats.quantity(row["median_of_compared"], row["unit"], is_computed=True)
    return f"median {median} av {number_in_words(row['municipalities_compared'])} kommuner"


def _comparability(row: Row) -> Markup:
    return formats.mark(MARKS[row["comparability"]], row["comparability_sv"])


def _value(row: Row) -> str:
    if row["value"] is None:
        return str(row["value_reason_sv"])
    rank = f" (plats {row['rank']})" if row["rank"] else ""
    return matrix.quantity(row) + rank


def _period(row: Row) -> str:
    return f"{row['value_kind_sv']} {row['fiscal_year']}, {basis(row)}"


def basis(row: Row) -> str:
    """What a period is and, where it is not a year, its last day: hittills i år till och med 31 augusti 2025."""
    if row["period_basis"] == "full_year":
        return "helår"
    if row["period_basis"] == "point_in_time":
        return f"ställning {formats.day(row['period_end'])}"
    return f"{row['period_basis_sv'].lower()} till och med {formats.day(row['period_end'])}"
