"""What each source reader hands to the shared steps: a report's blocks in reading order, as printed.

A source reader knows one kind of file and nothing of headers, labels, notes or units; the shared steps know those and
nothing of files. Between them stand only these blocks.

In every text a line feed parts the lines that print breaks it into (the shared steps join them and mend hyphens), and a
raised digit or letter, which only a source can see, comes as a Unicode superscript (``bistånd²``). Where a line had no
room for one letter more, ``PROBABLE_BREAK`` before the line feed says that its last word may go on in the next line.
"""

from dataclasses import dataclass

PROBABLE_BREAK = "\u00ad"


@dataclass(frozen=True)
class PrintedCell:
    """One cell of a printed grid ("" = blank).

    ``doubt`` says in words why the text may be another one ("" = sure), ``alternatives`` which.
    """

    text: str
    row_span: int = 1
    col_span: int = 1
    doubt: str = ""
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True)
class GridRow:
    """A printed row; ``is_header`` is None where the source doesn't tell."""

    cells: tuple[PrintedCell, ...]
    page: int | None = None
    line: int | None = None
    is_header: bool | None = None


@dataclass(frozen=True)
class Grid:
    """A printed table, or the part of one that stands on one page.

    ``is_whole`` says that the source knows where tables begin and end, whatever pages they stand on.
    """

    rows: tuple[GridRow, ...]
    is_whole: bool = False


@dataclass(frozen=True)
class TextBlock:
    """A line or paragraph outside tables; ``heading_level`` (1 = outermost) only where the source marks headings."""

    text: str
    page: int | None = None
    line: int | None = None
    heading_level: int | None = None


@dataclass(frozen=True)
class Picture:
    """A picture on a page that may be a table."""

    page: int


Block = TextBlock | Grid
