"""Tables that look like the rest of the one before them, which a page break may have cut off."""

from ingest.reading.checks.arithmetic import TableDoubts
from ingest.tables import Doubt, Table

_REASON = "Tabellen har den förras rubriker, står på en senare sida och saknar namn: den kan vara den förras slut"


def doubts_of_page_breaks(before: Table | None, table: Table) -> TableDoubts:
    """Doubts all headers of a table on a later page that has no name of its own and the heads of the one before it.

    Where a line above was taken for a part of a head, the heads of the first part only end alike.
    """
    if before is None or before.page is None or table.page is None or table.page <= before.page:
        return {}
    is_unnamed = table.title == before.title or before.section.endswith(table.title)
    heads, others = ([column.header for column in one.columns if column.header] for one in (before, table))
    if before.section != table.section or not is_unnamed or len(heads) != len(others):
        return {}
    if not all(head.endswith(other) for head, other in zip(heads, others, strict=True)):
        return {}
    return {(0, col_no): Doubt(_REASON) for col_no in range(1, len(table.columns) + 1)}
