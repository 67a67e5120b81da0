"""Runs the reader and the libraries of ``reader_requirements.txt``, each in its own environment, on the same PDFs."""

import json
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.made_up_reports.trial import read_document

PROJECT = Path(__file__).resolve().parents[1]
PYTHON = PROJECT / ".venv-bench" / "bin" / "python"
OURS = "Kommunlager"
OTHERS = (
    "pdfplumber lines",
    "pdfplumber text",
    "camelot lattice",
    "camelot stream",
    "tabula lattice",
    "tabula stream",
    "img2table",
)


@dataclass(frozen=True)
class Found:
    """The rows of all tables that a tool found in a file, each with its label first, and the CPU seconds it took."""

    rows: list[list[str]]
    seconds: float

    @property
    def cells(self) -> list[str]:
        """All cells of all rows."""
        return [cell for row in self.rows for cell in row]


def installed_tools() -> list[str]:
    """Our reader and the tools whose library could be installed."""
    return [OURS, *(tool for tool in OTHERS if _is_installed(tool.split()[0]))]


def _is_installed(library: str) -> bool:
    return subprocess.run([PYTHON, "-c", f"import {library}"], capture_output=True).returncode == 0


def found_by(tool: str, paths: list[Path]) -> Iterator[Found]:
    """Yield what a tool finds in each file; nothing for those that it fails on."""
    if tool == OURS:
        yield from map(_found_by_ours, paths)
        return
    command = [PYTHON, Path(__file__).with_name("reader_others.py"), tool, *paths]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    for line in filter(lambda line: line.startswith("{"), result.stdout.splitlines()):
        answer = json.loads(line)
        yield Found(answer["rows"], answer["seconds"])


def _found_by_ours(path: Path) -> Found:
    started = time.process_time()
    document = read_document(path)
    rows = [[row.label, *row.cells] for table in document.tables for row in table.rows]
    return Found(rows, time.process_time() - started)
