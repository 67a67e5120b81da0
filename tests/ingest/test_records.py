"""Records: what is written is read again, later versions are read as far as they are known, and nonsense is refused."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest

from ingest.files.records import (
    Day,
    Time,
    UnreadableRecordError,
    parse_record,
    read_record,
    set_aside,
    write_record,
)


@dataclass(frozen=True)
class Part:
    name: str


@dataclass(frozen=True)
class MadeUp:
    began: Time
    count: int
    share: float | None = None
    day: Day | None = None
    names: tuple[str, ...] = ()
    parts: list[Part] = field(default_factory=list)
    facts: dict[str, Part] = field(default_factory=dict)


WHOLE = MadeUp("2026-01-01T00:00:00+00:00", 3, 0.5, "2026-01-02", ("å",), [Part("a")], {"b": Part("c")})


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_record(tmp_path / "made_up.json", WHOLE)
    assert read_record(MadeUp, tmp_path / "made_up.json") == WHOLE
    assert json.loads((tmp_path / "made_up.json").read_bytes())["format"] == 1


def test_a_later_version_is_read_as_far_as_it_is_known() -> None:
    later = {"format": 2, **asdict(WHOLE), "is_new": True, "parts": [{"name": "a", "size": 3}]}
    assert parse_record(MadeUp, json.dumps(later).encode()) == WHOLE
    with pytest.raises(UnreadableRecordError, match=r"a later version wrote it \(format 2, known 1\): no count"):
        parse_record(MadeUp, json.dumps({"format": 2, "began": WHOLE.began}).encode())


@pytest.mark.parametrize(
    "facts",
    [
        {"count": "3"},
        {"count": True},
        {"count": 2**63},
        {"share": float("nan")},
        {"began": "yesterday"},
        {"began": "2026-01-01T00:00:00"},
        {"day": "2026-02-30"},
        {"names": "å"},
        {"names": ["\ud800"]},
        {"parts": [{}]},
        {"facts": {"b": None}},
    ],
    ids=str,
)
def test_a_fact_of_another_type_is_refused(facts: dict[str, object]) -> None:
    with pytest.raises(UnreadableRecordError, match="it is damaged: "):
        parse_record(MadeUp, json.dumps({**asdict(WHOLE), **facts}).encode())


@pytest.mark.parametrize(
    "content", [b"", b" \n", b"\0" * 100, b"{", b"[]", b"\xff", b"[" * 100_000, b'{"count": 1e999}']
)
def test_nonsense_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableRecordError, match=r"it is (empty|damaged)"):
        parse_record(MadeUp, content)


def test_nothing_that_was_set_aside_is_overwritten(tmp_path: Path) -> None:
    for content in ("first", "second", "third"):
        (tmp_path / "made_up.json").write_text(content)
        set_aside(tmp_path / "made_up.json")
    found = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert found == {
        "made_up.json.unreadable": "first",
        "made_up.json.unreadable.2": "second",
        "made_up.json.unreadable.3": "third",
    }
