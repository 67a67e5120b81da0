"""Carries the corrections in a review workbook over to a new reading of the same report without losing any.

A workbook holds the text that was read and the present text; where they differ, a person has corrected it. For
sections, titles, units, notes and the facts about the document only the present text is kept, and it wins.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from ingest.document import Column, Document, Doubt, Row, Table, UnplacedCorrection
from ingest.reading.document.matching import paired_names, paired_tables


@dataclass
class DraftRow:
    """A row; ``read`` is the label and cells as read, None for a row that a person added."""

    row: Row
    read: list[str] | None
    doubts: dict[int, Doubt] = field(default_factory=dict)

    def write(self, col_no: int, text: str) -> None:
        """Write a text to a cell, or to the label (column 0), and drop its doubt."""
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
        """The table with its present rows and headers."""
        columns = (
            replace(column, header=header)
            for column, header in zip(self.table.columns, self.header.row.cells, strict=True)
        )
        return replace(self.table, columns=tuple(columns), rows=tuple(draft.row for draft in self.rows))


def document_of(document: Document, drafts: Iterable[DraftTable]) -> Document:
    """The document with the drafts as its tables, and with what was read and doubted at their present places."""
    ordered = sorted(drafts, key=lambda draft: draft.table.table_no)
    read_texts: dict[tuple[int, int, int], str] = {}
    # A doubt on no table, a picture, keeps its place.
    doubts = {place: doubt for place, doubt in document.doubts.items() if place[0] == 0}
    for draft in ordered:
        for row_no, row in enumerate([draft.header, *draft.rows]):
            place = (draft.table.table_no, row_no)
            first = 1 if row_no == 0 else 0
            read_texts |= {(*place, col_no): text for col_no, text in enumerate(row.read or []) if col_no >= first}
            doubts |= {(*place, col_no): doubt for col_no, doubt in row.doubts.items()}
    tables = tuple(draft.finished() for draft in ordered)
    return replace(document, tables=tables, read_texts=read_texts, doubts=doubts)


def as_read(document: Document) -> dict[int, Table]:
    """The tables of a document by number as they were read, before any correction and without added rows."""
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


_READS_OTHERWISE = "Rättad för hand, men läses nu på ett annat sätt än när den rättades"
_DOCUMENT_FACTS = (
    "title",
    "municipality_code",
    "municipality",
    "issuer_kind",
    "committee",
    "document_kind",
    "information_date",
    "plan_from_year",
    "plan_to_year",
    "source",
    "source_url",
)


def is_same_report(reading: Document, workbook: Document) -> bool:
    """Whether a workbook holds an earlier reading of the report: at least one table is in both, or none in either."""
    if not reading.tables and not workbook.tables:
        return reading.source == workbook.source
    return bool(paired_tables(list(as_read(workbook).values()), reading.tables))


def with_corrections(reading: Document, workbook: Document, given: Collection[str] = ()) -> Document:
    """Return the new ``reading`` with the corrections made in ``workbook``, an earlier reading of the same report.

    Facts about the document are the workbook's, except those in ``given``. A deleted table stays deleted, an added one
    comes last. A correction whose cell no longer exists is listed in ``unplaced``.
    """
    earlier = as_read(workbook)
    pairs = paired_tables(list(earlier.values()), reading.tables)
    drafts = {table.table_no: DraftTable.of(table, reading) for table in reading.tables}
    corrected = {table.table_no: table for table in workbook.tables}
    unplaced = list(workbook.unplaced)
    for number, table in earlier.items():
        if number not in corrected and number in pairs:
            del drafts[pairs[number].table_no]
        elif number in corrected and number in pairs:
            unplaced += _correct(drafts[pairs[number].table_no], table, corrected[number])
        elif number in corrected:
            unplaced += _all_corrections(table, corrected[number])
    last = max((table.table_no for table in reading.tables), default=0)
    for added, table in enumerate((corrected[number] for number in corrected.keys() - earlier.keys()), last + 1):
        drafts[added] = DraftTable.of(replace(table, table_no=added), replace(reading, read_texts={}, doubts={}))
    renewed = {*given, "municipality_code"} if "municipality" in given else set(given)
    facts = {name: getattr(workbook, name) for name in _DOCUMENT_FACTS if name not in renewed}
    return replace(document_of(reading, drafts.values()), **facts, unplaced=tuple(dict.fromkeys(unplaced)))


def _correct(draft: DraftTable, earlier: Table, corrected: Table) -> list[UnplacedCorrection]:
    """Apply the corrections of one table to its draft; return those that can't be placed."""
    unplaced: list[UnplacedCorrection] = []
    columns = {0: 0} | _paired_columns(earlier, draft.table)
    rows = _paired_rows(earlier, draft.table)
    lines = {0: draft.header} | {number: draft.rows[other - 1] for number, other in rows.items()}
    kept = _paired_rows(earlier, corrected)
    for before, after, row_no, col_no in _edits(earlier, corrected, kept):
        line, column = lines.get(row_no), columns.get(col_no)
        if line is None or column is None:
            unplaced.append(_unplaced(earlier, row_no, col_no, before, after))
        else:
            _write(line, column, before, after)
    for number, other in kept.items():
        if number in lines:
            row = corrected.rows[other - 1]
            lines[number].row = replace(lines[number].row, is_heading=row.is_heading, notes=row.notes)
    removed = [lines[number] for number in lines.keys() - kept.keys() - {0}]
    unplaced += _put_in_rows(draft, corrected, {other: lines.get(number) for number, other in kept.items()}, columns)
    draft.rows = [line for line in draft.rows if not any(line is other for other in removed)]
    commentary = {
        columns.get(col_no)
        for col_no, other in _paired_columns(earlier, corrected).items()
        if corrected.columns[other - 1].is_commentary
    }
    draft.table = replace(
        draft.table,
        columns=tuple(
            replace(column, is_commentary=column.is_commentary or col_no in commentary)
            for col_no, column in enumerate(draft.table.columns, 1)
        ),
        section=corrected.section,
        title=corrected.title,
        unit=corrected.unit,
        notes=corrected.notes,
        label_header=corrected.label_header,
    )
    return unplaced


