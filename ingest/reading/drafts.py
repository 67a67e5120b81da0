"""A document's tables while they are changed: each row carries along what was read and what is doubted in it.

Rows can be put in and taken out; the numbers that places are counted by are given at the end.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ingest.tables import Column, Document, Doubt, Row, Table


@dataclass
class DraftRow:
    """A row; ``read`` is the label and cells as read, None for a row that a person put in."""

    row: Row
    read: list[str] | None
    doubts: dict[int, Doubt] = field(default_factory=dict)

    def write(self, col_no: int, text: str) -> None:
        """Put a text in a cell, or in the label (column 0), and with that settle what was doubted."""
        if col_no == 0:
            self.row = replace(self.row, label=text)
        else:
            self.row = replace(self.row, cells=_put(self.row.cells, col_no - 1, text))
        self.doubts.pop(col_no, None)


@dataclass
class DraftTable:
    """A table; ``header`` is its row of headers, whose label is the label's header."""

    table: Table
    header: DraftRow
    rows: list[DraftRow]

    @classmethod
    def of(cls, table: Table, document: Document) -> "DraftTable":
        """A table of a document with what was read and doubted there."""

        def draft(row: Row, row_no: int) -> DraftRow:
            places = [(table.table_no, row_no, col_no) for col_no in range(len(row.cells) + 1)]
            read = [document.read_texts.get(place, "") for place in places]
            is_read = any(place in document.read_texts for place in places)
            doubts = {place[2]: document.doubts[place] for place in places if place in document.doubts}
            return DraftRow(row, read if is_read else None, doubts)

        header = Row(table.label_header, tuple(column.header for column in table.columns))
        return cls(table, draft(header, 0), [draft(row, row_no) for row_no, row in enumerate(table.rows, 1)])

    def finished(self) -> Table:
        """The table with its rows and headers as they have become."""
        columns = (
            replace(column, header=header)
            for column, header in zip(self.table.columns, self.header.row.cells, strict=True)
        )
        return replace(self.table, columns=tuple(columns), rows=tuple(draft.row for draft in self.rows))


def document_of(document: Document, drafts: Iterable[DraftTable]) -> Document:
    """The document with the drafts as its tables, and what was read and doubted at the places these now have."""
    ordered = sorted(drafts, key=lambda draft: draft.table.table_no)
    read_texts: dict[tuple[int, int, int], str] = {}
    doubts: dict[tuple[int, int, int], Doubt] = {}
    for draft in ordered:
        for row_no, row in enumerate([draft.header, *draft.rows]):
            place = (draft.table.table_no, row_no)
            first = 1 if row_no == 0 else 0
            read_texts |= {(*place, col_no): text for col_no, text in enumerate(row.read or []) if col_no >= first}
            doubts |= {(*place, col_no): doubt for col_no, doubt in row.doubts.items()}
    tables = tuple(draft.finished() for draft in ordered)
    return replace(document, tables=tables, read_texts=read_texts, doubts=doubts)


def as_read(document: Document) -> dict[int, Table]:
    """The tables of a document by number as they were read, before any correction; rows put in since are not there."""
    tables: dict[int, Table] = {}
    titles = {table.table_no: table.title for table in document.tables}
    for number in sorted({table_no for table_no, _, _ in document.read_texts}):
        texts = {place[1:]: text for place, text in document.read_texts.items() if place[0] == number}
        columns = range(1, max(col_no for _, col_no in texts) + 1)
        tables[number] = Table(
            table_no=number,
            section="",
            title=titles.get(number, ""),
            label_header="",
            columns=tuple(Column(texts.get((0, col_no), "")) for col_no in columns),
            rows=tuple(
                Row(texts.get((row_no, 0), ""), tuple(texts.get((row_no, col_no), "") for col_no in columns))
                for row_no in sorted({row_no for row_no, _ in texts if row_no > 0})
            ),
        )
    return tables


def _put(cells: tuple[str, ...], index: int, text: str) -> tuple[str, ...]:
    return (*cells[:index], text, *cells[index + 1 :])
