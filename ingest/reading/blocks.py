"""The interface between source readers and the shared steps: a report's blocks in reading order, as printed.

A source reader knows one kind of file and nothing of labels, notes or units; the shared steps know those and nothing
of files. Only these blocks pass between them.

In every text, a line feed marks a printed line break (the shared steps join the lines and remove hyphens), and a raised
digit or letter, which only a source can see, is a Unicode superscript (``bistånd²``). If a line had no room for another
letter, ``PROBABLE_BREAK`` before the line feed says that its last word may continue on the next line.
"""

from dataclasses import dataclass

PROBABLE_BREAK = "\u00ad"


@dataclass(frozen=True)
class PrintedCell:
    """One cell of a printed grid ("" = blank).

    ``doubt`` explains why the text may be wrong ("" = certain), ``alternatives`` lists what else it may be.
    """

    text: str
    row_span: int = 1
    col_span: int = 1
    doubt: str = ""
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True)
class GridRow:
    """A printed row; ``is_header`` is None if the source doesn't say."""

    cells: tuple[PrintedCell, ...]
    page: int | None = None
    line: int | None = None
    is_header: bool | None = None


@dataclass(frozen=True)
class Grid:
    """A printed table, or the part of it that is on one page.

    ``is_whole`` says that the source knows where tables begin and end, across pages.
    """

    rows: tuple[GridRow, ...]
    is_whole: bool = False


@dataclass(frozen=True)
class TextBlock:
    """A line or paragraph outside tables; ``heading_level`` (1 = outermost) is only set if the source marks them."""

    text: str
    page: int | None = None
    line: int | None = None
    heading_level: int | None = None


@dataclass(frozen=True)
class Picture:
    """A picture on a page that may be a table."""

    page: int


@dataclass(frozen=True)
class PrintedWords:
    """Words printed side by side, or one of them, and how far they reach from left to right."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True)
class PrintedPage:
    """Everything printed on a page, line by line, before any table is looked for.

    ``place`` names the page, the sheet or the stretch of text. ``number`` is the page number, ``first_line`` and
    ``last_line`` are line numbers in the source, where there are any. ``letter`` is the width of a letter.
    """

    place: str
    lines: tuple[tuple[PrintedWords, ...], ...]
    number: int | None = None
    first_line: int | None = None
    last_line: int | None = None
    letter: float = 1.0


@dataclass(frozen=True)
class SkippedPage:
    """A page that draws more than the limits and is not read."""

    page: int


Block = TextBlock | Grid
