"""Checks of a table against its own cells: each doubt has its evidence, and a consistent table has none."""

from dataclasses import replace

import pytest

from ingest.reading.blocks import Block, Grid, GridRow, PrintedCell, TextBlock
from ingest.reading.tables.assembly import assemble

HEADER = ["Verksamhet", "Budget 2025", "Prognos 2025", "Avvikelse"]
MADE_UP_ROWS = [
    ["Påhittad skola", "1 200", "1 250", "-50"],
    ["Påhittad omsorg", "2 300", "2 200", "100"],
    ["Påhittad park", "400", "430", "-30"],
    ["Summa", "3 900", "3 880", "20"],
]


def doubts(rows: list[list[str]], *after: Block) -> dict[tuple[int, int], tuple[str, ...]]:
    """The doubtful places of a table (row 0 is the header) with what else they may say."""
    grid = Grid(tuple(GridRow(tuple(map(PrintedCell, row))) for row in rows))
    return {place[1:]: doubt.alternatives for place, doubt in assemble([grid, *after])[1].items()}


def changed(row_no: int, col_no: int, text: str) -> list[list[str]]:
    rows = [HEADER, *([*row] for row in MADE_UP_ROWS)]
    rows[row_no][col_no] = text
    return rows


def test_a_consistent_table_has_no_doubts() -> None:
    assert doubts([HEADER, *MADE_UP_ROWS]) == {}
    assert doubts([HEADER, *MADE_UP_ROWS[:3], ["varav lokaler", "90", "", ""], MADE_UP_ROWS[3]]) == {}


def test_rounding_and_rows_without_a_budget_are_no_reason_to_doubt() -> None:
    rows = [
        ["Intäkter", "10,1", "12,3", "-2,3"],
        ["Personal", "-61,2", "-60", "-1,2"],
        ["Köp", "-5,5", "-7,0", "1,5"],
        ["Påhittat bidrag", "", "3,0", "-3,0"],
        ["Påhittad park", "400,1", "430,2", "-30,1"],
    ]
    assert doubts([HEADER, *rows]) == {}


def test_sums_show_which_figure_of_a_broken_difference_is_wrong() -> None:
    assert doubts(changed(2, 3, "190")) == {(2, 3): ("100",)}


def test_a_figure_that_breaks_both_its_row_and_its_column_is_doubtful() -> None:
    found = doubts(changed(1, 2, "1 350"))
    assert found[1, 2] == ("1 250",)
    assert (2, 2) not in found


def test_a_missing_figure_is_inferred_from_the_others_of_its_row() -> None:
    assert doubts(changed(1, 1, "")) == {(1, 1): ("1 200",)}


def test_a_row_with_figures_one_column_off_is_doubtful_as_a_whole() -> None:
    header = ["Verksamhet", "Utfall 2024", *HEADER[1:]]
    rows = [[label, "9", *cells] for label, *cells in MADE_UP_ROWS[:3]]
    pushed = ["Påhittad fond", "120", "130", "-10", ""]
    assert {(4, 2), (4, 3), (4, 4)} <= set(doubts([header, *rows, pushed]))


@pytest.mark.parametrize(
    ("text", "alternative"),
    [
        ("1 2 50", "1250"),
        ("12 13", "12"),
        ("2,4-1,9", "2,4"),
        ("1 250 ökar", "1 250"),
        ("1 250-50", "1 250"),
        ("327 991 109 330", "327 991 109 330"),
    ],
)
def test_a_cell_that_may_hold_two_texts_says_which(text: str, alternative: str) -> None:
    assert alternative in doubts(changed(1, 2, text))[1, 2]


def test_two_figures_in_the_only_cell_of_a_column_are_doubtful_and_two_years_are_not() -> None:
    rows = [["Mått", "2023", "2024"], ["Påhittade besök", "10 398 13 818", ""]]
    assert doubts(rows)[1, 1] == ("10 398", "13 818")
    assert doubts([["Projekt", "År", "Utgift"], ["Påhittat projekt", "2027, 2028", "300"]]) == {}


