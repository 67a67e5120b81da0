"""Reads the headings, paragraphs and tables of a tagged PDF from its structure, whatever the pages look like."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from ingest.reading.blocks import Block, Grid, GridRow, PrintedCell, TextBlock
from ingest.reading.pdf.marked_text import PageText, joined
from ingest.reading.pdf.structure import LEFT_OUT, Content, Element

_BLANK = PrintedCell("")
# A row with more ways to place its cells than this is left as it is.
_MOST_COLUMNS = 16


@dataclass(frozen=True)
class Extent:
    """The horizontal extent of a cell's text on its page, in points; None for a blank cell."""

    start: float
    end: float


def with_omitted_cells(rows: Sequence[GridRow], extents: Sequence[Sequence[Extent | None]]) -> list[GridRow]:
    """The rows of a table, those with too few cells filled up to its width; ``extents`` are those of each cell's text.

    A table with cells over several rows is left as it is: its rows have fewer cells for that reason.
    """
    width = max((_width(row) for row in rows), default=0)
    if width > _MOST_COLUMNS or any(cell.row_span > 1 for row in rows for cell in row.cells):
        return list(rows)
    placed = zip(rows, extents, strict=True)
    whole = [found for row, found in placed if len(row.cells) == width]
    columns = [_union([found[place] for found in whole]) for place in range(width)]
    return [
        row if _width(row) == width else _filled_up(row, found, columns)
        for row, found in zip(rows, extents, strict=True)
    ]


def _width(row: GridRow) -> int:
    return sum(cell.col_span for cell in row.cells)


def _union(extents: Sequence[Extent | None]) -> Extent | None:
    known = [extent for extent in extents if extent]
    return Extent(min(e.start for e in known), max(e.end for e in known)) if known else None


def _filled_up(row: GridRow, extents: Sequence[Extent | None], columns: Sequence[Extent | None]) -> GridRow:
    if any(cell.col_span > 1 for cell in row.cells) or not any(extents):
        return row
    ways = combinations(range(len(columns)), len(row.cells))
    places = max(ways, key=lambda way: sum(_fit(e, columns[place]) for e, place in zip(extents, way, strict=True)))
    cells = dict(zip(places, row.cells, strict=True))
    filled = tuple(cells.get(place, _BLANK) for place in range(len(columns)))
    return GridRow(filled, row.page, row.line, row.is_header)


def _fit(extent: Extent | None, column: Extent | None) -> float:
    """How many points of a cell's text are inside a column, less its distance from it."""
    if extent is None or column is None:
        return 0.0
    return min(extent.end, column.end) - max(extent.start, column.start)


_BLOCK_ROLES = frozenset({"P", "L", "LI", "LBody", "Table", "TR", "TH", "TD", "Caption", "BlockQuote", "Sect", "Div"})
_CELL_ROLES = frozenset({"TH", "TD"})
_HEADING = re.compile(r"(?:h|heading|rubrik)[ _-]?([1-6])", re.IGNORECASE)

_NAMED_NUMBER = re.compile(r"^.*[^\W\d_]{2}.*\d", re.MULTILINE)
_LEAST_ROWS = 2

TextOfPage = Callable[[int], PageText]
BlocksOfFigure = Callable[[Element], Iterator[Block]]


def element_blocks(
    element: Element | Content, text_of_page: TextOfPage, blocks_of_figure: BlocksOfFigure
) -> Iterator[Block]:
    """Yield the blocks of an element outside tables; a table that only holds tables is opened like a section."""
    if isinstance(element, Content):
        element = Element("P", kids=(element,))
    if element.role == "Figure" and _may_be_table(_text(element, text_of_page)):
        yield from blocks_of_figure(element)
    if element.role in LEFT_OUT:
        return
    if element.role == "Table" and not _holds_table(element):
        yield from _table(element, text_of_page, blocks_of_figure)
    elif element.role != "P" and any(_is_block(kid) for kid in element.kids):
        for kid in element.kids:
            yield from element_blocks(kid, text_of_page, blocks_of_figure)
    else:
        text = _text(element, text_of_page)
        if text:
            yield TextBlock(text, page=first_page(element), heading_level=_heading_level(element.role))
        for kid in element.kids:
            if isinstance(kid, Element) and kid.role == "Figure":
                yield from element_blocks(kid, text_of_page, blocks_of_figure)


def _may_be_table(text: str) -> bool:
    """Whether lines of a figure's text hold a name and a number; those of a chart's axes hold numbers only."""
    return len(_NAMED_NUMBER.findall(text)) >= _LEAST_ROWS


