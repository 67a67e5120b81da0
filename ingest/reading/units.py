"""Finds the unit that a table states, as it is printed."""

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


def stated_unit(texts: Iterable[str]) -> str:
    """The first unit that the texts state (``Belopp i tkr``, ``(Mnkr)``, ``…, tkr``), or ""."""
    for text in texts:
        stated = [unit for match in _STATED.finditer(text) for unit in match.groups() if unit]
        if stated:
            return str(stated[-1])
    return ""
