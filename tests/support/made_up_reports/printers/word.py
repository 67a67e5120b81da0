"""A Word document: headings by style or only bold, tables as grids, upper headers and paired labels as merged cells."""

from dataclasses import replace
from pathlib import Path
from random import Random

import docx
from docx.document import Document as WordDocument
from docx.table import Table as WordTable

from ..report import Heading, PrintedRow, PrintedTable, Prose, Report


def print_word(report: Report, path: Path) -> None:
    random = Random(report.seed)
    document = docx.Document()
    has_styles = random.random() < 0.7
    document.add_paragraph(report.title, style="Title" if has_styles else None)
    document.add_paragraph(report.committee)
    document.add_paragraph(report.municipality)
    document.sections[0].footer.paragraphs[0].text = report.footer
    for block in report.blocks:
        if isinstance(block, Heading):
            _heading(document, block, has_styles)
        elif isinstance(block, Prose):
            bullet = block.text.startswith("• ")
            document.add_paragraph(block.text.removeprefix("• "), style="List Bullet" if bullet else None)
        elif isinstance(block, PrintedTable):
            _table(document, block, random.random() < 0.3)
        else:
            document.add_page_break()
    document.save(str(path))


def _heading(document: WordDocument, heading: Heading, has_styles: bool) -> None:
    if has_styles:
        document.add_heading(heading.printed, heading.level)
    else:
        document.add_paragraph().add_run(heading.printed).bold = True


def _table(document: WordDocument, table: PrintedTable, captions_by_style: bool) -> None:
    for line in (table.caption, table.unit_line):
        if line:
            document.add_paragraph(line, style="Caption" if captions_by_style else None)
    labels = len(table.label_headers)
    grid = document.add_table(rows=0, cols=labels + len(table.columns), style="Table Grid")
    _header(grid, table, labels)
    for row in table.rows:
        _row(grid, table, row, labels)
    for mark, note in table.footnotes:
        document.add_paragraph(f"{mark} {note}")
    document.add_paragraph()  # Word joins two tables with nothing between them.


def _fill(grid: WordTable, texts: list[str]) -> None:
    for cell, text in zip(grid.add_row().cells, texts, strict=True):
        cell.text = text


def _header(grid: WordTable, table: PrintedTable, labels: int) -> None:
    if table.is_two_level:
        outers = [column.outer for column in table.columns]
        _fill(grid, [*[""] * labels, *(outer if outers.index(outer) == at else "" for at, outer in enumerate(outers))])
        cells = grid.rows[-1].cells
        for outer in dict.fromkeys(outers):
            first = labels + outers.index(outer)
            if outer and outers.count(outer) > 1:
                cells[first].merge(cells[first + outers.count(outer) - 1])
    for texts in table.header_rows:
        _fill(grid, texts)


def _row(grid: WordTable, table: PrintedTable, row: PrintedRow, labels: int) -> None:
    if row.space_before:
        grid.add_row()
    bare = replace(row, mark="", cell_marks={})
    label = [*table.label_texts(row)[:-1], row.label]
    _fill(grid, [*label, *bare.shown_cells("\n")])
    for at, mark in {labels - 1: row.mark, **{labels + at: mark for at, mark in row.cell_marks.items()}}.items():
        grid.rows[-1].cells[at].paragraphs[-1].add_run(mark).font.superscript = True
    if table.is_paired and not table.opens_pair(row):
        grid.rows[-1].cells[0].merge(grid.rows[-2].cells[0])
    if row.remark:
        _fill(grid, [row.remark] + [""] * (len(grid.columns) - 1))
        grid.rows[-1].cells[0].merge(grid.rows[-1].cells[-1])