def test_a_footnote_may_be_the_last_decimal() -> None:
    header = ["Mått", "2024", "2025"]
    rows = [header, ["Mått A", "471,5", "468,1"], ["Mått B", "471,51", "470,2"], ["Mått C", "9,5", "8,1"]]
    assert doubts(rows) == {(2, 1): ("471,5",)}


def test_two_cells_may_be_one_figure_cut_at_its_thousands() -> None:
    rows = [["Mått", "2023", "2024"], ["Påhittade timmar saknas", "225", "321"], ["Lån", "286 942", "270 374"]]
    assert doubts(rows) == {(1, 1): ("225 321",), (1, 2): ("225 321",)}
    rests = [["Verksamhet", "Utfall 2024", "Budget 2025"], ["Påhittad skola", "80", "024"], ["Park", "76", "255"]]
    assert doubts(rests).keys() == {(1, 1), (1, 2), (2, 1), (2, 2)}
    assert doubts([rests[0], ["Påhittad skola", "80", "124"], rests[2]]) == {}


@pytest.mark.parametrize(
    "label",
    [
        "Påhittade insatser för",
        "Individ- och",
        "Personal (inklusive",
        "inom påhittad vård",
        "Köp 12,4",
        "",
        "Läget för påhittade verksamheter är gott sedan länge. Det väntas bestå under hela året",
    ],
)
def test_a_label_that_looks_cut_is_doubtful(label: str) -> None:
    assert (2, 0) in doubts(changed(2, 0, label))


def test_a_label_that_is_only_a_year_may_be_the_end_of_the_one_above() -> None:
    rows = [HEADER, MADE_UP_ROWS[0], ["Påhittad plan", "", "", ""], ["2023-2026", "400", "430", "-30"]]
    rows += [["Annan park", "3", "4", "-1"], ["Påhittad bro", "5", "7", "-2"]]
    assert set(doubts(rows)) == {(2, 0), (3, 0)}


def test_a_name_under_a_header_of_figures_makes_all_headers_doubtful() -> None:
    rows = [["Nr", "Budget 2025", "Prognos 2025", "Avvikelse"], ["6068", "Påhittad kaj", "430", "-30"]]
    assert {(0, 1), (0, 2), (0, 3)} <= set(doubts(rows))


def test_figures_without_a_header_and_headers_with_a_figure_are_doubtful() -> None:
    rows = [["Verksamhet", "Budget 2025", "", "Avvikelse"], *MADE_UP_ROWS]
    assert (0, 2) in doubts(rows)
    rows[0][2] = "Prognos 1 190,0"
    assert (0, 2) in doubts(rows)


ALL_HEADERS = {(0, 1), (0, 2), (0, 3)}


@pytest.mark.parametrize(
    ("headers", "doubted"),
    [
        (["Verksamhet", "Utfall 2023 2024", "Prognos", "Avvikelse"], {(0, 1)}),
        (["Verksamhet", "Budget", "Prognos Avvikelse", "Mål Riket"], {(0, 2), (0, 3)}),
        (["Verksamhet", "Budget", "Prognos Avvikelse", ""], ALL_HEADERS),
        (["Verksamhet", "Åk 1–", "Prognos", "Konsekven s"], {(0, 1), (0, 3)}),
        (["Verksamhet", "2024", "2025", "2024"], {(0, 1), (0, 3)}),
        (["Verksamhet", "Norr Söder", "Norr Söder", "Norr Söder"], ALL_HEADERS),
        (["2024", "Utfall 2024", "Mål 2025", "Mål 2026"], ALL_HEADERS),
        (["2024", "Utfall", "Mål", "Riket"], set()),
        (["Summa 2024", "Summa 2025", "Riket", "Avvikelse"], ALL_HEADERS),
        (["Verksamhet Utfall 2023", "Budget", "Prognos", "Avvikelse"], {(1, 0), (2, 0), (3, 0), (4, 0)}),
        (["Verksamhet", "Period Utfall", "Helår Prognos", "Andel IFO"], set()),
        (["Verksamhet", "Utfall 2023–2024", "Utfall jan–aug 2025", "Avvikelse mot budget"], set()),
    ],
)
def test_a_header_that_may_be_several_or_belong_elsewhere_is_doubtful(
    headers: list[str], doubted: set[tuple[int, int]]
) -> None:
    assert set(doubts([headers, *MADE_UP_ROWS])) == doubted


