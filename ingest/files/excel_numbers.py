"""Formats numbers as Excel shows them in Swedish: rounded by the cell's format, decimal comma, space for thousands."""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
# The parts of a number format: literal text, fillers and conditions that show nothing, and the pattern for digits.
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[[^\]]*\]|(?P<digits>[0#?][0#?,.]*)|(?P<other>[^;])', re.DOTALL
)
_SECTION = re.compile(r'((?:"[^"]*"|\\.|[^;"\\])*);', re.DOTALL)
_NO_PATTERN = re.compile(r"General|Standard|@|E[+-]|\?/", re.IGNORECASE)


def printed_number(value: float, number_format: str) -> str:
    """Format a number as Excel does (``#,##0.0`` and 1234.56 give ``1 234,6``); ``General`` shows up to ten digits."""
    sections = _SECTION.findall(f"{number_format or 'General'};") or ["General"]
    section, is_signed = _section(value, sections)
    if _NO_PATTERN.search(section):
        return f"{value:.10g}".replace(".", ",")
    before, pattern, after = _pattern(section)
    if not pattern:
        return before.strip()
    number = abs(Decimal(str(value))) * (100 if "%" in after + before else 1)
    digits = _digits(number, pattern)
    is_negative = value < 0 and any(digit in "123456789" for digit in digits)
    if is_negative and (is_signed or "(" in before):
        digits, before, after = "-" + digits, before.replace("(", ""), after.replace(")", "")
    return " ".join(f"{before}{digits}{after.replace('%', ' %')}".replace("- ", "-").split())


def printed_date(value: dt.date, number_format: str) -> str:
    """Format a date by its shown parts: ``2024-08-31``; ``aug 2024`` without a day; or only ``2024``."""
    shown = re.sub(r'"[^"]*"|\[[^\]]*\]', "", number_format.lower())
    if "d" in shown:
        return f"{value:%Y-%m-%d}"
    return f"{_MONTHS[value.month - 1]} {value:%Y}" if "m" in shown else f"{value:%Y}"


def _section(value: float, sections: list[str]) -> tuple[str, bool]:
    """The section of the format that applies to ``value``, and whether a sign must be written before it."""
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


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
