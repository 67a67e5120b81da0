"""Made-up documents for the tests; nothing in them is a real figure."""

from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook

from ingest.document import Column, Document, Row, Table


def made_up_document(document_id: str = "made_up_report", **changes: object) -> Document:
    """A report of a municipality that no seed maps labels for, with money, measures and a pair of rows."""
    money = Table(
        table_no=1,
        section="1 Påhittad ekonomi",
        title="Påhittad drift",
        label_header="Belopp i tkr",
        unit="tkr",
        columns=(Column("Budget 2024"), Column("Utfall 2024"), Column("Avvikelse")),
        rows=(
            Row("Intäkter", ("1 000", "1 100", "100")),
            Row("Påhittad verksamhetskostnad", ("-5 000", "-5 600", "-600")),
            Row("Nettokostnader", ("-4 000", "-4 500", "-500")),
        ),
    )
    measures = Table(
        table_no=2,
        section="2 Påhittade mått",
        title="Påhittade indikatorer",
        label_header="Indikator",
        columns=(Column("Mål 2024"), Column("Utfall 2024"), Column("Påhittad rubrik")),
        rows=(Row("Påhittad andel (%)", ("≥80", "82", "7")), Row("Påhittat antal", ("100", "ung 95", ""))),
    )
    pairs = Table(
        table_no=3,
        section="3 Påhittad uppdelning",
        title="Påhittad analys per verksamhet",
        label_header="Verksamhet",
        unit="mnkr",
        columns=(Column("Utfall 2024"), Column("Budget 2024"), Column("Avvikelse")),
        rows=(Row("Påhittad vård Intäkt", ("1,5", "1,0", "")), Row("Påhittad vård Kostnad", ("-7,0", "-6,0", "-0,5"))),
    )
    document = Document(
        document_id=document_id,
        title="Påhittad årsrapport 2024",
        municipality_code="0180",
        municipality="Stockholm",
        committee="Påhittade nämnden",
        document_kind="annual_report",
        information_date="2024-12-31",
        tables=(money, measures, pairs),
    )
    return replace(document, **changes)


def _table(
    table_no: int, headers: str, *rows: tuple[str, ...], unit: str = "", title: str = "Påhittad tabell"
) -> Table:
    columns = tuple(Column(header.strip()) for header in headers.split("|"))
    return Table(table_no, "1 Påhittat", title, "", columns, tuple(Row(row[0], row[1:]) for row in rows), unit)


def made_up_odd_documents() -> list[Document]:
    """Reports in layouts that once stopped the build or were read wrongly."""
    interim = _table(
        1,
        "Budget jan-aug 2024 | Utfall jan-aug 2024 | Avvikelse | Budget 2024 | Prognos 2024 | Avvikelse",
        ("Nettokostnader", "-66", "-70", "-4", "-100", "-110", "-10"),
        unit="tkr",
    )
    annual = (
        _table(
            1,
            "Mål 2024 | Utfall 2024",
            ("Påhittad andel (%)", "≥80", "82"),
            ("Kvinnor", "≥80", "83"),
            ("Män", "≥80", "78"),
            ("Påhittat antal <29 år", "öka till 85 %", "4"),
            ("Påhittat antal >29 år", "oförändrad eller högre", "7"),
            ("Påhittat antal >29 år", "≤9", "8"),
            ("🙂", "≥1", "2"),
            ("", "≥1", "2"),
        ),
        _table(
            2,
            "Budget 2024 | Utfall 2024",
            ("Intäkter", "1 000", "1 100"),
            ("Kostnader", "251 612 245 397", "6 000"),
            ("Antal årsarbetare", "30", "35,1"),
            ('O\'Hara "100 %" \\ {{ x }}; --', "-1", "-2"),
            unit="mnkr",
        ),
        _table(3, "Ja | Nej", ("Påhittad verksamhet", "x", "x"), title="Är uppdraget uppfyllt"),
        _table(4, "Budget 2024 | Utfall 2024", unit="tkr"),
        _table(5, "Godkänd nivå | Utfall 2024", ("Påhittat följetal", "70–100", "86"), title="Följetal"),
        _table(6, "Godkänd nivå | Utfall 2024", ("Påhittat följetal", "7–10", "8"), title="Följetal"),
    )
    leap = _table(1, "Delår 2023 | Delår 2024", ("Nettokostnader", "-10", "-11"), unit="Belopp i Mkr")
    return [
        made_up_document(
            "made_up_odd_interim",
            document_kind="interim_report",
            information_date="2024-08-31",
            committee="Udda nämnden",
            tables=(interim,),
        ),
        made_up_document("made_up_odd_annual", committee='Udda "nämnden" 2', tables=annual),
        made_up_document("made_up_odd_twin", committee='Udda "nämnden" 2', tables=annual),
        made_up_document(
            "made_up_odd_leap",
            document_kind="interim_report",
            information_date="2024-02-29",
            committee="Udda nämnden 3",
            tables=(leap,),
        ),
    ]


def made_up_faulty_document() -> Document:
    """A report of labels that no seed maps, with one or two faults per table: what the audit must find, and where."""
    swapped = _table(  # -4 217 with two digits swapped
        1,
        "Budget 2024 | Utfall 2024 | Avvikelse",
        ("Påhittad vård", "-12 410", "-12 960", "-550"),
        ("Påhittat stöd", "-8 305", "-8 250", "55"),
        ("Påhittat råd", "-4 127", "-4 271", "-90"),
        ("Summa", "-24 842", "-25 427", "-585"),
        unit="tkr",
    )
    across = _table(  # 47 and 52 are 99
        2,
        "Utfall kvinnor 2024 | Utfall män 2024 | Totalt",
        ("Påhittade personer", "120", "80", "200"),
        ("Påhittade samtal", "35", "64", "99"),
        ("Påhittade besök", "47", "52", "89"),
        ("Påhittade brev", "210", "77", "287"),
    )
    turned = _table(  # the second year is 2023, and fewer days are better
        3,
        "Utfall 2022 | Utfall 2024 | Utfall 2024 | Mål 2024",
        ("Minska antalet påhittade dagar", "40", "38", "36", "≥35"),
        ("Påhittade timmar", "-510", "520", "515", "≤500"),
        ("Påhittade samtal", "710", "690", "705", "≤700"),
        ("Påhittade samtal", "710", "690", "705", "≤700"),
    )
    return made_up_document("made_up_faulty", committee="Felande nämnden", tables=(swapped, across, turned))


def edit_cell(path: Path, sheet: str, cell: str, value: str) -> None:
    workbook = load_workbook(path)
    workbook[sheet][cell] = value
    workbook.save(path)
