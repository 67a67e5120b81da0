"""Key figures over time: the measures in a committee's reports, each with a chart and its values."""

import re
from collections.abc import Iterable, Sequence

from kommunlager.site import formats
from kommunlager.site.charts import Point, line_chart
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Part, Section
from kommunlager.site.sources import Sources
from kommunlager.site.subjects import RowsOf, Subject
from kommunlager.site.tables import Column, FigureSources, make_table

_SERIES = """
    select s.*, a.activity_label, m.better_when
    from marts.series as s
    left join marts.activities as a on a.activity_code = s.activity_code
    left join marts.measures as m on m.measure_code = s.subject_code
    where s.subject_kind = 'measure' and s.gender = 'T' and s.value_kind in ('outcome', 'forecast', 'target')
    order by
        s.municipality, s.committee, s.activity_code <> 'total', a.activity_label, s.subject_label, s.period_end,
        s.period_basis, s.value_kind, s.unit, s.figure_id
"""
BETTER = {"higher": "högre är bättre", "lower": "lägre är bättre"}


class Series:
    """The measures of each committee by activity; those with a chart first."""

    name = "nyckeltal"
    question = "Hur har nyckeltalen utvecklats?"

    def __init__(self, marts: Marts, sources: Sources) -> None:
        self._sources = sources
        self._rows = RowsOf(marts.rows("series", _SERIES))

    def is_known(self, subject: Subject) -> bool:
        """Whether its reports have any measures."""
        return bool(self._rows.of(subject))

    def section(self, subject: Subject) -> Section:
        """The answer about it."""
        measures = [
            _measure(rows, self._sources)
            for rows in grouped(self._rows.of(subject), "subject_code", "activity_code", "unit")
        ]
        if not measures:
            return Section(self.name, self.question, "Rapporterna redovisar inga nyckeltal.")
        over_time = sum(bool(measure["chart"].drawing) for measure in measures)
        several = f"varav {formats.number(over_time)} för mer än ett år" if over_time else "alla för bara ett år"
        answer = f"{formats.number(len(measures))} nyckeltal, {several}."
        more = f"{formats.number(len(measures))} nyckeltal med diagram och värden"
        return Section(self.name, self.question, answer, more=more, details=by_group(measures))


def grouped(rows: Iterable[Row], *fields: str) -> list[list[Row]]:
    """The rows that agree in these fields, in the order in which each group begins."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[field] for field in fields), []).append(row)
    return list(groups.values())


def by_group(measures: Iterable[Row]) -> list[Part]:
    """Measures under a heading for each of their groups; those with a chart first."""
    groups = [sorted(group, key=lambda it: not it["chart"].drawing) for group in grouped(measures, "group")]
    return [Part(title=group[0]["group"], measures=group) for group in groups]


def _measure(rows: Sequence[Row], sources: Sources) -> Row:
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
        "better": BETTER.get(rows[0]["better_when"]),
        "latest": f"{formats.quantity(latest['value'], unit)}, {latest['period_label']}" if latest else None,
        "chart": line_chart(points if len(outcomes) > 1 else [], _chart_in_words(label, outcomes)),
        "table": make_table(label, _COLUMNS, reversed(rows), FigureSources(sources, {"Värdet": "figure_id"}, _remark)),
    }


def _basis(row: Row) -> str:
    """What the periods of a line have in common: their days without the year, such as ``jul–jun`` or ``31 aug``."""
    return "helår" if row["period_basis"] == "full_year" else re.sub(r" \d{4}", "", row["period_label"])


def _chart_in_words(label: str, outcomes: Sequence[Row]) -> str:
    if not outcomes:
        return label
    first, last = outcomes[0], outcomes[-1]
    return (
        f"Linjediagram, {label}: från {formats.quantity(first['value'], first['unit'])} ({first['period_label']})"
        f" till {formats.quantity(last['value'], last['unit'])} ({last['period_label']})."
    )


def _remark(row: Row) -> str | None:
    return "Beräknat ur andra uppgifter i rapporten." if row["is_derived"] else None


_KINDS = {"outcome": "Utfall", "forecast": "Prognos", "target": "Mål"}
_COLUMNS = (
    Column("Period", lambda row: row["period_label"]),
    Column("Slag", lambda row: _KINDS[row["value_kind"]]),
    Column("Värde", lambda row: formats.quantity(row["value"], row["unit"]), numeric=True),
)
