"""The small model that every reader produces and every loader takes: a document and its printed tables.

All texts are as printed; typing and meaning belong to dbt. Numbering follows the rulings for workbooks: ``table_no``,
``row_no`` and ``col_no`` count from 1 in printed order, and commentary columns keep their number without their cells.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    """A data column right of the label; ``is_commentary`` marks running text whose cells are left out."""

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
    """One printed table with the heading it stands under and the unit that it states, if any."""

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
    """Why a reader is not sure of a text, in Swedish for the person who reviews it, and what else it may be."""

    reason: str
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnplacedCorrection:
    """What a person wrote at a place that a later reading of the report doesn't have any more."""

    table_title: str
    row_label: str
    column_header: str
    read_text: str
    corrected_text: str


@dataclass(frozen=True)
class Document:
    """A report: who issued it, what kind it is, and the last day that it knows about (``information_date``, ISO).

    ``committee`` is empty where a whole municipality, a federation or a company issued the report (``issuer_kind``).
    ``read_texts`` keeps what a reader saw at (table_no, row_no, col_no), where row 0 is the header and column 0 the
    label, so that a text that a person has changed in the workbook can be told from a text that was read; ``doubts``
    names the places, counted likewise, that the reader was not sure of; ``unplaced`` waits for a person to place it.
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
    tables: tuple[Table, ...] = ()
    read_texts: dict[tuple[int, int, int], str] = field(default_factory=dict)
    doubts: dict[tuple[int, int, int], Doubt] = field(default_factory=dict)
    unplaced: tuple[UnplacedCorrection, ...] = ()


DOCUMENT_KINDS = ("plan", "interim_report", "annual_report")
ISSUER_KINDS = ("committee", "municipality", "federation", "company")


def texts_by_place(tables: tuple[Table, ...]) -> dict[tuple[int, int, int], str]:
    """Every header, label and cell of the tables, keyed as in ``Document.read_texts``."""
    places: dict[tuple[int, int, int], str] = {}
    for table in tables:
        for col_no, column in enumerate(table.columns, 1):
            places[table.table_no, 0, col_no] = column.header
        for row_no, row in enumerate(table.rows, 1):
            places[table.table_no, row_no, 0] = row.label
            for col_no, text in enumerate(row.cells, 1):
                places[table.table_no, row_no, col_no] = text
    return places
