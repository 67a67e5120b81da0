"""Gives headings that several chapters share the names of their chapters: ``Avfall > Drift``."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.reading.blocks import Block, TextBlock
from ingest.reading.tables.headings import BETWEEN_HEADINGS
from ingest.reading.vocabulary.print import one_line

_MOST_PARTS = 3


@dataclass(frozen=True)
class _Heading:
    """A marked heading; ``level`` 1 is outermost, and a chapter is half a level above the headings of its size."""

    place: int
    text: str
    level: float


def section_paths(blocks: Sequence[Block]) -> dict[int, str]:
    """The path to each heading that several chapters share, by its place among the blocks.

    A path has at most three parts, outermost first; the last one is the heading itself. A heading that occurs in one
    chapter only needs no path.
    """
    headings = [
        _Heading(place, one_line(block.text), block.heading_level)
        for place, block in enumerate(blocks)
        if isinstance(block, TextBlock) and block.heading_level is not None
    ]
    times = Counter(heading.text for heading in headings)
    headings = _with_chapters(headings, times)
    outer = _telling(_outer_headings(headings))
    chapters: dict[str, set[tuple[str, ...]]] = {}
    for heading in headings:
        chapters.setdefault(heading.text, set()).add(outer[heading])
    return {
        heading.place: BETWEEN_HEADINGS.join([*outer[heading], heading.text][-_MOST_PARTS:])
        for heading in headings
        if len(chapters[heading.text]) > 1
    }


def _telling(outer: dict[_Heading, tuple[_Heading, ...]]) -> dict[_Heading, tuple[str, ...]]:
    """The texts of the outer headings that tell chapters apart.

    The report's title is above all chapters alike, and a commentary that every table has is not a chapter.
    """
    distinct = Counter(level for level, _ in {(heading.level, heading.text) for heading in outer})
    under_parent = Counter((heading.text, above[-1:]) for heading, above in outer.items())
    tells = {
        heading: distinct[heading.level] > 1 and under_parent[heading.text, above[-1:]] == 1
        for heading, above in outer.items()
    }
    return {heading: tuple(one.text for one in above if tells[one]) for heading, above in outer.items()}


def _with_chapters(headings: Sequence[_Heading], times: Counter[str]) -> list[_Heading]:
    """Raise the chapters that are printed in the size of the headings they contain.

    Such a chapter occurs once and begins with a heading that always comes first in a chapter.
    """
    chapters: set[_Heading] = set()
    for level in {heading.level for heading in headings}:
        pairs = list(pairwise(heading for heading in headings if heading.level <= level))
        inside = {heading.text for before, heading in pairs if times[before.text] > 1 or before.level < level}
        chapters |= {
            before
            for before, heading in pairs
            if before.level == heading.level == level
            and times[before.text] == 1
            and times[heading.text] > 1
            and heading.text not in inside
        }
    return [_Heading(one.place, one.text, one.level - (0.5 if one in chapters else 0)) for one in headings]


def _outer_headings(headings: Sequence[_Heading]) -> dict[_Heading, tuple[_Heading, ...]]:
    """The headings above each heading, outermost first."""
    outer: dict[_Heading, tuple[_Heading, ...]] = {}
    above: list[_Heading] = []
    for heading in headings:
        above = [one for one in above if one.level < heading.level]
        outer[heading] = tuple(above)
        above.append(heading)
    return outer
