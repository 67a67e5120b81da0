"""What each source makes of its kind of file: blocks as printed, before they are interpreted."""

from pathlib import Path
from zipfile import ZipFile

import typst
from docx import Document as WordDocument
from fpdf import FPDF
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.cell.rich_text import TextBlock as RichText
from openpyxl.cell.text import InlineFont

from ingest.reading.blocks import Block, Grid, PrintedCell, TextBlock
from ingest.reading.sources.choice import report_blocks

_WORKBOOK_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def blocks(path: Path) -> list[Block]:
    return [item for item in report_blocks(path, lambda page, pages: None) if isinstance(item, Grid | TextBlock)]


def texts(grid: Block) -> list[list[str]]:
    assert isinstance(grid, Grid)
    return [[cell.text for cell in row.cells] for row in grid.rows]


def grids(path: Path) -> list[list[list[str]]]:
    return [texts(block) for block in blocks(path) if isinstance(block, Grid)]


def made_up_word(path: Path) -> Path:
    document = WordDocument()
    document.add_heading("Påhittad rubrik", 2)
    table = document.add_table(3, 3)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = str(number)
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Helår"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Påhittad\nverksamhet"
    paragraph = document.add_paragraph("Påhittat bistånd")
    paragraph.add_run("2").font.superscript = True
    document.save(str(path))
    return path


def test_word_gives_headings_merged_cells_and_raised_marks(tmp_path: Path) -> None:
    heading, grid, paragraph = blocks(made_up_word(tmp_path / "made_up.docx"))
    assert heading == TextBlock("Påhittad rubrik", heading_level=2)
    assert isinstance(grid, Grid)
    assert grid.rows[0].cells == (PrintedCell("0"), PrintedCell("Helår", col_span=2))
    assert grid.rows[1].cells[0] == PrintedCell("Påhittad\nverksamhet", row_span=2)
    assert texts(grid)[2] == ["7", "8"]
    assert paragraph == TextBlock("Påhittat bistånd²")


def test_a_table_around_tables_is_a_frame(tmp_path: Path) -> None:
    document = WordDocument()
    inner = document.add_table(1, 1).cell(0, 0).add_table(2, 2)
    for number, cell in enumerate(cell for row in inner.rows for cell in row.cells):
        cell.text = str(number)
    document.save(str(tmp_path / "made_up.docx"))
    assert grids(tmp_path / "made_up.docx") == [[["0", "1"], ["2", "3"]]]


def test_a_table_with_a_small_one_in_a_cell_is_a_table_still(tmp_path: Path) -> None:
    document = WordDocument()
    outer = document.add_table(3, 3)
    for row, texts_of_row in zip(outer.rows, (["Mål", "Utfall", "Anm."], ["A", "5", ""], ["B", "6", ""]), strict=True):
        for cell, text in zip(row.cells, texts_of_row, strict=True):
            cell.text = text
    outer.cell(1, 2).add_table(1, 2).cell(0, 0).text = "i rutan"
    document.save(str(tmp_path / "made_up.docx"))
    assert grids(tmp_path / "made_up.docx") == [[["Mål", "Utfall", "Anm."], ["A", "5", "i rutan"], ["B", "6", ""]]]


def fill(workbook: Workbook, place: str, rows: list[list[object]], number_format: str = "General") -> None:
    sheet = workbook.worksheets[0]
    first = sheet[place]
    for down, row in enumerate(rows):
        for across, value in enumerate(row):
            cell = sheet.cell(first.row + down, first.column + across, value)
            cell.number_format = number_format if isinstance(value, int | float) else "General"


def test_excel_finds_tables_below_and_beside_each_other(tmp_path: Path) -> None:
    workbook = Workbook()
    fill(workbook, "B2", [["Påhittad ekonomi, tkr"], ["Konto", "Budget", None, "Utfall"]])
    fill(workbook, "B4", [["Intäkter", 1000, None, -1234.5], [None], ["Varav"], ["Hyra", 1, None, 2]], "#,##0")
    fill(workbook, "G2", [["Frånvaro", "2023", "2024"], ["Kvinnor", 0.085, 0.07], ["Män", 0.05, 0.04]], "0.0%")
    fill(workbook, "B10", [["Volymer"], ["Mått", "Mål"], ["Antal", "≥ 5"]])
    workbook.save(tmp_path / "made_up.xlsx")
    assert grids(tmp_path / "made_up.xlsx") == [
        [["Konto", "Budget", "Utfall"], ["Intäkter", "1 000", "-1 235"], ["Varav", "", ""], ["Hyra", "1", "2"]],
        [["Mått", "Mål"], ["Antal", "≥ 5"]],
        [["Frånvaro", "2023", "2024"], ["Kvinnor", "8,5 %", "7,0 %"], ["Män", "5,0 %", "4,0 %"]],
    ]


