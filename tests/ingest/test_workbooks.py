"""Review workbooks: what is written is read back, and invalid content is refused with sheet and cell."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from ingest.document import texts_by_place
from ingest.errors import InputRefusedError
from ingest.files import office_package
from ingest.workbook.reader import read_workbook
from ingest.workbook.writer import write_workbook
from tests.support.workbooks import made_up_document


@pytest.fixture
def workbook_path(tmp_path: Path) -> Path:
    path = tmp_path / "made_up_report.xlsx"
    write_workbook(made_up_document(), path)
    return path


def change(path: Path, edit: Callable[[Workbook], None]) -> None:
    workbook = load_workbook(path)
    edit(workbook)
    workbook.save(path)


def set_cell(sheet: str, cell: str, value: object) -> Callable[[Workbook], None]:
    def edit(workbook: Workbook) -> None:
        workbook[sheet][cell] = value

    return edit


def dated(sheet: str, cell: str, value: date, number_format: str) -> Callable[[Workbook], None]:
    def edit(workbook: Workbook) -> None:
        workbook[sheet][cell] = value
        workbook[sheet][cell].number_format = number_format

    return edit


def test_a_document_survives_the_workbook(workbook_path: Path) -> None:
    document = made_up_document()
    back = read_workbook(workbook_path)
    assert back.tables == document.tables
    assert back.read_texts == texts_by_place(document.tables)


def test_the_address_of_a_report_survives_the_workbook(tmp_path: Path) -> None:
    address = "https://example.org/handlingar/arsrapport%202024.pdf#page=3"
    write_workbook(made_up_document(source_url=address), tmp_path / "made_up_report.xlsx")
    assert read_workbook(tmp_path / "made_up_report.xlsx").source_url == address


def test_a_report_of_a_whole_municipality_has_no_committee(workbook_path: Path) -> None:
    change(workbook_path, set_cell("document", "B5", None))
    change(workbook_path, set_cell("document", "B11", "municipality"))
    document = read_workbook(workbook_path)
    assert (document.issuer_kind, document.committee) == ("municipality", "")


def test_a_workbook_from_before_other_issuers_is_a_committees(workbook_path: Path) -> None:
    change(workbook_path, lambda workbook: workbook["document"].delete_rows(11))
    assert read_workbook(workbook_path).issuer_kind == "committee"


def test_a_printed_equals_sign_is_no_formula(tmp_path: Path) -> None:
    document = made_up_document()
    row = document.tables[1].rows[0]
    table = type(document.tables[1])(**{**vars(document.tables[1]), "rows": (type(row)(row.label, ("=0", "0", "")),)})
    write_workbook(made_up_document(tables=(document.tables[0], table)), tmp_path / "made_up_report.xlsx")
    assert read_workbook(tmp_path / "made_up_report.xlsx").tables[1].rows[0].cells[0] == "=0"


def test_a_footnote_may_be_as_long_as_print_makes_it(workbook_path: Path) -> None:
    note = "påhittad fotnot " * 60
    change(workbook_path, set_cell("T02", "D11", note))
    assert read_workbook(workbook_path).tables[1].rows[0].notes == note.strip()


def test_a_number_typed_in_excel_reads_as_swedish_print(workbook_path: Path) -> None:
    change(workbook_path, set_cell("T02", "G11", 82.5))
    document = read_workbook(workbook_path)
    assert document.tables[1].rows[0].cells[1] == "82,5"
    assert document.read_texts[2, 1, 2] == "82"


def test_a_percent_cell_reads_as_displayed(workbook_path: Path) -> None:
    def edit(workbook: Workbook) -> None:
        workbook["T02"]["G11"] = 0.085
        workbook["T02"]["G11"].number_format = "0.0%"

    change(workbook_path, edit)
    assert read_workbook(workbook_path).tables[1].rows[0].cells[1] == "8,5 %"


@pytest.mark.parametrize("number_format", ["yyyy-mm-dd", "mm-dd-yy", "d mmmm yyyy"])
def test_a_date_typed_in_excel_is_a_date(workbook_path: Path, number_format: str) -> None:
    change(workbook_path, dated("document", "B7", date(2024, 12, 30), number_format))
    change(workbook_path, dated("T02", "G11", date(2024, 8, 31), number_format))
    document = read_workbook(workbook_path)
    assert document.information_date == "2024-12-30"
    assert document.tables[1].rows[0].cells[1] == "2024-08-31"


@pytest.mark.parametrize("name", ["Made_Up", "made-up", "mu", "m" * 81, "påhittad", "made up"])
def test_a_document_id_that_is_no_code_is_refused(workbook_path: Path, name: str) -> None:
    path = workbook_path.with_name(f"{name}.xlsx")
    workbook_path.rename(path)
    change(path, set_cell("document", "B1", name))
    with pytest.raises(InputRefusedError, match="3 to 80 of the letters a–z, digits and _"):
        read_workbook(path)


def test_a_copied_workbook_is_not_taken_for_a_corrected_one(workbook_path: Path) -> None:
    copy = workbook_path.with_name("made_up_copy.xlsx")
    workbook_path.rename(copy)
    change(copy, set_cell("document", "B1", "made_up_copy"))
    assert read_workbook(copy).read_texts == {}


@pytest.mark.parametrize(
    ("edit", "parts"),
    [
        (set_cell("T02", "G11", "=1+1"), ["sheet 'T02', cell G11", "formula", "Type the printed figure"]),
        (set_cell("T02", "G11", "#N/A"), ["sheet 'T02', cell G11", "Excel's error #N/A", "Type the printed text"]),
        (set_cell("T02", "G11", ArrayFormula("G11", "=1+1")), ["sheet 'T02', cell G11", "formula (=1+1)"]),
        (dated("T02", "G11", date(2024, 4, 3), "d-mmm"), ["sheet 'T02', cell G11", "Format the cell as text"]),
        (set_cell("T02", "G11", datetime(2024, 4, 3, 7, 30)), ["sheet 'T02', cell G11", "Format the cell as text"]),
        (dated("document", "B7", date(2024, 12, 31), "mmm yyyy"), ["sheet 'document', cell B7", "Excel has changed"]),
        (set_cell("document", "B3", "12"), ["sheet 'document', cell B3", "municipality_code", "four digits"]),
        (set_cell("document", "B7", "2024"), ["cell B7", "information_date", "YYYY-MM-DD"]),
        (set_cell("document", "B6", "report"), ["cell B6", "document_kind", "interim_report"]),
        (set_cell("document", "B1", "other"), ["cell B1", "document_id", "made_up_report"]),
        (set_cell("document", "B5", None), ["cell B5", "committee is empty"]),
        (set_cell("document", "B11", "nämnd"), ["cell B11", "issuer_kind", "municipality"]),
        (set_cell("document", "B11", "company"), ["cell B5", "committee", "clear it"]),
        (set_cell("document", "B12", "www.example.org"), ["cell B12", "source_url", "begins with https://"]),
        (set_cell("document", "B12", "javascript:alert(1)"), ["cell B12", "source_url"]),
        (set_cell("T01", "A12", "7"), ["sheet 'T01', cell A12", "row_no is '7' where 2 is expected"]),
        (set_cell("T01", "C12", "total"), ["sheet 'T01', cell C12", "row_kind is 'total'"]),
        (set_cell("T01", "G9", "4"), ["sheet 'T01', cell G9", "column number is '4' where 2"]),
        (set_cell("T01", "J12", "12"), ["sheet 'T01', cell J12", "outside the table"]),
        (set_cell("T01", "B1", "3"), ["sheet 'T01', cell B1", "table_no"]),
        (set_cell("T01", "A3", None), ["sheet 'T01'", "the field title is missing"]),
    ],
)
def test_invalid_content_is_refused_with_its_cell(
    workbook_path: Path, edit: Callable[[Workbook], None], parts: list[str]
) -> None:
    change(workbook_path, edit)
    with pytest.raises(InputRefusedError) as refusal:
        read_workbook(workbook_path)
    for part in ["made_up_report.xlsx", *parts]:
        assert part in str(refusal.value)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04half a zip", b"plain text"])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "made_up_report.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputRefusedError, match="can't be opened as an Excel workbook"):
        read_workbook(path)


def test_a_workbook_that_would_fill_the_memory_is_refused(workbook_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_package, "_LARGEST_UNPACKED", 1024)
    with pytest.raises(InputRefusedError, match="zip bomb"):
        read_workbook(workbook_path)


def test_a_workbook_without_our_sheets_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    Workbook().save(path)
    with pytest.raises(InputRefusedError, match="no sheet 'document'"):
        read_workbook(path)
