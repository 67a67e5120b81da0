"""Two tables that look like one, which a page break may have cut in two."""

from ingest.tables import Doubt, Table

Doubts = dict[tuple[int, int, int], Doubt]

_REASON = "Tabellen har samma rubriker som den på nästa eller förra sidan: de kan vara en och samma tabell"


def doubts_of_page_breaks(before: Table | None, table: Table, *, begins_page: bool) -> Doubts:
    """Doubts all headers of two tables with the same heads of which the second, on a later page, has no name there.

    What stands at the foot of the page before may be a row without figures. Where a line above the first was taken for
    a part of a head, its heads only end alike.
    """
    if before is None or before.page is None or table.page is None or table.page <= before.page:
        return {}
    is_unnamed = begins_page or table.title == before.title or before.section.endswith(table.title)
    heads, others = ([column.header for column in one.columns if column.header] for one in (before, table))
    if before.section != table.section or not is_unnamed or len(heads) != len(others):
        return {}
    if not all(head.endswith(other) for head, other in zip(heads, others, strict=True)):
        return {}
    names, other_names = ({row.label for row in one.rows} for one in (before, table))
    if 2 * len(names & other_names) > min(len(names), len(other_names)) > 1:
        return {}  # One form, filled in anew on each page.
    places = ((one.table_no, 0, col_no) for one in (before, table) for col_no in range(1, len(one.columns) + 1))
    return dict.fromkeys(places, Doubt(_REASON))
