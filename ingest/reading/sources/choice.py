"""Decides by a file's content, whatever it is called, which source reads it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from ingest.errors import InputRefusedError
from ingest.reading.blocks import Block
from ingest.reading.sources.excel import excel_blocks
from ingest.reading.sources.package import package_kind
from ingest.reading.sources.pdf import pdf_blocks
from ingest.reading.sources.plain_text import decoded_text
from ingest.reading.sources.word import word_blocks

OnPage = Callable[[int, int], None]

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def report_blocks(path: Path, on_page: OnPage) -> Iterator[Block]:
    """Give the blocks of a report.

    ``on_page`` is told the number of each page as it is reached and how many there are; only PDFs have pages.
    Raises InputRefusedError for a file that can't be read, saying what to do about it.
    """
    try:
        yield from _blocks(path, on_page)
    except InputRefusedError:
        raise
    except Exception as error:  # A damaged file can make its library fail in any way.
        raise InputRefusedError(
            path, f"is damaged and can't be read ({type(error).__name__}: {error}).", "Fetch or save the file again."
        ) from error
