"""Squeezed columns of ``pdftotext -layout``: cells a single space apart are separated by comparing the rows."""

from ingest.document import Table
from ingest.reading.sources.text import text_blocks
from ingest.reading.tables.assembly import assemble

# So many rows below each other that the text is known to keep its columns.
OTHER = """
Antal                   2024          2025
Made-up lärare            12            13
Made-up elever           112           113
Made-up skolor             2             3
Made-up rektorer           2             3

"""


def read(text: str) -> tuple[Table, set[int]]:
    """The table of a text, and the numbers of its doubtful rows."""
    (_, table), doubts, *_ = assemble(text_blocks(f"Made-up antal.\n{OTHER}Made-up text.\n\n{text}\nMade-up slut.\n"))
    return table, {row for number, row, _ in doubts if number == 2}


def test_columns_and_headers_a_space_apart_are_separated_by_their_number() -> None:
    table, _ = read(
        " År   Jan Feb Mar Apr Maj Jun Totalt\n"
        " 2023 210 214 221 219 208 205   1 277\n"
        " 2024 219 223 226 222 218 212   1 320\n"
        " 2025 216 220 217                 653\n"
    )
    assert [column.header for column in table.columns] == ["Jan", "Feb", "Mar", "Apr", "Maj", "Jun", "Totalt"]
    assert [row.label for row in table.rows] == ["2023", "2024", "2025"]
    assert table.rows[2].cells == ("216", "220", "217", "", "", "", "653")


def test_a_row_whose_numbers_leave_no_room_has_its_cells_in_order() -> None:
    table, _ = read(
        "                                            Utfall\n"
        "Nyckeltal             2022          2023      2024       Mål   Riket\n"
        "Antal barn                  92            87        84       85\n"
        "Antal per lärare           5,2           5,1       5,0    ≤ 5,2    5,1\n"
        "Kostnad, kr         58 400 65 912 74 030                      – 72 100\n"
        "Avvikelse, %         2,4    -0,3   -1,1                     0      0,0\n"
    )
    assert [column.header for column in table.columns][:3] == ["Utfall 2022", "Utfall 2023", "Utfall 2024"]
    assert table.rows[0].cells == ("92", "87", "84", "85", "")
    assert table.rows[2].cells == ("58 400", "65 912", "74 030", "–", "72 100")


def test_headers_broken_after_a_dash_and_off_their_columns_are_read_together() -> None:
    table, _ = read(
        "                          Budget jan–     Utfall 2025-              Prognos\n"
        " Projekt                                                Avvikelse\n"
        "                                  aug            08-31                2025\n"
        " Made-up torg                   1 245             1 198        47      1 868\n"
        " Made-up idrottshall och\n"
        "                               21 333            20 450       883     32 000\n"
        " Bad\n"
        " Summa                         22 578            21 648       930     33 868\n"
    )
    assert [column.header for column in table.columns] == [
        "Budget jan–aug",
        "Utfall 2025-08-31",
        "Avvikelse",
        "Prognos 2025",
    ]
    assert table.rows[1].label == "Made-up idrottshall och Bad"
    assert table.rows[1].cells == ("21 333", "20 450", "883", "32 000")


def test_blanks_of_a_row_under_squeezed_headers_are_doubtful() -> None:
    table, doubted = read(
        "                         F- Åk 1– Åk 4– Åk 7–        Summa    Summa\n"
        "Skola                 klass     3     6     9         2024     2023\n"
        "Made-up skolan                                  512    512      498\n"
        "Södra skolan              48      151       149        348      361\n"
    )
    assert [column.header for column in table.columns][1:] == ["Åk 1–3", "Åk 4–6", "Åk 7–9", "Summa 2024", "Summa 2023"]
    assert doubted >= {1, 2}


def test_lines_that_end_in_figures_a_space_from_their_words_are_no_table_by_themselves() -> None:
    contents = "Made-up innehåll\n\nMade-up del 4 12\nMade-up bilaga 7 21\n\nText som avslutar sidan.\n"
    table, *_ = assemble(text_blocks(f"{contents}{OTHER}"))[0]
    names = ("lärare", "elever", "skolor", "rektorer")
    assert [row.label for row in table.rows] == [f"Made-up {name}" for name in names]


def test_the_longest_label_leaves_one_space_before_its_first_figure() -> None:
    table, doubted = read(
        " Ansvarsområde            Budget 2024 Utfall 2024 Avvikelse Utfall 2023\n"
        " Påhittad verksamhet 612                     588        24           601\n"
        " Bygglov                  1 980            2 411      -431         2 050\n"
        " Kart och mät             2 240            2 199        41         2 305\n"
        " Hus 24                                      395       -55           502\n"
        " Summa                    4 832            5 593      -421         5 458\n"
    )
    assert table.rows[0].label == "Påhittad verksamhet"
    assert table.rows[0].cells == ("612", "588", "24", "601")
    assert table.rows[3].cells == ("", "395", "-55", "502")
    assert {1, 4} <= doubted
