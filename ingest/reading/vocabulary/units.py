"""The unit that a table states, as printed."""

import re
from collections.abc import Iterable

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
