"""Finds which columns each spanning header covers: by the rule below it, or by the edge that it is aligned to."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from ingest.reading.sources.horizontal_rules import Rule
from ingest.reading.sources.printed_columns import Column
from ingest.reading.sources.printed_lines import Line, Segment
from ingest.reading.vocabulary.column_headers import is_span_header
from ingest.reading.vocabulary.periods import is_period

# How far, in letter heights, a header may be from its alignment over its columns.
_ASIDE = 1.2
# How far, in letter heights, headers may end from the edge that they are aligned to.
_AT_EDGE = 0.25
# Pieces of a rule this close, in points, are one piece.
_TOUCH = 1.0
# No alignment is tried for more columns than this.
_MOST_COLUMNS = 16

Spans = dict[Segment, range]


def known_spans(header: Sequence[Line], columns: Sequence[Column], rules: Sequence[Rule]) -> Spans:
    """The columns of each header that a rule separates from those below, or that ends where its last column ends."""
    spans: Spans = {}
    for number, (line, below) in enumerate(pairwise(header), 1):
        spans.update(_spans_by_rule(line, below, columns, rules) or _spans_by_edge(line, header[number:], columns))
    return spans


def _spans_by_edge(line: Line, below: Sequence[Line], columns: Sequence[Column]) -> Spans:
    """The columns of headers that end where columns do, the last one at the last column, above or as periods.

    A blank above a header of another kind may just be the space above a header of one line.
    """
    headers = [segment for segment in line.segments if segment.x0 > columns[0].x1]
    inner = [_text_over(column, below) for column in columns[1:]]
    near = _AT_EDGE * line.size
    lasts = [number for header in headers for number in _ending(header, columns, near)]
    are_ends = len(lasts) == len(headers) > 1 and lasts[-1] == len(columns) - 1
    if not are_ends or not len(headers) < len(inner) or not all(inner):
        return {}
    blanks = [text for number, text in enumerate(inner, 1) if number not in lasts]
    are_levels = all(is_span_header(header.text) for header in headers) or all(map(is_period, blanks))
    spans = [range(a + 1, b + 1) for a, b in pairwise((0, *lasts))]
    return dict(zip(headers, spans, strict=True)) if are_levels else {}


def _text_over(column: Column, header: Sequence[Line]) -> str:
    over = (segment for line in header for segment in line.segments if column.overlap(segment.x0, segment.x1) > 0)
    return " ".join(segment.text for segment in over)


def _ending(header: Segment, columns: Sequence[Column], near: float) -> list[int]:
    return [number for number, column in enumerate(columns) if number and abs(column.x1 - header.x1) < near]


def _spans_by_rule(line: Line, below: Line, columns: Sequence[Column], rules: Sequence[Rule]) -> Spans:
    rule = next((rule for rule in rules if line.middle < rule.height < below.middle), None)
    if rule is None:
        return {}
    spans: Spans = {}
    for cells in _runs(rule, columns):
        x0, x1 = min(left for left, _ in cells.values()), max(right for _, right in cells.values())
        headers = [segment for segment in line.segments if x0 <= (segment.x0 + segment.x1) / 2 <= x1]
        if 0 < len(headers) < len(cells):
            spans.update(_shared_out(headers, cells, _ASIDE * line.size))
    return spans


def _runs(rule: Rule, columns: Sequence[Column]) -> Iterator[dict[int, tuple[float, float]]]:
    """The columns right of the labels that each piece of a rule covers without a gap, with its edges there."""
    run: dict[int, tuple[float, float]] = {}
    for number, column in enumerate(columns):
        centre = (column.x0 + column.x1) / 2
        piece = next((piece for piece in rule.pieces if piece[0] < centre < piece[1]), None)
        is_whole = piece is not None and piece in run.values()
        goes_on = piece is not None and run and (is_whole or piece[0] - run[number - 1][1] < _TOUCH)
        if run and not goes_on:
            yield run
            run = {}
        if piece and number:
            run = {**run, number: piece}
    if run:
        yield run


def _shared_out(headers: list[Segment], cells: dict[int, tuple[float, float]], aside: float) -> Spans:
    """Divide the columns among the headers so that all have the same alignment; {} if that is impossible."""
    numbers = list(cells)
    if len(headers) == 1:
        return {headers[0]: range(numbers[0], numbers[-1] + 1)}
    if len(numbers) > _MOST_COLUMNS:
        return {}
    best, least = {}, aside
    at_edges = [after for number, after in pairwise(numbers) if cells[number] != cells[after]]
    for cuts in combinations(at_edges, len(headers) - 1):
        spans = [range(a, b) for a, b in pairwise((numbers[0], *cuts, numbers[-1] + 1))]
        found = _misalignment(headers, [(cells[span[0]][0], cells[span[-1]][1]) for span in spans])
        if found < least:
            best, least = dict(zip(headers, spans, strict=True)), found
    return best


def _misalignment(headers: list[Segment], edges: list[tuple[float, float]]) -> float:
    """The largest distance of a header from its columns' left edge, right edge or centre."""
    lefts = [abs(header.x0 - x0) for header, (x0, _) in zip(headers, edges, strict=True)]
    rights = [abs(header.x1 - x1) for header, (_, x1) in zip(headers, edges, strict=True)]
    middles = [abs(header.x0 + header.x1 - x0 - x1) / 2 for header, (x0, x1) in zip(headers, edges, strict=True)]
    return min(max(lefts), max(rights), max(middles))
