"""Prints one made-up table under a heading, in each kind of file that a report may be."""

from collections.abc import Callable, Sequence
from pathlib import Path

import typst
from docx import Document as WordDocument
from openpyxl import Workbook

Rows = Sequence[Sequence[str]]
"""The printed rows of a table, its header first."""

_PROSE = (
    "Nämnden följer verksamheten under året och ser att kostnaderna",
    "håller sig inom det som beslutats i den plan som gäller.",
    "Arbetet fortsätter enligt den ordning som nämnden har beslutat om.",
)


def typeset(folder: Path, source: str, tags: bool = False) -> Path:
    """A PDF of Typst source."""
    (folder / "made_up.typ").write_text(
        f'#set text(lang: "sv", size: 10pt, hyphenate: false)\n{source}', encoding="utf-8"
    )
    path = folder / "made_up.pdf"
    typst.compile(folder / "made_up.typ", output=path, format="pdf", ignore_system_fonts=True, pdf_tags=tags)
    return path


def page_source(rows: Rows, stroke: str) -> str:
    """Typst source of a page with a heading and a table."""
    cells = ", ".join(f'"{text}"' for row in rows for text in row)
    figures = len(rows[0]) - 1
    columns = ", ".join(["5cm", *["3cm"] * figures])
    align = ", ".join(["left", *["right"] * figures])
    table = f"#table(columns: ({columns}), align: ({align}), stroke: {stroke}, {cells})"
    return f"= Drift\n\nUtfall per verksamhet\n\n{table}"


def as_text(folder: Path, lines: Sequence[str]) -> Path:
    """A text file with a heading above the lines."""
    path = folder / "made_up.txt"
    path.write_text("\n".join(["3 Drift", "", "Utfall per verksamhet", "", *lines, ""]), encoding="utf-8")
    return path


def _unruled(folder: Path, rows: Rows) -> Path:
    return typeset(folder, page_source(rows, "none"))


def _ruled(folder: Path, rows: Rows) -> Path:
    return typeset(folder, page_source(rows, "1pt"))


def _tagged(folder: Path, rows: Rows) -> Path:
    return typeset(folder, page_source(rows, "none"), tags=True)


def _columns(folder: Path, rows: Rows) -> Path:
    return as_text(folder, [row[0].ljust(24) + "".join(cell.rjust(16) for cell in row[1:]) for row in rows])


def _tabs(folder: Path, rows: Rows) -> Path:
    return as_text(folder, ["\t".join(row) for row in rows])


def _spaces(folder: Path, rows: Rows) -> Path:
    return as_text(folder, [" ".join(filter(None, row)) + " " for row in rows])


def _dense(folder: Path, rows: Rows) -> Path:
    path = folder / "made_up.txt"
    lines = ["3 Drift", *_PROSE * 8, *(" ".join(filter(None, row)) for row in rows), *_PROSE * 8]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _word(folder: Path, rows: Rows) -> Path:
    document = WordDocument()
    document.add_heading("Drift", 1)
    table = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    path = folder / "made_up.docx"
    document.save(str(path))
    return path


def _excel(folder: Path, rows: Rows) -> Path:
    workbook = Workbook()
    for row in (("Drift",), *rows):
        workbook.active.append(row)
    path = folder / "made_up.xlsx"
    workbook.save(path)
    return path


PRINTERS: dict[str, Callable[[Path, Rows], Path]] = {
    "unruled": _unruled, "ruled": _ruled, "tagged": _tagged, "columns": _columns, "tabs": _tabs, "spaces": _spaces,
    "dense": _dense, "word": _word, "excel": _excel,
}  # fmt: skip
