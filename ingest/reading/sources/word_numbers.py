"""Computes the numbers that Word prints before paragraphs and doesn't store in their text: ``7.1 Driftredovisning``.

python-docx has no numbering, and docx2python 3.7 ignores numbers that come from a style, which is how headings get
theirs.
"""

import re
from collections.abc import Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.styles.style import ParagraphStyle

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


class WordNumbers:
    """The numbered lists of a document; ask for each paragraph once, in the order of the text."""

    def __init__(self, document: WordDocument) -> None:
        relations = document.part.rels.values()
        parts = (relation.target_part for relation in relations if relation.reltype == RELATIONSHIP_TYPE.NUMBERING)
        roots = [part.element for part in parts]
        formats = {item.get(qn("w:abstractNumId")): item for root in roots for item in root.iter(qn("w:abstractNum"))}
        links = [item for root in roots for item in root.iter(qn("w:num"))]
        forms = {item.get(qn("w:numId")): _value(item, "abstractNumId") for item in links}
        self.lists = {list_id: (form, formats[form]) for list_id, form in forms.items() if form in formats}
        self.counts: dict[str | None, list[int]] = {}

    def before(self, paragraph: CT_P, styles: Sequence[ParagraphStyle]) -> str:
        """The number before a paragraph as Word prints it, if it has only digits; "" for a bullet, a letter or none."""
        asked = (element.find(qn("w:pPr")) for element in (paragraph, *(style.element for style in styles)))
        numbers = [found for place in asked if place is not None and (found := place.find(qn("w:numPr"))) is not None]
        list_id = next((found for number in numbers if (found := _value(number, "numId"))), None)
        form, element = self.lists.get(list_id, ("", None))
        if element is None:
            return ""
        levels = {_integer(level.get(qn("w:ilvl")), _LEVELS): level for level in element.iter(qn("w:lvl"))}
        of_style = {_value(level, "pStyle"): depth for depth, level in levels.items()}
        own = next((of_style[style.style_id] for style in styles if style.style_id in of_style), 0)
        given = next((found for number in numbers if (found := _value(number, "ilvl"))), None)
        return self._counted(form, _integer(given, own), levels)

    def _counted(self, form: str | None, depth: int, levels: dict[int, Any]) -> str:
        if depth not in levels or depth >= _LEVELS:
            return ""
        starts = [_integer(_value(levels[level], "start"), 1) if level in levels else 1 for level in range(_LEVELS)]
        counts = self.counts.get(form, [0] * _LEVELS)
        outer = [count or start for count, start in zip(counts[:depth], starts, strict=False)]
        count = counts[depth] + 1 if counts[depth] else starts[depth]
        self.counts[form] = [*outer, count, *[0] * (_LEVELS - depth - 1)]
        return _printed(levels, depth, [*outer, count])


def _printed(levels: dict[int, Any], depth: int, counts: Sequence[int]) -> str:
    """The counts in the format of a level (``%1.%2``); "" if one is a letter, a bullet or not printed."""
    form = _value(levels[depth], "lvlText") or ""
    shown = [int(place) - 1 for place in _PLACE.findall(form)]
    if not shown or any(level > depth or _value(levels.get(level), "numFmt") != "decimal" for level in shown):
        return ""
    return _PLACE.sub(lambda place: str(counts[int(place[1]) - 1]), form).strip()


def _value(element: Any, name: str) -> str | None:
    """The value of an element's child with this name."""
    found = None if element is None else element.find(qn(f"w:{name}"))
    return None if found is None else found.get(qn("w:val"))


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else default
