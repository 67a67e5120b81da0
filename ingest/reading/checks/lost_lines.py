"""Lines outside tables that read as rows: rows, or whole tables, may have been lost."""

from collections.abc import Sequence

from ingest.reading.checks.arithmetic import TableDoubts
from ingest.reading.vocabulary.row_words import figures_of_row
from ingest.tables import Doubt, Table

_LINES_NEAR = 3
_REASON = "Raden efter kan ha gått förlorad"


def doubts_of_lost_lines(table: Table, below: Sequence[str]) -> TableDoubts:
    """Doubts the last label where one of the next lines is a name with as many figures as the table has columns."""
    columns = sum(not column.is_commentary for column in table.columns)
    for line in below[:_LINES_NEAR]:
        if figures_of_row(line) >= max(2, columns - 1):
            return {(len(table.rows), 0): Doubt(_REASON, (line.strip(),))}
    return {}
