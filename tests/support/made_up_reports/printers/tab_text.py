"""The text of a Word document: one line per table row, tabs between cells, a blank cell leaves two tabs in a row."""

from random import Random

from ..report import Heading, PrintedTable, Prose, Report


def tab_text(report: Report) -> str:
    random = Random(report.seed)
    lines = [report.title, "", report.municipality, report.committee, ""]
    for block in report.blocks:
        if isinstance(block, Heading):
            lines += [block.printed, ""]
        elif isinstance(block, Prose):
            lines += [block.text.replace("• ", "- "), ""]
        elif isinstance(block, PrintedTable):
            lines += _table(block, random.random() < 0.2)
    return "\n".join(lines) + "\n"


def _table(table: PrintedTable, has_empty_last_column: bool) -> list[str]:
    end = "\t" if has_empty_last_column else ""
    lines = [text for caption in (table.caption, table.unit_line) if caption for text in (caption, "")]
    if table.is_two_level:
        lines.append(
            "\t".join(_spanned([*[""] * len(table.label_headers), *(column.outer for column in table.columns)])) + end
        )
    lines += ["\t".join(texts) + end for texts in table.header_rows]
    for row in table.rows:
        if row.space_before:
            lines.append("\t" * len(row.cells) + end)
        lines.append("\t".join([*table.label_texts(row), *row.shown_cells()]) + end)
        if row.remark:
            lines.append(row.remark)
    return [*lines, *(f"{mark} {note}" for mark, note in table.footnotes), ""]


def _spanned(texts: list[str]) -> list[str]:
    """A header over several columns is in the first of them."""
    return [text if at == 0 or text != texts[at - 1] else "" for at, text in enumerate(texts)]
