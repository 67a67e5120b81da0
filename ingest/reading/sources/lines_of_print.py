"""Takes down the print of rows of cells and of lines of text, independently of the readers that look for tables."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from ingest.reading.blocks import PrintedPage, PrintedWords
from ingest.reading.sources.layout_text import is_layout_text
from ingest.reading.sources.text import tree_from

# No cell has so many letters in a line that it reaches the place of the next one.
_CELL = 10_000
_LINES_OF_STRETCH = 100

PrintedLine = tuple[PrintedWords, ...]


def print_of_row(row: Mapping[int, str]) -> Iterator[PrintedLine]:
    """The lines of a row of cells, given by their columns."""
    cells = {column: text.split("\n") for column, text in sorted(row.items())}
    for number in range(max(map(len, cells.values()), default=0)):
        yield tuple(
            _words(lines[number], _CELL * column)
            for column, lines in cells.items()
            if number < len(lines) and lines[number].strip()
        )


def text_print(text: str) -> Iterator[PrintedPage]:
    """The print of a text: page by page if its columns are aligned, else a stretch of lines at a time.

    Of a text whose pages are followed by a dump of their structure tree, this is the pages' text.
    """
    lines = text.split("\n")
    if is_layout_text(lines):
        for number, page in enumerate(text.split("\f"), 1):
            yield PrintedPage(f"sida {number}", tuple(map(_in_columns, page.split("\n"))), number=number)
        return
    start = tree_from(lines)
    has_pages = any(any(map(str.isdigit, line)) for line in lines[:start])
    tree = [] if has_pages else [text for text, _ in groupby(map(str.strip, lines[start:]))]
    yield from _stretches([*lines[:start], *tree])


def _stretches(lines: Sequence[str]) -> Iterator[PrintedPage]:
    for first in range(0, len(lines), _LINES_OF_STRETCH):
        stretch = lines[first : first + _LINES_OF_STRETCH]
        last = first + len(stretch)
        printed = tuple(line for text in stretch for line in _print_of_line(text))
        yield PrintedPage(f"rad {first + 1}–{last}", printed, first_line=first + 1, last_line=last)


def _in_columns(line: str) -> PrintedLine:
    return (_words(line.strip(), len(line) - len(line.lstrip())),) if line.strip() else ()


def _print_of_line(line: str) -> Iterator[PrintedLine]:
    return print_of_row(dict(enumerate(line.split("\t")))) if "\t" in line.strip() else print_of_text(line)


def print_of_text(text: str) -> Iterator[PrintedLine]:
    """The lines of a text, its words placed from the end of their line, where the last cells of rows are."""
    for line in text.split("\n"):
        if line.strip():
            yield (_words(line.strip(), -len(line.strip())),)


def _words(text: str, x0: float) -> PrintedWords:
    return PrintedWords(text, x0, x0 + len(text))
