"""Reads text with one cell per line, as ``pdftotext`` and saved web pages write tables: a label, then its figures.

Where blank lines separate the cells, a wrapped label is complete; otherwise its lines are recognised by their words.
The text doesn't show which cells of a row are blank, so a row with too few figures is marked as doubtful.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.reading.blocks import Block, Grid, GridRow, PrintedCell, TextBlock
from ingest.reading.cells.solver import BLANKS_ELSEWHERE
from ingest.reading.page_furniture import is_page_number
from ingest.reading.sources.column_lines import UNKNOWN_ROWS_LABEL, UNTOLD_ROWS, column_tables
from ingest.reading.vocabulary.column_headers import is_column_header
from ingest.reading.vocabulary.periods import is_period
from ingest.reading.vocabulary.print import DASH, NUMBER, has_leaders, is_sentence, is_value, join_lines
from ingest.reading.vocabulary.row_words import LONGEST_ROW
from ingest.reading.vocabulary.text_pieces import is_worded

_LEAST_FIGURES = 12
# Text counts as one cell per line if figures are alone on their lines this many times as often as beside a label.
_TIMES_ALONE = 3
_LABELLED = re.compile(rf".*[^\W\d_]{{2}}.* {DASH}?\d[\d,]*%?(?: {DASH}?\d[\d ,]*%?)+\s*")
_NUMBER = re.compile(rf"(?<!\S)(?:{DASH} ?)?{NUMBER}%?(?: |$)")
_NUMBERING = re.compile(r"\d{1,2}(?:[.,]\d{1,2})?")
_LONGEST_LABEL = 120
_MOST_TEXTS = 4
_TOO_MANY = "Raden har fler tal än tabellen har kolumner"


@dataclass(frozen=True)
class _Cell:
    """The text of one line, or of the lines between two blank ones; ``figures`` is set if they hold nothing else."""

    text: str
    line: int
    figures: tuple[str, ...]
    printed: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Row:
    """A run of figures and the texts before it; the last text is the label."""

    texts: tuple[_Cell, ...]
    figures: tuple[str, ...]


def is_cell_lines(lines: Sequence[str]) -> bool:
    """Whether the figures of the tables are mostly on lines of their own rather than beside their labels."""
    alone = sum(bool(_figures(line.strip())) and not is_period(line.strip()) for line in lines)
    beside = sum(len(line) <= LONGEST_ROW and _LABELLED.fullmatch(line) is not None for line in lines)
    return alone >= _LEAST_FIGURES and alone > _TIMES_ALONE * beside


def cell_lines_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks in the order of the lines, including tables that are written column by column."""
    lines = text.split("\n")
    place = 0
    for table in column_tables([line.replace("\f", "") for line in lines]):
        yield from _row_by_row(lines, place, table.start)
        yield table.grid
        place = table.end
    yield from _row_by_row(lines, place, len(lines))


def _row_by_row(lines: Sequence[str], start: int, end: int) -> Iterator[Block]:
    rows = _rows(_cells(lines[start:end], start))
    place = 0
    while place < len(rows):
        width, after = _table_from(rows, place)
        if after - place > 1 and not _is_numbering(rows[place:after]):
            yield from (
                _table(rows[place:after], width)
                if _is_readable(rows[place:after], width)
                else _refused(rows[place:after])
            )
            place = after
        else:
            row = rows[place]
            yield from _lines(row.texts)
            yield from (TextBlock(figure, line=row.texts[-1].line if row.texts else 1) for figure in row.figures)
            place += 1


def _cells(lines: Sequence[str], after: int) -> Iterator[_Cell]:
    are_parted = sum(not line.strip() for line in lines) > len(lines) / 4
    waiting: list[str] = []
    for number, line in enumerate([*lines, ""], after + 1):
        stripped = line.strip(" \r\f\t")
        if is_page_number(stripped):
            continue
        is_in_header = bool(waiting) and is_period(stripped)
        goes_on = bool(stripped) and are_parted and (not _figures(stripped) or is_in_header)
        if waiting and not goes_on:
            yield _Cell(join_lines(waiting), number - len(waiting), (), tuple(waiting))
            waiting = []
        if goes_on:
            waiting.append(stripped)
        elif stripped:
            yield _Cell(stripped, number, _figures(stripped))


def _figures(text: str) -> tuple[str, ...]:
    """The figures of a line, or the grade in place of one."""
    if is_value(text) or is_worded(text):
        return (text,)
    parts = [match[0].strip() for match in _NUMBER.finditer(text)]
    return tuple(parts) if parts and " ".join(parts) == text else ()


