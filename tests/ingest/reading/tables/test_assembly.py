"""The shared steps: what a printed grid becomes, whatever kind of file it came from."""

import pytest

from ingest.reading.blocks import Grid, GridRow, PrintedCell, TextBlock
from ingest.reading.tables.assembly import assemble
from ingest.reading.tables.headings import numbered_headings
from ingest.reading.vocabulary.print import one_line
from ingest.workbook.layout import LONGEST_CELL
from tests.support.grids import grid, headers, only, tables


def test_two_header_levels_are_joined_outer_first() -> None:
    table = only(
        grid(
            [
                PrintedCell("Belopp i tkr", row_span=2),
                PrintedCell("Period", col_span=2),
                PrintedCell("Helår", col_span=2),
            ],
            ["Utfall", "Budget", "Prog-\nnos", "Budget"],
            ["Intäkter", "1", "2", "3", "4"],
        )
    )
    assert headers(table) == ["Period Utfall", "Period Budget", "Helår Prognos", "Helår Budget"]
    assert (table.label_header, table.unit) == ("Belopp i tkr", "tkr")


def test_a_header_continues_below_the_row_that_the_file_marks_as_one() -> None:
    rows = [
        ["Investeringar (mnkr)", "Utgifter sedan start", "", "Varav årets", ""],
        ["Påhittade nämnden", "Total projektbudget", "Ack. utfall", "Budget 2025", "Utfall 2025"],
        ["Påhittat projekt", "4,8", "4,7", "0,7", "0,6"],
    ]
    marked = Grid(tuple(GridRow(tuple(map(PrintedCell, row)), is_header=n == 0) for n, row in enumerate(rows)))
    assert headers(only(marked)) == [
        "Utgifter sedan start Total projektbudget",
        "Utgifter sedan start Ack. utfall",
        "Varav årets Budget 2025",
        "Varav årets Utfall 2025",
    ]


def test_most_cells_below_a_spanning_header_must_name_columns() -> None:
    marked = Grid(
        (
            GridRow((PrintedCell("tkr"), PrintedCell("Helår", col_span=3)), is_header=True),
            GridRow(tuple(map(PrintedCell, ("", "Budget", "Påhittad", "Utfall"))), is_header=False),
            GridRow(tuple(map(PrintedCell, ("Intäkter", "1", "2", "3"))), is_header=False),
        )
    )
    assert headers(only(marked)) == ["Helår Budget", "Helår Påhittad", "Helår Utfall"]


def test_a_row_that_the_labels_header_spans_is_part_of_the_header() -> None:
    volume = PrintedCell("Volym, m³", row_span=2)
    final, interim = PrintedCell("Bokslut", col_span=2), PrintedCell("Delår")
    table = only(grid([volume, final, interim], ["2023", "2024", "2508"], ["Påhittade timmar¹", "5", "6", "7"]))
    assert (table.label_header, headers(table)) == ("Volym, m³", ["Bokslut 2023", "Bokslut 2024", "Delår 2508"])
    assert [row.label for row in table.rows] == ["Påhittade timmar"]


def test_rows_under_other_headers_are_another_table() -> None:
    rows = [["Verksamhet", "Budget", "Utfall"], ["Påhittad skola", "1", "2"], ["Nyckeltal", "2023", "2024"]]
    first, second = tables(grid(*rows, ["Påhittat antal", "3", "4"]))
    assert (headers(first), [row.label for row in first.rows]) == (["Budget", "Utfall"], ["Påhittad skola"])
    assert (headers(second), [row.label for row in second.rows]) == (["2023", "2024"], ["Påhittat antal"])


def test_bare_years_are_a_header_and_a_table_may_have_no_labels() -> None:
    assert headers(only(grid(["", "2024", "2023"], ["Antal", "456", "446"]))) == ["2024", "2023"]
    table = only(grid(["Årsbudget", "Årsprognos", "Avvikelse"], ["-8 000", "-13 500", "-5 500"]))
    assert headers(table) == ["Årsbudget", "Årsprognos", "Avvikelse"]
    assert (table.rows[0].label, table.rows[0].cells) == ("", ("-8 000", "-13 500", "-5 500"))