def first_page(element: Element | Content) -> int | None:
    """The page that an element begins on; None for one without content."""
    if isinstance(element, Content):
        return element.page
    return next((page for page in map(first_page, element.kids) if page is not None), None)


def _table(table: Element, text_of_page: TextOfPage, blocks_of_figure: BlocksOfFigure) -> Iterator[Block]:
    for kid in table.kids:
        if isinstance(kid, Element) and kid.role == "Caption":
            yield from element_blocks(kid, text_of_page, blocks_of_figure)
    printed = list(_rows(table))
    says_headers = any(cell.role == "TH" for row, _ in printed for cell in _cells(row))
    header = [_is_header(row, in_header) if says_headers else None for row, in_header in printed]
    if all(header):
        header = [None] * len(printed)
    page = first_page(table)
    rows = []
    for (row, _), is_header in zip(printed, header, strict=True):
        page = first_page(row) or page
        rows.append(GridRow(tuple(_cell(cell, text_of_page) for cell in _cells(row)), page, is_header=is_header))
    if rows:
        extents = [[_extent(cell, text_of_page) for cell in _cells(row)] for row, _ in printed]
        yield Grid(tuple(with_omitted_cells(rows, extents)), is_whole=True)


def _rows(element: Element, in_header: bool = False) -> Iterator[tuple[Element, bool]]:
    for kid in element.kids:
        if isinstance(kid, Element):
            if kid.role == "TR":
                yield kid, in_header
            elif kid.role not in _CELL_ROLES:
                yield from _rows(kid, in_header or kid.role == "THead")


def _cells(row: Element) -> list[Element]:
    return [kid for kid in row.kids if isinstance(kid, Element) and kid.role in _CELL_ROLES]


def _is_header(row: Element, in_header: bool) -> bool:
    filled = [cell for cell in _cells(row) if first_page(cell) is not None]
    names_columns = all(cell.role == "TH" and cell.attributes.get("Scope") != "Row" for cell in filled)
    return in_header or (len(filled) > 1 and names_columns)


def _cell(cell: Element, text_of_page: TextOfPage) -> PrintedCell:
    lines = _text(cell, text_of_page).split("\n")
    pages = len({content.page for paragraph in _paragraphs(cell) for content in paragraph})
    once = lines[: len(lines) // max(pages, 1)]
    # A header is one cell however many pages print it.
    text = "\n".join(once if once * pages == lines else lines)
    return PrintedCell(text, _span(cell, "RowSpan"), _span(cell, "ColSpan"))


def _extent(cell: Element, text_of_page: TextOfPage) -> Extent | None:
    contents = [content for paragraph in _paragraphs(cell) for content in paragraph]
    pieces = [piece for c in contents for piece in text_of_page(c.page).marked.get(c.marked_id, [])]
    shown = [piece for piece in pieces if piece.text.strip()]
    return Extent(min(p.start for p in shown), max(p.end for p in shown)) if shown else None


def _span(cell: Element, name: str) -> int:
    span = cell.attributes.get(name)
    return span if isinstance(span, int) and span > 0 else 1


def _text(element: Element, text_of_page: TextOfPage) -> str:
    return "\n".join(text for run in _paragraphs(element) if (text := _run_text(run, text_of_page)))


def _paragraphs(element: Element) -> list[list[Content]]:
    """The content of an element in order, one list per paragraph."""
    paragraphs: list[list[Content]] = [[]]
    for kid in element.kids:
        if isinstance(kid, Content):
            paragraphs[-1].append(kid)
        elif kid.role in _BLOCK_ROLES:
            paragraphs += [*_paragraphs(kid), []]
        elif kid.role not in LEFT_OUT:
            first, *others = _paragraphs(kid)
            paragraphs[-1] += first
            paragraphs += others
    return paragraphs


def _run_text(run: list[Content], text_of_page: TextOfPage) -> str:
    """The text of a paragraph; text on another page is on another line, whatever its height there."""
    texts = []
    for page, contents in groupby(run, key=lambda content: content.page):
        marked = text_of_page(page).marked
        pieces = [piece for content in contents for piece in marked.get(content.marked_id, [])]
        texts.append(joined(pieces, text_of_page(page).keeps_spaces))
    return "\n".join(filter(None, texts))


def _is_block(kid: Element | Content) -> bool:
    return isinstance(kid, Element) and (kid.role in _BLOCK_ROLES or _heading_level(kid.role) is not None)


def _holds_table(element: Element) -> bool:
    return any(isinstance(kid, Element) and (kid.role == "Table" or _holds_table(kid)) for kid in element.kids)


def _heading_level(role: str) -> int | None:
    match = _HEADING.fullmatch(role)
    return int(match[1]) if match else None
