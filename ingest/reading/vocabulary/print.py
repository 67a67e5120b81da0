"""What printed text looks like: figures, targets and marks, and lines that print broke in two."""

import re
from collections.abc import Iterable
from decimal import Decimal

_SPACES = re.compile(r"[ \t\u00a0\u2002-\u200a\u202f]+")
_SIGN = r"(?:[-–−+]|\+-|±)"
# A broken text layer loses zeros: ``,4``.
_NUMBER = r"(?:(?:\d{1,3}(?: \d{3})+|\d+)(?:[,.]\d+)?|,\d{1,2})"
_FIGURE = re.compile(
    rf"(?:[≤≥<>=]{{1,2}}\s?)?(?:{_SIGN}\s?)?{_NUMBER}\s?%?(?:\s?[-–]\s?{_NUMBER}\s?%?)?(?:\s?(?:%|‰|kr|tkr|mnkr|st))?\*{{0,2}}"
)
_BARE_NUMBER = re.compile(r"[-–−]?(?:\d+(?:[,.]\d+)?|,\d+)")
_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|sept|okt|nov|dec)[a-zåäö]*\.?"
_DAY = rf"(?:\d{{1,2}}\ )?{_MONTH}"
PERIOD = re.compile(
    rf"""{_YEAR}-\d\d-\d\d | {_YEAR}(?:\s?[-–/]\s?(?:{_YEAR}|\d\d))? | \d{{1,2}}/\d{{1,2}}(?:\ {_YEAR})?
    | {_DAY}(?:\s?[-–]\s?{_DAY})?(?:\ {_YEAR})?
    | (?:hel|del)år(?:\ {_YEAR})? | [VH]T\s?(?:{_YEAR}|\d\d) | [TK]\d(?:\ {_YEAR})? | \d{{4}}-(?:\d{{4}}|{_MONTH})""",
    re.IGNORECASE | re.VERBOSE,
)
_SENTENCE = re.compile(r"[A-ZÅÄÖ]\S* (?:\S+ ){3,}\S*[.!?]")
_LEADERS = re.compile(r"([^\w\s])\1{3}")
_MARK = re.compile(r"[xX✓✔]")
_WHOLE_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|sept?(?:ember)?|okt(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_SPAN_BEGUN = re.compile(rf"(?:\b{_WHOLE_MONTH}|\d)[-–]$", re.IGNORECASE)
_SPAN_GOES_ON = re.compile(rf"{_WHOLE_MONTH}\b|\d", re.IGNORECASE)
_DECIMAL_COMMA, _DECIMALS = re.compile(r"\d\d,$"), re.compile(r"\d{1,2}[)%]?")
_BEGUN_NUMBER, _REST_OF_NUMBER = re.compile(rf"{_SIGN}?\s?\d{{1,3}}(?: \d{{3}})* \d{{1,2}}"), re.compile(r"\d{1,2}")
_STOP = re.compile(r"[,;:)](?:\s|$)")
_COORDINATION = re.compile(r"(?:och|eller|samt|respektive|resp\.?|som|inom)\b")

_SUPERSCRIPTS = str.maketrans("0123456789abcdefghijklmno", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒ")
# Fonts share one drawing for the hyphen and its soft and non-breaking kin; pdfium has 2 or FFFE at a line's end.
_HYPHENS = str.maketrans(dict.fromkeys("\u00ad\u2010\u2011\x02\ufffe", "-"))


def tidy(text: str) -> str:
    """A text with its lines kept and every run of spaces as one."""
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.splitlines()).strip("\n")


def is_figure(text: str) -> bool:
    """Whether a cell holds a number, a target or a range: ``- 34 867``, ``≥ 85``, ``70–100``, ``8,6 %``."""
    return _FIGURE.fullmatch(text.strip()) is not None


def is_period(text: str) -> bool:
    """Whether a text is only a year, a date or a span of months: it may head a column as well as stand in one."""
    return PERIOD.fullmatch(text.strip()) is not None


def is_value(text: str) -> bool:
    """Whether a cell's text is what data rows hold: a figure, a mark or the dash of a missing figure."""
    stripped = text.strip()
    return is_figure(stripped) or stripped in ("-", "–", "−") or _MARK.fullmatch(stripped) is not None


def is_sentence(text: str) -> bool:
    """Whether a text is running text: a sentence or more, of some length."""
    return _SENTENCE.fullmatch(text) is not None


def is_statement(text: str) -> bool:
    """Whether a text is running text that asks nothing; a question may head a column."""
    return is_sentence(text) and not text.endswith("?")


def has_leaders(text: str) -> bool:
    """Whether a text leads to a page number: one sign many times, as in a list of contents."""
    return _LEADERS.search(text) is not None


def join_lines(lines: Iterable[str]) -> str:
    """Lines that print parted, in one: with a space, or without the hyphen that only broke a word.

    ``Budget-`` + ``avvikelse`` is Budgetavvikelse; ``IT-`` + ``licenser`` and ``mer-`` + ``och`` keep their hyphen, and
    so do spans: ``jan–`` + ``aug``, ``2025-`` + ``08-31``.
    """
    joined = ""
    for line in (_SPACES.sub(" ", line).strip() for line in lines):
        joined = _joined(joined, line) if joined and line else joined or line
    return joined


def one_line(text: str) -> str:
    """A cell's text in one line, with the breaks of print mended."""
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
    """``2`` as ``²``; what has no superscript (``*``) stays as it is."""
    return text.translate(_SUPERSCRIPTS)


def printed_hyphens(text: str) -> str:
    """The text of a PDF with the hyphens that a reader sees."""
    return text.translate(_HYPHENS)


def number(cell: str) -> Decimal | None:
    """A cell's number, also a target's, or None where it is blank, a word or a range."""
    bare = re.sub(r"[\s%*≤≥<>=]", "", cell)
    if not _BARE_NUMBER.fullmatch(bare):
        return None
    return Decimal(re.sub(r"[–−]", "-", bare).replace(",", "."))
