"""Collects the rows of tables of words, where a few short cells are between long ones.

Examples are risks with likelihood, consequence and risk value; needs with year, category and priority; assignments with
date and status. The short cells are together, which shows where each row is.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.reading.sources.text_headers import Header
from ingest.reading.sources.text_lines import Line
from ingest.reading.sources.text_rows import ends_table
from ingest.reading.vocabulary.header_cells import header_cells
from ingest.reading.vocabulary.periods import YEAR
from ingest.reading.vocabulary.print import is_sentence, join_lines
from ingest.reading.vocabulary.row_words import ends_sentence, figures_of_row

_WORD = r"(?:(?:Mindre|Mycket|Ganska|Ej|Inte|Enligt|Delvis|Helt)\s[A-ZÅÄÖ]?|[A-ZÅÄÖ])[a-zåäö]+(?:\s(?:sannolik|plan))?"
# Where only the status is short, only unmistakable status words show where a row is.
_STATUS = (
    r"(?:Enligt plan|(?:(?:Ej|Inte|Ännu ej) p|P)åbörja[dt]|Pågår|Pågående|Försena[dt]|Avsluta[dt]|Klara?t?"
    r"|(?:(?:Delvis|Ej|Inte) g|G)enomför[dt]|Inställ[dt]|Avbru(?:ten|tet))"
)
_SHORT = (
    (re.compile(r"risk(?:värde|tal|poäng)|\w*\s?\w*prioritering|prio(?:ritet)?", re.IGNORECASE), r"\d{1,2}"),
    (re.compile(r"när|(?:start|slut)?datum|startdatum|klart?|år", re.IGNORECASE), rf"{YEAR}(?:-\d\d-\d\d)?"),
    (re.compile(r"sannolikhet|konsekvens|väsentlighet", re.IGNORECASE), rf"(?:\d|{_WORD})"),
    (re.compile(r"kategori|status", re.IGNORECASE), _WORD),
)
_MOST_LINES = 16
_MOST_SHORT_CELLS = 3
# A label and the short cells beside or below it take at most this many lines.
_LINES_OF_ROW = 5


@dataclass(frozen=True)
class WordedRow:
    """A row's cells, its label first, and the line that its short cells are on."""

    cells: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class _Core:
    """The short columns: ``first`` and ``last`` count from 0 and include the label's column."""

    first: int
    last: int
    pattern: re.Pattern[str]


def worded_rows(
    lines: Sequence[Line], header: Header, start: int, begins_table: Callable[[int], bool]
) -> tuple[list[WordedRow], int] | None:
    """The rows from ``start`` on and the index of the line after them; None if the header has no short columns."""
    core = _core(header.cells)
    if core is None:
        return None
    rows: list[WordedRow] = []
    waiting: list[str] = []
    place = end = start
    while place < len(lines) and len(waiting) <= _MOST_LINES and not ends_table(lines[place]):
        if rows and begins_table(place) and not _is_of_row(waiting, lines[place:], core.pattern):
            break
        line = lines[place]
        # No cell of words holds a row of figures.
        if figures_of_row(line.text) > _MOST_SHORT_CELLS:
            break
        place += 1
        waiting += [line.text] if line.text else []
        match = core.pattern.search(join_lines(waiting)) if line.text else None
        if match:
            count = len(header.cells) - 1 - core.last
            trailing, place = _trailing(lines, place, match["after"], count, core.pattern)
            label = rows[-1].cells[0] if rows else ""
            before = _before(match["before"], core.first, label)
            short = [match[f"c{number}"] for number in range(core.first, core.last + 1)]
            rows.append(WordedRow((*before, *short, *trailing), line.number))
            waiting, end = [], place
    return (rows, end) if rows else None


def _core(headers: Sequence[str]) -> _Core | None:
    patterns = [next((pattern for header, pattern in _SHORT if header.fullmatch(text)), None) for text in headers]
    first = next((place for place, pattern in enumerate(patterns) if pattern), 0)
    last = first
    while last + 1 < len(patterns) and patterns[last + 1]:
        last += 1
    if last == first and headers[first].lower() == "status":
        patterns[first] = rf"{_STATUS}$"
    elif first == last or not any(pattern and pattern.startswith((r"\d", "(?:19")) for pattern in patterns):
        return None
    if not first:
        return None
    short = r"\s".join(rf"(?P<c{place}>{patterns[place]}\*{{0,2}})" for place in range(first, last + 1))
    return _Core(first, last, re.compile(rf"^(?P<before>.*?)\s?\b{short}(?:\s(?P<after>[^\d%].*))?$"))


def _before(text: str, columns: int, label: str) -> list[str]:
    """The long cells before the short ones; a label printed once for several rows is blank in the later ones."""
    if columns == 1:
        return [text.strip()]
    cells = header_cells([text])
    if len(cells) < columns:
        return [label, *cells, *[""] * (columns - 1 - len(cells))]
    return [*cells[: columns - 1], " ".join(cells[columns - 1 :])]


def _trailing(
    lines: Sequence[Line], place: int, after: str | None, count: int, next_row: re.Pattern[str]
) -> tuple[list[str], int]:
    """The long cells after the short ones: each ends at a blank line, or at the capital that begins the next."""
    cells: list[str] = []
    said = [after] if after else []
    while len(cells) < count and place < len(lines):
        while not said and place < len(lines) and not lines[place].text:
            place += 1
        while place < len(lines) and lines[place].text and not _is_whole(said, lines[place:], next_row):
            said.append(lines[place].text)
            place += 1
        cells += header_cells(said) if count > 1 else [join_lines(said)]
        said = []
    kept = [*cells[: count - 1], " ".join(cells[count - 1 :])] if count else []
    return [*kept, *[""] * (count - len(kept))], place


def _is_whole(said: Sequence[str], following: Sequence[Line], next_row: re.Pattern[str]) -> bool:
    """Whether a remark is complete: without blank lines between rows, the next label follows the end of a sentence.

    If there are no blank lines at all, it may also follow a capital, and a whole sentence is not a remark in the table.
    """
    if not said:
        return False
    if ends_sentence(said[-1]):
        return _leads_to_row(following, next_row)
    if not all(line.text for line in following[:_LINES_OF_ROW]):
        return False
    begins = following[0].text[:1].isupper()
    return begins and (is_sentence(following[0].text) or _leads_to_row(following, next_row))


def _is_of_row(waiting: Sequence[str], lines: Sequence[Line], row: re.Pattern[str]) -> bool:
    """Whether a possible header line holds the short cells of a row, or is part of its label."""
    cells = len(header_cells([lines[0].text]))
    is_label = not any(map(ends_sentence, waiting))
    completes = is_label and row.search(join_lines([*waiting, lines[0].text])) is not None
    return (completes and cells <= _MOST_SHORT_CELLS) or (cells == 1 and _leads_to_row(lines, row))


def _leads_to_row(lines: Sequence[Line], next_row: re.Pattern[str]) -> bool:
    """Whether the next lines are a label and the short cells of its row."""
    label: list[str] = []
    for line in [line for line in lines[:_MOST_LINES] if line.text][:_LINES_OF_ROW]:
        label.append(line.text)
        if next_row.search(join_lines(label)):
            return True
        if ends_sentence(line.text):
            return False
    return False
