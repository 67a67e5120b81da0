"""Page text without a space after each cell and without blank lines: its rows decide how the headers are cut."""

import pytest

from ingest.document import Table
from ingest.reading.sources.header_fit import fitted_header
from ingest.reading.sources.text import text_blocks
from ingest.reading.tables.assembly import assemble


def read(text: str) -> tuple[Table, set[int]]:
    """The only table of a text, and the numbers of its doubtful rows."""
    (table,), doubts, *_ = assemble(
        text_blocks(f"Made-up text om ett avsnitt.\n{text}En made-up mening avslutar texten.\n")
    )
    return table, {row for _, row, _ in doubts}


def test_wrapped_headers_are_cut_by_the_rows_and_thousands_by_the_differences() -> None:
    table, doubted = read(
        "Tabell 1. Made-up kostnad (tkr)\n"
        "Verksamhet Budget jan–\naug\nUtfall jan–\naug\nAvvikelse Budget\nhelår\n"
        "Politisk verksamhet 1 245 1 198 47 1 868\n"
        "Särskilt boende 142 310 149 873 −7 563 213 465\n"
        "Hemtjänst 98 760 101 002 −2 242 148 140\n"
        "varav personlig\nassistans 21 333 20 450 883 32 000\n"
        "Övrigt 450 120 330 600\n"
    )
    assert [column.header for column in table.columns] == [
        "Budget jan–aug",
        "Utfall jan–aug",
        "Avvikelse",
        "Budget helår",
    ]
    assert table.title == "Tabell 1. Made-up kostnad (tkr)"
    assert table.rows[2].cells == ("98 760", "101 002", "−2 242", "148 140")
    assert table.rows[3].label == "varav personlig assistans"
    assert 3 not in doubted


def test_rows_of_words_and_broken_targets_and_years_as_labels_are_rows() -> None:
    table, _ = read(
        "Mått 2022 2023 2024 Mål Trend Måluppfyllelse\n"
        "Meritvärde (17\nämnen) 218,4 221,0 219,5 minst\n222 ↓ ● Ej uppfyllt\n"
        "Behöriga (%) 84,1 (86,9) 85,0 86,0 ↓ ● Delvis\nuppfyllt\n"
        "Trygghet .. 89 91 90 ↑ ● Uppfyllt\n"
    )
    assert [row.label for row in table.rows] == ["Meritvärde (17 ämnen)", "Behöriga (%)", "Trygghet"]
    assert table.rows[0].cells == ("218,4", "221,0", "219,5", "minst 222", "↓", "● Ej uppfyllt")
    assert table.rows[1].cells[-1] == "● Delvis uppfyllt"
    table, _ = read("År Jan Feb Mar Apr\n2023 210 214 221 219\n2024 219 223 226 222\n2025 216 220 217 211\n")
    assert [row.label for row in table.rows] == ["2023", "2024", "2025"]


def test_a_first_label_that_begins_like_a_header_is_a_label() -> None:
    table, _ = read(
        "Indikator\nUtfall\n2022\nUtfall\n2023\nMålvärde\n2024\nUtfall\n2024 Bedömning\n"
        "Andel made-up elever i årskurs 9 som är\nbehöriga till yrkesprogram 84,1% 85,3% 88% 86,9% Uppfyllt\n"
        "Andel made-up elever som känner sig\ntrygga i skolan 88 87 90 91 Uppfyllt\n"
        "Meritvärde i made-up årskurs 214 219 225 221 Ej uppfyllt\n"
    )
    assert [column.header for column in table.columns] == [
        *("Utfall 2022", "Utfall 2023", "Målvärde 2024", "Utfall 2024"),
        "Bedömning",
    ]
    assert table.rows[0].label == "Andel made-up elever i årskurs 9 som är behöriga till yrkesprogram"


