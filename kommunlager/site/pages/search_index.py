"""The index of the site's search: the names of pages, sections, tables and rows, and where they are."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from kommunlager.site.page import Page, Part, Section
from kommunlager.site.tables import Table

_LARGEST = 2_000_000  # Bytes; what a phone loads in a few seconds.
_LONGEST_NAME = 100
_WORD = re.compile(r"[^\W\d]{2}")


@dataclass(frozen=True)
class _Part:
    """A section or table of a page, and the anchors of the rows by their names."""

    name: str
    anchor: str
    rows: dict[str, str]
    is_table: bool = False


class SearchIndex:
    """Collects what the pages of a site are about."""

    def __init__(self, largest: int = _LARGEST) -> None:
        self._largest = largest
        self._pages: list[tuple[str, str, list[_Part]]] = []

    def add(self, page: Page) -> None:
        """Take in a page. A name that several of its rows have leads to the first; years are not names."""
        parts = list(_sections(page.content))
        taken: set[str] = set()
        for table in _tables(page.content):
            rows: dict[str, str] = {}
            for anchor, row in (pair for _, rows_of_group in table.groups_with_anchors for pair in rows_of_group):
                name = _short(row.label)
                if name not in taken and _WORD.search(name):
                    taken.add(name)
                    rows[name] = anchor
            parts.append(_Part(_short(table.caption), table.anchor, rows, is_table=True))
        self._pages.append((page.file_name, page.title, parts))

    def script(self) -> str:
        """The index as a script that sets ``searchIndex``.

        If it would be too large, names lead to their page rather than to their row; if that is not enough, only the
        names of pages are in it.
        """
        script = self._script(lambda parts: parts)
        for reduced in (_by_page, _nothing):
            if len(script.encode()) > self._largest:
                script = self._script(reduced)
        return script

    def _script(self, reduced: Callable[[list[_Part]], list[_Part]]) -> str:
        """Texts are in the script once, however often they are used."""
        texts: dict[str, int] = {}

        def number(text: str) -> int:
            return texts.setdefault(text, len(texts))

        def packed(part: _Part) -> list[Any]:
            anchors = " ".join(filter(None, part.rows.values()))
            return [number(part.name), part.anchor, [number(name) for name in part.rows], anchors]

        pages = [[name, title, [packed(part) for part in reduced(parts)]] for name, title, parts in self._pages]
        index = {"hasRows": reduced is not _nothing, "pages": pages, "texts": list(texts)}
        return f"globalThis.searchIndex = {json.dumps(index, ensure_ascii=False, separators=(',', ':'))};\n"


def _by_page(parts: list[_Part]) -> list[_Part]:
    """One part for the whole page, with every name once and no anchors."""
    return [_Part("", "", {name: "" for part in parts for name in (part.name, *part.rows)})]


def _nothing(parts: list[_Part]) -> list[_Part]:
    return []


def _short(text: str) -> str:
    return shorten(text, _LONGEST_NAME, placeholder=" …")


def _sections(content: Any) -> Iterator[_Part]:
    """The headings that a page has an anchor for; a question with its answer."""
    if isinstance(content, Part) and content.title and content.anchor:
        yield _Part(_short(content.title), content.anchor, {})
    if isinstance(content, Section):
        answer = {_short(f"{content.topic}: {content.answer}"): content.name} if content.topic else {}
        yield _Part(_short(content.question), content.name, answer)
    for part in _within(content):
        yield from _sections(part)


def _tables(content: Any) -> Iterator[Table]:
    if isinstance(content, Table):
        yield content
    for part in _within(content):
        yield from _tables(part)


def _within(content: Any) -> Iterable[Any]:
    """What a piece of a page's content shows there; the details of a section are on the pages behind it."""
    if isinstance(content, Mapping):
        return content.values()
    if isinstance(content, Section):
        return (content.shown,)
    if isinstance(content, Part):
        return vars(content).values()
    return content if isinstance(content, list | tuple) else ()
