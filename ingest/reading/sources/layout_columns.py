"""Separates columns that are a single space apart in layout text, and restores rows that were squeezed.

``pdftotext -layout`` keeps the order of a row's cells, but where they don't fit it leaves one space between them and
shifts those after it. The rows of a table are therefore read together: first how many columns they have, then which
cell belongs to which column, by position and by the arithmetic of ``cells.solver``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import inf

from ingest.reading.cells.solver import BLANKS_ELSEWHERE, PARTED_OTHERWISE, Settled, settle_ways
from ingest.reading.cells.splits import Split
from ingest.reading.sources.layout_headers import Placed, cells_of_header, glued_headers, placed_headers
from ingest.reading.sources.layout_rows import Row, Way, Words, groups_of_rows
from ingest.reading.sources.printed_lines import Line, text_of
from ingest.reading.sources.straight_lines import is_askew, straightened
from ingest.reading.vocabulary.row_words import is_sum

_LINES_ABOVE = 3
_MOST_COLUMNS = 16
# Costs of a cell per letter that it is off its column, lower where the row may be squeezed, and of a blank
# cell.
_OFF_COLUMN, _OFF_SQUEEZED = 1.5, 0.3
_FARTHEST = 6.0
_BLANK = 3.0


def with_columns_parted(lines: Sequence[Line], width: float) -> list[Line]:
    """Return the lines of a page with each cell of a row of figures as a segment; ``width`` is that of a letter."""
    parted = list(lines)
    after = 0
    for rows in groups_of_rows(lines):
        headers = {number: lines[number] for number in _beside(rows) if number >= after}
        after = rows[-1].number + 1
        count = _count(rows, headers.values())
        is_blank = any(len(line.segments) > count + 1 for line in headers.values())
        named = placed_headers(headers, rows, count)
        if not named and (more := glued_headers(headers, rows)) > count:
            count, named = more, placed_headers(headers, rows, more)
        if not 1 < count <= _MOST_COLUMNS or is_blank or (len(rows) == 1 and not named):
            continue
        placed = _placed_rows(rows, named.values(), count, width)
        if is_askew(lines, placed, named):
            parted = straightened(parted, placed | named, width)
    return parted


def _beside(rows: Sequence[Row]) -> Iterator[int]:
    """Numbers of the lines above a table and between its rows, which may name its columns."""
    own = {row.number for row in rows}
    yield from (number for number in range(rows[0].number - _LINES_ABOVE, rows[-1].number) if number not in own)


def _count(rows: Sequence[Row], beside: Iterable[Line]) -> int:
    """How many columns are right of the labels: as the headers say, if rows can have that many, or as rows require."""
    headers = {len(cells) for line in beside for cells in cells_of_header(line, rows)}
    least = max(row.least for row in rows)

    def agreement(count: int) -> tuple[bool, int, int]:
        votes = sum((row.least <= count <= row.most) - (row.least > count) for row in rows)
        return count in headers and 2 * votes > len(rows), votes, -count

    return max({least, *headers}, key=agreement)


def _placed_rows(rows: Sequence[Row], headers: Iterable[Placed], count: int, width: float) -> dict[int, Placed]:
    ways = [row.ways(count) for row in rows]
    columns = _columns(ways, count)
    if not all(columns):
        columns = [[header.cells[at] for header in headers if at in header.cells] for at in range(count)]
    readings = [{split.cells: (split, way) for split, way in _splits(found, columns, width)} for found in ways]
    sums = [is_sum(text_of(row.label)) for row in rows]
    settled = settle_ways([[split for split, _ in known.values()] for known in readings], count, sums)
    placed: dict[int, Placed] = {}
    for row, chosen, known in zip(rows, settled, readings, strict=True):
        if chosen is not None:
            _, way = known[chosen.split.cells]
            filled = [place for place, text in enumerate(chosen.split.cells) if text]
            cells = {at: _marked_doubtful(cell, at, chosen) for at, cell in zip(filled, way.cells, strict=True)}
            placed[row.number] = Placed(way.names, cells)
    return placed


def _marked_doubtful(cell: Words, place: int, settled: Settled) -> Words:
    """A cell's words, marked as doubtful if the row may be divided otherwise or have its blanks elsewhere."""
    others = tuple({split.cells[place]: None for split in settled.others if split.cells[place] != text_of(cell)})
    if others:
        return tuple(replace(word, doubt=PARTED_OTHERWISE, alternatives=others) for word in cell)
    if settled.split.unplaced_blanks:
        return tuple(replace(word, doubt=BLANKS_ELSEWHERE) for word in cell)
    return cell


