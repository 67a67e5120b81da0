"""Finds tables of page text by their rows: consecutive lines that end in equally many figures.

Where page text has no blank lines and headers are wrapped, no single line shows that it is a header. The rows show how
many columns there are, and the lines above are cut into that many headers.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.reading.cells.solver import Settled, differences, settle
from ingest.reading.cells.splits import MISSING_CELL, least_cells, most_cells
from ingest.reading.sources.header_fit import NOTE_HEADER, HeaderFit, fitted_header, goes_on_from
from ingest.reading.sources.text_labels import with_subheadings_apart
from ingest.reading.sources.text_lines import Line
from ingest.reading.sources.text_rows import DraftRow, ends_table, named_by_periods
from ingest.reading.vocabulary.column_headers import is_column_header, is_figure_header
from ingest.reading.vocabulary.header_cells import header_cells, headers_with_periods
from ingest.reading.vocabulary.periods import is_period
from ingest.reading.vocabulary.print import is_only_a_figure, is_sentence, number
from ingest.reading.vocabulary.row_words import ends_sentence, figures_of_row, goes_on, is_sum

_NEEDS_NUMBER = ("minst", "högst", "ca", "cirka", "<", ">", "≤", "≥", "=")
_MOST_HEADER_LINES = 16
_MOST_LINES_OF_LABEL = 3
_MOST_WORDS_BESIDE = 3
_MOST_COLUMNS = 16
_LONGEST_LABEL = 90
_LONGEST_HEADER_LINE = 110
# The highest acceptable cost per row, and per header.
_WORST_ROW = 4.0
_WORST_HEADER = 0.7
# A header without any known column name is on one line, each name with a capital.
_UNKNOWN_HEADER = 0.5
_ROWS_TO_HEADERS = 2.0
_UNFIT_ROW, _NAMELESS_ROW = 6.0, 1.0
# A group of thousands that begins with 0 goes on from the number before it.
_NUMBER_OF_NAME = re.compile(r"[1-9]\d{0,2} (?!0\d)\S+ ")
_NOTE = re.compile(r"[1-9]\d? (?!0\d)")
_ROWS_TO_NUMBER = 3
# Gain of a column that is the difference of two others.
_DIFFERENCE = 1.0
# Cost of each further line that a header takes.
_LINE_FURTHER = 0.1


@dataclass(frozen=True)
class LedTable:
    """Rows with the headers above them, the index of the first line and of the line after the last."""

    start: int
    end: int
    headers: tuple[str, ...]
    line: int
    drafts: list[DraftRow]
    settled: list[Settled | None]


@dataclass(frozen=True)
class _Rows:
    first: int
    end: int
    drafts: list[DraftRow]
    are_numbered: bool = False


def row_led_tables(lines: Sequence[Line]) -> Iterator[LedTable]:
    """Yield the tables, in order, that have a header and rows that fit it."""
    after = 0
    for place in range(len(lines)):
        if place < after or not _is_row(lines[place]):
            continue
        table = _table(lines, place, after)
        if table:
            yield table
            after = table.end


def _table(lines: Sequence[Line], place: int, after: int) -> LedTable | None:
    labels = _lines_of_label(lines, place, after)
    best: tuple[float, LedTable] | None = None
    for rows in _ways_to_name(lines, range(place - labels, place + 1)):
        for width in _widths(rows):
            header = _header(lines, rows.first, after, width)
            if header is None or NOTE_HEADER in header[1].headers[: 1 + rows.are_numbered]:
                continue
            start, fit = header
            drafts = _with_blank_notes(rows.drafts) if fit.headers[1] == NOTE_HEADER else rows.drafts
            settled = settle([draft.run for draft in drafts], width, list(map(_is_sum, drafts)))
            pairs = zip(settled, drafts, strict=True)
            costs = [_row_cost(row) + _NAMELESS_ROW * (not draft.label) for row, draft in pairs if draft.run]
            each = sum(costs) / len(costs)
            if not _are_figures(settled):
                continue
            cost = _ROWS_TO_HEADERS * each + fit.cost - _DIFFERENCE * min(differences(settled), 2)
            if each <= _WORST_ROW and (best is None or cost < best[0]):
                line = lines[start].number
                best = cost, LedTable(start, rows.end, fit.headers, line, drafts, settled)
    return best[1] if best else None


def _ways_to_name(lines: Sequence[Line], firsts: Iterable[int]) -> Iterator[_Rows]:
    """The rows from each of some lines on, also with the number that follows each label as its last word."""
    for first in firsts:
        rows = _rows(lines, first)
        yield rows
        if numbered := _with_numbered_names(rows.drafts):
            yield replace(rows, drafts=numbered, are_numbered=True)


def _with_numbered_names(drafts: Sequence[DraftRow]) -> list[DraftRow] | None:
    """The rows with their first number in the label, ``Avdelning 1``; None unless all but sums have a small one."""
    own = [draft for draft in drafts if draft.run and not _is_sum(draft)]
    if len(own) < _ROWS_TO_NUMBER or not all(
        draft.label and _NUMBER_OF_NAME.match(" ".join(draft.run)) for draft in own
    ):
        return None
    return [
        replace(draft, label=[*draft.label[:-1], f"{draft.label[-1]} {draft.run[0]}"], run=draft.run[1:])
        if draft in own
        else draft
        for draft in drafts
    ]


def _with_blank_notes(drafts: Sequence[DraftRow]) -> list[DraftRow]:
    """The rows of a statement, with a gap where the note is blank: sums have none, and the notes' numbers rise."""
    rows: list[DraftRow] = []
    last = 0
    for draft in drafts:
        is_note = bool(draft.run) and _NOTE.match(" ".join(draft.run)) is not None and not _is_sum(draft)
        if is_note and int(draft.run[0]) >= last:
            last = int(draft.run[0])
        elif draft.run:
            draft = replace(draft, run=("", *draft.run))
        rows.append(draft)
    return rows


