"""Reads key figures from flat tables: csv, xlsx, parquet."""

import codecs
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

import duckdb
import pandas as pd

from ingest.errors import InputRefusedError
from ingest.files.csv import CsvForm, csv_form, opened
from ingest.key_figures.excel_table import read_excel_table

_THREE_DIGITS_AFTER_POINT = re.compile(r"[-−–]?[1-9]\d{0,2}\.\d{3}")
# Fewer values with a point may have three decimals by chance.
_LEAST_POINTS = 3
_CSV = """
    select * from read_csv($path, auto_detect = false, header = true, columns = $columns, delim = $delimiter,
        quote = '"', escape = '"', skip = $skipped)
"""


def read_flat_table(connection: duckdb.DuckDBPyConnection, path: Path) -> pd.DataFrame:
    """The table's columns under their own names, all texts; raises InputRefusedError for a csv whose rows don't fit."""
    if path.suffix.lower() == ".xlsx":
        cells = read_excel_table(path)
        _refuse_unclear_points(path, [text for text in cells.get("value", ()) if isinstance(text, str)])
        return cells.astype("string")
    if path.suffix.lower() == ".parquet":
        return connection.execute("select cast(columns(*) as varchar) from read_parquet(?)", [str(path)]).df()
    return _read_csv(connection, path)


def _read_csv(connection: duckdb.DuckDBPyConnection, path: Path) -> pd.DataFrame:
    form = csv_form(path)
    given = {
        "columns": dict.fromkeys(form.header, "varchar"),
        "delimiter": form.delimiter,
        "skipped": form.lines_before_header,
    }
    try:
        with _in_utf8(path, form) as readable:
            table = connection.execute(_CSV, {**given, "path": str(readable)}).df()
    except duckdb.InvalidInputException as error:
        raise _refusal(path, error) from error
    if "value" in table.columns:
        _refuse_unclear_points(path, table["value"].dropna())
        if form.has_decimal_commas:
            table["value"] = table["value"].str.replace(",", ".")
    return table


def _refuse_unclear_points(path: Path, texts: Iterable[str]) -> None:
    """Raise InputRefusedError if all points have three digits after them and so may separate thousands."""
    with_point = [text.strip() for text in texts if "." in text]
    if len(with_point) >= _LEAST_POINTS and all(map(_THREE_DIGITS_AFTER_POINT.fullmatch, with_point)):
        raise InputRefusedError(
            path,
            f"has values such as {with_point[0]}, whose point may separate thousands or decimals.",
            "Write thousands without a point, or decimals with another number of digits.",
        )


@contextmanager
def _in_utf8(path: Path, form: CsvForm) -> Iterator[Path]:
    """The file, or a copy in the one encoding that DuckDB reads completely."""
    if form.encoding != "cp1252":
        yield path
        return
    with NamedTemporaryFile("w", encoding="utf-8", suffix=".csv") as copy, opened(path) as file:
        shutil.copyfileobj(codecs.getreader(form.encoding)(file), copy)
        copy.flush()
        yield Path(copy.name)


def _refusal(path: Path, error: duckdb.Error) -> InputRefusedError:
    """DuckDB's message names the line, and the cause on a line of its own."""
    line = re.search(r"Error on Line: (\d+)", str(error))
    counts = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", str(error))
    if line and counts:
        problem = f"has {counts[2]} cells where the header has {counts[1]}."
        return InputRefusedError(path, problem, "A comma inside a cell needs quotes around it.", f"line {line[1]}")
    problem = "can't be parsed: a quote may be open." if line else f"can't be parsed ({str(error).splitlines()[0]})."
    return InputRefusedError(path, problem, "Save it again as 'CSV UTF-8'.", f"line {line[1]}" if line else "")
