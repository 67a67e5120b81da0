"""A made-up report as a printer sees it, and the truth that a reader should find in it.

A printed table contains what the page shows beyond the truth: where a header breaks, which text has which footnote
mark, what is between the rows. ``truth`` removes that by the rules for workbooks.
"""

import re
from dataclasses import dataclass, field

from ingest.document import Column, Document, Row, Table


@dataclass(frozen=True)
class PrintedColumn:
    """A data column; ``lines`` are the header's lines where a printer breaks it, ``outer`` the header above several."""

    lines: tuple[str, ...]
    outer: str = ""
    is_commentary: bool = False
    mark: str = ""

    @property
    def header(self) -> str:
        return join_lines(self.lines)


@dataclass(frozen=True)
class PrintedRow:
    """A row as printed.

    ``keys`` are the texts of its table's key columns, ``remark`` is running text under it, ``aside`` a figure in
    brackets that belongs to it; ``is_glued`` says that a broken text layer has lost the spaces between its cells.
    """

    label: str
    cells: tuple[str, ...]
    is_heading: bool = False
    pair_label: str = ""
    mark: str = ""
    cell_marks: dict[int, str] = field(default_factory=dict)
    remark: str = ""
    aside: tuple[str, str] | None = None
    space_before: bool = False
    keys: tuple[str, ...] = ()
    is_glued: bool = False

    @property
    def shown_label(self) -> str:
        return self.label + self.mark

    def shown(self, index: int) -> str:
        return self.cells[index] + self.cell_marks.get(index, "")

    def shown_cells(self, before_aside: str = " ") -> list[str]:
        """The cells with their footnote marks, the figure in brackets after the one that it belongs to."""
        cells = [self.shown(index) for index in range(len(self.cells))]
        if self.aside:
            cells[-2] += before_aside + self.aside_text
        return cells

    @property
    def aside_text(self) -> str:
        return "({} {})".format(*self.aside) if self.aside else ""


@dataclass(frozen=True)
class PrintedTable:
    """A table as printed.

    ``key_headers`` are the headers of columns before the label, ``traps`` short names of its difficulties.
    """

    kind: str
    caption: str
    label_header: str
    columns: tuple[PrintedColumn, ...]
    rows: tuple[PrintedRow, ...]
    unit: str = ""
    unit_line: str = ""
    footnotes: tuple[tuple[str, str], ...] = ()
    break_after: int | None = None
    repeats_header: bool = True
    key_headers: tuple[str, ...] = ()
    traps: frozenset[str] = frozenset()
    has_two_rows_of_headers: bool = False

    @property
    def is_paired(self) -> bool:
        return any(row.pair_label for row in self.rows)

    def opens_pair(self, row: PrintedRow) -> bool:
        """Whether a row is the first of the pair that shares its label."""
        return bool(row.pair_label) and row is next(other for other in self.rows if other.pair_label == row.pair_label)

    @property
    def label_headers(self) -> list[str]:
        """The headers of the columns that a label takes: keys and label, or the label's over both parts of a pair."""
        return [*self.key_headers, self.label_header, *[""] * self.is_paired]

    def label_texts(self, row: PrintedRow) -> list[str]:
        """A row's texts in those columns; the label that a pair shares is beside its first row."""
        if self.is_paired:
            return [row.pair_label if self.opens_pair(row) else "", row.shown_label]
        return [*(row.keys or ("",) * len(self.key_headers)), row.shown_label]

    @property
    def header_rows(self) -> list[list[str]]:
        """The texts of the header's row, below its outer headers; of both rows if kinds and years have their own."""
        if not self.has_two_rows_of_headers:
            return [[*self.label_headers, *(column.header for column in self.columns)]]
        first, second = zip(*(column.lines for column in self.columns), strict=True)
        return [[*self.label_headers, *first], [*[""] * len(self.label_headers), *second]]

    @property
    def is_two_level(self) -> bool:
        return any(column.outer for column in self.columns)


@dataclass(frozen=True)
class Heading:
    number: str
    text: str
    level: int = 1

    @property
    def printed(self) -> str:
        return f"{self.number} {self.text}".strip()


@dataclass(frozen=True)
class Prose:
    text: str


@dataclass(frozen=True)
class PageBreak:
    """The end of a page, where the kind of file has pages."""


Block = Heading | Prose | PageBreak | PrintedTable


@dataclass(frozen=True)
class Report:
    """A whole made-up report in printed order; ``fault`` names what its printer does wrong (see faults)."""

    seed: int
    municipality: str
    committee: str
    title: str
    document_kind: str
    information_date: str
    footer: str
    blocks: tuple[Block, ...]
    fault: str = ""

    @property
    def tables(self) -> tuple[PrintedTable, ...]:
        return tuple(block for block in self.blocks if isinstance(block, PrintedTable))

    def truth(self) -> Document:
        """What a reader should find, by the rules for workbooks."""
        tables, section = [], Heading("", "")
        for block in self.blocks:
            if isinstance(block, Heading):
                section = block
            elif isinstance(block, PrintedTable):
                tables.append(_true_table(block, len(tables) + 1, section))
        return Document(
            document_id=f"made_up_{self.seed}",
            title=self.title,
            municipality_code="",
            municipality=self.municipality,
            committee=self.committee,
            document_kind=self.document_kind,
            information_date=self.information_date,
            tables=tuple(tables),
        )


def join_lines(lines: tuple[str, ...]) -> str:
    """Wrapped lines as one text: a hyphen before a small letter only broke the line, unless a hyphenated word broke.

    Two marks show what a reader must decide: ``‑`` is a hyphen to keep, ``¦`` a word broken without one.
    """
    text = " ".join(filter(None, lines))
    return re.sub(r"‑ ", "-", re.sub(r"(- |¦ )(?=\w)", "", text))


def shown_line(line: str) -> str:
    """A header line as printed on the page."""
    return line.replace("‑", "-").replace("¦", "")


def _true_table(table: PrintedTable, table_no: int, section: Heading) -> Table:
    asides = sorted({row.aside[0] for row in table.rows if row.aside})
    columns = [Column(f"{c.outer} {c.header}".strip(), c.is_commentary) for c in table.columns]
    return Table(
        table_no=table_no,
        section=section.printed,
        title=table.caption or section.text,
        label_header=" ".join(filter(None, table.label_headers)),
        columns=(*columns, *(Column(aside) for aside in asides)),
        rows=tuple(_true_row(table, row, asides) for row in table.rows),
        unit=table.unit,
        notes="; ".join(f"{mark}: {text}" for mark, text in table.footnotes),
    )


def _true_row(table: PrintedTable, row: PrintedRow, asides: list[str]) -> Row:
    cells = ["" if c.is_commentary else cell for c, cell in zip(table.columns, row.cells, strict=True)]
    cells += [row.aside[1] if row.aside and row.aside[0] == aside else "" for aside in asides]
    return Row(" ".join(filter(None, (*row.keys, row.pair_label, row.label))), tuple(cells), is_heading=row.is_heading)
