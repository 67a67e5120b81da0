"""Keeps pages short: parts that are too much for one page are spread over several."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from kommunlager.site import formats
from kommunlager.site.page import Page, Part
from kommunlager.site.tables import Table, TableRow

# Half of what a page may have; what is written around the texts takes about as much again.
_ROOM = 160_000
_NOTHING = {"answer": "", "remark": "", "chart_title": "", "chart": ""}
Item = TypeVar("Item")


def paged(page: Page, parts: Iterable[Part]) -> Iterator[Page]:
    """The page with these parts as ``parts`` of its content; what does not fit follows on pages of its own."""
    sheets = _sheets(parts)
    names = [_numbered(page.file_name, number) for number in range(1, len(sheets) + 1)]
    for number, (name, sheet) in enumerate(zip(names, sheets, strict=True), start=1):
        title = page.title if number == 1 else f"{page.title}, sida {number}"
        content = {**_NOTHING, **page.content, "parts_of_page": _anchored(sheet), "sheets": names, "sheet_no": number}
        yield replace(page, file_name=name, title=title, content=content)


def _numbered(file_name: str, number: int) -> str:
    return file_name if number == 1 else file_name.replace(".html", f"-{number}.html")


def _sheets(parts: Iterable[Part]) -> list[list[Part]]:
    sheets: list[list[Part]] = [[]]
    room = _ROOM
    for part in parts:
        for piece in _pieces(part):
            weight = _weight(piece)
            if weight > room and sheets[-1]:
                sheets.append([])
                room = _ROOM
            sheets[-1].append(piece)
            room -= weight
    return sheets


def _pieces(part: Part) -> list[Part]:
    """The part itself, or several that each fit on a page: first what comes before its tables."""
    if _weight(part) <= _ROOM:
        return [part]
    first = replace(part, tables=(), folded=(), measures=())
    pieces = [first] if first != Part(part.title) else []
    pieces += [Part(measures=few) for few in _filled(part.measures)]
    pieces += [Part(tables=(few,)) for table in part.tables for few in _cut(table)]
    pieces += [Part(folded=(few,)) for table in part.folded for few in _cut(table)]
    if not part.title or len(pieces) == 1:
        return [replace(piece, title=part.title) for piece in pieces]
    titles = [f"{part.title}, del {number} av {len(pieces)}" for number in range(1, len(pieces) + 1)]
    return [replace(piece, title=title) for title, piece in zip(titles, pieces, strict=True)]


def _cut(table: Table) -> list[Table]:
    """The table in pieces that each fit on a page, with the headings of their groups."""
    rows = [(title, row) for title, members in table.groups for row in members]
    return [replace(table, groups=_grouped(few)) for few in _filled(rows)]


def _filled(items: Iterable[Item]) -> list[list[Item]]:
    lists: list[list[Item]] = [[]]
    room = _ROOM
    for item in items:
        weight = _text_length(item)
        if weight > room and lists[-1]:
            lists.append([])
            room = _ROOM
        lists[-1].append(item)
        room -= weight
    return [few for few in lists if few]


def _grouped(rows: Sequence[tuple[str, TableRow]]) -> tuple[tuple[str, tuple[TableRow, ...]], ...]:
    groups: dict[str, list[TableRow]] = {}
    for title, row in rows:
        groups.setdefault(title, []).append(row)
    return tuple((title, tuple(members)) for title, members in groups.items())


def _weight(part: Part) -> int:
    """How much there is to write: the length of its texts and charts."""
    rows = (members for table in (*part.tables, *part.folded) for _, members in table.groups)
    words = (part.answer, part.remark, *part.notes)
    return len(str(part.chart)) + sum(map(len, words)) + sum(map(_text_length, (*rows, *part.measures)))


def _text_length(item: object) -> int:
    return len(repr(item))


def _anchored(parts: Sequence[Part]) -> list[Part]:
    """The parts with anchors of their headings, none twice on the page."""
    taken: Counter[str] = Counter()
    anchored = []
    for part in parts:
        anchor = formats.slug(part.title) or "del"
        taken[anchor] += 1
        number = f"-{taken[anchor]}" if taken[anchor] > 1 else ""
        anchored.append(replace(part, anchor=anchor + number))
    return anchored
