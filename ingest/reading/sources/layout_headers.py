"""The column headers of layout text, which may be a single space apart or shifted."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from ingest.reading.sources.layout_rows import Row, Words
from ingest.reading.sources.printed_lines import Line, text_of
from ingest.reading.sources.printed_words import Word
from ingest.reading.vocabulary.header_cells import header_cells
from ingest.reading.vocabulary.periods import is_period
from ingest.reading.vocabulary.print import is_sentence


@dataclass(frozen=True)
class Placed:
    """A line's label with the words right beside it, and its other cells by column."""

    label: tuple[Words, ...]
    cells: dict[int, Words]

    @property
    def parts(self) -> tuple[Words, ...]:
        """All parts from left to right."""
        return (*self.label, *self.cells.values())


def placed_headers(lines: dict[int, Line], rows: Sequence[Row], count: int) -> dict[int, Placed]:
    """The headers by column of each line that names all columns, or else of the lines above the rows combined."""
    whole = {number: header for number, line in lines.items() if (header := _placed_header(line, rows, count))}
    above = [] if whole else [number for number in lines if number < rows[0].number]
    for first in range(len(above)):
        block = above[first:]
        for level in zip(*(cells_of_header(lines[number], rows) for number in block), strict=True):
            stacks = _stacks([header for headers in level for header in headers])
            if len(stacks) == count:
                columns = {header: at for at, stack in enumerate(stacks) for header in stack}
                cells = {
                    number: {columns[header]: header for header in headers}
                    for number, headers in zip(block, level, strict=True)
                }
                return {number: _with_label(lines[number], own) for number, own in cells.items() if own}
    return whole


def glued_headers(lines: dict[int, Line], rows: Sequence[Row]) -> int:
    """The number of columns named above the rows where some headers are a single space apart."""
    for line in (line for number, line in lines.items() if number < rows[0].number):
        coarse, fine = cells_of_header(line, rows)[:2]
        if len(fine) > len(coarse) and all(_is_header_word(header[0]) for header in fine):
            return len(fine)
    return 0


def _placed_header(line: Line, rows: Sequence[Row], count: int) -> Placed | None:
    """The headers of a line by column, if it has this many."""
    headers = next((headers for headers in cells_of_header(line, rows) if len(headers) == count), None)
    return _with_label(line, dict(enumerate(headers))) if headers else None


def _with_label(line: Line, cells: dict[int, Words]) -> Placed:
    """A line's headers, and the header of the labels to their left."""
    first = min(header[0].x0 for header in cells.values())
    label = (tuple(word for word in segment.words if word.x1 <= first) for segment in line.segments)
    return Placed(tuple(filter(None, label)), cells)


def _stacks(headers: Sequence[Words]) -> list[list[Words]]:
    """Headers from left to right, with those above each other grouped."""
    stacks: list[list[Words]] = []
    for header in sorted(headers, key=lambda words: words[0].x0):
        if stacks and header[0].x0 < max(other[-1].x1 for other in stacks[-1]):
            stacks[-1].append(header)
        else:
            stacks.append([header])
    return stacks


def cells_of_header(line: Line, rows: Sequence[Row]) -> list[list[Words]]:
    """The headers right of the labels: as separated in print, and as separated by their words."""
    segments = () if is_sentence(line.text) else line.segments
    coarse = [segment.words for segment in segments]
    fine = [part for words in coarse for part in _separated(words)]
    labels = [row.label for row in rows if row.label]
    left = min((words[0].x0 for words in labels), default=-inf)
    end = min(max((words[-1].x1 for words in labels), default=0.0), min(row.first for row in rows))
    found = [
        [header for header in headers if header[0].x0 > left and header[-1].x1 > end] for headers in (coarse, fine)
    ]
    # Where words or codes are between labels and figures, the first headers may be theirs.
    between = max(len(row.names) for row in rows) - 1
    return [*found, *(headers[between:] for headers in found)] if between > 0 else found


def _is_header_word(word: Word) -> bool:
    return word.text[0].isupper() or is_period(word.text)


def _separated(words: Words) -> list[Words]:
    if all(is_period(word.text) for word in words):
        return [(word,) for word in words]
    parts: list[Words] = []
    start = 0
    for cell in header_cells([text_of(words)]):
        end = start + len(cell.split())
        parts.append(words[start:end])
        start = end
    return parts
