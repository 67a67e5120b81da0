"""Tells which columns each head of an outer level is said of: by the rule below it, or by the edge it is aligned at."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from ingest.reading.sources.horizontal_rules import Rule
from ingest.reading.sources.printed_columns import Column
from ingest.reading.sources.printed_lines import Line, Segment
from ingest.reading.vocabulary.column_headers import is_span_header
from ingest.reading.vocabulary.periods import is_period

# How far, in letter heights, a head may stand from where it is aligned over its columns.
_ASIDE = 1.2
# How far, in letter heights, heads end from the edge that they are aligned at.
_AT_EDGE = 0.25
# Pieces of a rule this close, in points, go on with each other.
_TOUCH = 1.0
# More heads over more columns than this are not tried.
_MOST_COLUMNS = 16

Heads = dict[Segment, range]


def told_spans(header: Sequence[Line], columns: Sequence[Column], rules: Sequence[Rule]) -> Heads:
    """The columns of each head that a rule parts from the line of heads below it, or that ends where its last does."""
    spans: Heads = {}
    for line, below in pairwise(header):
        spans.update(_spans_by_rule(line, below, columns, rules) or _spans_by_edge(line, below, columns))
    return spans


def _spans_by_edge(line: Line, below: Line, columns: Sequence[Column]) -> Heads:
    """The columns of heads that end where columns do, the last where the last one does, over periods or as periods.

    A blank over a head of another kind may as well be the room above a head of one line.
    """
    heads = [segment for segment in line.segments if segment.x0 > columns[0].x1]
    inner = [segment for segment in below.segments if segment.x0 > columns[0].x1]
    near = _AT_EDGE * line.size
    lasts = [number for head in heads for number in _ending(head, columns, near)]
    are_ends = len(lasts) == len(heads) > 1 and lasts[-1] == len(columns) - 1
    if not are_ends or not len(heads) < len(inner) == len(columns) - 1:
        return {}
    blanks = [segment.text for number, segment in enumerate(inner, 1) if number not in lasts]
    are_levels = all(is_span_header(head.text) for head in heads) or all(map(is_period, blanks))
    spans = [range(a + 1, b + 1) for a, b in pairwise((0, *lasts))]
    return dict(zip(heads, spans, strict=True)) if are_levels else {}


def _ending(head: Segment, columns: Sequence[Column], near: float) -> list[int]:
    return [number for number, column in enumerate(columns) if number and abs(column.x1 - head.x1) < near]


def _spans_by_rule(line: Line, below: Line, columns: Sequence[Column], rules: Sequence[Rule]) -> Heads:
    rule = next((rule for rule in rules if line.middle < rule.height < below.middle), None)
    if rule is None:
        return {}
    spans: Heads = {}
    for cells in _runs(rule, columns):
        x0, x1 = min(left for left, _ in cells.values()), max(right for _, right in cells.values())
        heads = [segment for segment in line.segments if x0 <= (segment.x0 + segment.x1) / 2 <= x1]
        if 0 < len(heads) < len(cells):
            spans.update(_shared_out(heads, cells, _ASIDE * line.size))
    return spans


def _runs(rule: Rule, columns: Sequence[Column]) -> Iterator[dict[int, tuple[float, float]]]:
    """The columns right of the labels that a rule goes on under without a gap, with the edges of its piece there."""
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


def _shared_out(heads: list[Segment], cells: dict[int, tuple[float, float]], aside: float) -> Heads:
    """The columns shared out to the heads so that all are aligned over theirs in the same way; {} if none are so."""
    numbers = list(cells)
    if len(heads) == 1:
        return {heads[0]: range(numbers[0], numbers[-1] + 1)}
    if len(numbers) > _MOST_COLUMNS:
        return {}
    best, least = {}, aside
    for cuts in combinations(numbers[1:], len(heads) - 1):
        spans = [range(a, b) for a, b in pairwise((numbers[0], *cuts, numbers[-1] + 1))]
        found = _misalignment(heads, [(cells[span[0]][0], cells[span[-1]][1]) for span in spans])
        if found < least:
            best, least = dict(zip(heads, spans, strict=True)), found
    return best


def _misalignment(heads: list[Segment], edges: list[tuple[float, float]]) -> float:
    """How far the head that is furthest aside is from its columns' left edge, right edge or middle."""
    lefts = [abs(head.x0 - x0) for head, (x0, _) in zip(heads, edges, strict=True)]
    rights = [abs(head.x1 - x1) for head, (_, x1) in zip(heads, edges, strict=True)]
    middles = [abs(head.x0 + head.x1 - x0 - x1) / 2 for head, (x0, x1) in zip(heads, edges, strict=True)]
    return min(max(lefts), max(rights), max(middles))
