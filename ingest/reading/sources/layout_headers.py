"""The heads of columns in layout text, where print may have left a single space between them or moved them."""

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
    """A line's label, with the cells of words right beside it, and its other cells by column."""

    label: tuple[Words, ...]
    cells: dict[int, Words]

    @property
    def parts(self) -> tuple[Words, ...]:
        """All from left to right."""
        return (*self.label, *self.cells.values())


def placed_headers(lines: dict[int, Line], rows: Sequence[Row], count: int) -> dict[int, Placed]:
    """The heads by column of each line that names all columns, else of the lines above the rows that do together."""
    whole = {number: head for number, line in lines.items() if (head := _placed_header(line, rows, count))}
    above = [] if whole else [number for number in lines if number < rows[0].number]
    for first in range(len(above)):
        block = above[first:]
        for told in zip(*(head_cells(lines[number], rows) for number in block), strict=True):
            stacks = _stacks([head for heads in told for head in heads])
            if len(stacks) == count:
                columns = {head: at for at, stack in enumerate(stacks) for head in stack}
                cells = {
                    number: {columns[head]: head for head in heads} for number, heads in zip(block, told, strict=True)
                }
                return {number: _with_label(lines[number], own) for number, own in cells.items() if own}
    return whole


def glued_headers(lines: dict[int, Line], rows: Sequence[Row]) -> int:
    """How many columns the lines above the rows name where print has left one space between some of the heads."""
    for line in (line for number, line in lines.items() if number < rows[0].number):
        coarse, fine = head_cells(line, rows)[:2]
        if len(fine) > len(coarse) and all(_is_header_word(head[0]) for head in fine):
            return len(fine)
    return 0


def _placed_header(line: Line, rows: Sequence[Row], count: int) -> Placed | None:
    """The heads of a line by column, if it has as many."""
    heads = next((heads for heads in head_cells(line, rows) if len(heads) == count), None)
    return _with_label(line, dict(enumerate(heads))) if heads else None


def _with_label(line: Line, cells: dict[int, Words]) -> Placed:
    """A line's heads, and left of them what heads the labels."""
    first = min(head[0].x0 for head in cells.values())
    label = (tuple(word for word in segment.words if word.x1 <= first) for segment in line.segments)
    return Placed(tuple(filter(None, label)), cells)


def _stacks(heads: Sequence[Words]) -> list[list[Words]]:
    """Heads from left to right, those together that stand over each other."""
    stacks: list[list[Words]] = []
    for head in sorted(heads, key=lambda words: words[0].x0):
        if stacks and head[0].x0 < max(other[-1].x1 for other in stacks[-1]):
            stacks[-1].append(head)
        else:
            stacks.append([head])
    return stacks


def head_cells(line: Line, rows: Sequence[Row]) -> list[list[Words]]:
    """The heads right of the labels: as print parts them, and as their words tell."""
    segments = () if is_sentence(line.text) else line.segments
    coarse = [segment.words for segment in segments]
    fine = [part for words in coarse for part in _told_apart(words)]
    labels = [row.label for row in rows if row.label]
    left = min((words[0].x0 for words in labels), default=-inf)
    end = min(max((words[-1].x1 for words in labels), default=0.0), min(row.first for row in rows))
    told = [[head for head in heads if head[0].x0 > left and head[-1].x1 > end] for heads in (coarse, fine)]
    # Where words or codes stand between labels and figures, the first heads may be theirs.
    between = max(len(row.names) for row in rows) - 1
    return [*told, *(heads[between:] for heads in told)] if between > 0 else told


def _is_header_word(word: Word) -> bool:
    return word.text[0].isupper() or is_period(word.text)


def _told_apart(words: Words) -> list[Words]:
    if all(is_period(word.text) for word in words):
        return [(word,) for word in words]
    parts: list[Words] = []
    start = 0
    for cell in header_cells([text_of(words)]):
        end = start + len(cell.split())
        parts.append(words[start:end])
        start = end
    return parts
