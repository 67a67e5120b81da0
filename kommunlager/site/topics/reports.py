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
        return Section(self.name, self.question, answer, Part(tables=(make_table("Rapporter", COLUMNS, rows, None),)))


COLUMNS = (
    Column("Rapport", lambda row: row["document_title"]),
    Column("Slag", lambda row: row["document_kind_sv"]),
    Column("Uppgifter till och med", lambda row: formats.day(row["information_date"])),
    Column("Tabeller", lambda row: formats.number(row["table_count"]), numeric=True),
    Column("Uppgifter", lambda row: formats.number(row["figure_count"]), numeric=True),
)
