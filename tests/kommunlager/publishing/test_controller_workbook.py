"""The Excel file agrees with the marts: typed cells, Excel tables, and pivots that don't mix totals with parts."""

import datetime as dt
import gc
import tracemalloc
import zipfile
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from kommunlager.controller_workbook import (
    Committee,
    table_sheet,
    write_committee_workbook,
    write_controller_workbook,
)
from kommunlager.controller_workbook import workbook as workbook_module
from kommunlager.controller_workbook.sheets import SHEETS, Sheet
from kommunlager.controller_workbook.table_sheet import FIRST_ROW, HEADING_ROW
from tests.support.changeable_copy import changeable_copy
from tests.support.installation import TrialInstallation

MARK = Committee("1463", "Mark", "Socialnämnden")
# Of what a page of A4 has room for, 149 characters at full size, these are three fifths: letters of seven points.
WIDEST_READABLE_PAGE = 245


@pytest.fixture(scope="module")
def path(built: TrialInstallation) -> Path:
    return built.work / "published" / "kommunlager.xlsx"


@pytest.fixture(scope="module")
def workbook(path: Path) -> Workbook:
    return load_workbook(path)


@pytest.fixture(scope="module")
def dictionary(warehouse: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str]]:
    rows = warehouse.execute(
        "select mart || '.' || column_name, label_sv, description_sv from marts.data_dictionary"
    ).fetchall()
    return {place: (label, description) for place, label, description in rows}


@pytest.fixture
def copy(built: TrialInstallation, tmp_path: Path) -> Path:
    """A copy of the release that a test may change."""
    return changeable_copy(built.published, tmp_path / "made_up.duckdb")


def spec_of(name: str) -> Sheet:
    return next(spec for spec in SHEETS if spec.name == name)


def rows_under_headings(workbook: Workbook, name: str) -> list[dict[str, object]]:
    sheet = workbook[name]
    headings = [cell.value for cell in sheet[HEADING_ROW]]
    return [
        dict(zip(headings, row, strict=True))
        for row in sheet.iter_rows(min_row=FIRST_ROW, values_only=True)
        if any(value is not None for value in row)
    ]


def as_pandas(path: Path, name: str) -> pd.DataFrame:
    return pd.read_excel(path, sheet_name=name, header=HEADING_ROW - 1)


def pivot(path: Path, name: str, by: list[str], value: str) -> dict[tuple[object, ...], float]:
    """What a pivot table on the whole sheet gives, as someone makes it who reads nothing but the headings."""
    summed = as_pandas(path, name).groupby(by)[value].sum()
    return {key: round(float(total), 3) for key, total in summed.items() if isinstance(key, tuple)}


def expected(warehouse: duckdb.DuckDBPyConnection, query: str) -> dict[tuple[object, ...], float]:
    return {tuple(row[:-1]): round(float(row[-1]), 3) for row in warehouse.execute(query).fetchall()}


def test_a_controller_finds_the_largest_deficit_and_its_source(workbook: Workbook) -> None:
    # mark_delarsrapport_2025, 7.1 Tabell periodrapport: Individ- och familjeomsorg -171,2 -185,7 -14,5
    rows = [[cell.value for cell in row] for row in workbook["Svar"].iter_rows(max_col=6)]
    mark = next(row for row in rows if row[0] == "Mark" and str(row[2]).startswith("Individ- och familjeomsorg"))
    assert mark[1:5] == ["Socialnämnden", "Individ- och familjeomsorg, 2025, prognos mot budget", -14500, "tkr"]
    assert "7.1 Driftredovisning · Tabell periodrapport · Individ- och familjeomsorg" in str(mark[5])
    # askersund_arsbokslut_2024: the activity, and not the gross cost of the whole committee (-34 867).
    askersund = next(row for row in rows if row[0] == "Askersund" and row[3] == -6215)
    assert str(askersund[2]).startswith("51 Äldreomsorg/LSS, 2024")
    activities = [row for row in rows_under_headings(workbook, "Budget verksamheter") if row["Kommun"] == "Mark"]
    worst = min(activities, key=lambda row: (-int(str(row["År"])), row["Avvikelse, tkr"]))
    assert (worst["Rad i rapporten"], worst["Avvikelse, tkr"]) == ("Individ- och familjeomsorg", -14500)


