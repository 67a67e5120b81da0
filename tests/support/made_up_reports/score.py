"""Scores a reader: figures found and right, wrong cells that it doubted, and doubts without cause.

A figure is a short text with a digit, a single dash or a mark. Commentary columns are not part of the truth: a figure
that was read from running text counts against precision, the text itself as a wrong word.
"""

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.document import Column, Document, Doubt, Row, Table

from .alignment import align_columns, align_rows, align_tables, plain

MOST_WORDS_OF_A_FIGURE = 6


@dataclass(frozen=True)
class Miss:
    """A figure not read as printed: ``read`` is None if nothing was read, ``printed`` is "" if nothing is printed."""

    file: str
    trap: str
    place: str
    printed: str
    read: str | None
    is_unsure: bool


@dataclass
class Score:
    """Counts over any number of documents.

    ``words`` are cells of words; texts are (right, all). ``facts`` counts what a report says of itself: right, wrong,
    missing.
    """

    printed: int = 0
    given: int = 0
    right: int = 0
    wrong: int = 0
    wrong_unsure: int = 0
    right_unsure: int = 0
    tables: int = 0
    tables_found: int = 0
    tables_given: int = 0
    texts: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    traps: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    facts: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)
    text_misses: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def recall(self) -> float:
        return self.right / self.printed if self.printed else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0

    @property
    def wrong_cells_doubted(self) -> float:
        return self.wrong_unsure / self.wrong if self.wrong else 1.0

    @property
    def right_cells_doubted(self) -> float:
        return self.right_unsure / self.right if self.right else 0.0

    def share(self, name: str) -> float:
        counts = self.texts[name]
        return counts[True] / counts.total() if counts.total() else 1.0


def add_to_score(
    score: Score, file: str, truth: Document, read: Document, traps: list[frozenset[str]] | None = None
) -> None:
    """Compare one document; ``traps`` names the difficulties of each printed table."""
    traps = traps or [frozenset()] * len(truth.tables)
    pairs = align_tables(truth.tables, read.tables)
    score.tables += len(truth.tables)
    score.tables_found += len(pairs)
    score.tables_given += len(read.tables)
    found, used = dict(pairs), {j for _, j in pairs}
    for i, table in enumerate(truth.tables):
        other = read.tables[found[i]] if i in found else _nothing(table)
        _TableScorer(score, file, table, other, read.doubts, traps[i]).add()
    for j, table in enumerate(read.tables):
        if j not in used:
            _add_unprinted(score, file, table, read.doubts)


def is_figure(text: str) -> bool:
    is_short = len(text.split()) <= MOST_WORDS_OF_A_FIGURE
    return (is_short and any(letter.isdigit() for letter in text)) or len(plain(text)) == 1


def is_unsure(doubts: dict[tuple[int, int, int], Doubt], table_no: int, row_no: int, col_no: int) -> bool:
    """Whether the cell, its label or its header is doubtful, as in the list of cells that a user gets."""
    return any((table_no, *place) in doubts for place in ((row_no, col_no), (row_no, 0), (0, col_no)))


def _nothing(table: Table) -> Table:
    return replace(table, columns=(), rows=(), section="", title="", unit="")


def _add_unprinted(score: Score, file: str, table: Table, doubts: dict[tuple[int, int, int], Doubt]) -> None:
    """Count a table that the reader invented: all its figures are wrong."""
    for row_no, row in enumerate(table.rows, 1):
        for col_no, cell in enumerate(row.cells, 1):
            if is_figure(cell):
                unsure = is_unsure(doubts, table.table_no, row_no, col_no)
                score.given += 1
                score.wrong += 1
                score.wrong_unsure += unsure
                place = f"no such table: '{table.title}' row '{row.label}'"
                score.misses.append(Miss(file, "no such table", place, "", cell, unsure))


