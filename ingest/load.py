"""Brings schema ``raw`` in line with the files under ``data/``: one transaction a file, unchanged files left alone."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pandas as pd
from openpyxl.utils import get_column_letter

from ingest import workbook_layout as layout
from ingest.errors import InputRefusedError
from ingest.key_figures import KEY_FIGURE_COLUMNS, key_figure_sources, read_key_figures
from ingest.raw_schema import REPORT_TABLES, create_raw_schema
from ingest.tables import Document, Table
from ingest.unread_files import unread_files
from ingest.workbook_reader import read_workbook


@dataclass
class LoadResult:
    """What one ingest did, by file name; ``refused`` maps a file to the message for its owner.

    ``unread`` has a line for each file beside them that is not loaded.
    """

    loaded: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether schema ``raw`` holds something else than before."""
        return bool(self.loaded or self.removed)


def load_reports(connection: duckdb.DuckDBPyConnection, folder: Path, municipalities: dict[str, str]) -> LoadResult:
    """Load each review workbook of ``folder``; a refused one leaves its earlier load as it was.

    ``municipalities`` gives the name for each SCB code; a workbook must name one of them.
    """
    files = sorted(path for path in folder.glob("*.[xX][lL][sS][xX]") if not path.name.startswith("~$"))

    def replace(connection: duckdb.DuckDBPyConnection, name: str, path: Path, file_hash: str) -> None:
        document = read_workbook(path)
        _check_municipality(document, path, municipalities)
        _replace_document(connection, name, document, file_hash)

    result = _load_files(connection, "report_documents", {path.name: path for path in files}, replace)
    sources = connection.execute("select source from raw.report_documents").fetchall()
    result.unread = unread_files(folder, {path.name for path in files} | {source for (source,) in sources})
    return result


def load_key_figures(connection: duckdb.DuckDBPyConnection, folder: Path) -> LoadResult:
    """Load each key-figure file, or folder of API pages, that lies in ``folder``."""
    files = key_figure_sources(folder)
    result = _load_files(connection, "key_figure_files", files, _replace_key_figures)
    result.unread = unread_files(folder, files)
    return result


def _load_files(
    connection: duckdb.DuckDBPyConnection,
    register: str,
    files: dict[str, Path],
    replace: Callable[[duckdb.DuckDBPyConnection, str, Path, str], None],
) -> LoadResult:
    create_raw_schema(connection)
    result = LoadResult()
    earlier = dict(connection.execute(f"select file_name, file_hash from raw.{register}").fetchall())
    for name, path in files.items():
        try:
            file_hash = _hash(path)
            if earlier.get(name) == file_hash:
                result.unchanged.append(name)
                continue
            with transaction(connection):
                replace(connection, name, path, file_hash)
            result.loaded.append(name)
        except InputRefusedError as error:
            result.refused[name] = str(error)
    for name in sorted(earlier.keys() - files.keys()):
        with transaction(connection):
            _forget(connection, register, name)
        result.removed.append(name)
    return result


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All of what is done inside, or nothing of it."""
    connection.execute("begin transaction")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def _forget(connection: duckdb.DuckDBPyConnection, register: str, file_name: str) -> None:
    if register == "report_documents":
        owned = "document_id in (select document_id from raw.report_documents where file_name = $1)"
        for table in reversed(REPORT_TABLES):
            condition = "file_name = $1" if table == register else owned
            connection.execute(f"delete from raw.{table} where {condition}", [file_name])
    else:
        connection.execute("delete from raw.key_figure_values where file_name = $1", [file_name])
        connection.execute("delete from raw.key_figure_files where file_name = $1", [file_name])


def _check_municipality(document: Document, path: Path, municipalities: dict[str, str]) -> None:
    known = municipalities.get(document.municipality_code)
    if known != document.municipality:
        problem = (
            f"municipality_code {document.municipality_code} is {known} and not {document.municipality}."
            if known
            else f"municipality_code {document.municipality_code} is no Swedish municipality."
        )
        raise InputRefusedError(
            path,
            problem,
            "Mend the code or the name; seeds/municipality_codes.csv lists them.",
            f"sheet '{layout.DOCUMENT_SHEET}'",
        )


def _replace_document(connection: duckdb.DuckDBPyConnection, name: str, document: Document, file_hash: str) -> None:
    _forget(connection, "report_documents", name)
    facts = [getattr(document, field_name) for field_name in layout.DOCUMENT_FIELDS]
    _insert(connection, "report_documents", [(*facts, name, file_hash, dt.datetime.now(tz=dt.UTC))])
    _insert(connection, "report_tables", _table_records(document))
    _insert(connection, "report_columns", _column_records(document))
    _insert(connection, "report_rows", _row_records(document))
    _insert(connection, "report_cells", _cell_records(document))


def _replace_key_figures(connection: duckdb.DuckDBPyConnection, name: str, path: Path, file_hash: str) -> None:
    values = read_key_figures(connection, path)
    _forget(connection, "key_figure_files", name)
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