def _are_figures(settled: Sequence[Settled | None]) -> bool:
    """Whether most cells are numbers, not dates or words."""
    cells = [cell for row in settled if row for cell in row.split.cells if cell]
    return 2 * sum(number(cell) is not None for cell in cells) >= len(cells) > 0


def _row_cost(row: Settled | None) -> float:
    """The cost of a row; several blank cells cost no more than one."""
    return _UNFIT_ROW if row is None else min(row.split.cost, MISSING_CELL)


def _is_row(line: Line) -> bool:
    """Whether a line ends in at least two figures and is not a header of periods."""
    if not line.has_figures or is_sentence(line.text) or ends_table(line):
        return False
    return most_cells(line.run) > 1 and not all(is_period(piece) for piece in line.run if piece)


def _is_full(line: Line) -> bool:
    """Whether a line is a name with several figures, which no header holds."""
    return figures_of_row(line.text) > 1 and any(map(is_only_a_figure, line.run))


def _is_sum(draft: DraftRow) -> bool:
    return is_sum(" ".join(draft.label))


def _lines_of_label(lines: Sequence[Line], place: int, after: int) -> int:
    """How many lines above the first figures may be part of the same row's label."""
    count = 0
    while count < _MOST_LINES_OF_LABEL and place - count - 1 >= after and _may_be_label(lines[place - count - 1]):
        count += 1
    return count


def _may_be_label(line: Line) -> bool:
    is_words = bool(line.text) and not line.has_figures and not is_sentence(line.text) and not ends_table(line)
    # Inner headers repeat below each outer one: `Timmar Tkr Timmar Tkr`.
    capitals = [word for word in line.text.split() if word[0].isupper()]
    is_repeated = len(capitals) > len(set(capitals))
    return is_words and not is_repeated and not any(map(_names_column, header_cells([line.text])))


def _names_column(text: str) -> bool:
    """Whether a text is a header, and not the first words of a label: ``Andel elever i årskurs 9 som är``."""
    is_terse = len(text.split()) <= _MOST_WORDS_BESIDE
    return not goes_on(text) and (is_figure_header(text) or (is_terse and is_column_header(text)))