def test_a_row_without_figures_is_a_heading_only_above_filled_rows() -> None:
    filled = grid(
        ["", "Utfall", "Budget"], ["Intäkter", "1", "2"], ["Netto", "", ""], ["Skola", "3", "4"], ["Övrigt", "", ""]
    )
    assert [row.is_heading for row in only(filled).rows] == [False, True, False, False]


def test_a_label_of_two_parts_is_one_label() -> None:
    paired = grid(
        ["Verksamhet", "", "Utfall", "Avvikelse"],
        [PrintedCell("Skola", row_span=2), "Intäkt", "10", ""],
        ["Kostnad", "-30", "-1"],
    )
    table = only(paired)
    assert [row.label for row in table.rows] == ["Skola Intäkt", "Skola Kostnad"]
    assert [row.cells for row in table.rows] == [("10", ""), ("-30", "-1")]


def test_footnote_marks_become_notes() -> None:
    table = only(
        grid(
            ["Nyckeltal", "Mål 2024", "Utfall 20236"],
            ["Ekonomiskt bistånd2", "<166", "91%*"],
            ["verksamhet 51*", "5", "6²"],
        ),
        TextBlock("2 Antal hushåll"),
        TextBlock("6 Nytt mått"),
        TextBlock("*Avser januari"),
    )
    assert headers(table) == ["Mål 2024", "Utfall 2023"]
    assert table.notes == "Utfall 2023: 6: Nytt mått"
    assert [row.label for row in table.rows] == ["Ekonomiskt bistånd", "verksamhet 51*"]
    assert [row.cells for row in table.rows] == [("<166", "91%"), ("5", "6")]
    assert table.rows[0].notes == "2: Antal hushåll; Utfall 2023: *: Avser januari"


def test_an_earlier_outcome_under_the_row_is_a_column() -> None:
    table = only(grid(["", "Mål 2024", "Utfall 2024"], ["Trygg hemgång", "öka", "85"]), TextBlock("(utfall 2023: 36)"))
    assert headers(table) == ["Mål 2024", "Utfall 2024", "utfall 2023"]
    assert table.rows[0].cells == ("öka", "85", "36")


def test_a_table_continues_over_a_page_break_with_or_without_its_header() -> None:
    first = grid(["tkr", "Utfall", "Budget"], ["Intäkter", "1", "2"], page=1)
    with_header = grid(["tkr", "Utfall", "Budget"], ["Kostnader", "-3", "-4"], page=2)
    without = grid(["Netto", "-2", "-2"], page=3)
    feet = [TextBlock(f"Årsrapport {page} (40)", page=page) for page in (1, 2, 3)]
    table = only(first, feet[0], with_header, feet[1], without, feet[2])
    assert [row.label for row in table.rows] == ["Intäkter", "Kostnader", "Netto"]
    assert len(tables(first, TextBlock("Helår", page=1), with_header)) == 2


def test_running_text_in_a_column_is_left_out_but_its_column_counted() -> None:
    said = "made-up words that go on and on, far longer than any figure or grade would ever be in print"
    table = only(grid(["Mål", "Utfall", "Kommentar", "Status"], ["A", "5", said, "Klar"], ["B", "6", said, "Pågår"]))
    assert [column.is_commentary for column in table.columns] == [False, True, False]
    assert [row.cells for row in table.rows] == [("5", "", "Klar"), ("6", "", "Pågår")]


def test_a_remark_over_the_whole_width_is_no_row_and_a_heading_over_it_is_said_once() -> None:
    table = only(
        grid(
            ["", "Utfall", "Budget"],
            ["Intäkter", "1", "2"],
            [PrintedCell("A made-up remark that names 25 tkr.", col_span=3)],
            [PrintedCell("Fördelat på skolor", col_span=3)],
            ["Kostnader", "3", "4"],
        )
    )
    assert [(row.label, row.cells) for row in table.rows] == [
        ("Intäkter", ("1", "2")),
        ("Fördelat på skolor", ("", "")),
        ("Kostnader", ("3", "4")),
    ]


