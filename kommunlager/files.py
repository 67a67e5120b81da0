"""Writing text files whole or not at all, waiting for the disk, and hashing."""

import hashlib
import os
from pathlib import Path

from ingest.whole_files import write_whole


def replace_text(path: Path, text: str) -> None:
    """Write a text file in one step, as UTF-8."""
    write_whole(path, text.encode())


def sync(path: Path) -> None:
    """Wait until what a file or folder holds is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def hash_file(path: Path) -> str:
    """SHA-256 of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
