"""The one error that ingest raises at a user."""

from pathlib import Path


class InputRefusedError(Exception):
    """An input file can't be loaded; the message says what, where and what to do about it."""

    def __init__(self, file: Path, problem: str, remedy: str, place: str = "") -> None:
        where = f"{file.name}, {place}" if place else file.name
        super().__init__(f"{where}: {problem} {remedy}")