def test_the_first_sheet_answers_the_five_questions_of_every_committee(workbook: Workbook) -> None:
    rows = [[cell.value for cell in row] for row in workbook["Svar"].iter_rows(max_col=6)]
    titles = (
        "Nettokostnad eller resultat mot budget",
        "Nettokostnadens förändring sedan föregående år",
        "Måluppfyllelse, andel av de mål som kan bedömas",
        "Mått som kan jämföras med andra kommuners",
        "Fel i rapporterna som inte är rättade",
    )
    for title in titles:
        begin = next(number for number, row in enumerate(rows) if row[0] == title)
        answers = rows[begin + 1 : begin + 4]
        assert {row[0] for row in answers} == {"Alingsås", "Askersund", "Mark"}, title
        assert all(row[2] and row[3] is not None for row in answers), title


def test_the_first_sheet_counts_as_the_site_does(workbook: Workbook, path: Path) -> None:
    rows = [[cell.value for cell in row] for row in workbook["Svar"].iter_rows(max_col=5)]
    page = (path.parent / "site" / "mark-socialnamnden.html").read_text(encoding="utf-8")
    compared, trusted = (
        next(row for row in rows[rows.index(title) :] if row[0] == "Mark")
        for title in (
            ["Mått som kan jämföras med andra kommuners", None, None, None, None],
            ["Fel i rapporterna som inte är rättade", None, None, None, None],
        )
    )
    assert str(compared[2]).startswith(f"{compared[3]} av ")
    assert f"{compared[2]}." in page
    corrected = next(part for part in str(trusted[2]).split(", ") if part.endswith("rättade"))
    assert (trusted[3], corrected) == (0, "24 fynd är rättade")
    assert "Inga kända fel i rapporterna är orättade." in page
    assert f"{corrected}." in page


def test_every_sheet_holds_its_query_with_numbers_as_numbers_and_dates_as_dates(
    workbook: Workbook, warehouse: duckdb.DuckDBPyConnection, dictionary: dict[str, tuple[str, str]]
) -> None:
    for spec in SHEETS:
        values = warehouse.execute(spec.query(spec.described_columns(dictionary))).fetchall()
        found = rows_under_headings(workbook, spec.name)
        assert len(found) == len(values), spec.name
        # None of the five reports restates an outcome.
        assert bool(found) == (spec.mart != "restatements"), spec.name
        for row, expected_row in zip(found, values, strict=True):
            for (heading, cell), value in zip(row.items(), expected_row, strict=True):
                if isinstance(value, Decimal | float):
                    assert cell == pytest.approx(float(value)), (spec.name, heading)
                elif isinstance(value, dt.date):
                    assert isinstance(cell, dt.datetime), (spec.name, heading)


def test_every_list_is_an_excel_table(workbook: Workbook) -> None:
    for spec in SHEETS:
        sheet = workbook[spec.name]
        (table,) = sheet.tables.values()
        assert table.displayName == spec.name.replace(" ", "_")
        first_column, first_row, last_column, last_row = range_boundaries(table.ref)
        assert (first_column, first_row, last_column) == (1, HEADING_ROW, sheet.max_column)
        assert last_row == max(sheet.max_row, FIRST_ROW)
        assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[HEADING_ROW]]
        assert table.autoFilter.ref == table.ref
        assert sheet.freeze_panes.endswith(str(FIRST_ROW))


def test_a_mart_with_activities_and_committees_shows_them(
    workbook: Workbook, warehouse: duckdb.DuckDBPyConnection
) -> None:
    columns = set(
        warehouse.execute("select table_name, column_name from duckdb_columns() where schema_name = 'marts'").fetchall()
    )
    # A sheet of whole committees has one row for all their activities.
    whole = {"Budget nämnder", "Uppföljning nämnder", "Förändring nämnder"}
    for spec in SHEETS:
        headings = {cell.value for cell in workbook[spec.name][HEADING_ROW]}
        if (spec.mart, "activity_code") in columns and spec.name not in whole:
            assert "Verksamhet" in headings, spec.name
        if (spec.mart, "committee") in columns:
            assert "Nämnd" in headings, spec.name


def test_every_column_is_explained_in_swedish(workbook: Workbook, dictionary: dict[str, tuple[str, str]]) -> None:
    rows = [[cell.value for cell in row] for row in workbook["Förklaringar"].iter_rows(max_col=4)]
    explained = {(row[0], row[1]): (row[2], row[3]) for row in rows}
    for spec in SHEETS:
        for cell in workbook[spec.name][HEADING_ROW]:
            description, place = explained[spec.name, cell.value]
            assert description, (spec.name, cell.value)
            assert not place or dictionary[str(place)] == (cell.value, description)


