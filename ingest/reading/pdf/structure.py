"""The structure tree of a tagged PDF (ISO 32000-1, 14.7), element by element and for the whole document at once.

Reading each page's part of the tree would split a table at page breaks and leave out its blank cells.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral, literal_name

_GROUPING_ROLES = frozenset({"Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "Aside", "NonStruct"})
LEFT_OUT = frozenset({"TOC", "Figure", "Artifact"})
"""Roles that are not read: tables of contents repeat headings, and a figure's words belong to the picture."""
# A damaged tree may contain cycles; no real document nests deeper.
_DEEPEST = 60


@dataclass(frozen=True)
class Content:
    """A piece of marked content: the text that one page's stream marks with one id."""

    page: int
    marked_id: int


@dataclass(frozen=True)
class Element:
    """A structure element with its standard role (``Table``, ``TD``, ``P`` …); ``kids`` are in reading order."""

    role: str
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: tuple["Element | Content", ...] = ()


def has_structure(document: PDFDocument) -> bool:
    """Whether the document is tagged at all."""
    return isinstance(resolve1(document.catalog.get("StructTreeRoot")), dict)


def read_structure(document: PDFDocument, page_numbers: dict[int, int]) -> Iterator[Element | Content]:
    """Yield paragraphs, headings, tables … one at a time; what only groups them (``Document``, ``Sect``) is opened.

    ``page_numbers`` maps a page's object id to its number.
    """
    root = _as_dict(document.catalog["StructTreeRoot"])
    tree = _Tree(page_numbers, _as_dict(root.get("RoleMap")), _as_dict(root.get("ClassMap")))
    for kid in _as_list(root.get("K")):
        yield from tree.opened(kid, None, 0)


@dataclass(frozen=True)
class _Tree:
    page_numbers: dict[int, int]
    role_map: dict[str, Any]
    class_map: dict[str, Any]
    seen: set[int] = field(default_factory=set)

    def opened(self, raw: Any, page: int | None, depth: int) -> Iterator[Element | Content]:
        if self._is_seen(raw):
            return
        kid = _as_dict(raw)
        if "S" in kid and self._role(kid) in _GROUPING_ROLES and depth < _DEEPEST:
            page = self._page(kid, page)
            for grandchild in _as_list(kid.get("K")):
                yield from self.opened(grandchild, page, depth + 1)
        else:
            found = self._whole(resolve1(raw), page, depth)
            if found is not None:
                yield found

    def _whole(self, raw: Any, page: int | None, depth: int) -> Element | Content | None:
        if self._is_seen(raw):
            return None
        kid = resolve1(raw)
        if isinstance(kid, int):
            return Content(page, kid) if page is not None else None
        if not isinstance(kid, dict) or depth > _DEEPEST:
            return None
        page = self._page(kid, page)
        marked_id = resolve1(kid.get("MCID"))
        if isinstance(marked_id, int):
            return Content(page, marked_id) if page is not None else None
        if "S" not in kid:
            return None
        kids = (self._whole(grandchild, page, depth + 1) for grandchild in _as_list(kid.get("K")))
        return Element(
            role=self._role(kid),
            attributes=self._attributes(kid),
            kids=tuple(found for found in kids if found is not None),
        )

    def _is_seen(self, raw: Any) -> bool:
        """Whether an element was met before: a sound tree has each once, a damaged one may repeat it without end."""
        if not isinstance(raw, PDFObjRef):
            return False
        is_seen = raw.objid in self.seen
        self.seen.add(raw.objid)
        return is_seen

    def _page(self, element: dict[str, Any], outer: int | None) -> int | None:
        reference = element.get("Pg")
        return self.page_numbers.get(reference.objid, outer) if isinstance(reference, PDFObjRef) else outer

    def _role(self, element: dict[str, Any]) -> str:
        name = _name(element["S"])
        for _ in range(_DEEPEST):
            if name not in self.role_map:
                break
            name = _name(self.role_map[name])
        return name

    def _attributes(self, element: dict[str, Any]) -> dict[str, Any]:
        classes = [_as_list(self.class_map.get(_name(name))) for name in _as_list(element.get("C"))]
        merged: dict[str, Any] = {}
        for raw in (*(owner for owners in classes for owner in owners), *_as_list(element.get("A"))):
            for key, value in _as_dict(raw).items():
                resolved = resolve1(value)
                merged[key] = _name(resolved) if isinstance(resolved, PSLiteral) else resolved
        return merged


def _as_list(raw: Any) -> list[Any]:
    resolved = resolve1(raw)
    if resolved is None:
        return []
    return resolved if isinstance(resolved, list) else [raw]


def _as_dict(raw: Any) -> dict[str, Any]:
    resolved = resolve1(raw)
    return resolved if isinstance(resolved, dict) else {}


def _name(raw: Any) -> str:
    resolved = resolve1(raw)
    return str(literal_name(resolved)) if isinstance(resolved, PSLiteral) else str(resolved)
