"""The text that a PDF page marks for its structure tree, joined from the pieces that the page draws."""

import ctypes
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import hypot

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.reading.blocks import PROBABLE_BREAK
from ingest.reading.pdf.structure import LEFT_OUT, Content, Element
from ingest.reading.vocabulary.print import printed_letters, raised
from ingest.reading.vocabulary.row_words import figures_of_row

_UNMARKED = -1
# A letter's ink ends at most this share of its size before the next letter begins.
_WIDEST_BEARING = 0.3
# So many rows of figures outside all tables are a table that the structure doesn't know.
_ROWS_OF_TABLE = 2


@dataclass(frozen=True)
class Piece:
    """A run of characters in one line; points along (``start``, ``end``) and across (``base``) the line."""

    text: str
    start: float
    end: float
    base: float
    size: float


@dataclass(frozen=True)
class PageText:
    """The pieces of one page by marked content id.

    ``unmarked`` are the pieces without an id, and decoration. ``marked_share`` is the share of its characters that
    has an id (decoration aside). ``keeps_spaces`` is set if a line broken between two words ends with their space, so
    that a line without one breaks a word.
    """

    marked: dict[int, list[Piece]]
    unmarked: tuple[Piece, ...]
    marked_share: float
    keeps_spaces: bool


NO_TEXT = PageText({}, (), marked_share=1.0, keeps_spaces=False)


def page_text(page: pdfium.PdfPage) -> PageText:
    """Read the pieces of ``page``."""
    text_page = page.get_textpage()
    try:
        marked: dict[int, list[Piece]] = defaultdict(list)
        decoration: list[Piece] = []
        before: Piece | None = None
        for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT]):
            marked_id = pdfium_c.FPDFPageObj_GetMarkedContentID(item.raw)
            piece = _piece(item.raw, text_page.raw, before)
            before = piece or before
            if piece is not None:
                is_decoration = marked_id == _UNMARKED and _is_decoration(item.raw)
                (decoration if is_decoration else marked[marked_id]).append(piece)
    finally:
        text_page.close()
    unmarked = marked.pop(_UNMARKED, [])
    pieces = [piece for pieces in marked.values() for piece in pieces]
    counted, uncounted = _characters(pieces), _characters(unmarked)
    share = counted / (counted + uncounted) if counted + uncounted else 1.0
    return PageText(dict(marked), (*unmarked, *decoration), share, _keeps_spaces(pieces))


def joined(pieces: list[Piece], keeps_spaces: bool) -> str:
    """The pieces as one text: a line feed between lines, a space at a gap, raised marks as superscripts.

    If the producer ``keeps_spaces``, a full line that ends without a space has probably broken a word.
    """
    text = ""
    size = max((piece.size for piece in pieces), default=0.0)
    full = max((piece.end for piece in pieces), default=0.0) - 1.5 * size
    end: Piece | None = None
    for piece in pieces:
        between = _between(end, piece) if end is not None else ""
        if between == "\n" and keeps_spaces and end is not None and end.end > full and _breaks_word(text, piece.text):
            between = PROBABLE_BREAK + "\n"
        is_raised = end is not None and not between.endswith("\n") and _is_raised(end, piece, size)
        text += between + (raised(piece.text) if is_raised else piece.text)
        end = replace(end, end=piece.end) if end is not None and is_raised else piece
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def _breaks_word(text: str, rest: str) -> bool:
    """Whether a word is broken without a hyphen: it is alone on its line and still has no room."""
    line = text.rpartition("\n")[2]
    return " " not in line and line[-1:].isalpha() and rest[:1].islower()


def _characters(pieces: list[Piece]) -> int:
    return sum(len(piece.text.strip()) for piece in pieces)


def _keeps_spaces(pieces: list[Piece]) -> bool:
    broken = [before.text for before, piece in pairwise(pieces) if _between(before, piece) == "\n"]
    return sum(text.endswith(" ") for text in broken) > 0.2 * len(broken)


def _between(before: Piece, piece: Piece) -> str:
    size = max(before.size, piece.size)
    if abs(piece.base - before.base) > 0.6 * size or piece.start < before.start - size:
        return "\n"
    return " " if piece.start - before.end > 0.15 * size else ""


def _is_raised(before: Piece, piece: Piece, size: float) -> bool:
    return piece.size < 0.8 * size and 0.15 * size < piece.base - before.base < 0.6 * size


def _piece(text_object: ctypes.c_void_p, text_page: ctypes.c_void_p, before: Piece | None) -> Piece | None:
    text = printed_letters(_object_text(text_object, text_page))
    matrix = pdfium_c.FS_MATRIX()
    font_size = ctypes.c_float()
    box = [ctypes.c_float() for _ in range(4)]
    pdfium_c.FPDFPageObj_GetBounds(text_object, *box)
    left, bottom, right, top = (side.value for side in box)
    if not text and right > left and before is not None and before.text.strip() == "-":
        text = "-"  # Of two adjacent dashes, each drawn separately, pdfium reports only the first; a space has no ink.
    if not text or not pdfium_c.FPDFPageObj_GetMatrix(text_object, matrix):
        return None
    pdfium_c.FPDFTextObj_GetFontSize(text_object, font_size)
    length = hypot(matrix.a, matrix.b) or 1.0
    along, across = matrix.a / length, matrix.b / length
    inked = max(x * along + y * across for x in (left, right) for y in (bottom, top))
    start = matrix.e * along + matrix.f * across
    set_width = start + _width(text_object, text, font_size.value) * length
    return Piece(
        text=text,
        start=start,
        end=set_width if inked < set_width < inked + _WIDEST_BEARING * font_size.value * length else inked,
        base=matrix.f * along - matrix.e * across,
        size=font_size.value * length,
    )