def test_a_row_that_is_marked_as_header_makes_all_headers_doubtful() -> None:
    rows = [["Verksamhet", "Påhittad hall", "218,4", "↓"], *MADE_UP_ROWS]
    marked = Grid(tuple(GridRow(tuple(map(PrintedCell, row)), is_header=n == 0) for n, row in enumerate(rows)))
    assert {place[1:] for place in assemble([marked])[1]} == ALL_HEADERS


def test_rows_that_are_headers_and_columns_that_are_rows_make_all_headers_doubtful() -> None:
    header, *rows = [HEADER, ["Skola", "klass", "2024", "2023"], *MADE_UP_ROWS]
    assert set(doubts([header, *rows])) >= ALL_HEADERS | {(1, 0)}
    turned = [["Ekonomi", "Skola", "Park", "Bad"], ["Utfall 2024", "1", "2", "3"], ["Budget 2025", "4", "5", "6"]]
    assert set(doubts([*turned, ["Avvikelse", "3", "3", "3"]])) == ALL_HEADERS


@pytest.mark.parametrize(
    "labels", [("Intäkter 12 13",), ("Park 1 204", "Bad –38"), ("Skola 512 (548)", "Parknämnd673235")]
)
def test_figures_at_the_end_of_a_label_are_doubtful(labels: tuple[str, ...]) -> None:
    rows = [[label, "1", "2", "3"] for label in labels]
    assert set(doubts([HEADER, *rows, ["Påhittad hall", "4", "5", "6"]])) == {(n, 0) for n in range(1, len(rows) + 1)}


def test_a_figure_that_has_lost_its_zero_is_doubtful() -> None:
    assert doubts([HEADER[:3], ["Park", "2,5", "2,1"], ["Bad", "- ,4", "1,3"], ["Hall", "3,1", "4,4"]]) == {
        (2, 1): ("- 0,4",)
    }


def test_labels_that_all_end_in_another_number_have_swallowed_a_column() -> None:
    swallowed = [
        ["Skola 48", "1", "2", "3"],
        ["Park 9", "4", "5", "6"],
        ["Bad 12", "7", "8", "1"],
        ["Hall", "2", "3", "1"],
    ]
    assert {place for place in doubts([HEADER, *swallowed]) if place[1] == 0} == {(1, 0), (2, 0), (3, 0), (4, 0)}
    grades = [[f"Åk {grade}", "1", "2", "-1"] for grade in range(1, 5)]
    assert doubts([HEADER, *grades, ["Teknik (6015, 6119)", "3", "1", "2"]]) == {}


@pytest.mark.parametrize("rest", ["7–20 år, per invånare", "legitimation, %"])
def test_a_row_that_only_continues_a_name_makes_both_doubtful(rest: str) -> None:
    rows = [HEADER, MADE_UP_ROWS[0], [rest, "", "", ""], *MADE_UP_ROWS[1:3]]
    assert set(doubts(rows)) == {(1, 0), (2, 0)}
    assert set(doubts([HEADER, ["60112", "", "", ""], *MADE_UP_ROWS[:3]])) == {(1, 0), (2, 0)}


def test_a_row_below_the_table_is_shown_at_the_last_row() -> None:
    assert doubts([HEADER, *MADE_UP_ROWS], TextBlock("Påhittad fond 120 130 -10")) == {
        (4, 0): ("Påhittad fond 120 130 -10",)
    }
    assert doubts([HEADER, *MADE_UP_ROWS], TextBlock("Utfallet för 2025 väntas bli 3 880 tkr.")) == {}


