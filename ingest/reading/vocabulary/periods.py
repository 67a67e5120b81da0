"""What printed years, months, days and the periods made of them look like.

The SQL side of these rules is ``macros/periods.sql``; ``tests/ingest/reading/print_cases.csv`` tests both.
"""

import re

YEAR = r"(?:19|20)\d\d"
DAY = rf"{YEAR}-\d\d-\d\d"
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|sept?(?:ember)?|okt(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY_OF_MONTH = rf"(?:\d{{1,2}}\ )?{MONTH}\.?"
_PERIOD = re.compile(
    rf"""{DAY} | {YEAR}(?:\s?[-–/]\s?(?:{YEAR}|\d\d))? | \d{{1,2}}/\d{{1,2}}(?:\ {YEAR})?
    | {_DAY_OF_MONTH}(?:\s?[-–]\s?{_DAY_OF_MONTH})?(?:\ {YEAR})?
    | (?:hel|del)år(?:\ {YEAR})? | [VH]T\s?(?:{YEAR}|\d\d) | \d{{4}}-(?:\d{{4}}|{MONTH})
    | (?:[TKQ]|kv(?:artal)?\.?|tertial)\ ?[1-4](?:\ {YEAR})?""",
    re.IGNORECASE | re.VERBOSE,
)
_YEAR, _DAY = re.compile(YEAR), re.compile(DAY)
_MONTH_IN_DIGITS = re.compile(r"0?[1-9]|1[0-2]")
_DAY_IN_DIGITS = re.compile(rf"{YEAR}(?:0[1-9]|1[0-2])|(?:{YEAR}|\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_MARKED_YEAR = re.compile(rf"{YEAR}\*?\d?")


def is_year(text: str) -> bool:
    """Whether a text is a year and nothing else."""
    return _YEAR.fullmatch(text) is not None


def is_year_header(text: str) -> bool:
    """Whether a header is a year, perhaps with a footnote mark: ``2024``, ``2024*``, ``20241``."""
    return _MARKED_YEAR.fullmatch(text) is not None


def is_day(text: str) -> bool:
    """Whether a text is a day like ``2024-08-31``."""
    return _DAY.fullmatch(text) is not None


def is_month_in_digits(text: str) -> bool:
    """Whether a text can be the number of a month, as below the header of a year."""
    return _MONTH_IN_DIGITS.fullmatch(text) is not None


def is_day_in_digits(text: str) -> bool:
    """Whether a text can be a month or day without separators, as below a header: ``202408``, ``240831``."""
    return _DAY_IN_DIGITS.fullmatch(text) is not None


def is_period(text: str) -> bool:
    """Whether a text is only a year, a date or a span of months: it may be a header or a cell."""
    return _PERIOD.fullmatch(text.strip()) is not None


def after_period(text: str) -> str | None:
    """The text after the period that a text begins with; None if it begins with none."""
    match = _PERIOD.match(text)
    return None if match is None else text[match.end() :].lstrip()


def month_number(name: str) -> int | None:
    """The number of a month by its name or the first three letters of it."""
    short = name[:3].lower()
    return MONTHS.index(short) + 1 if short in MONTHS else None
