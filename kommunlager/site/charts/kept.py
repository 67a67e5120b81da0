"""Drawings that are kept between releases: what is drawn from the same values by the same code is not drawn again."""

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ingest.files.whole import remove

_LIBRARIES = ("altair", "vl-convert-python")


@dataclass(frozen=True)
class Drawing:
    """What is inside the outermost element of an SVG, and its size in px."""

    width: str
    height: str
    inside: str


def drawn(kind: str, points: list[dict[str, Any]], sizes: dict[str, float]) -> Drawing:
    """The drawing of these points, kept or new."""
    store = _open_stores[-1] if _open_stores else None
    svg = store.drawing(kind, points, sizes) if store else _draw(kind, points, sizes)
    opening, inside = svg.split(">", 1)
    width, height = re.findall(r' (?:width|height)="(\d+)"', opening)
    return Drawing(width, height, inside)


@contextmanager
def kept_drawings(path: Path | None) -> Iterator[None]:
    """While the block runs, drawings are taken from the file if it has them; afterwards it has those that were used.

    The file is a help and nothing more: without it, or if it is damaged, everything is drawn.
    """
    if path is None:
        yield
        return
    store = _Store(path)
    _open_stores.append(store)
    try:
        yield
        store.keep_what_was_used()
    finally:
        _open_stores.remove(store)
        store.connection.close()


class _Store:
    """A file of drawings, each by a hash of what it is drawn from and by what."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self.connection = _opened(path)
        except sqlite3.Error:
            remove(path)
            self.connection = _opened(path)
        self.used: set[str] = set()

    def drawing(self, kind: str, points: list[dict[str, Any]], sizes: dict[str, float]) -> str:
        made_from = json.dumps([_code(), kind, points, sizes], sort_keys=True)
        key = hashlib.sha256(made_from.encode()).hexdigest()
        self.used.add(key)
        with suppress(sqlite3.Error):
            found = self.connection.execute("select svg from drawings where key = ?", [key]).fetchone()
            if found:
                return str(found[0])
        svg = _draw(kind, points, sizes)
        with suppress(sqlite3.Error):
            self.connection.execute("insert or replace into drawings values (?, ?)", [key, svg])
        return svg

    def keep_what_was_used(self) -> None:
        with suppress(sqlite3.Error):
            self.connection.execute("create temp table used (key text primary key)")
            self.connection.executemany("insert into used values (?)", [(key,) for key in self.used])
            self.connection.execute("delete from drawings where key not in (select key from used)")
            self.connection.commit()


_open_stores: list[_Store] = []


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute("create table if not exists drawings (key text primary key, svg text) without rowid")
    return connection


def _draw(kind: str, points: list[dict[str, Any]], sizes: dict[str, float]) -> str:
    from kommunlager.site.charts import vega

    return vega.draw(kind, points, sizes)


@cache
def _code() -> str:
    """The code that draws, and the versions of the libraries."""
    folder = Path(__file__).parent
    sources = [(folder / name).read_text(encoding="utf-8") for name in ("vega.py", "layout.py")]
    return "\n".join([*sources, *(version(library) for library in _LIBRARIES)])
