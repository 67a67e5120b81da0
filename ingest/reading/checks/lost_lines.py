"""Lines outside tables that read as rows: rows, or whole tables, may have been lost."""

import re
from collections.abc import Sequence

from ingest.reading.checks.arithmetic import TableDoubts
from ingest.reading.printed_text import is_period, is_value
from ingest.tables import Doubt, Table

_LINES_NEAR = 3
_NUMBER = re.compile(r"(?:[-–−+]\s?)?\d{1,3}(?: \d{3})+(?!\d)(?:,\d+)?%?|(?:[-–−+]\s?)?\d+(?:,\d+)?\s?%?")
# Groups of a telephone number.
_NO_FIGURE = re.compile(r"[-–−]?0\d+")
_ROW = re.compile(rf"(?P<label>.*?[^\W\d_].*?)\s+(?P<cells>(?:{_NUMBER.pattern})(?:\s+(?:{_NUMBER.pattern}|[-–−]))+)")
_HEAD_OF_WORDS = (
    r"(?:(?:identifierade?\s)?risk(?:er)?|kontroll(?:moment|punkt|aktivitet)(?:er)?|vad kontrolleras\?|uppföljning"
    r"|metod|frekvens|resultat(?: av \w+)?(?: (?:19|20)\d\d)?|bedömning|kommentar(?:er)?|kommentar ?/ ?analys"
    r"|åtgärd(?:er)?|status|ansvarig|program|aktivitet(?:er)?|indikator(?:er)?|sannolikhet|konsekvens|väsentlighet"
    r"|risk ?värde|(?:start|slut)datum|tidplan|klart?"
    r"|(?:(?:nämnden|(?:kommun)?fullmäktige|förvaltningen)s )?(?:uppdrag|mål(?:område)?))"
)
_HEADS_OF_WORDS = re.compile(rf"{_HEAD_OF_WORDS}(?:\s{_HEAD_OF_WORDS})+", re.IGNORECASE)
_REASON = "Raden efter kan ha gått förlorad"


def heads_table_of_words(line: str) -> bool:
    """Whether a line is two or more heads of columns of words and nothing else: ``Risk Kontrollmoment Resultat``."""
    return _HEADS_OF_WORDS.fullmatch(line.strip()) is not None


def figures_of_row(line: str) -> int:
    """How many figures a line has that reads as a row of a table, a name and at least two figures; 0 for others."""
    match = _ROW.fullmatch(line.strip())
    count = count_figures(match["cells"]) if match else 0
    return count if count > 1 else 0


def count_figures(text: str) -> int:
    """How many figures stand in a text beside years, other periods and the groups of telephone numbers."""
    figures = (figure.strip() for figure in _NUMBER.findall(text))
    return sum(is_value(figure) and not is_period(figure) and not _NO_FIGURE.fullmatch(figure) for figure in figures)


def told_with_place(text: str, page: int | None, line: int | None) -> str:
    """A line after the page that it stands on, else its number in the source, where that is known."""
    place = f"page {page}: " if page is not None else f"line {line}: " if line is not None else ""
    return place + text.strip()


def doubts_of_lost_lines(table: Table, below: Sequence[str]) -> TableDoubts:
    """Doubts the last label where one of the next lines is a name with as many figures as the table has columns."""
    columns = sum(not column.is_commentary for column in table.columns)
    for line in below[:_LINES_NEAR]:
        if figures_of_row(line) >= max(2, columns - 1):
            return {(len(table.rows), 0): Doubt(_REASON, (line.strip(),))}
    return {}
