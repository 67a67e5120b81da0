"""How a step reports failure: exit codes, and the messages for disk errors."""

import errno
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

EXIT_OK = 0
EXIT_UNEXPECTED = 1
EXIT_WRONG_USE = 2
EXIT_DATA_REFUSED = 3
EXIT_CHECKS_FAILED = 4
EXIT_BUILD_FAILED = 5
EXIT_NOT_PUBLISHED = 6
EXIT_ALREADY_RUNNING = 7
EXIT_NOTHING_NEW = 8
EXIT_NOT_SYNCED = 9
EXIT_SET_ASIDE = 10
EXIT_UNSOUND = 11
EXIT_INTERRUPTED = 130

# The outcome of a run in one word, used in records, logs and the mart pipeline_runs.
OUTCOMES = {
    EXIT_OK: "ok",
    EXIT_UNEXPECTED: "failed",
    EXIT_WRONG_USE: "failed",
    EXIT_DATA_REFUSED: "data_refused",
    EXIT_CHECKS_FAILED: "checks_failed",
    EXIT_BUILD_FAILED: "build_failed",
    EXIT_NOT_PUBLISHED: "not_published",
    EXIT_NOTHING_NEW: "nothing_new",
    EXIT_NOT_SYNCED: "not_synced",
    EXIT_SET_ASIDE: "set_aside",
    EXIT_INTERRUPTED: "interrupted",
}


class StepFailedError(Exception):
    """A step of the main job failed; the message is for the person who ran it."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class DocumentsAtFaultError(StepFailedError):
    """A check failed because of individual documents; ``reasons`` maps each ``document_id`` to its fault."""

    def __init__(self, message: str, exit_code: int, reasons: dict[str, str]) -> None:
        super().__init__(message, exit_code)
        self.reasons = reasons


class BrokenBuildError(StepFailedError):
    """The content of ``build/`` is damaged; since it can be built again, ``run`` throws it away and does so."""

    def __init__(self, reason: str) -> None:
        remedy = "`kommunlager run` throws it away and builds it anew."
        super().__init__(f"build/ is damaged ({reason}). {remedy}", EXIT_BUILD_FAILED)
        self.reason = reason


_FULL = (errno.ENOSPC, errno.EDQUOT)
_CLOSED = (errno.EROFS, errno.EACCES, errno.EPERM)
_IN_THE_WAY = (errno.EISDIR, errno.ENOTDIR, errno.EEXIST)
_UNCHANGED = "Existing files are unchanged; run the same command again."


def disk_trouble(error: BaseException, folder: Path) -> str | None:
    """The message for a disk error, None for any other; ``folder`` is named if the error names no file."""
    place = Path(error.filename) if isinstance(error, OSError) and isinstance(error.filename, str) else folder
    if _is(error, _FULL):
        return no_space(place)
    if is_in_the_way(error):
        return f"{in_the_way(place)} {_UNCHANGED}"
    if _is(error, _CLOSED):
        return f"{place} can't be written or read: {_reason(error)}. Check its permissions. {_UNCHANGED}"
    return None


_MOST_NAMED = 10


def first_of(names: Sequence[str]) -> str:
    """The names in a message; of many, the first and how many more there are."""
    more = len(names) - _MOST_NAMED
    return ", ".join(names) if more <= 0 else f"{', '.join(names[:_MOST_NAMED])} and {more} more"


def first_line(error: BaseException) -> str:
    """The kind of an error and the first line of its message."""
    lines = str(error).splitlines()
    return f"{type(error).__name__}: {lines[0] if lines else 'no message'}"


def os_error_message(error: OSError) -> str:
    """The message for any error of the system."""
    place = f"{error.filename}: " if error.filename else ""
    return disk_trouble(error, Path.cwd()) or f"{place}{error.strerror or error}. Existing files are unchanged."


def is_in_the_way(error: BaseException) -> bool:
    """Whether there is a folder in the place of a file, or a file in the place of a folder."""
    return isinstance(error, OSError) and error.errno in _IN_THE_WAY


def in_the_way(place: Path) -> str:
    """The message if there is a folder in the place of a file, or a file in the place of a folder."""
    found = next((path for path in (place, *place.parents) if path.exists() and not path.is_dir()), None)
    kinds = ("file", "folder") if found else ("folder", "file")
    return f"{found or place} is a {kinds[0]} where a {kinds[1]} belongs. Rename it, or run `kommunlager doctor`."


def no_space(place: Path) -> str:
    """The message if there is no space for a file or folder."""
    free = shutil.disk_usage(_existing(place)).free // 1_000_000
    return f"No space left on the disk of {place} ({free} MB free). Free some space. {_UNCHANGED}"


def _is(error: BaseException, numbers: tuple[int, ...]) -> bool:
    """Whether it is one of these system errors; DuckDB only repeats the system's text."""
    # Every command imports this module, and few need the database.
    import duckdb

    if isinstance(error, duckdb.Error):
        return any(os.strerror(number) in str(error) for number in numbers)
    return isinstance(error, OSError) and error.errno in numbers


def _reason(error: BaseException) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error).splitlines()[0]


def _existing(place: Path) -> Path:
    return next(folder for folder in (place, *place.absolute().parents) if folder.exists())