def _rows(cells: Iterator[_Cell]) -> list[_Row]:
    rows: list[_Row] = []
    texts: list[_Cell] = []
    figures: list[str] = []
    for cell in cells:
        is_period_header = is_period(cell.text) and not figures
        if cell.figures and not is_period_header:
            figures += cell.figures
            continue
        if figures:
            rows.append(_Row(tuple(texts), tuple(figures)))
            texts, figures = [], []
        texts.append(cell)
    return [*rows, _Row(tuple(texts), tuple(figures))]


def _is_numbering(rows: Sequence[_Row]) -> bool:
    """Whether the figures number headings or are the pages of a table of contents: they only increase."""
    texts = [figure for row in rows for figure in row.figures]
    numbers = [float(text.replace(",", ".")) for text in texts if _NUMBERING.fullmatch(text)]
    return len(numbers) == len(texts) == len(rows) and numbers == sorted(numbers)


def _table_from(rows: list[_Row], first: int) -> tuple[int, int]:
    """The number of columns of the table that begins with a row, and the index of the row after its last."""
    end = first + 1
    while end < len(rows) and rows[end].figures and _goes_on(rows[end], len(rows[first].figures)):
        end += 1
    if not rows[first].figures or not rows[first].texts or has_leaders(rows[first].texts[-1].text):
        return 0, first + 1
    counts = Counter(len(row.figures) for row in rows[first:end])
    return max(counts, key=lambda width: (counts[width], width)), end


def _goes_on(row: _Row, width: int) -> bool:
    headers = sum(is_column_header(cell.text) for cell in row.texts[:-1])
    is_short = all(len(cell.text) <= _LONGEST_LABEL and not is_sentence(cell.text) for cell in row.texts)
    is_of_contents = any(has_leaders(cell.text) for cell in row.texts)
    return is_short and not is_of_contents and 0 < len(row.texts) <= _MOST_TEXTS and headers < max(width, 2)


def _table(rows: list[_Row], width: int) -> Iterator[Block]:
    *above, label = rows[0].texts
    names = above[-width:] if len(above) >= width and _are_headers(above[-width:]) else []
    yield from _lines(above[: len(above) - len(names)])
    header = tuple(PrintedCell(text) for text in ("", *(name.text for name in names)))
    printed = [GridRow(header, line=names[0].line)] if names else []
    for row in (_Row((label,), rows[0].figures), *rows[1:]):
        printed += _printed_row(row, width)
    yield Grid(tuple(printed))


def _is_readable(rows: Sequence[_Row], width: int) -> bool:
    """Whether at least half of the rows have as many figures as the table has columns."""
    return 2 * sum(len(row.figures) == width for row in rows) >= len(rows)


def _refused(rows: Sequence[_Row]) -> Iterator[Block]:
    """Yield a table whose rows can't be determined: its names as lines, and one row that says so."""
    for row in rows:
        yield from _lines(row.texts)
    line = rows[0].texts[-1].line
    header = GridRow((PrintedCell(""), PrintedCell("Tal")), line=line, is_header=True)
    cells = (PrintedCell(UNKNOWN_ROWS_LABEL), PrintedCell("", doubt=UNTOLD_ROWS))
    yield Grid((header, GridRow(cells, line=line, is_header=False)))


def _are_headers(cells: Sequence[_Cell]) -> bool:
    return all(len(cell.text) <= _LONGEST_LABEL / 2 and not is_sentence(cell.text) for cell in cells)


def _printed_row(row: _Row, width: int) -> Iterator[GridRow]:
    """Yield the row after the sub-headings above it; texts that continue each other are one label."""
    labels: list[_Cell] = []
    for cell in row.texts:
        if labels and (cell.text[:1].islower() or cell.text.startswith("(")):
            labels[-1] = _Cell(join_lines([labels[-1].text, cell.text]), labels[-1].line, ())
        else:
            labels.append(cell)
    for heading in labels[:-1]:
        yield GridRow((PrintedCell(heading.text), *[PrintedCell("")] * width), line=heading.line)
    kept = row.figures[:width]
    doubt = BLANKS_ELSEWHERE if len(kept) < width else _TOO_MANY if len(row.figures) > width else ""
    cells = (PrintedCell(figure, doubt=doubt) for figure in (*kept, *[""] * (width - len(kept))))
    yield GridRow((PrintedCell(labels[-1].text), *cells), line=labels[-1].line)


def _lines(cells: Sequence[_Cell]) -> Iterator[TextBlock]:
    """Yield the cells outside tables as lines: headings, table titles, running text."""
    for cell in cells:
        for at, text in enumerate(cell.printed or (cell.text,)):
            yield TextBlock(text, line=cell.line + at)
