"""Joins the printed lines of a table to rows, once its columns are known."""

import re
from dataclasses import replace
from itertools import pairwise

from ingest.reading.blocks import GridRow, PrintedCell
from ingest.reading.sources.printed_columns import PlacedLine
from ingest.reading.sources.printed_lines import text_of, text_of_lines
from ingest.reading.sources.printed_words import Word
from ingest.reading.sources.tall_rows import is_one_row, tall_rows
from ingest.reading.vocabulary.column_headers import are_spans, spread_headers
from ingest.reading.vocabulary.print import DASH, is_broken_number, is_value
from ingest.reading.vocabulary.row_words import goes_on, is_of_which

# The rest of a label: in lower case, perhaps after a number or percent sign, in brackets, or ending with a code.
_REST_OF_LABEL = re.compile(r"(?:[-–] |\d+(?:[-–]\d+)? )?[a-zåäö]|%|\(.*\)|.*\(\d[\d, ]*\)$")
_BEGINS_LABEL = re.compile(r"[A-ZÅÄÖ]|[-–] [A-ZÅÄÖ]")
_BEGINS_NUMBER, _THOUSANDS = re.compile(rf"{DASH}?\s?[1-9]\d{{0,2}}(?: \d{{3}})*"), re.compile(r"\d{3}(?: \d{3})*")
# Among lines closer than rows are, at least one in this many doesn't look like the beginning of a label.
_CLOSE_A_REST = 4
# Words that a label doesn't end with; a line that ends with one continues.


def header_rows(lines: list[PlacedLine], columns: int, page: int) -> list[GridRow]:
    """The header: lines of one level are one row, each line over several columns is a level of its own."""
    levels: list[list[PlacedLine]] = []
    for line in lines:
        if levels and bool(line.spans) == bool(levels[-1][-1].spans):
            levels[-1].append(line)
        else:
            levels.append([line])
    if len(levels) == 1:
        levels = _two_levels(lines, columns)
    return _spread([_row(level, columns, page, is_header=True) for level in levels])


def _spread(rows: list[GridRow]) -> list[GridRow]:
    """Repeat the outer of two header levels over all columns that it covers, if print shows no spans."""
    if len(rows) != 2 or any(cell.col_span > 1 for row in rows for cell in row.cells):
        return rows
    outer, inner = ([cell.text for cell in row.cells] for row in rows)
    spread = spread_headers(outer, inner)
    return rows if spread is None else [replace(rows[0], cells=tuple(map(PrintedCell, spread))), rows[1]]


def _two_levels(lines: list[PlacedLine], columns: int) -> list[list[PlacedLine]]:
    """Headers above one column each that cover several, as the same inner headers below them show."""
    for first_inner in range(1, len(lines)):
        outer, inner = (_header_texts(part, columns) for part in (lines[:first_inner], lines[first_inner:]))
        if spread_headers(outer, inner) or are_spans(outer, inner):
            return [lines[:first_inner], lines[first_inner:]]
    return [lines] if lines else []


def _header_texts(lines: list[PlacedLine], columns: int) -> list[str]:
    return [" ".join(text_of(line.cells.get(number, ())) for line in lines).strip() for number in range(columns)]


def body_rows(lines: list[PlacedLine], columns: int, page: int, rules: list[float]) -> list[GridRow]:
    """The rows below the header; ``rules`` are the heights of lines that are ruled across the table."""
    rows = tall_rows(lines) or _rows_by_words(lines, rules)
    return [_row(row, columns, page, is_header=False) for row in rows]


def _rows_by_words(lines: list[PlacedLine], rules: list[float]) -> list[list[PlacedLine]]:
    """The lines of each row, by the distances between lines, by rules and by their words."""
    wrapped = _wrapped_pitch(lines)
    rows: list[list[PlacedLine]] = []
    for line in lines:
        if len(rows) > 1 and _ends_label_of_pair(rows[-1], line):
            rows[-2].append(line)
        elif rows and _is_same_row(rows[-1], line, rules, wrapped):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _ends_label_of_pair(row: list[PlacedLine], line: PlacedLine) -> bool:
    """Whether a line is the rest of a label beside two rows, the second of which has no other label."""
    has_label = any(0 in above.cells for above in row)
    return not has_label and line.has_only_label and _REST_OF_LABEL.match(text_of(line.cells[0])) is not None


def _is_same_row(row: list[PlacedLine], line: PlacedLine, rules: list[float], wrapped: float | None) -> bool:
    above = row[-1]
    has_two_figures = line.has_figures and any(other.has_figures for other in row)
    is_ruled_off = any(above.middle < rule < line.middle for rule in rules)
    if is_ruled_off or (rules and not has_two_figures):
        return not is_ruled_off
    if line.middle - above.middle < 0.85 * (line.bottom - line.top):
        return not has_two_figures or _fills_gaps(row, line) or is_one_row([*row, line])
    if has_two_figures:
        goes_on = (
            _goes_on_with_thousands(above, line)
            or _goes_on_with_digits(above, line)
            or _goes_on_with_target(above, line)
            or _goes_on_with_words(above, line)
        )
        return goes_on or _goes_on_with_bracket(row, line) or (_reads_on(row, line) and _fills_gaps(row, line))
    if 0 not in line.cells and not line.has_figures:
        return True
    if wrapped is not None:
        return line.middle - above.middle < 1.1 * wrapped
    return _reads_on(row, line)


