"""Layouts of publishers other than those of the shipped reports, as grids or files."""

import datetime as dt
from pathlib import Path

from openpyxl import Workbook

from ingest.reading.blocks import PrintedCell, TextBlock
from ingest.reading.report import read_report
from tests.support.grids import grid, headers, only


def test_a_total_that_spans_columns_is_in_the_first_of_them() -> None:
    table = only(
        grid(
            ["Projekt", "Ansvarig", "Budget", "Utfall"],
            ["Lekplats", "Park", "250", "100"],
            [PrintedCell("Totalt", col_span=2), "250", "100"],
        )
    )
    assert [row.cells for row in table.rows] == [("Park", "250", "100"), ("", "250", "100")]


def test_running_text_between_the_rows_is_no_row() -> None:
    remark = "Inga inköp har gjorts under perioden, de väntas till hösten."
    table = only(
        grid(
            ["Projekt", "Budget", "Utfall"],
            ["Fordon", "100", "0"],
            [PrintedCell(remark, col_span=3)],
            ["Larm", "900", "748"],
            [remark, "", ""],
        )
    )
    assert [row.label for row in table.rows] == ["Fordon", "Larm"]
    assert headers(table) == ["Budget", "Utfall"]


def test_key_columns_before_the_name_are_part_of_the_label() -> None:
    table = only(
        grid(
            ["Prio", "Status", "Nr", "Projekt", "Budget 2025", "Utfall 2025"],
            ["3", "P", "6012", "Ombyggnad Kajen", "400", "100"],
            ["1", "S", "", "Nytt torg", "2 300", "1 145"],
            [PrintedCell("Totalt", col_span=4), "2 700", "1 245"],
        )
    )
    assert [row.label for row in table.rows] == ["3 P 6012 Ombyggnad Kajen", "1 S Nytt torg", "Totalt"]
    assert (table.label_header, headers(table)) == ("Prio Status Nr Projekt", ["Budget 2025", "Utfall 2025"])


def test_lines_about_an_export_are_no_table_and_their_unit_reaches_the_table_below(tmp_path: Path) -> None:
    workbook = Workbook()
    for row in (
        ["Ekonomirapport"],
        ["Period: 2025-01 - 2025-08", None, None, dt.date(2025, 9, 15)],
        ["Belopp i tkr"],
        [],
        ["Konto", "Benämning", "Utfall", "Budget"],
        ["30", "Intäkter", 1200, 1100],
        ["50", "Löner", -8000, -7900],
    ):
        workbook.active.append(row)
    path = tmp_path / "made_up_export.xlsx"
    workbook.save(path)
    (table,) = read_report(path, lambda page, pages: None).tables
    assert (table.unit, [row.label for row in table.rows]) == ("tkr", ["30 Intäkter", "50 Löner"])


def test_a_table_right_below_another_has_its_own_headers_and_title(tmp_path: Path) -> None:
    workbook = Workbook()
    for row in (
        ["Ekonomi"],
        ["Påhittat utfall, tkr", None, "Budget", None, "Utfall"],
        ["Park", None, 1200, None, 1150],
        ["Varav", None, None, None, None],
        ["Gräs", None, 300, None, 280],
        ["Personal"],
        ["Under det påhittade året var frånvaron lägre än året innan."],
        ["Mått", 2024, None, 2025],
        ["Årsarbetare", 41, None, 43],
        ["Sjukfrånvaro, %", "6,1", None, "5,8"],
        ["Bygglov"],
        [None, "Plan", None, "Utfall"],
        ["Beslut", 80, None, 77],
    ):
        workbook.active.append(row)
    path = tmp_path / "made_up_export.xlsx"
    workbook.save(path)
    tables = read_report(path, lambda page, pages: None).tables
    assert [(table.title, [column.header for column in table.columns]) for table in tables] == [
        ("Ekonomi", ["Budget", "Utfall"]),
        ("Personal", ["2024", "2025"]),
        ("Bygglov", ["Plan", "Utfall"]),
    ]
    assert [row.cells for table in tables for row in table.rows] == [
        *[("1200", "1150"), ("", ""), ("300", "280")],
        *[("41", "43"), ("6,1", "5,8")],
        ("80", "77"),
    ]


def test_quarters_below_merged_years_are_headers(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append([None, "2023", None, "2024", None])
    sheet.append([None, "Kv 1", "Kv 2", "Kv 1", "Kv 2"])
    sheet.append(["Påhittade beslut", 412, 398, 431, 409])
    sheet.append(["Påhittade timmar", 204, 110, 830, 702])
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("D1:E1")
    path = tmp_path / "made_up_quarters.xlsx"
    workbook.save(path)
    (found,) = read_report(path, lambda page, pages: None).tables
    assert [column.header for column in found.columns] == ["2023 Kv 1", "2023 Kv 2", "2024 Kv 1", "2024 Kv 2"]
    assert [row.label for row in found.rows] == ["Påhittade beslut", "Påhittade timmar"]


def test_a_footnote_inside_the_grid_is_a_note_and_takes_its_mark_off() -> None:
    table = only(
        grid(["Post", "2023", "2024"], ["Intäkter1", "10", "12"], ["Summa", "10", "12"], ["1 utan bidrag", "", ""])
    )
    assert [(row.label, row.notes) for row in table.rows] == [("Intäkter", "1: utan bidrag"), ("Summa", "")]


def test_a_line_that_only_states_the_unit_is_no_title() -> None:
    table = only(TextBlock("Drift per enhet"), TextBlock("Belopp i tkr"), grid(["Enhet", "2024"], ["Kök", "12"]))
    assert (table.title, table.unit) == ("Drift per enhet", "tkr")


def test_where_a_source_marks_headings_a_caption_is_no_section() -> None:
    table = only(
        TextBlock("Ekonomi", heading_level=1),
        TextBlock("Resultat", heading_level=2),
        TextBlock("Så gick det."),
        TextBlock("Drift per enhet"),
        grid(["Enhet", "2024"], ["Kök", "12"]),
    )
    assert (table.section, table.title) == ("Resultat", "Drift per enhet")


def test_an_activity_named_once_labels_both_rows_of_its_pair() -> None:
    table = only(
        grid(
            ["Verksamhet", "", "Utfall", "Budget"],
            ["Skola", "Intäkt", "10", "9"],
            ["", "Kostnad", "-30", "-28"],
            ["Park", "Intäkt", "1", "2"],
            ["", "Kostnad", "-3", "-4"],
        )
    )
    assert [row.label for row in table.rows] == ["Skola Intäkt", "Skola Kostnad", "Park Intäkt", "Park Kostnad"]


def test_a_span_of_months_that_breaks_at_its_hyphen_keeps_it() -> None:
    assert headers(only(grid(["", "Utfall jan-\naug 2025"], ["Skola", "1"]))) == ["Utfall jan-aug 2025"]
