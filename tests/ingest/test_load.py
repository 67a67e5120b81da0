"""Loading into schema raw: repeatable, replaceable, and never partial."""

import datetime as dt
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from openpyxl import Workbook

from ingest.raw.input_files import LoadResult
from ingest.raw.load import key_figure_files, load_key_figures, load_reports, report_files
from ingest.raw.schema import REPORT_TABLES
from ingest.workbook.writer import write_workbook
from tests.support.workbooks import made_up_document

MUNICIPALITIES = {"0180": "Stockholm", "1463": "Mark"}


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def everything(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    return {name: connection.execute(f"from raw.{name} order by all").fetchall() for name in REPORT_TABLES}


def load_all_reports(
    connection: duckdb.DuckDBPyConnection, folder: Path, municipalities: dict[str, str] = MUNICIPALITIES
) -> LoadResult:
    return load_reports(report_files(connection, municipalities, folder / "last_good", "code"), folder)


def load_all_key_figures(connection: duckdb.DuckDBPyConnection, folder: Path) -> LoadResult:
    return load_key_figures(key_figure_files(connection, folder / "last_good", "code"), folder)


def test_loading_twice_changes_nothing(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_workbook(made_up_document(), tmp_path / "made_up_report.xlsx")
    assert load_all_reports(connection, tmp_path).loaded == ["made_up_report.xlsx"]
    before = everything(connection)
    again = load_all_reports(connection, tmp_path)
    assert again.unchanged == ["made_up_report.xlsx"]
    assert not again.changed
    assert everything(connection) == before


def test_a_changed_workbook_replaces_its_own_rows(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    document = made_up_document()
    write_workbook(document, tmp_path / "made_up_report.xlsx")
    write_workbook(made_up_document("made_up_other"), tmp_path / "made_up_other.xlsx")
    load_all_reports(connection, tmp_path)
    write_workbook(replace(document, tables=document.tables[:1]), tmp_path / "made_up_report.xlsx")
    assert load_all_reports(connection, tmp_path).loaded == ["made_up_report.xlsx"]
    tables = connection.execute(
        "select document_id, count(*) from raw.report_tables group by all order by all"
    ).fetchall()
    assert tables == [("made_up_other", 3), ("made_up_report", 1)]


def test_tables_of_an_earlier_version_begin_anew(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_workbook(
        replace(made_up_document(), committee="", issuer_kind="municipality"), tmp_path / "made_up_report.xlsx"
    )
    load_all_reports(connection, tmp_path)
    before = everything(connection)
    connection.execute("alter table raw.report_documents drop column issuer_kind")
    assert load_all_reports(connection, tmp_path).loaded == ["made_up_report.xlsx"]
    assert {name: len(rows) for name, rows in everything(connection).items()} == {
        name: len(rows) for name, rows in before.items()
    }
    issuers = connection.execute("select issuer_kind, committee from raw.report_documents").fetchall()
    assert issuers == [("municipality", "")]


def test_a_removed_workbook_takes_its_rows_along(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_workbook(made_up_document(), tmp_path / "made_up_report.xlsx")
    load_all_reports(connection, tmp_path)
    (tmp_path / "made_up_report.xlsx").unlink()
    assert load_all_reports(connection, tmp_path).removed == ["made_up_report.xlsx"]
    assert not any(everything(connection).values())


def test_a_refused_workbook_leaves_its_earlier_load(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_workbook(made_up_document(), tmp_path / "made_up_report.xlsx")
    write_workbook(made_up_document("made_up_other"), tmp_path / "made_up_other.xlsx")
    load_all_reports(connection, tmp_path)
    before = everything(connection)
    (tmp_path / "made_up_report.xlsx").write_bytes(b"half-written")
    result = load_all_reports(connection, tmp_path)
    assert list(result.refused) == ["made_up_report.xlsx"]
    assert result.unchanged == ["made_up_other.xlsx"]
    assert everything(connection) == before


@pytest.mark.parametrize(
    ("code", "part"),
    [("9999", "9999 is not a Swedish municipality"), ("1463", "1463 is Mark and not Stockholm")],
)
def test_a_wrong_municipality_is_refused(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, code: str, part: str
) -> None:
    write_workbook(made_up_document(municipality_code=code), tmp_path / "made_up_report.xlsx")
    assert part in load_all_reports(connection, tmp_path).refused["made_up_report.xlsx"]


def test_commentary_columns_keep_their_number_without_cells(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    document = made_up_document()
    table = document.tables[0]
    commented = replace(
        table, columns=(table.columns[0], replace(table.columns[1], is_commentary=True), table.columns[2])
    )
    write_workbook(replace(document, tables=(commented,)), tmp_path / "made_up_report.xlsx")
    load_all_reports(connection, tmp_path)
    assert connection.execute("select distinct col_no from raw.report_cells order by 1").fetchall() == [(1,), (3,)]


API_PAGE = {
    "values": [
        {
            "kpi": "N00000",
            "municipality": "0180",
            "period": 2022,
            "values": [
                {"gender": "T", "count": 1, "status": "", "value": 1.5, "isdeleted": False},
                {"gender": "K", "count": 0, "status": "Missing", "value": None, "isdeleted": False},
            ],
        }
    ],
    "count": 1,
    "next_url": None,
    "previous_url": None,
}
FLAT = {"kpi_id": ["N00000"] * 2, "municipality_id": ["0180"] * 2, "year": [2022] * 2, "gender": ["T", "K"]}


def write_key_figures(folder: Path, shape: str) -> None:
    flat = pd.DataFrame({**FLAT, "value": [1.5, None]})
    if shape == "page":
        (folder / "made_up.json").write_text(json.dumps(API_PAGE))
    elif shape == "pages":
        (folder / "made_up").mkdir()
        (folder / "made_up" / "1.json").write_text(json.dumps(API_PAGE))
    elif shape == "csv":
        flat.to_csv(folder / "made_up.csv", index=False)
    elif shape == "xlsx":
        flat.assign(year=flat["year"].astype(str)).to_excel(folder / "made_up.xlsx", index=False)
    else:
        flat.to_parquet(folder / "made_up.parquet")


@pytest.mark.parametrize("shape", ["page", "pages", "csv", "xlsx", "parquet"])
def test_key_figures_load_from_each_shape(connection: duckdb.DuckDBPyConnection, tmp_path: Path, shape: str) -> None:
    write_key_figures(tmp_path, shape)
    result = load_all_key_figures(connection, tmp_path)
    assert not result.refused
    query = (
        "select kpi_id, municipality_code, year, gender, cast(value as double) from raw.key_figure_values order by 4"
    )
    assert connection.execute(query).fetchall() == [
        ("N00000", "0180", "2022", "K", None),
        ("N00000", "0180", "2022", "T", 1.5),
    ]
    assert load_all_key_figures(connection, tmp_path).changed is False


HEADER = "kpi_id,municipality_code,year,gender,value\n"


@pytest.mark.parametrize("shape", ["csv", "xlsx"])
def test_points_that_may_separate_thousands_are_refused_and_numbers_of_excel_are_not(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, shape: str
) -> None:
    figures = {**{name: values[:1] * 3 for name, values in FLAT.items()}, "year": ["2021", "2022", "2023"]}
    unclear, decimal = ["31.200", "-4.150", "950.000"], ["31.200", "-4.15", "0.125"]
    for name, values in (("unclear", unclear), ("decimal", decimal)):
        table = pd.DataFrame({**figures, "value": values, "gender": ["T"] * 3})
        write = table.to_csv if shape == "csv" else table.to_excel
        write(tmp_path / f"made_up_{name}.{shape}", index=False)
    typed = pd.DataFrame({**figures, "value": [31.125, 4.375, 950.625], "gender": ["K"] * 3})
    typed.to_excel(tmp_path / "made_up_typed.xlsx", index=False)
    refused = load_all_key_figures(connection, tmp_path).refused
    assert list(refused) == [f"made_up_unclear.{shape}"]
    assert "may separate thousands or decimals" in refused[f"made_up_unclear.{shape}"]


@pytest.mark.parametrize(
    ("stored", "part"),
    [
        (b"kpi_id,year,gender,value\nN00000,2022,T,1\n", "has no column municipality_code"),
        (HEADER.encode() + b"N00000,0180,2022,T,1 5\n", "data row 1: the value '1 5' is not a number"),
        (HEADER.encode() + b"N00000,0180,2022,T,1\nN00000,0180,2022,T,2\n", "data row 2: gives two values"),
        (HEADER.encode() + b"N00000,0180,2022,T,1\nN00000,114,2022,T,1\n", "data row 2: the municipality_code '114'"),
        (HEADER.encode() + b"N00000,0180,2022,Kvinnor,1\n", "Write T (total), K (women) or M (men)"),
        (HEADER.encode() + b"N00000,0180,2022,T,58,5\n", "line 2: has 6 cells where the header has 5"),
        (HEADER.encode() + b'N00000,0180,2022,T,"58\n', "line 2: can't be parsed: a quote may be open"),
        ((HEADER + "N00000,0180,2022,T,1\n").encode("utf-16"), "is saved as Unicode text (UTF-16)"),
        (b"", "is empty"),
        (HEADER.encode(), "holds no figures"),
    ],
)
def test_bad_key_figures_are_refused(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, stored: bytes, part: str
) -> None:
    (tmp_path / "made_up.csv").write_bytes(stored)
    result = load_all_key_figures(connection, tmp_path)
    assert part in result.refused["made_up.csv"]
    assert connection.execute("select count(*) from raw.key_figure_values").fetchone() == (0,)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig"])
def test_key_figures_load_as_excel_saves_them_in_sweden(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, encoding: str
) -> None:
    stored = HEADER.replace("value", "value,not").replace(",", ";") + "N00000;0180;2022;T;58,5;påhittad – not\n"
    (tmp_path / "made_up.CSV").write_bytes(stored.encode(encoding))
    assert not load_all_key_figures(connection, tmp_path).refused
    assert connection.execute("select value from raw.key_figure_values").fetchall() == [("58.5",)]


@pytest.mark.parametrize(
    ("stored", "part"),
    [
        (json.dumps(API_PAGE)[:60], "can't be read as JSON (EOF"),
        ('{"values": ' + "[" * 200_000 + "]" * 200_000 + "}", "recursion limit exceeded"),
        ("<html>made up</html>", "is a web page"),
        ('{"values": []}', "holds no figures"),
    ],
)
def test_answers_that_are_none_are_refused(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, stored: str, part: str
) -> None:
    (tmp_path / "made_up.json").write_text(stored)
    assert part in load_all_key_figures(connection, tmp_path).refused["made_up.json"]


def test_an_api_s_error_is_not_taken_for_figures(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    pages = tmp_path / "made_up_pages"
    pages.mkdir()
    (pages / "1.json").write_text(json.dumps(API_PAGE))
    (pages / "2.json").write_text('{"error": "made up"}')
    assert (
        "2.json: holds a response without `values`"
        in load_all_key_figures(connection, tmp_path).refused["made_up_pages"]
    )


def test_a_broken_table_of_key_figures_is_refused(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "made_up.xlsx").write_bytes(b"PK no workbook")
    assert "can't be read as key figures" in load_all_key_figures(connection, tmp_path).refused["made_up.xlsx"]


def test_files_of_other_kinds_are_named_and_locks_are_not(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    for name in ("made_up.pdf", "made_up.pdf.toml", "made_up.xls", "~$made_up.xlsx", ".DS_Store", "README.md"):
        (tmp_path / name).touch()
    assert load_all_reports(connection, tmp_path, {}).unread == [
        f"{tmp_path.name}/made_up.pdf is not loaded: `kommunlager read` turns a report into a workbook",
        f"{tmp_path.name}/made_up.xls is not loaded: save it as .xlsx",
    ]


def test_a_workbook_whose_name_changes_case_is_loaded_again(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    write_workbook(made_up_document(), tmp_path / "made_up_report.XLSX")
    reports = report_files(connection, MUNICIPALITIES, tmp_path / "last_good", "code")
    assert load_reports(reports, tmp_path).loaded == ["made_up_report.XLSX"]
    reports.keep_last_good({"made_up_report.XLSX": tmp_path / "made_up_report.XLSX"})
    (tmp_path / "made_up_report.XLSX").rename(tmp_path / "made_up_report.xlsx")
    result = load_reports(reports, tmp_path)
    assert (result.loaded, result.removed, result.refused) == (["made_up_report.xlsx"], ["made_up_report.XLSX"], {})


def write_sheet(path: Path, *rows: Sequence[object], formats: dict[str, str] | None = None) -> None:
    """A made-up workbook with key figures; ``formats`` gives the number format of some cells."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(HEADER.strip().split(","))
    for row in rows:
        sheet.append(list(row))
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    workbook.save(path)


FIGURE = ("N00000", "0180", 2022, "T")


def test_cells_of_a_workbook_are_read_as_excel_shows_them(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    write_sheet(
        tmp_path / "made_up.xlsx",
        (*FIGURE, 0.58),
        ("N00000", "0180", 2023, "T", 0.075),
        ("N00000", "0180", 2024, "T", 0.58),
        ("N00000", 1463, dt.date(2021, 12, 31), "T", 1234.5),
        (None, " ", None, None, None),
        ("N00000", "0180", 2025, "T", None),
        (None,) * 5,
        formats={"E2": "0%", "E3": "0.0 %", "E4": '0.00" %"', "D6": "0%", "F9": "0%"},
    )
    assert not load_all_key_figures(connection, tmp_path).refused
    query = "select municipality_code, year, value from raw.key_figure_values order by year"
    assert connection.execute(query).fetchall() == [
        ("1463", "2021", "1234.5"),
        ("0180", "2022", "58"),
        ("0180", "2023", "7.5"),
        ("0180", "2024", "0.58"),
        ("0180", "2025", None),
    ]


@pytest.mark.parametrize(
    ("cells", "part"),
    [
        ((*FIGURE, "=1+1"), "cell E2: value has a formula without a value"),
        ((*FIGURE, "#N/A"), "cell E2: value contains #N/A"),
        (("N00000", "0180", "=2000+22", "T", 1), "cell C2: year has a formula without a value"),
        ((*FIGURE, dt.date(2026, 5, 1)), "cell E2: value is a date or a time (2026-05-01"),
        ((*FIGURE, True), "data row 1: the value 'True' is not a number"),
    ],
)
def test_a_cell_without_a_usable_value_is_named(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, cells: Sequence[object], part: str
) -> None:
    write_sheet(tmp_path / "made_up.xlsx", cells)
    assert part in load_all_key_figures(connection, tmp_path).refused["made_up.xlsx"]
    assert connection.execute("select count(*) from raw.key_figure_values").fetchone() == (0,)


def test_a_renamed_ending_is_the_same_file(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_sheet(tmp_path / "MADE_UP.XLSX", (*FIGURE, 1.5))
    assert load_all_key_figures(connection, tmp_path).loaded == ["MADE_UP.XLSX"]
    (tmp_path / "MADE_UP.XLSX").rename(tmp_path / "MADE_UP.xlsx")
    result = load_all_key_figures(connection, tmp_path)
    assert (result.loaded, result.removed, result.refused) == (["MADE_UP.xlsx"], ["MADE_UP.XLSX"], {})
    assert connection.execute("select file_name, value from raw.key_figure_values").fetchall() == [
        ("MADE_UP.xlsx", "1.5")
    ]


ROWS = HEADER.replace(",", ";") + "N00000;0180;2022;T;58,5\n"


@pytest.mark.parametrize(
    "stored",
    [
        ("sep=;\n" + ROWS).encode(),
        ("sep=;\r\n" + ROWS.replace("\n", "\r\n")).encode("utf-8-sig"),
        (ROWS + ";;;;\n ; ;;;\n\n").encode(),
        ROWS.replace("\n", "\r").encode(),
        ("SEP=\t\n" + ROWS.replace(";", "\t")).encode(),
    ],
    ids=["sep", "sep after a byte order mark", "blank rows", "line ends of a Mac", "separated by tabs"],
)
def test_key_figures_load_as_other_programs_save_them(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, stored: bytes
) -> None:
    (tmp_path / "made_up.csv").write_bytes(stored)
    assert load_all_key_figures(connection, tmp_path).refused == {}
    assert connection.execute("select value from raw.key_figure_values").fetchall() == [("58.5",)]


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "cp437"])
@pytest.mark.parametrize("note", ["påhittad åtgärd för Ö", "Åtgärd"])
def test_text_of_a_mac_or_ms_dos_is_refused(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, encoding: str, note: str
) -> None:
    stored = ROWS.replace("value", "value;not").replace("58,5", f"58,5;{note}")
    (tmp_path / "made_up.csv").write_bytes(stored.encode(encoding))
    refused = load_all_key_figures(connection, tmp_path).refused["made_up.csv"]
    assert "is saved in the character set of a Mac or of MS-DOS" in refused


@pytest.mark.parametrize("note", ["påhittad", "”not”", "5 €", "not – …", "œuvre", "Škoda"])
def test_text_of_windows_is_not_taken_for_that_of_a_mac(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, note: str
) -> None:
    stored = ROWS.replace("value", "value;not").replace("58,5", f"58,5;{note}")
    (tmp_path / "made_up.csv").write_bytes(stored.encode("cp1252"))
    assert load_all_key_figures(connection, tmp_path).refused == {}


def test_a_byte_order_mark_in_json_is_accepted(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "made_up.json").write_text(json.dumps(API_PAGE), encoding="utf-8-sig")
    assert load_all_key_figures(connection, tmp_path).loaded == ["made_up.json"]
    assert connection.execute("select count(*) from raw.key_figure_values").fetchone() == (2,)


def api_page(number: int, *, is_last: bool = False, previous: int | None = None) -> str:
    """Page ``number`` of a made-up response, with one figure of a year of its own."""
    page = json.loads(json.dumps(API_PAGE).replace("2022", str(2000 + number)))
    address = "https://made.up/v3/data?from_date=2020-01-01&page="
    page["next_url"] = None if is_last else f"{address}{number + 1}"
    page["previous_url"] = f"{address}{previous}" if previous else None
    return json.dumps(page if previous else {name: page[name] for name in ("values", "count", "next_url")})


@pytest.mark.parametrize(
    ("pages", "absent"),
    [
        ([api_page(1)], 2),
        ([api_page(1), api_page(2)], 3),
        ([api_page(1), api_page(3, is_last=True, previous=2)], 2),
        ([api_page(1), api_page(2, previous=1), api_page(3, is_last=True, previous=2)], None),
        ([api_page(2), api_page(3, is_last=True)], 1),
        ([api_page(1), api_page(3), api_page(4, is_last=True)], 2),
        ([api_page(1), api_page(2, is_last=True)], None),
    ],
)
def test_a_response_that_lacks_a_page_is_refused(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, pages: list[str], absent: int | None
) -> None:
    folder = tmp_path / "made_up_pages"
    folder.mkdir()
    for number, page in enumerate(pages):
        (folder / f"{number}.json").write_text(page)
    refused = load_all_key_figures(connection, tmp_path).refused
    if absent is None:
        assert refused == {}
    else:
        assert f"lacks page {absent} of a response" in refused["made_up_pages"]


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("period", 2147483648, "the year '2147483648' can't be right"),
        ("period", -5, "the year '-5' can't be right"),
        ("count", 2147483648, "the value_count '2147483648' can't be right"),
        ("value", math.inf, "is not a number"),
        ("value", math.nan, "is not a number"),
    ],
)
def test_a_number_out_of_range_in_a_response_is_refused(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, name: str, value: float, part: str
) -> None:
    page = json.loads(json.dumps(API_PAGE))
    (page["values"][0] if name == "period" else page["values"][0]["values"][0])[name] = value
    (tmp_path / "made_up.json").write_text(json.dumps(page))
    assert part in load_all_key_figures(connection, tmp_path).refused["made_up.json"]
