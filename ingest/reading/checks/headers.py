"""Headers that hold several, are cut or are in the wrong row, so that they may belong to other columns."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from ingest.document import Doubt, Row, Table
from ingest.reading.checks.arithmetic import TableDoubts
from ingest.reading.vocabulary.column_headers import is_column_header, is_figure_header, is_span_header, is_text_header
from ingest.reading.vocabulary.periods import YEAR, is_period
from ingest.reading.vocabulary.print import DASH, is_only_a_figure, is_sentence, is_value

_YEAR = re.compile(YEAR)
_YEARS = re.compile(rf"(?<![-–/\d])\b{YEAR}\s+{YEAR}\b(?![-–/])")
_NEXT_HEADER = re.compile(r"(?<=[^\W_]|[)%–-]) (?=[A-ZÅÄÖ][a-zåäö]{2})")
_CUT = re.compile(r".*[^\W\d_][-–]|.*\d[-–]|.*[a-zåäö]{4} [b-zåäö]")
_KEY, _NAME = re.compile(r"\d{1,6}|[A-ZÅÄÖ]\d*|"), re.compile(r"[^\W\d_]{4}.*[^\W\d_]{4}")
_LEAST_LABELS = 3
_NO_HEADER = "Kolumnen saknar rubrik"
_FIGURE_IN_HEADER = "Rubriken håller ett tal, som kan höra till en rad"
_TEXT_IN_HEADER = "Rubriken håller löpande text"
_SEVERAL = "Rubriken håller mer än en rubrik: kolumnen kan vara flera, eller de andra stå en kolumn fel"
_SEVERAL_LABELS = "Namnens rubrik håller mer än en rubrik: namnen kan hålla en cell till"
_CUT_HEADER = "Rubriken ser avkortad ut"
_ROW_AS_HEADER = "En rubrik ser ut som en rads cell: tabellens rubrikrad kan saknas"
_HEADER_AS_ROW = "Raden ser ut som en rubrikrad: kolumnernas rubriker kan sakna den"
_SAME_HEADERS = "Flera kolumner har samma rubrik: en rubrik ovanför dem kan saknas"
_PUSHED = "Ett namn står under en rubrik för tal: rubrikerna kan stå en kolumn fel"
_SIDE_BY_SIDE = "Rubriker utan år följs av år utan rubrik: de kan höra ihop två och två"
_TURNED = "Raderna har namn som kolumner brukar ha: rader och kolumner kan ha bytt plats"


def doubts_of_headers(table: Table, printed: Sequence[Sequence[str]]) -> TableDoubts:
    """The doubtful headers; ``printed`` are the printed lines of each column's header, the label's first."""
    reason = _doubt_of_header(table, printed)
    if reason:
        return _all_headers(table, reason)
    headers = list(enumerate((column.header for column in table.columns), 1))
    several = (place for place, lines in enumerate(printed) if place and any(map(_holds_several, lines)))
    swallowed = range(1, len(table.rows) + 1) if _names_a_figure(printed[0]) else ()
    return (
        {(row_no, 0): Doubt(_SEVERAL_LABELS) for row_no in swallowed}
        | {(0, col_no): Doubt(_CUT_HEADER) for col_no, header in headers if _CUT.fullmatch(header)}
        | _of_single_headers(table)
        | _of_same_headers(headers)
        | {(0, place): Doubt(_SEVERAL) for place in several}
        | _of_header_rows(table)
    )


def _doubt_of_header(table: Table, printed: Sequence[Sequence[str]]) -> str:
    """Why all headers are doubtful: each may be over another column than its own."""
    if any(is_only_a_figure(column.header) for column in table.columns):
        return _ROW_AS_HEADER
    if _are_side_by_side([column.header for column in table.columns]):
        return _SIDE_BY_SIDE
    if _is_turned(table):
        return _TURNED
    if any(_is_pushed(row, table) for row in table.rows):
        return _PUSHED
    counts = [sum(len(_places_of_headers(line)) for line in lines) for lines in printed[1:]]
    if max(counts, default=0) > 1 or ((any(counts) or _names_a_figure(printed[0])) and _lacks_headers(table)):
        return _SEVERAL
    is_cut = _CUT.fullmatch(table.label_header) or _names_figures(table.label_header) or _lacks_its_kind(table)
    return _CUT_HEADER if is_cut else ""


def _all_headers(table: Table, reason: str) -> TableDoubts:
    return {(0, col_no): Doubt(reason) for col_no in range(1, len(table.columns) + 1)}


def _holds_several(line: str) -> bool:
    """Whether a line of a header names two columns: two years, or two headers of which the second has a capital.

    A period before a header is its outer level, which some sources print on one line with it.
    """
    return _YEARS.search(line) is not None or bool(_places_of_headers(line))


def _places_of_headers(line: str) -> list[int]:
    """Where in a line another header begins."""
    pairs = ((line[: match.start()], line[match.end() :]) for match in _NEXT_HEADER.finditer(line))
    return [
        len(first) for first, second in pairs if not is_span_header(f"{first} ") and _are_two_headers(first, second)
    ]


def _are_two_headers(first: str, second: str) -> bool:
    if is_figure_header(second) or is_text_header(second):
        return True
    return is_column_header(first) and (is_column_header(second) or " " not in second)


def _names_a_figure(lines: Sequence[str]) -> bool:
    """Whether the labels' header ends in that of another column: ``Kostnadsslag Utfall 2023``, ``Process Risk``."""
    pairs = [(line[: match.start()], line[match.end() :]) for line in lines for match in _NEXT_HEADER.finditer(line)]
    return any((is_figure_header(second) and _YEAR.search(second)) or is_text_header(second) for _, second in pairs)


