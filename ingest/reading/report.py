"""Reads a whole report: its blocks with the source for its kind of file, its tables with the shared steps."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.document import Doubt, PageBalance, Table
from ingest.errors import InputRefusedError, ReaderFaultError
from ingest.reading.balance.strike import struck_balance
from ingest.reading.blocks import Block, Grid, Picture, PrintedPage, SkippedPage, TextBlock
from ingest.reading.limits import MOST_CELLS, MOST_CHARACTERS, MOST_DRAWN, MOST_DRAWN_SV, MOST_LINES, check_number
from ingest.reading.sources.choice import report_blocks
from ingest.reading.tables.assembly import assemble
from ingest.reading.tables.broken_words import with_whole_words
from ingest.reading.vocabulary.row_words import figures_of_row, is_header_of_words, with_place

_PICTURE = "a picture that may be a table; what it shows is not read"
_OPEN_REASON = "tal hamnade ingenstans: leta efter en tabell som inte är läst"
_PICTURE_REASON = "En bild kan vara en tabell och är inte läst: sidan"
_SKIPPED = f"a page that draws more than {MOST_DRAWN} and is not read"
_SKIPPED_REASON = f"Sidan har mer än {MOST_DRAWN_SV} och är inte läst: sidan"


@dataclass(frozen=True)
class Reading:
    """The result of reading a report: its tables, the places that the reader is unsure of, its lines outside tables.

    ``cover`` are the lines of the first page that has any, or None if the source knows no pages. ``unread`` are the
    lines that read as rows of figures or as column headers of words, each after its page or line number if known: rows,
    or whole tables, that were not recognised. A picture that may be a table and a page that is not read are
    doubts at ``(0, page, 0)``. ``balance`` says where the figures of each page went; if several of them went
    nowhere, that is a doubt at ``(0, place in the balance, 1)``.
    """

    tables: tuple[Table, ...]
    doubts: dict[tuple[int, int, int], Doubt] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    cover: tuple[str, ...] | None = None
    unread: tuple[str, ...] = ()
    balance: tuple[PageBalance, ...] = ()

    @property
    def figures(self) -> int:
        """How many cells hold a digit."""
        cells = (cell for table in self.tables for row in table.rows for cell in row.cells)
        return sum(any(character.isdigit() for character in cell) for cell in cells)


def read_report(path: Path, on_page: Callable[[int, int], None], known_labels: Collection[str] = ()) -> Reading:
    """Read the tables of a report; ``on_page`` is called with each page number and the page count.

    ``known_labels`` are texts that occur in reports and help to recognise broken words. Raises InputRefusedError for a
    file that can't be read or has nothing to read or to settle, and ReaderFaultError for an error in the reader itself.
    """
    lines: list[str] = []
    unread: list[str] = []
    pages: dict[int, list[str]] = {}
    pictures: list[Picture] = []
    printed: list[PrintedPage] = []
    skipped: list[SkippedPage] = []
    reached = 0

    def on_reached(page: int, pages: int) -> None:
        nonlocal reached
        reached = page
        on_page(page, pages)

    try:
        collected = _only_blocks(report_blocks(path, on_reached), pictures, printed, skipped)
        blocks = with_whole_words(_within_limits(path, collected), known_labels)
        tables, doubts = assemble(_collecting_lines(blocks, lines, pages, unread), unread)
        not_read = {page.page for page in skipped}
        read = [page for page in printed if page.number not in not_read]
        balance = struck_balance(read, tables, doubts, [picture.page for picture in pictures])
    except (InputRefusedError, MemoryError):
        raise
    except Exception as error:
        raise ReaderFaultError(path, reached, error) from error
    if not tables and not pictures and not skipped:
        raise InputRefusedError(path, "has no readable table.", "Check that it is the right file.")
    doubts |= {(0, page.page, 0): Doubt(f"{_SKIPPED_REASON} {page.page}") for page in skipped}
    unread += (with_place(_SKIPPED, page.page, None) for page in skipped)
    with_picture = sorted({picture.page for picture in pictures})
    doubts |= {(0, page, 0): Doubt(f"{_PICTURE_REASON} {page}") for page in with_picture}
    doubts |= _doubts_of_open_pages(balance)
    unread += (with_place(_PICTURE, page, None) for page in with_picture)
    cover = tuple(pages[min(pages)]) if pages else None
    return Reading(tables, doubts, tuple(lines), cover, tuple(unread), balance)


def _doubts_of_open_pages(balance: Sequence[PageBalance]) -> dict[tuple[int, int, int], Doubt]:
    return {
        (0, number, 1): Doubt(f"{page.unaccounted} {_OPEN_REASON} ({page.place})")
        for number, page in enumerate(balance, 1)
        if page.is_open
    }


def _only_blocks(
    items: Iterable[Block | Picture | PrintedPage | SkippedPage],
    pictures: list[Picture],
    printed: list[PrintedPage],
    skipped: list[SkippedPage],
) -> Iterator[Block]:
    """Pass the blocks on, collecting the pictures, the print of the pages and the pages that are not read."""
    for item in items:
        if isinstance(item, Picture):
            pictures.append(item)
        elif isinstance(item, PrintedPage):
            printed.append(item)
        elif isinstance(item, SkippedPage):
            skipped.append(item)
        else:
            yield item


def _within_limits(path: Path, blocks: Iterable[Block]) -> Iterator[Block]:
    """Pass the blocks on; raises InputRefusedError if there are more than any report has."""
    cells = lines = 0
    for block in blocks:
        if isinstance(block, Grid):
            cells += sum(len(row.cells) for row in block.rows)
            check_number(path, cells, MOST_CELLS, "cells in its tables")
            longest = max((len(cell.text) for row in block.rows for cell in row.cells), default=0)
        else:
            lines += 1
            check_number(path, lines, MOST_LINES, "lines of text")
            longest = len(block.text)
        check_number(path, longest, MOST_CHARACTERS, "characters in one paragraph or cell")
        yield block


def _collecting_lines(
    blocks: Iterable[Block], lines: list[str], pages: dict[int, list[str]], unread: list[str]
) -> Iterator[Block]:
    """Pass the blocks on, collecting their lines of text, also by page, and separately those that read as rows."""
    for block in blocks:
        if isinstance(block, TextBlock):
            lines += block.text.split("\n")
            if block.page is not None:
                pages.setdefault(block.page, []).extend(block.text.split("\n"))
            is_marked = block.heading_level is not None
            said = () if is_marked else block.text.split("\n")
            found = (line for line in said if figures_of_row(line) or is_header_of_words(line))
            unread += (with_place(line, block.page, block.line) for line in found)
        yield block
