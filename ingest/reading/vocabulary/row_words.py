"""The words that identify rows: sums, parts of another row, labels that continue; and lines that read as rows."""

import re

from ingest.reading.vocabulary.periods import YEAR, is_period
from ingest.reading.vocabulary.print import BRACKETED, DASH, GROUPED, KRONOR, SIGN, is_value

_NUMBER = re.compile(
    rf"(?:{SIGN}\s?)?(?:{GROUPED}(?!\d)|\d+)(?:,\d+)?(?:\s?(?:%|{KRONOR}(?!\w))|{DASH}(?!\S))?|{BRACKETED}"
)
# Groups of a telephone number.
_NO_FIGURE = re.compile(rf"{DASH}?0\d+")
_ROW = re.compile(rf"(?P<label>.*?[^\W\d_].*?)\s+(?P<cells>(?:{_NUMBER.pattern})(?:\s+(?:{_NUMBER.pattern}|{DASH}))+)")
# Complete headers in the order of columns of words; prose begins with some of them too.
_HEADER_OF_WORDS = (
    r"(?:(?:identifierade?\s)?risk(?:er)?|kontroll(?:moment|punkt|aktivitet)(?:er)?|vad kontrolleras\?|uppföljning"
    rf"|metod|frekvens|resultat(?: av \w+)?(?: {YEAR})?|bedömning|kommentar(?:er)?|kommentar ?/ ?analys"
    r"|åtgärd(?:er)?|status|ansvarig|program|aktivitet(?:er)?|indikator(?:er)?|sannolikhet|konsekvens|väsentlighet"
    r"|risk ?värde|(?:start|slut)datum|tidplan|klart?"
    r"|(?:(?:nämnden|(?:kommun)?fullmäktige|förvaltningen)s )?(?:uppdrag|mål(?:område)?))"
)
_SUM = re.compile(
    r"(?:del)?summa\b|s:a\b|total[ta]?\b|samtliga\W*$|netto\b|(?:drift)?resultat\b"
    r"|.*(?:netto(?:kostnad|utgift|investering|utfall|resultat)|(?:årets|periodens) resultat)",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(r"\W*(?:varav|därav)\b", re.IGNORECASE)
_CONNECTIVE = (
    r"(?:och|eller|samt|respektive|som|om|i|å|på|av|för|med|till|från|mot|under|inom|per|vid|hos|utan|enligt|enl\.?)"
)
_OPEN_END = re.compile(rf"(?:(?<=\w)[-–]|[,/(&+]|(?<!\w)(?:{_CONNECTIVE}|att|den|det|en|ett))$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[a-zåäö)\d%][.!?]$")
_HEADERS_OF_WORDS = re.compile(rf"{_HEADER_OF_WORDS}(?:\s{_HEADER_OF_WORDS})+", re.IGNORECASE)

LONGEST_ROW = 2000
"""A longer line is running text; to look for a row's figures in it would take too long."""


def is_sum(label: str) -> bool:
    """Whether a row's label names a sum or a result: ``Summa``, ``Nettokostnader``, ``Årets resultat``."""
    return _SUM.match(label) is not None


def is_of_which(label: str) -> bool:
    """Whether a row is part of another one, so that no sum counts it: ``varav personal``."""
    return _OF_WHICH.match(label) is not None


def goes_on(text: str) -> bool:
    """Whether a text ends in a word or sign that needs another after it: ``Barn och``, ``IT-``."""
    return _OPEN_END.search(text) is not None


def is_connective(word: str) -> bool:
    """Whether a word only joins others, so that no label or header begins or ends with it: ``och``, ``mot``."""
    return re.fullmatch(_CONNECTIVE, word, re.IGNORECASE) is not None


def ends_sentence(text: str) -> bool:
    """Whether a text ends like a sentence."""
    return _SENTENCE_END.search(text) is not None


def is_header_of_words(line: str) -> bool:
    """Whether a line consists of two or more headers of columns of words: ``Risk Kontrollmoment Resultat``."""
    return _HEADERS_OF_WORDS.fullmatch(line.strip()) is not None


def figures_of_row(line: str) -> int:
    """How many figures follow the name in a line that reads as a table row; 0 if fewer than two."""
    match = _ROW.fullmatch(line.strip()) if len(line) <= LONGEST_ROW else None
    count = count_figures(match["cells"]) if match else 0
    return count if count > 1 else 0


def count_figures(text: str) -> int:
    """How many figures a text holds; years, other periods and the groups of a telephone number don't count."""
    figures = (figure.strip() for figure in _NUMBER.findall(text))
    return sum(is_value(figure) and not is_period(figure) and not _NO_FIGURE.fullmatch(figure) for figure in figures)


def with_place(text: str, page: int | None, line: int | None) -> str:
    """A line after its page, or after its line number in the source, whichever is known."""
    place = f"page {page}: " if page is not None else f"line {line}: " if line is not None else ""
    return place + text.strip()