def test_excel_tables_continue_below_blank_rows_with_a_group_of_figures_or_a_row_of_words(tmp_path: Path) -> None:
    workbook = Workbook()
    fill(workbook, "A1", [["Konto", "Budget"], ["Hyra", 5], ["Lön", 6], [None], ["VERKSAMHETER"], [None], ["Skola", 7]])
    headers, first = ["Uppdrag", "Status"], ["Ett påhittat uppdrag", "Klart"]
    fill(workbook, "A12", [headers, first, [None], ["Ett annat", "Klart"], [None], ["Risk", "Värde"], ["Brand", "Hög"]])
    workbook.save(tmp_path / "made_up.xlsx")
    assert grids(tmp_path / "made_up.xlsx") == [
        [["Konto", "Budget"], ["Hyra", "5"], ["Lön", "6"], ["VERKSAMHETER", ""], ["Skola", "7"]],
        [headers, first, ["Ett annat", "Klart"]],
        [["Risk", "Värde"], ["Brand", "Hög"]],
    ]


def test_excel_tables_continue_with_a_row_of_dates_until_the_headers_repeat(tmp_path: Path) -> None:
    headers, first, second = ["Startdatum", "Status"], ["2025-01-01", "Pågår"], ["2025-06-30", "Avslutat"]
    rows = [["Uppdrag", *headers], ["Påhittad växel", *first], [None], ["Påhittad plan", *second]]
    other = [["Mål", *headers], ["Påhittat mål", *first]]
    workbook = Workbook()
    fill(workbook, "A1", [*rows, [None], *other])
    workbook.save(tmp_path / "made_up.xlsx")
    assert grids(tmp_path / "made_up.xlsx") == [[*rows[:2], rows[3]], other]


def test_excel_is_unsure_of_a_formula_without_a_saved_value(tmp_path: Path) -> None:
    workbook = Workbook()
    fill(workbook, "A1", [["Mått", "2024"], ["Antal", 7], ["Summa", "=SUM(B2)"]])
    workbook.save(tmp_path / "made_up.xlsx")
    grid = blocks(tmp_path / "made_up.xlsx")[1]
    assert isinstance(grid, Grid)
    assert grid.rows[2].cells[1].text == ""
    assert "Formel" in grid.rows[2].cells[1].doubt


def test_excel_leaves_out_what_is_hidden_and_keeps_raised_marks(tmp_path: Path) -> None:
    workbook = Workbook()
    marked = CellRichText("Antal", RichText(InlineFont(vertAlign="superscript"), "1"))
    fill(workbook, "A1", [["Mått", "nyckel", "2024"], [marked, "x", 7], ["Dolt", "x", 8], ["Andel", "x", 9]])
    workbook.worksheets[0].column_dimensions["B"].hidden = True
    workbook.worksheets[0].row_dimensions[3].hidden = True
    workbook.save(tmp_path / "made_up.xlsx")
    assert grids(tmp_path / "made_up.xlsx") == [[["Mått", "2024"], ["Antal¹", "7"], ["Andel", "9"]]]


def test_a_workbook_with_macros_is_read_and_its_macros_are_left_alone(tmp_path: Path) -> None:
    workbook = Workbook()
    fill(workbook, "A1", [["Mått", "2024"], ["Antal", 7]])
    workbook.save(tmp_path / "made_up.xlsx")
    path = tmp_path / "made_up.xlsm"
    with ZipFile(tmp_path / "made_up.xlsx") as plain, ZipFile(path, "w") as macros:
        for name in plain.namelist():
            content = plain.read(name)
            macros.writestr(name, content.replace(_WORKBOOK_TYPE, _MACRO_TYPE) if name.startswith("[") else content)
        macros.writestr("xl/vbaProject.bin", b"made up: no macro that could run")
    assert grids(path) == [[["Mått", "2024"], ["Antal", "7"]]]


def made_up_tagged_pdf(path: Path) -> Path:
    rows = "".join(f"[Påhittad rad {number}], [], [{number}],\n" for number in range(60))
    source = path.with_suffix(".typ")
    source.write_text(
        "= Påhittad rubrik\n#table(columns: 3, table.header([Mått], [Mål], [Utfall]),\n"
        f"table.cell(colspan: 2)[Över två], [1],\n{rows})",
        encoding="utf-8",
    )
    typst.compile(str(source), output=str(path))
    return path


