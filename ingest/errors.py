"""The errors of ingest whose messages are shown to the user."""

from pathlib import Path
from traceback import format_exception


class InputRefusedError(Exception):
    """An input file can't be loaded; the message says what, where and what to do about it."""

    def __init__(self, file: Path, problem: str, remedy: str, place: str = "") -> None:
        super().__init__(file, problem, remedy, place)
        where = f"{file.name}, {place}" if place else file.name
        self.message = f"{where}: {problem} {remedy}"

    def __str__(self) -> str:
        return self.message


class ReaderFaultError(InputRefusedError):
    """The reader itself failed on a file that may be fine; ``trace`` is the stack trace of the original error."""

    def __init__(self, file: Path, page: int, error: Exception) -> None:
        problem = f"could not be read because of an error in Kommunlager, not in the file ({type(error).__name__})."
        remedy = "What was read and loaded before is unchanged. Please report this with the log."
        super().__init__(file, problem, remedy, f"page {page}" if page else "")
        self.trace = "".join(format_exception(error))
        # Another process makes the error again from these.
        self.args = (file, page, error)
