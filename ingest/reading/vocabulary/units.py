"""The unit that a table states, as printed."""

import re
from collections.abc import Iterable

from ingest.reading.vocabulary.print import KRONOR

_MONEY = (
    r"(?:tkr|mnkr|mkr|kkr|msek|ksek|kronor|kr/inv(?:ånare)?|kr"
    r"|tusen(?:tals|tal)? kronor|miljoner kronor|miljontal kronor)"
)
_STATED = re.compile(
    rf"\((?:[^()]*\si\s)?\s*({_MONEY}|%|procent)\s*\)"
    rf"|\bi\s+({_MONEY})\b"
    rf"|,\s*({_MONEY}|%|procent)(?=[\s),]|$)"
    rf"|^({_MONEY}|%)$"
    rf"|\s({_MONEY})$",
    re.IGNORECASE,
)

_ONLY_UNIT = re.compile(
    rf"\(?(?:alla )?(?:(?:belopp|siffror|tal)(?: anges| är)? i )?(?:{_MONEY})\)?[.:]?", re.IGNORECASE
)

_KRONOR = re.compile(r"(?:kr|kronor|sek)(?:/inv(?:ånare)?)?", re.IGNORECASE)
_AMOUNT_IN_KRONOR = re.compile(rf".*\d\)?\s?{KRONOR}\*{{0,3}}")


def states_kronor(unit: str) -> bool:
    """Whether a unit is whole kronor."""
    return _KRONOR.fullmatch(unit) is not None


def is_in_kronor(cells: Iterable[str]) -> bool:
    """Whether most of the cells are amounts with kronor written after them: ``41 300 kr``."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and 2 * sum(map(bool, map(_AMOUNT_IN_KRONOR.fullmatch, filled))) > len(filled)


def states_only_unit(text: str) -> bool:
    """Whether a line states only the unit: ``Belopp i tkr``, ``(mnkr)``."""
    return _ONLY_UNIT.fullmatch(text.strip()) is not None


def stated_unit(texts: Iterable[str]) -> str:
    """The first unit that the texts state (``Belopp i tkr``, ``(Mnkr)``, ``…, tkr``), or ""."""
    for text in texts:
        stated = [unit for match in _STATED.finditer(text) for unit in match.groups() if unit]
        if stated:
            return str(stated[-1])
    return ""
