"""The Excel file agrees with the marts, with numbers as numbers and texts that Excel can't take for formulas."""

import shutil
import zipfile
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from openpyxl import Workbook, load_workbook

from kommunlager.controller_workbook import write_controller_workbook
from kommunlager.controller_workbook.sheets import SHEETS
from kommunlager.controller_workbook.table_sheet import FIRST_ROW, HEADING_ROW
from tests.support.installation import TrialInstallation


@pytest.fixture(scope="module")
def workbook(built: TrialInstallation) -> Workbook:
    return load_workbook(built.work / "published" / "kommunlager.xlsx")


def rows_under_headings(workbook: Workbook, name: str) -> list[dict[str, object]]:
    sheet = workbook[name]
    headings = [cell.value for cell in sheet[HEADING_ROW]]
    return [
        dict(zip(headings, row, strict=True))
        for row in sheet.iter_rows(min_row=FIRST_ROW, values_only=True)
        if any(row)
    ]


def test_a_controller_finds_the_largest_deficit_and_its_source(workbook: Workbook) -> None:
    # mark_delarsrapport_2025, 7.1 Tabell periodrapport: Individ- och familjeomsorg -171,2 -185,7 -14,5
    rows = [[cell.value for cell in row] for row in workbook["Svar"].iter_rows(max_col=4)]
    mark = next(row for row in rows if row[0] == "Mark" and str(row[1]).startswith("Individ- och familjeomsorg"))
    assert mark[2] == -14500
    assert "7.1 Driftredovisning · Tabell periodrapport · Individ- och familjeomsorg" in str(mark[3])
    # askersund_arsbokslut_2024: the activity, and not the gross cost of the whole committee (-34 867).
    askersund = next(row for row in rows if row[0] == "Askersund" and row[2] == -6215)
    assert str(askersund[1]).startswith("51 Äldreomsorg/LSS, 2024")
    deviations = [row for row in rows_under_headings(workbook, "Avvikelse mot budget") if row["Kommun"] == "Mark"]
    worst = min((row for row in deviations if row["Nettokostnad"] == "Nej"), key=lambda row: row["Avvikelse, tkr"])
    assert (worst["Rad i rapporten"], worst["Avvikelse, tkr"]) == ("Individ- och familjeomsorg", -14500)


def test_every_sheet_holds_its_query_with_numbers_as_numbers(
    workbook: Workbook, warehouse: duckdb.DuckDBPyConnection
) -> None:
    for spec in SHEETS:
        expected = warehouse.execute(spec.query).fetchall()
        found = rows_under_headings(workbook, spec.name)
        assert len(found) == len(expected), spec.name
        # None of the five reports restates an outcome.
        assert bool(found) == (spec.mart != "restatements"), spec.name
        for row, values in zip(found, expected, strict=True):
            for (heading, cell), value in zip(row.items(), values, strict=True):
                if isinstance(value, Decimal):
                    assert cell == pytest.approx(float(value)), (spec.name, heading)


def test_sheets_keep_their_headings_in_view_and_can_be_filtered(workbook: Workbook) -> None:
    for spec in SHEETS:
        sheet = workbook[spec.name]
        assert sheet.freeze_panes == f"B{FIRST_ROW}"
        assert sheet.auto_filter.ref.startswith(f"A{HEADING_ROW}:")


def test_every_column_is_explained_by_the_mart_that_it_comes_from(workbook: Workbook) -> None:
    rows = [[cell.value for cell in row] for row in workbook["Förklaringar"].iter_rows(max_col=4)]
    unexplained = [row for row in rows if row[2] and not row[3]]
    assert unexplained == []


def test_a_printed_text_never_becomes_a_formula(built: TrialInstallation, tmp_path: Path) -> None:
    database = tmp_path / "made_up.duckdb"
    shutil.copyfile(built.published, database)
    database.chmod(0o644)
    planted = ["=1+1", "+cmd", "-made up", "@made_up"]
    with duckdb.connect(str(database)) as connection:
        for text in planted:
            connection.execute(
                "update marts.budget_deviations set row_label = ?"
                " where rowid = (select min(rowid) from marts.budget_deviations"
                " where is_current and not list_contains(?, row_label))",
                [text, planted],
            )
    path = tmp_path / "made_up.xlsx"
    write_controller_workbook(database, path)
    cells = [cell for row in load_workbook(path)["Avvikelse mot budget"].iter_rows() for cell in row]
    found = {cell.value: (cell.data_type, cell.quotePrefix) for cell in cells if cell.value in planted}
    assert found == dict.fromkeys(planted, ("s", True))
    with zipfile.ZipFile(path) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if "worksheets" in name)


def test_an_empty_warehouse_gives_a_file_that_says_so(built: TrialInstallation, tmp_path: Path) -> None:
    database = tmp_path / "empty.duckdb"
    shutil.copyfile(built.published, database)
    database.chmod(0o644)
    with duckdb.connect(str(database)) as connection:
        for spec in SHEETS:
            connection.execute(f"delete from marts.{spec.mart}")
    write_controller_workbook(database, tmp_path / "empty.xlsx")
    empty = load_workbook(tmp_path / "empty.xlsx")
    assert {empty[spec.name]["A2"].value for spec in SHEETS} == {"Inga rader än."}
