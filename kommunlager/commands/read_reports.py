"""Reads reports into review workbooks, as the verb ``read`` does."""

import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from ingest.document import Document, texts_by_place
from ingest.errors import InputRefusedError, ReaderFaultError
from ingest.reading.document.cell_list import write_cell_list
from ingest.reading.document.corrections import is_same_report, with_corrections
from ingest.reading.document.identified import GIVABLE, IdentifiedDocument, identified_document, sidecar
from ingest.reading.report import Reading, read_report
from ingest.workbook.reader import read_workbook
from ingest.workbook.writer import write_workbook
from kommunlager.checks.seeds.checks import ready_seeds
from kommunlager.errors import EXIT_DATA_REFUSED, EXIT_UNEXPECTED, StepFailedError, disk_trouble
from kommunlager.installation import Installation, find_installation, shown
from kommunlager.runs.log import log_file, run_log

_MOST_UNREAD = 20


def read_reports(files: tuple[Path, ...], out: Path | None, cells: Path | None, given: dict[str, str]) -> None:
    """Write a workbook for each report, or a list of cells; raises StepFailedError naming the reports it refused.

    ``given`` holds the facts that the reports don't state themselves.
    """
    installation = find_installation()
    ready_seeds(installation)
    readings: list[Reading] = []
    refused: list[str] = []
    for file in files:
        try:
            readings.append(_read(file, installation))
            if out is not None or cells is None:
                _write(file, readings[-1], given, out or installation.data / "reports", installation)
        except ReaderFaultError as fault:
            refused.append(f"{fault} {_logged(fault, installation)}")
        except InputRefusedError as error:
            refused.append(str(error))
    if cells is not None and readings:
        with _disk_trouble_told(cells):
            write_cell_list(readings, cells)
        click.echo(f"{shown(cells)}: all cells of {len(readings)} reports")
    if refused:
        told = "\n".join(f"  - {message}" for message in refused)
        raise StepFailedError(f"Refused, and nothing written for them:\n{told}", EXIT_DATA_REFUSED)


@contextmanager
def _disk_trouble_told(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        told = disk_trouble(error, place) or f"{place} can't be written: {error.strerror or error}."
        raise StepFailedError(told, EXIT_UNEXPECTED) from error


def _logged(fault: ReaderFaultError, installation: Installation) -> str:
    """Where the log of a fault of the reader is, which holds the trace."""
    run_id = f"read_{datetime.now(UTC):%Y%m%dT%H%M%S}"
    with run_log(installation, run_id) as log:
        log.error("reader_fault", exc_info=fault)
    return f"({shown(log_file(installation, run_id))})"


def _read(file: Path, installation: Installation) -> Reading:
    with _progress(file) as on_page:
        reading = read_report(file, on_page, installation.known_labels())
    unsure = len(reading.doubts)
    click.echo(f"{file.name}: {len(reading.tables)} tables, {reading.figures} figures, {unsure} unsure cells")
    if reading.unread:
        told = "\n".join(f"    {line}" for line in reading.unread[:_MOST_UNREAD])
        seen = f"{len(reading.unread)} lines outside the tables read as rows of figures or heads of tables"
        click.echo(f"  {seen}; look them up:\n{told}")
    return reading


def _write(file: Path, reading: Reading, given: dict[str, str], out: Path, installation: Installation) -> None:
    identified = identified_document(file, reading, _sidecar_facts(file) | given, installation.municipality_names())
    _say_identity(identified)
    path = out / f"{identified.document.document_id}.xlsx"
    document = _merged(file, identified.document, path, given) if path.exists() else identified.document
    with _disk_trouble_told(out):
        out.mkdir(parents=True, exist_ok=True)
        write_workbook(document, path)
    click.echo(f"  workbook: {shown(path)}")


def _merged(file: Path, reading: Document, path: Path, given: dict[str, str]) -> Document:
    workbook = read_workbook(path)
    if not is_same_report(reading, workbook):
        raise InputRefusedError(
            file,
            f"is not the report that was read into {shown(path)}.",
            "Give another --document-id, or move that workbook away if it is to be replaced.",
        )
    document = with_corrections(reading, workbook, given)
    edited = sum(document.read_texts.get(place) != text for place, text in texts_by_place(document.tables).items())
    click.echo(
        f"  read before: {edited} texts corrected by hand are kept, {len(document.unplaced)} have lost their place"
    )
    return document


def _say_identity(identified: IdentifiedDocument) -> None:
    for name in GIVABLE:
        value = getattr(identified.document, name)
        if value:
            click.echo(
                f"  {name}: {value}" + (f" ({identified.evidence[name]})" if name in identified.evidence else "")
            )


def _sidecar_facts(file: Path) -> dict[str, str]:
    path = sidecar(file)
    if not path.is_file():
        return {}
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputRefusedError(path, f"is no TOML file ({error}).", 'Write lines such as committee = "…".') from error
    unknown = facts.keys() - set(GIVABLE)
    if unknown:
        raise InputRefusedError(path, f"has the unknown line {min(unknown)}.", f"Known are {', '.join(GIVABLE)}.")
    return {name: str(value) for name, value in facts.items()}


@contextmanager
def _progress(file: Path) -> Iterator[Callable[[int, int], None]]:
    """A bar of pages on a terminal; nothing in a log."""
    if not sys.stderr.isatty():
        yield lambda page, pages: None
        return
    with click.progressbar(length=1, label=file.name, file=sys.stderr) as bar:

        def on_page(page: int, pages: int) -> None:
            bar.length = pages
            bar.update(page - bar.pos)

        yield on_page
