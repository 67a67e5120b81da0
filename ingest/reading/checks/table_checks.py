"""Runs every check on a table and gathers the places that are doubtful."""

from collections.abc import Sequence

from ingest.reading.checks.arithmetic import TableDoubts, doubts_of_differences, doubts_of_sums
from ingest.reading.checks.figure_shapes import doubts_of_shapes
from ingest.reading.checks.heads import doubts_of_heads
from ingest.reading.checks.labels import doubts_of_labels
from ingest.reading.checks.lost_lines import doubts_of_lost_lines
from ingest.tables import Table


def doubts_of(table: Table, printed_heads: Sequence[Sequence[str]], below: Sequence[str]) -> TableDoubts:
    """The doubtful places of a table by (row_no, col_no), row 0 the header and column 0 the label.

    ``printed_heads`` are the lines of each column's head, the label's first; ``below`` are the lines that follow the
    table. Where several checks doubt one place, the first reason stands: the shape of a text says more of what is wrong
    with it than a sum does.
    """
    differences = doubts_of_differences(table)
    return (
        doubts_of_sums(table, differences)
        | differences
        | doubts_of_shapes(table)
        | doubts_of_lost_lines(table, below)
        | doubts_of_labels(table)
        | doubts_of_heads(table, printed_heads)
    )
