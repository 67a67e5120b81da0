"""Reports saved as text: whatever separates their cells, the same made-up table is read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import Table
from ingest.reading.sources.text import text_blocks
from ingest.reading.tables.assembly import assemble

TABBED = "4.1 Skola\n\nMade-up tkr\tUtfall 2023\tBudget 2024\nIntäkter\t1 200\t\nKostnader\t-3 400\t-3 500\n"
PAGES = """4.1 Skola

Made-up tkr Utfall 2023 Budget
2024

Intäkter 1 200
Kostnader för
lokaler

-3 400 -3 500
"""
COLUMNED = """4.1 Skola

Made-up tkr           Utfall 2023    Budget 2024
Intäkter                    1 200
Kostnader för
lokaler                    -3 400         -3 500
Netto                      -2 200         -3 500
"""


def read(text: str) -> tuple[Table, ...]:
    return assemble(text_blocks(text))[0]


@pytest.mark.parametrize("text", [TABBED, PAGES, COLUMNED], ids=["tabs", "pages", "columns"])
def test_a_table_is_read_whatever_parts_its_cells(text: str) -> None:
    (table,) = read(text)
    assert table.section == "4.1 Skola"
    assert [column.header for column in table.columns] == ["Utfall 2023", "Budget 2024"]
    assert table.rows[0].label == "Intäkter"
    assert table.rows[1].label.startswith("Kostnader")
    assert [row.cells for row in table.rows[:2]] == [("1 200", ""), ("-3 400", "-3 500")]


def test_the_structure_tree_is_read_where_it_has_all_figures() -> None:
    dump = tree(["Made-up", "Utfall 2023", "Budget 2023"], ["Intäkter", "1 200", ""], ["Kostnader", "-3 400", "-3 500"])
    (table,) = read("Prose of a made-up page.\n" + "\tProse of the tree.\n\n" * 30 + dump)
    assert [row.cells for row in table.rows] == [("1 200", ""), ("-3 400", "-3 500")]


def test_a_tree_without_figures_still_gives_tables_of_words() -> None:
    pages = "5.2 Kontroll\n\nRisk Uppföljning \n\nFel i ett på-\nhittat system Stickprov\nvarje vår. \n\n" + PAGES
    words = tree(["Risk", "Uppföljning"], ["Fel i ett påhittat system", "Stickprov varje vår."])
    found = read(pages + "\tProse.\n\n" * 30 + words)
    assert [table.label_header for table in found] == ["Risk", "Made-up tkr"]
    assert [(row.label, row.source_line) for row in found[0].rows] == [("Fel i ett påhittat system", 5)]


def tree(*rows: list[str]) -> str:
    """A table as a dump of a structure tree says it."""
    levels = (5, 4, *[3] * len(rows))
    said = (
        f"\t{row[0]} \n" * level + "\n" + "".join(f"\t{text} \n\t{text} \n\n" for text in row[1:]) + "\n\n"
        for row, level in zip(rows, levels, strict=False)
    )
    return "".join(said)


@pytest.mark.parametrize(
    ("between", "tables", "doubts"),
    [("", 2, 0), ("SID 2 (4) \n", 1, 0), ("Text som trädet inte har, så lång att den inte är en sidfot. \n" * 4, 1, 2)],
)
def test_a_header_that_a_dump_repeats_is_another_tables_where_the_pages_have_both_tables_together(
    between: str, tables: int, doubts: int
) -> None:
    header = ["Påhittat mått", "Mål 2024", "Utfall 2024"]
    parts = [[header, ["Antal besök", "1 200", "1 310"]], [header, ["Antal lån", "300", "275"]]]
    first, second = ("\n".join(" ".join(row) for row in part) for part in parts)
    pages = f"Made-up text. \nSID 1 (4) \n{first} \n{between}{second} \n"
    found, doubtful = assemble(text_blocks(pages + "\tProse. \n\n" * 30 + "".join(tree(*part) for part in parts)))
    assert (len(found), len(doubtful)) == (tables, doubts)


@pytest.mark.parametrize("text", ["", "\n\n", "\f", "Bara ord.", "Bara ord.\n1", "\x00\t\x00", "1 2 3 4 5\n" * 50])
def test_text_without_tables_gives_none(text: str) -> None:
    assert read(text) == ()


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(alphabet="ABab12 0\t\n\f-–≥%*(),. Utfal2024Budget", max_size=300))
def test_odd_text_never_stops_the_reader(text: str) -> None:
    read(f"Made-up Utfall 2023 Budget 2024\n{text}")


def test_wrapped_headers_are_separated_by_the_number_of_cells_below() -> None:
    text = "Tjänster \nUtfall \nintäkter \nperiod \nResultat \nperiod \nBudgetav\nvikelse \nGemensamma tjänster \n"
    text += "- Ekonomi 20,5 -13,7 6,8 \n- Stöd, \nledning \n24,5 -22,1 2,4 \nTotalt 45,0 -35,8 9,2 \n"
    (table,) = assemble(text_blocks(text))[0]
    headers = [column.header for column in table.columns]
    assert headers == ["Utfall intäkter period", "Resultat period", "Budgetavvikelse"]
    assert [row.cells for row in table.rows if any(row.cells)][1] == ("24,5", "-22,1", "2,4")


NARROW = """Påhittad nämnd                Total    Ack. Avvikelse Budget 2025 Utfall Budget-
                             budget   Utfall                       2025 avvikelse
