"""How to read the figures, and which reports they come from."""

from kommunlager.site import formats
from kommunlager.site.marts import Marts
from kommunlager.site.page import Page
from kommunlager.site.sources import Sources
from kommunlager.site.tables import Column, make_table

_DOCUMENTS = """
    select * from marts.documents where table_count > 0 order by municipality, information_date desc, document_id
"""


def make_pages(marts: Marts, sources: Sources) -> list[Page]:
    """One page."""
    table = make_table("Rapporter", _COLUMNS, marts.rows("documents", _DOCUMENTS), None)
    return [Page("om.html", "Så läser du siffrorna", "about.html", "om.html", {"documents": table})]


_COLUMNS = (
    Column("Rapport", lambda row: f"{row['municipality']}: {row['document_title']}"),
    Column("Slag", lambda row: row["document_kind_sv"]),
    Column("Uppgifter till och med", lambda row: formats.day(row["information_date"])),
    Column("Tabeller", lambda row: formats.number(row["table_count"]), numeric=True),
    Column("Tal", lambda row: formats.number(row["figure_count"]), numeric=True),
)
