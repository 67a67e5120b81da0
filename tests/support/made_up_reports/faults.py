"""Twins of what public reports print and the reader once stumbled on: each in the kinds of file that can show it.

A fault has two sides. ``drawn`` changes what the report holds, and so its truth; ``shown`` only changes how a printer
shows it. Each has its own random generator, so that a seed's report is otherwise the same.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from random import Random

from .report import Block, Heading, PageBreak, PrintedColumn, PrintedRow, PrintedTable, Prose, Report
from .vocabulary import COMMITTEES, MUNICIPALITIES

PDF = ("tagged_pdf", "untagged_pdf", "drawn_pdf")
TYPESET = ("tagged_pdf", "untagged_pdf")
TEXT = ("page_text", "structure_dump", "tab_text", "layout_text")
OFFICE = ("word", "excel")
ALL = (*PDF, *OFFICE, *TEXT)

_AMOUNT = re.compile(r"(?P<sign>[-–−] ?)?(?P<digits>\d{1,3}(?: \d{3})*|\d+)(?P<part>,\d+)?")
_KIND_AND_YEAR = re.compile(r"(\D+) ((?:19|20)\d\d)")
_CHAPTERS = ("Skattefinansierad verksamhet", "Avgiftsfinansierad verksamhet")
_PARTS_OF_CHAPTER = ("Drift", "Uppföljning")
_MONTHS = ("februari", "mars", "maj", "oktober")
_ENDS = ("02-28", "03-31", "05-31", "10-31")


def _same(_: Random, report: Report) -> Report:
    return report


@dataclass(frozen=True)
class Fault:
    """A difficulty, and the kinds of file that can show it; a printer knows it by its name (``Report.fault``)."""

    kinds: tuple[str, ...]
    drawn: Callable[[Random, Report], Report] = _same
    shown: Callable[[Random, Report], Report] = _same


def _with_blocks(report: Report, blocks: Iterable[Block]) -> Report:
    return replace(report, blocks=tuple(blocks))


def _with_tables(report: Report, change: Callable[[PrintedTable], PrintedTable]) -> Report:
    return _with_blocks(
        report, (change(block) if isinstance(block, PrintedTable) else block for block in report.blocks)
    )


def _is_of_amounts(table: PrintedTable) -> bool:
    cells = [cell for row in table.rows for cell in row.cells if cell]
    is_worded = any(column.is_commentary for column in table.columns) or any(row.aside for row in table.rows)
    return not is_worded and all(_AMOUNT.fullmatch(cell) or cell == "-" for cell in cells)


def _notation(write: Callable[[str, str], str]) -> Callable[[Random, Report], Report]:
    """All amounts as ``write`` prints them, of their sign and their digits."""

    def cell(text: str) -> str:
        match = _AMOUNT.fullmatch(text)
        return write(match["sign"] or "", match["digits"] + (match["part"] or "")) if match else text

    def table(printed: PrintedTable) -> PrintedTable:
        if not _is_of_amounts(printed):
            return printed
        rows = (replace(row, cells=tuple(map(cell, row.cells))) for row in printed.rows)
        return replace(printed, rows=tuple(rows))

    return lambda random, report: _with_tables(report, table)


def _two_rows_of_headers(_: Random, report: Report) -> Report:
    """``Budget Utfall`` over ``2024 2024``."""

    def table(printed: PrintedTable) -> PrintedTable:
        headers = [_KIND_AND_YEAR.fullmatch(column.header) for column in printed.columns]
        if printed.is_two_level or printed.is_paired or sum(map(bool, headers)) < 2:
            return printed
        if any(column.mark for column in printed.columns) or not _is_of_amounts(printed):
            return printed
        columns = (
            PrintedColumn((match[1], match[2]) if match else (column.header, ""))
            for column, match in zip(printed.columns, headers, strict=True)
        )
        return replace(printed, columns=tuple(columns), has_two_rows_of_headers=True)

    return _with_tables(report, table)


def _captions_in_years(random: Random, report: Report) -> Report:
    first = random.randint(2, 6)
    numbers = iter(range(first, first + len(report.tables)))

    def table(printed: PrintedTable) -> PrintedTable:
        words = " ".join(re.findall(r"[^\W\d_]{3,}", printed.caption)[:4])
        if printed.unit and not printed.unit_line:
            return printed  # Its caption states its unit.
        return replace(printed, caption=f"Tabell {next(numbers)}. {words} 2023 2024 2025") if words else printed

    return _with_tables(report, table)


def _numbers_of_projects(random: Random, report: Report) -> Report:
    def row(printed: PrintedRow) -> PrintedRow:
        is_plain = printed.label[-1:].isalpha() and not (printed.mark or printed.pair_label or printed.is_heading)
        return replace(printed, label=f"{printed.label} ({random.randint(6000, 6299)})") if is_plain else printed

    return _with_tables(
        report,
        lambda table: replace(table, rows=tuple(map(row, table.rows))) if table.kind == "investments" else table,
    )


def _chapters(_: Random, report: Report) -> Report:
    """Two chapters whose parts have the same headings."""
    tables = [replace(table, footnotes=(), columns=table.columns) for table in report.tables if not _has_marks(table)]
    blocks: list[Block] = []
    for number, chapter in enumerate(_CHAPTERS):
        blocks.append(Heading("", chapter))
        for at, part in enumerate(_PARTS_OF_CHAPTER):
            own = tables[2 * number + at : 2 * number + at + 1]
            blocks += [Heading("", part, 2), *own] if own else []
    return _with_blocks(report, blocks)


def _has_marks(table: PrintedTable) -> bool:
    return any(row.mark or row.cell_marks for row in table.rows) or any(column.mark for column in table.columns)


def _wide_sheet(_: Random, report: Report) -> Report:
    """The first table that can be cut, cut into two pages; the second page repeats no labels."""
    place = next((place for place, block in enumerate(report.blocks) if _may_be_cut(block)), None)
    if place is None:
        return report
    table = report.blocks[place]
    assert isinstance(table, PrintedTable)
    table = replace(table, break_after=None, rows=tuple(replace(row, space_before=False) for row in table.rows))
    half = len(table.columns) // 2
    left, right = (
        replace(
            table, columns=table.columns[part], rows=tuple(replace(row, cells=row.cells[part]) for row in table.rows)
        )
        for part in (slice(0, half), slice(half, None))
    )
    unnamed = tuple(replace(row, label="", keys=()) for row in right.rows)
    right = replace(right, caption="", unit_line="", label_header="", key_headers=(), rows=unnamed)
    rest = report.blocks[place + 1 :]
    return _with_blocks(report, [*report.blocks[:place], PageBreak(), left, PageBreak(), right, PageBreak(), *rest])


def _may_be_cut(block: Block) -> bool:
    if not isinstance(block, PrintedTable) or not _is_of_amounts(block) or _has_marks(block) or block.is_two_level:
        return False
    half = len(block.columns) // 2
    is_full = all(any(row.cells[half:]) and any(row.cells[:half]) for row in block.rows)
    is_plain = not block.is_paired and not block.footnotes and not any(row.remark for row in block.rows)
    return half > 1 and 3 <= len(block.rows) <= 12 and is_full and is_plain


def _texts(change: Callable[[str], str]) -> Callable[[Random, Report], Report]:
    """Labels, headers, captions and headings as ``change`` writes them."""

    def table(printed: PrintedTable) -> PrintedTable:
        columns = (replace(column, lines=tuple(map(change, column.lines))) for column in printed.columns)
        rows = (replace(row, label=change(row.label)) for row in printed.rows)
        return replace(printed, caption=change(printed.caption), columns=tuple(columns), rows=tuple(rows))

    def block(printed: Block) -> Block:
        if isinstance(printed, PrintedTable):
            return table(printed)
        return replace(printed, text=change(printed.text)) if isinstance(printed, Heading) else printed

    return lambda random, report: _with_blocks(report, map(block, report.blocks))


def _contents_with_control_characters(_: Random, report: Report) -> Report:
    headings = [block for block in report.blocks if isinstance(block, Heading) and block.level == 1]
    lines = [Prose(f"{heading.printed} {chr(8) * 40} {page}") for page, heading in enumerate(headings, 3)]
    return _with_blocks(report, [Prose("Innehåll"), *lines, *report.blocks])


def _monthly(random: Random, report: Report) -> Report:
    """A follow-up of a month that has no report of its own name."""
    at = random.randrange(len(_MONTHS))
    year = report.information_date[:4]
    title = f"Månadsuppföljning {_MONTHS[at]} {year}"
    return replace(
        report, title=title, document_kind="interim_report", information_date=f"{year}-{_ENDS[at]}", footer=""
    )


def _others_named(random: Random, report: Report) -> Report:
    """A text that names another committee and another municipality more often than its own."""
    committee = random.choice([name for name in COMMITTEES if name != report.committee])
    municipality = random.choice([name for name in MUNICIPALITIES if name != report.municipality])
    lines = (
        f"• {committee} räknar med att kostnaderna minskar under hösten.",
        f"Samarbetet med {municipality} och med {committee[0].lower()}{committee[1:]} fortsätter som tidigare.",
    )
    blocks = [
        part
        for block in report.blocks
        for part in (block, *map(Prose, lines))
        if not isinstance(block, PrintedTable) or part is block
    ]
    return _with_blocks(report, blocks)


FAULTS = {
    "negative in brackets": Fault(ALL, _notation(lambda sign, digits: f"({digits})" if sign else digits)),
    "minus last": Fault(ALL, _notation(lambda sign, digits: f"{digits}-" if sign else digits)),
    "em dash for minus": Fault(
        (*TYPESET, "word", *TEXT), _notation(lambda sign, digits: f"—{digits}" if sign else digits)
    ),
    "non-breaking hyphen for minus": Fault(
        ("word", *TEXT), _notation(lambda sign, digits: f"\u2011{digits}" if sign else digits)
    ),
    "points between thousands": Fault(
        (*PDF, "word", *TEXT), _notation(lambda sign, digits: sign.strip() + digits.replace(" ", "."))
    ),
    "two rows of headers": Fault(tuple(kind for kind in ALL if kind != "drawn_pdf"), _two_rows_of_headers),
    "captions that end in years": Fault(ALL, _captions_in_years),
    "numbers of projects in brackets": Fault(ALL, _numbers_of_projects),
    "chapters with the same headings": Fault((*TYPESET, *OFFICE, *TEXT), _chapters),
    "a sheet wider than its page": Fault((*TYPESET, "word", "layout_text"), shown=_wide_sheet),
    "decomposed letters": Fault((*OFFICE, *TEXT), shown=_texts(lambda text: unicodedata.normalize("NFD", text))),
    "invisible characters": Fault((*OFFICE, *TEXT), shown=_texts(lambda text: text.replace(" ", " \u200b", 1))),
    "control characters for leaders": Fault(TEXT, shown=_contents_with_control_characters),
    "month in the title": Fault(ALL, _monthly),
    "others are named": Fault(ALL, shown=_others_named),
    "text turned by noise": Fault(TYPESET),
    "total in fake bold": Fault(TYPESET),
    "cells tagged as paragraphs": Fault(("tagged_pdf",)),
    "negatives only in red": Fault(("excel",)),
    "format with conditions": Fault(("excel",)),
}


def faults_of(kind: str) -> list[str]:
    """The faults that a kind of file can show."""
    return [name for name, fault in FAULTS.items() if kind in fault.kinds]
