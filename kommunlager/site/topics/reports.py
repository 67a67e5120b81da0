"""The reports that the answers about a committee rest on."""

from kommunlager.site import formats
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Part, Section
from kommunlager.site.subjects import RowsOf, Subject
from kommunlager.site.tables import Column, make_table

# A report that lists several committees is also a report about each of them.
_REPORTS = """
    with
    named as (
        select distinct municipality_code, committee, subject_scope, document_id from marts.reported_figures
        union
        select municipality_code, committee, 'committee', document_id from marts.documents
    )
    select n.municipality_code, n.committee, n.subject_scope, d.* exclude (municipality_code, committee)
    from named as n
    inner join marts.documents as d on d.document_id = n.document_id
    order by d.information_date desc, d.document_id, n.subject_scope
"""


class Reports:
    """The reports of each committee, the latest first."""

    name = "rapporter"
    question = "Vilka rapporter bygger svaren på?"

    def __init__(self, marts: Marts) -> None:
        self._rows = RowsOf(marts.rows("documents", _REPORTS))

    def latest(self, subject: Subject) -> Row | None:
        """The latest report with tables, else the latest."""
        rows = self._rows.of(subject)
        return next((row for row in rows if row["table_count"]), rows[0] if rows else None)

    def section(self, subject: Subject) -> Section:
        """The answer about it."""
        rows = list({row["document_id"]: row for row in self._rows.of(subject)}.values())
        if not rows:
            return Section(self.name, self.question, "Inga rapporter är inlästa.")
        answer = f"Den senaste har uppgifter till och med {formats.day(rows[0]['information_date'])}."
        unread = [f"{unread_in_words(row)} {WHAT_TO_DO}" for row in rows if is_unread(row)]
        shown = Part(notes=unread, tables=(make_table("Rapporter", _COLUMNS, rows, None),))
        return Section(self.name, self.question, answer, shown)


WHAT_TO_DO = (
    "Skriv in tabellerna i rapportens arbetsbok i data/reports. Är de bilder går det också att texttolka rapporten "
    " (OCR) och läsa in texten med kommunlager read."
)


def is_unread(document: Row) -> bool:
    """Whether the report is loaded although no table of it could be read."""
    return document["loaded_at"] is not None and not document["table_count"]


def unread_in_words(document: Row) -> str:
    """That such a report could not be checked."""
    return f"Ingen tabell i rapporten {document['document_title']} kunde läsas, så den har inte kunnat kontrolleras."


def tables_in_words(document: Row) -> str:
    """How many tables were read, or why none were."""
    if document["table_count"]:
        return formats.number(document["table_count"])
    return "ingen kunde läsas" if is_unread(document) else "åsidosatt"


_COLUMNS = (
    Column("Rapport", lambda row: row["document_title"]),
    Column("Slag", lambda row: row["document_kind_sv"]),
    Column("Uppgifter till och med", lambda row: formats.day(row["information_date"])),
    Column("Tabeller", tables_in_words, numeric=True),
    Column("Uppgifter", lambda row: formats.number(row["figure_count"]), numeric=True),
)
