"""Reading again: corrections in a workbook are kept, wherever the cell has moved; those without a cell are listed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ingest.document import Column, Document, Doubt, Row, Table, UnplacedCorrection, texts_by_place
from ingest.reading.document.corrections import is_same_report, with_corrections
from ingest.workbook.reader import read_workbook
from ingest.workbook.writer import write_workbook
from tests.support.workbooks import made_up_document

Edit = Callable[[Workbook], None]


def reading(**changes: object) -> Document:
    document = made_up_document(**changes)
    return replace(document, read_texts=texts_by_place(document.tables))


def corrected(document: Document, path: Path, edit: Edit) -> Document:
    """The document as its workbook holds it after a person's edit."""
    write_workbook(document, path)
    workbook = load_workbook(path)
    edit(workbook)
    workbook.save(path)
    return read_workbook(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "made_up_report.xlsx"


def set_cells(sheet: str, **texts: str | None) -> Edit:
    def edit(workbook: Workbook) -> None:
        for cell, text in texts.items():
            workbook[sheet][cell] = text

    return edit


def renumber(sheet: Worksheet) -> None:
    for number, row in enumerate(range(11, sheet.max_row + 1), 1):
        sheet.cell(row, 1).value = str(number)


def with_table(document: Document, table_no: int, **changes: object) -> Document:
    tables = tuple(replace(table, **changes) if table.table_no == table_no else table for table in document.tables)
    return replace(document, tables=tables, read_texts=texts_by_place(tables))


def test_corrected_cells_labels_and_headers_are_kept(path: Path) -> None:
    workbook = corrected(reading(), path, set_cells("T01", F11="9 000", E12="Annan etikett", G10="Utfall 2023"))
    merged = with_corrections(reading(), workbook)
    table = merged.tables[0]
    assert table.rows[0].cells == ("9 000", "1 100", "100")
    assert table.rows[1].label == "Annan etikett"
    assert table.columns[1].header == "Utfall 2023"
    assert merged.read_texts == reading().read_texts


def test_corrections_follow_rows_and_tables_that_have_moved(path: Path) -> None:
    workbook = corrected(reading(), path, set_cells("T01", F11="9 000", H13="-501"))
    money, measures, pairs = reading().tables
    new_row = Row("Nyupptäckt rad", ("1", "2", "3"))
    moved = replace(money, table_no=2, rows=(money.rows[2], new_row, *money.rows[:2]))
    tables = (replace(measures, table_no=1), moved, pairs)
    merged = with_corrections(replace(reading(), tables=tables, read_texts=texts_by_place(tables)), workbook)
    assert [(row.label, row.cells[0], row.cells[2]) for row in merged.tables[1].rows] == [
        ("Nettokostnader", "-4 000", "-501"),
        ("Nyupptäckt rad", "1", "3"),
        ("Intäkter", "9 000", "100"),
        ("Påhittad verksamhetskostnad", "-5 000", "-600"),
    ]
    assert merged.read_texts[2, 3, 1] == "1 000"
    assert not merged.unplaced


def test_a_correction_that_the_reading_now_agrees_with_is_no_correction_any_more(path: Path) -> None:
    workbook = corrected(reading(), path, set_cells("T01", F11="9 000"))
    money = reading().tables[0]
    mended = with_table(reading(), 1, rows=(Row("Intäkter", ("9 000", "1 100", "100")), *money.rows[1:]))
    merged = with_corrections(mended, workbook)
    assert merged.read_texts[1, 1, 1] == merged.tables[0].rows[0].cells[0] == "9 000"
    assert not merged.doubts


def test_a_correction_stays_and_is_doubtful_if_the_reading_changed_too(path: Path) -> None:
    workbook = corrected(reading(), path, set_cells("T01", F11="9 000"))
    money = reading().tables[0]
    other = with_table(reading(), 1, rows=(Row("Intäkter", ("7 000", "1 100", "100")), *money.rows[1:]))
    merged = with_corrections(other, workbook)
    assert merged.tables[0].rows[0].cells[0] == "9 000"
    assert merged.doubts[1, 1, 1].alternatives == ("7 000",)


def test_a_corrected_cell_is_not_unsure_any_more(path: Path) -> None:
    unsure = replace(reading(), doubts={(1, 1, 1): Doubt("Påhittat skäl"), (1, 2, 1): Doubt("Påhittat skäl")})
    workbook = corrected(unsure, path, set_cells("T01", F11="9 000"))
    assert with_corrections(unsure, workbook).doubts.keys() == {(1, 2, 1)}


def test_rows_that_a_person_put_in_or_took_out_stay_so(path: Path) -> None:
    def edit(workbook: Workbook) -> None:
        sheet = workbook["T01"]
        sheet.delete_rows(12)
        sheet.insert_rows(12)
        for column, text in enumerate(("2", "", "data", "", "Inlagd rad", "5", "6", "7"), 1):
            sheet.cell(12, column).value = text
        sheet.insert_rows(11)
        for column, text in enumerate(("1", "", "heading", "", "Inlagd rubrik"), 1):
            sheet.cell(11, column).value = text
        renumber(sheet)

    workbook = corrected(reading(), path, edit)
    merged = with_corrections(reading(), workbook)
    assert merged.tables[0].rows == workbook.tables[0].rows
    assert merged.tables[0].rows[0].is_heading
    again = with_corrections(reading(), replace(merged, tables=merged.tables))
    assert again.tables == merged.tables


def test_what_cannot_be_placed_is_listed_and_survives_the_workbook(path: Path) -> None:
    workbook = corrected(reading(), path, set_cells("T01", F11="9 000", G12="-5 601"))
    without_row = with_table(reading(), 1, rows=reading().tables[0].rows[1:])
    merged = with_corrections(without_row, workbook)
    lost = UnplacedCorrection("Påhittad drift", "Intäkter", "Budget 2024", "1 000", "9 000")
    assert merged.unplaced == (lost,)
    assert merged.tables[0].rows[0].cells[1] == "-5 601"
    write_workbook(merged, path)
    assert load_workbook(path).sheetnames[0] == "unplaced"
    assert with_corrections(without_row, read_workbook(path)).unplaced == (lost,)


def test_corrections_of_a_table_that_is_not_found_again_are_listed(path: Path) -> None:
    workbook = corrected(reading(), path, set_cells("T03", F11="2,5"))
    merged = with_corrections(reading(tables=made_up_document().tables[:2]), workbook)
    assert [lost.corrected_text for lost in merged.unplaced] == ["2,5"]


def test_tables_that_a_person_took_out_or_put_in_stay_so(path: Path) -> None:
    def edit(workbook: Workbook) -> None:
        del workbook["T02"]

    added = Table(4, "4 Inlagd", "Inlagd tabell", "", (Column("2024"),), (Row("Inlagt mått", ("7",)),))
    shortened = corrected(reading(), path, edit)
    merged = with_corrections(reading(), replace(shortened, tables=(*shortened.tables, added)))
    assert [table.title for table in merged.tables] == [
        "Påhittad drift",
        "Påhittad analys per verksamhet",
        "Inlagd tabell",
    ]
    assert (4, 1, 1) not in merged.read_texts


def test_titles_units_and_facts_of_the_workbook_win_unless_given_again(path: Path) -> None:
    def edit(workbook: Workbook) -> None:
        workbook["T01"]["B3"] = "Rätt titel"
        workbook["T01"]["B4"] = "mnkr"
        workbook["document"]["B5"] = "Rätt nämnd"
        workbook["document"]["B7"] = "2024-11-30"

    workbook = corrected(reading(), path, edit)
    merged = with_corrections(reading(), workbook, given={"information_date"})
    assert (merged.tables[0].title, merged.tables[0].unit) == ("Rätt titel", "mnkr")
    assert merged.committee == "Rätt nämnd"
    assert merged.information_date == reading().information_date


def test_another_report_is_not_taken_for_a_new_reading(path: Path) -> None:
    workbook = corrected(reading(), path, set_cells("T01", F11="9 000"))
    other = Table(1, "1 Annat", "Annat", "", (Column("2031"),), (Row("Helt annat", ("7",)),))
    assert is_same_report(reading(), workbook)
    assert not is_same_report(reading(tables=(other,)), workbook)


def test_unsure_cells_come_first_in_colour_with_reason_and_link(path: Path) -> None:
    doubts = {
        (1, 1, 2): Doubt("Påhittat skäl", ("1", "100")),
        (2, 0, 1): Doubt("Annat skäl"),
        (2, 1, 0): Doubt("Tredje"),
    }
    document = replace(reading(), doubts=doubts)
    write_workbook(document, path)
    workbook = load_workbook(path)
    review = workbook["review"]
    assert workbook.sheetnames[0] == "review"
    assert [cell.value for cell in review[2]] == [
        *("T01!G11", "1 100", "Påhittat skäl", "1 | 100", "Intäkter", "Utfall 2024", "Påhittad drift", "1", "1", "2")
    ]
    assert review["A2"].hyperlink.location == "T01!G11"
    assert workbook["T01"]["G11"].comment.text == "Påhittat skäl.\nKan också vara: 1 | 100"
    assert workbook["T01"]["G11"].fill.fgColor.rgb == workbook["T02"]["E11"].fill.fgColor.rgb != "00000000"
    assert [review.cell(row, 1).value for row in (3, 4)] == ["T02!F10", "T02!E11"]
    assert read_workbook(path).doubts == doubts


def test_a_list_is_read_by_its_names_whatever_their_order(tmp_path: Path) -> None:
    path = tmp_path / "made_up_report.xlsx"
    doubts = {(1, 1, 2): Doubt("Påhittat skäl", ("1", "100"))}
    write_workbook(replace(reading(), doubts=doubts), path)
    workbook = load_workbook(path)
    workbook["review"].move_range("J1:J2", cols=1)
    workbook["review"].move_range("A1:I2", cols=1)
    workbook["review"].move_range("K1:K2", cols=-10)
    workbook.save(path)
    assert read_workbook(path).doubts == doubts
