"""A PDF typeset by typst, with or without a structure tree; columns are narrow, so that texts wrap and hyphenate."""

import json
import tempfile
from pathlib import Path
from random import Random

import typst

from ..report import Heading, PrintedRow, PrintedTable, Prose, Report

# Turned content is not broken over pages.
MOST_ROWS_TURNED = 10


def print_typeset_pdf(report: Report, path: Path, is_tagged: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "report.typ"
        source.write_text(_source(report), encoding="utf-8")
        typst.compile(source, output=path, format="pdf", ignore_system_fonts=True, pdf_tags=is_tagged)


def _text(text: str) -> str:
    """Any text as typst content, without markup."""
    return f"[#{_string(text)}]"


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _source(report: Report) -> str:
    random = Random(report.seed)
    page_no = "#counter(page).display() (#counter(page).final().first())"
    lines = [
        f"#set document(title: {_string(report.title)})",
        '#set text(lang: "sv", size: 9pt, hyphenate: true)',
        f"#set page(height: {random.choice((297, 210, 180))}mm, width: 210mm)",
        f"#set page(footer: context [#{_string(report.footer)} #h(1fr) {page_no}])",
        f"#set table(stroke: {random.choice(('0.5pt', 'none', '(y: 0.5pt)'))})",
        "#set grid(inset: 5pt)",
        "#show figure: set block(breakable: true)",
        f"#text(size: 20pt){_text(report.title)}",
        f"#{_text(report.committee)}",
        f"#{_text(report.municipality)}",
        "#pagebreak()",
        "#let bold(body) = box[#place(dx: 0.25pt, body)#body]",
    ]
    uses_figures = random.random() < 0.3
    for block in report.blocks:
        if isinstance(block, Heading):
            lines.append(f"#heading(level: {block.level}){_text(block.printed)}")
        elif isinstance(block, Prose):
            lines.append("- " * block.text.startswith("• ") + f"#{_text(block.text.removeprefix('• '))}")
        elif isinstance(block, PrintedTable):
            lines += _table(block, uses_figures, report.fault)
        else:
            lines.append("#pagebreak(weak: true)")
    return "\n\n".join(lines)


def _table(table: PrintedTable, uses_figures: bool, fault: str) -> list[str]:
    labels = len(table.label_headers)
    widths = [
        *["auto"] * len(table.key_headers),
        "2.4fr",
        *["auto"] * table.is_paired,
        *("3fr" if column.is_commentary else "1fr" for column in table.columns),
    ]
    aligns = ["left"] * labels + ["left" if column.is_commentary else "right" for column in table.columns]
    header = _header(table)
    rows = "".join(_row(table, row) for row in table.rows)
    if fault == "total in fake bold" and _is_plain(table.rows[-1]):
        texts = [*table.label_texts(table.rows[-1]), *table.rows[-1].cells]
        rows = "".join(_row(table, row) for row in table.rows[:-1]) + "".join(f"bold{_text(text)}, " for text in texts)
    body = (
        f"table(columns: ({', '.join(widths)}), align: ({', '.join(aligns)}), "
        f"table.header(repeat: {str(table.repeats_header).lower()}, {header}), {rows})"
    )
    if fault == "cells tagged as paragraphs":
        body = body.replace("table(", "grid(", 1).replace("table.", "grid.")
    elif fault == "text turned by noise" and len(table.rows) <= MOST_ROWS_TURNED:
        body = f"skew(ax: 0.00002deg, ay: 0.00002deg)[#{body}]"
    above = [f"#{_text(line)}" for line in (table.caption, table.unit_line) if line]
    below = [f"#{_text(f'{mark} {note}')}" for mark, note in table.footnotes]
    if uses_figures and table.caption and not table.unit_line and not fault:
        caption = f"figure.caption(position: top){_text(table.caption)}"
        return [f"#figure({body}, kind: table, supplement: none, numbering: none, caption: {caption})", *below]
    return [*above, f"#{body}", *below]


def _is_plain(row: PrintedRow) -> bool:
    return not (row.pair_label or row.mark or row.cell_marks or row.aside or row.remark or row.space_before)


def _cells(texts: list[str]) -> str:
    return "".join(f"{_text(text)}, " for text in texts)


def _header(table: PrintedTable) -> str:
    inner = "".join(map(_cells, table.header_rows))
    if not table.is_two_level:
        return inner
    outers = [column.outer for column in table.columns]
    spans = "".join(f"table.cell(colspan: {outers.count(outer)}){_text(outer)}, " for outer in dict.fromkeys(outers))
    return _cells([""] * len(table.label_headers)) + spans + inner


def _row(table: PrintedTable, row: PrintedRow) -> str:
    width = len(table.label_headers) + len(row.cells)
    text = f"table.cell(colspan: {width})[~], " if row.space_before else ""
    if table.opens_pair(row):
        text += f"table.cell(rowspan: 2){_text(row.pair_label)}, "
    keys = [] if table.is_paired else table.label_texts(row)[:-1]
    text += _cells(keys) + _marked(row.label, row.mark)
    for at, cell in enumerate(row.cells):
        has_aside = bool(row.aside) and at == len(row.cells) - 2
        text += _marked(cell, row.cell_marks.get(at, ""), row.aside_text if has_aside else "")
    if row.remark:
        text += f"table.cell(colspan: {width}){_text(row.remark)}, "
    return text


def _marked(text: str, mark: str, aside: str = "") -> str:
    """A cell with a raised footnote mark and a second line."""
    raised = f"#super({_string(mark)})" if mark else ""
    second_line = f" \\ #{_string(aside)}" if aside else ""
    return f"[#{_string(text)}{raised}{second_line}], "
