"""Reads the first sheet of a workbook cell by cell, as its cells are shown: 58 % is 58, not 0.58."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell

from ingest.errors import InputRefusedError
from ingest.files.excel_numbers import is_percentage
from ingest.files.office_package import refuse_bomb
from ingest.key_figures.columns import KEY_FIGURE_COLUMNS, OTHER_NAMES

_LOADED = {*KEY_FIGURE_COLUMNS, *OTHER_NAMES}
_Cells = tuple[ReadOnlyCell, ...]


def read_excel_table(path: Path) -> pd.DataFrame:
    """The sheet as a table of texts and numbers, without blank rows; the index counts the rows below the header.

    Raises InputRefusedError that names a cell without a usable value.
    """
    refuse_bomb(path)
    rows = _rows(path)
    header_row = next(rows, None)
    if header_row is None:
        raise InputRefusedError(path, "is empty.", "Put its rows back, or remove the file.")
    first_no, header, _ = header_row
    names = {column: str(cell.value).strip() for column, cell in enumerate(header) if cell.value is not None}
    twice = next((name for name in _LOADED if list(names.values()).count(name) > 1), None)
    if twice:
        raise InputRefusedError(path, f"has two columns named {twice}.", "Keep one of them.")
    index, records = [], []
    for row_no, cells, formulas in rows:
        index.append(row_no - first_no - 1)
        records.append(
            {
                name: _judged(path, name, cells[column], formulas[column]) if name in _LOADED else cells[column].value
                for column, name in names.items()
                if column < len(cells)
            }
        )
    return pd.DataFrame(records, index=index, columns=list(names.values()), dtype=object)


def _rows(path: Path) -> Iterator[tuple[int, _Cells, _Cells]]:
    """The number and the cells of each row that isn't blank: as calculated, and as written."""
    with path.open("rb") as calculated, path.open("rb") as written:
        sheets = [
            load_workbook(file, read_only=True, data_only=is_calculated).worksheets[0]
            for file, is_calculated in ((calculated, True), (written, False))
        ]
        for sheet in sheets:
            sheet.reset_dimensions()
        both: Any = zip(*(sheet.iter_rows() for sheet in sheets), strict=True)
        for row_no, (cells, formulas) in enumerate(both, 1):
            if any(str(cell.value or "0").strip() for cell in formulas if cell.value is not None):
                yield row_no, cells, formulas


def _judged(path: Path, name: str, cell: ReadOnlyCell, formula: ReadOnlyCell) -> object:
    """The value of a cell in a column that is loaded."""
    value = cell.value
    if value is None and formula.value is not None:
        problem, remedy = "has a formula without a value", "Open the file in Excel, let it calculate, and save it."
    elif cell.data_type == "e":
        problem, remedy = f"contains {value}", "Correct the formula, or write the value."
    elif isinstance(value, dt.date | dt.time | dt.timedelta):
        if name == "year" and isinstance(value, dt.date):
            return value.year
        problem = f"is a date or a time ({value})"
        remedy = "Excel may have taken a number for one: format the column as numbers and type it again."
    elif isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, cell.number_format)
    else:
        return value
    raise InputRefusedError(path, f"{name} {problem}.", remedy, f"cell {formula.coordinate}")


def _number(value: float, number_format: str) -> object:
    if is_percentage(number_format):
        return f"{(Decimal(str(value)) * 100).normalize():f}"
    return int(value) if float(value).is_integer() else value
