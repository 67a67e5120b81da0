"""Formats numbers as Excel shows them in Swedish: rounded by the cell's format, decimal comma, space for thousands."""

import datetime as dt
import operator
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
# The parts of a number format: literal text, fillers and conditions that show nothing, and the pattern for digits.
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[[^\]]*\]|(?P<digits>[0#?][0#?,.]*)|(?P<other>[^;])', re.DOTALL
)
_SECTION = re.compile(r'((?:"[^"]*"|\\.|[^;"\\])*);', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:[.,]\d+)?)\]")
_HOLDS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne}
_NO_PATTERN = re.compile(r"General|Standard|@|E[+-]|\?/", re.IGNORECASE)
_MINUS = re.compile(r"[-−–]")


def printed_number(value: float, number_format: str) -> str:
    """Format a number as Excel does (``#,##0.0`` and 1234.56 give ``1 234,6``); ``General`` shows up to ten digits.

    A negative number that only a colour marks gets its minus, unless the format swaps the signs of both.
    """
    sections = _SECTION.findall(f"{number_format or 'General'};") or ["General"]
    section = _section(value, sections)
    if _NO_PATTERN.search(section):
        return _plain(value)
    before, pattern, after = _pattern(section)
    if not pattern:
        return before.strip()
    number = abs(Decimal(str(value))) * (100 if "%" in after + before else 1)
    try:
        digits = _digits(number, pattern)
    except InvalidOperation:  # No number or format of a report has so many digits.
        return _plain(value)
    if value < 0:
        before, after = _MINUS.sub("", before).replace("(", ""), _MINUS.sub("", after).replace(")", "")
        is_zero = not any(digit in "123456789" for digit in digits)
        digits = digits if is_zero or _turns_signs(sections, section) else "-" + digits
    return " ".join(f"{before}{digits}{after.replace('%', ' %')}".replace("- ", "-").split())


def is_percentage(number_format: str) -> bool:
    """Whether a format shows 0.58 as 58 %. A percent sign in quotes or after a backslash is only printed."""
    return "%" in re.sub(r'"[^"]*"|\\.', "", number_format)


def _turns_signs(sections: list[str], section: str) -> bool:
    """Whether the format writes a minus before positive numbers and none before negative ones."""
    positive = _section(1, sections)
    return positive != section and "-" in _pattern(positive)[0] and "-" not in "".join(_pattern(section))


def _plain(value: float) -> str:
    shown = f"{value:.10g}"
    return (f"{Decimal(shown):f}" if "e+" in shown else shown).replace(".", ",")


def printed_date(value: dt.date, number_format: str) -> str:
    """Format a date by its shown parts: ``2024-08-31``; ``aug 2024`` without a day; or only ``2024``."""
    shown = _shown_parts(number_format)
    if "d" in shown:
        return f"{value:%Y-%m-%d}"
    return f"{_MONTHS[value.month - 1]} {value:%Y}" if "m" in shown else f"{value:%Y}"


def is_whole_date(value: dt.date, number_format: str) -> bool:
    """Whether a cell shows year, month and day, and no time: what Excel makes of `3-4` shows no year."""
    has_time = isinstance(value, dt.datetime) and value.time() != dt.time()
    return not has_time and set("ymd") <= set(_shown_parts(number_format))


def _shown_parts(number_format: str) -> str:
    return re.sub(r'"[^"]*"|\[[^\]]*\]', "", number_format.lower())


def _section(value: float, sections: list[str]) -> str:
    """The section of the format that ``value`` is shown by: that whose condition holds, else that of its sign."""
    conditions = [_CONDITION.search(section) for section in sections]
    if any(conditions):
        holds = (
            condition is None or _HOLDS[condition[1]](value, float(condition[2].replace(",", ".")))
            for condition in conditions
        )
        return next((section for section, is_met in zip(sections, holds, strict=True) if is_met), sections[-1])
    if value < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]


def _pattern(section: str) -> tuple[str, str, str]:
    before, pattern, after = "", "", ""
    for part in _PART.finditer(section):
        if part["digits"] and not pattern:
            pattern = part["digits"]
            continue
        # Spaces between groups of digits in a format (`# ##0`) show thousands as the comma does.
        if pattern and not after.strip() and part["digits"]:
            pattern, after = f"{pattern},{part['digits']}", ""
            continue
        literal = part["quoted"] or part["escaped"] or part["other"] or ""
        if pattern:
            after += literal
        else:
            before += literal
    return before, pattern, after


def _digits(number: Decimal, pattern: str) -> str:
    scaled = pattern.rstrip(",")
    whole, _, fraction = scaled.partition(".")
    number = number.scaleb(-3 * (len(pattern) - len(scaled)))
    shown = number.quantize(Decimal(1).scaleb(-len(fraction)), rounding=ROUND_HALF_UP)
    if shown == 0 and "0" not in pattern:
        return ""
    text = f"{shown:,f}" if "," in whole else f"{shown:f}"
    optional = len(fraction) - len(fraction.rstrip("#?"))
    kept = text[len(text) - optional :].rstrip("0") if optional else ""
    text = (text[: len(text) - optional] + kept).rstrip(".")
    return text.replace(",", " ").replace(".", ",")
