"""Reads a Word document (.docx): paragraphs, headings and tables in the order of the text."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row, CT_Tbl, CT_Tc
from docx.oxml.text.paragraph import CT_P
from docx.styles.style import BaseStyle, ParagraphStyle

from ingest.reading.blocks import Block, Grid, GridRow, PrintedCell, PrintedPage, TextBlock
from ingest.reading.sources.lines_of_print import PrintedLine, print_of_row, print_of_text
from ingest.reading.sources.word_numbers import WordNumbers
from ingest.reading.vocabulary.print import composed, raised

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BREAKS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# Deleted text and the text of a drawing beside the line are not part of the line.
_NOT_OF_THE_LINE = frozenset(
    {qn("w:del"), qn("w:moveFrom"), qn("w:drawing"), qn("w:pict"), _COMPATIBILITY + "AlternateContent"}
)
_CONTAINERS = frozenset({qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml")})
# A table with text in two cells of this many rows is a table, not a frame.
# Word itself allows no more in a table.
_MOST_COLUMNS = 63
_LEAST_ROWS = 2

LineOf = Callable[[CT_P], str]

_HEADING_STYLE = re.compile(r"(?:heading|rubrik) ([1-9])", re.IGNORECASE)
_CONTENTS_STYLE = re.compile(r"(?:toc|innehåll) ?[1-9]", re.IGNORECASE)


def word_blocks(path: Path) -> Iterator[Block | PrintedPage]:
    """Yield the print and the blocks of a Word document; the caller has checked that the file is a sound package."""
    document = docx.Document(str(path))
    reader = _WordReader(document)
    yield from reader.printed_stretches(document.element.body)
    yield from reader.blocks(document.element.body)


class _WordReader:
    def __init__(self, document: WordDocument) -> None:
        self.styles: dict[str, BaseStyle] = {style.style_id: style for style in document.styles}
        self.numbers = WordNumbers(document)

    def blocks(self, container: Any) -> Iterator[Block]:
        """Yield the blocks of an element; a table that holds tables and little text of its own is opened as a frame."""
        for child in container:
            if isinstance(child, CT_P):
                yield from self._paragraph(child)
            elif isinstance(child, CT_Tbl) and _is_frame(child):
                for row in _rows(child):
                    for cell in _own(row, "w:tc", "w:tr"):
                        yield from self.blocks(cell)
            elif isinstance(child, CT_Tbl):
                yield from _table(child, self._numbered_line)
            elif child.tag in _CONTAINERS:
                yield from self.blocks(child)

    def printed_stretches(self, body: Any) -> Iterator[PrintedPage]:
        """Yield the print of the text in stretches, each with the marked heading that it begins with."""
        place = "före första rubriken"
        lines: list[PrintedLine] = []
        for row, paragraphs in groupby(_printed_paragraphs(body), _row_of):
            if row is not None:
                lines += print_of_row(_texts_by_column(row, paragraphs))
                continue
            for paragraph in paragraphs:
                if _heading_level(paragraph, list(self._styles(paragraph.style))) is not None:
                    yield PrintedPage(place, tuple(lines))
                    place, lines = f"under {_line(paragraph)}", []
                lines += print_of_text(_line(paragraph))
        yield PrintedPage(place, tuple(lines))

    def _paragraph(self, paragraph: CT_P) -> Iterator[Block]:
        styles = list(self._styles(paragraph.style))
        if not any(_CONTENTS_STYLE.fullmatch(style.name or "") for style in styles):
            text = self._numbered_line(paragraph)
            if _line(paragraph):
                yield TextBlock(text, heading_level=_heading_level(paragraph, styles))
        for box in paragraph.iter(qn("w:txbxContent")):
            # Each text box is stored twice; the fallback is for programs older than 2010.
            if next(box.iterancestors(_COMPATIBILITY + "Fallback"), None) is None:
                yield from self.blocks(box)

    def _numbered_line(self, paragraph: CT_P) -> str:
        """A paragraph's text after the number that Word prints before it; call it once per paragraph."""
        number = self.numbers.before(paragraph, list(self._styles(paragraph.style)))
        return f"{number} {_line(paragraph)}".strip()

    def _styles(self, style_id: str | None) -> Iterator[ParagraphStyle]:
        """A paragraph's style and those that it is based on."""
        style = self.styles.get(style_id or "")
        seen: set[str] = set()
        while isinstance(style, ParagraphStyle) and style.style_id not in seen:
            yield style
            seen.add(style.style_id)
            style = style.base_style


