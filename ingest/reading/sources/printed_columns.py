"""Finds where the columns of a table without ruled lines are, and which words belong to which."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from types import MappingProxyType

from ingest.reading.sources.printed_lines import Line, Segment
from ingest.reading.sources.printed_words import Word
from ingest.reading.vocabulary.column_headers import is_column_header
from ingest.reading.vocabulary.header_cells import header_cells
from ingest.reading.vocabulary.periods import YEAR
from ingest.reading.vocabulary.print import is_sentence
from ingest.reading.vocabulary.text_pieces import is_worded, pieces_of

# Entries of neighbouring columns may touch; those of one column mostly overlap.
_SAME_COLUMN = 0.25
# Entries this close, in letter heights, may belong to one unaligned column.
_CLOSE = 2.0
# More words than this, a single space apart, are not a label with figures beside it.
_WORDS_OF_REMARK = 10
_DATED_HEADER = re.compile(rf"[^\W\d]\D* {YEAR}")


# The columns that a header is known to cover.
KnownSpans = Mapping[Segment, Sequence[int]]


@dataclass(frozen=True)
class Column:
    """The extent of a column's widest entries, in points from the left."""

    x0: float
    x1: float

    def overlap(self, x0: float, x1: float) -> float:
        """How many points of a stretch are in the column."""
        return min(self.x1, x1) - max(self.x0, x0)


@dataclass(frozen=True)
class PlacedLine:
    """A line with its words by column; ``spans`` maps a first column to the number of columns that its words cover."""

    cells: dict[int, tuple[Word, ...]]
    top: float
    bottom: float
    has_figures: bool
    spans: dict[int, int] = field(default_factory=dict)

    @property
    def middle(self) -> float:
        """The vertical centre of the line."""
        return (self.top + self.bottom) / 2

    @property
    def covered(self) -> set[int]:
        """The columns that the line's words are in or cover."""
        return {number + offset for number in self.cells for offset in range(self.spans.get(number, 1))}

    @property
    def has_only_label(self) -> bool:
        """Whether nothing is right of the first column."""
        return set(self.cells) == {0}


def find_columns(rows: list[Line], others: Iterable[Line]) -> list[Column]:
    """The columns between the gaps that ``rows`` leave, and those that only a line of ``others`` fills."""
    others = list(others)
    columns = _whole(_covered(segment for line in rows for segment in line.segments), rows, others)
    for line in others:
        outside = _outside(line.segments, columns)
        # A line that names few columns is an outer level, whose headers are between the columns they cover.
        if len(line.segments) > 1 and 2 * (len(line.segments) - len(outside)) > len(columns) - 1:
            columns = _with(outside, columns)
    beyond = [segment for line in others for segment in line.segments if segment.x0 > columns[-1].x1]
    # Only a column's own header, perhaps centred on several lines, is right of everything in the rows.
    columns = _with(_outside(beyond, columns), columns) if len(beyond) > 1 else columns
    return _headed(columns, rows, others)


def _headed(columns: list[Column], rows: list[Line], header: list[Line]) -> list[Column]:
    """Join columns without a header to a neighbour with only a header: headers may be aligned at another edge."""
    headed = columns[:1]
    for column in columns[1:]:
        pair = (headed[-1], column)
        named, filled = (
            [_is_filled(one, other, lines) for one, other in (pair, pair[::-1])] for lines in (header, rows)
        )
        if len(headed) > 1 and sorted(zip(named, filled, strict=True)) == [(False, True), (True, False)]:
            headed[-1] = Column(headed[-1].x0, column.x1)
        else:
            headed.append(column)
    return headed


def _is_filled(column: Column, other: Column, lines: list[Line]) -> bool:
    """Whether something is in one column and not also over the other."""
    segments = [segment for line in lines for segment in line.segments]
    return any(column.overlap(s.x0, s.x1) > 0 >= other.overlap(s.x0, s.x1) for s in segments)


def _outside(segments: Iterable[Segment], columns: Sequence[Column]) -> list[Segment]:
    return [segment for segment in segments if all(column.overlap(segment.x0, segment.x1) < 0 for column in columns)]


