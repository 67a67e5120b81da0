"""The workbooks' cells by place, and what a header or label says about them, read from the print alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from benchmarks.audit_proof import print_numbers
from benchmarks.audit_proof.print_numbers import Printed
from ingest.document import Document, Table

_MONEY = {"tkr": Decimal(1), "kkr": Decimal(1), "mnkr": Decimal(1000), "mkr": Decimal(1000)}
_KINDS = {
    "outcome": r"utfall|bokslut|^20\d\d$",
    "budget": r"budget",
    "forecast": r"prognos",
    "target": r"\bmål\b|godkänd",
}
_DIFFERENCE = re.compile(r"avv|diff|förändr", re.IGNORECASE)
_PART_OF_YEAR = re.compile(r"delår|31/8|\baug|jan-", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Place:
    """A printed cell. ``row_no`` and ``col_no`` count from 1; 0 is the label or the header."""

    document_id: str
    table_no: int
    row_no: int
    col_no: int


@dataclass(frozen=True)
class Heading:
    """What a column's header says about its figures."""

    kind: str
    year: int
    is_part_of_year: bool


class Page:
    """One printed table of one report."""

    def __init__(self, document: Document, table: Table) -> None:
        self.document = document
        self.table = table

    def place(self, row_no: int, col_no: int) -> Place:
        return Place(self.document.document_id, self.table.table_no, row_no, col_no)

    def text(self, row_no: int, col_no: int) -> str:
        return self.table.rows[row_no - 1].cells[col_no - 1]

    def label(self, row_no: int) -> str:
        return self.table.rows[row_no - 1].label

    @property
    def row_numbers(self) -> range:
        return range(1, len(self.table.rows) + 1)

    @cached_property
    def columns(self) -> list[int]:
        return [number for number, column in enumerate(self.table.columns, 1) if not column.is_commentary]

    @cached_property
    def numbers(self) -> dict[tuple[int, int], Printed]:
        """The cells that hold a number, by row and column."""
        found = {}
        for row_no in self.row_numbers:
            for col_no in self.columns:
                number = print_numbers.read(self.text(row_no, col_no))
                if number:
                    found[row_no, col_no] = number
        return found

    @cached_property
    def targets(self) -> dict[tuple[int, int], tuple[str, Decimal]]:
        """The cells that hold a target with a sign."""
        found = {}
        for row_no in self.row_numbers:
            for col_no in self.columns:
                target = print_numbers.read_target(self.text(row_no, col_no))
                if target:
                    found[row_no, col_no] = target
        return found

    @property
    def money_factor(self) -> Decimal | None:
        """The value of a printed unit in tkr."""
        return _MONEY.get(self.table.unit.lower())

    def header(self, col_no: int) -> str:
        return self.table.columns[col_no - 1].header

    def is_difference(self, col_no: int) -> bool:
        return bool(_DIFFERENCE.search(self.header(col_no)))

    def heading(self, col_no: int) -> Heading | None:
        """Kind and year of a column; None for a difference. The report's own year is used if none is printed."""
        header = self.header(col_no)
        kind = next((kind for kind, pattern in _KINDS.items() if re.search(pattern, header.lower())), None)
        if kind is None or self.is_difference(col_no):
            return None
        years = re.findall(r"\b20\d\d\b", header)
        year = int(years[-1]) if years else int(self.document.information_date[:4])
        return Heading(kind, year, bool(_PART_OF_YEAR.search(header)))

    def subject(self, row_no: int) -> str:
        """A label in the form in which labels of several tables are compared; empty for one that says too little."""
        label = re.sub(r"\(.*?\)|\bandel\b|%", "", self.label(row_no).lower())
        key = re.sub(r"^\d+|[^a-zåäö0-9]", "", label)
        return key if len(key) > 5 else ""


def pages_of(documents: list[Document]) -> Iterator[Page]:
    for document in documents:
        for table in document.tables:
            yield Page(document, table)
