"""Kolada's responses, stored as received: ``state/kolada``.

``batches/`` holds one gzipped file per batch with its pages in sequence; a response identical to the last one for the
same question shares its file. ``manifest.jsonl`` has one line per requested batch, landed or failed. A batch counts
once it has a line in the manifest. The line is written last, so that a kill leaves either the complete batch or none.
"""

import datetime as dt
import gzip
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ingest.files.records import UNREADABLE, Day, Time, UnreadableRecordError, parse_record, record_line, set_aside

LANDED = "landed"
FAILED = "failed"
SELECTED = "selected"
RUN_ENDED = "run_ended"
LINES_LOST = "lines_lost"


@dataclass(frozen=True)
class Entry:
    """One line of the manifest.

    ``kind`` names the question (``data``, ``kpi``, ``municipality`` …); ``rows`` counts the objects of the response and
    ``figures`` the values inside them. ``kpi_ids``, ``area_ids`` and ``years`` are what a data batch requested (no
    years: all of them); ``from_date`` is set if only changes since that day were requested.
    """

    batch_no: int
    run_id: Time
    kind: str
    address: str
    status: str
    fetched_at: Time
    kpi_ids: tuple[str, ...] = ()
    area_ids: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    from_date: Day | None = None
    problem: str | None = None
    file_name: str | None = None
    sha256: str | None = None
    pages: int = 0
    rows: int = 0
    figures: int = 0


