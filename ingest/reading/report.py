"""Reads a whole report: its blocks by the source that fits the file, its tables by the shared steps."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.document import Doubt, Table
from ingest.errors import InputRefusedError, ReaderFaultError
from ingest.reading.blocks import Block, Picture, TextBlock
from ingest.reading.sources.choice import report_blocks
from ingest.reading.tables.assembly import assemble
from ingest.reading.tables.broken_words import with_whole_words
from ingest.reading.vocabulary.row_words import figures_of_row, is_header_of_words, with_place

_PICTURE = "a picture that may be a table; what it shows is not read"
_PICTURE_REASON = "En bild kan vara en tabell och är inte läst: sidan"


@dataclass(frozen=True)
class Reading:
    """What was read from a report: its tables, the places that the reader is unsure of, its lines outside tables.

    ``unread`` are those of the lines that read as rows of figures or head columns of words, each after its page or line
    where the source knows it: rows, or whole tables, that were not found to be any. A picture that may be a table is a
    doubt on a place without table: ``(0, page, 0)``.
    """

    tables: tuple[Table, ...]
    doubts: dict[tuple[int, int, int], Doubt] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def figures(self) -> int:
        """How many cells hold a digit."""
        cells = (cell for table in self.tables for row in table.rows for cell in row.cells)
        return sum(any(character.isdigit() for character in cell) for cell in cells)


def read_report(path: Path, on_page: Callable[[int, int], None], known_labels: Collection[str] = ()) -> Reading:
    """Read the tables of a report; ``on_page`` is told each page's number and how many pages there are.

    ``known_labels`` are texts that reports print, by which a word that print has broken is known again.
    Raises InputRefusedError for a file that can't be read or that holds neither table nor picture of one,
    ReaderFaultError where reading it shows a fault of the reader.
    """
    lines: list[str] = []
    unread: list[str] = []
    pictures: list[Picture] = []
    reached = 0

    def on_reached(page: int, pages: int) -> None:
        nonlocal reached
        reached = page
        on_page(page, pages)

    try:
        blocks = with_whole_words(_without_pictures(report_blocks(path, on_reached), pictures), known_labels)
        tables, doubts = assemble(_listened_to(blocks, lines, unread), unread)
    except InputRefusedError:
        raise
    except Exception as error:
        raise ReaderFaultError(path, reached, error) from error
    if not tables and not pictures:
        raise InputRefusedError(path, "has no table that can be read.", "Check that it is the right file.")
    pages = sorted({picture.page for picture in pictures})
    doubts |= {(0, page, 0): Doubt(f"{_PICTURE_REASON} {page}") for page in pages}
    unread += (with_place(_PICTURE, page, None) for page in pages)
    return Reading(tables, doubts, tuple(lines), tuple(unread))


def _without_pictures(blocks: Iterable[Block | Picture], pictures: list[Picture]) -> Iterator[Block]:
    """Pass the blocks on, and keep the pictures that go by."""
    for block in blocks:
        if isinstance(block, Picture):
            pictures.append(block)
        else:
            yield block


def _listened_to(blocks: Iterable[Block], lines: list[str], unread: list[str]) -> Iterator[Block]:
    """Pass the blocks on, and keep the lines of text that go by, apart those that read as rows."""
    for block in blocks:
        if isinstance(block, TextBlock):
            lines += block.text.split("\n")
            is_marked = block.heading_level is not None
            said = () if is_marked else block.text.split("\n")
            found = (line for line in said if figures_of_row(line) or is_header_of_words(line))
            unread += (with_place(line, block.page, block.line) for line in found)
        yield block
