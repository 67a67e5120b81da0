"""Pages whose tables are pictures: the reader names them, reads the rest, and leaves them for a person to settle."""

from pathlib import Path

import typst
from PIL import Image, ImageDraw

from ingest.document import Document
from ingest.reading.document.corrections import is_same_report, with_corrections
from ingest.reading.report import Reading, read_report
from ingest.workbook.reader import read_workbook
from ingest.workbook.writer import write_workbook

SIZE = (720, 240)
TABLE = "#table(columns: 3, [Verksamhet], [Budget 2024], [Utfall 2024], [Skola], [1 200], [1 350], [Stab], [30], [28])"


def made_up_table(path: Path) -> None:
    picture = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(picture)
    for number, row in enumerate(("Verksamhet  Budget  Utfall", "Skola  1 200  1 350", "Summa  1 200  1 350")):
        draw.rectangle((0, 80 * number, SIZE[0] - 1, 80 * number + 79), outline="black")
        draw.text((10, 80 * number + 30), row, fill="black", font_size=24)
    picture.save(path)


def made_up_photograph(path: Path) -> None:
    picture = Image.linear_gradient("L").resize(SIZE).convert("RGB")
    picture.save(path)


def read(folder: Path, source: str) -> Reading:
    made_up_table(folder / "table.png")
    made_up_photograph(folder / "photograph.png")
    (folder / "made_up.typ").write_text(f'#set text(lang: "sv", size: 10pt)\n{source}', encoding="utf-8")
    typst.compile(folder / "made_up.typ", output=folder / "made_up.pdf", ignore_system_fonts=True, pdf_tags=False)
    return read_report(folder / "made_up.pdf", lambda page, pages: None)


def document_of(reading: Reading) -> Document:
    facts = ("made_up_report", "Påhittad rapport", "1463", "Mark", "Påhittad nämnd", "annual_report", "2024-12-31")
    return Document(*facts, source="made_up.pdf", tables=reading.tables, doubts=reading.doubts)


def test_a_page_with_a_picture_of_a_table_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    picture = '#image("table.png", width: 12cm)'
    reading = read(tmp_path, f'= Drift\n{TABLE}\n#image("photograph.png", width: 12cm)\n#pagebreak()\n{picture}')
    assert [len(table.rows) for table in reading.tables] == [2]
    assert list(reading.doubts) == [(0, 2, 0)]
    assert reading.doubts[0, 2, 0].reason.endswith("sidan 2")
    assert reading.unread == ("page 2: a picture that may be a table; what it shows is not read",)


def test_a_logotype_and_a_picture_under_text_are_no_tables(tmp_path: Path) -> None:
    logotype = '#image("table.png", width: 3cm)'
    behind = '#place(image("table.png", width: 12cm))#pad(top: 1cm, left: 3cm)[Påhittad text på en bild]'
    assert read(tmp_path, f"{logotype}\n{behind}\n#v(5cm)\n{TABLE}").doubts == {}


def test_a_report_of_nothing_but_pictures_is_a_workbook_without_tables(tmp_path: Path) -> None:
    reading = read(tmp_path, '= Ekonomi\n#image("table.png")\n#pagebreak()\n= Personal\n#image("table.png")')
    document = document_of(reading)
    write_workbook(document, tmp_path / "made_up_report.xlsx")
    loaded = read_workbook(tmp_path / "made_up_report.xlsx")
    assert (loaded.tables, list(loaded.doubts)) == ((), [(0, 1, 0), (0, 2, 0)])
    assert is_same_report(document, loaded)
    assert list(with_corrections(document, loaded).doubts) == [(0, 1, 0), (0, 2, 0)]
