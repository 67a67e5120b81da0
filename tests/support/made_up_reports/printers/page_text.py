"""Page text of a PDF: single spaces separate cells as well as thousands, and each cell is followed by one space.

A blank cell leaves nothing but its space. A wrapped label is on its own lines above its figures; a wrapped header is
woven into the line of the others.
"""

import re
import textwrap
from random import Random

from ..report import Heading, PrintedColumn, PrintedRow, PrintedTable, Prose, Report, shown_line
from .wrapping import wrapped

PAGE_LINES = 52


def page_text(report: Report) -> str:
    return _PageTextPrinter(report).printed()


class _PageTextPrinter:
    """The lines so far, and the habits of this report's pages."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.random = Random(report.seed)
        self.lines: list[str] = []
        self.page_no = 1
        self.lines_on_page = 0
        self.blank_between_rows = self.random.random() < 0.5
        self.label_width = self.random.choice((34, 46, 60))
        self.footer = self.random.choice(
            ("{footer} {page} ({pages})", "Sid {page} ({pages})", "{page}", "Page {page} of {pages}", "{footer}")
        )
        self.glues_minus = self.random.random() < 0.1

    def printed(self) -> str:
        self._title_page()
        for block in self.report.blocks:
            if self.lines_on_page > PAGE_LINES - 12:
                self._page_break()
            if isinstance(block, Heading):
                self._line(block.printed + " ", "")
            elif isinstance(block, Prose):
                self._prose(block.text)
            elif isinstance(block, PrintedTable):
                self._table(block)
        return "\n".join(self.lines) + "\n"

    def _title_page(self) -> None:
        self._line(
            " ", "", self.report.title + " ", self.report.committee + "  ", "", self.report.municipality + " ", " "
        )
        self._page_break()

    def _line(self, *lines: str) -> None:
        for line in lines:
            self.lines.append(" " + line if self.lines_on_page == 0 else line)
            self.lines_on_page += 1

    def _page_break(self) -> None:
        footer = self.footer.format(footer=self.report.footer, page=self.page_no, pages=self.page_no + 7)
        if footer.strip():
            self._line("", footer.strip() + " ")
        self.page_no += 1
        self.lines_on_page = 0

    def _prose(self, text: str) -> None:
        self._line(*(line + " " for line in textwrap.wrap(text, 100)), "" if self.blank_between_rows else " ")

    def _table(self, table: PrintedTable) -> None:
        for line in (table.caption, table.unit_line):
            if line:
                self._line(line + " ", "")
        self._header(table)
        for number, row in enumerate(table.rows, 1):
            self._row(table, row)
            if number == table.break_after:
                self._page_break()
                if table.repeats_header:
                    self._header(table)
        for mark, note in table.footnotes:
            self._line(f"{mark}{'' if mark == '*' else ' '}{note} ")
        self._line(" ")

    def _header(self, table: PrintedTable) -> None:
        if table.is_two_level:
            outers = list(dict.fromkeys(column.outer for column in table.columns))
            self._line(" " + " ".join(outers) + " ")
        if table.has_two_rows_of_headers:
            self._line(*(f"{' '.join(filter(None, texts))} " for texts in table.header_rows), "")
            return
        headers = "".join(f"{header} " for header in (*table.key_headers, table.label_header))
        line = headers if table.label_header or table.rows[0].label else ""
        for column in table.columns:
            line = self._header_cell(column, line)
        self._line(*([line] if line.strip() else []), "")

    def _header_cell(self, column: PrintedColumn, line: str) -> str:
        """Add a header to the line; one that wraps sends the line to the page and ends on a line of its own."""
        pieces = [shown_line(piece) for piece in column.lines]
        if len(pieces) == 1:
            return f"{line}{pieces[0]} "
        if line.strip():
            self._line(line)
        self._line(*(f"{piece} " for piece in pieces[:-1]), "", f"{pieces[-1]} ")
        return ""

    def _row(self, table: PrintedTable, row: PrintedRow) -> None:
        if row.space_before:
            self._line(" " * len(row.cells))
        if row.pair_label:
            self._paired_row(table, row)
        else:
            self._plain_row(table, row)
        if row.aside:
            self._line(" ", "", f"{row.aside_text} ", " ")
        if row.remark:
            self._line("", *(f"{line} " for line in textwrap.wrap(row.remark, 90)), " ")
        elif self.blank_between_rows:
            self._line("")

    def _plain_row(self, table: PrintedTable, row: PrintedRow) -> None:
        label = " ".join((*row.keys, row.shown_label))
        pieces = wrapped(label, self.label_width, self.random)
        cells = "".join(f"{row.shown(i)} " for i in range(len(row.cells)) if not table.columns[i].is_commentary)
        if self.glues_minus:
            cells = re.sub(r"(?<=\d) (?=-\d)", "", cells)
        if row.is_glued:
            pieces, cells = ["".join((label + cells).split(" "))], ""
        if len(pieces) > 1:
            self._line(*(f"{piece} " for piece in pieces), "", cells)
        else:
            self._line((f"{pieces[0]} " if label or table.label_header else "") + cells)
        for index, column in enumerate(table.columns):
            if column.is_commentary:
                self._line("", *(f"{line} " for line in textwrap.wrap(row.cells[index], 45)))

    def _paired_row(self, table: PrintedTable, row: PrintedRow) -> None:
        """Both rows of a pair with the shared label between them and the shared figure after."""
        is_first = table.opens_pair(row)
        shared = row.cells[-1]
        self._line(f"{row.label} " + "".join(f"{cell} " for cell in row.cells[:-1]))
        if is_first:
            self._line(f"{row.pair_label} ", "")
        elif shared:
            self._line(f"{shared} ", "")
