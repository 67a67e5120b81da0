"""Tables that a page break has cut: what joins them, and what keeps two tables separate."""

from ingest.document import Table
from ingest.reading.blocks import Block, Grid, GridRow, PrintedCell, TextBlock
from ingest.reading.sources.layout_text import layout_text_blocks
from ingest.reading.sources.page_breaks import PageBreaks, PlacedBlock
from ingest.reading.tables.assembly import assemble

LEFTS = (70.0, 200.0, 300.0)
HEADER = ["tkr", "Budget 2025", "Utfall 2025"]
FIRST, LAST = ["Påhittad skola", "12", "13"], ["Netto", "19", "19"]


def grid(*rows: list[str], page: int) -> Grid:
    return Grid(tuple(GridRow(tuple(map(PrintedCell, row)), page) for row in rows))


def joined(*pages: list[PlacedBlock]) -> list[Block]:
    breaks = PageBreaks()
    return [block for page in pages for block in breaks.blocks(page)] + list(breaks.rest())


def rows(table: Table) -> list[tuple[str, ...]]:
    return [(row.label, *row.cells) for row in table.rows]


def test_a_name_as_near_as_a_row_continues_the_table_whose_header_is_repeated() -> None:
    first, last = grid(HEADER, FIRST, page=1), grid(HEADER, LAST, page=2)
    label = PlacedBlock(0.5, TextBlock("Påhittade poster", page=1), may_be_row=True)
    tables, doubts = assemble(joined([PlacedBlock(0.4, first, LEFTS), label], [PlacedBlock(0.1, last, LEFTS)]))
    assert [rows(table) for table in tables] == [[tuple(FIRST), ("Påhittade poster", "", ""), tuple(LAST)]]
    assert list(doubts) == [(1, 2, 0)]
    apart = PlacedBlock(0.5, TextBlock("Påhittade poster", page=1))
    assert len(assemble(joined([PlacedBlock(0.4, first, LEFTS), apart], [PlacedBlock(0.1, last, LEFTS)]))[0]) == 2


def test_the_repeated_header_shows_what_was_above_the_first() -> None:
    headers = ["tkr", "Påhittad\nBudget 2025", "ekonomi\nUtfall 2025"]
    first = PlacedBlock(0.8, grid(headers, FIRST, page=1), LEFTS)
    other_edges = (70.0, 190.0, 310.0)
    (table,) = assemble(joined([first], [PlacedBlock(0.1, grid(HEADER, LAST, page=2), other_edges)]))[0]
    assert (table.title, [column.header for column in table.columns]) == ("Påhittad ekonomi", HEADER[1:])
    assert rows(table) == [tuple(FIRST), tuple(LAST)]


def test_layout_text_continues_below_a_sub_heading_at_the_top_of_a_page() -> None:
    first = (
        "Funktion           Budget   Utfall\n- Made-up IT          -108     -111\n- Made-up HR          -479     -524\n"
    )
    rest = "Made-up stöd\n\n- Made-up IT          -548     -482\n- Made-up HR          -173     -189\n"
    (table,) = assemble(layout_text_blocks(f"{first}\f{rest}"))[0]
    assert [row.label for row in table.rows] == [
        "- Made-up IT",
        "- Made-up HR",
        "Made-up stöd",
        "- Made-up IT",
        "- Made-up HR",
    ]


def test_sums_on_the_next_page_have_no_code_before_their_name() -> None:
    coded = grid(
        ["Nr", "", "Budget 2025", "Utfall 2025"], ["6012", "Påhittad kaj", "4", "5"], ["6013", "Torg", "1", "2"], page=1
    )
    sums = grid(["Summa nya projekt", "5", "7"], ["Summa", "5", "7"], page=2)
    (table,) = assemble([coded, sums])[0]
    assert [row.label for row in table.rows] == ["6012 Påhittad kaj", "6013 Torg", "Summa nya projekt", "Summa"]
    assert table.rows[2].cells == ("5", "7")


def test_a_name_between_two_parts_without_a_header_is_a_row_that_may_be_another_tables_name() -> None:
    headings = [TextBlock("Made-up", page=1, heading_level=level) for level in (1, 2)]
    first, name = grid(HEADER, FIRST, page=1), TextBlock("Påhittade poster", page=1)
    tables, doubts = assemble([*headings, first, name, grid(LAST, FIRST, page=2)])
    assert [row.label for row in tables[0].rows] == [FIRST[0], "Påhittade poster", LAST[0], FIRST[0]]
    assert (1, 2, 0) in doubts
    assert len(assemble([*headings, first, name, grid(LAST, FIRST, page=1)])[0]) == 2
