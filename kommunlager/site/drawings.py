"""Drawings that are kept between releases: what is made from the same is not drawn again."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ingest.files.whole import remove

_LIBRARY = "vl-convert-python"


def drawn(made_from: dict[str, Any], draw: Callable[[], str]) -> str:
    """The drawing that is made from this, kept or new."""
    return _open_stores[-1].drawing(made_from, draw) if _open_stores else draw()


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
        self.made_by = version(_LIBRARY)

    def drawing(self, made_from: dict[str, Any], draw: Callable[[], str]) -> str:
        text = json.dumps([self.made_by, made_from], sort_keys=True)
        key = hashlib.sha256(text.encode()).hexdigest()
        self.used.add(key)
        with suppress(sqlite3.Error):
            found = self.connection.execute("select svg from drawings where key = ?", [key]).fetchone()
            if found:
                return str(found[0])
        svg = draw()
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