def _with(segments: Iterable[Segment], columns: list[Column]) -> list[Column]:
    return sorted([*columns, *_covered(segments)], key=lambda column: column.x0)


def _whole(columns: list[Column], rows: list[Line], header: list[Line]) -> list[Column]:
    """Join close columns if no row fills more than one and no header names both."""
    whole = columns[:2]
    for column in columns[2:]:
        pair = (whole[-1], column)
        is_close = column.x0 - whole[-1].x1 < _CLOSE * rows[0].size
        if is_close and not any(_fills_both(line, pair) for line in (*rows, *header)):
            whole[-1] = Column(whole[-1].x0, max(whole[-1].x1, column.x1))
        else:
            whole.append(column)
    return whole


def _fills_both(line: Line, pair: tuple[Column, Column]) -> bool:
    return all(any(column.overlap(s.x0, s.x1) > 0 for s in line.segments) for column in pair) and not any(
        all(column.overlap(s.x0, s.x1) > 0 for column in pair) for s in line.segments
    )


def fits(line: Line, columns: Sequence[Column]) -> bool:
    """Whether the figures of a line are in columns of their own, right of the first."""
    numbers = [
        number
        for segment in line.figures
        for number, column in enumerate(columns)
        if column.overlap(segment.x0, segment.x1) > 0
    ]
    return len(numbers) == len(line.figures) == len(set(numbers)) and 0 not in numbers


def place_headers(lines: Iterable[Line], columns: Sequence[Column], known: KnownSpans) -> list[PlacedLine]:
    """The lines of a header, where text below the headers of a line above continues them.

    ``known`` are the columns of headers that are known to cover several.
    """
    placed: list[PlacedLine] = []
    for line in lines:
        above = [
            (word, number)
            for header in placed
            for number, words in header.cells.items()
            for word in words
            if header.spans.get(number, 1) == 1
        ]
        placed.append(place(line, columns, above, known))
    return placed


def place(
    line: Line,
    columns: Sequence[Column],
    above: Sequence[tuple[Word, int]] = (),
    known: KnownSpans = MappingProxyType({}),
) -> PlacedLine:
    """Assign each segment of a line to its column; one over several columns is split if it consists of their parts.

    ``above`` are the words of the header lines above with their columns, ``known`` those of known spanning headers.
    """
    cells: dict[int, list[Word]] = {}
    spans: dict[int, int] = {}
    nearest = [list(known.get(segment, ())) or _touched(line, segment, columns, above) for segment in line.segments]
    taken = {number for touched in nearest for number in touched}
    for segment, touched in zip(line.segments, nearest, strict=True):
        parts = [(touched[0], segment.words)]
        if segment not in known:
            touched = _widened(touched, len(_cells_by_words(segment.text)), len(columns), taken)
            parts = _header_parts(segment, touched, above) or _parts(segment, touched, columns)
        if len(parts) == 1 and len(touched) > 1 and touched[0] > 0:
            spans[touched[0]] = len(touched)
        for number, words in parts:
            cells.setdefault(number, []).extend(words)
    return PlacedLine(
        {number: tuple(words) for number, words in sorted(cells.items())},
        line.top,
        line.bottom,
        any(segment.x1 > columns[0].x1 for segment in line.figures),
        spans,
    )


def _covered(segments: Iterable[Segment]) -> list[Column]:
    columns: list[Column] = []
    for segment in sorted(segments, key=lambda segment: segment.x0):
        narrower = min(segment.x1 - segment.x0, columns[-1].x1 - columns[-1].x0) if columns else 0.0
        if columns and columns[-1].overlap(segment.x0, segment.x1) > _SAME_COLUMN * narrower:
            columns[-1] = Column(columns[-1].x0, max(columns[-1].x1, segment.x1))
        else:
            columns.append(Column(segment.x0, segment.x1))
    return columns


