"""Reads a review workbook back into the table model, and refuses invalid content with its sheet and cell."""

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from ingest.document import (
    DOCUMENT_ID,
    DOCUMENT_ID_IN_WORDS,
    DOCUMENT_KINDS,
    ISSUER_KINDS,
    WEB_ADDRESS,
    Column,
    Document,
    Doubt,
    PageBalance,
    Row,
    Table,
    UnplacedCorrection,
)
from ingest.errors import InputRefusedError
from ingest.files.excel_numbers import is_whole_date, printed_date, printed_number
from ingest.files.office_package import refuse_bomb
from ingest.workbook import layout

AnyCell = Cell | MergedCell


def read_workbook(path: Path) -> Document:
    """Read one review workbook.

    Raises InputRefusedError, naming sheet and cell, if the file is not a workbook, a required field is missing or
    wrong, the numbering of rows has gaps, or a cell holds something other than text or a number.
    """
    return _WorkbookReader(path).document()


class _WorkbookReader:
    """Keeps the file's name, so that each refusal can say where it is."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.workbook = self._open()

    def document(self) -> Document:
        fields = self._document_fields()
        tables = tuple(self._table(self.workbook[name]) for name in self.workbook.sheetnames if name[:1] == "T")
        doubts = self._doubts()
        if not tables and not doubts:
            raise self._refused("has no table sheet (T01, T02 …).", "Read the report again to get a complete workbook.")
        return Document(
            **fields,
            tables=tables,
            read_texts=self._read_texts(fields["document_id"]),
            doubts=doubts,
            unplaced=self._unplaced(),
            balance=tuple(self._balance()),
        )

    def _open(self) -> Workbook:
        try:
            refuse_bomb(self.path)
            return load_workbook(self.path)
        except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
            raise self._refused(
                "can't be opened as an Excel workbook (damaged, incomplete or in another format).",
                "Save it again as .xlsx, or put the last good copy back.",
            ) from error

    def _refused(self, problem: str, remedy: str, place: str = "") -> InputRefusedError:
        return InputRefusedError(self.path, problem, remedy, place)

    def _document_fields(self) -> dict[str, str]:
        if layout.DOCUMENT_SHEET not in self.workbook.sheetnames:
            raise self._refused(
                f"has no sheet '{layout.DOCUMENT_SHEET}'.", "Only review workbooks can be loaded; see the README."
            )
        sheet = self.workbook[layout.DOCUMENT_SHEET]
        cells = {self._text(row[0]): row[1] for row in sheet.iter_rows(min_col=1, max_col=2)}
        fields = {name: self._text(cells[name]) if name in cells else "" for name in layout.DOCUMENT_FIELDS}
        fields["issuer_kind"] = fields["issuer_kind"] or ISSUER_KINDS[0]
        is_committees = fields["issuer_kind"] == "committee"
        for name in (*layout.REQUIRED_DOCUMENT_FIELDS, *(["committee"] if is_committees else [])):
            if not fields[name]:
                place = self._place(cells[name]) if name in cells else f"sheet '{layout.DOCUMENT_SHEET}'"
                raise self._refused(f"the field {name} is empty.", "Fill it in (column B).", place)
        self._check_document(fields, cells)
        return fields

    def _check_document(self, fields: dict[str, str], cells: dict[str, AnyCell]) -> None:
        rules = {
            "document_id": self._rule_for_document_id(fields["document_id"]),
            "municipality_code": (
                re.fullmatch(r"\d{4}", fields["municipality_code"]) is not None,
                "give SCB's four digits, such as 0180",
            ),
            "issuer_kind": (fields["issuer_kind"] in ISSUER_KINDS, "give one of " + ", ".join(ISSUER_KINDS)),
            "committee": (
                not fields["committee"] or fields["issuer_kind"] == "committee",
                f"clear it, or change the issuer_kind {fields['issuer_kind']}",
            ),
            "document_kind": (
                fields["document_kind"] in DOCUMENT_KINDS,
                "give one of " + ", ".join(DOCUMENT_KINDS),
            ),
            "information_date": (_is_iso_date(fields["information_date"]), "give the date as YYYY-MM-DD"),
            "plan_from_year": (re.fullmatch(r"(\d{4})?", fields["plan_from_year"]) is not None, "give a year"),
            "plan_to_year": (re.fullmatch(r"(\d{4})?", fields["plan_to_year"]) is not None, "give a year"),
            "source_url": (
                not fields["source_url"] or WEB_ADDRESS.fullmatch(fields["source_url"]) is not None,
                "give an address that begins with https://, or leave the cell empty",
            ),
        }
        for name, (is_right, remedy) in rules.items():
            if not is_right:
                raise self._refused(
                    f"the field {name} holds '{fields[name]}', which can't be used.",
                    f"Please {remedy}.",
                    self._place(cells[name]),
                )

    def _rule_for_document_id(self, document_id: str) -> tuple[bool, str]:
        if DOCUMENT_ID.fullmatch(self.path.stem) is None:
            return False, f"name it and the file with {DOCUMENT_ID_IN_WORDS}"
        return document_id == self.path.stem, f"give it the file's name, '{self.path.stem}'"

    def _table(self, sheet: Worksheet) -> Table:
        fields = {self._text(row[0]): row[1] for row in sheet.iter_rows(max_row=len(layout.TABLE_FIELDS), max_col=2)}
        missing = [name for name in layout.TABLE_FIELDS if name not in fields]
        if missing:
            raise self._refused(
                f"the field {missing[0]} is missing in column A.", "Put the row back.", f"sheet '{sheet.title}'"
            )
        table_no = self._number(fields["table_no"])
        if table_no is None or layout.sheet_name(table_no) != sheet.title:
            raise self._refused(
                "table_no is not the sheet's number.", "Change it back.", self._place(fields["table_no"])
            )
        for name in ("section", "title"):
            if not self._text(fields[name]):
                raise self._refused(
                    f"the {name} is empty.", "Give the heading or the line above the table.", self._place(fields[name])
                )
        columns = self._columns(sheet)
        return Table(
            table_no=table_no,
            section=self._text(fields["section"]),
            title=self._text(fields["title"]),
            label_header=self._text(sheet.cell(layout.HEADER_ROW, layout.LABEL_COLUMN)),
            columns=columns,
            rows=self._rows(sheet, len(columns)),
            unit=self._text(fields["unit"]),
            page=self._number(fields["page"]),
            source_line=self._number(fields["source_line"]),
            notes=self._text(fields["notes"]),
        )

    def _columns(self, sheet: Worksheet) -> tuple[Column, ...]:
        columns = []
        for number in range(1, sheet.max_column - layout.LABEL_COLUMN + 1):
            kind_cell = sheet.cell(layout.COLUMN_NO_ROW, layout.LABEL_COLUMN + number)
            kind = self._text(kind_cell)
            if not kind:
                self._check_nothing_right_of(sheet, layout.LABEL_COLUMN + number)
                break
            if kind.split()[0] != str(number) or kind.removeprefix(str(number)).strip() not in ("", layout.COMMENTARY):
                raise self._refused(
                    f"the column number is '{kind}' where {number} is expected.",
                    f"Number the columns 1, 2, 3 …, with the word {layout.COMMENTARY} after running text.",
                    self._place(kind_cell),
                )
            header = self._text(sheet.cell(layout.HEADER_ROW, layout.LABEL_COLUMN + number))
            columns.append(Column(header=header, is_commentary=layout.COMMENTARY in kind))
        return tuple(columns)

    def _check_nothing_right_of(self, sheet: Worksheet, column: int) -> None:
        for row in sheet.iter_rows(min_row=layout.COLUMN_NO_ROW, min_col=column):
            for cell in row:
                if self._text(cell):
                    raise self._refused(
                        f"there is a text outside the table ('{self._text(cell)}').",
                        f"Number its column in row {layout.COLUMN_NO_ROW}, or clear the cell.",
                        self._place(cell),
                    )

    def _rows(self, sheet: Worksheet, columns: int) -> tuple[Row, ...]:
        rows: list[Row] = []
        for cells in sheet.iter_rows(min_row=layout.FIRST_DATA_ROW, max_col=layout.LABEL_COLUMN + columns):
            texts = [self._text(cell) for cell in cells]
            if not any(texts):
                continue
            if texts[0] != str(len(rows) + 1):
                raise self._refused(
                    f"row_no is '{texts[0]}' where {len(rows) + 1} is expected.",
                    "Number the rows 1, 2, 3 … without gaps.",
                    self._place(cells[0]),
                )
            if texts[2] not in (layout.DATA, layout.HEADING):
                raise self._refused(
                    f"row_kind is '{texts[2]}'.",
                    f"Write {layout.DATA} or {layout.HEADING} (a sub-heading).",
                    self._place(cells[2]),
                )
            self._check_lengths(cells[layout.LABEL_COLUMN - 1 :])
            rows.append(
                Row(
                    label=texts[layout.LABEL_COLUMN - 1],
                    cells=tuple(texts[layout.LABEL_COLUMN :]),
                    source_line=self._number(cells[1]),
                    is_heading=texts[2] == layout.HEADING,
                    notes=texts[3],
                )
            )
        return tuple(rows)

    def _check_lengths(self, cells: tuple[AnyCell, ...]) -> None:
        for cell in cells:
            length = len(self._text(cell))
            if length > layout.LONGEST_CELL:
                raise self._refused(
                    f"holds {length} characters of running text.",
                    f"Mark its column as {layout.COMMENTARY} in row {layout.COLUMN_NO_ROW} and clear it.",
                    self._place(cell),
                )

    def _read_texts(self, document_id: str) -> dict[tuple[int, int, int], str]:
        if layout.READ_SHEET not in self.workbook.sheetnames:
            return {}
        sheet = self.workbook[layout.READ_SHEET]
        if self._text(sheet[layout.READ_DOCUMENT_CELL]) != document_id:
            return {}
        texts = {}
        for cells in sheet.iter_rows(min_row=2, max_col=len(layout.READ_HEADER)):
            table_no, row_no, col_no = (self._number(cell) for cell in cells[:3])
            if table_no is not None and row_no is not None and col_no is not None:
                texts[table_no, row_no, col_no] = self._text(cells[3])
        return texts

    def _doubts(self) -> dict[tuple[int, int, int], Doubt]:
        doubts = {}
        for cells in self._lines(layout.REVIEW_SHEET, layout.REVIEW_HEADER):
            numbers = [self._number(cells[name]) for name in ("table_no", "row_no", "col_no")]
            table_no, row_no, col_no = (0 if number is None else number for number in numbers)
            alternatives = self._text(cells["alternatives"]).split(layout.ALTERNATIVES_PARTED_BY)
            reason = self._text(cells["reason"])
            doubts[table_no, row_no, col_no] = Doubt(reason, tuple(text for text in alternatives if text))
        return doubts

    def _unplaced(self) -> tuple[UnplacedCorrection, ...]:
        lines = self._lines(layout.UNPLACED_SHEET, layout.UNPLACED_HEADER)
        return tuple(
            UnplacedCorrection(*(self._text(cells[name]) for name in layout.UNPLACED_HEADER)) for cells in lines
        )

    def _balance(self) -> Iterator[PageBalance]:
        _, *names, _ = layout.BALANCE_FIELDS
        first, last = layout.BALANCE_COLUMN, layout.BALANCE_COLUMN + len(layout.BALANCE_FIELDS) - 1
        header, *lines = self.workbook[layout.DOCUMENT_SHEET].iter_rows(min_col=first, max_col=last)
        if [self._text(cell) for cell in header] != list(layout.BALANCE_FIELDS.values()):
            return
        for place, *counts, is_open in lines:
            if self._text(place):
                numbers = dict(zip(names, (self._number(cell) or 0 for cell in counts), strict=True))
                is_marked = self._text(is_open) == layout.TO_CHECK
                yield PageBalance(place=self._text(place), is_open=is_marked, **numbers)

    def _lines(self, sheet_name: str, header: tuple[str, ...]) -> Iterator[dict[str, AnyCell]]:
        """The filled lines of a list by the names above its columns; none if there is no such sheet."""
        if sheet_name in self.workbook.sheetnames:
            first, *lines = self.workbook[sheet_name].iter_rows(max_col=len(header))
            names = [self._text(cell) for cell in first]
            for cells in lines:
                if any(cell.value is not None for cell in cells):
                    yield dict(zip(names if set(names) == set(header) else header, cells, strict=True))

    def _number(self, cell: AnyCell) -> int | None:
        text = self._text(cell)
        if text and not text.isdecimal():
            raise self._refused(
                f"'{text}' is not a whole number.", "Give a number or leave it empty.", self._place(cell)
            )
        return int(text) if text else None

    def _text(self, cell: AnyCell) -> str:
        """A cell's text; a typed number is returned as printed in Swedish (12.5 -> 12,5)."""
        value = cell.value
        if value is None:
            return ""
        if cell.data_type == "f":
            formula = value if isinstance(value, str) else getattr(value, "text", None) or "of several cells"
            raise self._refused(
                f"holds a formula ({formula}).",
                "Type the printed figure; begin with an apostrophe if it starts with =.",
                self._place(cell),
            )
        if cell.data_type == "e":
            raise self._refused(f"holds Excel's error {value}.", "Type the printed text.", self._place(cell))
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, dt.date) and is_whole_date(value, cell.number_format):
            return printed_date(value, cell.number_format)
        if isinstance(value, bool | dt.date | dt.time | dt.timedelta):
            raise self._refused(
                f"holds {value}, which Excel has changed from the printed text.",
                "Format the cell as text and type what is printed.",
                self._place(cell),
            )
        if not isinstance(value, int | float):
            raise self._refused(f"holds {value!r}.", "Type the printed text.", self._place(cell))
        return printed_number(value, cell.number_format if "%" in cell.number_format else "General")

    def _place(self, cell: AnyCell) -> str:
        return f"sheet '{cell.parent.title}', cell {cell.coordinate}"


def _is_iso_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None
