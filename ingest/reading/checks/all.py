"""Runs every check on a table and collects the doubtful places."""

from collections.abc import Sequence

from ingest.document import Doubt, Table
from ingest.reading.checks.arithmetic import TableDoubts, doubts_of_differences, doubts_of_sums
from ingest.reading.checks.figure_shapes import doubts_of_shapes
from ingest.reading.checks.headers import doubts_of_headers
from ingest.reading.checks.labels import doubts_of_labels
from ingest.reading.checks.notations import doubts_of_notations
from ingest.reading.vocabulary.row_words import figures_of_row

_LINES_NEAR = 3
_REASON = "Raden efter kan ha gått förlorad"


def doubts_of_lost_lines(table: Table, below: Sequence[str]) -> TableDoubts:
    """Mark the last label if one of the next lines is a name with as many figures as the table has columns."""
    columns = sum(not column.is_commentary for column in table.columns)
    for line in below[:_LINES_NEAR]:
        if figures_of_row(line) >= max(2, columns - 1):
            return {(len(table.rows), 0): Doubt(_REASON, (line.strip(),))}
    return {}


def doubts_of(table: Table, printed_headers: Sequence[Sequence[str]], below: Sequence[str]) -> TableDoubts:
    """The doubtful places of a table by (row_no, col_no); row 0 is the header and column 0 the label.

    ``printed_headers`` are the lines of each column's header, the label's first; ``below`` are the lines that follow
    the table. If several checks mark one place, the first reason is kept: the shape of a text says more about the error
    than a sum does.
    """
    differences = doubts_of_differences(table)
    return (
        doubts_of_sums(table, differences)
        | differences
        | doubts_of_notations(table)
        | doubts_of_shapes(table)
        | doubts_of_lost_lines(table, below)
        | doubts_of_labels(table)
        | doubts_of_headers(table, printed_headers)
    )