def _widths(rows: _Rows) -> range:
    runs = [draft.run for draft in rows.drafts if draft.run]
    least, most = max(map(least_cells, runs)), sorted(map(most_cells, runs))
    # Half of the rows have at most one blank cell and more than one figure.
    median = most[len(most) // 2]
    return range(max(least, 2), min(most[-1], median + 1 if median > 1 else 1, _MOST_COLUMNS) + 1)


def _header(lines: Sequence[Line], first: int, after: int, width: int) -> tuple[int, HeaderFit] | None:
    """The index of the header's first line, and the headers."""
    best: tuple[float, int, HeaderFit] | None = None
    texts: list[str] = []
    for place in range(first - 1, max(after, first - _MOST_HEADER_LINES) - 1, -1):
        line = lines[place]
        if is_sentence(line.text) or ends_table(line) or len(line.text) > _LONGEST_HEADER_LINE or _is_full(line):
            break
        if not line.text:
            continue
        texts.insert(0, line.text)
        above = next((other.text for other in reversed(lines[after:place]) if other.text), "")
        fit = fitted_header(texts, width)
        is_dated_below = not headers_with_periods(texts) and headers_with_periods([above, *texts])
        if fit is None or is_dated_below or (above and goes_on_from(above, line.text)):
            continue
        cost = fit.cost + _LINE_FURTHER * len(texts)
        names_columns = any(is_column_header(word) for text in texts for word in text.split())
        is_plain = len(texts) == 1 and fit.cost <= _UNKNOWN_HEADER * width
        if (names_columns or is_plain) and fit.cost <= _WORST_HEADER * width and (best is None or cost < best[0]):
            best = cost, place, fit
    return None if best is None else best[1:]


def _rows(lines: Sequence[Line], first: int) -> _Rows:
    """The rows from a line on, up to one that can't belong to the table."""
    drafts: list[DraftRow] = []
    pending: list[Line] = []
    place = end = first
    while place < len(lines):
        line = lines[place]
        repeated = _repeated_header(lines, first, place)
        if repeated:
            place += repeated
            continue
        if _ends_rows(line) or len(pending) > _MOST_LINES_OF_LABEL or (drafts and _names_columns(line)):
            break
        place += 1
        if line.has_figures and drafts and not line.words and not pending and _goes_on(drafts[-1]):
            drafts[-1].run += line.run
            end = place
        elif line.has_figures:
            if pending and pending[-1].is_subheading and line.words:
                drafts += [DraftRow([other.text], (), other.number) for other in pending]
                pending = []
            label = [*(other.text for other in pending), *filter(None, [line.words])]
            drafts.append(DraftRow(label, line.run, line.number))
            pending, end = [], place
        elif line.text:
            pending.append(line)
    return _Rows(first, end, named_by_periods(with_subheadings_apart(drafts, lines[first:end])))


def _ends_rows(line: Line) -> bool:
    is_said = ends_sentence(line.text) and len(line.text.split()) > 2 and not line.has_figures
    return is_said or is_sentence(line.text) or ends_table(line)


def _names_columns(line: Line) -> bool:
    """Whether a line of words is the header of a next table."""
    words = line.text.split()
    return not line.has_figures and len(words) > 2 and 2 * sum(map(is_column_header, words)) > len(words)


def _goes_on(draft: DraftRow) -> bool:
    """Whether a row ends in a word that needs a number: ``minst`` with ``50`` on the next line."""
    return draft.run[-1].lower() in _NEEDS_NUMBER


def _repeated_header(lines: Sequence[Line], first: int, place: int) -> int:
    """How many lines from an index on repeat the last ones above the first row, as at the top of a page."""
    for count in range(1, min(_MOST_HEADER_LINES, first) + 1):
        above, here = lines[first - count : first], lines[place : place + count]
        if place > first and [line.text for line in above] == [line.text for line in here] and above[0].text:
            return count
    return 0