def test_a_tagged_pdf_gives_whole_tables_with_their_blanks(tmp_path: Path) -> None:
    heading, grid = blocks(made_up_tagged_pdf(tmp_path / "made_up.pdf"))
    assert heading == TextBlock("Påhittad rubrik", page=1, heading_level=1)
    assert isinstance(grid, Grid)
    assert [row.is_header for row in grid.rows[:2]] == [True, False]
    assert grid.rows[1].cells[0] == PrintedCell("Över två", col_span=2)
    assert texts(grid)[-1] == ["Påhittad rad 59", "", "59"]
    assert grid.rows[-1].page == 2


def test_a_tagged_pdf_keeps_both_of_two_dashes_on_end(tmp_path: Path) -> None:
    cells = '[Påhittad park], [#"-"], [#"-0,2"]'
    source = tmp_path / "made_up.typ"
    source.write_text(
        '#set text(lang: "sv", hyphenate: true)\n'
        f"#table(columns: (3cm, 1.2cm, 2cm), table.header([Mått], [Avvikelse], [Utfall]), {cells})",
        encoding="utf-8",
    )
    typst.compile(str(source), output=str(tmp_path / "made_up.pdf"))
    assert grids(tmp_path / "made_up.pdf")[0][1:] == [["Påhittad park", "-", "-0,2"]]


def test_a_pdf_with_marks_and_without_their_structure_is_read_as_printed(tmp_path: Path) -> None:
    path = made_up_tagged_pdf(tmp_path / "made_up.pdf")
    path.write_bytes(path.read_bytes().replace(b"StructTreeRoot", b"LostTreeOfRoot"))
    grid = next(block for block in blocks(path) if isinstance(block, Grid))
    assert texts(grid)[:3] == [["Mått", "Mål", "Utfall"], ["Över två", "1"], ["Påhittad rad 0", "", "0"]]


def test_an_area_behind_each_line_of_a_shaded_cell_makes_no_rows(tmp_path: Path) -> None:
    pdf = FPDF(unit="pt")
    pdf.add_page()
    pdf.set_font("helvetica", size=10)
    rows = [(100, ["Verksamhet", ""], ["Utfall", "2024"]), (130, ["Påhittad", "verksamhet"], ["17", ""])]
    for top, label, figure in rows:
        pdf.set_fill_color(top + 90)
        for left, lines in ((60, label), (200, figure)):
            pdf.rect(left, top, 140, 30, style="F")
            for number, text in enumerate(lines):
                pdf.rect(left + 3, top + 3 + 12 * number, 134, 12, style="F")
                pdf.text(left + 6, top + 12 + 12 * number, text)
    pdf.output(str(tmp_path / "made_up.pdf"))
    assert grids(tmp_path / "made_up.pdf") == [[["Verksamhet", "Utfall\n2024"], ["Påhittad\nverksamhet", "17"]]]


def made_up_unruled_pdf(path: Path) -> Path:
    pdf = FPDF(unit="pt")
    pdf.add_page()
    pdf.set_font("helvetica", size=10)
    lines = [
        (100, "Påhittad tabell (tkr)", []),
        (116, "Verksamhet", ["Budget", "Utfall", "Avvikelse"]),
        (128, "", ["2024", "2024", ""]),
        (148, "Påhittad verksamhet med ett", []),
        (160, "långt namn", ["17 349", "- 16 045", ""]),
        (180, "Annan", ["1 200", "", "4"]),
        (200, "Summa", ["18 549", "-16 045", "4"]),
    ]
    for top, label, figures in lines:
        pdf.text(60, top, label)
        for column, figure in enumerate(figures):
            pdf.text(300 + 80 * column - pdf.get_string_width(figure), top, figure)
    pdf.output(str(path))
    return path


def test_an_untagged_pdf_without_lines_is_read_by_its_columns(tmp_path: Path) -> None:
    title, grid = blocks(made_up_unruled_pdf(tmp_path / "made_up.pdf"))
    assert isinstance(title, TextBlock)
    assert title.text == "Påhittad tabell (tkr)"
    assert texts(grid) == [
        ["Verksamhet", "Budget\n2024", "Utfall\n2024", "Avvikelse"],
        ["Påhittad verksamhet med ett\nlångt namn", "17 349", "- 16 045", ""],
        ["Annan", "1 200", "", "4"],
        ["Summa", "18 549", "-16 045", "4"],
    ]