def _columns(ways: Sequence[Sequence[Way]], count: int) -> list[list[Words]]:
    """The cells known to be in each column: those of complete rows that can be read in only one way."""
    whole = [[way.cells for way in found if len(way.cells) == count] for found in ways]
    least = [min((len(way.cells) for way in found), default=0) for found in ways]
    sure = [found[0] for found, fewest in zip(whole, least, strict=True) if len(found) == 1 and fewest == count]
    sure = sure or [found[0] for found in whole if found]
    # Only where cells begin and end is compared, so one of each is enough.
    return [list({_extent(cells[place]): cells[place] for cells in sure}.values()) for place in range(count)]


def _extent(cell: Words) -> tuple[float, float]:
    return cell[0].x0, cell[-1].x1


def _splits(ways: Sequence[Way], columns: Sequence[Sequence[Words]], width: float) -> list[tuple[Split, Way]]:
    """The cells of each way in the columns where they fit best, from left to right."""
    if not all(columns):
        return []
    placed: list[tuple[Way, tuple[int, ...], list[float]]] = []
    for way in ways:
        distances = [
            [(_gap if at < way.given else _distance)(cell, column, width) for column in columns]
            for at, cell in enumerate(way.cells)
        ]
        places = _best_places(distances, len(columns))
        placed.append((way, places, [distances[at][place] for at, place in enumerate(places)]))
    is_straight = any(max(off) <= 1 for _, _, off in placed if off)
    for_letter = _OFF_COLUMN if is_straight else _OFF_SQUEEZED
    found = []
    for way, places, off in placed:
        texts = dict(zip(places, map(text_of, way.cells), strict=True))
        # A long label only shifts the numbers after it.
        moved = _OFF_SQUEEZED * sum(off[: way.given]) + for_letter * sum(off[way.given :])
        cost = way.cost + moved + _BLANK * (len(columns) - len(places))
        cells = tuple(texts.get(at, "") for at in range(len(columns)))
        found.append((Split(0, cells, cost, 0 if is_straight else cells.count("")), way))
    return found


def _best_places(distances: Sequence[Sequence[float]], columns: int) -> tuple[int, ...]:
    """The increasing columns that put the cells at the least total distance."""
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())] * (columns + 1)
    for at, own in enumerate(distances):
        longer: list[tuple[float, tuple[int, ...]]] = [(inf, ())] * (at + 1)
        for place in range(at, columns):
            before, places = best[place]
            longer.append(min(longer[-1], (before + own[place], (*places, place))))
        best = longer
    return best[-1][1]


def _distance(cell: Words, column: Sequence[Words], width: float) -> float:
    """How many letters a cell is off the nearest cell of the column, by its left or right edge."""
    off = (min(abs(cell[0].x0 - other[0].x0), abs(cell[-1].x1 - other[-1].x1)) for other in column)
    return min(min(off) / width, _FARTHEST)


def _gap(cell: Words, column: Sequence[Words], width: float) -> float:
    """How many letters are between the column and a cell that its label has shifted."""
    left, right = min(other[0].x0 for other in column), max(other[-1].x1 for other in column)
    return min(max(left - cell[-1].x1, cell[0].x0 - right, 0.0) / width, _FARTHEST)
