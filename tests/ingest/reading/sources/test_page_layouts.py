"""Untagged pages as annual reports lay them out: coloured rows, columns of text, tables side by side, charts."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest
import typst

from ingest.document import Table
from ingest.reading.report import read_report

PROSE = "Under det påhittade året har nämnden arbetat vidare med de mål som den har hittat på. Antalet är 1 240. "
ROWS = (("Förskola", "31 475", "−2 390"), ("Skola", "129 800", "1 640"), ("Stab", "−12", "0"), ("Summa", "161 263", ""))
HEADERS = ("Verksamhet", "Bokslut 2023", "Budget 2024")


def table(options: str, headers: tuple[str, ...] = HEADERS, rows: tuple[tuple[str, ...], ...] = ROWS) -> str:
    cells = ", ".join(f"[{text}]" for row in (headers, *rows) for text in row)
    return f"table(columns: {len(headers)}, {options}, {cells})"


def tables_of(folder: Path, source: str, page: str = "") -> tuple[Table, ...]:
    path = folder / "made_up_layout.pdf"
    (folder / "made_up_layout.typ").write_text(f'#set text(lang: "sv", size: 10pt)\n{page}\n{source}', encoding="utf-8")
    typst.compile(folder / "made_up_layout.typ", output=path, format="pdf", ignore_system_fonts=True, pdf_tags=False)
    return read_report(path, lambda page, pages: None).tables


def cells(found: Table) -> tuple[tuple[str, ...], ...]:
    return tuple((row.label, *row.cells) for row in found.rows)


@pytest.mark.parametrize(
    "options",
    [
        "stroke: none, fill: (x, y) => if calc.even(y) { aqua }",
        "stroke: none, fill: (x, y) => if y == 0 { aqua }",
        "stroke: (x, y) => (bottom: if y == 0 { 1pt } else { 0.2pt })",
        "stroke: (x, y) => if y == 0 { (bottom: 1pt) }, fill: (x, y) => if y == 4 { silver }",
        "stroke: none, inset: 8pt, fill: (x, y) => if x == 2 { silver }",
        "stroke: (x, y) => (y: 1pt, left: if x < 2 { 1pt }, right: if x == 2 { 1pt })",
    ],
)
def test_a_table_is_whole_however_its_rows_are_marked(options: str, tmp_path: Path) -> None:
    (found,) = tables_of(tmp_path, f"= Ekonomi\n{PROSE}\n#{table(options)}\n{PROSE}")
    assert ([column.header for column in found.columns], cells(found)) == (list(HEADERS[1:]), ROWS)


def test_a_table_set_larger_than_the_text_has_its_header(tmp_path: Path) -> None:
    (found,) = tables_of(tmp_path, f"{PROSE * 3}\n#text(size: 12pt)[#{table('stroke: none')}]\n{PROSE}")
    assert ([column.header for column in found.columns], cells(found)) == (list(HEADERS[1:]), ROWS)


def test_columns_of_text_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = f"{PROSE * 3}\n\n#strong[Utfall per verksamhet]\n#{table('stroke: none')}\n{PROSE}"
    right = f"{PROSE * 8}"
    (found,) = tables_of(tmp_path, f"#columns(2)[#text(size: 8pt)[{left}#colbreak(){right}]]")
    assert (found.title, cells(found)) == ("Utfall per verksamhet", ROWS)


def test_tables_side_by_side_are_two(tmp_path: Path) -> None:
    headers = ("Antal", "2023", "2024")
    sides = [(("Ängen", "84", "81"), ("Kojan", "112", "118")), (("Centralskolan", "412", "420"), ("Ny", "24", "31"))]
    parts = [
        f"[{title} \\ #{table('stroke: none', headers, rows)}]"
        for title, rows in zip(("Barn", "Elever"), sides, strict=True)
    ]
    found = tables_of(tmp_path, f"{PROSE}\n#grid(columns: 2, column-gutter: 2cm, {', '.join(parts)})")
    assert [(one.title, cells(one)) for one in found] == [("Barn", sides[0]), ("Elever", sides[1])]


def test_tables_in_columns_of_little_text_are_two(tmp_path: Path) -> None:
    sides = [(("Lön", "84", "81"), ("Hyra", "112", "118")), (("Skola", "412", "420"), ("Stab", "24", "31"))]
    left, right = (
        f"== {name}\n#{table('stroke: none', HEADERS, side)}"
        for name, side in zip(("Hittade kostnader", "Hittade barn"), sides, strict=True)
    )
    source = f"#columns(2)[#text(size: 8pt)[{left}\nKort text.#colbreak()#v(5pt)\n{right}]]"
    found = tables_of(tmp_path, source)
    assert [(one.section, cells(one)) for one in found] == [
        ("Hittade kostnader", sides[0]),
        ("Hittade barn", sides[1]),
    ]


def test_a_header_over_several_columns_covers_each_where_inner_ones_repeat(tmp_path: Path) -> None:
    outer = "[], table.cell(colspan: 2, align: center)[2024], table.cell(colspan: 2, align: center)[2023]"
    inner = "[], [Kvinnor], [Män], [Kvinnor], [Män]"
    rows = "[–29 år], [6,1], [4,2], [6,4], [3,9], [30–49 år], [7,0], [5,1], [7,4], [5,0]"
    (found,) = tables_of(tmp_path, f"#table(columns: 5, stroke: none, {outer}, {inner}, {rows})")
    assert [column.header for column in found.columns] == ["2024 Kvinnor", "2024 Män", "2023 Kvinnor", "2023 Män"]


def test_a_table_continues_over_a_page_break_past_running_lines_and_remarks(tmp_path: Path) -> None:
    page = "#set page(height: 12cm, margin: 2cm, header: [Påhittad årsredovisning], footer: [Låtsas kommun])"
    rows = tuple((f"Verksamhet nummer {'I' * number}", f"{number} 100", f"−{number}") for number in range(1, 25))
    (found,) = tables_of(tmp_path, f"#{table('stroke: none', HEADERS, rows)}\n{PROSE}", page)
    assert cells(found) == rows


def test_the_figures_of_a_chart_are_no_table(tmp_path: Path) -> None:
    chart = "#grid(columns: 3, column-gutter: 1cm, [552], [624], [648], [2022], [2023], [2024])"
    (found,) = tables_of(tmp_path, f"#{table('stroke: none')}\n\nDiagram 1. Antal anställda\n\n{chart}\n{PROSE}")
    assert cells(found) == ROWS


def test_words_centred_in_a_cell_are_not_one_broken_word(tmp_path: Path) -> None:
    headers, rows = ("Mått", "Mål 2024"), (("Påhittad nöjdhet", "bestäms senare"), ("Påhittad trygghet", "85"))
    (found,) = tables_of(
        tmp_path, "#" + table("align: center", headers, rows).replace("columns: 2", "columns: (90pt, 60pt)")
    )
    assert cells(found) == rows


def test_a_caption_centred_over_a_table_is_its_title_and_no_part_of_its_header(tmp_path: Path) -> None:
    wide = table("stroke: none").replace("columns: 3", "columns: (2fr, 1fr, 1fr)")
    source = f"#align(center)[Påhittat utfall]\n#{wide}"
    (found,) = tables_of(tmp_path, f"= Ekonomi\n{PROSE * 3}\n{source}\n{PROSE}", "#set par(justify: true)")
    assert (found.title, [column.header for column in found.columns]) == ("Påhittat utfall", list(HEADERS[1:]))


def test_two_rows_beside_a_label_of_several_lines_are_two(tmp_path: Path) -> None:
    label = "table.cell(rowspan: 2)[Påhittad grundskola samt fritidshem för barn med särskilt behov]"
    first = f"{label}, [Intäkt], [6,6], [7,1], [Kostnad], [−43,5], [−38,9]"
    second = "table.cell(rowspan: 2)[Stab], [Intäkt], [0,1], [0,2], [Kostnad], [−8,1], [−7,8]"
    rows = f"[Verksamhet], [], [Budget 2024], [Utfall 2024], {first}, {second}"
    (found,) = tables_of(tmp_path, f"{PROSE}\n#table(columns: (125pt, auto, 1fr, 1fr), stroke: none, {rows})")
    assert [row.cells for row in found.rows] == [("6,6", "7,1"), ("−43,5", "−38,9"), ("0,1", "0,2"), ("−8,1", "−7,8")]
    assert found.rows[1].label == "Påhittad grundskola samt fritidshem för barn med särskilt behov Kostnad"


def test_rows_with_figures_below_their_label_keep_it(tmp_path: Path) -> None:
    rows = (
        ("Påhittad risk för fel", "3", "1", "Påhittad kommentar som bryts över flera rader i sin kolumn."),
        ("Annan risk", "2", "4", "Även denna kommentar är påhittad och bryts över flera rader."),
    )
    headers = ("Risk", "Sannolikhet", "Konsekvens", "Kommentar")
    options = "stroke: none, align: (x, y) => if x in (1, 2) { bottom + right } else { top + left }"
    (found,) = tables_of(tmp_path, f"{PROSE}\n#{table(options, headers, rows)}\n{PROSE}", "#set page(width: 420pt)")
    assert [(row.label, *row.cells[:2]) for row in found.rows] == [row[:3] for row in rows]


def test_the_header_lines_of_a_table_without_labels_are_not_rows(tmp_path: Path) -> None:
    headers = "[Budget \\ helår \\ 2024], [Utfall 2024], [Avvikelse]"
    source = f"#table(columns: (1fr, 1fr, 1fr), stroke: none, align: right, {headers}, [60 495], [60 149], [346])"
    (found,) = tables_of(tmp_path, f"{PROSE}\n\nPrognos, tkr\n\n{source}\n{PROSE}")
    assert [column.header for column in found.columns] == ["Budget helår 2024", "Utfall 2024", "Avvikelse"]
    assert cells(found) == (("", "60 495", "60 149", "346"),)


def test_figures_a_space_apart_are_two_where_no_space_is_written_between_them(tmp_path: Path) -> None:
    rows = (("Förskola", "158 400", "165 912"), ("Skola", "802", "877"), ("Patientavgifter", "12", "13"))
    close = table("stroke: none, inset: (x: 1.4pt), align: right", rows=rows)
    (found,) = tables_of(tmp_path, f"{PROSE}\n\n#set text(weight: 500)\n#{close}\n{PROSE}")
    assert ([column.header for column in found.columns], cells(found)) == (list(HEADERS[1:]), rows)


@pytest.mark.parametrize(
    "options",
    [
        "stroke: none, inset: (y: 9pt), align: horizon",
        "stroke: (x, y) => (bottom: 0.5pt), align: bottom",
        "stroke: none, inset: (y: 9pt), column-gutter: 2pt, fill: (x, y) => if y == 0 { aqua }, align: horizon",
    ],
)
def test_a_label_of_two_lines_is_one_row_where_space_or_rules_separate_rows(options: str, tmp_path: Path) -> None:
    rows = (
        ("Gång- och cykelväg \\ Torp", "31 475", "−390"),
        ("Skolan \\ Norra vallen", "129", "40"),
        ("Stab", "−1", "0"),
    )
    headers = ("Projekt", "Utfall \\ 2023", "Budget \\ 2024")
    (found,) = tables_of(tmp_path, f"= Ekonomi\n{PROSE}\n#{table(options, headers, rows)}\n{PROSE}")
    whole = tuple((label.replace(" \\", ""), *figures) for label, *figures in rows)
    assert ([column.header for column in found.columns], cells(found)) == (["Utfall 2023", "Budget 2024"], whole)


def test_headers_that_end_in_a_line_of_digits_above_a_rule_are_not_a_row(tmp_path: Path) -> None:
    rows = (("Södra skolan", "48", "151"), ("Norra skolan", "9", "33"), ("Totalt", "57", "184"))
    headers = ("Skola", "Åk 1– \\ 3", "Åk 4– \\ 6")
    options = "align: bottom, stroke: (x, y) => (bottom: if y == 0 { 1pt })"
    (found,) = tables_of(tmp_path, f"= Elever\n{PROSE}\n#{table(options, headers, rows)}\n{PROSE}")
    assert ([column.header for column in found.columns], cells(found)) == (["Åk 1–3", "Åk 4–6"], rows)


def test_headers_aligned_at_another_edge_than_their_column_belong_to_it(tmp_path: Path) -> None:
    rows = (("Inköp", "Kvartal", "412"), ("Bidrag", "Månad", "12"), ("Arkiv", "År", "1"))
    headers = ("Process", "#h(60pt)Frekvens", "Antal kontroller")
    (found,) = tables_of(tmp_path, f"= Kontroll\n{PROSE}\n#{table('stroke: none', headers, rows)}\n{PROSE}")
    assert ([column.header for column in found.columns], cells(found)) == (["Frekvens", "Antal kontroller"], rows)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_table_that_is_drawn_sideways_is_read_as_if_upright(degrees: int, tmp_path: Path) -> None:
    source = f"#rotate({degrees}deg, reflow: true)[#box(width: 15cm)[{PROSE}\n#{table('stroke: none')}]]"
    (found,) = tables_of(tmp_path, source)
    assert ([column.header for column in found.columns], cells(found)) == (list(HEADERS[1:]), ROWS)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_is_shown_sideways_is_read_as_if_upright(degrees: int, tmp_path: Path) -> None:
    upright = tables_of(tmp_path, f"{PROSE}\n#{table('stroke: none')}")
    with pdfium.PdfDocument(tmp_path / "made_up_layout.pdf") as document:
        document[0].set_rotation(degrees)
        document.save(tmp_path / "made_up_turned.pdf")
    assert read_report(tmp_path / "made_up_turned.pdf", lambda page, pages: None).tables == upright


def test_a_slightly_shifted_rule_in_the_header_does_not_make_a_column(tmp_path: Path) -> None:
    def ruled(widths: str, rows: tuple[tuple[str, ...], ...]) -> str:
        return f"table(columns: ({widths}), {', '.join(f'[{text}]' for row in rows for text in row)})"

    header, body = ruled("4cm, 3.4cm, 2.6cm", (HEADERS,)), ruled("4cm, 3cm, 3cm", ROWS)
    (found,) = tables_of(tmp_path, f"{PROSE}\n#stack({header}, {body})")
    assert ([column.header for column in found.columns], cells(found)) == (list(HEADERS[1:]), ROWS)


def test_a_header_covers_the_columns_above_which_its_rule_extends(tmp_path: Path) -> None:
    outer = "[], table.cell(colspan: 2, stroke: (bottom: 1pt))[Utfall], []"
    rows = (("Förskola", "902", "877", "850"), ("Skola", "1 420", "1 433", "1 400"), ("Stab", "12", "11", "12"))
    body = ", ".join(f"[{text}]" for row in (("Enhet", "2023", "2024", "Mål"), *rows) for text in row)
    (found,) = tables_of(
        tmp_path, f"= Antal\n{PROSE}\n#table(columns: 4, stroke: none, align: right, {outer}, {body})\n{PROSE}"
    )
    assert ([column.header for column in found.columns], cells(found)) == (["Utfall 2023", "Utfall 2024", "Mål"], rows)


def test_dates_among_headers_are_headers(tmp_path: Path) -> None:
    rows = (("Antal anställda", "1 104", "1 087", "−17"), ("Andel heltid, %", "84", "86", "2"))
    headers = ("Mått", "2024-08-31", "2025-08-31", "Diff")
    first, second = table("stroke: none"), table("stroke: none", headers, rows)
    tables = tables_of(tmp_path, f"= Personal\n{PROSE}\n#{first}\nSe tabellen.\n\n*Personal*\n#{second}\n{PROSE}")
    assert [[column.header for column in found.columns] for found in tables] == [list(HEADERS[1:]), list(headers[1:])]
    assert cells(tables[1]) == rows


def test_headers_that_end_where_columns_do_cover_the_columns_before(tmp_path: Path) -> None:
    outer = "[], table.cell(colspan: 3)[Period jan–aug], table.cell(colspan: 2)[Helår]"
    inner = ("Område", "Budget", "Utfall", "Avvikelse", "Budget", "Prognos")
    rows = (("Skola", "61 200", "63 955", "−2 755", "91 800", "95 300"), ("Stab", "22", "21", "1", "33", "32"))
    body = ", ".join(f"[{text}]" for row in (inner, *rows) for text in row)
    (found,) = tables_of(
        tmp_path, f"= Ekonomi\n{PROSE}\n#table(columns: 6, stroke: none, align: right, {outer}, {body})\n{PROSE}"
    )
    spelt = [f"Period jan–aug {header}" for header in inner[1:4]] + [f"Helår {header}" for header in inner[4:]]
    assert ([column.header for column in found.columns], cells(found)) == (spelt, rows)


@pytest.mark.parametrize("stroke", ["none", "(bottom: 1pt)"])
def test_outer_headers_over_wrapped_inner_headers_cover_the_columns_before(stroke: str, tmp_path: Path) -> None:
    over_three = f"table.cell(colspan: 3, stroke: {stroke})"
    outer = f"[], {over_three}[Januari–augusti], {over_three}[Helår]"
    inner = (
        "Mått",
        "Utfall \\ 2024",
        "Utfall \\ 2025",
        "Budget \\ 2025",
        "Budget \\ 2025",
        "Prognos \\ 2025",
        "Avvikelse",
    )
    rows = (
        ("Skola", "61 200", "63 955", "62 000", "91 800", "95 300", "−3 500"),
        ("Stab", "22", "21", "24", "33", "32", "1"),
        ("Fritid", "8 214", "8 900", "8 120", "12 180", "13 000", "−820"),
    )
    body = ", ".join(f"[{text}]" for row in (inner, *rows) for text in row)
    options = "columns: 7, stroke: none, align: right + horizon"
    (found,) = tables_of(tmp_path, f"= Ekonomi\n{PROSE}\n#table({options}, {outer}, {body})\n{PROSE}")
    plain = [header.replace(" \\ ", " ") for header in inner[1:]]
    spelt = [f"Januari–augusti {header}" for header in plain[:3]] + [f"Helår {header}" for header in plain[3:]]
    assert ([column.header for column in found.columns], cells(found)) == (spelt, rows)


def test_a_pair_of_rows_beside_a_tall_label_is_no_range_of_one_row(tmp_path: Path) -> None:
    label = "Anpassad skola \\ och fritidshem \\ för alla"
    pair = f"table.cell(rowspan: 2)[{label}], [Intäkt], [6,6], [7,1], [Kostnad], [–43,5], [–38,9]"
    headers = "[Verksamhet], [], [Utfall 2024], [Budget 2024]"
    rows = f"[Stab], [Intäkt], [0,1], [0,2], [], [Kostnad], [–8,1], [–7,8], {pair}"
    source = f"= Ekonomi\n{PROSE}\n#table(columns: 4, stroke: none, inset: (y: 6pt), {headers}, {rows})\n{PROSE}"
    (found,) = tables_of(tmp_path, source)
    assert [row.cells[-2:] for row in found.rows] == [
        ("0,1", "0,2"),
        ("–8,1", "–7,8"),
        ("6,6", "7,1"),
        ("–43,5", "–38,9"),
    ]


@pytest.mark.parametrize("align", ["top", "bottom"])
def test_numbers_broken_at_their_thousands_are_whole(align: str, tmp_path: Path) -> None:
    rows = (
        ("Skola", "−214 377", "−22 451", "89"),
        ("Stab", "−31 204", "−311", "−1 400"),
        ("Summa kostnader", "−371 121", "384 488", "−576 650"),
        ("Netto", "−38 622", "14", "1 040"),
    )
    texts = ", ".join(f"[{text}]" for row in (("Konto", "Utfall", "Budget", "Avvikelse"), *rows) for text in row)
    options = f"columns: (24mm, 14mm, 14mm, 30mm), align: {align}, stroke: none"
    (found,) = tables_of(tmp_path, f"#table({options}, {texts})")
    assert cells(found) == rows


def test_a_label_of_many_lines_does_not_end_its_table(tmp_path: Path) -> None:
    label = "Ombyggnad av Ängsskolan med Kök, Matsal, Bibliotek och en Sal till"
    rows = ((label, "3 410", "−6 022"), ("Inventarier", "0", "1 880"), ("Lekplats", "640", "255"))
    texts = ", ".join(f"[{text}]" for row in (HEADERS, *rows) for text in row)
    options = "columns: (22mm, 30mm, 30mm), stroke: none, row-gutter: 8pt"
    (found,) = tables_of(tmp_path, f"= Projekt\n{PROSE}\n#table({options}, {texts})")
    assert cells(found) == rows


def test_a_header_broken_within_its_word_is_no_row(tmp_path: Path) -> None:
    rows = tuple((label, "1", "2") for label in ("Skola", "Stab"))
    printed = table("stroke: none, column-gutter: 20pt", ("Verksam \\ het", "Utfall", "Budget"), rows)
    (found,) = tables_of(tmp_path, f"= Drift\n#{printed}")
    assert (found.label_header.split(), cells(found)) == (["Verksam", "het"], rows)


def test_a_unit_printed_larger_than_the_table_is_no_heading(tmp_path: Path) -> None:
    source = f"= Påhittade månader\ntkr\n#text(size: 6pt)[#{table('stroke: none')}\n{PROSE * 2}]"
    (found,) = tables_of(tmp_path, source)
    assert (found.section, found.unit, cells(found)) == ("Påhittade månader", "tkr", ROWS)
