"""Joins header words that are broken after a dash where the next line looks like a figure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.sources.printed_lines import Line, Segment
from ingest.reading.sources.printed_words import Word

_BROKEN = re.compile(r".*\d[-–]")
_REST = re.compile(r"\d{1,2}(?:[-–]\d{1,2})?")


def with_dashes_joined(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page with ``Åk 1–`` above ``3`` joined to ``Åk 1–3`` on the upper line."""
    joined = list(lines)
    for number, below in ((number, below) for number in range(len(joined)) for below in (1, 2)):
        if number + below >= len(joined):
            break
        upper, lower = joined[number], joined[number + below]
        rests = _rests(upper, lower)
        if rests:
            whole = {word: replace(word, text=word.text + rest.text) for word, rest in rests.items()}
            joined[number] = _with_words(upper, [[whole.get(word, word) for word in s.words] for s in upper.segments])
            kept = [[word for word in s.words if word not in rests.values()] for s in lower.segments]
            joined[number + below] = _with_words(lower, kept)
    return [line for line in joined if line.segments]


def _with_words(line: Line, segments: Sequence[Sequence[Word]]) -> Line:
    return replace(line, segments=tuple(Segment(tuple(words)) for words in segments if words))


def _rests(upper: Line, lower: Line) -> dict[Word, Word]:
    """Map each broken word to the word below it that shares its left or right edge, or else to the next word."""
    broken = [] if upper.figures else [word for word in upper.words if _BROKEN.fullmatch(word.text)]
    rests = [word for word in lower.words if _REST.fullmatch(word.text)]
    if len(broken) == len(rests):
        return dict(zip(broken, rests, strict=True))
    return {word: rest for word in broken for rest in rests if _is_below(word, rest)}


def _is_below(word: Word, rest: Word) -> bool:
    return abs(rest.x1 - word.x1) < word.size or abs(rest.x0 - word.x0) < word.size