def _width(text_object: ctypes.c_void_p, text: str, font_size: float) -> float:
    """The width of a text in its font, in the font's units: more than its ink, as for the narrow ``1``."""
    font = pdfium_c.FPDFTextObj_GetFont(text_object)
    width = ctypes.c_float()
    total = 0.0
    for character in text.rstrip():
        if pdfium_c.FPDFFont_GetGlyphWidth(font, ord(character), font_size, width):
            total += width.value
    return total


def _object_text(text_object: ctypes.c_void_p, text_page: ctypes.c_void_p) -> str:
    length = pdfium_c.FPDFTextObj_GetText(text_object, text_page, None, 0)
    buffer = ctypes.create_string_buffer(length * 2)
    pdfium_c.FPDFTextObj_GetText(text_object, text_page, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le", errors="replace").rstrip("\0")


def _is_decoration(text_object: ctypes.c_void_p) -> bool:
    """Whether the producer marks the text as decoration (``Artifact``: page headers, footers, watermarks)."""
    return any(name == "Artifact" for name in _mark_names(text_object))


def _mark_names(text_object: ctypes.c_void_p) -> Iterator[str]:
    for number in range(max(pdfium_c.FPDFPageObj_CountMarks(text_object), 0)):
        mark = pdfium_c.FPDFPageObj_GetMark(text_object, number)
        length = ctypes.c_ulong()
        buffer = ctypes.create_string_buffer(128)
        if pdfium_c.FPDFPageObjMark_GetName(
            mark, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), len(buffer), length
        ):
            yield buffer.raw[: length.value].decode("utf-16-le", errors="replace").rstrip("\0")


def torn_pages(elements: Iterable[Element | Content], text_of_page: Callable[[int], PageText]) -> frozenset[int]:
    """The pages whose tables the tree does not have completely, and the pages that a table shares with them."""
    known: dict[int, set[int]] = defaultdict(set)
    tables: list[dict[int, set[int]]] = []
    left_out: list[dict[int, set[int]]] = []
    for element in elements:
        _collect(element, known)
        tables += map(content_ids, _of_roles(element, frozenset({"Table"})))
        left_out += map(content_ids, _of_roles(element, LEFT_OUT))
    torn = {
        page for table in tables for page, ids in table.items() if _leaves_out(ids, known[page], text_of_page(page))
    }
    settled = _ids_by_page([*tables, *left_out])
    torn |= {page for page in known if _has_rows_outside(settled[page], text_of_page(page))}
    shared: set[int] = set()
    while torn != shared:
        shared = set(torn)
        torn.update(page for table in tables if torn & table.keys() for page in table)
    return frozenset(torn)


def _of_roles(element: Element | Content, roles: Collection[str]) -> Iterator[Element]:
    if isinstance(element, Element):
        if element.role in roles:
            yield element
        else:
            for kid in element.kids:
                yield from _of_roles(kid, roles)


def _ids_by_page(found: Iterable[dict[int, set[int]]]) -> dict[int, set[int]]:
    ids: dict[int, set[int]] = defaultdict(set)
    for by_page in found:
        for page, own in by_page.items():
            ids[page] |= own
    return ids


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


def _leaves_out(table: set[int], known: set[int], page: PageText) -> bool:
    """Whether text that is not in the tree is between the first and the last line of a table."""
    lines = [piece.base for marked_id in table for piece in _shown(page.marked.get(marked_id, []))]
    unknown = (piece for marked_id, pieces in page.marked.items() if marked_id not in known for piece in _shown(pieces))
    return bool(lines) and any(min(lines) < piece.base < max(lines) for piece in unknown)


def _has_rows_outside(known: set[int], page: PageText) -> bool:
    """Whether rows of figures are printed outside the tables that the tree knows: their cells may be paragraphs."""
    loose = [piece for marked_id, pieces in page.marked.items() if marked_id not in known for piece in pieces]
    lines: dict[int, list[Piece]] = defaultdict(list)
    for piece in _shown((*loose, *page.unmarked)):
        lines[round(piece.base)].append(piece)
    texts = (" ".join(piece.text.strip() for piece in sorted(line, key=_start)) for line in lines.values())
    return sum(figures_of_row(text) > 0 for text in texts) >= _ROWS_OF_TABLE


def _start(piece: Piece) -> float:
    return piece.start


def _shown(pieces: Iterable[Piece]) -> Iterator[Piece]:
    return (piece for piece in pieces if any(map(str.isalnum, piece.text)))
