"""What reports assess in words: assignments, risks and controls, needs and questions."""

from collections.abc import Callable

from kommunlager.site import formats
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Page
from kommunlager.site.sources import Sources
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


def make_pages(marts: Marts, sources: Sources) -> list[Page]:
    """One page with a section for each committee; none if no report has such tables."""
    committees: dict[tuple[str, str], list[Row]] = {}
    for row in marts.rows("assessments", _ASSESSMENTS):
        committees.setdefault((row["municipality"], row["committee"]), []).append(row)
    content = {
        "answer": "Uppdrag, risker, kontroller, behov och frågor som rapporterna bedömer i ord.",
        "legend": "Bedömningar som en rapport bara visar med färg eller bild är inte med.",
        "sections": [_section(rows, sources) for rows in committees.values()],
    }
    title = "Uppdrag, risker och kontroller"
    return [Page("bedomningar.html", title, "sections.html", "mal.html", content)] if committees else []


def _section(rows: list[Row], sources: Sources) -> Row:
    """A table for each kind and report, the latest report first."""
    title = f"{rows[0]['municipality']}, {rows[0]['committee'].lower()}"
    order = list(_KINDS)
    parts: dict[tuple[str, str], list[Row]] = {}
    for row in sorted(rows, key=lambda row: order.index(row["assessment_kind"])):
        parts.setdefault((row["assessment_kind"], row["document_id"]), []).append(row)
    tables = [_table(of_part, sources) for of_part in parts.values()]
    return {"anchor": formats.slug(title), "title": title, "tables": tables}


def _table(rows: list[Row], sources: Sources) -> Table:
    """A table with the columns that are filled in any row."""
    columns = [column for column in _COLUMNS if any(column.cell(row) != formats.MISSING for row in rows)]
    figure_sources = FigureSources(sources, {"Riskvärde": "risk_value_figure_id"})
    caption = f"{_KINDS[rows[0]['assessment_kind']]}, {rows[0]['municipality']}: {rows[0]['document_title']}"
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