def test_what_is_printed_for_a_missing_figure_is_a_cell() -> None:
    table, _ = read(
        "Mått Utfall 2022 Utfall 2023 Mål 2024 Utfall 2024\n"
        "Made-up barn 1 204 1 188 n/a 1 176\n"
        "Made-up besök e/m 3 210 - 3 405\n"
        "Made-up kunder .. 88 90 n/a\n"
        "Made-up sjuka 6,9% 6,4% 6,0% 6,6%\n"
        "Made-up dagar * 21 14 i.u.\n"
    )
    assert [(row.label, row.cells) for row in table.rows] == [
        ("Made-up barn", ("1 204", "1 188", "n/a", "1 176")),
        ("Made-up besök", ("e/m", "3 210", "-", "3 405")),
        ("Made-up kunder", ("..", "88", "90", "n/a")),
        ("Made-up sjuka", ("6,9%", "6,4%", "6,0%", "6,6%")),
        ("Made-up dagar", ("*", "21", "14", "i.u.")),
    ]


def test_a_line_above_a_label_with_room_for_it_is_a_subheading_and_a_lone_zero_a_row() -> None:
    lines = (
        "Belopp i tkr Budget 2026 Prognos 2026 Avvikelse 2026 ",
        "Made-up expansion 3 100 3 100 0 ",
        "Anläggning ",
        "Made-up återbruk, bygg och riv 250 250 0 ",
        "0 ",
        "Made-up insamling (fordon) som går ",
        "på el 9 250 0 9 250 ",
        "Made-up reningsverk 4.0 127 764 127 764 0 ",
        "Totala utgifter 140 614 131 364 9 250 ",
    )
    table, _ = read("\n".join((*lines, "")))
    assert [(row.label, row.cells) for row in table.rows] == [
        ("Made-up expansion", ("3 100", "3 100", "0")),
        ("Anläggning", ("", "", "")),
        ("Made-up återbruk, bygg och riv", ("250", "250", "0")),
        ("", ("0", "", "")),
        ("Made-up insamling (fordon) som går på el", ("9 250", "0", "9 250")),
        ("Made-up reningsverk 4.0", ("127 764", "127 764", "0")),
        ("Totala utgifter", ("140 614", "131 364", "9 250")),
    ]


def test_a_row_with_fewer_figures_than_headers_is_doubtful_and_a_repeated_header_is_not_a_row() -> None:
    header = "Skola\nF-\nklass\nÅk 1–\n3\nÅk 4–\n6\nSumma\n2024\n"
    table, doubted = read(
        f"{header}Made-up skolan 48 151 149 348\nSödra skolan 9 33 42\n"
        f"{header}Norra skolan 12 45 38 95\nTotalt 69 229 187 485\n"
    )
    assert [column.header for column in table.columns] == ["F-klass", "Åk 1–3", "Åk 4–6", "Summa 2024"]
    assert [row.label for row in table.rows] == ["Made-up skolan", "Södra skolan", "Norra skolan", "Totalt"]
    assert doubted == {2}


@pytest.mark.parametrize(
    ("lines", "width", "headers"),
    [
        (["Nyckeltal", "Utfall", "2023 2024 Mål"], 3, ("Nyckeltal", "Utfall 2023", "Utfall 2024", "Mål")),
        (["Kvinnor Män", "2024 2025 2024 2025"], 4, ("", "Kvinnor 2024", "Kvinnor 2025", "Män 2024", "Män 2025")),
        (
            ["Utfall Budget Avvikelse", "jan–apr 2024 jan–apr 2025 jan–apr 2025 mot budget"],
            4,
            ("", "Utfall jan–apr 2024", "Utfall jan–apr 2025", "Budget jan–apr 2025", "Avvikelse mot budget"),
        ),
        (
            ["Ansvar Budget Prognos sep Avvikelse Avvikelse %"],
            4,
            ("Ansvar", "Budget", "Prognos sep", "Avvikelse", "Avvikelse %"),
        ),
    ],
)
def test_headers_are_cut_into_as_many_as_the_rows_have_cells(
    lines: list[str], width: int, headers: tuple[str, ...]
) -> None:
    fit = fitted_header(lines, width)
    assert fit is not None
    assert fit.headers == headers


