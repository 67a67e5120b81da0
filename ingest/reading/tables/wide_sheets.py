"""Joins the pages of a sheet that is wider than its page: its right-hand columns are printed without the rows' labels.

Pages are printed over and then down (left, right, left, right) or down and then over (left, left, right, right). The
pages of a row have equally many rows; pages that don't are left as they are, and their rows are doubted.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.reading.blocks import PrintedCell
from ingest.reading.tables.continued import PlacedGrid, goes_on, joined_over_pages
from ingest.reading.tables.grid_parts import BLANK, FullRow, GridParts
from ingest.reading.vocabulary.column_headers import is_figure_header
from ingest.reading.vocabulary.print import is_value

_LEAST_ROWS = 3
_MOST_LINES_BETWEEN = 2

Cells = tuple[PrintedCell, ...]


def joined_beside(placed: Iterable[PlacedGrid]) -> Iterator[PlacedGrid]:
    """Join pages without labels to the pages that their columns continue."""
    pieces = list(placed)
    place = 0
    while place < len(pieces):
        left = _pages_with_labels(pieces[place:])
        right = _pages_without_labels(pieces[place + len(left) - 1 :])
        across = [right[at : at + len(left)] for at in range(0, len(right), len(left))]
        if right and all(_fits(left, pages) for pages in across):
            yield from (_beside(first, [pages[at] for pages in across]) for at, first in enumerate(left))
        else:
            yield from left + right
        place += len(left) + len(right)


def _pages_with_labels(pieces: Sequence[PlacedGrid]) -> list[PlacedGrid]:
    """The first page, and the pages below it that continue its rows."""
    pages = [pieces[0]]
    for piece in pieces[1:]:
        (whole,) = joined_over_pages(pages) if len(pages) > 1 else pages
        if _cells_without_labels(piece.parts) or not goes_on(whole, piece):
            break
        pages.append(piece)
    return pages


def _pages_without_labels(pieces: Sequence[PlacedGrid]) -> list[PlacedGrid]:
    """The pages after the first that have no labels, with nothing between them."""
    pages: list[PlacedGrid] = []
    for before, piece in pairwise(pieces):
        is_apart = piece.parts.titles or piece.section != before.section or len(before.below) > _MOST_LINES_BETWEEN
        if is_apart or not _cells_without_labels(piece.parts) or not _is_on_next_page(before, piece):
            break
        pages.append(piece)
    return pages


def _is_on_next_page(before: PlacedGrid, piece: PlacedGrid) -> bool:
    if not before.parts.body or not piece.parts.body:
        return False
    last, first = before.parts.body[-1].page, piece.parts.body[0].page
    return last == first if last is None or first is None else first == last + 1


def _cells_without_labels(parts: GridParts) -> list[Cells]:
    """The cells of each header and body row if no row has a label: blank labels left out; else nothing."""
    firsts = [row.texts[0] for row in parts.body]
    if not firsts:
        return []
    rows = [row.cells for row in (*parts.header, *parts.body)]
    if not any(firsts):
        return [cells[1:] for cells in rows]
    is_named_like_figures = not parts.header or is_figure_header(parts.header[-1].texts[0])
    is_of_figures = is_named_like_figures or len(set(firsts)) < len(firsts)
    return rows if is_of_figures and all(is_value(text) or not text for text in firsts) else []


def _fits(left: Sequence[PlacedGrid], right: Sequence[PlacedGrid]) -> bool:
    """Whether pages are as many and have as many rows of figures as those to their left."""
    counts, others = [len(_rows_of_figures(page.parts)) for page in left], [len(page.parts.body) for page in right]
    return counts == others and min(counts) >= _LEAST_ROWS and not _cells_without_labels(left[0].parts)


def _rows_of_figures(parts: GridParts) -> list[FullRow]:
    return [row for row in parts.body if any(row.texts[1:])]


def _beside(left: PlacedGrid, right: Sequence[PlacedGrid]) -> PlacedGrid:
    """One page with the columns of the pages to its right; sub-headings have no cells there."""
    height = max(len(page.parts.header) for page in (left, *right))
    header = list(_padded(left.parts, [row.cells for row in left.parts.header], height))
    body = [row.cells for row in left.parts.body]
    filled = [place for place, row in enumerate(left.parts.body) if any(row.texts[1:])]
    for page in right:
        cells = _cells_without_labels(page.parts)
        own = len(page.parts.header)
        width = len(cells[0])
        header = [row + more for row, more in zip(header, _padded(page.parts, cells[:own], height), strict=True)]
        beside = dict(zip(filled, cells[own:], strict=True))
        body = [row + beside.get(place, (BLANK,) * width) for place, row in enumerate(body)]
    first = (left.parts.header or left.parts.body)[0]
    parts = replace(
        left.parts,
        header=tuple(replace(first, cells=cells) for cells in header),
        body=tuple(replace(row, cells=cells) for row, cells in zip(left.parts.body, body, strict=True)),
    )
    return replace(left, parts=parts, below=[*left.below, *right[-1].below])


def _padded(parts: GridParts, rows: Sequence[Cells], height: int) -> list[Cells]:
    """Header rows, with blank ones above them for the levels that this page does not have."""
    width = len((rows or _cells_without_labels(parts) or [parts.body[0].cells])[0])
    return [*[(BLANK,) * width] * (height - len(rows)), *rows]
