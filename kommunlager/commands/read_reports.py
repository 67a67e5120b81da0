"""Reads reports into review workbooks: what the command ``read`` does."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import click

from ingest.document import Document, PageBalance, Table, texts_by_place
from ingest.errors import InputRefusedError, ReaderFaultError
from ingest.reading.apart import read_report_apart
from ingest.reading.document.cell_list import write_cell_list
from ingest.reading.document.corrections import is_same_report, with_corrections
from ingest.reading.document.facts import Facts
from ingest.reading.document.given import GIVABLE, given_facts
from ingest.reading.document.identified import identified_document, known_facts, missing_facts
from ingest.reading.report import Reading
from ingest.workbook.reader import read_workbook
from ingest.workbook.writer import write_workbook
from kommunlager.checks.seeds.checks import ready_seeds
from kommunlager.errors import EXIT_DATA_REFUSED, EXIT_UNEXPECTED, StepFailedError, disk_trouble
from kommunlager.installation import Installation, find_installation, shown
from kommunlager.runs.log import log_file, run_log
from kommunlager.runs.output import clean, say

_MOST_UNREAD = 20
_BALANCE_FIELDS = (
    "place",
    "tables",
    "pictures",
    "printed",
    "in_tables",
    "in_text",
    "in_dates",
    "in_doubts",
    "unaccounted",
)
_BALANCE_COLUMNS = (
    "printed on",
    "tables",
    "pictures",
    "figures",
    "in tables",
    "in text",
    "dates and page numbers",
    "in doubts",
    "unaccounted for",
)


def read_reports(
    files: tuple[Path, ...], out: Path | None, cells: Path | None, given: dict[str, str], *, as_json: bool = False
) -> None:
    """Write a workbook for each report, or a list of cells; raises StepFailedError naming the reports it refused.

    ``given`` holds the facts that the reports don't state themselves. With ``as_json`` each report's result is printed
    as one JSON object in a line.
    """
    installation = find_installation()
    ready_seeds(installation)
    folder = None if out is None and cells is not None else out or installation.data / "reports"
    reports = [_Report(file, given, folder, installation) for file in files]
    for report in reports:
        report.read(quietly=as_json)
    readings = [report.reading for report in reports if report.reading is not None]
    if cells is not None and readings:
        with _disk_trouble_reported(cells):
            write_cell_list(readings, cells)
        say(f"{shown(cells)}: all cells of {len(readings)} reports", to_errors=as_json)
    refused = [report.refused for report in reports if report.refused]
    if refused:
        lines = "\n".join(f"  - {message}" for message in refused)
        raise StepFailedError(f"Refused, and nothing written for them:\n{lines}", EXIT_DATA_REFUSED)


@dataclass
class _Report:
    """A report that is read into a workbook in ``folder``, or into the list of cells alone if there is no folder."""

    file: Path
    given: dict[str, str]
    folder: Path | None
    installation: Installation
    reading: Reading | None = None
    facts: Facts = field(default_factory=dict)
    workbook: Path | None = None
    refused: str = ""

    def read(self, *, quietly: bool) -> None:
        """Read the report and write its workbook, or note why it is refused."""
        try:
            for line in self._steps():
                if not quietly:
                    say(line)
        except ReaderFaultError as fault:
            self.refused = f"{fault} {_logged(fault, self.installation)}"
        except InputRefusedError as error:
            self.refused = str(error)
        if quietly:
            say(json.dumps(self._as_json(), ensure_ascii=False))

    def _steps(self) -> Iterator[str]:
        """Take the steps one after the other, and yield the lines to print about each."""
        with _progress(self.file) as on_page:
            self.reading = read_report_apart(self.file, on_page, self.installation.known_labels())
        yield from _summary(self.file, self.reading)
        if self.folder is None:
            return
        given = given_facts(self.file, self.given)
        names = self.installation.municipality_names()
        self.facts = known_facts(self.file, self.reading, given, names)
        identified = identified_document(self.file, self.reading, self.facts, names)
        yield from _identity(identified, self.facts)
        path = self.folder / f"{identified.document_id}.xlsx"
        document = identified
        if path.exists():
            document, line = _merged(self.file, identified, path, given)
            yield line
        with _disk_trouble_reported(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            write_workbook(document, path)
        self.workbook = path
        yield f"  workbook: {shown(path)}"

    def _as_json(self) -> dict[str, object]:
        tables = self.reading.tables if self.reading else ()
        doubts = self.reading.doubts if self.reading else {}
        return {
            "file": str(self.file),
            "workbook": str(self.workbook) if self.workbook else None,
            "refused": self.refused or None,
            "facts": {name: {"value": fact.value, "source": fact.evidence} for name, fact in self.facts.items()},
            "missing": missing_facts(self.facts) if self.facts else [],
            "tables": [_table_as_json(table) for table in tables],
            "doubts": [
                {
                    "table_no": table_no,
                    "row_no": row_no,
                    "col_no": col_no,
                    "reason": doubt.reason,
                    "alternatives": doubt.alternatives,
                }
                for (table_no, row_no, col_no), doubt in sorted(doubts.items())
            ],
            "unread": self.reading.unread if self.reading else (),
            "balance": [asdict(page) for page in self.reading.balance] if self.reading else [],
        }


def _table_as_json(table: Table) -> dict[str, object]:
    return {
        "table_no": table.table_no,
        "page": table.page,
        "section": table.section,
        "title": table.title,
        "unit": table.unit,
        "columns": [column.header for column in table.columns],
        "rows": len(table.rows),
    }


@contextmanager
def _disk_trouble_reported(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = disk_trouble(error, place) or f"{place} can't be written: {error.strerror or error}."
        raise StepFailedError(message, EXIT_UNEXPECTED) from error


def _logged(fault: ReaderFaultError, installation: Installation) -> str:
    """Log an error of the reader with its stack trace, and return the log's path."""
    run_id = f"read_{datetime.now(UTC):%Y%m%dT%H%M%S}"
    with run_log(installation, run_id) as log:
        log.error("reader_fault", trace=fault.trace)
    return f"({shown(log_file(installation, run_id))})"


