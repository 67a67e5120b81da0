"""Finds the pages on which a structure tree leaves out some of a table's text, so that print tells more than the tree.

Programs that guess a structure afterwards lose rows so, and give some of their cells to other rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from ingest.reading.sources.pdf_structure import Content, Element
from ingest.reading.sources.pdf_text import PageText, Piece


def torn_pages(elements: Iterable[Element | Content], text_of_page: Callable[[int], PageText]) -> frozenset[int]:
    """The numbers of those pages, and of the pages that a table shares with them."""
    told: dict[int, set[int]] = defaultdict(set)
    tables: list[dict[int, set[int]]] = []
    for element in elements:
        _collect(element, told)
        tables += map(content_ids, _tables(element))
    torn = {page for table in tables for page, ids in table.items() if _leaves_out(ids, told[page], text_of_page(page))}
    shared: set[int] = set()
    while torn != shared:
        shared = set(torn)
        torn.update(page for table in tables if torn & table.keys() for page in table)
    return frozenset(torn)


def _tables(element: Element | Content) -> Iterator[Element]:
    if isinstance(element, Element):
        if element.role == "Table":
            yield element
        else:
            for kid in element.kids:
                yield from _tables(kid)


def content_ids(element: Element) -> dict[int, set[int]]:
    """The ids of an element's marked content, by page."""
    ids: dict[int, set[int]] = defaultdict(set)
    _collect(element, ids)
    return ids


def _collect(element: Element | Content, ids: dict[int, set[int]]) -> None:
    if isinstance(element, Content):
        ids[element.page].add(element.marked_id)
    else:
        for kid in element.kids:
            _collect(kid, ids)


def _leaves_out(table: set[int], told: set[int], page: PageText) -> bool:
    """Whether text that the tree doesn't know stands between the first and the last line of a table."""
    lines = [piece.base for marked_id in table for piece in _shown(page.marked.get(marked_id, []))]
    untold = (piece for marked_id, pieces in page.marked.items() if marked_id not in told for piece in _shown(pieces))
    return bool(lines) and any(min(lines) < piece.base < max(lines) for piece in untold)


def _shown(pieces: Iterable[Piece]) -> Iterator[Piece]:
    return (piece for piece in pieces if any(map(str.isalnum, piece.text)))
