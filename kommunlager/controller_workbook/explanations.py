"""The last sheet: how to read the figures, and what each column is in the mart that it comes from."""

import re
from collections.abc import Sequence

import duckdb
from openpyxl.worksheet.worksheet import Worksheet

from kommunlager.controller_workbook.cells import font, put
from kommunlager.controller_workbook.sheets import Sheet

_BOLD = font(bold=True)
_CONVENTIONS = (
    ("Belopp", "Tusen kronor (tkr), oavsett rapportens enhet. Intäkt är plus, kostnad och nettokostnad minus."),
    (
        "Avvikelse",
        "Plus är överskott, minus är underskott. Lägre investeringsutgifter än budget kan bero på förseningar och"
        " bedöms inte som över- eller underskott.",
    ),
    (
        "Procent",
        "Procenttalens förändring anges i procentenheter. Där en procentsats inte går att beräkna är cellen tom.",
    ),
    (
        "Perioder",
        "Prognoser jämförs inte med utfall, och delår jämförs inte med helår. Jämförelser görs bara mellan samma slags"
        " uppgift för samma period.",
    ),
    ("Mål", "Minus i avståndet betyder att målet inte nås, även när ett lägre värde är bättre."),
    (
        "Antaget",
        "Vad raden bygger på som rapporten inte anger, till exempel tabellens enhet. Tomt när inget är antaget.",
    ),
    ("Tom cell", "Uppgiften finns inte i rapporten eller går inte att beräkna."),
    ("Källa", "Rapport, avsnitt, tabell och rad där uppgiften står."),
)
_COMMENTS = "select table_name || '.' || column_name, comment from duckdb_columns() where schema_name = 'marts'"


def write_explanations(sheet: Worksheet, connection: duckdb.DuckDBPyConnection, sheets: Sequence[Sheet]) -> None:
    """Write the conventions, then one row per column of every sheet with the mart's own description (in English)."""
    row = 1
    for name, meaning in _CONVENTIONS:
        put(sheet, row, 1, name).font = _BOLD
        put(sheet, row, 2, meaning)
        sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=4)
        row += 1
    row += 1
    for column, heading in enumerate(("Blad", "Kolumn", "I databasen", "Beskrivning"), 1):
        put(sheet, row, column, heading).font = _BOLD
    comments: dict[str, str] = dict(connection.execute(_COMMENTS).fetchall())
    for spec in sheets:
        for heading, expression in spec.columns.items():
            row += 1
            place = f"{spec.mart}.{expression.removeprefix('mart.')}" if re.fullmatch(r"mart\.\w+", expression) else ""
            for column, text in enumerate((spec.name, heading, place, comments.get(place)), 1):
                put(sheet, row, column, text)
    for letter, width in zip("ABCD", (24, 34, 48, 100), strict=True):
        sheet.column_dimensions[letter].width = width
