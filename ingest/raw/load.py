"""Loads review workbooks and key-figure files into schema ``raw``."""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import duckdb
import pandas as pd
from openpyxl.utils import get_column_letter

from ingest.document import Document, Table
from ingest.errors import InputRefusedError, ReaderFaultError
from ingest.files.unread import unread_files
from ingest.key_figures.columns import KEY_FIGURE_COLUMNS
from ingest.key_figures.reader import key_figure_sources, read_key_figures
from ingest.raw.input_files import KEY_FIGURES, REPORTS, InputFiles, LoadResult
from ingest.raw.schema import REPORT_TABLES
from ingest.workbook import layout
from ingest.workbook.reader import read_workbook


def report_files(
    connection: duckdb.DuckDBPyConnection, municipalities: dict[str, str], last_good: Path, code_hash: str
) -> InputFiles:
    """The review workbooks. Each must name a municipality in ``municipalities``, which maps SCB codes to names."""

    def replace(name: str, path: Path, file_hash: str) -> None:
        with _own_faults_refused(path):
            document = read_workbook(path)
        _check_municipality(document, path, municipalities)
        _check_is_alone(connection, name, document, path)
        _replace_document(connection, name, document, file_hash)

    return InputFiles(connection, REPORTS, last_good, code_hash, replace, partial(_forget_document, connection))


def key_figure_files(connection: duckdb.DuckDBPyConnection, last_good: Path, code_hash: str) -> InputFiles:
    """The key-figure files, and the folders of API pages."""
    replace = partial(_replace_key_figures, connection)
    return InputFiles(connection, KEY_FIGURES, last_good, code_hash, replace, partial(_forget_key_figures, connection))


def load_reports(reports: InputFiles, folder: Path) -> LoadResult:
    """Load each review workbook of ``folder``."""
    files = workbooks(folder)
    result = reports.bring_in_line(files)
    sources = reports.connection.execute("select source from raw.report_documents").fetchall()
    result.unread = unread_files(folder, files.keys() | {source for (source,) in sources})
    return result


def load_key_figures(key_figures: InputFiles, folder: Path) -> LoadResult:
    """Load each key-figure file, or folder of API pages, in ``folder``."""
    files = key_figure_sources(folder)
    result = key_figures.bring_in_line(files)
    result.unread = unread_files(folder, files)
    return result


def workbooks(folder: Path) -> dict[str, Path]:
    """The review workbooks of ``folder`` by name."""
    return {path.name: path for path in sorted(folder.glob("*.[xX][lL][sS][xX]")) if not path.name.startswith("~$")}


@contextmanager
def _own_faults_refused(path: Path) -> Iterator[None]:
    """Turn any error while reading one file into its refusal, so that other files are still loaded."""
    try:
        yield
    except (InputRefusedError, OSError, MemoryError):
        raise
    except Exception as error:
        raise ReaderFaultError(path, 0, error) from error


def _forget_document(connection: duckdb.DuckDBPyConnection, file_name: str) -> None:
    owned = "document_id in (select document_id from raw.report_documents where file_name = $1)"
    for table in reversed(REPORT_TABLES):
        condition = "file_name = $1" if table == REPORTS else owned
        connection.execute(f"delete from raw.{table} where {condition}", [file_name])


def _forget_key_figures(connection: duckdb.DuckDBPyConnection, file_name: str) -> None:
    connection.execute("delete from raw.key_figure_values where file_name = $1", [file_name])
    connection.execute("delete from raw.key_figure_files where file_name = $1", [file_name])


def _check_municipality(document: Document, path: Path, municipalities: dict[str, str]) -> None:
    known = municipalities.get(document.municipality_code)
    if known != document.municipality:
        problem = (
            f"municipality_code {document.municipality_code} is {known} and not {document.municipality}."
            if known
            else f"municipality_code {document.municipality_code} is not a Swedish municipality."
        )
        raise InputRefusedError(
            path,
            problem,
            "Correct the code or the name; seeds/municipality_codes.csv lists them.",
            f"sheet '{layout.DOCUMENT_SHEET}'",
        )