def _goes_on_with_thousands(above: PlacedLine, line: PlacedLine) -> bool:
    """Whether narrow columns have broken numbers at their spaces: ``-158`` and ``695`` below it.

    The label and the numbers that are whole are beside the first line or, in cells aligned to the bottom, the last.
    """
    upper, lower = (_texts_beside_label(each) for each in (above, line))
    shared = upper.keys() & lower.keys()
    if not shared or not all(_BEGINS_NUMBER.fullmatch(upper[number]) for number in shared):
        return False
    if not all(_THOUSANDS.fullmatch(lower[number]) for number in shared):
        return False
    label, label_below = (text_of(each.cells.get(0, ())) for each in (above, line))
    is_label_broken = label.endswith("-") or (label_below[:1].islower() and not is_of_which(label_below))
    if lower.keys() <= upper.keys():
        return not label_below or is_label_broken or any(group.startswith("0") for group in lower.values())
    return upper.keys() <= lower.keys() and bool(label_below) and (not label or is_label_broken)


def _texts_beside_label(line: PlacedLine) -> dict[int, str]:
    return {number: text_of(words) for number, words in line.cells.items() if number}


def _goes_on_with_digits(above: PlacedLine, line: PlacedLine) -> bool:
    """Whether all figures are last digits of numbers too wide for their columns: ``-148 14`` and ``0``."""
    pairs = [(text_of(above.cells.get(number, ())), text_of(words)) for number, words in line.cells.items() if number]
    return all(is_broken_number(before, after) for before, after in pairs)


def _goes_on_with_target(above: PlacedLine, line: PlacedLine) -> bool:
    """Whether a narrow column has separated a target from its sign: ``<`` and ``7,0`` below it."""
    above_texts = [text_of(above.cells.get(number, ())) for number in line.cells]
    return all(text.endswith(("<", ">", "≤", "≥", "=")) for text in above_texts)


def _goes_on_with_words(above: PlacedLine, line: PlacedLine) -> bool:
    """Whether words continue, perhaps with a number among them: ``Ökning med`` and ``ca 20–30`` below it."""
    words_above = [text_of(above.cells.get(number, ())) for number in line.cells]
    return 0 not in line.cells and all(text and not is_value(text) for text in words_above)


def _goes_on_with_bracket(row: list[PlacedLine], line: PlacedLine) -> bool:
    """Whether the text below a figure is a remark on it: ``89%`` and ``(utfall 2024 91%)`` below it."""
    remarks = [number for number, words in line.cells.items() if number and _is_remark(words, line)]
    return any(number in above.cells for number in remarks for above in row) and _fills_gaps(row, line)


def _fills_gaps(row: list[PlacedLine], line: PlacedLine) -> bool:
    """Whether a line only fills cells that the row doesn't have yet, its label and remarks in brackets aside."""
    filled = {number for above in row for number in above.cells} - {0}
    return all(number not in filled or _is_remark(words, line) for number, words in line.cells.items())


def _is_remark(words: tuple[Word, ...], line: PlacedLine) -> bool:
    """Whether words in brackets are a remark on the figure above; beside a label a number in brackets is a figure."""
    text = text_of(words)
    return text.startswith("(") and not (0 in line.cells and is_value(text))


def _reads_on(row: list[PlacedLine], line: PlacedLine) -> bool:
    """Whether a label continues, judged by its words where all lines are equally far apart."""
    if 0 not in line.cells:
        return not any(other.has_figures for other in row)
    labels = [text_of(above.cells[0]) for above in row if 0 in above.cells]
    if not labels or is_of_which(text_of(line.cells[0])):
        return False
    label = labels[-1]
    return (
        _REST_OF_LABEL.match(text_of(line.cells[0])) is not None
        or goes_on(label)
        or (label[-1].isdigit() and re.match(r"\d{3} ", text_of(line.cells[0])) is not None)
    )


def _wrapped_pitch(lines: list[PlacedLine]) -> float | None:
    """The distance between lines of one row, if it is less than between rows."""
    pairs = list(pairwise(lines))
    between_rows = [below.middle - above.middle for above, below in pairs if above.has_figures and below.has_figures]
    others = [
        (below.middle - above.middle, below)
        for above, below in pairs
        if not (above.has_figures and below.has_figures)
        and below.middle - above.middle >= 0.85 * (below.bottom - below.top)
    ]
    least = min((pitch for pitch, _ in others), default=0.0)
    close = [line for pitch, line in others if pitch < 1.1 * least]
    rests = [line for line in close if 0 not in line.cells or not _BEGINS_LABEL.match(text_of(line.cells[0]))]
    is_closer = bool(between_rows) and 0 < least < 0.88 * min(between_rows)
    return least if is_closer and len(rests) * _CLOSE_A_REST >= len(close) else None


def _row(lines: list[PlacedLine], columns: int, page: int, is_header: bool) -> GridRow:
    spans = {number: span for line in lines for number, span in line.spans.items()}
    cells = []
    number = 0
    while number < columns:
        parts = [line.cells[number] for line in lines if number in line.cells]
        span = min(spans.get(number, 1), columns - number)
        doubtful = next((word for words in parts for word in words if word.doubt), None)
        doubt, others = (doubtful.doubt, doubtful.alternatives) if doubtful else ("", ())
        cells.append(PrintedCell(text_of_lines(parts), col_span=span, doubt=doubt, alternatives=others))
        number += span
    return GridRow(tuple(cells), page=page, is_header=is_header)
