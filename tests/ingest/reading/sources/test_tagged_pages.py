"""Tagged pages whose structure is incomplete: tables pasted as pictures, rows that are left out."""

from pathlib import Path

import typst

from ingest.reading.blocks import Grid
from ingest.reading.pdf.marked_text import PageText, Piece, torn_pages
from ingest.reading.pdf.structure import Content, Element
from ingest.reading.sources.choice import report_blocks

MADE_UP_ROWS = [("Verksamhet", "Budget", "Utfall"), ("Påhittad skola", "-1 200", "-1 350"), ("Summa", "-1 200", "")]
MADE_UP_COLUMNS = [(0, 150), (150, 80), (230, 80)]


def made_up_picture(rows: list[tuple[str, ...]], rule: str) -> str:
    cells = (
        f'<rect x="{x}" y="{20 * number}" width="{width}" height="20" fill="none" stroke="{rule}"/>'
        f'<text x="{x + 4}" y="{20 * number + 14}" font-size="10">{text}</text>'
        for number, row in enumerate(rows)
        for (x, width), text in zip(MADE_UP_COLUMNS, row, strict=False)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="310" height="{20 * len(rows)}">{"".join(cells)}</svg>'


def test_a_table_that_was_pasted_as_a_picture_is_read_and_a_chart_is_not(tmp_path: Path) -> None:
    (tmp_path / "table.svg").write_text(made_up_picture(MADE_UP_ROWS, "black"), encoding="utf-8")
    chart = [("Påhittat diagram",), ("100",), ("50",), ("0",), ("2022", "2023", "2024")]
    (tmp_path / "chart.svg").write_text(made_up_picture(chart, "none"), encoding="utf-8")
    source = tmp_path / "made_up.typ"
    source.write_text(
        "#table(columns: 2, table.header([Mått], [Utfall]), [Antal], [7])\n"
        '#image("chart.svg", alt: "diagram")\n#image("table.svg", alt: "tabell")',
        encoding="utf-8",
    )
    typst.compile(str(source), output=str(tmp_path / "made_up.pdf"))
    blocks = report_blocks(tmp_path / "made_up.pdf", lambda page, pages: None)
    tables = [[[cell.text for cell in row.cells] for row in block.rows] for block in blocks if isinstance(block, Grid)]
    assert tables == [[["Mått", "Utfall"], ["Antal", "7"]], [list(row) for row in MADE_UP_ROWS]]


def made_up_page(*texts: str) -> PageText:
    """Texts one line below the other, marked 0, 1, 2 …"""
    marked = {number: [Piece(text, 0, 9, 700 - 20 * number, 10)] for number, text in enumerate(texts)}
    return PageText(marked, (), 1.0, keeps_spaces=False)


def made_up_table(*places: tuple[int, int]) -> Element:
    return Element("Table", kids=tuple(Element("TR", kids=(Content(*place),)) for place in places))


def test_a_page_is_torn_where_the_structure_leaves_out_a_line_of_a_table() -> None:
    pages = {
        1: made_up_page("Hyra 7", "Lön 8", "sida 1"),
        2: made_up_page("El 9", "Vatten 5", "Summa 29"),
        3: made_up_page("Mått 1", "Mått 2", "•", "Mått 3"),
    }
    over_pages = made_up_table((1, 0), (1, 1), (2, 0), (2, 2))
    assert torn_pages([over_pages, made_up_table((3, 0), (3, 1), (3, 3))], pages.__getitem__) == {1, 2}
    assert torn_pages([over_pages, Content(2, 1)], pages.__getitem__) == frozenset()