@dataclass
class Landing:
    """The folder ``state/kolada``; only one process at a time may write to it.

    ``unreadable`` says why a line of the manifest can't be read, by its number; see ``set_aside_unreadable``.
    """

    folder: Path
    entries: list[Entry] = field(default_factory=list, init=False)
    unreadable: dict[int, str] = field(default_factory=dict, init=False)
    _highest_no: int = field(default=0, init=False, repr=False)
    _numbers: set[int] = field(default_factory=set, init=False, repr=False)
    _by_address: dict[str, Entry] = field(default_factory=dict, init=False, repr=False)
    _by_question: dict[tuple[object, ...], Entry] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        # A file may have lost its line, and must not be overwritten.
        self._highest_no = max((_number(path) for path in (self.folder / "batches").glob("*.json.gz")), default=0)
        for number, line in _whole_lines(self.manifest):
            try:
                self._remember(self._read(line))
            except UnreadableRecordError as error:
                self.unreadable[number] = str(error)

    @property
    def manifest(self) -> Path:
        """The file with one line per batch."""
        return self.folder / "manifest.jsonl"

    def file(self, entry: Entry) -> Path:
        """Where the pages of a landed batch are."""
        return self.folder / "batches" / (entry.file_name or "")

    def landed(self) -> list[Entry]:
        """The batches whose pages exist, in the order of arrival."""
        return [entry for entry in self.entries if entry.status == LANDED and self.file(entry).is_file()]

    def pages(self, entry: Entry) -> Iterator[dict[str, Any]]:
        """The pages of a landed batch as Kolada's JSON."""
        text, decoder, place = gzip.decompress(self.file(entry).read_bytes()).decode(), json.JSONDecoder(), 0
        while place < len(text):
            page, place = decoder.raw_decode(text, place)
            yield page

    def last_landed(self, address: str) -> Entry | None:
        """The latest response from one address, if its pages still exist."""
        entry = self._by_address.get(address)
        return entry if entry and self.file(entry).is_file() else None

    def land(self, entry: Entry, packed: bytes) -> Entry:
        """Store the packed pages of a complete batch, then add its line to the manifest."""
        last = self._by_question.get(_asked_for(entry))
        if last and last.file_name and self.file(last).is_file() and self.file(last).read_bytes() == packed:
            name = last.file_name
        else:
            name = f"{entry.batch_no:07d}.json.gz"
            (self.folder / "batches").mkdir(parents=True, exist_ok=True)
            _exchange(self.folder / "batches" / name, packed)
        return self.note(replace(entry, file_name=name, sha256=hashlib.sha256(packed).hexdigest()))

    def note(self, entry: Entry) -> Entry:
        """Add one line to the manifest."""
        self.folder.mkdir(parents=True, exist_ok=True)
        _cut_torn_line(self.manifest)
        with self.manifest.open("ab") as manifest:
            manifest.write(_line(entry))
            manifest.flush()
            os.fsync(manifest.fileno())
        self._remember(entry)
        return entry

    def keep_only(self, entries: list[Entry]) -> None:
        """Rewrite the manifest with these of its entries, then remove the files that no remaining line names."""
        _exchange(self.manifest, b"".join(_line(entry) for entry in entries))
        named = {entry.file_name for entry in entries}
        for name in {entry.file_name for entry in self.entries} - named - {None}:
            (self.folder / "batches" / str(name)).unlink(missing_ok=True)
        self.entries.clear()
        self._numbers.clear()
        for entry in entries:
            self._remember(entry)

    def set_aside_unreadable(self) -> str | None:
        """Move unreadable lines to a file beside the manifest; returns a line that says so.

        Their batches don't count, so the next synchronisation asks for everything (``has_lost_lines``).
        """
        if self.manifest.is_dir():
            return f"{self.manifest} is a folder. It is now {set_aside(self.manifest).name}."
        if not self.unreadable:
            return None
        aside = self.manifest.with_name(f"{self.manifest.name}{UNREADABLE}")
        lines = dict(_whole_lines(self.manifest))
        with aside.open("ab") as file:
            file.writelines(lines[number] for number in self.unreadable)
            file.flush()
            os.fsync(file.fileno())
        _exchange(self.manifest, b"".join(line for number, line in lines.items() if number not in self.unreadable))
        reasons = "; ".join(
            f"line {number}: {reason}" for number, reason in [*self.unreadable.items()][:_REASONS_SHOWN]
        )
        message = (
            f"{len(self.unreadable)} of {len(lines)} lines of {self.manifest} can't be read ({reasons})."
            f" They are now in {aside.name}; the next `kommunlager kolada sync` fetches everything again."
        )
        self.unreadable.clear()
        found = dt.datetime.now(tz=dt.UTC)
        self.note(
            Entry(self.next_batch_no, found.isoformat(), LINES_LOST, "", LINES_LOST, stamp(found), problem=message)
        )
        return message

    @property
    def has_lost_lines(self) -> bool:
        """Whether lines of the manifest were lost after the last synchronisation that was finished."""
        kinds = [entry.kind for entry in self.entries if entry.kind in (RUN_ENDED, LINES_LOST)]
        return kinds[-1:] == [LINES_LOST]

    def _read(self, line: bytes) -> Entry:
        entry = parse_record(Entry, line)
        if entry.batch_no in self._numbers:
            raise UnreadableRecordError(f"it repeats batch {entry.batch_no}")
        return entry

    def _remember(self, entry: Entry) -> None:
        self.entries.append(entry)
        self._numbers.add(entry.batch_no)
        self._highest_no = max(self._highest_no, entry.batch_no)
        if entry.status == LANDED:
            self._by_address[entry.address] = entry
            self._by_question[_asked_for(entry)] = entry

    @property
    def next_batch_no(self) -> int:
        """The number of the next batch."""
        return self._highest_no + 1


def pack(pages: Iterable[bytes]) -> bytes:
    """Pages in the format of a batch's file; ``zcat`` shows them as received, one after another."""
    return b"".join(gzip.compress(page.strip(), compresslevel=6, mtime=0) for page in pages)


