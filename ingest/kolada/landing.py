"""What has arrived from Kolada, kept as received: ``state/kolada``.

``batches/`` holds one file a batch, its pages one after another, gzipped; an answer that is the same as the last one to
its question shares its file. ``manifest.jsonl`` has one line a batch that was asked for, landed or failed. A batch
counts once its line stands in the manifest; the line is written last, so that a kill at any time leaves either the
whole batch or nothing of it.
"""

import datetime as dt
import gzip
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

LANDED = "landed"
FAILED = "failed"
SELECTED = "selected"
RUN_ENDED = "run_ended"


@dataclass(frozen=True)
class Entry:
    """One line of the manifest.

    ``kind`` names the question (``data``, ``kpi``, ``municipality`` …); ``rows`` counts the objects of the answer and
    ``figures`` the values inside them. ``kpi_ids``, ``area_ids`` and ``years`` are what a data batch asked for (no
    years: all of them); ``from_date`` is set when only changes since that day were asked for.
    """

    batch_no: int
    run_id: str
    kind: str
    address: str
    status: str
    fetched_at: str
    kpi_ids: tuple[str, ...] = ()
    area_ids: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    from_date: str | None = None
    problem: str | None = None
    file_name: str | None = None
    sha256: str | None = None
    pages: int = 0
    rows: int = 0
    figures: int = 0


@dataclass
class Landing:
    """The folder ``state/kolada``; one process at a time may write to it."""

    folder: Path
    entries: list[Entry] = field(default_factory=list, init=False)
    _by_address: dict[str, Entry] = field(default_factory=dict, init=False, repr=False)
    _by_question: dict[tuple[object, ...], Entry] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for entry in _read_manifest(self.manifest):
            self._remember(entry)

    @property
    def manifest(self) -> Path:
        """The file with one line a batch."""
        return self.folder / "manifest.jsonl"

    def file(self, entry: Entry) -> Path:
        """Where the pages of a landed batch lie."""
        return self.folder / "batches" / (entry.file_name or "")

    def landed(self) -> list[Entry]:
        """The batches whose pages are there, in the order they came."""
        return [entry for entry in self.entries if entry.status == LANDED and self.file(entry).is_file()]

    def pages(self, entry: Entry) -> Iterator[dict[str, Any]]:
        """The pages of a landed batch, each as Kolada's JSON says it."""
        text, decoder, place = gzip.decompress(self.file(entry).read_bytes()).decode(), json.JSONDecoder(), 0
        while place < len(text):
            page, place = decoder.raw_decode(text, place)
            yield page

    def last_landed(self, address: str) -> Entry | None:
        """The latest answer to one address, if its pages are still there."""
        entry = self._by_address.get(address)
        return entry if entry and self.file(entry).is_file() else None

    def land(self, entry: Entry, packed: bytes) -> Entry:
        """Keep the packed pages of a whole batch, then write its line into the manifest."""
        last = self._by_question.get(_asked_for(entry))
        if last and last.file_name and self.file(last).is_file() and self.file(last).read_bytes() == packed:
            name = last.file_name
        else:
            name = f"{entry.batch_no:07d}.json.gz"
            (self.folder / "batches").mkdir(parents=True, exist_ok=True)
            _exchange(self.folder / "batches" / name, packed)
        return self.note(replace(entry, file_name=name, sha256=hashlib.sha256(packed).hexdigest()))

    def note(self, entry: Entry) -> Entry:
        """Write one line into the manifest."""
        self.folder.mkdir(parents=True, exist_ok=True)
        _cut_torn_line(self.manifest)
        with self.manifest.open("ab") as manifest:
            manifest.write(_line(entry))
            manifest.flush()
            os.fsync(manifest.fileno())
        self._remember(entry)
        return entry

    def keep_only(self, entries: list[Entry]) -> None:
        """Write the manifest anew with these of its entries, then remove the files that no other line names."""
        _exchange(self.manifest, b"".join(_line(entry) for entry in entries))
        named = {entry.file_name for entry in entries}
        for name in {entry.file_name for entry in self.entries} - named - {None}:
            (self.folder / "batches" / str(name)).unlink(missing_ok=True)
        self.entries.clear()
        for entry in entries:
            self._remember(entry)

    def _remember(self, entry: Entry) -> None:
        self.entries.append(entry)
        if entry.status == LANDED:
            self._by_address[entry.address] = entry
            self._by_question[_asked_for(entry)] = entry

    @property
    def next_batch_no(self) -> int:
        """The number of the batch that comes next."""
        return self.entries[-1].batch_no + 1 if self.entries else 1


def pack(pages: Iterable[bytes]) -> bytes:
    """Pages as they lie in a batch's file; ``zcat`` shows them as received, one after another."""
    return b"".join(gzip.compress(page.strip(), compresslevel=6, mtime=0) for page in pages)


