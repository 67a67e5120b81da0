"""The last sheet: how to read the figures, and what each column holds."""

from collections.abc import Mapping, Sequence

from kommunlager.controller_workbook.cells import (
    BODY,
    BOLD,
    HEADING,
    LINE_HEIGHT,
    Rows,
    SheetInWriting,
    lines_of,
    title,
)
from kommunlager.controller_workbook.page import lay_out_page
from kommunlager.controller_workbook.sheets import Column, Sheet
from kommunlager.controller_workbook.table_sheet import add_table

_CONVENTIONS = (
    ("Belopp", "Tusen kronor (tkr), oavsett rapportens enhet. Intäkt är plus, kostnad och nettokostnad minus."),
    (
        "Avvikelse",
        "Plus är överskott, minus är underskott. Lägre investeringsutgifter än budget kan bero på förseningar och"
        " bedöms inte som över- eller underskott.",
    ),
    (
        "Summor",
        "Raderna på Budget verksamheter, Budget kostnadsslag och Budget investeringar kan summeras: varje blad har bara"
        " delar av ett slag, som gäller nu och avser helåret. Där ett blad har rader av flera slag står slaget i egna"
        " kolumner (Nivå, Slag av uppgift, Avser, Drift eller investering); välj ett värde i dem före en summa eller en"
        " pivottabell.",
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
    ("Tom cell", "Uppgiften finns inte i rapporten eller går inte att beräkna."),
    (
        "Id",
        "Nyckeln till en cell i rapporten. Samma id står på bladet Alla uppgifter, med cellens egen text.",
    ),
    (
        "Formler",
        "Varje lista är en tabell med bladets namn, till exempel =SUMMA(Budget_verksamheter[Avvikelse, tkr]).",
    ),
)
_HEADINGS = ("Blad", "Kolumn", "Beskrivning", "I databasen")
_WIDTHS = (24, 40, 96, 44)


def write_explanations(sheet: SheetInWriting, columns_of_sheets: Mapping[Sheet, Sequence[Column]]) -> None:
    """Write the conventions, then one row per column of every sheet."""
    for letter, width in zip("ABCD", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    lay_out_page(sheet)
    rows = Rows(sheet)
    rows.write(("Så läser du siffrorna", title(14)), height=22)
    for name, meaning in _CONVENTIONS:
        rows.write((name, BOLD), (meaning, BODY), height=LINE_HEIGHT * lines_of(meaning, _WIDTHS[1] + _WIDTHS[2]))
        sheet.merged_cells.add(f"B{rows.last}:C{rows.last}")
    rows.write()
    rows.write(("Kolumnerna på varje blad", title(12)), height=20)
    rows.write(*((heading, HEADING) for heading in _HEADINGS))
    heading_row = rows.last
    for spec, columns in columns_of_sheets.items():
        for column in columns:
            texts = (spec.name, column.heading, column.description, column.place)
            lines = max(lines_of(text, width) for text, width in zip(texts[:3], _WIDTHS, strict=False))
            rows.write(*((text, BODY) for text in texts), height=LINE_HEIGHT * lines)
    add_table(sheet, "Kolumner", _HEADINGS, heading_row, rows.last)
    sheet.print_area = f"A1:C{rows.last}"
