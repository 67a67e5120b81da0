"""What all made-up tables share: the year and vocabulary of their report, and headers as printers break them."""

from dataclasses import dataclass, replace
from random import Random

from .figures import NumberStyle, draw_style
from .report import PrintedColumn, PrintedRow, PrintedTable
from .vocabulary import COMMENTS, FOOTNOTES, REMARKS


@dataclass(frozen=True)
class Draw:
    """The random generator and the report's own habits.

    ``plain_glyphs`` limits signs to those that every font has; ``shows_spans`` is false if a page can't show which
    columns an upper header covers, so that such headers are only drawn where they repeat evenly.
    """

    random: Random
    year: int
    month: str
    plain_glyphs: bool = False
    shows_spans: bool = True

    @property
    def is_interim(self) -> bool:
        return self.month != "dec"

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def style(self, decimals: int) -> NumberStyle:
        return draw_style(self.random, decimals, self.plain_glyphs)

    def at_least(self) -> str:
        return self.random.choice((">", "minst ", "> ") if self.plain_glyphs else ("≥", "≥ ", ">", "minst "))

    def at_most(self) -> str:
        return self.random.choice(("<", "högst ", "< ") if self.plain_glyphs else ("≤", "≤ ", "<", "högst "))


BROKEN_WORDS = {
    "Avvikelse": ("Avvikels¦", "e"),
    "Prognos": ("Progno¦", "s"),
    "Budgetavvikelse": ("Budget-", "avvikelse"),
    "Måluppfyllelse": ("Målupp-", "fyllelse"),
    "Riskvärde": ("Riskv¦", "ärde"),
    "Helårsprognos": ("Helårs-", "prognos"),
    "Delårsbokslut": ("Delårs-", "bokslut"),
}


def column(draw: Draw, header: str, outer: str = "", is_commentary: bool = False) -> PrintedColumn:
    """A column whose header is sometimes broken over lines, between words or inside one."""
    if not draw.chance(0.3):
        return PrintedColumn((header,), outer, is_commentary)
    lines: list[str] = []
    for word in header.split(" "):
        lines += BROKEN_WORDS.get(word, (word,)) if draw.chance(0.5) else (word,)
    return PrintedColumn(tuple(lines), outer, is_commentary)


def with_notes(draw: Draw, table: PrintedTable) -> PrintedTable:
    """Footnote marks on a label, a figure or a header, with the note under the table."""
    if not draw.chance(0.3) or any(row.aside for row in table.rows):
        return table
    mark = draw.random.choice(("*", "*", "1", "2"))
    at = draw.random.randrange(len(table.rows))
    row = table.rows[at]
    figures = [
        index for index, cell in enumerate(row.cells) if cell[:1].isdigit() and not table.columns[index].is_commentary
    ]
    if mark == "*" and figures and draw.chance(0.6):
        row, trap = replace(row, cell_marks={draw.random.choice(figures): mark}), "footnote on figure"
    elif row.label[-1:].isalpha() and not row.is_heading:
        row, trap = replace(row, mark=mark), "footnote on label"
    else:
        return table
    rows = (*table.rows[:at], row, *table.rows[at + 1 :])
    footnotes = ((mark, draw.random.choice(FOOTNOTES)),)
    return replace(table, rows=rows, footnotes=footnotes, traps=table.traps | {trap})


def with_spacing(draw: Draw, table: PrintedTable) -> PrintedTable:
    """Spacer rows before totals and sub-headings, and a page break that the renderer may use."""
    if draw.chance(0.3):
        rows = tuple(
            replace(row, space_before=i in _gaps(table) and draw.chance(0.25)) for i, row in enumerate(table.rows)
        )
        table = replace(table, rows=rows, traps=table.traps | {"spacer rows"})
    if len(table.rows) > 3 and draw.chance(0.3):
        at = draw.random.choice(_gaps(table))
        repeats = draw.chance(0.5)
        trap = "page break, header repeated" if repeats else "page break, header not repeated"
        table = replace(table, break_after=at, repeats_header=repeats, traps=table.traps | {trap})
    return table


def _gaps(table: PrintedTable) -> list[int]:
    """Row numbers after which something may be inserted: between two rows, but not inside a pair."""
    return [at for at in range(1, len(table.rows)) if not (table.is_paired and at % 2)]


def with_keys(random: Random, table: PrintedTable) -> PrintedTable:
    """Columns of keys before the names of projects: priority, status, number; sums and sub-headings have none.

    It has its own random generator, so that the rest of the report is unchanged.
    """
    if table.kind != "investments" or random.random() > 0.4:
        return table
    headers = random.choice((("Nr",), ("Prio", "Nr"), ("Pri", "Status", "Nr")))
    rows = []
    for number, row in enumerate(table.rows, 1):
        drawn = {"Nr": str(random.randint(6000, 6299)), "Status": random.choice(("P", "N"))}
        has_keys = row is not table.rows[-1] and not row.is_heading and row.label != "-"
        rows.append(replace(row, keys=tuple(drawn.get(header, str(number)) for header in headers) if has_keys else ()))
    return replace(table, key_headers=headers, rows=tuple(rows), traps=table.traps | {"key columns before the label"})


def with_remarks(draw: Draw, rows: list[PrintedRow]) -> list[PrintedRow]:
    """Running text under some rows."""
    return [replace(row, remark=draw.random.choice(REMARKS)) if draw.chance(0.5) else row for row in rows]


def comment(draw: Draw) -> str:
    return draw.random.choice(COMMENTS)


def blank_some(draw: Draw, rows: list[PrintedRow], share: float = 0.12) -> list[PrintedRow]:
    """Cells without a figure: blank or a single ``-``, as one table prints them; a row keeps at least one figure."""
    missing = draw.random.choice(("", "", "-"))
    blanked = []
    for row in rows:
        cells = [missing if draw.chance(share) else cell for cell in row.cells]
        blanked.append(replace(row, cells=tuple(cells)) if any(c not in ("", "-") for c in cells) else row)
    return blanked