def test_pivots_on_the_budget_sheets_are_the_marts(path: Path, warehouse: duckdb.DuckDBPyConnection) -> None:
    by, value = ["Kommun", "Nämnd", "År"], "Avvikelse, tkr"
    headlines = """
        select municipality, committee, fiscal_year, sum(deviation_tkr)
        from marts.budget_deviations
        where
            is_headline
            and is_current
            and answer_to = 'year_end'
            and subject_scope = 'committee'
            and (breakdown = 'investment') = {}
        group by all
    """
    net_costs, investments = (expected(warehouse, headlines.format(kind)) for kind in ("false", "true"))
    assert net_costs[("Mark", "Socialnämnden", 2025)] == -12700
    kinds = pivot(path, "Budget nämnder", ["Drift eller investering", *by], value)
    assert kinds == {("Drift", *key): total for key, total in net_costs.items()} | {
        ("Investering", *key): total for key, total in investments.items()
    }
    # Each breakdown adds up to the headline of its committee, whichever of them the report prints.
    for name, headline in (
        ("Budget verksamheter", net_costs),
        ("Budget kostnadsslag", net_costs),
        ("Budget investeringar", investments),
    ):
        parts = pivot(path, name, by, value)
        assert parts, name
        assert parts == {key: headline[key] for key in parts}, name


def test_no_current_budget_line_is_left_out_or_shown_twice(path: Path, warehouse: duckdb.DuckDBPyConnection) -> None:
    names = [spec.name for spec in SHEETS if spec.mart == "budget_deviations"]
    shown = [key for name in names for key in as_pandas(path, name)["Id, utfall eller prognos"].dropna()]
    query = "select compared_figure_id from marts.budget_deviations where is_current and compared_figure_id is not null"
    assert sorted(shown) == sorted(figure_id for (figure_id,) in warehouse.execute(query).fetchall())


def test_pivots_by_level_are_the_marts(path: Path, warehouse: duckdb.DuckDBPyConnection) -> None:
    follow_up = pivot(path, "Uppföljning nämnder", ["Drift eller investering", "Kommun", "År"], "Utfall hittills, tkr")
    assert (
        follow_up[("Drift", "Mark", 2025)]
        == expected(
            warehouse,
            "select outcome_to_date_tkr from marts.budget_follow_up"
            " where is_current and is_headline and municipality = 'Mark' and fiscal_year = 2025"
            " and breakdown <> 'investment'",
        )[()]
    )
    by = ["Nivå", "Kommun", "Nämnd", "År"]
    activities = pivot(path, "Uppföljning delar", by, "Avvikelse, tkr")
    assert activities[("Verksamhet", "Mark", "Socialnämnden", 2025)] == -12700
    assert activities[("Kostnadsslag", "Mark", "Socialnämnden", 2025)] == -12700
    changes = pivot(path, "Ändrad budget", by, "Ändring, tkr")
    assert changes[("Hela nämnden", "Mark", "Socialnämnden", 2025)] == -10400
    assert changes[("Kostnadsslag", "Mark", "Socialnämnden", 2025)] == -10400
    kinds = ["Slag av uppgift", "Avser", "Kommun", "Nämnd", "År"]
    whole = pivot(path, "Förändring nämnder", kinds, "Förändring")
    assert whole == {
        key: total
        for key, total in expected(
            warehouse,
            """
            select
                case value_kind when 'outcome' then 'Utfall' else 'Prognos' end,
                answer_to_sv,
                municipality,
                committee,
                fiscal_year,
                sum(change)
            from marts.year_over_year_changes
            where
                is_current and activity_code = 'total' and subject_code in ('net_cost', 'investment')
                and value_kind in ('outcome', 'forecast')
            group by all
            """,
        ).items()
        if key in whole
    }


def test_investments_are_never_added_to_net_costs(path: Path, workbook: Workbook) -> None:
    by = ["Drift eller investering", "Slag av uppgift", "Avser", "Kommun", "År"]
    # alingsas_delarsbokslut_2024: net cost -169 998, investments -453.
    changes = pivot(path, "Förändring nämnder", by, "Värde")
    assert changes[("Drift", "Utfall", "Hittills", "Alingsås", 2024)] == -169998
    assert changes[("Investering", "Utfall", "Hittills", "Alingsås", 2024)] == -453
    for name in ("Uppföljning delar", "Ändrad budget", "Prognossäkerhet"):
        assert workbook[name].cell(HEADING_ROW, 2).value == "Drift eller investering", name