class _TableScorer:
    """One printed table beside the table that was read for it."""

    def __init__(
        self,
        score: Score,
        file: str,
        truth: Table,
        read: Table,
        doubts: dict[tuple[int, int, int], Doubt],
        traps: frozenset[str],
    ) -> None:
        self.score, self.file, self.truth, self.read, self.doubts, self.traps = score, file, truth, read, doubts, traps
        self.rows = align_rows(truth, read)
        self.columns = align_columns(truth, read, self.rows)

    def add(self) -> None:
        self._texts()
        rows, columns = dict(self.rows), dict(self.columns)
        matched = {(rows[i], columns[c]) for i in rows for c in columns}
        for i, row in enumerate(self.truth.rows):
            for c, cell in enumerate(row.cells):
                place = (rows[i], columns[c]) if i in rows and c in columns else None
                self._cell(i, c, cell, place)
        for j, read_row in enumerate(self.read.rows):
            for c, cell in enumerate(read_row.cells):
                if (j, c) not in matched and is_figure(cell):
                    self.score.given += 1
                    self._add_miss(f"row '{read_row.label}'", "", cell, self._wrong(j, c))

    def _texts(self) -> None:
        # The section is a path of headings where one alone would not say which it is.
        self._text("section", self.truth.section, self.read.section.rpartition(" > ")[2])
        self._text("title", self.truth.title, self.read.title)
        self._text("unit", self.truth.unit, self.read.unit)
        rows, columns = dict(self.rows), dict(self.columns)
        for i, row in enumerate(self.truth.rows):
            self._text("label", row.label, self.read.rows[rows[i]].label if i in rows else None)
        for c, column in enumerate(self.truth.columns):
            self._text("header", column.header, self.read.columns[columns[c]].header if c in columns else None)

    def _text(self, name: str, printed: str, read: str | None) -> None:
        is_right = read is not None and plain(read) == plain(printed)
        self.score.texts[name][is_right] += 1
        if not is_right:
            place = f"{self.file} table {self.truth.table_no}"
            self.score.text_misses[name].append(f"{place}: printed `{printed}`, read `{read}`")

    def _cell(self, i: int, c: int, printed: str, place: tuple[int, int] | None) -> None:
        read = self.read.rows[place[0]].cells[place[1]] if place else None
        is_right = read is not None and plain(read) == plain(printed)
        if (printed and not is_figure(printed)) or (not printed and read and not is_figure(read)):
            self._text("word", printed, read)
        self.score.given += read is not None and is_figure(read)
        if not is_figure(printed):
            if read is not None and is_figure(read):
                self._miss(i, c, printed, read, place)
            return
        self.score.printed += 1
        for trap in self.traps or {"none"}:
            self.score.traps[trap][is_right] += 1
        if is_right and place:
            self.score.right += 1
            self.score.right_unsure += self._is_unsure(*place)
        else:
            self._miss(i, c, printed, read, place)

    def _is_unsure(self, row: int, column: int) -> bool:
        return is_unsure(self.doubts, self.read.table_no, row + 1, column + 1)

    def _wrong(self, row: int, column: int) -> bool:
        unsure = self._is_unsure(row, column)
        self.score.wrong += 1
        self.score.wrong_unsure += unsure
        return unsure

    def _miss(self, i: int, c: int, printed: str, read: str | None, place: tuple[int, int] | None) -> None:
        unsure = self._wrong(*place) if place else False
        self._add_miss(f"'{self.truth.rows[i].label}' / '{self.truth.columns[c].header}'", printed, read, unsure)

    def _add_miss(self, where: str, printed: str, read: str | None, is_unsure: bool) -> None:
        trap = ", ".join(sorted(self.traps)) or "none"
        place = f"table {self.truth.table_no} {where}"
        self.score.misses.append(Miss(self.file, trap, place, printed, read, is_unsure))


def read_cells_csv(path: Path) -> Document:
    """The document that ``kommunlager read FILE --cells`` wrote."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    tables, doubts = [], {}
    for table_no in sorted({int(line["table_no"]) for line in lines}):
        cells = {
            (int(line["row_no"]), int(line["col_no"])): line for line in lines if int(line["table_no"]) == table_no
        }
        tables.append(_table_of(table_no, cells))
        doubts |= {
            (table_no, *place): Doubt("") for place, line in cells.items() if line["is_unsure"].lower() in ("true", "1")
        }
    return Document("", "", "", "", "", "", "", tables=tuple(tables), doubts=doubts)


def _table_of(table_no: int, cells: dict[tuple[int, int], dict[str, str]]) -> Table:
    first = next(iter(cells.values()))
    headers = {col_no: line["column_header"] for (_, col_no), line in cells.items()}
    labels = {row_no: line["row_label"] for (row_no, _), line in cells.items()}
    numbers = range(1, max(headers) + 1)
    rows = [
        Row(
            labels.get(row_no, ""),
            tuple(cells[row_no, col_no]["raw_text"] if (row_no, col_no) in cells else "" for col_no in numbers),
        )
        for row_no in range(1, max(labels) + 1)
    ]
    columns = tuple(Column(headers.get(number, "")) for number in numbers)
    return Table(table_no, first["section"], first["title"], "", columns, tuple(rows), first["unit"])
