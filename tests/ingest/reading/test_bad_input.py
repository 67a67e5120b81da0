"""Files that can't be read: each causes one clear message that says what to do, and writes nothing."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as WordDocument
from fpdf import FPDF
from openpyxl import Workbook

from ingest.errors import InputRefusedError
from ingest.files import office_package
from ingest.reading.report import read_report
from ingest.workbook.writer import write_workbook
from tests.support.workbooks import made_up_document

ENTITY_BOMB = """<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&b;</w:document>"""


def made_up_pdf(password: str = "") -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica")
    pdf.cell(text="Påhittad rapport utan tabell")
    if password:
        pdf.set_encryption(owner_password=password, user_password=password)
    return bytes(pdf.output())


def made_up_scan() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(20, 20, 100, 100, style="F")
    return bytes(pdf.output())


def made_up_word(text: str = "Påhittad rapport utan tabell") -> bytes:
    document = WordDocument()
    document.add_paragraph(text)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def packed(**parts: bytes | str) -> bytes:
    content_of = io.BytesIO()
    with zipfile.ZipFile(content_of, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return content_of.getvalue()


def with_part(original: bytes, name: str, content: str | bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(original)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            target.writestr(part, content if part == name else source.read(part))
    return packed.getvalue()


def blank_workbook() -> bytes:
    packed = io.BytesIO()
    Workbook().save(packed)
    return packed.getvalue()


BAD = {
    "empty.pdf": (lambda: b"", "is empty"),
    "blank.txt": (lambda: b" \n\n ", "is empty"),
    "truncated.pdf": (lambda: made_up_pdf()[:400], "not a complete PDF"),
    "locked.pdf": (lambda: made_up_pdf("made up"), "protected by a password"),
    "scan.pdf": (made_up_scan, "no text (a scan)"),
    "prose.pdf": (made_up_pdf, "no readable table"),
    "prose.docx": (made_up_word, "no readable table"),
    "prose.txt": (lambda: "Påhittad text utan tabell.".encode(), "no readable table"),
    "truncated.docx": (lambda: made_up_word()[:2000], "damaged or was cut off"),
    "half.docx": (lambda: with_part(made_up_word(), "word/document.xml", "<w:document>"), "damaged"),
    "blank.xlsx": (blank_workbook, "no readable table"),
    "workbook.pdf": (blank_workbook, "no readable table"),
    "word.xlsx": (made_up_word, "no readable table"),
    "pictures.zip": (lambda: packed(picture=b"..."), "archive and not a report"),
    "sheet.ods": (lambda: packed(content_xml="<x/>", mimetype="application/vnd.oasis"), "of an unsupported kind"),
    "old.xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Office 97–2003"),
    "locked.xlsx": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password",
    ),
    "entities.docx": (lambda: with_part(made_up_word(), "word/document.xml", ENTITY_BOMB), "an XML bomb?"),
    "entities16.docx": (
        lambda: with_part(made_up_word(), "word/document.xml", ENTITY_BOMB.encode("utf-16")),
        "an XML bomb?",
    ),
    "program.txt": (lambda: bytes(range(256)) * 8, "neither PDF, Word, Excel nor text"),
}


@pytest.mark.parametrize(("name", "content", "message"), [(name, *case) for name, case in BAD.items()])
def test_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, name: str, content: Callable[[], bytes], message: str
) -> None:
    path = tmp_path / f"made_up_{name}"
    path.write_bytes(content())
    with pytest.raises(InputRefusedError) as refusal:
        read_report(path, lambda page, pages: None)
    assert message in str(refusal.value)
    assert str(refusal.value).startswith(path.name)
    assert str(refusal.value).endswith((".", "toml)."))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_package, "_LARGEST_UNPACKED", 1024 * 1024)
    path = tmp_path / "made_up_bomb.docx"
    path.write_bytes(packed(word__document_xml=bytes(1024 * 1024 + 1)))
    with pytest.raises(InputRefusedError, match="zip bomb"):
        read_report(path, lambda page, pages: None)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefusedError, match="can't be opened"):
        read_report(tmp_path / "made_up.pdf", lambda page, pages: None)


def test_a_review_workbook_is_not_read_as_a_report(tmp_path: Path) -> None:
    path = tmp_path / "made_up_report.xlsx"
    write_workbook(made_up_document(), path)
    with pytest.raises(InputRefusedError, match="is already a review workbook"):
        read_report(path, lambda page, pages: None)


TAB_TEXT = (
    "Påhittad ekonomi\n\nBelopp i tkr\tBudget 2024\tUtfall 2024\nIntäkter\t1 000\t1 100\nKostnader\t–5 000\t–5 600\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_text_is_read_in_each_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "made_up.txt"
    path.write_bytes(TAB_TEXT.encode(encoding))
    table = read_report(path, lambda page, pages: None).tables[0]
    assert [(row.label, row.cells) for row in table.rows] == [
        ("Intäkter", ("1 000", "1 100")),
        ("Kostnader", ("–5 000", "–5 600")),
    ]


def test_a_glyph_without_a_character_does_not_make_a_text_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "made_up.txt"
    path.write_bytes(("Påhittad löptext. " * 20 + "\b\n" + TAB_TEXT.replace("Kostnader", "Kost\bnader")).encode())
    table = read_report(path, lambda page, pages: None).tables[0]
    assert [row.label for row in table.rows] == ["Intäkter", "Kostnader"]


@pytest.mark.parametrize("leader", ["\b", "\b "])
def test_a_control_character_for_each_leader_dot_does_not_make_a_text_unreadable(tmp_path: Path, leader: str) -> None:
    path = tmp_path / "made_up.txt"
    contents = "".join(f"{number} Påhittat kapitel {leader * 30} {number}\n" for number in range(1, 9))
    path.write_bytes((contents + TAB_TEXT).encode())
    table = read_report(path, lambda page, pages: None).tables[0]
    assert [row.label for row in table.rows] == ["Intäkter", "Kostnader"]


@pytest.mark.parametrize("suffix", ["pdf", "xlsx", "txt"])
def test_what_a_file_holds_decides_and_not_its_name(tmp_path: Path, suffix: str) -> None:
    document = WordDocument()
    table = document.add_table(2, 2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("Mått", "2024", "Antal", "7"), strict=True):
        cell.text = text
    path = tmp_path / f"made_up.{suffix}"
    document.save(str(path))
    assert read_report(path, lambda page, pages: None).tables[0].rows[0].cells == ("7",)
