"""Files that ask for far more time or memory than what they print: each is read fast, or refused with the limit."""

import os
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from docx import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.styles import Font

from ingest.document import Table
from ingest.errors import InputRefusedError
from ingest.reading.apart import read_report_apart
from ingest.reading.limits import MOST_CELLS, MOST_CHARACTERS, MOST_LINES, MOST_PAGES
from ingest.reading.report import Reading, read_report
from tests.support.small_pdf import pdf_of, rows_of_text, stream

ROWS = (("Verksamhet", "Budget 2024", "Utfall 2024"), ("Skola", "1200", "1350"), ("Vård", "2400", "2350"))
MOST_SECONDS = 10


def table_of(path: Path) -> Table:
    begun = process_time()
    (table,) = read_report(path, lambda page, pages: None).tables
    assert process_time() - begun < MOST_SECONDS
    return table


def test_an_empty_formatted_cell_at_the_end_of_a_sheet_costs_nothing(tmp_path: Path) -> None:
    workbook = Workbook()
    for row in ROWS:
        workbook.active.append(row)
    workbook.active.cell(1048576, 16384).font = Font(bold=True)
    workbook.save(tmp_path / "made_up.xlsx")
    assert [row.cells for row in table_of(tmp_path / "made_up.xlsx").rows] == [row[1:] for row in ROWS[1:]]


def test_a_cell_that_claims_to_cover_millions_of_columns_is_cut(tmp_path: Path) -> None:
    document = WordDocument()
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for cell, text in zip((cell for row in table.rows for cell in row.cells), sum(ROWS, ()), strict=True):
        cell.text = text
    span = OxmlElement("w:gridSpan")
    span.set(qn("w:val"), "100000000")
    table.rows[2].cells[2]._tc.get_or_add_tcPr().append(span)
    document.save(str(tmp_path / "made_up.docx"))
    assert [row.cells[:2] for row in table_of(tmp_path / "made_up.docx").rows] == [row[1:] for row in ROWS[1:]]


@pytest.mark.parametrize("piece", ["(utfall 2023: ", "a 1 ", "1 200 "])
def test_a_line_without_end_costs_little(piece: str, tmp_path: Path) -> None:
    lines = "\n".join(" ".join(row) + " " for row in ROWS)
    (tmp_path / "made_up.txt").write_text(f"3 Drift\n{lines}\n\n{piece * 5000}x\n", encoding="utf-8")
    rows = table_of(tmp_path / "made_up.txt").rows[: len(ROWS) - 1]
    assert [row.cells for row in rows] == [row[1:] for row in ROWS[1:]]


