"""Joins the parts of a table that a page break has cut, by their content, whatever source they came from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.document import Doubt, Table
from ingest.reading.blocks import PrintedCell
from ingest.reading.tables.grid_parts import BLANK, FullRow, GridParts
from ingest.reading.tables.label_columns import width_of_labels
from ingest.reading.vocabulary.notes import is_note
from ingest.reading.vocabulary.print import is_sentence, is_value
from ingest.reading.vocabulary.units import states_only_unit

_LONGEST_REMARK = 120
_MOST_NAMES = 2
_LONGEST_NAME = 60
_FIRST_ON_PAGE = "Raden stod mellan två delar av tabellen, utan tal: den kan vara namnet på en ny tabell"


@dataclass
class PlacedGrid:
    """A grid taken apart, with its section and name and the lines that follow it.

    ``begins_page`` says that no line is above it on its page; ``is_apart`` that the source separates whole tables and
    has text between this one and the one before.
    """

    parts: GridParts
    section: str
    title: str
    below: list[str] = field(default_factory=list)
    begins_page: bool = False
    is_apart: bool = False


def joined_over_pages(placed: Iterable[PlacedGrid]) -> Iterator[PlacedGrid]:
    """Join a table that continues after a page break, with or without a repeated header, to its beginning."""
    before: PlacedGrid | None = None
    for piece in placed:
        if before is not None and goes_on(before, fitted := _with_label_columns(before, piece)):
            before = _one(before, fitted)
            continue
        if before is not None:
            yield before
        before = piece
    if before is not None:
        yield before


def _with_label_columns(before: PlacedGrid, piece: PlacedGrid) -> PlacedGrid:
    """Give a part without a header the label columns that none of its rows fills: sums have no code."""
    missing = before.parts.width - piece.parts.width
    if piece.parts.header or missing <= 0 or not before.parts.header:
        return piece
    headers = [" ".join(texts) for texts in zip(*(row.texts for row in before.parts.header), strict=True)]
    if width_of_labels(headers, before.parts.body) != missing + 1:
        return piece
    body = tuple(replace(row, cells=(*[BLANK] * missing, *row.cells)) for row in piece.parts.body)
    return replace(piece, parts=replace(piece.parts, body=body))


def goes_on(before: PlacedGrid, piece: PlacedGrid) -> bool:
    """Whether a piece holds the next rows of a table."""
    if before.section != piece.section or not piece.parts.body:
        return False
    if before.parts.width != piece.parts.width or not before.parts.header:
        return False
    changes_page = _changes_page(before, piece)
    if not piece.parts.header:
        # Titles without a header below them are the sub-headings of the next rows.
        is_led_in = bool(piece.parts.titles) or not _is_remark(before.below)
        are_names = _is_remark(before.below) or _are_names(before.below)
        return are_names and (changes_page or not is_led_in)
    is_same_header = [row.texts for row in before.parts.header] == [row.texts for row in piece.parts.header]
    return is_same_header and changes_page and not piece.parts.titles and _is_remark(before.below)


def _is_remark(lines: Sequence[str]) -> bool:
    """Whether there is only a remark on the last row between two pieces: no name, and no paragraph of text."""
    text = " ".join(lines)
    return not text or (is_sentence(text) and len(text) <= _LONGEST_REMARK)


def _are_names(lines: Sequence[str]) -> bool:
    """Whether lines may be rows without figures: short, and not a sentence, note, unit or figure."""
    if len(lines) > _MOST_NAMES or any(len(line) > _LONGEST_NAME for line in lines):
        return False
    return not any(line.endswith(".") or is_note(line) or states_only_unit(line) or is_value(line) for line in lines)


def _changes_page(before: PlacedGrid, piece: PlacedGrid) -> bool:
    """Two tables with one header on a page are separate; so are tables of a source without pages that joins breaks."""
    if not before.parts.body:
        return True
    last, first = before.parts.body[-1].page, (*piece.parts.header, *piece.parts.body)[0].page
    return last is not None and first is not None and last != first


def _one(before: PlacedGrid, piece: PlacedGrid) -> PlacedGrid:
    names = [] if _is_remark(before.below) else [PrintedCell(line, doubt=_FIRST_ON_PAGE) for line in before.below]
    names += [PrintedCell(title) for title in piece.parts.titles if not states_only_unit(title)]
    headings = tuple(_heading(name, piece) for name in names)
    parts = replace(before.parts, body=before.parts.body + headings + piece.parts.body)
    return replace(before, parts=parts, below=piece.below)


def _heading(name: PrintedCell, piece: PlacedGrid) -> FullRow:
    return replace(piece.parts.body[0], cells=(name, *[BLANK] * (piece.parts.width - 1)))


Doubts = dict[tuple[int, int, int], Doubt]

_REASON = "Tabellen har samma rubriker som den på nästa eller förra sidan: de kan vara en och samma tabell"


def doubts_of_page_breaks(before: Table | None, table: Table, *, begins_page: bool) -> Doubts:
    """Mark all headers of two tables with the same ones if the second, on a later page, has no name there.

    The last line of the page before may be a row without figures. If a line above the first table was taken for part of
    a header, its headers only end alike.
    """
    if before is None or before.page is None or table.page is None or table.page <= before.page:
        return {}
    is_unnamed = begins_page or table.title == before.title or before.section.endswith(table.title)
    headers, others = ([column.header for column in one.columns if column.header] for one in (before, table))
    if before.section != table.section or not is_unnamed or len(headers) != len(others):
        return {}
    if not all(header.endswith(other) for header, other in zip(headers, others, strict=True)):
        return {}
    names, other_names = ({row.label for row in one.rows} for one in (before, table))
    if 2 * len(names & other_names) > min(len(names), len(other_names)) > 1:
        return {}  # A form that is filled in again on each page.
    places = ((one.table_no, 0, col_no) for one in (before, table) for col_no in range(1, len(one.columns) + 1))
    return dict.fromkeys(places, Doubt(_REASON))