Påhittade inventarier,        4,827   4,812      0,015        0,709 0,694      0,015
påhittat bibliotek
Påhittad ombyggnad            2,575   2,340      0,235        0,388 0,153      0,235
Nya fallet (6154)
Påhittat badhus              Stängt  Stängt     Stängt       Stängt Stängt    Stängt
Påhittad löparbana            2,400   0,010      2,390        2,400 0,010      2,390
Påhittad konst                0,500   0,000      0,500        0,500 0,000      0,500
Summa påhittade projekt      20,068 15,130       4,938       10,525 5,401      5,124
"""


def test_columns_of_layout_text_may_be_a_space_apart() -> None:
    (table,) = read(NARROW)
    headers = [column.header for column in table.columns]
    assert headers == ["Total budget", "Ack. Utfall", "Avvikelse", "Budget 2025", "Utfall 2025", "Budgetavvikelse"]
    assert [row.label for row in table.rows] == [
        "Påhittade inventarier, påhittat bibliotek",
        "Påhittad ombyggnad Nya fallet (6154)",
        "Påhittat badhus",
        "Påhittad löparbana",
        "Påhittad konst",
        "Summa påhittade projekt",
    ]
    assert table.rows[0].cells == ("4,827", "4,812", "0,015", "0,709", "0,694", "0,015")
    assert table.rows[2].cells == ("Stängt",) * 6
    assert table.rows[5].cells == ("20,068", "15,130", "4,938", "10,525", "5,401", "5,124")


def test_two_thousands_a_space_apart_are_two_where_no_number_reads_so() -> None:
    text = "Statistik           Bokslut    Bokslut 2024 Bokslut 2025 Budget 2025\n                       2023\n"
    text += "Påhittade besök      11 147           10 398 13 818           11 000\n"
    text += "Påhittade lån         9 147            9 398 12 818           12 000\n" * 3
    (table,) = read(text)
    assert [column.header for column in table.columns] == [
        "Bokslut 2023",
        "Bokslut 2024",
        "Bokslut 2025",
        "Budget 2025",
    ]
    assert table.rows[0].cells == ("11 147", "10 398", "13 818", "11 000")


def test_a_foot_without_page_number_is_no_part_of_the_table_over_it() -> None:
    foot = "\nMade-up kommun, Delårsrapport \n"
    text = f"Made-up kommun \n{foot} 4.1 Skola \n\nEnhet Utfall 2023 Budget 2024 \n\nKök 1 200 1 300 \n{foot}"
    text += f" Stab 90 80 \n\nSumma 1 290 1 380 \n{foot} Slut. \n"
    (table,) = assemble(text_blocks(text))[0]
    assert [(row.label, row.cells) for row in table.rows][1:] == [("Stab", ("90", "80")), ("Summa", ("1 290", "1 380"))]


def test_a_label_that_ends_in_a_year_is_of_the_row_below_a_remark() -> None:
    text = "Uppdrag Startdatum Status Kommentar \n\nSe över taxan 2024-01-01* Ej påbörjad \n\nInget att säga i denna \n"
    text += "rapport. \nMinska svinnet med 20 % till \n2026 \n\n2024-12-31 Avslutat \n\nArbetet är \ngjort nu. \n"
    (table,) = assemble(text_blocks(text))[0]
    assert [(row.label, *row.cells[:2]) for row in table.rows][1:] == [
        ("Minska svinnet med 20 % till 2026", "2024-12-31", "Avslutat")
    ]


APART = """Påhittad investeringsredovisning
Påhittad nämnd Total
budget
Ack.
Utfall
Avvikelse Budget 2025 Utfall
2025
Budgetavvikelse
Färdiga påhitt
Inventarier, löpande 0,800 0,617 0,183
Summa färdiga
påhitt
0,925 0,742 0,183
Pågående påhitt
Ny inredning, biblioteket
(6014)
4,827 4,812 0,015 0,709 0,694 0,015
Ny teknik
Sporthallen (6154)
3,000 2,117 0,883 3,000 2,117 0,883
Hallen Stängt Stängt Stängt Stängt Stängt Stängt
Sjön Ej påbörjad Ej påbörjad Ej påbörjad Ej påbörjad Ej
påbörjad
Ej
påbörjad
Summa pågående påhitt 7,827 6,929 0,898 3,709 2,811 0,898
"""


def test_subheadings_are_found_where_figures_of_wrapped_labels_are_on_their_own_lines() -> None:
    (table,) = read(APART)
    assert [column.header for column in table.columns][1:3] == ["Ack. Utfall", "Avvikelse"]
    assert [row.label for row in table.rows] == [
        "Färdiga påhitt",
        "Inventarier, löpande",
        "Summa färdiga påhitt",
        "Pågående påhitt",
        "Ny inredning, biblioteket (6014)",
        "Ny teknik Sporthallen (6154)",
        "Hallen",
        "Sjön",
        "Summa pågående påhitt",
    ]
    assert table.rows[6].cells == ("Stängt",) * 6
    assert table.rows[7].cells == ("Ej påbörjad",) * 6


def test_figures_are_doubtful_if_it_is_unclear_which_cells_are_blank() -> None:
    _, doubts = assemble(text_blocks(APART))
    assert {(row, col) for _, row, col in doubts} == {(row, col) for row in (2, 3) for col in range(1, 7)}
    assert doubts[1, 2, 4].alternatives == ("0,800",)


def test_a_heading_right_above_a_header_is_not_part_of_it() -> None:
    text = "Statistik\nPåhittat museum\nStatistik Bokslut\n2022\nBokslut\n2023\nBokslut\n2024\n"
    (table,) = read(text + "Antal besökare 62 225 60 000 56 945\n")
    assert table.title == "Påhittat museum"
    assert [column.header for column in table.columns] == ["Bokslut 2022", "Bokslut 2023", "Bokslut 2024"]
    assert table.rows[0].cells == ("62 225", "60 000", "56 945")


def test_contents_and_telephone_numbers_are_no_tables() -> None:
    places = "".join(f"Påhittat kapitel {name} {page}\n" for page, name in enumerate("ABCDEFGHI", 2))
    assert read(f"Påhittad granskning\n2022\nInnehåll\nPåhittat förord 1\n{places}") == ()
    assert read("Påhittad Storgata Badhusgatan 6, Göteborg\nVäxel: 099-365 00 00, kansli: 099-368 07 00\n") == ()
    assert read("Innehåll Utfall 2024\nUppdrag ........ 3\nHändelser ........ 4\nBilagor ....... 5\n") == ()


def test_a_subheading_may_be_between_a_header_of_one_column_and_its_first_row() -> None:
    project = "Projekt, tkr 2025\nPåhittat Spel Om Berättelser\nÖverskott från 2025 226\nIntäkter 0\nTotalt 226\n"
    table = read(f"{APART}Påhittad text här.\n{project}En påhittad mening.\n")[1]
    assert [(row.label, row.cells) for row in table.rows] == [
        ("Påhittat Spel Om Berättelser", ("",)),
        ("Överskott från 2025", ("226",)),
        ("Intäkter", ("0",)),
        ("Totalt", ("226",)),
    ]


def test_a_label_of_two_lines_may_follow_a_row_without_label() -> None:
    text = "Enhet Utfall 2023 Budget 2024 \n\nDel ett   \n5 6 \nFörst \nSen \n7 8 \n"
    (table,) = assemble(text_blocks(text))[0]
    assert [row.cells for row in table.rows][-2:] == [("5", "6"), ("7", "8")]


CELL_LINES = """Påhittad ekonomi (tkr)

