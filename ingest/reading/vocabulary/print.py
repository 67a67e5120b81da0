"""What printed numbers and texts look like: figures, targets, marks, and broken lines.

The SQL side of these rules is ``macros/swedish_print.sql``; ``tests/ingest/reading/print_cases.csv`` tests both.
"""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from ingest.reading.vocabulary.periods import MONTH

DASHES = tuple("-‒–—−")
DASH = f"[{''.join(DASHES)}]"
SIGN = rf"(?:\+ ?{DASH}|{DASH}|\+|±)"
OPERATOR = "(?:[<>]=|[≤≥<>=])"
OPERATOR_WORD = r"(?:minst|lägst|högst|max(?:imalt)?|ca|cirka|ung\.?)"
_POINTED = r"[1-9]\d{0,2}(?:\.\d{3}){1,4}"
GROUPED = rf"(?:\d{{1,3}}(?: \d{{3}})+|{_POINTED})"
"""Digits in groups of three, separated by spaces or points as thousands are in print."""
NUMBER = rf"(?:{_POINTED}(?:,\d+)?|(?:\d{{1,3}}(?: \d{{3}})+|\d+)(?:[,.]\d+)?)"
KRONOR = "(?:kr|:-)"
BRACKETED = rf"\((?!(?:19|20)\d\d\)) ?{NUMBER}(?: ?%)? ?\)(?: ?(?:%|{KRONOR}))?"
"""A number in brackets, which accountants print for a negative one; a year in brackets is not a figure."""
RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
RAISED_DIGIT = f"[{RAISED_DIGITS}]"
ARROW = "[↑↗→↘↓]"
MARK = "[xX✓✔]"
NO_FIGURE = r"(?:\.\.|(?i:i\.?u\.?|n/a|n\.a\.|e/m)|\*{1,3})"
"""What is printed instead of a figure that is missing or was not measured."""
UNIT_OF_AMOUNT = "(?:kr|tkr|mnkr|st)"
UNIT_OF_FIGURE = f"(?:%|‰|{UNIT_OF_AMOUNT})"

