"""Tests the reader: prints reports as one kind of file, reads them, scores the result."""

from collections.abc import Iterable
from pathlib import Path
from random import Random

from ingest.document import Document
from ingest.errors import InputRefusedError
from ingest.reading.document.identified import known_facts
from ingest.reading.document.issuer import Municipalities
from ingest.reading.report import Reading, read_report

from .faults import faults_of
from .kinds import PrintedReport, print_made_up_report
from .report import Report
from .score import Score, add_to_score
from .vocabulary import CODES


def read_document(path: Path) -> Document:
    """The tables and doubts of a report; no tables if the reader refuses it."""
    return _document(_reading(path))


def score_kind(kind: str, seeds: Iterable[int], folder: Path, fault: str = "") -> Score:
    """The score of the reports of some seeds, printed as one kind of file."""
    score = Score()
    for seed in seeds:
        _add_report(score, print_made_up_report(kind, seed, folder, fault))
    return score


def score_faults(kind: str, seeds: Iterable[int], folder: Path) -> Score:
    """The score of the reports of some seeds, each printed with a fault that its seed draws."""
    score = Score()
    for seed in seeds:
        fault = Random(f"{seed} fault").choice(faults_of(kind))
        _add_report(score, print_made_up_report(kind, seed, folder, fault))
    return score


def _add_report(score: Score, printed: PrintedReport) -> None:
    fault = {printed.report.fault} - {""}
    traps = [table.traps | fault for table in printed.report.tables]
    reading = _reading(printed.path)
    add_to_score(score, " ".join([printed.path.name, *fault]), printed.truth, _document(reading), traps)
    score.facts.update(_verdicts(printed.path, reading, printed.report))


def _reading(path: Path) -> Reading:
    try:
        return read_report(path, lambda page, pages: None)
    except InputRefusedError:
        return Reading(())


def _document(reading: Reading) -> Document:
    return Document("", "", "", "", "", "", "", tables=reading.tables, doubts=reading.doubts)


def _verdicts(path: Path, reading: Reading, report: Report) -> Iterable[str]:
    """Whether each fact that the reader finds by itself is right, wrong or missing."""
    found = {name: fact.value for name, fact in known_facts(path, reading, {}, CODES).items()}
    said = {
        "municipality": Municipalities(tuple(CODES.values())).meant(report.municipality) or "",
        "committee": report.committee.split(" ", 1)[1],
        "document_kind": report.document_kind,
        "information_date": report.information_date,
    }
    for name, value in said.items():
        is_right = found.get(name, "").lower().endswith(value.lower())
        yield f"{name} {'right' if is_right else 'wrong' if name in found else 'missing'}"