def _check_is_alone(connection: duckdb.DuckDBPyConnection, name: str, document: Document, path: Path) -> None:
    query = "select file_name from raw.report_documents where document_id = $1 and file_name <> $2"
    other = connection.execute(query, [document.document_id, name]).fetchone()
    if other:
        raise InputRefusedError(path, f"is the same document as {other[0]}.", "Keep one of the two files.")


def _replace_document(connection: duckdb.DuckDBPyConnection, name: str, document: Document, file_hash: str) -> None:
    _forget_document(connection, name)
    facts = [getattr(document, field_name) for field_name in layout.DOCUMENT_FIELDS]
    _insert(connection, "report_documents", [(*facts, name, file_hash, dt.datetime.now(tz=dt.UTC))])
    _insert(connection, "report_tables", _table_records(document))
    _insert(connection, "report_columns", _column_records(document))
    _insert(connection, "report_rows", _row_records(document))
    _insert(connection, "report_cells", _cell_records(document))


def _replace_key_figures(connection: duckdb.DuckDBPyConnection, name: str, path: Path, file_hash: str) -> None:
    with _own_faults_refused(path):
        values = read_key_figures(connection, path)
    _forget_key_figures(connection, name)
    columns = ", ".join(KEY_FIGURE_COLUMNS)
    values.insert(0, "file_name", name)
    connection.register("arrived", values)
    connection.execute(f"insert into raw.key_figure_values select file_name, {columns} from arrived")
    connection.unregister("arrived")
    _insert(connection, "key_figure_files", [(name, file_hash, len(values), dt.datetime.now(tz=dt.UTC))])


def _insert(connection: duckdb.DuckDBPyConnection, table: str, records: Iterable[tuple[object, ...]]) -> None:
    arrived = pd.DataFrame(list(records), dtype="object")
    if arrived.empty:
        return
    connection.register("arrived", arrived)
    connection.execute(f"insert into raw.{table} select * from arrived")
    connection.unregister("arrived")


def _table_records(document: Document) -> Iterator[tuple[object, ...]]:
    for table in document.tables:
        yield (
            document.document_id,
            table.table_no,
            layout.sheet_name(table.table_no),
            table.section,
            table.title,
            table.label_header,
            table.unit,
            table.page,
            table.source_line,
            table.notes,
        )


def _column_records(document: Document) -> Iterator[tuple[object, ...]]:
    for table in document.tables:
        for col_no, column in enumerate(table.columns, 1):
            read = document.read_texts.get((table.table_no, 0, col_no))
            yield document.document_id, table.table_no, col_no, column.header, read, column.is_commentary


def _row_records(document: Document) -> Iterator[tuple[object, ...]]:
    for table in document.tables:
        for row_no, row in enumerate(table.rows, 1):
            read = document.read_texts.get((table.table_no, row_no, 0))
            yield (
                document.document_id,
                table.table_no,
                row_no,
                row.label,
                read,
                row.source_line,
                row.is_heading,
                row.notes,
            )


def _cell_records(document: Document) -> Iterator[tuple[object, ...]]:
    for table in document.tables:
        for row_no, row in enumerate(table.rows, 1):
            for col_no, text in enumerate(row.cells, 1):
                if not table.columns[col_no - 1].is_commentary:
                    read = document.read_texts.get((table.table_no, row_no, col_no))
                    ref = _cell_ref(table, row_no, col_no)
                    yield document.document_id, table.table_no, row_no, col_no, ref, text, read


def _cell_ref(table: Table, row_no: int, col_no: int) -> str:
    letter = get_column_letter(layout.FIRST_CELL_COLUMN + col_no - 1)
    return f"{layout.sheet_name(table.table_no)}!{letter}{layout.FIRST_DATA_ROW + row_no - 1}"
