"""The kinds of file that a made-up report can be printed as, and one call that prints it and returns the truth."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from ingest.document import Document

from .faults import FAULTS
from .generator import made_up_report
from .printers.drawn_pdf import print_drawn_pdf
from .printers.excel import displayed_truth, print_excel
from .printers.layout_text import layout_text
from .printers.page_text import page_text
from .printers.structure_dump import structure_dump
from .printers.tab_text import tab_text
from .printers.typeset_pdf import print_typeset_pdf
from .printers.word import print_word
from .report import Report


@dataclass(frozen=True)
class Kind:
    """How to print; two flags exclude what this kind of file can't show (see Draw), the last lets its text break."""

    suffix: str
    print: Callable[[Report, Path], None]
    truth: Callable[[Report], Document] = Report.truth
    plain_glyphs: bool = False
    shows_spans: bool = True
    breaks_text: bool = False


@dataclass(frozen=True)
class PrintedReport:
    """A file, the report it was printed from and what a reader should find in it."""

    path: Path
    report: Report
    truth: Document


def _text(write: Callable[[Report], str]) -> Callable[[Report, Path], None]:
    return lambda report, path: path.write_text(write(report), encoding="utf-8") and None


KINDS = {
    "tagged_pdf": Kind("pdf", lambda report, path: print_typeset_pdf(report, path, is_tagged=True)),
    "untagged_pdf": Kind("pdf", lambda report, path: print_typeset_pdf(report, path, is_tagged=False)),
    "drawn_pdf": Kind("pdf", print_drawn_pdf, plain_glyphs=True),
    "word": Kind("docx", print_word),
    "excel": Kind("xlsx", print_excel, displayed_truth),
    "page_text": Kind("txt", _text(page_text), shows_spans=False, breaks_text=True),
    "structure_dump": Kind("txt", _text(structure_dump), shows_spans=False),
    "tab_text": Kind("txt", _text(tab_text)),
    "layout_text": Kind("txt", _text(layout_text)),
}


def print_made_up_report(kind_name: str, seed: int, folder: Path, fault_name: str = "") -> PrintedReport:
    """Draw the report of a seed, print it into a folder as ``made_up_<kind>_<seed>.<suffix>``, perhaps with a fault."""
    kind = KINDS[kind_name]
    report = made_up_report(seed, kind.plain_glyphs, kind.shows_spans, kind.breaks_text)
    path = folder / f"made_up_{kind_name}_{seed}.{kind.suffix}"
    shown = report
    if fault_name:
        fault, random = FAULTS[fault_name], Random(f"{seed} {fault_name}")
        report = replace(fault.drawn(random, report), fault=fault_name)
        shown = fault.shown(random, report)
    kind.print(shown, path)
    return PrintedReport(path, report, kind.truth(report))
