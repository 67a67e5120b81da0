"""Chooses the source that reads a file by the file's content, whatever its name."""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from traceback import walk_tb

from ingest.errors import InputRefusedError
from ingest.files.office_package import package_kind
from ingest.reading.blocks import Block, Picture, PrintedPage, SkippedPage
from ingest.reading.sources.excel import excel_blocks
from ingest.reading.sources.lines_of_print import text_print
from ingest.reading.sources.pdf import pdf_blocks
from ingest.reading.sources.plain_text import decoded_text
from ingest.reading.sources.text import text_blocks
from ingest.reading.sources.word import word_blocks

OnPage = Callable[[int, int], None]

_PACKAGE = __name__.partition(".")[0] + "."
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def report_blocks(path: Path, on_page: OnPage) -> Iterator[Block | Picture | PrintedPage | SkippedPage]:
    """Yield the blocks of a report, its pictures that may be tables, and the print of its pages.

    ``on_page`` is called with each page number and the page count; only PDFs have pages. Raises InputRefusedError for a
    file that can't be read, with a message that says what to do. Errors in our own code are raised unchanged.
    """
    try:
        yield from _blocks(path, on_page)
    except (InputRefusedError, MemoryError):
        raise
    except Exception as error:  # A damaged file can raise any error in its library.
        if _is_own_fault(error):
            raise
        raise InputRefusedError(
            path, f"is damaged and can't be read ({type(error).__name__}: {error}).", "Fetch or save the file again."
        ) from error


def _is_own_fault(error: Exception) -> bool:
    """Whether an error was raised by this package and not by the library that opened the file."""
    *_, (frame, _) = walk_tb(error.__traceback__)
    return str(frame.f_globals["__name__"]).startswith(_PACKAGE)


def _blocks(path: Path, on_page: OnPage) -> Iterator[Block | Picture | PrintedPage | SkippedPage]:
    start = _first_bytes(path)
    if not start.strip():
        raise InputRefusedError(path, "is empty.", "Fetch or save the file again.")
    if b"%PDF-" in start:
        return pdf_blocks(path, on_page)
    if start.startswith(b"PK"):
        return word_blocks(path) if package_kind(path) == "word" else excel_blocks(path)
    if start.startswith(_OLD_OFFICE):
        raise _refused_old_office(path)
    text = decoded_text(path)
    return chain(text_print(text), text_blocks(text))


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(1024)
    except OSError as error:
        raise InputRefusedError(
            path, f"can't be opened ({error.strerror}).", "Check the name and your permissions."
        ) from error


def _refused_old_office(path: Path) -> InputRefusedError:
    """Office wraps a file with a password in the format that it used until 2003."""
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        return InputRefusedError(path, "is protected by a password.", "Save a copy without a password and read that.")
    return InputRefusedError(path, "is in the Office 97–2003 format.", "Open it and save it as .docx or .xlsx.")