def test_section_title_and_lists_of_contents() -> None:
    found = tables(
        grid(["1 Ekonomi", "3"], ["2 Personal", "5"], ["3 Mål", "9"]),
        TextBlock("4.1 Skola"),
        TextBlock("Nämndens mål: Trygghet"),
        TextBlock("Made-up prose tells of something."),
        grid(["Indikatorer", "Utfall 2023", "Mål 2023"], ["Nöjda, andel", "80", "≥ 85"]),
    )
    assert [(table.section, table.title) for table in found] == [("4.1 Skola", "Nämndens mål: Trygghet")]


def test_a_cells_doubt_reaches_its_place() -> None:
    unsure = PrintedCell("5 598", doubt="kan delas", alternatives=("5",))
    _, doubts = assemble([grid(["", "Utfall", "Budget"], ["Intäkter", unsure, "214"])])
    assert {place: doubt.alternatives for place, doubt in doubts.items()} == {(1, 1, 1): ("5",)}


def test_a_span_of_months_keeps_its_hyphen_over_a_line_break() -> None:
    assert one_line("Utfall jan-\naug 2024") == "Utfall jan-aug 2024"
    assert one_line("Budget jan–\naug, utfall 2025-\n08-31") == "Budget jan–aug, utfall 2025-08-31"
    assert one_line("Påhittad marknads-\nföring") == "Påhittad marknadsföring"


def test_a_table_continues_after_a_page_break_and_a_remark_on_its_last_row() -> None:
    header = ["Verksamhet", "Budget 2025", "Utfall 2025"]
    first = grid(header, ["Påhittad skola", "12", "13"], page=1)
    rest = grid(header, ["Påhittad park", "7", "6"], page=2)
    remark = TextBlock("Ett påhittat överskott på grund av vakanser.", page=1)
    assert [row.label for row in only(first, remark, rest).rows] == ["Påhittad skola", "Påhittad park"]
    assert len(tables(first, TextBlock("Påhittade volymer", page=2), rest)) == 2


def test_a_star_is_taken_off_a_date_as_off_a_figure() -> None:
    rows = ["Uppdrag", "Startdatum"], ["Ett påhittat uppdrag", "2023-01-01*"], ["Ett annat", "2023-06-30"]
    row = only(grid(*rows)).rows[0]
    assert (row.cells, row.notes) == (("2023-01-01",), "Startdatum: *")


def test_no_text_is_longer_than_a_workbook_takes() -> None:
    long = "påhittade ord " * 60
    header = ["Mått", "Budget 2025", "Utfall 2025"]
    rows = only(grid(header, ["Ett mått", "12", long], [long, "14", "15"], ["Ett annat", "16", "17"])).rows
    for text in (rows[0].cells[1], rows[1].label):
        assert text.endswith("ord …")
        assert len(text) <= LONGEST_CELL


def test_a_numbered_list_and_footnotes_are_no_headings() -> None:
    texts = [
        "1 Made-up start",
        "Text.",
        "2 Made-up economy",
        "2.1 Made-up costs",
        "Text.",
        "1. Model",
        "2. Method",
        "3. Base",
        "7 Made-up survey that is sent to all",
        "1 preliminary made-up figure",
        "2.2 Made-up income",
        "3 Made-up investments",
    ]
    assert sorted(numbered_headings(texts)) == [0, 2, 3, 10, 11]


def test_without_marks_or_numbers_the_line_above_a_table_is_its_caption_and_the_heading_before_it_its_section() -> None:
    lines = map(TextBlock, ("Made-up ekonomi", "En text som går över", "två rader.", "Resultat, tkr"))
    table = only(*lines, grid(["Made-up", "2024", "2025"], ["Kostnad", "-1", "-2"], ["Intäkt", "3", "4"]))
    assert (table.section, table.title) == ("Made-up ekonomi", "Resultat, tkr")


def test_a_remark_on_the_figures_may_be_between_a_name_and_its_table() -> None:
    told = ("Made-up trygghet ska öka.", "Mått: andel i procent", "Ansvarig: en påhittad enhet")
    table = only(*map(TextBlock, told), grid(["", "Mål 2024", "Utfall 2024"], ["Trygga", "80", "75"]))
    assert table.title == "Made-up trygghet ska öka."
    select = grid(["Ansvar", "Benämning", "Budget", "Utfall"], ["7100", "Påhittad skola", "5", "6"])
    sheet = TextBlock("Blad", heading_level=1), TextBlock("Uppföljning"), TextBlock("Urval: ansvar 7000-7999"), select
    assert only(*sheet).title == "Uppföljning"


