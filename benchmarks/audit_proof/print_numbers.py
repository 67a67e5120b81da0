"""Printed Swedish numbers, read and changed as texts, so that the proof doesn't depend on the warehouse's parsers."""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

_NUMBER = re.compile(r"[-−–‒]? ?(?:\d{1,3}(?: \d{3})+|\d+)(?:,\d+)? ?%?\*?")
_TARGET = re.compile(r"(≤|≥|<|>|=) ?(.+)")
_MINUS = re.compile(r"^[-−–‒] ?")


@dataclass(frozen=True)
class Printed:
    """A number as printed; ``half_unit`` is how far the true value may be from it."""

    value: Decimal
    decimals: int

    @property
    def half_unit(self) -> Decimal:
        return Decimal(5).scaleb(-self.decimals - 1)


def read(text: str) -> Printed | None:
    """The number that a cell holds, if it holds nothing else."""
    plain = re.sub(r"\s", " ", text).strip()
    if not _NUMBER.fullmatch(plain):
        return None
    digits = _MINUS.sub("", plain).rstrip("*").rstrip("%").replace(" ", "").replace(",", ".")
    sign = -1 if _MINUS.match(plain) else 1
    return Printed(sign * Decimal(digits), len(digits.partition(".")[2]))


def read_target(text: str) -> tuple[str, Decimal] | None:
    """Sign and number of a target that has a sign: ``≥ 85`` -> (≥, 85)."""
    found = _TARGET.fullmatch(text.strip())
    number = read(found[2]) if found else None
    return (found[1], number.value) if found and number else None


def without_minus(text: str) -> str:
    return _MINUS.sub("", text)


def with_minus(text: str) -> str:
    return f"-{text}"


def with_swapped_digits(text: str) -> list[str]:
    """Every text with two neighbouring digits swapped."""
    places = [place for place, sign in enumerate(text) if sign.isdigit()]
    swapped = []
    for left, right in pairwise(places):
        if text[left] != text[right] and not (left == places[0] and text[right] == "0"):
            signs = list(text)
            signs[left], signs[right] = signs[right], signs[left]
            swapped.append("".join(signs))
    return swapped


def with_moved_decimal(text: str) -> list[str]:
    """Every text with the decimal sign moved by one place."""
    minus = _MINUS.match(text)
    sign = minus[0] if minus else ""
    digits, percent = re.fullmatch(r"([\d ,]*\d)(.*)", text[len(sign) :]).groups()  # type: ignore[union-attr]
    whole, _, decimals = digits.replace(" ", "").partition(",")
    moved = []
    if len(whole) > 1:
        moved.append(f"{whole[:-1]},{whole[-1]}{decimals}")
    if decimals:
        rest = decimals[1:]
        moved.append(f"{(whole + decimals[0]).lstrip('0') or '0'}{',' if rest else ''}{rest}")
    return [f"{sign}{number}{percent}" for number in moved]


def with_another_digit(text: str) -> list[str]:
    """Every text with one digit replaced."""
    return [
        f"{text[:place]}{digit}{text[place + 1 :]}"
        for place, sign in enumerate(text)
        if sign.isdigit()
        for digit in "0123456789"
        if digit != sign
    ]