Bokslut
2024

Budget 2025

Avvikelse

Påhittade intäkter

1 000

1 100

-100

Kostnader för en
påhittad verksamhet

-5 000

-5 600

600

Låtsasbidrag

12

Stängd lokal

Stängt

10 398 13 818

Summa

-4 000

-4 500

500
"""


def test_a_cell_a_line_makes_rows_and_doubts_those_whose_blanks_do_not_show() -> None:
    (table,), doubts = assemble(text_blocks(CELL_LINES))
    assert [column.header for column in table.columns] == ["Bokslut 2024", "Budget 2025", "Avvikelse"]
    assert [(row.label, row.cells) for row in table.rows] == [
        ("Påhittade intäkter", ("1 000", "1 100", "-100")),
        ("Kostnader för en påhittad verksamhet", ("-5 000", "-5 600", "600")),
        ("Låtsasbidrag", ("12", "", "")),
        ("Stängd lokal", ("Stängt", "10 398", "13 818")),
        ("Summa", ("-4 000", "-4 500", "500")),
    ]
    # The row with a word among its figures is doubtful because of that.
    assert {place[1] for place in doubts} == {3, 4}


def test_a_list_of_contents_with_a_cell_a_line_is_no_table() -> None:
    contents = "\n\n".join(f"Påhittad rubrik {word}\n\n{page}" for page, word in enumerate("abcdefghijklmno", 3))
    assert not assemble(text_blocks(contents))[0]


def test_a_table_of_layout_text_continues_after_a_page_break() -> None:
    (table,) = read(
        "Made-up tkr                Utfall 2023    Budget 2024\n"
        "Gemensamma funktioner\n"
        "- Ekonomi                        1 200          1 100\n"
        "- HR                             1 200          1 100\n"
        "- Kommunikation                    200            100\n"
        "- IT                               300            310\n"
        "Stöd till verksamheten\n"
        "\n"
        "Made-up kommun                                    2 (9)\n"
        "\f"
        "- HR                               -40            -50\n"
        "Netto                            1 460          1 360\n"
    )
    assert [row.label for row in table.rows][5:] == ["Stöd till verksamheten", "- HR", "Netto"]
    assert [row.cells for row in table.rows][5:] == [("", ""), ("-40", "-50"), ("1 460", "1 360")]


def test_headers_centred_side_by_side_and_under_periods_are_complete() -> None:
    (table,) = read(
        "Made-up caption\n"
        "\n"
        "(mnkr)             Period                         Helår\n"
        "                                  Avvik-                      Fg\n"
        "                   Utfall                       Prognos\n"
        "                                   else                    prognos\n"
        "Intäkter, alla      373,6           2,1          1 513,3   1 506,8\n"
        "Kostnader          -360,5          21,6         -1 550,7  -1 549,1\n"
        "Kommunbidrag          9,4             0             37,4      42,3\n"
        "Resultat             22,5          19,5                0         0\n"
        "Eget kapital         22,5          19,5                0         0\n"
    )
    headers = [column.header for column in table.columns]
    assert headers == ["Period Utfall", "Period Avvikelse", "Helår Prognos", "Helår Fg prognos"]


def test_figures_without_labels_keep_their_first_column() -> None:
    (table,) = read(
        "Text som avslutas.\n\nMade-up prognos, tkr\n"
        "    Prognos   Budget 2025   Delårsbokslut     Diff.\n"
        "      helår                          2025\n"
        "       2025\n"
        "   -422 716      -362 029        -408 997   -60 687\n"
        "   -122 716      -162 029        -108 997   -30 687\n"
    )
    assert [column.header for column in table.columns] == [
        "Prognos helår 2025",
        "Budget 2025",
        "Delårsbokslut 2025",
        "Diff.",
    ]
    assert [row.cells[0] for row in table.rows] == ["-422 716", "-122 716"]


def test_page_text_continues_below_a_repeated_wrapped_header_after_a_page_number_known_only_by_its_order() -> None:
    (table,) = read(
        "Made-up title \n\n1 \n Verksamhet Utfall 2024 \nBudget \n\n2024 \nAvvikelse \n\n"
        "51 Skola och \nomsorg \n\n-905 701 -866 031 39 670 \n\nMade-up kommentar om att inget har köpts in. \n \n"
        "52 Gata -36 198 -31 534 4 664 \n\n2 \n    \n53 Park -1 198 -1 534-336 \n\n3 \n"
        " Verksamhet Utfall 2024 \nBudget \n\n2024 \nAvvikelse \n\n"
        "54 Vatten etapp 2 -10 198 -11 534-1 336 \nResultaträkning 2024 \n"
    )
    assert [row.label for row in table.rows] == ["51 Skola och omsorg", "52 Gata", "53 Park", "54 Vatten etapp 2"]
    assert [row.cells[2] for row in table.rows] == ["39 670", "4 664", "-336", "-1 336"]


def test_a_dash_before_a_number_is_no_minus_where_the_table_has_none() -> None:
    (table,) = read(
        "Volymer 2023 2022 2021 2020 \n\nLunchportioner 1 023 553 - 1 252 293 1 302 264 \n"
        "Bygglov - 337 766 - 228 306 \nKlagomål 314 667 - - 4 \n"
    )
    assert table.rows[1].cells == ("-", "337 766", "-", "228 306")


def test_a_status_separates_the_rows_of_assignments() -> None:
    (table,) = read(
        "Uppdrag Status Kommentar \n\nMinska svinnet med 20 % till \n2026 \n\nEj påbörjad \n\n"
        "Made-up åtgärder har vidtagits under 2025 - \nbland annat fler prov. \n\nSe över taxan Pågår \n\nInget. \n"
    )
    assert [(row.label, row.cells[0]) for row in table.rows] == [
        ("Minska svinnet med 20 % till 2026", "Ej påbörjad"),
        ("Se över taxan", "Pågår"),
    ]


def test_a_label_that_runs_up_to_its_figure_is_parted_from_it() -> None:
    (table,) = read(
        "Pri Stat Investeringar (tkr)              Budget Plan     Plan     Total utgift\n"
        "o   us                                    2027   2028     2029\n"
        "1     P    6289 Made-up start             1 000    500    0        1 500\n"
        "2     N         Made-up gaming            1 450    750    0        2 200\n"
        "3     P    6012 Ombygg/tillgängliggöra 400         100    0        500\n"
        "4     N         Made-up museum etapp 2    250      100    0        350\n"
        "5     P         Made-up bibliotek         150      150    150      450\n"
    )
    assert table.rows[2].label == "3 P 6012 Ombygg/tillgängliggöra"
    assert [row.cells[0] for row in table.rows] == ["1 000", "1 450", "400", "250", "150"]


def test_zeros_do_not_make_the_figures_of_a_row_uneven() -> None:
    (table,) = read(
        "Projekt Budget 2027 Plan 2028 Plan 2029 Total utgift \nMade-up 1 450 750 0 2 200 \nPark 1 9 0 10 \n"
    )
    assert table.rows[0].cells == ("1 450", "750", "0", "2 200")


def test_several_words_and_bare_years_are_headers_of_page_text() -> None:
    (table,) = read(
        "Made-up utveckling \nMått \nUtfall perioden \njämfört med \nsamma period \nföregående år \n"
        "Prognos helår \njämfört med helår \nföregående år \nIntäkter 7,8 % 6,0 % \nKostnader 7,6 % 6,0 % \n"
        "Övriga kostnader 10,6 % -13,6 % \n"
    )
    assert [column.header for column in table.columns] == [
        "Utfall perioden jämfört med samma period föregående år",
        "Prognos helår jämfört med helår föregående år",
    ]
    (table,) = read("Antal 2022 2021 2020 \nPå heltid 33 29 33 \nPå deltid 0 1 0 \n")
    assert [column.header for column in table.columns] == ["2022", "2021", "2020"]


def test_a_list_of_contents_is_no_table_whatever_its_leaders_are() -> None:
    listed = "Innehåll \n" + "".join(
        f"Made-up avsnitt {sign * 30} {number} \n" for number, sign in enumerate(".�_…", 1)
    )
    (table,) = read(
        f"Rapport Utfall 2024 \n{listed}Made-up text.\nKonto Utfall 2024 Budget 2024 \nHyra -1 -2 \nLön -3 -4 \n"
    )
    assert [row.label for row in table.rows] == ["Hyra", "Lön"]
