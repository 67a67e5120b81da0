"""Records: the small JSON files under ``state/`` and ``releases/`` that the program writes for itself.

A record is written in one step and carries a format number. Reading leaves out what only later versions write, so that
an earlier version reads what it knows. What can't be read raises UnreadableRecordError; it is set aside under another
name and never deleted, since ``state/`` can't be made again.
"""

import dataclasses
import datetime as dt
import json
import math
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from ingest.files.whole import replace_text

# Raise it when a field gets another meaning; a new field needs none, if it has a default.
FORMAT = 1
UNREADABLE = ".unreadable"
_LARGEST_NUMBER = 2**53

Record = TypeVar("Record")


class UnreadableRecordError(Exception):
    """A record, or a line of one, that this version can't read; the message says why."""


def _check_time(text: str) -> None:
    if dt.datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("a time without its zone")


def _check_day(text: str) -> None:
    dt.date.fromisoformat(text)


Time = Annotated[str, _check_time]
Day = Annotated[str, _check_day]


def write_record(path: Path, record: Any) -> None:
    """Write a dataclass as a record, in lines for people to read."""
    replace_text(path, json.dumps(_facts(record), ensure_ascii=False, indent=1) + "\n")


def record_line(record: Any) -> str:
    """A dataclass as one line of JSON."""
    return json.dumps(_facts(record), ensure_ascii=False) + "\n"


def read_record(kind: type[Record], path: Path) -> Record:
    """Read a record that exists; raises UnreadableRecordError, and OSError if the file can't be opened."""
    try:
        content = path.read_bytes()
    except IsADirectoryError as error:
        raise UnreadableRecordError("it is a folder") from error
    return parse_record(kind, content)


def parse_record(kind: type[Record], content: bytes) -> Record:
    """The dataclass ``kind`` from JSON; raises UnreadableRecordError."""
    if not content.strip():
        raise UnreadableRecordError("it is empty")
    try:
        facts = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableRecordError("it is damaged: not JSON") from error
    try:
        return _dataclass(kind, facts)
    except (ValueError, OverflowError) as error:
        later = facts.get("format") if isinstance(facts, dict) else None
        is_later = isinstance(later, int) and later > FORMAT
        cause = f"a later version wrote it (format {later}, known {FORMAT})" if is_later else "it is damaged"
        raise UnreadableRecordError(f"{cause}: {error}") from error


def set_aside(path: Path) -> Path:
    """Rename a file or folder to a name that is free, and return that."""
    names = (
        path.with_name(f"{path.name}{UNREADABLE}{number}") for number in ("", *(f".{n}" for n in range(2, 10_000)))
    )
    aside = next(name for name in names if not os.path.lexists(name))
    os.rename(path, aside)
    return aside


def _facts(record: Any) -> dict[str, Any]:
    return {"format": FORMAT, **dataclasses.asdict(record)}


def _dataclass(kind: type[Record], facts: object) -> Record:
    """``kind`` from parsed JSON; raises ValueError for facts that are missing or of another type."""
    if not isinstance(facts, dict):
        raise ValueError("not a JSON object")
    hints = _hints(cast(type, kind))
    fields = dataclasses.fields(kind)  # type: ignore[arg-type]
    for field in fields:
        is_needed = field.default is field.default_factory is dataclasses.MISSING
        if is_needed and field.name not in facts:
            raise ValueError(f"no {field.name}")
    known = [field.name for field in fields if field.name in facts]
    return kind(**{name: _value(hints[name], facts[name], name) for name in known})


@lru_cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _value(hint: Any, value: Any, name: str) -> Any:
    """A value of the annotated type; lists become tuples where a tuple is wanted."""
    origin, inner = get_origin(hint), get_args(hint)
    if dataclasses.is_dataclass(hint):
        return _dataclass(cast(type, hint), value)
    if origin in (Union, UnionType):
        return _one_of(inner, value, name)
    if origin is Annotated:
        plain, check = inner
        _value(plain, value, name)
        check(value)
        return value
    if origin in (list, tuple) and isinstance(value, list):
        return origin(_value(inner[0], item, name) for item in value)
    if origin is dict and isinstance(value, dict):
        return {key: _value(inner[1], item, f"{name}.{key}") for key, item in value.items()}
    if hint in _SCALARS and _SCALARS[hint](value):
        return value
    raise ValueError(f"{name} is {value!r:.60}")


def _one_of(hints: tuple[Any, ...], value: Any, name: str) -> Any:
    for hint in hints:
        try:
            return _value(hint, value, name)
        except ValueError as error:
            last = error
    raise last


def _is_text(value: object) -> bool:
    # Encoding raises ValueError for half a character, which could not be written again.
    return isinstance(value, str) and value.encode() is not None


def _is_whole_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST_NUMBER


def _is_number(value: object) -> bool:
    return _is_whole_number(value) or (isinstance(value, float) and math.isfinite(value))


_SCALARS: dict[Any, Callable[[object], bool]] = {
    str: _is_text,
    int: _is_whole_number,
    float: _is_number,
    bool: lambda value: isinstance(value, bool),
    type(None): lambda value: value is None,
}