def test_plain_text_that_gives_a_table_column_by_column_is_read_where_all_columns_are_as_long() -> None:
    names, refused = "Intäkter\nPersonal\nLokaler\nNetto\n\n", "Skola\nVård\n\n"
    first = "Made-up drift\n\nBokslut\n2023\n\nBudget\n2024\n\n1\n-2\n-3\n-4\n\n5\n-6\n-7\n-8\n\n"
    second = "Made-up volymer\n\n2023\n11\n12\n13\n14\n\n2024\n21\n22\n23\n24\n\n"
    tables, doubts, *_ = assemble(text_blocks(f"{first}{names}Made-up text.\n\n{refused}{second}Made-up slut.\n"))
    assert [(row.label, row.cells) for row in tables[0].rows][::3] == [
        ("Intäkter", ("1", "5")),
        ("Netto", ("-4", "-8")),
    ]
    assert [column.header for column in tables[0].columns] == ["Bokslut 2023", "Budget 2024"]
    assert tables[1].rows[0].cells == ("", "")
    assert {place for place in doubts if place[0] == 2} >= {(2, 1, 1), (2, 1, 2)}


def test_headers_that_repeat_below_outer_ones_are_not_a_label() -> None:
    table, doubted = read(
        "Made-up sjuklön och övertid\n"
        "Mått T1 2024 T1 2025\nTimmar Tkr Timmar Tkr\n"
        "Övertid 2 104 811 1 877 744\nFyllnadstid 5 410 1 322 5 002 1 254\nSjuklön 2 310 2 188\n"
        "Timvikarier 31 240 6 905 29 870 6 777\n"
    )
    assert [column.header for column in table.columns] == [
        "T1 2024 Timmar",
        "T1 2024 Tkr",
        "T1 2025 Timmar",
        "T1 2025 Tkr",
    ]
    assert [row.label for row in table.rows] == ["Övertid", "Fyllnadstid", "Sjuklön", "Timvikarier"]
    assert 3 in doubted


def test_numbers_at_the_end_of_names_are_no_column() -> None:
    table, doubted = read(
        "Påhittat utfall per enhet\nNettokostnad, tkr\nEnhet Budget 2025 Utfall 2025 Avvikelse Avvikelse i %\n"
        "Skolan Aspen 1 12 111 11 519 592 4,9\nSkolan Björken 2 22 829 22 027 802 3,5\n"
        "Skolan Cedern 3 28 411 28 608 −197 −0,7\nSkolan Furan 4 4 316 4 304 12 0,3\n"
        "Summa 67 667 66 458 1 209 1,8\n"
    )
    assert [(row.label, row.cells[0]) for row in table.rows] == [
        ("Skolan Aspen 1", "12 111"),
        ("Skolan Björken 2", "22 829"),
        ("Skolan Cedern 3", "28 411"),
        ("Skolan Furan 4", "4 316"),
        ("Summa", "67 667"),
    ]
    # A person should see that the names may hold a column.
    assert doubted == {1, 2, 3, 4, 5}