def test_a_result_is_not_called_a_net_cost(copy: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(copy)) as connection:
        for mart in ("budget_deviations", "budget_follow_up"):
            connection.execute(
                f"update marts.{mart} set line_code = 'result', line_label = 'Årets resultat'"
                " where municipality = 'Mark' and is_headline and breakdown <> 'investment'"
            )
    path = tmp_path / "made_up.xlsx"
    write_controller_workbook(copy, path)
    changed = load_workbook(path)
    for name in ("Budget nämnder", "Uppföljning nämnder"):
        rows = rows_under_headings(changed, name)
        assert "Nettokostnad" not in rows[0], name
        posts = {row["Post"] for row in rows if (row["Drift eller investering"], row["Kommun"]) == ("Drift", "Mark")}
        assert "Årets resultat" in posts, name


def test_a_sheet_of_whole_committees_has_one_answer_for_each(path: Path) -> None:
    committee = ["Kommun", "Nämnd", "År"]
    for name, keys in (
        ("Budget nämnder", ["Drift eller investering", *committee]),
        ("Uppföljning nämnder", ["Drift eller investering", *committee]),
        ("Förändring nämnder", ["Slag av uppgift", "Avser", "Post eller mått", *committee]),
    ):
        sheet = as_pandas(path, name)
        assert len(sheet) > 3, name
        assert not sheet.duplicated(keys).any(), name


def test_counts_of_goals_are_the_mart(path: Path, warehouse: duckdb.DuckDBPyConnection) -> None:
    by = ["Slag av mål", "Kommun", "Målår", "Status"]
    counted = as_pandas(path, "Mål").groupby(by).size().to_dict()
    query = """
        select goal_kind_sv, municipality, target_year, status_sv, count(*)
        from marts.goal_fulfilment where is_current group by all
    """
    assert counted == {tuple(row[:-1]): row[-1] for row in warehouse.execute(query).fetchall()}


def test_a_target_is_a_number_beside_its_print(workbook: Workbook) -> None:
    goals = rows_under_headings(workbook, "Mål")
    # mark_delarsrapport_2025: Utförda timmar av timanställda inom Funktionsstöd ≤64 000, a sign; 14, none.
    hours = next(row for row in goals if row["Målvärde enligt rapporten"] == "≤64 000")
    assert (hours["Målvärde"], hours["Målets riktning"], hours["Antaget"]) == (64000, "Högst", None)
    turnover = next(row for row in goals if row["Indikator"] == "Extern personalomsättning" and row["Målår"] == 2025)
    assert (turnover["Målvärde"], turnover["Målets riktning"], turnover["Antaget"]) == (14, "Högst", "riktning antagen")


def test_figure_ids_lead_to_the_printed_cell(workbook: Workbook) -> None:
    figures = {row["Id"]: row for row in rows_under_headings(workbook, "Alla uppgifter")}
    deviations = rows_under_headings(workbook, "Budget verksamheter")
    assert deviations
    for row in deviations:
        assert figures[row["Id, budget"]]["Belopp, tkr"] == row["Budget, tkr"]


def printed_width(sheet: Worksheet) -> float:
    first, _, last, _ = range_boundaries(str(sheet.print_area).rpartition("!")[2].replace("$", ""))
    assert first is not None
    assert last is not None
    return sum(sheet.column_dimensions[get_column_letter(column)].width for column in range(first, last + 1))


def test_a_sheet_prints_readably_on_a4(workbook: Workbook) -> None:
    for sheet in workbook.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
        assert "&P" in sheet.oddFooter.right.text
        assert printed_width(sheet) <= WIDEST_READABLE_PAGE, sheet.title
    for spec in SHEETS:
        assert workbook[spec.name].print_title_rows == f"${HEADING_ROW}:${HEADING_ROW}"


def test_no_heading_of_the_first_sheet_is_alone_at_the_foot_of_a_page(workbook: Workbook) -> None:
    sheet = workbook["Svar"]
    first_column = [cell.value for cell in sheet["A"]]
    breaks = [row.id for row in sheet.row_breaks.brk]
    # A break comes before the empty row above a heading.
    assert all(first_column[row] is None and first_column[row + 1] for row in breaks)
    assert first_column.index("Innehåll") - 1 in breaks
    ends = [*breaks, first_column.index("Innehåll")]
    for begin, end in zip([0, *breaks], ends, strict=True):
        assert sum(sheet.row_dimensions[row].height or 15 for row in range(begin + 1, end + 1)) <= 717


def test_times_are_swedish_and_say_so_once(copy: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(copy)) as connection:
        connection.execute("update marts.release set released_at = timestamp '2026-07-01 22:30:00'")
        connection.execute("update marts.documents set loaded_at = timestamp '2026-01-31 23:15:00'")
    path = tmp_path / "made_up.xlsx"
    write_controller_workbook(copy, path)
    changed = load_workbook(path)
    assert "2026-07-02 00:30. Klockslag är svensk tid." in str(changed["Svar"]["A2"].value)
    assert rows_under_headings(changed, "Rapporter")[0]["Inläst"] == dt.datetime(2026, 2, 1, 0, 15)
    texts = [str(cell) for sheet in changed for row in sheet.iter_rows(values_only=True) for cell in row]
    assert not [text for text in texts if "UTC" in text]