@pytest.mark.parametrize("piece", ["a-", "1-", "(", "1 200 ", "2023: "])
def test_a_label_without_end_costs_little(piece: str, tmp_path: Path) -> None:
    lines = "\n".join("\t".join(row) for row in (*ROWS, (piece * (20000 // len(piece)), "10", "20")))
    (tmp_path / "made_up.txt").write_text(lines, encoding="utf-8")
    assert [row.cells for row in table_of(tmp_path / "made_up.txt").rows][:2] == [row[1:] for row in ROWS[1:]]


def many_rows(count: int) -> list[tuple[str, ...]]:
    return [ROWS[0], *((f"Enhet {number}", str(7 * number), str(8 * number)) for number in range(count))]


def test_thousands_of_rows_of_text_are_read_in_linear_time(tmp_path: Path) -> None:
    text = "\n".join("\t".join(row) for row in many_rows(4000))
    (tmp_path / "made_up.txt").write_text(text, encoding="utf-8")
    assert len(table_of(tmp_path / "made_up.txt").rows) == 4000


def test_thousands_of_aligned_rows_are_read_in_linear_time(tmp_path: Path) -> None:
    text = "\n".join("".join(f"{cell:<30}" for cell in row).rstrip() for row in many_rows(2000))
    (tmp_path / "made_up.txt").write_text(text, encoding="utf-8")
    assert len(table_of(tmp_path / "made_up.txt").rows) == 2000


def test_thousands_of_rows_of_a_sheet_are_read_in_linear_time(tmp_path: Path) -> None:
    workbook = Workbook()
    for label, *figures in many_rows(3000):
        workbook.active.append([label, *(int(figure) if figure.isdigit() else figure for figure in figures)])
    workbook.save(tmp_path / "made_up.xlsx")
    assert len(table_of(tmp_path / "made_up.xlsx").rows) == 3000


def test_a_number_that_excel_cannot_print_is_written_out(tmp_path: Path) -> None:
    workbook = Workbook()
    for row in ROWS:
        workbook.active.append(row)
    workbook.active.append(["Stab", 1e300, 30])
    workbook.active["B4"].number_format = "0"
    workbook.save(tmp_path / "made_up.xlsx")
    assert table_of(tmp_path / "made_up.xlsx").rows[2].cells[0] == "1" + "0" * 300


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("\n".join("\t".join(row) for row in many_rows(MOST_CELLS // 3 + 1)), "more than 50 000 cells in its tables"),
        ("rad\n" * (MOST_LINES + 1), "more than 50 000 lines"),
        ("a-" * MOST_CHARACTERS, "more than 100 000 characters in one line"),
    ],
    ids=["cells", "lines", "characters"],
)
def test_a_text_beyond_the_limits_is_refused(text: str, limit: str, tmp_path: Path) -> None:
    (tmp_path / "made_up.txt").write_text(text, encoding="utf-8")
    begun = process_time()
    with pytest.raises(InputRefusedError, match=limit):
        read_report(tmp_path / "made_up.txt", lambda page, pages: None)
    assert process_time() - begun < MOST_SECONDS


SOUND = rows_of_text(ROWS)
FORMS = {
    10 + depth: stream(
        b"/X Do " * 10 if depth < 7 else SOUND,
        b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>"
        % (11 + depth),
    )
    for depth in range(8)
}
COSTLY = {
    "inflates": SOUND + b"0 0 m\n" * 700_000,
    "draws forms in forms": SOUND + b"/X Do",
    "many areas": SOUND + b"".join(b"%d %d 9 9 re f\n" % (n % 590, n % 830) for n in range(11_000)),
    "many crossings": SOUND
    + b"".join(b"0 %d m 595 %d l S\n" % (y, y) for y in range(0, 840, 5))
    + b"".join(b"%d 0 m %d 842 l S\n" % (x, x) for x in range(0, 590, 5)),
    "many letters": SOUND + b"BT /F 1 Tf 20 20 Td (" + b"a " * 26_000 + b") Tj ET",
}


@pytest.mark.parametrize("content", COSTLY.values(), ids=COSTLY)
def test_a_page_that_draws_too_much_is_named_and_the_rest_is_read(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "made_up.pdf"
    path.write_bytes(pdf_of(content, SOUND, others=FORMS, resources=b"/XObject<</X 10 0 R>>"))
    begun = process_time()
    reading = read_report(path, lambda page, pages: None)
    assert process_time() - begun < MOST_SECONDS
    assert [(table.page, len(table.rows)) for table in reading.tables] == [(2, 2)]
    assert list(reading.doubts) == [(0, 1, 0)]
    assert reading.doubts[0, 1, 0].reason.endswith("sidan 1")
    assert reading.unread[0].startswith("page 1: a page that draws more than 50 000 characters")


def test_a_report_of_more_pages_than_any_has_is_refused(tmp_path: Path) -> None:
    (tmp_path / "made_up.pdf").write_bytes(pdf_of(*[b""] * (MOST_PAGES + 1)))
    with pytest.raises(InputRefusedError, match="more than 1 000 pages"):
        read_report(tmp_path / "made_up.pdf", lambda page, pages: None)


def test_a_structure_tree_that_repeats_itself_is_read_once(tmp_path: Path) -> None:
    roles = (b"Table", *(b"TR", b"TD") * 20)
    tree = {
        20 + depth: b"<</S/%b/K[%d 0 R %d 0 R]>>" % (role, 21 + depth, 21 + depth) for depth, role in enumerate(roles)
    }
    root = {19: b"<</Type/StructTreeRoot/K 20 0 R>>", 20 + len(roles): b"<</S/P/K 0>>"}
    path = tmp_path / "made_up.pdf"
    path.write_bytes(pdf_of(SOUND, others=tree | root, root=b"/StructTreeRoot 19 0 R/MarkInfo<</Marked true>>"))
    assert len(table_of(path).rows) == 2


def exhausting(*_: object) -> Reading:
    return Reading((), cover=(str(bytearray(2 * 1024**3)),))


def endless(*_: object) -> Reading:
    while True:
        pass


def crashing(*_: object) -> Reading:
    os._exit(1)


@pytest.mark.parametrize(
    ("read", "message"),
    [
        (exhausting, "needs more than the 700 MB of memory"),
        (endless, "takes more than the 20 seconds of processor time"),
        (crashing, "stopped the library that opens such files"),
    ],
)
def test_whatever_exhausts_or_crashes_the_reader_is_refused(
    read: Callable[..., Reading], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.reading.apart.read_report", read)
    monkeypatch.setattr("ingest.reading.apart.MOST_SECONDS", 1)
    with pytest.raises(InputRefusedError, match=message) as refusal:
        read_report_apart(tmp_path / "made_up.pdf", lambda page, pages: None)
    assert str(refusal.value).startswith("made_up.pdf: ")


def test_a_report_read_apart_is_read_as_usual(tmp_path: Path) -> None:
    (tmp_path / "made_up.pdf").write_bytes(pdf_of(SOUND, SOUND))
    reached: list[tuple[int, int]] = []
    reading = read_report_apart(tmp_path / "made_up.pdf", lambda page, pages: reached.append((page, pages)))
    assert reading == read_report(tmp_path / "made_up.pdf", lambda page, pages: None)
    assert reached == [(1, 2), (2, 2)]
