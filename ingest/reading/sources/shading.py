"""Coloured areas of a PDF page: Word paints a shaded cell, and each line of its text again in the same colour."""

from collections import defaultdict
from typing import Any

from pdfplumber.page import Page

# Areas that touch may be this far apart, in points.
_PLAY = 0.5
# The height of the strips that areas are looked up by, in points; those beyond the largest page are in the last.
_STRIP, _FARTHEST = 20, 4000


def without_areas_in_areas(page: Page) -> Page:
    """The page without areas that are invisible because they are inside a larger one of the same colour.

    Their edges would split a cell at the lines of its text.
    """
    by_colour_and_strip: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    unseen: set[int] = set()
    areas = [rect for rect in page.rects if _is_area(rect)]
    for area in sorted(areas, key=lambda rect: -rect["width"] * rect["height"]):
        colour, strips = area["non_stroking_color"], _strips(area["top"], area["bottom"])
        if any(_lies_in(area, other) for other in by_colour_and_strip[colour, strips[0]]):
            unseen.add(id(area))
        else:
            for strip in _strips(area["top"] - _PLAY, area["bottom"] + _PLAY):
                by_colour_and_strip[colour, strip].append(area)
    return page.filter(lambda thing: id(thing) not in unseen) if unseen else page


def _is_area(rect: dict[str, Any]) -> bool:
    return bool(rect["fill"]) and not rect["stroke"]


def _strips(top: float, bottom: float) -> range:
    """The horizontal strips of the page that an area touches."""
    first, last = (int(min(max(edge, 0), _FARTHEST) / _STRIP) for edge in (top, bottom))
    return range(first, last + 1)


def _lies_in(area: dict[str, Any], other: dict[str, Any]) -> bool:
    begins = area["x0"] >= other["x0"] - _PLAY and area["top"] >= other["top"] - _PLAY
    ends = area["x1"] <= other["x1"] + _PLAY and area["bottom"] <= other["bottom"] + _PLAY
    return bool(begins and ends)