def _summary(file: Path, reading: Reading) -> Iterator[str]:
    yield f"{file.name}: {len(reading.tables)} tables, {reading.figures} figures, {_open_questions(reading)}"
    yield from _balance_lines(reading.balance)
    if reading.unread:
        lines = "\n".join(f"    {line}" for line in reading.unread[:_MOST_UNREAD])
        found = f"{len(reading.unread)} places outside the tables look like rows, column headers or pictures of tables"
        yield f"  {found}; check them in the report:\n{lines}"


def _open_questions(reading: Reading) -> str:
    """How many doubts and unaccounted figures there are; `0 unsure cells` only where every figure is accounted for."""
    left = sum(page.unaccounted for page in reading.balance)
    unsure = [f"{len(reading.doubts)} unsure cells"] if reading.doubts or not left else []
    return ", ".join([*unsure, *([f"{left} figures unaccounted for"] if left else [])])


def _balance_lines(balance: Sequence[PageBalance]) -> Iterator[str]:
    """A table of the pages, and where the figures printed on each of them went."""
    lines = [_BALANCE_COLUMNS, *(tuple(str(getattr(page, name)) for name in _BALANCE_FIELDS) for page in balance)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for place, *counts in lines if balance else ():
        cells = (count.rjust(width) for count, width in zip(counts, widths[1:], strict=True))
        yield f"  {place.ljust(widths[0])}  {'  '.join(cells)}"


def _merged(file: Path, reading: Document, path: Path, given: Facts) -> tuple[Document, str]:
    """The new reading with the corrections in its workbook, and the line to print about them."""
    workbook = read_workbook(path)
    if not is_same_report(reading, workbook):
        raise InputRefusedError(
            file,
            f"is not the report that was read into {shown(path)}.",
            "Give another --document-id, or move that workbook away if it is to be replaced.",
        )
    document = with_corrections(reading, workbook, given)
    edited = sum(document.read_texts.get(place) != text for place, text in texts_by_place(document.tables).items())
    lost = len(document.unplaced)
    return document, f"  read before: {edited} texts corrected by hand are kept, {lost} have lost their place"


def _identity(document: Document, facts: Facts) -> Iterator[str]:
    for name in GIVABLE:
        if value := getattr(document, name):
            yield f"  {name}: {value}" + (f" ({facts[name].evidence})" if name in facts else "")


@contextmanager
def _progress(file: Path) -> Iterator[Callable[[int, int], None]]:
    """A bar of pages on a terminal; nothing in a log."""
    if not sys.stderr.isatty():
        yield lambda page, pages: None
        return
    with click.progressbar(length=1, label=clean(file.name), file=sys.stderr) as bar:

        def on_page(page: int, pages: int) -> None:
            bar.length = pages
            bar.update(page - bar.pos)

        yield on_page
