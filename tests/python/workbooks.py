"""Made-up documents for the tests; nothing in them is a real figure."""

from dataclasses import replace

from ingest.tables import Column, Document, Row, Table


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
