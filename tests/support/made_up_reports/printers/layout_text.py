"""Columned text as ``pdftotext -layout`` writes it: two or more spaces between columns, figures right-aligned."""

import textwrap
from random import Random

from ..report import Heading, PrintedRow, PrintedTable, Prose, Report, shown_line
from .wrapping import wrapped

PAGE_LINES = 56
Cells = list[str]


def layout_text(report: Report) -> str:
    return _LayoutPrinter(report).printed()


class _LayoutPrinter:
    """The lines so far; ``figures_first`` puts a wrapped row's figures on the label's first line, not its last."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.random = Random(report.seed)
        self.lines: list[str] = []
        self.page_no = 1
        self.page_start = 0
        self.figures_first = self.random.random() < 0.6
        self.label_width = self.random.choice((28, 40, 56))
        self.footer = self.random.choice(
            ("{footer}{gap}{page} ({pages})", "{gap}{page}", "{footer}{gap}Sida {page} av {pages}")
        )

    def printed(self) -> str:
        self.lines += [
            "",
            " " * 30 + self.report.title,
            "",
            " " * 30 + self.report.committee,
            " " * 30 + self.report.municipality,
            "",
        ]
        self._page_break()
        for block in self.report.blocks:
            if len(self.lines) - self.page_start > PAGE_LINES - 14:
                self._page_break()
            if isinstance(block, Heading):
                self.lines += ["", block.printed, ""]
            elif isinstance(block, Prose):
                self.lines += [*textwrap.wrap(block.text, 95), ""]
            elif isinstance(block, PrintedTable):
                self._table(block)
            else:
                self._page_break()
        return "\n".join(self.lines) + "\n"

    def _page_break(self) -> None:
        text = self.footer.format(footer=self.report.footer, gap=" " * 60, page=self.page_no, pages=self.page_no + 7)
        self.lines += ["", text]
        self.page_no += 1
        self.page_start = len(self.lines)
        self.lines.append("\f")

    def _table(self, table: PrintedTable) -> None:
        self.lines += [line for line in (table.caption, table.unit_line) if line]
        header, rows = self._header(table), [self._row(table, row) for row in table.rows]
        widths = [max(len(line[at]) for lines in (header, *rows) for line in lines) for at in range(len(header[0]))]
        labels = len(table.label_headers)
        commentary = (at for at, column in enumerate(table.columns, labels) if column.is_commentary)
        left = {*range(labels - table.is_paired), *commentary}
        self._grid(table, header, widths, left)
        for number, (row, lines) in enumerate(zip(table.rows, rows, strict=True), 1):
            if row.space_before:
                self.lines.append("")
            self._rows(lines, widths, left)
            if row.remark:
                self.lines += textwrap.wrap(row.remark, 80)
            if number == table.break_after:
                self._page_break()
                if table.repeats_header:
                    self._grid(table, header, widths, left)
        self.lines += [f"{mark} {note}" for mark, note in table.footnotes]
        self.lines.append("")

    def _grid(self, table: PrintedTable, header: list[Cells], widths: list[int], left: set[int]) -> None:
        if table.is_two_level:
            self.lines.append(_outer_line(table, widths))
        self._rows(header, widths, left)

    def _rows(self, lines: list[Cells], widths: list[int], left: set[int]) -> None:
        for cells in lines:
            texts = [
                cell.ljust(width) if at in left else cell.rjust(width)
                for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
            ]
            self.lines.append("   ".join(texts).rstrip())

    def _header(self, table: PrintedTable) -> list[Cells]:
        columns = [
            *([header] for header in table.label_headers),
            *([shown_line(line) for line in column.lines] for column in table.columns),
        ]
        height = max(map(len, columns))
        return [
            list(line) for line in zip(*([*column, *[""] * (height - len(column))] for column in columns), strict=True)
        ]

    def _row(self, table: PrintedTable, row: PrintedRow) -> list[Cells]:
        pieces = wrapped(row.shown_label, self.label_width, self.random)
        columns = [*([text] for text in table.label_texts(row)[:-1]), pieces]
        for index, column in enumerate(table.columns):
            if column.is_commentary:
                columns.append(textwrap.wrap(row.cells[index], 40))
            else:
                columns.append(
                    [row.shown(index)] if self.figures_first else [*[""] * (len(pieces) - 1), row.shown(index)]
                )
        if row.aside:
            columns[-2].append(row.aside_text)
        height = max(map(len, columns))
        return [
            list(line) for line in zip(*([*column, *[""] * (height - len(column))] for column in columns), strict=True)
        ]


def _outer_line(table: PrintedTable, widths: list[int]) -> str:
    """Each upper header centred over its columns."""
    line, outers = " " * (widths[0] + 3), [column.outer for column in table.columns]
    for outer in dict.fromkeys(outers):
        width = sum(w + 3 for w, o in zip(widths[1:], outers, strict=True) if o == outer)
        line += outer.center(width)
    return line.rstrip()
