"""Synchronises what is loaded with the input files of one kind, one transaction per file.

A file that can't be used is set aside: ``raw.set_aside`` holds the reason, and its earlier version, if any, stays
loaded. A file is set aside either here, because it can't be read (``is_refused``), or later, because its content fails
a check. The second kind is retried when the file changes, or the code and seeds that judge it.
"""

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from ingest.errors import InputRefusedError
from ingest.files.whole import remove
from ingest.raw.schema import create_raw_schema

REPORTS = "report_documents"
KEY_FIGURES = "key_figure_files"
_NOTE = r"""
    insert or replace into raw.set_aside
    select
        $1, $2, $3, $4, $5, $6,
        coalesce(document_id, case when $1 = 'report_documents' then regexp_replace($2, '\.[^.]*$', '') end),
        title, municipality_code, municipality, issuer_kind, committee, document_kind, information_date, $7
    from (select 1)
    left join raw.report_documents on $1 = 'report_documents' and file_name = $2
"""


@dataclass
class LoadResult:
    """The result of one ingest, by file name.

    ``refused`` maps a file to the message for its owner, ``held`` one that is still set aside after failing a check.
    ``unread`` has a line for each other file in the folder.
    """

    loaded: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    held: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether schema ``raw`` has changed."""
        return bool(self.loaded or self.removed)


@dataclass(frozen=True)
class InputFiles:
    """The files of one kind; ``register`` is their table in ``raw``, with a file_name and a file_hash per file.

    ``replace`` loads a file, given name, path and hash, in place of what was loaded under that name; it raises
    InputRefusedError. ``forget`` deletes what was loaded under a name. ``last_good`` holds a copy of each file as it
    was last published (see ``keep_last_good``), and ``code_hash`` identifies the code and seeds.
    """

    connection: duckdb.DuckDBPyConnection
    register: str
    last_good: Path
    code_hash: str
    replace: Callable[[str, Path, str], None]
    forget: Callable[[str], None]

    def bring_in_line(self, files: dict[str, Path]) -> LoadResult:
        """Load new and changed files, forget deleted ones, and set refused ones aside."""
        create_raw_schema(self.connection)
        result, loaded, held = LoadResult(), self.loaded_hashes(), self._held()
        # First, so that a file that has only been renamed is not taken for a second copy of its document.
        for name in sorted(loaded.keys() - files.keys()):
            with transaction(self.connection):
                self.forget(name)
            result.removed.append(name)
        for name, path in files.items():
            file_hash = _hash_or_nothing(path)
            if file_hash and loaded.get(name) == file_hash:
                result.unchanged.append(name)
            elif file_hash and held.get(name, ("", ""))[0] == file_hash:
                result.held[name] = held[name][1]
                self._fall_back(name)
            else:
                self._load_or_set_aside(name, path, file_hash, result)
        self._drop_notes_except(result.held.keys() | result.refused.keys())
        return result

    def admit(self, name: str, path: Path) -> None:
        """Load one file again after ``withdraw``; raises InputRefusedError."""
        with transaction(self.connection):
            self.replace(name, path, hash_input(path))

    def set_aside(self, name: str, reason: str, current: Path) -> None:
        """Withdraw what was loaded from a file, and record that a check failed for the file at ``current``."""
        self._note(name, _hash_or_nothing(current), reason, is_refused=False)
        self.withdraw(name)

    def withdraw(self, name: str) -> None:
        """Replace the loaded version by the last good one, or by nothing if it is that version."""
        withdrawn = self.loaded_hashes().get(name)
        with transaction(self.connection):
            self.forget(name)
        if self._last_good_hash(name) != withdrawn:
            self._fall_back(name)

    def unpublished(self) -> list[str]:
        """The files whose loaded version is not the last good one."""
        return [name for name, file_hash in self.loaded_hashes().items() if self._last_good_hash(name) != file_hash]

    def keep_last_good(self, files: dict[str, Path]) -> None:
        """Copy each loaded file to ``last_good``, and drop the copies of those no longer loaded."""
        self.last_good.mkdir(parents=True, exist_ok=True)
        loaded = self.loaded_hashes()
        for name, file_hash in loaded.items():
            is_current = name in files and _hash_or_nothing(files[name]) == file_hash
            if is_current and self._last_good_hash(name) != file_hash:
                _replace_copy(files[name], self.last_good / name)
        for kept in self.last_good.iterdir():
            if kept.name not in loaded:
                remove(kept)

    def loaded_hashes(self) -> dict[str, str]:
        """The hash of each loaded file by its name."""
        return dict(self.connection.execute(f"select file_name, file_hash from raw.{self.register}").fetchall())

    def _load_or_set_aside(self, name: str, path: Path, file_hash: str, result: LoadResult) -> None:
        try:
            with transaction(self.connection):
                self.replace(name, path, file_hash)
            result.loaded.append(name)
        except InputRefusedError as error:
            result.refused[name] = str(error)
            self._note(name, file_hash, str(error), is_refused=True)
            self._fall_back(name)

    def _fall_back(self, name: str) -> None:
        """Load the last good version if no version is loaded."""
        kept = self.last_good / name
        if kept.exists() and name not in self.loaded_hashes():
            with suppress(InputRefusedError), transaction(self.connection):
                self.replace(name, kept, hash_input(kept))

    def _last_good_hash(self, name: str) -> str:
        return _hash_or_nothing(self.last_good / name)

    def _held(self) -> dict[str, tuple[str, str]]:
        query = """
            select file_name, file_hash, reason from raw.set_aside
            where register = $1 and not is_refused and code_hash = $2
        """
        rows = self.connection.execute(query, [self.register, self.code_hash]).fetchall()
        return {name: (file_hash, reason) for name, file_hash, reason in rows}

    def _note(self, name: str, file_hash: str, reason: str, *, is_refused: bool) -> None:
        """Record why a file is set aside, with the document's facts as loaded."""
        now = dt.datetime.now(tz=dt.UTC)
        values = [self.register, name, file_hash, reason, is_refused, self.code_hash, now]
        self.connection.execute(_NOTE, values)

    def _drop_notes_except(self, names: Collection[str]) -> None:
        self.connection.execute(
            "delete from raw.set_aside where register = $1 and not list_contains($2, file_name)",
            [self.register, list(names)],
        )


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit everything that is done inside, or nothing."""
    connection.execute("begin transaction")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def hash_input(path: Path) -> str:
    """SHA-256 over the names and contents of a file, or of the files of a folder."""
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _hash_or_nothing(path: Path) -> str:
    """The hash, or "" if the file is missing or unreadable; reading it will report why."""
    try:
        return hash_input(path) if path.exists() else ""
    except OSError:
        return ""


def _replace_copy(path: Path, copy: Path) -> None:
    """Put a complete copy of a file or folder in place, or keep the old one."""
    unfinished = copy.with_name(f".{copy.name}.unfinished")
    remove(unfinished)
    if path.is_dir():
        shutil.copytree(path, unfinished)
    else:
        shutil.copyfile(path, unfinished)
    remove(copy)
    os.replace(unfinished, copy)