_SPACES = re.compile(r"[ \t\n\f\r\u00a0\u2002-\u200a\u202f]+")
# A broken text layer loses zeros: ``,4``.
_NUMBER_OR_REST = rf"(?:{NUMBER}|,\d{{1,2}})"
_FIGURE = re.compile(
    rf"(?:(?:{OPERATOR}\s?)?(?:{SIGN}\s?)?{_NUMBER_OR_REST}\s?%?(?:\s?{DASH}\s?{_NUMBER_OR_REST}\s?%?)?"
    rf"(?:\s?(?:{UNIT_OF_FIGURE}|:-))?|{_NUMBER_OR_REST}\s?{DASH}|{BRACKETED})\*{{0,3}}"
)
_ONLY_A_FIGURE = re.compile(rf"(?:{SIGN}\s?)?(?:{GROUPED}(?:,\d+)?|\d+,\d+)\s?%?|{SIGN}\s?\d+|\d+(?:,\d+)? ?%|{ARROW}")
_VALUED = re.compile(
    rf"(?:{OPERATOR} ?)?(?:(?:(?P<sign>{SIGN}) ?)?(?P<digits>{NUMBER})"
    rf"|\( ?(?P<bracketed>{NUMBER})(?: ?%)? ?\)|(?P<signed_last>{NUMBER}) ?{DASH})(?: ?(?:%|{KRONOR}))?"
)
_POINTED_NUMBER = re.compile(rf"{_POINTED}(?:,\d+)?")
_WITH_SHARE = re.compile(r"\d{1,3}(?: ?\d{3})* ?\(\d{1,3}(?:,\d+)? ?%\)")
_SENTENCE = re.compile(r"[A-ZÅÄÖ]\S* (?:\S+ ){3,}\S*[.!?]")
_POINTED_NO_FIGURE = (" i.u.", " n.a.")
_LEADERS = re.compile(r"([^\w\s])(?:\s?\1){3}")
_CAPTION = re.compile(r"(?:tabell|figur|diagram)\b", re.IGNORECASE)
_MARK = re.compile(MARK)
_SPAN_BEGUN = re.compile(rf"(?:\b{MONTH}|\d){DASH}$", re.IGNORECASE)
_SPAN_GOES_ON = re.compile(rf"{MONTH}\b|\d", re.IGNORECASE)
_DECIMAL_COMMA, _DECIMALS = re.compile(r"\d\d,$"), re.compile(r"\d{1,2}[)%]?")
_BEGUN_NUMBER, _REST_OF_NUMBER = re.compile(rf"{SIGN}?\s?\d{{1,3}}(?: \d{{3}})* \d{{1,2}}"), re.compile(r"\d{1,2}")
_STOP = re.compile(r"[,;:)](?:\s|$)")
_COORDINATION = re.compile(r"(?:och|eller|samt|respektive|resp\.?|som|inom)\b")
_SUPERSCRIPTS = str.maketrans("0123456789abcdefghijklmno", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒ")
# Fonts may draw soft and non-breaking hyphens like the plain one; symbol fonts have it at F02D, and pdfium has 2 or
# FFFE at a line's end.
_HYPHENS = str.maketrans(dict.fromkeys("\u00ad\u2010\u2011\ufe63\uff0d\uf02d\x02\ufffe", "-"))
_UNSEEN = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_HYPHEN_IN_WORD = re.compile(r"(?<=[^\W\d_])\u00ad(?=[^\W\d_])")


def one_spaced(text: str) -> str:
    """A text in one line with every run of spaces as one."""
    return _SPACES.sub(" ", text.translate(_UNSEEN)).strip()


def tidy(text: str) -> str:
    """A text with its lines kept and every run of spaces as one."""
    return "\n".join(map(one_spaced, text.splitlines())).strip("\n")


def label_key(text: str) -> str:
    """The form in which labels are compared: NFC, lower case, single spaces, no full stop or colon at the end."""
    return one_spaced(without_soft_hyphens(composed(text))).lower().rstrip(".:").strip()


def composed(text: str) -> str:
    """A text in NFC without invisible characters and ligatures: ``a`` and combining dots become ``ä``, ``ﬁ`` ``fi``."""
    return unicodedata.normalize("NFC", text.translate(_UNSEEN)).translate(_LIGATURES)


def without_soft_hyphens(text: str) -> str:
    """A text without soft hyphens inside words, which are only shown at the end of a line."""
    return _HYPHEN_IN_WORD.sub("", text)


def is_figure(text: str) -> bool:
    """Whether a cell holds a number, a target or a range: ``- 34 867``, ``≥ 85``, ``70–100``, ``8,6 %``."""
    return _FIGURE.fullmatch(text.strip()) is not None


def is_only_a_figure(text: str) -> bool:
    """Whether a text is a figure and not a year, a code or a range: it has a sign, groups, decimals or percent."""
    return _ONLY_A_FIGURE.fullmatch(text) is not None


def has_share(text: str) -> bool:
    """Whether a text is a number with its share: ``16 (53%)``."""
    return _WITH_SHARE.fullmatch(text) is not None


def is_value(text: str) -> bool:
    """Whether a text is what data rows hold: a figure, a mark or the dash of a missing figure."""
    stripped = text.strip()
    return is_figure(stripped) or stripped in DASHES or _MARK.fullmatch(stripped) is not None


def number(cell: str) -> Decimal | None:
    """A cell's number, including a target's; None if it is blank, a word or a range."""
    match = _VALUED.fullmatch(one_spaced(cell).translate(_HYPHENS).rstrip(f" *{RAISED_DIGITS}"))
    if match is None:
        return None
    digits = match["digits"] or match["bracketed"] or match["signed_last"]
    if _POINTED_NUMBER.fullmatch(digits):
        digits = digits.replace(".", "")
    value = Decimal(digits.replace(" ", "").replace(",", "."))
    return value if match["digits"] and match["sign"] not in DASHES else -value


def is_sentence(text: str) -> bool:
    """Whether a text is running text: a sentence or more."""
    return _SENTENCE.fullmatch(text) is not None and not text.endswith(_POINTED_NO_FIGURE)


def is_statement(text: str) -> bool:
    """Whether a text is running text and not a question, which may be a header."""
    return is_sentence(text) and not text.endswith("?")


def has_leaders(text: str) -> bool:
    """Whether a text has leaders to a page number, as in a table of contents."""
    return _LEADERS.search(text) is not None


def is_caption(text: str) -> bool:
    """Whether a text is the caption of a table or a picture: ``Tabell 3. Personal``."""
    return _CAPTION.match(text) is not None


def join_lines(lines: Iterable[str]) -> str:
    """Join printed lines: with a space, or without the hyphen that only broke a word.

    ``Budget-`` + ``avvikelse`` is Budgetavvikelse; ``IT-`` + ``licenser`` and ``mer-`` + ``och`` keep their hyphen, and
    so do ranges: ``jan–`` + ``aug``, ``2025-`` + ``08-31``.
    """
    joined = ""
    for line in map(one_spaced, lines):
        joined = _joined(joined, line) if joined and line else joined or line
    return joined


def one_line(text: str) -> str:
    """A cell's text in one line, with words broken between lines joined."""
    return join_lines(text.splitlines())


def is_broken_number(before: str, after: str) -> bool:
    """Whether a number's last thousands are broken over two lines: ``-148 14`` and ``0``."""
    is_broken = _BEGUN_NUMBER.fullmatch(before) and _REST_OF_NUMBER.fullmatch(after)
    return bool(is_broken) and len(before.split(" ")[-1]) + len(after) == len("000")


def _joined(before: str, after: str) -> str:
    if _DECIMAL_COMMA.search(before) and _DECIMALS.fullmatch(after):
        return before + after
    if _STOP.match(after) or is_broken_number(before, after):
        return before + after
    if _SPAN_BEGUN.search(before) and _SPAN_GOES_ON.match(after):
        return before + after
    if not re.search(r"[^\W\d_]-$", before):
        return f"{before} {after}"
    if _COORDINATION.match(after) or not after[0].isalpha():
        return f"{before} {after}"
    word = re.split(r"[\s/(]", before)[-1][:-1]
    is_abbreviation = len(word) > 1 and word[1:] != word[1:].lower()
    if after[0].isupper() or is_abbreviation or len(word) == 1:
        return before + after
    return before[:-1] + after


def raised(text: str) -> str:
    """Return ``2`` as ``²``; a sign without a superscript (``*``) is returned unchanged."""
    return text.translate(_SUPERSCRIPTS)


def printed_letters(text: str) -> str:
    """A file's text with the letters and hyphens that a reader sees: each letter one character, each hyphen ``-``."""
    return composed(text).translate(_HYPHENS)
