"""What reports assess in words: assignments, risks and controls, needs and questions."""

from collections import Counter
from collections.abc import Callable

from kommunlager.site import formats
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Part, Section
from kommunlager.site.sources import Sources
from kommunlager.site.subjects import RowsOf, Subject
from kommunlager.site.tables import Column, FigureSources, Table, make_table

_ASSESSMENTS = """
    select a.*, d.document_title
    from marts.assessments as a
    left join marts.documents as d on d.document_id = a.document_id
    order by a.municipality, a.committee, a.as_of_date desc, a.document_id, a.table_no, a.row_no
"""
_KINDS = {
    "assignment": "Uppdrag",
    "risk": "Risker och kontroller",
    "control": "Kontroller",
    "question": "Frågor",
    "need": "Behov",
    "programme": "Program",
    "goal": "Mål som bedöms med färg",
}


class Assessments:
    """The assessments of each committee, a table for each kind and report, the latest report first."""

    name = "bedomningar"
    question = "Uppdrag, risker och kontroller"

    def __init__(self, marts: Marts, sources: Sources) -> None:
        self._sources = sources
        self._rows = RowsOf(marts.rows("assessments", _ASSESSMENTS))

    def section(self, subject: Subject) -> Section | None:
        """None where the reports assess nothing in words."""
        rows = self._rows.of(subject)
        if not rows:
            return None
        parts: dict[tuple[str, str], list[Row]] = {}
        for row in rows:
            parts.setdefault((row["assessment_kind"], row["document_id"]), []).append(row)
        order = list(_KINDS)
        tables = [_table(parts[key], self._sources) for key in sorted(parts, key=lambda key: order.index(key[0]))]
        counts = Counter(_KINDS[row["assessment_kind"]].lower() for row in rows)
        listed = ", ".join(f"{number} {kind}" for kind, number in counts.items())
        answer = f"Rapporterna bedömer i ord: {listed}. Bedömningar som bara visas med färg eller bild är inte med."
        details = [Part(title=table.caption, tables=(table,)) for table in tables]
        return Section(self.name, self.question, answer, more="Alla bedömningar i ord", details=details)


def _table(rows: list[Row], sources: Sources) -> Table:
    """A table with the columns that are filled in any row."""
    columns = [column for column in _COLUMNS if any(column.cell(row) != formats.MISSING for row in rows)]
    figure_sources = FigureSources(sources, {"Riskvärde": "risk_value_figure_id"})
    caption = f"{_KINDS[rows[0]['assessment_kind']]}: {rows[0]['document_title']}"
    return make_table(caption, columns, rows, figure_sources, group=lambda row: row["group_label"] or "")


def _start(row: Row) -> str:
    return formats.day(row["start_date"]) if row["start_date"] else row["start_text"] or formats.MISSING


def _printed(field: str) -> Callable[[Row], str]:
    return lambda row: str(row[field]) if row[field] is not None else formats.MISSING


_COLUMNS = (
    Column("Vad", _printed("assessment_label")),
    Column("Kontroll", _printed("control_label")),
    Column("Läge eller svar", _printed("printed_status")),
    Column("Kategori", _printed("category")),
    Column("Start", _start),
    Column("Prioritet", _printed("priority"), numeric=True),
    Column("Sannolikhet", _printed("likelihood")),
    Column("Konsekvens", _printed("consequence")),
    Column("Riskvärde", _printed("risk_value"), numeric=True),
    Column("Hur ofta", _printed("frequency")),
    Column("Metod", _printed("method")),
)