@pytest.mark.parametrize(
    ("name", "headers", "doubted"),
    [
        ("", HEADER, {(0, 1), (0, 2), (0, 3)}),
        ("Påhittad sammanställning", HEADER, set()),
        ("", ["Verksamhet", "Beröm", "Förslag", "Klagomål"], set()),
    ],
)
def test_a_table_without_name_after_a_page_break_may_be_the_rest_of_the_one_before(
    name: str, headers: list[str], doubted: set[tuple[int, int]]
) -> None:
    def on_page(page: int, *rows: list[str]) -> Grid:
        return Grid(tuple(GridRow(tuple(map(PrintedCell, row)), page=page) for row in rows))

    whole = ["Verksamhet", "Påhittad\nBudget 2025", *HEADER[2:]]
    blocks: list[Block] = [TextBlock("Påhittad ekonomi", 1, heading_level=1), TextBlock("Läget", 1, heading_level=2)]
    blocks += [on_page(1, whole, *MADE_UP_ROWS[:2]), *([TextBlock(name, 2)] if name else [])]
    rest = on_page(2, headers, *MADE_UP_ROWS[2:])
    found = assemble([*blocks, rest])[1]
    assert set(found) == {(table_no, *place) for table_no in (1, 2) for place in doubted}
    caption = TextBlock("Påhittad rubrik", 1)
    assert assemble([*blocks, caption, replace(rest, is_whole=True)])[1] == {}


def test_a_number_that_ends_a_label_may_be_the_blank_cell_beside_it() -> None:
    found = doubts([HEADER, *MADE_UP_ROWS[:3], ["Påhittat torg 50", "", "40", "10"], MADE_UP_ROWS[3]])
    assert (4, 0) in found


def test_a_row_of_small_figures_under_large_ones_may_be_cut_at_its_thousands() -> None:
    header = ["Mått", "Timmar 2024", "Tkr 2024", "Timmar 2025", "Tkr 2025"]
    rows = [["Övertid", "2 104", "811", "1 877", "744"], ["Timmar", "31 240", "6 905", "29 870", "6 777"]]
    assert {place for place in doubts([header, *rows, ["Sjuklön", "2", "310", "2", "188"]]) if place[0] == 3} == {
        (3, 1),
        (3, 2),
        (3, 3),
        (3, 4),
    }
    assert doubts([header, *rows, ["Fyllnad", "410", "322", "502", "254"]]) == {}


def pointed(*others: list[str]) -> list[list[str]]:
    return [HEADER, ["Påhittad skola", "31.400", "29.850", "1.550"], *others]


def test_numbers_that_nearly_all_rows_cut_in_two_are_doubtful() -> None:
    header = ["Verksamhet", "Utfall", "Budget", "Antal"]
    rows = [["Skola", "88", "204", "2,1"], ["Stab", "90", "877", "3,0"], ["Park", "-91", "330", "0,5"]]
    found = doubts([header, *rows, ["Bad", "95", "112", "4,0"]])
    assert {place for place in found if place[1] in (1, 2)} == {(row, col) for row in range(1, 5) for col in (1, 2)}
    assert not doubts([header, *rows, ["Bad", "95", "1 112", "4,0"]])


def test_points_between_thousands_are_doubted_only_where_the_table_prints_numbers_otherwise_too() -> None:
    assert doubts(pointed(["Påhittad park", "1.250.000", "900", "12,5"])) == {}
    assert doubts(pointed(["Påhittad park", "12.5", "12", "0"]))[1, 1] == ("31 400", "31,400")
    assert set(doubts(pointed(["Påhittad park", "1 250", "900", "350"]))) == {(1, 1), (1, 2), (1, 3)}


def test_a_column_of_nothing_but_brackets_beside_figures_without_is_doubted() -> None:
    rows = [["Påhittad skola", "1 200", "(1 150)", "50"], ["Påhittad park", "400", "(430)", "-30"]]
    assert set(doubts([HEADER, *rows])) == {(0, 2)}
    assert doubts([HEADER, *rows, ["Påhittat bidrag", "(90)", "(80)", "(10)"]]) == {}


def test_amounts_in_kronor_give_a_table_its_unit_and_are_doubted_under_another() -> None:
    rows = [["Påhittad skola", "1 200 kr", "1 150 kr", "50 kr"], ["Påhittad park", "400 kr", "430 kr", "-30 kr"]]
    grid = Grid(tuple(GridRow(tuple(map(PrintedCell, row))) for row in [HEADER, *rows]))
    (table,), found = assemble([grid])
    assert (table.unit, found) == ("kr", {})
    assert set(doubts([["Belopp i tkr", *HEADER[1:]], *rows])) == {(0, 1), (0, 2), (0, 3)}
