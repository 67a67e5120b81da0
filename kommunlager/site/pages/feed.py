"""The web feed about new releases (Atom)."""

import uuid
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from kommunlager.site.pages.memos import Memo

# Identifiers of feeds never change and belong to nobody else.
_NAMESPACE = uuid.UUID("4d0f3c1e-6f0b-5a0e-9a59-2f1f0f6b7a11")
_PAGE = "nytt.html"


def make_feed(memos: Sequence[Memo]) -> str:
    """An Atom feed with an entry for each release that has news, the latest first."""
    feed = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "sv"})
    _add(feed, "title", "Nytt i Kommunlager")
    _add(feed, "id", f"urn:uuid:{_NAMESPACE}")
    _add(feed, "updated", _time(memos[0]))
    _add(ET.SubElement(feed, "author"), "name", "Kommunlager")
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": _PAGE})
    for memo in memos:
        if memo.items:
            feed.append(_entry(memo))
    ET.indent(feed, "")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def _entry(memo: Memo) -> ET.Element:
    entry = ET.Element("entry")
    _add(entry, "title", memo.title)
    _add(entry, "id", f"urn:uuid:{uuid.uuid5(_NAMESPACE, memo.run_id)}")
    _add(entry, "updated", _time(memo))
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": _PAGE})
    _add(entry, "summary", memo.summary)
    _add(entry, "content", memo.text())
    return entry


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _time(memo: Memo) -> str:
    return f"{memo.released_at.isoformat()}Z"
