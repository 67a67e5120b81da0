"""Breaks a label over lines as printers do, sometimes inside a long word, with a hyphen that doesn't belong to it."""

import re
import textwrap
from random import Random

LONG_WORD = re.compile(r"\b([a-zåäö]{5,}[bdfgklmnprstv])([bdfgklmnprstv][aeiouyåäö][a-zåäö]{3,})\b")


def wrapped(text: str, width: int, random: Random) -> list[str]:
    """The lines of a text; never empty."""
    lines = textwrap.wrap(text, width, break_on_hyphens=True) or [""]
    if len(lines) < 2 or random.random() > 0.25:
        return lines
    first, _, rest = lines[1].partition(" ")
    parts = LONG_WORD.fullmatch(first)
    if not parts:
        return lines
    begun = f"{lines[0]} {parts[1]}-"
    return [begun, *textwrap.wrap(" ".join([parts[2] + (" " + rest if rest else ""), *lines[2:]]), width)]
