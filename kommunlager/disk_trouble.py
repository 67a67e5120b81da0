"""What to say when a disk is full or a folder can't be written: where, and what to do about it."""

import errno
import os
import shutil
from pathlib import Path

import duckdb

_FULL = (errno.ENOSPC, errno.EDQUOT)
_CLOSED = (errno.EROFS, errno.EACCES, errno.EPERM)
_STANDS = "What was there before stands; give the same command again."


def disk_trouble(error: BaseException, folder: Path) -> str | None:
    """A message for an error of the disk, None for any other; ``folder`` is where was written if it names no file."""
    place = Path(error.filename) if isinstance(error, OSError) and isinstance(error.filename, str) else folder
    if _is(error, _FULL):
        return no_space(place)
    if _is(error, _CLOSED):
        return f"{place} can't be written or read: {_reason(error)}. See to its rights. {_STANDS}"
    return None


def no_space(place: Path) -> str:
    """The message where a file or folder has no room."""
    free = shutil.disk_usage(_existing(place)).free // 1_000_000
    return f"No space left on the disk of {place} ({free} MB free). Make room there. {_STANDS}"


def _is(error: BaseException, numbers: tuple[int, ...]) -> bool:
    """DuckDB only words what the system said."""
    if isinstance(error, duckdb.Error):
        return any(os.strerror(number) in str(error) for number in numbers)
    return isinstance(error, OSError) and error.errno in numbers


def _reason(error: BaseException) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error).splitlines()[0]


def _existing(place: Path) -> Path:
    return next(folder for folder in (place, *place.absolute().parents) if folder.exists())