def test_a_printed_text_never_becomes_a_formula(copy: Path, tmp_path: Path) -> None:
    planted = ["=1+1", "+cmd", "-made up", "@made_up"]
    with duckdb.connect(str(copy)) as connection:
        for text in planted:
            connection.execute(
                "update marts.reported_figures set row_label = ?"
                " where rowid = (select min(rowid) from marts.reported_figures where not list_contains(?, row_label))",
                [text, planted],
            )
    path = tmp_path / "made_up.xlsx"
    write_controller_workbook(copy, path)
    cells = [cell for row in load_workbook(path)["Alla uppgifter"].iter_rows() for cell in row]
    found = {cell.value: (cell.data_type, cell.quotePrefix) for cell in cells if cell.value in planted}
    assert found == dict.fromkeys(planted, ("s", True))
    with zipfile.ZipFile(path) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if "worksheets" in name)


def test_an_empty_warehouse_gives_a_file_that_says_so(copy: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.duckdb"
    with duckdb.connect(str(empty)) as connection:
        connection.execute(f"attach '{copy}' as released (read_only); create schema marts")
        others = {"data_coverage", "data_dictionary", "figure_sources", "measures", "release"}
        for mart in {spec.mart for spec in SHEETS} | others:
            keeps_rows = mart in ("data_dictionary", "release")
            connection.execute(f"create table marts.{mart} as select * from released.marts.{mart} where {keeps_rows}")
    write_controller_workbook(empty, tmp_path / "empty.xlsx")
    sheets = load_workbook(tmp_path / "empty.xlsx")
    assert {sheets[spec.name]["A2"].value for spec in SHEETS} == {"Inga rader än."}


def test_the_same_release_gives_the_same_bytes(copy: Path, path: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    write_controller_workbook(copy, again)
    assert again.read_bytes() == path.read_bytes()


def test_rows_that_excel_has_no_room_for_are_counted(
    copy: Path, warehouse: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_sheet, "MOST_ROWS", 7)
    write_controller_workbook(copy, tmp_path / "cut.xlsx")
    cut = load_workbook(tmp_path / "cut.xlsx")
    figures = cut["Alla uppgifter"]
    ((count,),) = warehouse.execute("select count(*) from marts.reported_figures").fetchall()
    assert str(figures["A2"].value).startswith(f"Bara de 7 första av {count} rader får plats i Excel.")
    assert len(rows_under_headings(cut, "Alla uppgifter")) == 7
    contents = {row[0]: row[3] for row in cut["Svar"].iter_rows(values_only=True)}
    assert contents["Alla uppgifter"] == count


def test_the_workbook_of_a_committee_has_its_rows_alone(copy: Path, workbook: Workbook, tmp_path: Path) -> None:
    path = tmp_path / "mark.xlsx"
    write_committee_workbook(copy, path, MARK)
    of_mark = load_workbook(path)
    assert of_mark["Svar"]["A1"].value == "Kommunlager: Mark, Socialnämnden"
    for spec in SHEETS:
        rows = [row for row in rows_under_headings(workbook, spec.name) if row["Kommun"] == "Mark"]
        assert (rows_under_headings(of_mark, spec.name) if rows else spec.name not in of_mark.sheetnames) == (
            rows or True
        )


def test_a_full_temporary_folder_is_said_once(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("openpyxl.worksheet._writer.create_temporary_file", lambda: "/dev/full")
    with pytest.raises(OSError, match="the folder for temporary files can't be written to"):
        write_controller_workbook(copy, tmp_path / "none.xlsx")
    gc.collect()
    assert capfd.readouterr().err == ""
    assert list(tmp_path.glob("*.xlsx*")) == []


def test_memory_does_not_grow_with_the_rows(copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_module, "SHEETS", (spec_of("Alla uppgifter"),))

    def peak() -> int:
        tracemalloc.start()
        write_controller_workbook(copy, tmp_path / "measured.xlsx")
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    few = peak()
    with duckdb.connect(str(copy)) as connection:
        connection.execute(
            "insert into marts.reported_figures select f.* replace (f.figure_id || n as figure_id)"
            " from marts.reported_figures as f, range(4) as made_up(n)"
        )
    # Kept in memory, 4 000 further rows would take some 6 MB.
    assert peak() < few + 2_000_000
