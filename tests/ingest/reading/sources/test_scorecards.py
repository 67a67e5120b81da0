"""Scorecards of goals: indicators grouped by a first column, figures in brackets, banners, contact lines."""

from ingest.document import Table
from ingest.reading.blocks import Grid, GridRow, PrintedCell
from ingest.reading.tables.assembly import assemble


def read(*rows: tuple[str | PrintedCell, ...], is_header: tuple[bool, ...] = ()) -> list[Table]:
    told = [*is_header, *[False if is_header else None] * len(rows)]
    cells = [tuple(cell if isinstance(cell, PrintedCell) else PrintedCell(cell) for cell in row) for row in rows]
    grid = Grid(tuple(GridRow(row, page=1, is_header=header) for row, header in zip(cells, told, strict=False)))
    return list(assemble([grid])[0])


def test_a_column_that_groups_the_rows_gives_sub_headings() -> None:
    (table,) = read(
        ("Målområde", "Indikator", "Mål 2024", "Utfall 2024"),
        (PrintedCell("Trygga barn", row_span=2), "Påhittad nöjdhet", "85", "81"),
        ("Påhittad trygghet", "90", ""),
        (PrintedCell("God arbetsplats", row_span=2), "Påhittad frånvaro", "6", "7,1"),
        ("Påhittat index", "80", "82"),
    )
    assert [(row.label, row.is_heading) for row in table.rows] == [
        ("Trygga barn", True),
        ("Påhittad nöjdhet", False),
        ("Påhittad trygghet", False),
        ("God arbetsplats", True),
        ("Påhittad frånvaro", False),
        ("Påhittat index", False),
    ]
    assert table.rows[2].cells == ("90", "")
    assert table.label_header == "Målområde Indikator"


def test_a_risk_stays_the_label_of_its_controls() -> None:
    (table,) = read(
        ("Risk", "Kontrollmoment", "Sannolikhet", "Konsekvens"),
        (PrintedCell("Påhittad risk", row_span=2), "Stickprov", "3", "4"),
        ("Samtal", "2", "4"),
    )
    assert [row.label for row in table.rows] == ["Påhittad risk", "Påhittad risk"]


def test_a_header_in_brackets_gets_its_own_column() -> None:
    (table,) = read(
        ("Indikator", "Mål (utfall)\n2024", "Mål 2025"),
        ("Påhittat betyg", "265(262,\n6)", "265"),
        ("Påhittad nöjdhet", "90 (ingen mätning)", "91"),
        ("Påhittad frånvaro", "6", "6"),
    )
    assert [column.header for column in table.columns] == ["Mål 2024", "utfall 2024", "Mål 2025"]
    assert [row.cells for row in table.rows] == [("265", "262,6", "265"), ("90", "ingen mätning", "91"), ("6", "", "6")]


def test_a_text_alone_above_the_header_names_the_table_wherever_it_is() -> None:
    (table,) = read(
        ("", "Påhittat målområde", ""),
        ("Indikator", "Mål 2024", "Utfall 2024"),
        ("Påhittad nöjdhet", "90", "85"),
        is_header=(False, True),
    )
    assert table.title == "Påhittat målområde"
    assert [column.header for column in table.columns] == ["Mål 2024", "Utfall 2024"]


def test_a_header_left_of_its_labels_belongs_to_them() -> None:
    (table,) = read(("Ålder", "", "2023", "2024"), ("", "0", "1 236", "1 263"), ("", "1", "1 303", "1 313"))
    assert table.label_header == "Ålder"
    assert [(row.label, row.cells) for row in table.rows] == [("0", ("1 236", "1 263")), ("1", ("1 303", "1 313"))]


def test_terms_are_column_headers_below_a_year() -> None:
    (table,) = read(
        ("", PrintedCell("2024", col_span=2)), ("Verksamhet", "VT 24", "HT 24"), ("Påhittad skola", "3 004", "2 838")
    )
    assert [column.header for column in table.columns] == ["2024 VT 24", "2024 HT 24"]


def test_the_addresses_in_a_letters_foot_are_no_table() -> None:
    headers = ("POSTADRESS", "TELEFON", "E-POST", "ORG.NUMMER")
    assert read(headers, ("Påhittad kommun", "010-123 45 67", "info@pahittad.se", "212000-0000")) == []


def test_a_scorecard_continues_over_a_page_and_another_begins_with_the_same_headers() -> None:
    headers = ("Målområde", "Indikator", "Utfall 2023", "Mål 2024")
    printed = [
        (1, [headers, ("Barn", "Påhittad nöjdhet", "85", "81"), ("", "Påhittad trygghet", "90", "91")]),
        (
            2,
            [
                ("Nämndens egna mål", "", "", ""),
                ("Barn", "Påhittat betyg", "12", "13"),
                ("", "Påhittad frånvaro", "6", "5"),
                ("God arbetsplats", "", "", ""),
                headers,
                ("Personal", "Påhittat index", "70", "72"),
                ("", "Påhittad rörlighet", "9", "8"),
            ],
        ),
    ]
    grids = [Grid(tuple(GridRow(tuple(map(PrintedCell, row)), page=page) for row in rows)) for page, rows in printed]
    first, second = assemble(grids)[0]
    assert [row.label for row in first.rows if not any(row.cells)] == ["Barn", "Nämndens egna mål", "Barn"]
    assert [row.cells for row in first.rows if any(row.cells)] == [
        ("85", "81"),
        ("90", "91"),
        ("12", "13"),
        ("6", "5"),
    ]
    assert (second.title, [row.label for row in second.rows]) == (
        "God arbetsplats",
        ["Personal", "Påhittat index", "Påhittad rörlighet"],
    )


def test_a_list_is_no_table() -> None:
    assert read(("Påhittad rubrik",), ("Utfall 2024",), ("7",), ("8",)) == []
