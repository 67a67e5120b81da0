"""Lines beside a table that read as rows of it: a row may have been lost."""

import re
from collections.abc import Sequence

from ingest.reading.checks.arithmetic import TableDoubts
from ingest.reading.printed_text import is_period, is_value
from ingest.tables import Doubt, Table

_LINES_NEAR = 3
_NUMBER = re.compile(r"(?:[-–−+]\s?)?\d{1,3}(?: \d{3})+(?:,\d+)?%?|(?:[-–−+]\s?)?\d+(?:,\d+)?\s?%?")
_ROW = re.compile(rf"(?P<label>.*?[^\W\d_].*?)\s+(?P<cells>(?:{_NUMBER.pattern})(?:\s+(?:{_NUMBER.pattern}|[-–−]))+)")
_REASON = "Raden efter kan ha gått förlorad"


def doubts_of_lost_lines(table: Table, below: Sequence[str]) -> TableDoubts:
    """Doubts the last label where one of the next lines is a name with as many figures as the table has columns."""
    columns = sum(not column.is_commentary for column in table.columns)
    for line in below[:_LINES_NEAR]:
        match = _ROW.fullmatch(line.strip())
        if match is None:
            continue
        figures = [text for text in _NUMBER.findall(match["cells"]) if is_value(text) and not is_period(text)]
        if len(figures) >= max(2, columns - 1):
            return {(len(table.rows), 0): Doubt(_REASON, (line.strip(),))}
    return {}
