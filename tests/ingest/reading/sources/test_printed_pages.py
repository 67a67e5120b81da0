"""What is taken from pdfplumber, and what is done in its place, is what pdfplumber would have said."""

from pathlib import Path

import pdfplumber
import pytest

from ingest.reading.pdf.printed_page import PrintedPdf
from ingest.reading.sources.ruled_cells import enclosed_tables
from tests.support.small_pdf import pdf_of, rows_of_text

TEXT = rows_of_text((("Verksamhet", "Budget"), ("Skola", "1 200")))
GRID = b"".join(b"60 %d m 360 %d l S\n" % (y, y) for y in (600, 620, 640)) + b"".join(
    b"%d 600 m %d 640 l S\n" % (x, x) for x in (60, 160, 360)
)
# A row of two cells beside one over both rows, and a table apart.
SPANNED = b"60 400 100 40 re S 160 420 100 20 re S 160 400 100 20 re S 60 200 50 20 re f 110 200 50 20 re f"
CURVE = b"60 100 m 80 130 120 130 140 100 c h f"


@pytest.mark.parametrize("content", [TEXT, TEXT + GRID, GRID + SPANNED, TEXT + SPANNED + CURVE])
def test_objects_and_cells_are_those_of_pdfplumber(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "made_up.pdf"
    path.write_bytes(pdf_of(content))
    with pdfplumber.open(path) as theirs, PrintedPdf.open(path) as ours:
        (their_page,), (our_page,) = theirs.pages, ours.pages
        for kind, objects in our_page.objects.items():
            same = their_page.objects.get(kind, [])
            assert objects == [
                {name: other.get(name) for name in one} for one, other in zip(objects, same, strict=True)
            ]
        assert [table.cells for table in enclosed_tables(our_page)] == [
            table.cells for table in their_page.find_tables()
        ]
        assert enclosed_tables(our_page) or content == TEXT
