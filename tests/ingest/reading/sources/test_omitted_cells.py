"""Blank cells that a tagged PDF leaves out of its rows."""

from ingest.reading.blocks import GridRow, PrintedCell
from ingest.reading.pdf.tagged import Extent, with_omitted_cells

HEAD, HEADER_AT = ("", "Not", "2023", "2024"), (None, Extent(100, 120), Extent(150, 180), Extent(200, 230))


def rows_of(*rows: tuple[str, ...]) -> list[GridRow]:
    return [GridRow(tuple(map(PrintedCell, texts))) for texts in rows]


def test_a_row_with_too_few_cells_is_filled_up_by_their_positions() -> None:
    rows = rows_of(HEAD, ("Hyra", "1", "-12", "-9"), ("Avskrivning", "-1 204", "3"))
    extents = [
        HEADER_AT,
        (Extent(10, 40), Extent(114, 120), Extent(162, 180), Extent(218, 230)),
        (Extent(10, 60), Extent(148, 180), Extent(224, 230)),
    ]
    filled = with_omitted_cells(rows, extents)[2]
    assert [cell.text for cell in filled.cells] == ["Avskrivning", "", "-1 204", "3"]


def test_a_row_under_a_cell_of_several_rows_stays_as_it_is() -> None:
    rows = [
        GridRow((PrintedCell("Skola", row_span=2), PrintedCell("Intäkt"), PrintedCell("5"))),
        *rows_of(("Kost", "7")),
    ]
    extents = [(Extent(10, 40), Extent(50, 80), Extent(100, 110)), (Extent(50, 80), Extent(100, 110))]
    assert with_omitted_cells(rows, extents) == rows
