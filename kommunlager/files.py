"""Writing files so that a reader, or a run after a kill, finds them whole or not at all."""

import hashlib
import os
from pathlib import Path


def replace_text(path: Path, text: str) -> None:
    """Write a text file in one step: beside it, to the disk, then over it."""
    pending = path.with_name(f".{path.name}.next")
    pending.write_text(text, encoding="utf-8")
    sync(pending)
    os.replace(pending, path)


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
