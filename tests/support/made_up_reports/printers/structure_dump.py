"""Page text followed by the dump of a PDF's structure tree: a tab before each line, a text once per element it begins.

The first cell of a table is printed for the table, its header, its row, its cell and its paragraph: five times. Each
element that closes leaves a blank line.
"""

from ..report import Heading, PrintedTable, Prose, Report, shown_line
from .page_text import page_text


def structure_dump(report: Report) -> str:
    lines = ["\t" + report.title + " "]
    for block in report.blocks:
        if isinstance(block, Heading):
            lines.append(f"\t{block.printed} ")
        elif isinstance(block, Prose):
            lines += _bullet(block.text) if block.text.startswith("• ") else [f"\t{block.text} "]
        elif isinstance(block, PrintedTable):
            lines += _captions(block)
            for part in _parts(block):
                lines += _table(part)
            lines += [f"\t{mark} {note} " for mark, note in block.footnotes]
    return page_text(report) + "\n".join(lines) + "\n"


def _captions(table: PrintedTable) -> list[str]:
    return [f"\t{line} " for line in (table.caption, table.unit_line) if line]


def _bullet(text: str) -> list[str]:
    return ["\t•", "\t•", "\t•", f"\t {text[2:]} ", ""]


def _parts(table: PrintedTable) -> list[list[list[str]]]:
    """The table's rows of cells; a header repeated over a page break begins a second table in the tree."""
    header = _header_rows(table)
    rows = _body_rows(table)
    if table.break_after is None or not table.repeats_header:
        return [header + rows]
    at = sum(1 + bool(row.space_before) + bool(row.remark) for row in table.rows[: table.break_after])
    return [header + rows[:at], header + rows[at:]]


def _header_rows(table: PrintedTable) -> list[list[str]]:
    if table.has_two_rows_of_headers:
        return table.header_rows
    inner = [*table.key_headers, table.label_header, *(_joined(column.lines) for column in table.columns)]
    if not table.is_two_level:
        return [inner]
    outers = list(dict.fromkeys(column.outer for column in table.columns))
    return [["", *outers], inner]


def _joined(lines: tuple[str, ...]) -> str:
    """A broken header as in a structure tree: the hyphen of the break stays."""
    return shown_line(" ".join(lines).replace("¦ ", "").replace("- ", "-").replace("‑ ", "‑"))


def _body_rows(table: PrintedTable) -> list[list[str]]:
    rows = []
    for row in table.rows:
        if row.space_before:
            rows.append([""] * (1 + len(table.key_headers) + len(row.cells)))
        label = f"{row.pair_label} {row.shown_label}".strip()
        keys = [] if table.is_paired else table.label_texts(row)[:-1]
        rows.append([*keys, label, *row.shown_cells()])
        if row.remark:
            rows.append([row.remark])
    return rows


def _table(rows: list[list[str]]) -> list[str]:
    lines: list[str] = []
    for number, row in enumerate(rows):
        first_depth = {0: 5, 1: 4}.get(number, 3)
        for at, text in enumerate(row):
            lines += [f"\t{text} "] * (2 if at else first_depth) + [""]
        lines += ["", ""] if number == 0 else [""]
    return [*lines, "", ""]
