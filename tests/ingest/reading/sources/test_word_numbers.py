"""Numbers that Word prints before headings and list items and doesn't store in their text."""

from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.reading.sources.word import word_blocks

_LEVEL = (
    '<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="Heading{style}"/>'
    '<w:lvlText w:val="{text}"/></w:lvl>'
)


def numbered(kind: str = "decimal", start: str = "3") -> WordDocument:
    """A document whose headings are numbered by their styles, two levels deep."""
    document = Document()
    first = _LEVEL.format(depth=0, start=start, kind=kind, style=1, text="%1")
    second = _LEVEL.format(depth=1, start="1", kind="decimal", style=2, text="%1.%2")
    numbering = document.part.numbering_part.element
    levels = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{first}{second}</w:abstractNum>'
    numbering.insert(0, parse_xml(levels))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for style in ("Heading 1", "Heading 2"):
        number = parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="90"/></w:numPr>')
        document.styles[style].element.get_or_add_pPr().append(number)
    return document


def read(document: WordDocument, path: Path) -> list[str]:
    for text, level in (("Mål", 1), ("Ekonomi", 1), ("Drift", 2), ("Lån", 2), ("Personal", 1), ("Antal", 2)):
        document.add_heading(f"Påhittad {text}", level)
    document.add_paragraph("En punkt", style="List Bullet")
    table = document.add_table(2, 2)
    table.cell(1, 0).paragraphs[0].style = "List Number"
    table.cell(1, 1).text = "7"
    document.save(str(path))
    blocks = list(word_blocks(path))
    lines = [block.text for block in blocks if hasattr(block, "text")]
    return [*lines, *(row.cells[0].text for block in blocks if hasattr(block, "rows") for row in block.rows)]


def test_headings_are_counted_by_level_and_a_numbered_cell_has_its_number(tmp_path: Path) -> None:
    assert read(numbered(), tmp_path / "made_up.docx") == [
        "3 Påhittad Mål",
        "4 Påhittad Ekonomi",
        "4.1 Påhittad Drift",
        "4.2 Påhittad Lån",
        "5 Påhittad Personal",
        "5.1 Påhittad Antal",
        "En punkt",
        "",
        "1.",
    ]


def test_letters_and_what_is_no_number_are_left_out(tmp_path: Path) -> None:
    lines = read(numbered(kind="upperLetter", start="x"), tmp_path / "made_up.docx")
    assert lines[:3] == ["Påhittad Mål", "Påhittad Ekonomi", "Påhittad Drift"]
