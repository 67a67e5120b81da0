"""Takes down the print of rows of cells and of lines of text, independently of the readers that look for tables."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from ingest.reading.blocks import PrintedPage, PrintedWords
from ingest.reading.sources.layout_text import is_layout_text
from ingest.reading.sources.text import tree_from

# No cell has so many letters in a line that it reaches the place of the next one.
_CELL = 10_000
# A stretch of a text has this many lines, and goes on until so many of them in a row have no figure.
_LINES_OF_STRETCH, _LINES_APART = 100, 5

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
    """Cut a text where some lines without figures end a stretch, so that no table is cut."""
    first, since = 0, 0
    for last, line in enumerate(lines, 1):
        since = 0 if any(map(str.isdigit, line)) else since + bool(line.strip())
        if last == len(lines) or (last - first >= _LINES_OF_STRETCH and since >= _LINES_APART):
            printed = tuple(words for text in lines[first:last] for words in _print_of_line(text))
            yield PrintedPage(f"rad {first + 1}–{last}", printed, first_line=first + 1, last_line=last)
            first = last


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
