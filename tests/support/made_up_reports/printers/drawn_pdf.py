"""An untagged PDF drawn text by text, with or without rules, where only positions show rows and columns."""

from pathlib import Path
from random import Random

from fpdf import FPDF

from ..report import Heading, PrintedRow, PrintedTable, Prose, Report, shown_line
from .wrapping import wrapped

LEFT, WIDTH, LINE = 18.0, 174.0, 4.6
Lines = list[list[str]]


def print_drawn_pdf(report: Report, path: Path) -> None:
    _Page(report).print(path)


class _PdfWithFooter(FPDF):
    """Core fonts and Windows letters, as older office programs export."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.core_fonts_encoding = "windows-1252"
        self.alias_nb_pages()
        self.set_auto_page_break(False)

    def footer(self) -> None:
        self.set_font("Helvetica", size=8)
        self.text_at(LEFT, 285, self.text)
        self.text_at(LEFT + WIDTH - 20, 285, f"{self.page_no()} ({{nb}})")

    def lines(self, text: str, width: float) -> list[str]:
        """The text broken to a width; the library gives the lines back in the font's letters."""
        lines = self.multi_cell(width - 1, text=text, dry_run=True, output="LINES")
        return [line.encode("latin-1").decode("windows-1252") for line in lines] or [""]

    def text_at(self, x: float, y: float, text: str) -> None:
        if text:
            self.set_xy(x, y)
            self.cell(text=text)


class _Page:
    """Draws downwards; ``align`` is the line of a wrapped label that has the figures: first, middle or last."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.random = Random(report.seed)
        self.pdf = _PdfWithFooter(report.footer)
        self.is_ruled = self.random.random() < 0.5
        self.align = self.random.choice(("first", "middle", "last"))
        self.y = 0.0

    def print(self, path: Path) -> None:
        self.pdf.add_page()
        self.y = 80
        for text in (self.report.title, self.report.committee, self.report.municipality):
            self._text(text, 18, 12)
        self._new_page()
        for block in self.report.blocks:
            if isinstance(block, Heading):
                self.y += 3
                self._text(block.printed, 15 - 2 * block.level, 8, "B")
            elif isinstance(block, Prose):
                self._prose(block.text)
            elif isinstance(block, PrintedTable):
                self._table(block)
            else:
                self._new_page()
        self.pdf.output(str(path))

    def _new_page(self) -> None:
        self.pdf.add_page()
        self.y = 20

    def _room(self, height: float) -> bool:
        return self.y + height < 275

    def _text(self, text: str, size: float, height: float, style: str = "") -> None:
        if not self._room(height + 20):
            self._new_page()
        self.pdf.set_font("Helvetica", style, size)
        self.pdf.text_at(LEFT, self.y, text)
        self.y += height

    def _prose(self, text: str) -> None:
        self.pdf.set_font("Helvetica", size=10)
        for line in self.pdf.lines(text, WIDTH):
            self._text(line, 10, 5)
        self.y += 2

    def _table(self, table: PrintedTable) -> None:
        for line in (table.caption, table.unit_line):
            if line:
                self._text(line, 10, 6, "B")
        labels = len(table.label_headers)
        of_columns = (3.0 if column.is_commentary else 1.25 for column in table.columns)
        shares = [*[0.8] * len(table.key_headers), 3.2, *[1.0] * table.is_paired, *of_columns]
        widths = [WIDTH * share / sum(shares) for share in shares]
        self._header(table, widths, labels)
        for number, row in enumerate(table.rows, 1):
            lines = self._row(table, row, widths, labels)
            height = LINE * max(map(len, lines)) + (LINE if row.space_before else 0)
            if not self._room(height) or number - 1 == table.break_after:
                self._new_page()
                if table.repeats_header:
                    self._header(table, widths, labels)
            self.y += LINE if row.space_before else 0
            self._band(table, lines, widths, labels, row.is_heading)
            if row.remark:
                self._prose(row.remark)
        for mark, note in table.footnotes:
            self._text(f"{mark} {note}", 8, 5)
        self.y += 4

    def _header(self, table: PrintedTable, widths: list[float], labels: int) -> None:
        self.pdf.set_font("Helvetica", "B", 9)
        if table.is_two_level:
            self._outer_header(table, widths, labels)
        lines = [self.pdf.lines(header, width) for header, width in zip(table.label_headers, widths, strict=False)]
        for column, width in zip(table.columns, widths[labels:], strict=True):
            lines.append([part for line in column.lines for part in self.pdf.lines(shown_line(line), width)])
        self._band(table, lines, widths, labels, is_bold=True)

    def _outer_header(self, table: PrintedTable, widths: list[float], labels: int) -> None:
        x, outers = LEFT + sum(widths[:labels]), [column.outer for column in table.columns]
        for outer in dict.fromkeys(outers):
            width = sum(w for w, o in zip(widths[labels:], outers, strict=True) if o == outer)
            self.pdf.text_at(x + max(0, (width - self.pdf.get_string_width(outer)) / 2 - 1), self.y, outer)
            if self.is_ruled:
                self.pdf.rect(x, self.y - 0.7, width, LINE + 1)
            x += width
        self.y += LINE + 1

    def _row(self, table: PrintedTable, row: PrintedRow, widths: list[float], labels: int) -> Lines:
        self.pdf.set_font("Helvetica", size=9)
        texts = [[row.shown(index)] for index in range(len(row.cells))]
        if row.aside:
            texts[-2].append(row.aside_text)
        label = wrapped(row.shown_label, int(widths[len(table.key_headers)] / 1.75), self.random)
        if table.is_paired:
            is_first = table.opens_pair(row)
            shared = self.pdf.lines(row.pair_label, widths[0]) if is_first else [""]
            return [shared, [row.shown_label], *texts]
        return [
            *([key] for key in table.label_texts(row)[:-1]),
            label,
            *(
                self.pdf.lines(text[0], width) if column.is_commentary else text
                for column, text, width in zip(table.columns, texts, widths[labels:], strict=True)
            ),
        ]

    def _band(self, table: PrintedTable, lines: Lines, widths: list[float], labels: int, is_bold: bool) -> None:
        """One row of cells, each of several lines."""
        self.pdf.set_font("Helvetica", "B" if is_bold else "", 9)
        height, x = max(map(len, lines)), LEFT
        for at, (cell, width) in enumerate(zip(lines, widths, strict=True)):
            is_left = at < labels or table.columns[at - labels].is_commentary
            skipped = {"first": 0.0, "middle": (height - len(cell)) / 2, "last": float(height - len(cell))}[self.align]
            for number, text in enumerate(cell):
                shift = 0 if is_left else width - self.pdf.get_string_width(text) - 3
                self.pdf.text_at(
                    x + shift, self.y + LINE * ((0 if at <= len(table.key_headers) else skipped) + number), text
                )
            if self.is_ruled:
                self.pdf.rect(x, self.y - 0.7, width, LINE * height)
            x += width
        self.y += LINE * height + (0 if self.is_ruled else 1.2)