def _write(line: DraftRow, column: int, before: str, after: str) -> None:
    read = line.read[column] if line.read else before
    line.write(column, after)
    if read not in (before, after):
        line.doubts[column] = Doubt(_READS_OTHERWISE, (read,))


def _put_in_rows(
    draft: DraftTable, corrected: Table, lines: dict[int, DraftRow | None], columns: dict[int, int]
) -> list[UnplacedCorrection]:
    """Insert the rows that a person added below the row that they follow in the workbook."""
    unplaced: list[UnplacedCorrection] = []
    above: DraftRow | None = None
    for number, row in enumerate(corrected.rows, 1):
        if number in lines:
            above = lines[number] or above
            continue
        cells = [""] * len(draft.table.columns)
        for col_no, text in enumerate(row.cells, 1):
            if col_no in columns:
                cells[columns[col_no] - 1] = text
            elif text:
                unplaced.append(UnplacedCorrection(corrected.title, row.label, _header(corrected, col_no), "", text))
        added = DraftRow(replace(row, cells=tuple(cells)), None)
        at = next((index for index, line in enumerate(draft.rows, 1) if line is above), 0)
        draft.rows.insert(at, added)
        above = added
    return unplaced


def _edits(earlier: Table, corrected: Table, kept: dict[int, int]) -> Iterator[tuple[str, str, int, int]]:
    """A person's changes: text before and after, and the place where it was read."""
    columns = {0: 0} | _paired_columns(earlier, corrected)
    for number, other in ({0: 0} | kept).items():
        before, after = _texts(earlier, number), _texts(corrected, other)
        for col_no, column in columns.items():
            if before[col_no] != after[column] and (number, col_no) != (0, 0):
                yield before[col_no], after[column], number, col_no


def _all_corrections(earlier: Table, corrected: Table) -> list[UnplacedCorrection]:
    """The corrections of a table that is missing in the new reading."""
    kept = _paired_rows(earlier, corrected)
    edits = _edits(earlier, corrected, kept)
    return [_unplaced(earlier, row_no, col_no, before, after) for before, after, row_no, col_no in edits]


def _unplaced(table: Table, row_no: int, col_no: int, before: str, after: str) -> UnplacedCorrection:
    label = table.rows[row_no - 1].label if row_no else ""
    return UnplacedCorrection(table.title, label, _header(table, col_no), before, after)


def _paired_rows(earlier: Table, later: Table) -> dict[int, int]:
    return _numbers(paired_names([row.label for row in earlier.rows], [row.label for row in later.rows]))


def _paired_columns(earlier: Table, later: Table) -> dict[int, int]:
    return _numbers(paired_names(_headers(earlier), _headers(later)))


def _numbers(pairs: dict[int, int]) -> dict[int, int]:
    return {index + 1: other + 1 for index, other in pairs.items()}


def _texts(table: Table, row_no: int) -> tuple[str, ...]:
    row = table.rows[row_no - 1] if row_no else Row("", _headers(table))
    return (row.label, *row.cells)


def _headers(table: Table) -> tuple[str, ...]:
    return tuple(column.header for column in table.columns)


def _header(table: Table, col_no: int) -> str:
    return table.columns[col_no - 1].header if col_no else ""