def test_a_caption_may_end_in_a_number_if_the_source_separates_tables() -> None:
    marked = TextBlock("Made-up skola", heading_level=1), TextBlock("Resultat", heading_level=2)
    caption = TextBlock("Påhittade betyg i årskurs 9")
    table = only(*marked, caption, grid(["Mått", "2023", "2024"], ["Andel", "80", "75"]))
    assert (table.section, table.title) == ("Resultat", caption.text)


def test_a_table_without_a_caption_is_named_by_its_labels_header_unless_that_only_gives_the_kind_of_rows() -> None:
    above = TextBlock("Made-up ekonomi"), TextBlock("Här står påhittad text om tabellen, i en mening.")
    named = only(*above, grid(["Följetal", "2023", "2024"], ["Antal", "80", "75"]))
    unnamed = only(*above, grid(["Verksamhet, enhet", "2023", "2024"], ["Skola", "80", "75"]))
    assert (named.title, unnamed.title) == ("Följetal", "Made-up ekonomi")


def test_neither_a_list_nor_a_comments_heading_is_a_section() -> None:
    goal = "2. Made-up miljöer ska vara goda", "En mening."
    listed = "Koppling", "Mål 1. Vatten", "Mål 8. Arbete", "Kommentar/Analys"
    table = only(*map(TextBlock, (*goal, *listed)), grid(["Nyckeltal", "2023", "2024"], ["Antal", "80", "75"]))
    assert (table.section, table.title) == ("2. Made-up miljöer ska vara goda", "Nyckeltal")


def test_who_met_and_who_signs_in_minutes_is_no_table() -> None:
    signed = ["Utses att justera", "en ledamot", ""], ["Underskrifter", "Sekreterare", ""], ["", "Ordförande", ""]
    assert tables(grid(*signed)) == ()
    assert only(grid(["Ärende", "Åtgärd"], ["Påhittad skrivelse", "Läggs till handlingarna"])).title == "Ärende"


def test_numbered_goals_are_not_page_headers() -> None:
    marked = [TextBlock("Made-up mål", heading_level=1), TextBlock("Uppföljning", heading_level=2)]
    shown = grid(["", "2023", "2024"], ["Andel", "80", "75"], page=1)

    def titles(*pages: int) -> list[str]:
        lines = (TextBlock(f"Påhittat mål {number}", page=page) for number, page in enumerate(pages, 3))
        return [table.title for table in tables(*marked, *(block for line in lines for block in (line, shown)))]

    assert titles(1, 1, 2) == ["Påhittat mål 3", "Påhittat mål 4", "Påhittat mål 5"]
    assert titles(4, 5, 6) == ["Uppföljning"] * 3


@pytest.mark.parametrize("issuer", ["Miljönämnden, Lerums kommun", "Lerums kommun, Miljönämnden", "Lerums kommun"])
@pytest.mark.parametrize("level", [None, 2])
def test_the_line_that_says_whose_report_it_is_is_not_a_section(issuer: str, level: int | None) -> None:
    title = TextBlock("Uppföljning maj 2026", heading_level=level and 1)
    table = only(
        title, TextBlock(issuer, heading_level=level), grid(["", "Utfall"], ["Löner", "1 200"], ["Hyra", "80"])
    )
    assert (table.section, table.title) == ("Uppföljning maj 2026", "Uppföljning maj 2026")


def test_a_heading_with_a_number_is_the_section_and_not_a_caption_after_the_contents() -> None:
    lines = ["Innehåll", "1 Inledning ........ 2", "2 Ekonomi ........ 4", "2 Ekonomi"]
    table = only(*map(TextBlock, lines), grid(["", "Utfall"], ["Löner", "1 200"], ["Hyra", "80"]))
    assert (table.section, table.title) == ("2 Ekonomi", "Ekonomi")