def _names_figures(header: str) -> bool:
    """Whether the labels' header is that of a column of figures: ``Summa 2024``."""
    kind = _YEAR.sub("", header).strip()
    return kind != header and is_column_header(kind)


def _lacks_its_kind(table: Table) -> bool:
    """Whether the labels' header is a year as the others have after their kind: ``2019``, ``Utfall 2019``."""
    headers = [column.header for column in table.columns]
    are_dated = all(_YEAR.search(header) and not is_period(header) for header in headers)
    return is_period(table.label_header) and are_dated and not any(is_period(row.label) for row in table.rows)


def _lacks_headers(table: Table) -> bool:
    """Whether a filled column has no header."""
    return any(
        not column.header and any(row.cells[place] for row in table.rows) for place, column in enumerate(table.columns)
    )


def _are_side_by_side(headers: Sequence[str]) -> bool:
    """Whether two levels of headers are read as one: ``Budget``, ``Utfall``, ``2024``, ``2024``."""
    years = sum(1 for _ in takewhile(is_period, reversed(headers)))
    kinds = [header for header in headers[: len(headers) - years] if is_figure_header(header)]
    return min(years, len(kinds)) > 1 and not any(map(_YEAR.search, kinds))


def _is_turned(table: Table) -> bool:
    """Whether rows are named like columns, and no column is."""
    labels = [row.label for row in table.rows if any(map(is_value, row.cells))]
    are_headers = sum(is_figure_header(label) and not is_period(label) for label in labels)
    headers = [column.header for column in table.columns if column.header]
    is_turned = bool(headers) and not any(map(is_figure_header, headers))
    return is_turned and len(labels) >= _LEAST_LABELS and 2 * are_headers > len(labels)


def _is_pushed(row: Row, table: Table) -> bool:
    """Whether a row's name is under a header of figures, with nothing but keys to its left."""
    keys = sum(1 for _ in takewhile(_KEY.fullmatch, (row.label, *row.cells)))
    place = keys - 1
    if not 0 <= place < len(row.cells) or not any((row.label, *row.cells[:place])):
        return False
    return _NAME.search(row.cells[place]) is not None and is_column_header(table.columns[place].header)


def _of_single_headers(table: Table) -> TableDoubts:
    """Columns of figures without a header, and headers that hold a row's figure or running text."""
    doubts: TableDoubts = {}
    for col_no, column in enumerate(table.columns, 1):
        has_figures = any(is_value(row.cells[col_no - 1]) for row in table.rows)
        reason = _doubt_of_single_header(column.header) if has_figures and not column.is_commentary else ""
        if reason:
            doubts[0, col_no] = Doubt(reason)
    return doubts


def _doubt_of_single_header(header: str) -> str:
    if not header:
        return _NO_HEADER
    if is_sentence(header):
        return _TEXT_IN_HEADER
    words = header.split()
    last = words[-1] if len(words) > 1 else ""
    is_figure_last = is_value(last) and not is_period(last) and re.search(rf"\d,\d|^{DASH}\d|\d%", last) is not None
    return _FIGURE_IN_HEADER if is_figure_last else ""


def _of_same_headers(headers: Sequence[tuple[int, str]]) -> TableDoubts:
    """Periods that cover several columns, and repeated headers: what distinguishes them was printed above."""
    counts = Counter(header for _, header in headers if header)
    again = {header for header, count in counts.items() if count > 1}
    alike = again if len(again) > 1 or len(counts) == 1 else set(filter(is_period, again))
    return {(0, col_no): Doubt(_SAME_HEADERS) for col_no, header in headers if header in alike}


def _of_header_rows(table: Table) -> TableDoubts:
    """Rows of only years, periods and headers: the rest of the header, which names all columns of its rows."""
    doubts: TableDoubts = {}
    for row_no, row in enumerate(table.rows, 1):
        if _is_header_row(row, table):
            doubts |= _all_headers(table, _HEADER_AS_ROW) | {(row_no, 0): Doubt(_HEADER_AS_ROW)}
    return doubts


def _is_header_row(row: Row, table: Table) -> bool:
    periods = [place for place, cell in enumerate(row.cells) if cell and is_period(cell)]
    if len(periods) < 2 or any(is_only_a_figure(cell) for cell in row.cells):
        return False
    others = [other.cells[place] for other in table.rows if other is not row for place in periods]
    return sum(map(is_period, others)) * 2 < len(others) or not others
