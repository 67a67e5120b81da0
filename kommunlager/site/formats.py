"""Numbers, dates and marks as Swedish readers write them (decimal comma, unbroken groups, true minus)."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup

from kommunlager.swedish import unit_word

Number = Decimal | float | int

MISSING = "–"
_SPACE = "\N{NO-BREAK SPACE}"
_MILLION_TKR = 1000
_GENDERS = {"K": ", kvinnor", "M": ", män"}
_MARK_OF_SIGN = {True: "good", False: "bad", None: "even"}


def number(value: Number | None, decimals: int | None = None) -> str:
    """1234.5 as ``1 234,5``; at most two decimals, or exactly ``decimals``."""
    if value is None:
        return MISSING
    pattern = "#,##0.##" if decimals is None else "#,##0." + "0" * decimals
    text = format_decimal(value, format=pattern.rstrip("."), locale="sv").replace("-", "\N{MINUS SIGN}")
    return text.removeprefix("\N{MINUS SIGN}") if re.fullmatch("\N{MINUS SIGN}0(,0*)?", text) else text


def signed(value: Number | None, decimals: int | None = None) -> str:
    """A change: with its sign, also when it is positive."""
    text = number(value, decimals)
    return f"+{text}" if value is not None and value > 0 else text


def percent(value: Number | None, decimals: int = 1) -> str:
    """Percent as ``−2,9 %``."""
    return MISSING if value is None else f"{number(value, decimals)}{_SPACE}%"


def percent_in_words(value: Number, decimals: int = 1) -> str:
    """The size of a share or change in running text, ``2,9 procent``; the words beside it say which way it goes."""
    return f"{number(value, decimals)}{_SPACE}procent".removeprefix("\N{MINUS SIGN}")


def amount(value_tkr: Number | None) -> str:
    """Thousand kronor as ``12,7 mnkr``; less than a million as ``402 tkr``."""
    if value_tkr is None:
        return MISSING
    if abs(Decimal(value_tkr)) < _MILLION_TKR:
        return f"{number(value_tkr, 0)}{_SPACE}tkr"
    return f"{number(Decimal(value_tkr) / _MILLION_TKR, 1)}{_SPACE}mnkr"


def signed_amount(value_tkr: Number) -> str:
    """A change or deviation: with its sign, also when it is positive."""
    return amount(value_tkr) if value_tkr <= 0 else f"+{amount(value_tkr)}"


def quantity(value: Number | None, unit: str | None, is_computed: bool = False) -> str:
    """A value with its unit in words; a unit that needs no word (number, index) adds none.

    A value of a report keeps its decimals; a computed share has one, as everywhere.
    """
    if is_computed and unit == "percent":
        return percent(value)
    if value is None:
        return MISSING
    if unit == "yes_no":
        return "Ja" if value else "Nej"
    word = unit_word(unit)
    return f"{number(value)}{_SPACE}{word}" if word else number(value)


def day(value: date | None) -> str:
    """31 augusti 2025."""
    return MISSING if value is None else format_date(value, "d MMMM y", locale="sv")


def short_day(value: date) -> str:
    """31 aug."""
    return format_date(value, "d MMM", locale="sv").rstrip(".")


def issuer(municipality: str, committee: str) -> str:
    """Whose report it is: ``Mark, socialnämnden``; a municipality alone where no committee issued it."""
    return f"{municipality}, {committee.lower()}" if committee else municipality


def whose(row: Mapping[str, Any]) -> str:
    """Whose figures a row has: the committee's, or those of the municipality or group that its report is about."""
    wider = {"municipality": "kommunen", "group": "koncernen"}.get(row["subject_scope"])
    return f"{row['municipality']}, {wider}" if wider else issuer(row["municipality"], row["committee"])


def prose(text: str | None) -> str:
    """A sentence of the marts with true minus signs and non-breaking figures."""
    minus = re.sub(r"(?<![\w.,–-])-(?=\d)", "\N{MINUS SIGN}", text or "")
    return re.sub(r"(?<=\d) (?=(?:\d{3}\b|%|mnkr|tkr))|(?<=[≤≥<>=]) (?=\d)", _SPACE, minus)


def subject(label: str, gender: str | None, activity_code: str | None = None, activity: str | None = None) -> str:
    """What a row is about: its label, the gender, and the activity (none for the whole committee)."""
    part_of = f" ({activity})" if activity and activity_code != "total" else ""
    return f"{label}{_GENDERS.get(gender or '', '')}{part_of}"


def mark(kind: str, words: str | None) -> Markup:
    """Words after a shape; the shape is coloured but says nothing that the words don't."""
    icon = Markup('<svg class="icon" aria-hidden="true"><use href="#i-{0}"/></svg>').format(kind)
    return Markup('<span class="mark mark-{0}">{1}{2}</span>').format(kind, icon, words or MISSING)


def link(address: str, words: str) -> Markup:
    """A link."""
    return Markup('<a href="{0}">{1}</a>').format(address, words)


def english(text: str) -> Markup:
    """A message of the program on a Swedish page, marked for screen readers and hyphenation."""
    return Markup('<span lang="en">{0}</span>').format(text)


def counted(count: int, one: str, many: str) -> str:
    """``1 budgetrad``, ``12 budgetrader``."""
    return f"{number(count)}{_SPACE}{one if count == 1 else many}"


def favour(is_favourable: bool | None, words: str | None) -> Markup:
    """The mark of a deviation: surplus, deficit, or neither."""
    return mark(_MARK_OF_SIGN[is_favourable], words)


def slug(text: str) -> str:
    """Part of an address or anchor."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().translate(str.maketrans("åäöé", "aaoe"))).strip("-")