def _printed_paragraphs(body: Any) -> Iterator[CT_P]:
    """All paragraphs with text, also those in tables and text boxes."""
    for paragraph in body.iter(qn("w:p")):
        if _line(paragraph) and next(paragraph.iterancestors(_COMPATIBILITY + "Fallback"), None) is None:
            yield paragraph


def _row_of(paragraph: CT_P) -> CT_Row | None:
    return next(paragraph.iterancestors(qn("w:tr")), None)


def _texts_by_column(row: CT_Row, paragraphs: Iterable[CT_P]) -> dict[int, str]:
    columns = {cell: column for column, cell in _placed(row)}
    texts: dict[int, str] = {}
    for paragraph in paragraphs:
        column = columns[next(paragraph.iterancestors(qn("w:tc")))]
        texts[column] = f"{texts[column]}\n{_line(paragraph)}" if column in texts else _line(paragraph)
    return texts


def _heading_level(paragraph: CT_P, styles: list[ParagraphStyle]) -> int | None:
    levels = paragraph.xpath("./w:pPr/w:outlineLvl/@w:val")
    for style in styles:
        match = _HEADING_STYLE.fullmatch(style.name or "")
        if match:
            return int(match[1])
        levels += style.element.xpath("./w:pPr/w:outlineLvl/@w:val")
    level = int(levels[0]) + 1 if levels else 0
    # Level 10 is Word's body text.
    return level if 1 <= level <= 9 else None


def _is_frame(table: CT_Tbl) -> bool:
    if all(other is table for other in table.iter(qn("w:tbl"))):
        return False
    cells_of_rows = (_own(row, "w:tc", "w:tr") for row in _rows(table))
    filled = (sum(any(map(_line, _own(cell, "w:p", "w:tc"))) for cell in cells) for cells in cells_of_rows)
    return sum(count > 1 for count in filled) < _LEAST_ROWS


def _rows(table: CT_Tbl) -> Iterator[CT_Row]:
    return _own(table, "w:tr", "w:tbl")


def _own(element: Any, tag: str, within: str) -> Iterator[Any]:
    """The elements of a kind inside an element, except those of a table inside it."""
    return (found for found in element.iter(qn(tag)) if next(found.iterancestors(qn(within))) is element)


def _table(table: CT_Tbl, line_of: LineOf) -> Iterator[Block]:
    rows = [row for row in _rows(table) if not row.xpath("./w:trPr/w:del")]
    marked = [bool(row.xpath("./w:trPr/w:tblHeader")) for row in rows]
    says_headers = any(marked) and not all(marked)
    spans = _row_spans(rows)
    grid = tuple(
        GridRow(tuple(_cells(row, spans[number], line_of)), is_header=marked[number] if says_headers else None)
        for number, row in enumerate(rows)
    )
    if grid:
        yield Grid(grid)


def _cells(row: CT_Row, spans: dict[int, int], line_of: LineOf) -> Iterator[PrintedCell]:
    if row.grid_before:
        yield PrintedCell("", col_span=_span(row.grid_before))
    for column, cell in _placed(row):
        if column in spans:
            lines = map(line_of, cell.iter(qn("w:p")))
            yield PrintedCell("\n".join(filter(None, lines)), spans[column], _span(cell.grid_span))


def _row_spans(rows: list[CT_Row]) -> list[dict[int, int]]:
    """For each row, the number of rows that each cell spans, by column; continued cells are left out."""
    spans: list[dict[int, int]] = []
    begun: dict[int, int] = {}
    for number, row in enumerate(rows):
        spans.append({})
        for column, cell in _placed(row):
            if cell.vMerge == "continue" and column in begun:
                spans[begun[column]][column] += 1
            else:
                spans[number][column] = 1
                begun.pop(column, None)
                if cell.vMerge is not None:
                    begun[column] = number
    return spans


def _placed(row: CT_Row) -> Iterator[tuple[int, CT_Tc]]:
    """The cells of a row, each with the grid column that it begins in."""
    column = _span(row.grid_before)
    for cell in _own(row, "w:tc", "w:tr"):
        yield column, cell
        column += _span(cell.grid_span)


def _span(columns: int) -> int:
    """The columns that a cell covers; a damaged file may claim any number."""
    return min(columns, _MOST_COLUMNS)


def _line(paragraph: CT_P) -> str:
    text = composed("".join(_texts(paragraph)))
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def _texts(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:t"):
            yield raised(child.text or "") if _is_raised(child) else child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in _NOT_OF_THE_LINE:
            yield from _texts(child)


def _is_raised(text: Any) -> bool:
    return bool(text.xpath("../w:rPr/w:vertAlign[@w:val='superscript']"))