def _touched(line: Line, segment: Segment, columns: Sequence[Column], above: Sequence[tuple[Word, int]]) -> list[int]:
    """The columns that a segment overlaps; or else that of the header above it, or else the nearest."""
    overlaps = [column.overlap(segment.x0, segment.x1) for column in columns]
    touched = [number for number, overlap in enumerate(overlaps) if overlap > 0]
    under = {number for header, number in above if min(segment.x1, header.x1) > max(segment.x0, header.x0)}
    if touched or len(under) == 1:
        return touched or list(under)
    # Text beside a label refers to a column of figures.
    first = 0 if segment is line.segments[0] or len(columns) == 1 else 1
    return _around(segment, columns) or [overlaps.index(max(overlaps[first:]), first)]


def _widened(touched: list[int], cells: int, columns: int, taken: set[int]) -> list[int]:
    """The columns that a segment of this many cells covers: those that it touches and free ones beside them."""
    free = (touched[-1] + 1, touched[0] - 1)
    beside = [number for number in free if 0 < number < columns and number not in taken]
    return sorted([*touched, beside[0]]) if len(touched) + 1 == cells and beside else touched


def _around(segment: Segment, columns: Sequence[Column]) -> list[int]:
    """The two columns that a segment is centred between."""
    for left in range(1, len(columns) - 1):
        before, after = segment.x0 - columns[left].x1, columns[left + 1].x0 - segment.x1
        if before > 0 and after > 0 and abs(before - after) < segment.words[0].size:
            return [left, left + 1]
    return []


def _parts(segment: Segment, touched: list[int], columns: Sequence[Column]) -> list[tuple[int, tuple[Word, ...]]]:
    """The whole segment in its first column, or cut between columns if each part is aligned to its own."""
    is_remark = touched[0] == 0 and (is_sentence(segment.text) or len(segment.words) >= _WORDS_OF_REMARK)
    if is_remark or _DATED_HEADER.fullmatch(segment.text):
        return [(touched[0], segment.words)]
    cuts = [0]
    for left, right in pairwise(touched):
        middle = (columns[left].x1 + columns[right].x0) / 2
        cuts.append(sum((word.x0 + word.x1) / 2 < middle for word in segment.words))
    cuts.append(len(segment.words))
    parts = [(number, segment.words[a:b]) for number, (a, b) in zip(touched, pairwise(cuts), strict=True)]
    if len(parts) > 1 and all(words and _is_aligned(words, columns[number]) for number, words in parts):
        return parts
    return [(touched[0], segment.words)]


def _header_parts(
    segment: Segment, touched: list[int], above: Sequence[tuple[Word, int]]
) -> list[tuple[int, tuple[Word, ...]]]:
    """The headers and grades of a segment that are a space apart, found by their words or by the headers above."""
    cells = _cells_by_words(segment.text)
    if 1 < len(cells) == len(touched):
        ends = [0, *accumulate(map(len, cells))]
        return [(number, segment.words[a:b]) for number, (a, b) in zip(touched, pairwise(ends), strict=True)]
    under = [
        max(((_shared(word, header), number) for header, number in above), default=(0.0, 0)) for word in segment.words
    ]
    numbers = sorted({number for _, number in under})
    if len(numbers) < 2 or any(shared <= 0 for shared, _ in under):
        return []
    pairs = list(zip(under, segment.words, strict=True))
    return [(number, tuple(word for (_, own), word in pairs if own == number)) for number in numbers]


def _shared(word: Word, header: Word) -> float:
    return min(word.x1, header.x1) - max(word.x0, header.x0)


def _cells_by_words(text: str) -> list[list[str]]:
    """The words of each cell in a text that consists of column headers or of grades only; [] for other texts."""
    headers, pieces = header_cells([text]), pieces_of(text)
    if all(map(is_column_header, headers)):
        return [header.split() for header in headers]
    return [piece.split() for piece in pieces] if all(map(is_worded, pieces)) else []


def _is_aligned(words: tuple[Word, ...], column: Column) -> bool:
    """Whether words are aligned with the column's entries at the left, at the right or at the centre."""
    x0, x1, near = words[0].x0, words[-1].x1, 0.8 * words[0].size
    centre = abs((x0 + x1) - (column.x0 + column.x1)) / 2
    return min(abs(x0 - column.x0), abs(x1 - column.x1), centre) < near
