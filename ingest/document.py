"""The model that every reader produces and every loader takes: a document and its printed tables.

All texts are as printed; types and meaning are added in dbt. ``table_no``, ``row_no`` and ``col_no`` count from 1 in
printed order, and commentary columns keep their number without their cells.
"""

import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    """A data column right of the label; ``is_commentary`` marks running text, whose cells are left out."""

    header: str
    is_commentary: bool = False


@dataclass(frozen=True)
class Row:
    """A data row or sub-heading; ``cells`` has one text per column ("" = blank)."""

    label: str
    cells: tuple[str, ...]
    source_line: int | None = None
    is_heading: bool = False
    notes: str = ""


@dataclass(frozen=True)
class Table:
    """A printed table with its heading and the unit that it states, if any."""

    table_no: int
    section: str
    title: str
    label_header: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str = ""
    page: int | None = None
    source_line: int | None = None
    notes: str = ""


@dataclass(frozen=True)
class Doubt:
    """Why the reader is unsure of a text, in Swedish for the reviewer, and what else the text may be."""

    reason: str
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnplacedCorrection:
    """A correction in a cell that a later reading of the report no longer has."""

    table_title: str
    row_label: str
    column_header: str
    read_text: str
    corrected_text: str


@dataclass(frozen=True)
class PageBalance:
    """Where the figures printed on a page, a sheet or a stretch of text (``place``) went.

    ``printed`` is the sum of those in tables, in running text, in dates and page numbers, in the lines that a doubt
    names, and those unaccounted for. ``is_open`` says that several of them went nowhere.
    """

    place: str
    tables: int
    pictures: int
    printed: int
    in_tables: int
    in_text: int
    in_dates: int
    in_doubts: int
    unaccounted: int
    is_open: bool


@dataclass(frozen=True)
class Document:
    """A report: who issued it, what kind it is, and the last day that it covers (``information_date``, ISO).

    ``source_url`` is the address where it is published. ``committee`` is empty if a whole municipality, a federation or
    a company issued the report (``issuer_kind``). ``read_texts`` holds the text that was read at each (table_no,
    row_no, col_no), where row 0 is the header and column 0 the label, so that corrections in the workbook can be
    recognised. ``doubts`` has the same keys and holds what the reader was unsure of; ``unplaced`` lists corrections
    that a person must move; ``balance`` accounts for the figures of each page.
    """

    document_id: str
    title: str
    municipality_code: str
    municipality: str
    committee: str
    document_kind: str
    information_date: str
    issuer_kind: str = "committee"
    plan_from_year: str = ""
    plan_to_year: str = ""
    source: str = ""
    source_url: str = ""
    tables: tuple[Table, ...] = ()
    read_texts: dict[tuple[int, int, int], str] = field(default_factory=dict)
    doubts: dict[tuple[int, int, int], Doubt] = field(default_factory=dict)
    unplaced: tuple[UnplacedCorrection, ...] = ()
    balance: tuple[PageBalance, ...] = ()


# Document ids are names of files, codes in SQL and part of every figure's id, so they have one grammar everywhere.
LONGEST_DOCUMENT_ID = 80
DOCUMENT_ID = re.compile(rf"[a-z0-9_]{{3,{LONGEST_DOCUMENT_ID}}}")
DOCUMENT_ID_IN_WORDS = f"3 to {LONGEST_DOCUMENT_ID} of the letters a–z, digits and _"
WEB_ADDRESS = re.compile(r"https?://[^\s\"<>]+")
DOCUMENT_KINDS = ("plan", "interim_report", "annual_report")
ISSUER_KINDS = ("committee", "municipality", "federation", "company")


def texts_by_place(tables: tuple[Table, ...]) -> dict[tuple[int, int, int], str]:
    """Every header, label and cell of the tables, keyed like ``Document.read_texts``."""
    places: dict[tuple[int, int, int], str] = {}
    for table in tables:
        for col_no, column in enumerate(table.columns, 1):
            places[table.table_no, 0, col_no] = column.header
        for row_no, row in enumerate(table.rows, 1):
            places[table.table_no, row_no, 0] = row.label
            for col_no, text in enumerate(row.cells, 1):
                places[table.table_no, row_no, col_no] = text
    return places
