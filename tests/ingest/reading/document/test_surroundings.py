"""What a file says of a report outside its text."""

from pathlib import Path

import docx
import pytest
from fpdf import FPDF

from ingest.reading.document.surroundings import Surroundings, surroundings


def test_a_pdf_repeats_its_footer_and_has_an_address_on_its_cover(tmp_path: Path) -> None:
    path = tmp_path / "made_up.pdf"
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_font("Helvetica", size=10)
    pdf.set_title("Påhittad mall")
    for page in range(1, 4):
        pdf.add_page()
        pdf.text(50, 30, f"Påhittat kapitel {'abc'[page - 1]}")
        pdf.text(50, 400, f"Påhittad mening {page}")
        pdf.text(50, 810, "www.pahitt.se" if page == 1 else f"Påhittade nämnden {page} (3)")
    pdf.output(str(path))
    found = surroundings(path)
    assert found.name == "made_up"
    assert found.repeated == ("Påhittade nämnden",)
    assert "www.pahitt.se" in found.outer
    assert "Påhittat kapitel b" not in found.outer
    assert not any("mening" in line for line in found.outer)
    assert (found.title, len(found.created)) == ("Påhittad mall", len("2026-01-31"))


def test_a_row_at_the_foot_of_some_pages_is_no_footer(tmp_path: Path) -> None:
    path = tmp_path / "made_up.pdf"
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_font("Helvetica", size=10)
    for page in range(1, 9):
        pdf.add_page()
        pdf.text(50, 400, f"Påhittad mening {page}")
        pdf.text(50, 810, f"Påhittade nämnden {page}" if page in (2, 7) else f"Påhittad rad {'abcdefghij'[page]}")
        pdf.text(50, 825, f"Låtsade nämnden {page}" if page % 2 else "")
    pdf.output(str(path))
    assert surroundings(path).repeated == ("Låtsade nämnden",)


def test_a_word_document_has_headers_and_properties(tmp_path: Path) -> None:
    path = tmp_path / "made_up.docx"
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Påhittade nämnden"
    document.core_properties.title = "Påhittad mall"
    document.save(str(path))
    found = surroundings(path)
    assert (found.repeated, found.title) == (("Påhittade nämnden",), "Påhittad mall")


@pytest.mark.parametrize("content", [b"Kostnader 1 2", b"PK\x03\x04half a package", b"%PDF-1.7 half a file"])
def test_other_files_have_a_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "made_up.any"
    path.write_bytes(content)
    assert surroundings(path) == Surroundings("made_up")
