"""Whether the numbers can be trusted."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from kommunlager.site import formats
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Page, Part, Section
from kommunlager.site.paging import paged
from kommunlager.site.sources import Sources
from kommunlager.site.subjects import RowsOf, Subject, Subjects
from kommunlager.site.tables import Column, make_table
from kommunlager.site.topics import doubts, reports
from kommunlager.swedish import number_in_words

_SET_ASIDE = """
    select distinct set_aside_file, set_aside_reason, has_earlier_version, municipality, committee
    from marts.data_coverage
    where set_aside_file is not null
    order by set_aside_file
"""
_COUNTS = {
    "errors": "Fel, ej rättade",
    "to_look_at": "Behöver granskas",
    "changed": "Ändrade i en senare rapport",
    "unmapped": "Uppgifter utan känd post",
}


class Trust:
    """What speaks against each committee's figures."""

    name = "tillit"
    question = "Går siffrorna att lita på?"

    def __init__(self, marts: Marts, sources: Sources) -> None:
        self._sources = sources
        self._rows = {mart: RowsOf(marts.rows(mart, sql)) for mart, sql in doubts.QUERIES.items()}
        self._set_aside = marts.rows("data_coverage", _SET_ASIDE)

    @property
    def set_aside_sentence(self) -> str:
        """How many files are set aside; empty if none are."""
        return set_aside_sentence(self._set_aside) if self._set_aside else ""

    def open_errors(self, subject: Subject) -> int:
        """How many errors in its reports are not corrected."""
        rows = self._rows["audit_findings"].of(subject)
        return sum((row["severity"], row["status"]) == ("error", "open") for row in rows)

    def section(self, subject: Subject) -> Section:
        """The answer about it."""
        parts = [make_part(self._of(subject), self._sources) for make_part in doubts.PARTS]
        answer = f"{parts[0].answer} {parts[-1].answer}".strip()
        shown = Part(notes=[part.answer for part in parts[1:-1] if part.tables])
        more = "Fynd, ändrade uppgifter och prognosavvikelser"
        return Section(self.name, self.question, answer, shown, more, parts, topic="Granskning")

    def across(self, subjects: Subjects) -> Iterator[Page]:
        """``granskning.html``: how many doubts there are about each committee's figures."""
        counts = [{"subject": subject, **self._count(subject)} for subject in subjects]
        columns = (
            Column("Nämnd", lambda row: row["subject"].link(self.name)),
            *(Column(words, _counted(field), numeric=True) for field, words in _COUNTS.items()),
        )
        shown = [row for row in counts if any(row[field] for field in _COUNTS)]
        caption = "Fynd och ändrade uppgifter"
        table = make_table(caption, columns, shown, None, group=lambda row: row["subject"].municipality)
        errors = doubts.errors_in_words(sum(row["errors"] for row in counts))
        covered = doubts.coverage_in_words([row for one in counts for row in one["coverage"]])
        content = {"answer": f"{errors}. {covered}"}
        page = Page("granskning.html", "Går siffrorna att lita på?", "across.html", "granskning.html", content)
        unread = [row for subject in subjects for row in self._of(subject)["documents"] if reports.is_unread(row)]
        counted = [Part(title="Per nämnd", tables=(table,))] if shown else []
        return paged(page, [*_set_aside(self._set_aside), *_unread(unread), *counted])

    def _of(self, subject: Subject) -> dict[str, list[Row]]:
        return {mart: rows.of(subject) for mart, rows in self._rows.items()}

    def _count(self, subject: Subject) -> dict[str, Any]:
        rows = self._of(subject)
        moved = [row for row in rows["target_changes"] if row["counted_direction"] != "same"]
        findings = Counter((row["severity"], row["status"]) for row in rows["audit_findings"])
        return {
            "errors": findings["error", "open"],
            "to_look_at": findings["needs_a_look", "open"],
            "changed": len(rows["restatements"]) + len(rows["budget_changes"]) + len(moved),
            "unmapped": sum(row["unmapped"] for row in rows["data_coverage"]),
            "coverage": rows["data_coverage"],
        }


def _counted(field: str) -> Callable[[Row], str]:
    return lambda row: formats.number(row[field])


def _set_aside(rows: list[Row]) -> list[Part]:
    """A part that is only present if something is set aside."""
    if not rows:
        return []
    return [
        Part(
            title="Underlag som inte är med",
            answer=set_aside_sentence(rows),
            remark="Filerna går inte att läsa eller har uppgifter som inte klarade kontrollerna.",
            tables=(make_table("Åsidosatta filer", _SET_ASIDE_COLUMNS, rows, None),),
        )
    ]


def _unread(rows: list[Row]) -> list[Part]:
    """A part that is only present if a report is loaded without any table."""
    if not rows:
        return []
    counted = formats.counted(len(rows), "rapport", "rapporter")
    return [
        Part(
            title="Rapporter utan läsbara tabeller",
            answer=f"Ingen tabell kunde läsas i {counted}, som därför inte har kunnat kontrolleras.",
            remark=reports.WHAT_TO_DO,
            tables=(make_table("Olästa rapporter", _UNREAD_COLUMNS, rows, None),),
        )
    ]


def set_aside_sentence(rows: list[Row]) -> str:
    """How many files are set aside, and that earlier versions of them may be shown."""
    files = "En fil är åsidosatt" if len(rows) == 1 else f"{len(rows)} filer är åsidosatta"
    earlier = sum(row["has_earlier_version"] for row in rows)
    return files + (
        f"; för {number_in_words(earlier)} av dem visas en tidigare version." if earlier else " och visas inte."
    )


def _issuer(row: Row) -> str:
    return ", ".join(part for part in (row["municipality"], row["committee"]) if part)


_UNREAD_COLUMNS = (
    Column("Rapport", lambda row: row["document_title"]),
    Column("Nämnd", _issuer),
    Column("Arbetsbok", lambda row: row["file_name"]),
)
_SET_ASIDE_COLUMNS = (
    Column("Fil", lambda row: row["set_aside_file"]),
    Column("Nämnd", _issuer),
    Column("Orsak (programmets meddelande)", lambda row: formats.english(row["set_aside_reason"])),
    Column("Visas", lambda row: "Tidigare version" if row["has_earlier_version"] else "Ingenting"),
)
