"""Reads the text of pages, where one space parts words, cells and thousands alike."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.reading.blocks import Block, Grid, GridRow, PrintedCell, TextBlock
from ingest.reading.column_heads import is_column_head, is_judgement_head
from ingest.reading.digit_runs import Settled, settle, total_cost
from ingest.reading.printed_text import is_period
from ingest.reading.sources.text_headers import goes_on_with_header, header_cells, is_header
from ingest.reading.sources.text_lines import Line, printed_lines
from ingest.reading.sources.text_rows import JOINED, NOTE, DraftRow, rows_below

_SUM = re.compile(r"(?:summa|totalt?|netto\w*|resultat|årets resultat|s:a)\b", re.IGNORECASE)
_UNPREFERRED_WIDTH = 1.5
_WORST_ROW = 3.5
_LONGEST_HEADER = 30


@dataclass(frozen=True)
class _Header:
    cells: list[str]
    line: Line
    end: int


def page_text_blocks(text: str) -> Iterator[Block]:
    """The tables of a page text as grids, and its other lines as text."""
    lines = printed_lines(text)
    place = 0
    while place < len(lines):
        found = _table_at(lines, place)
        if found is not None:
            grid, place = found
            yield grid
            continue
        line = lines[place]
        if line.text:
            yield TextBlock(line.text, line=line.number)
        place += 1


def _table_at(lines: Sequence[Line], place: int) -> tuple[Grid, int] | None:
    header = _header_at(lines, place)
    if header is None:
        return None
    drafts: list[DraftRow] = []
    again: _Header | None = header
    while again is not None:
        more, end = rows_below(lines, again.end, _own_width(header), lambda other: _begins_table(lines, other))
        drafts += more
        again = _repeated(lines, end, header)
    if not any(draft.run for draft in drafts):
        return None
    fit = _fit(header, drafts)
    return (_grid(header, drafts, *fit), end) if fit else None


def _header_at(lines: Sequence[Line], place: int) -> _Header | None:
    """The header that begins on a line and runs on over the lines that only carry it on."""
    first = lines[place]
    cells = header_cells([first.text])
    is_lone_head = len(cells) == 1 and first.raw.startswith("  ") and is_column_head(cells[0]) and len(first.text) < 50
    if not first.text or NOTE.match(first.text) or not (is_header(cells) or is_lone_head):
        return None
    texts, end = [first.text], place + 1
    for other in range(place + 1, min(place + _LONGEST_HEADER, len(lines))):
        text = lines[other].text
        if not text:
            continue
        if not goes_on_with_header(text, texts[-1]):
            break
        texts.append(text)
        end = other + 1
    cells = header_cells(texts)
    heads = sum(map(is_column_head, cells))
    is_wide = heads >= 2 or len(cells) == 2
    return _Header(cells, first, end) if is_wide or (is_lone_head and len(cells) == 1) else None


def _begins_table(lines: Sequence[Line], place: int) -> bool:
    line = lines[place]
    return all(is_period(piece) for piece in line.run if piece) and _header_at(lines, place) is not None


def _repeated(lines: Sequence[Line], place: int, header: _Header) -> _Header | None:
    """The same header again, at the top of a page, where it carries the table on."""
    again = _header_at(lines, place) if place < len(lines) else None
    if again is None or again.cells != header.cells:
        return None
    is_indented = _indent(again.line) > _indent(header.line)
    return again if again.line.is_page_start or is_indented else None


def _indent(line: Line) -> int:
    """The pages of a text follow each other with a space, so that the first line of a page stands one further in."""
    return len(line.raw) - len(line.raw.lstrip(" "))


def _own_width(header: _Header) -> int:
    """The columns right of the label as the header tells them; the label's own header may be blank."""
    return len(header.cells) if is_column_head(header.cells[0]) else len(header.cells) - 1


def _fit(header: _Header, drafts: Sequence[DraftRow]) -> tuple[int, list[Settled | None]] | None:
    """The number of columns that the rows agree with best, near the header's own, and the rows split into them."""
    runs = [draft.run for draft in drafts]
    sums = [_SUM.match(" ".join(draft.label)) is not None for draft in drafts]
    own = _own_width(header)
    may_lack = [int(is_judgement_head(header.cells[-1]) or draft.is_half_of_pair) for draft in drafts]
    best: tuple[float, int, list[Settled | None]] | None = None
    filled = sum(map(bool, runs))
    for width in {own, len(header.cells) - 1, len(header.cells)} - {0}:
        settled = settle(runs, width, sums, may_lack)
        cost = total_cost([row for row, run in zip(settled, runs, strict=True) if run])
        cost += _UNPREFERRED_WIDTH * filled * (width != own)
        if best is None or cost < best[0]:
            best = (cost, width, settled)
    if best is None or best[0] > _WORST_ROW * filled:
        return None
    return best[1], best[2]


def _grid(header: _Header, drafts: Sequence[DraftRow], width: int, settled: Sequence[Settled | None]) -> Grid:
    heads = header.cells if len(header.cells) > width else ["", *header.cells]
    rows = [GridRow(tuple(map(PrintedCell, heads)), line=header.line.number, is_header=True)]
    for draft, row in zip(drafts, settled, strict=True):
        rows.append(_row(draft, row, width))
    return Grid(tuple(rows))


def _row(draft: DraftRow, settled: Settled | None, width: int) -> GridRow:
    label = "\n".join(draft.label)
    if settled is None:
        whole = PrintedCell(" ".join(filter(None, draft.run)), doubt="Raden går inte att dela i tabellens kolumner")
        cells = (whole, *[PrintedCell("")] * (width - 1))
        return GridRow((PrintedCell(label), *cells), line=draft.line, is_header=False)
    given = [piece for piece in draft.run if piece][: settled.split.given_to_label]
    cells = tuple(_cell(settled, place) for place in range(width))
    return GridRow((PrintedCell(" ".join([label, *given]).strip()), *cells), line=draft.line, is_header=False)


def _cell(settled: Settled, place: int) -> PrintedCell:
    text = settled.split.cells[place].replace(JOINED, " ")
    others = tuple(dict.fromkeys(split.cells[place] for split in settled.others if split.cells[place] != text))
    doubt = "Siffrorna kan delas mellan kolumnerna på flera sätt" if others else ""
    return PrintedCell(text, doubt=doubt, alternatives=others)