def test_sums_of_a_statement_have_no_note_and_groups_follow_them() -> None:
    table, doubted = read(
        "Balansräkning (tkr)\nNot 2025-12-31 2024-12-31\nTILLGÅNGAR\nAnläggningstillgångar\n"
        "Maskiner och inventarier 7 41 212 38 900\nFinansiella tillgångar 8 120 120\n"
        "Summa anläggningstillgångar 41 332 39 020\nOmsättningstillgångar\nFordringar 9 11 004 9 812\n"
        "Kassa och bank 10 18 441 21 007\nSumma omsättningstillgångar 29 445 30 819\nÅrets resultat 1 204 -311\n"
        "SUMMA EGET KAPITAL OCH SKULDER 70 777 69 839\n"
    )
    assert [column.header for column in table.columns] == ["Not", "2025-12-31", "2024-12-31"]
    assert [(row.label, row.cells) for row in table.rows[2:]] == [
        ("Maskiner och inventarier", ("7", "41 212", "38 900")),
        ("Finansiella tillgångar", ("8", "120", "120")),
        ("Summa anläggningstillgångar", ("", "41 332", "39 020")),
        ("Omsättningstillgångar", ("", "", "")),
        ("Fordringar", ("9", "11 004", "9 812")),
        ("Kassa och bank", ("10", "18 441", "21 007")),
        ("Summa omsättningstillgångar", ("", "29 445", "30 819")),
        ("Årets resultat", ("", "1 204", "-311")),
        ("SUMMA EGET KAPITAL OCH SKULDER", ("", "70 777", "69 839")),
    ]
    # Only the rise of the notes' numbers shows that 1 is none.
    assert doubted == {10}


def test_the_header_of_the_next_table_ends_the_rows() -> None:
    first = "Enhet jan feb mar apr Snitt 2025\nHemtjänst 7,9 8,4 7,1 6,0 7,4\nBoende 8,1 8,8 7,9 6,6 7,9\n"
    second = "Verksamhet jan feb mar apr Totalt\nHemtjänst 12 410 11 980 12 730 12 201 49 321\n"
    rest = "Boende 21 310 20 800 21 610 21 001 84 721\n"
    tables, *_ = assemble(
        text_blocks(
            f"Påhittad frånvaro\n{first}Kostnad per månad\nKostnad (tkr)\n{second}{rest}En mening avslutar här.\n"
        )
    )
    assert [[column.header for column in table.columns] for table in tables] == [
        ["jan", "feb", "mar", "apr", "Snitt 2025"],
        ["jan", "feb", "mar", "apr", "Totalt"],
    ]
    assert [row.cells for row in tables[1].rows] == [
        ("12 410", "11 980", "12 730", "12 201", "49 321"),
        ("21 310", "20 800", "21 610", "21 001", "84 721"),
    ]


def test_a_name_above_income_cost_and_net_is_a_heading_of_its_rows() -> None:
    table, _ = read(
        "mnkr Utfall jan–aug Budget helår Prognos helår Avvikelse\n"
        "Parker\nIntäkter 3,1 4,4 4,6 0,2\nKostnader -6,0 -9,1 -9,0 0,1\nNettokostnad -2,9 -4,7 -4,4 0,3\n"
        "Bygg\nIntäkter 5,2 8,0 7,1 -0,9\nKostnader -7,7 -11,9 -11,5 0,4\nNettokostnad -2,5 -3,9 -4,4 -0,5\n"
    )
    block = ["Intäkter", "Kostnader", "Nettokostnad"]
    assert [row.label for row in table.rows] == ["Parker", *block, "Bygg", *block]
    assert [row.label for row in table.rows if row.is_heading] == ["Parker", "Bygg"]


def test_units_changes_and_ranks_belong_to_their_figures() -> None:
    table, _ = read(
        "Post Budget Utfall Diff\nArvoden 3 200 tkr 3 412 tkr -212 tkr\nPersonal 1 100 tkr 1 080 tkr 20 tkr\n"
    )
    assert table.rows[0].cells == ("3 200 tkr", "3 412 tkr", "-212 tkr")
    table, _ = read("Skola 2024 2025 Förändring\nNorra 1 380 1 344 -36 (-2,6 %)\nSödra 1 142 1 171 +29 (+2,5 %)\n")
    assert table.rows[1].cells == ("1 142", "1 171", "+29 (+2,5 %)")
    table, _ = read("Nyckeltal Kommunen Riket Rang\nIndex A 3,62 3,41 71 av 290\nIndex B 128 310 126 404 180 av 290\n")
    assert table.rows[1].cells == ("128 310", "126 404", "180 av 290")
