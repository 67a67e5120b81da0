"""Compares the reader with other libraries on real PDFs whose tables were transcribed by eye.

    .venv/bin/python -m benchmarks.reader_on_reports FOLDER

``FOLDER/pdf/`` has the PDFs and ``FOLDER/gold/`` a CSV file for each, with a line per figure (``row_label``, ``raw``
and ``kind``, which is ``numeric`` for those that count). A figure is found if its text is in any table of the file, and
right if the row that it is in begins with its label. The table is also written to ``build/reader_on_reports.md``.
"""

import csv
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from benchmarks.reader_tools import OTHERS, PROJECT, Found, found_by, installed_tools

RESULT = PROJECT / "build" / "reader_on_reports.md"
HEADER = "| report | tool | figures | found | right | pages a second |\n| --- | --- | ---: | ---: | ---: | ---: |"


@dataclass(frozen=True)
class Report:
    """A PDF, the number of its pages, and its figures: how often each text is printed beside each label."""

    path: Path
    pages: int
    figures: Counter[tuple[str, str]]


@dataclass(frozen=True)
class Result:
    """How a tool did on some reports; ``failed`` if it gave up."""

    figures: int
    found: int
    right: int
    pages: int
    seconds: float
    failed: bool = False

    def __add__(self, other: "Result") -> "Result":
        return Result(
            self.figures + other.figures,
            self.found + other.found,
            self.right + other.right,
            self.pages + other.pages,
            self.seconds + other.seconds,
            self.failed or other.failed,
        )

    def line(self, report: str, tool: str) -> str:
        """A line of the table."""
        speed = f"{self.pages / self.seconds:.1f}" if self.seconds else ""
        speed += " (failed on a file)" if self.failed else ""
        return f"| {report} | {tool} | {self.figures} | {self.found} | {self.right} | {speed} |"


def reports_in(folder: Path) -> list[Report]:
    """The PDFs of a folder that have a transcription."""
    golds = sorted((folder / "gold").glob("*.csv"))
    paths = [(folder / "pdf" / gold.with_suffix(".pdf").name, gold) for gold in golds]
    return [
        Report(path, len(pypdfium2.PdfDocument(path)), Counter(_figures(gold))) for path, gold in paths if path.exists()
    ]


def _figures(gold: Path) -> Iterator[tuple[str, str]]:
    with gold.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if line["kind"] == "numeric" and text_of_figure(line["raw"]):
                yield text_of_label(line["row_label"]), text_of_figure(line["raw"])


def text_of_label(text: str) -> str:
    """The letters and digits of a label; line breaks, hyphens and marks are no difference."""
    return re.sub(r"[^0-9a-zåäöéü%<>=≤≥]+", "", unicodedata.normalize("NFKC", text).lower())


def text_of_figure(text: str) -> str:
    """The text of a figure without spaces and footnote marks, and with one kind of minus sign."""
    text = unicodedata.normalize("NFKC", text).replace("−", "-").replace("–", "-")
    return re.sub(r"[\s*]+", "", text).lower()


def result_on(report: Report, found: Found) -> Result:
    """Count the figures that a tool found in a report."""
    printed = Counter(figure for _, figure in report.figures.elements())
    anywhere = Counter(text_of_figure(cell) for cell in found.cells)
    beside = Counter(pair for row in found.rows for pair in _pairs(row))
    return Result(
        report.figures.total(),
        (printed & anywhere).total(),
        (report.figures & beside).total(),
        report.pages,
        found.seconds,
    )


def _pairs(row: Iterable[str]) -> Iterator[tuple[str, str]]:
    """A row's figures, each with the row's first text."""
    label, *cells = [cell for cell in row if cell.strip()] or [""]
    return ((text_of_label(label), text_of_figure(cell)) for cell in cells)


def results_of(tool: str, reports: list[Report]) -> Iterator[Result]:
    """Run a tool on the reports, each in a run of its own: one that fails doesn't take the others with it."""
    for report in reports:
        try:
            (found,) = found_by(tool, [report.path])
        except Exception as error:  # Any library may fail in any way; the table says so.
            print(f"{tool} failed on {report.path.name}: {type(error).__name__}", file=sys.stderr)
            yield Result(report.figures.total(), 0, 0, 0, 0.0, failed=True)
        else:
            yield result_on(report, found)


def main(folder: Path) -> None:
    reports = reports_in(folder)
    if not reports:
        sys.exit(f"{folder}: has no pdf/NAME.pdf with a transcription gold/NAME.csv.")
    tools = installed_tools()
    results = {tool: list(results_of(tool, reports)) for tool in tools}
    lines = [HEADER]
    for place, report in enumerate(reports):
        lines += [results[tool][place].line(report.path.stem, tool) for tool in tools]
    lines += [sum(results[tool], Result(0, 0, 0, 0, 0.0)).line("**all**", tool) for tool in tools]
    missing = [tool for tool in OTHERS if tool not in tools]
    if missing:
        lines += ["", f"Not installed, and so not measured: {', '.join(missing)}."]
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