def stamp(moment: dt.datetime) -> str:
    """A time (UTC) in the manifest's format: to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _line(entry: Entry) -> bytes:
    return record_line(entry).encode()


def _asked_for(entry: Entry) -> tuple[object, ...]:
    """What identifies a question, whatever day its changes are requested from."""
    return entry.kind, entry.kpi_ids, entry.area_ids, entry.years


def _number(batch: Path) -> int:
    """The number of a batch's file."""
    digits = batch.name.removesuffix(".json.gz")
    return int(digits) if digits.isdecimal() else 0


def _whole_lines(manifest: Path) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers from 1, except one that is being written or was cut by a kill."""
    if manifest.is_file():
        for number, line in enumerate(manifest.read_bytes().split(b"\n")[:-1], 1):
            yield number, line + b"\n"


def _cut_torn_line(manifest: Path) -> None:
    """Remove a line that a kill cut short; its batch doesn't count and is fetched again."""
    if not manifest.is_file() or manifest.stat().st_size == 0:
        return
    with manifest.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        if file.read() != b"\n":
            file.seek(0)
            file.truncate(file.read().rfind(b"\n") + 1)


def _exchange(path: Path, content: bytes) -> None:
    """Write a file so that a kill leaves either the complete old one or the complete new one."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, path)


_Key = tuple[str, str, tuple[str, ...], tuple[str, ...]]


def forget_what_says_nothing(landing: Landing) -> None:
    """Drop responses without news, and failures that a later response has repaired.

    The last response to each question is kept, and so is every failure that is still a gap: a failure to get everything
    is repaired by a full response, not by later changes.
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
    """What one question asks for, KPI by KPI: the next night may group them differently."""
    for kpi_id in entry.kpi_ids or ("",):
        yield entry.kind, kpi_id, entry.area_ids, entry.years


def _last_answers(landing: Landing) -> tuple[dict[_Key, int], dict[_Key, int]]:
    """The number of the last response, and of the last full one."""
    last: dict[_Key, int] = {}
    last_in_full: dict[_Key, int] = {}
    for entry in landing.landed():
        for key in _keys(entry):
            last[key] = entry.batch_no
            if entry.from_date is None:
                last_in_full[key] = entry.batch_no
    return last, last_in_full


def _saying_nothing(landing: Landing) -> Iterator[Entry]:
    """Failures, responses without changes, and those identical to the previous one."""
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
_REASONS_SHOWN = 3


def short(address: str) -> str:
    """An address for display: a long list of ids is cut."""
    return address if len(address) <= _LONGEST_ADDRESS else f"{address[:_LONGEST_ADDRESS]}…"


def landing_lines(landing: Landing) -> list[str]:
    """When Kolada was last queried, how much has landed, and which questions have no response."""
    unreadable = [
        f"  unreadable line {number} of {landing.manifest.name}: {why}" for number, why in landing.unreadable.items()
    ]
    if not landing.entries:
        return ["Nothing has been fetched from Kolada yet. Run `kommunlager kolada sync`.", *unreadable]
    landed = landing.landed()
    data = [entry for entry in landed if entry.kind == "data"]
    last = landing.entries[-1]
    ended = "finished" if last.kind == RUN_ENDED else "not finished; the next sync resumes it"
    missing = [entry for entry in landing.entries if entry.status == LANDED and not landing.file(entry).is_file()]
    return [
        f"Last synchronisation: started {last.run_id[:16].replace('T', ' ')} UTC, {ended}",
        f"Landed: {len(landed)} batches, {sum(entry.figures for entry in data)} figures,"
        f" {len({kpi for entry in data for kpi in entry.kpi_ids})} KPIs",
        *(f"  failed {entry.fetched_at}: {short(entry.address)}: {entry.problem}" for entry in _unanswered(landing)),
        *(f"  missing file {entry.file_name}: {short(entry.address)}" for entry in missing),
        *unreadable,
    ]


def _unanswered(landing: Landing) -> list[Entry]:
    """The questions whose last request failed."""
    last = {entry.address: entry for entry in landing.entries}
    return [entry for entry in last.values() if entry.status == FAILED]
