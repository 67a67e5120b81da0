"""Compares the reader with other libraries: figures found, figures right and pages per second, on the same files.

1. Made-up PDFs: ours and each library of ``reader_requirements.txt``, which runs in its own environment. Only figures
   are compared (as a bag: no other tool says which row and column a figure belongs to), without digits of headers and
   labels on both sides.
2. Made-up reports of every kind: our full score, with rows and columns.
3. The published reports as text against their reviewed workbooks, with every disagreement listed; only if the folder
   of texts is available (``../shared/reports``).

    .venv/bin/python -m benchmarks.reader [REPORTS_PER_KIND]
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

import pypdfium2

from benchmarks.reader_tools import OURS, PROJECT, Found, found_by, installed_tools
from ingest.workbook.reader import read_workbook
from tests.support.made_up_reports.alignment import plain
from tests.support.made_up_reports.kinds import KINDS, PrintedReport, print_made_up_report
from tests.support.made_up_reports.score import Score, add_to_score, is_figure
from tests.support.made_up_reports.summary import summary
from tests.support.made_up_reports.trial import read_document, score_kind

PDF_KINDS = [name for name, kind in KINDS.items() if kind.suffix == "pdf"]
TEXTS = PROJECT.parent / "shared" / "reports"


def bag(cells: list[str], words: set[str]) -> Counter[str]:
    """The figures among texts, without those in a header or label."""
    return Counter(text for text in map(plain, cells) if is_figure(text) and text not in words)


def figure_shares(reports: list[PrintedReport], found: list[Found]) -> tuple[float, float]:
    """(recall, precision) of a tool's figures over all files."""
    right = printed = given = 0
    for report, answer in zip(reports, found, strict=True):
        tables = report.truth.tables
        words = {
            plain(text)
            for table in tables
            for text in (*(c.header for c in table.columns), *(r.label for r in table.rows))
        }
        want = bag([cell for table in tables for row in table.rows for cell in row.cells], words)
        have = bag(answer.cells, words)
        right, printed, given = right + (want & have).total(), printed + want.total(), given + have.total()
    return right / printed, right / max(1, given)


def compare_pdf_tools(folder: Path, count: int) -> None:
    print("| PDF | tool | recall of figures | precision | pages a second |\n| --- | --- | --- | --- | --- |")
    for kind in PDF_KINDS:
        reports = [print_made_up_report(kind, seed, folder) for seed in range(count)]
        paths = [report.path for report in reports]
        pages = sum(len(pypdfium2.PdfDocument(path)) for path in paths)
        list(found_by(OURS, paths[:1]))
        for tool in installed_tools():
            found = list(found_by(tool, paths))
            recall, precision = figure_shares(reports, found)
            speed = pages / sum(answer.seconds for answer in found)
            print(f"| {kind} | {tool} | {recall:.3f} | {precision:.3f} | {speed:.1f} |", flush=True)


def score_every_kind(folder: Path, count: int) -> None:
    scores = {kind: score_kind(kind, range(count), folder) for kind in KINDS}
    print(summary(scores))


def score_published_reports() -> None:
    if not TEXTS.is_dir():
        print("The texts of the published reports are not at hand: skipped.")
        return
    scores = {}
    for workbook in sorted((PROJECT / "data" / "reports").glob("*.xlsx")):
        score = scores[workbook.stem] = Score()
        text = TEXTS / f"{workbook.stem}.txt"
        add_to_score(score, text.name, read_workbook(workbook), read_document(text))
    print(summary(scores))
    print("\n| report | place | in the workbook | read | unsure |\n| --- | --- | --- | --- | --- |")
    for miss in (miss for score in scores.values() for miss in score.misses):
        print(f"| {miss.file} | {miss.place} | {miss.printed} | {miss.read} | {miss.is_unsure} |")


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        compare_pdf_tools(Path(folder), count)
        print()
        score_every_kind(Path(folder), count)
    print()
    score_published_reports()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