def now() -> str:
    """The time as the manifest writes it: UTC, to the second."""
    return dt.datetime.now(tz=dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _line(entry: Entry) -> bytes:
    return (json.dumps(asdict(entry), ensure_ascii=False) + "\n").encode()


def _asked_for(entry: Entry) -> tuple[object, ...]:
    """What identifies a question, from whichever day its changes are asked for."""
    return entry.kind, entry.kpi_ids, entry.area_ids, entry.years


def _read_manifest(path: Path) -> Iterator[Entry]:
    if not path.is_file():
        return
    for line in path.read_bytes().splitlines(keepends=True):
        if line.endswith(b"\n"):
            fields = json.loads(line)
            lists = {name: tuple(fields[name]) for name in ("kpi_ids", "area_ids", "years")}
            yield Entry(**{**fields, **lists})


def _cut_torn_line(manifest: Path) -> None:
    """A kill while a line was written leaves its beginning; that batch does not count and is fetched again."""
    if not manifest.is_file() or manifest.stat().st_size == 0:
        return
    with manifest.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        if file.read() != b"\n":
            file.seek(0)
            file.truncate(file.read().rfind(b"\n") + 1)


def _exchange(path: Path, content: bytes) -> None:
    """Write a file so that a kill at any time leaves the old one or the new one, whole."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, path)


_Key = tuple[str, str, tuple[str, ...], tuple[str, ...]]


def forget_what_says_nothing(landing: Landing) -> None:
    """Drop answers without news and failures that were made good, once all they asked for has been answered again.

    The last answer to each question stays, and so does every failure that is a hole still: a failure to get all of
    something is made good by all of it, and not by later changes.
    """
    last, last_in_full = _last_answers(landing)
    dropped = {
        entry.batch_no
        for entry in _saying_nothing(landing)
        if all((last if entry.from_date else last_in_full).get(key, 0) > entry.batch_no for key in _keys(entry))
    }
    if dropped:
        landing.keep_only([entry for entry in landing.entries if entry.batch_no not in dropped])


def _keys(entry: Entry) -> Iterator[_Key]:
    """What one question asks for, KPI by KPI: the next night may put them together otherwise."""
    for kpi_id in entry.kpi_ids or ("",):
        yield entry.kind, kpi_id, entry.area_ids, entry.years


def _last_answers(landing: Landing) -> tuple[dict[_Key, int], dict[_Key, int]]:
    """The number of the last answer, and of the last whole one."""
    last: dict[_Key, int] = {}
    last_in_full: dict[_Key, int] = {}
    for entry in landing.landed():
        for key in _keys(entry):
            last[key] = entry.batch_no
            if entry.from_date is None:
                last_in_full[key] = entry.batch_no
    return last, last_in_full


def _saying_nothing(landing: Landing) -> Iterator[Entry]:
    """Failures, no changes, and the very same answer as the last time."""
    last_file: dict[_Key, str | None] = {}
    for entry in landing.entries:
        if entry.status == LANDED:
            repeats = all(last_file.get(key) == entry.file_name for key in _keys(entry))
            last_file |= dict.fromkeys(_keys(entry), entry.file_name)
            if repeats or (entry.from_date and not entry.rows):
                yield entry
        elif entry.status == FAILED:
            yield entry


_LONGEST_ADDRESS = 120


def short(address: str) -> str:
    """An address for a person: one that names many ids is cut."""
    return address if len(address) <= _LONGEST_ADDRESS else f"{address[:_LONGEST_ADDRESS]}…"


def landing_lines(landing: Landing) -> list[str]:
    """When Kolada was last asked, how much has landed, and which questions have no answer."""
    if not landing.entries:
        return ["Nothing is fetched from Kolada yet. Run `kommunlager kolada sync`."]
    landed = landing.landed()
    data = [entry for entry in landed if entry.kind == "data"]
    last = landing.entries[-1]
    ended = "ended" if last.kind == RUN_ENDED else "not ended; the next sync goes on from there"
    missing = [entry for entry in landing.entries if entry.status == LANDED and not landing.file(entry).is_file()]
    return [
        f"Last synchronisation: begun {last.run_id[:16].replace('T', ' ')} UTC, {ended}",
        f"Landed: {len(landed)} batches, {sum(entry.figures for entry in data)} figures,"
        f" {len({kpi for entry in data for kpi in entry.kpi_ids})} KPIs",
        *(f"  failed {entry.fetched_at}: {short(entry.address)}: {entry.problem}" for entry in _unanswered(landing)),
        *(f"  missing file {entry.file_name}: {short(entry.address)}" for entry in missing),
    ]


def _unanswered(landing: Landing) -> list[Entry]:
    """The questions whose last asking failed."""
    last = {entry.address: entry for entry in landing.entries}
    return [entry for entry in last.values() if entry.status == FAILED]
