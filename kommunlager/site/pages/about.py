"""How to read the figures, which reports they come from, and where the release's files are."""

from collections.abc import Iterator

from kommunlager.site import formats
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Page, Part
from kommunlager.site.paging import paged
from kommunlager.site.tables import Column, make_table
from kommunlager.site.topics.reports import WHAT_TO_DO, is_unread, tables_in_words, unread_in_words

_ABOUT = ("om.html", "Så läser du siffrorna")
_NOTHING = "Inga rapporter är inlästa än. Lägg rapporternas arbetsböcker i data/reports och kör kommunlager run."
_DOCUMENTS = """
    select * from marts.documents where loaded_at is not null order by municipality, information_date desc, document_id
"""


def make_pages(marts: Marts) -> Iterator[Page]:
    """``om.html``, and ``rapporter.html`` with every report."""
    documents = marts.rows("documents", _DOCUMENTS)
    content = {"report_count": len(documents), "marts": marts.names}
    yield Page("om.html", "Så läser du siffrorna", "about.html", "om.html", content)
    table = make_table("Rapporter", _COLUMNS, documents, None)
    unread = [f"{unread_in_words(row)} {WHAT_TO_DO}" for row in documents if is_unread(row)]
    answer = f"{formats.counted(len(documents), 'rapport', 'rapporter')}." if documents else _NOTHING
    reports = Page("rapporter.html", "Rapporterna", "across.html", "om.html", {"answer": answer}, (_ABOUT,))
    yield from paged(reports, [Part(notes=unread, tables=(table,))] if table else [])


def _report(row: Row) -> object:
    """The report's name, which leads to the report where its address is known."""
    name = f"{row['municipality']}: {row['document_title']}"
    return formats.link(row["source_url"], name) if row["source_url"] else name


_COLUMNS = (
    Column("Rapport", _report),
    Column("Slag", lambda row: row["document_kind_sv"]),
    Column("Uppgifter till och med", lambda row: formats.day(row["information_date"])),
    Column("Tabeller", tables_in_words, numeric=True),
    Column("Tal", lambda row: formats.number(row["figure_count"]), numeric=True),
)
