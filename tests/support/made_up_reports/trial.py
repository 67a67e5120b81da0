"""Tests the reader: prints reports as one kind of file, reads them, scores the result."""

from collections.abc import Iterable
from pathlib import Path

from ingest.document import Document
from ingest.errors import InputRefusedError
from ingest.reading.report import read_report

from .kinds import print_made_up_report
from .score import Score, add_to_score


def read_document(path: Path) -> Document:
    """The tables and doubts of a report; no tables if the reader refuses it."""
    try:
        reading = read_report(path, lambda page, pages: None)
    except InputRefusedError:
        return Document("", "", "", "", "", "", "")
    return Document("", "", "", "", "", "", "", tables=reading.tables, doubts=reading.doubts)


def score_kind(kind: str, seeds: Iterable[int], folder: Path) -> Score:
    score = Score()
    for seed in seeds:
        printed = print_made_up_report(kind, seed, folder)
        traps = [table.traps for table in printed.report.tables]
        add_to_score(score, printed.path.name, printed.truth, read_document(printed.path), traps)
    return score
