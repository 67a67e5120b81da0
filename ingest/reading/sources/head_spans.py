"""Tells by the rule below an outer level of heads which columns each of its heads is said of."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from ingest.reading.sources.horizontal_rules import Rule
from ingest.reading.sources.printed_columns import Column
from ingest.reading.sources.printed_lines import Line, Segment

# How far, in letter heights, a head may stand from where it is aligned over its columns.
_ASIDE = 1.2
# Pieces of a rule this close, in points, go on with each other.
_TOUCH = 1.0
# More heads over more columns than this are not tried.
_MOST_COLUMNS = 16

Heads = dict[Segment, range]


def told_spans(header: Sequence[Line], columns: Sequence[Column], rules: Sequence[Rule]) -> Heads:
    """The columns of each head that a rule parts from the line of heads below it."""
    spans: Heads = {}
    for line, below in pairwise(header):
        spans.update(_spans_of(line, below, columns, rules))
    return spans


def _spans_of(line: Line, below: Line, columns: Sequence[Column], rules: Sequence[Rule]) -> Heads:
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
