"""Detects how a csv file is stored, including Excel's Swedish form: semicolons, Windows-1252, a byte order mark.

Anything else is refused with its cause. ``kommunlager.checks.seeds`` reads seeds by the same rule.
"""

import codecs
import csv
import gzip
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from ingest.errors import InputRefusedError

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE_AS = "In Excel, save it as 'CSV UTF-8'."
# What Windows-1252 shows for å, ä, ö, Å, Ä, Ö and é of a Mac or of MS-DOS, where it can't be punctuation.
_OTHER_LETTERS = re.compile(r"(?<=[a-z])[ŒŠšŽž€…†„”™‚](?=[a-z])|[ŒŠš€†„™‚](?=[a-z]{2})", re.IGNORECASE)
_SWEDISH_LETTERS = re.compile("[åäöÅÄÖ]")


# What Excel takes for a formula, at the beginning of a text and after a character at which it may part columns.
_BEGINS_A_FORMULA = re.compile(r"(^|[;\t\r\n])(?=[=+\-@])")
_NUMBER = re.compile(r"[+-]?[\d\s.,]*%?")


def not_a_formula(text: str) -> str:
    """A text for a csv file that Excel takes for a text or a number: a space is put before what begins a formula."""
    return text if _NUMBER.fullmatch(text) else _BEGINS_A_FORMULA.sub(r"\1 ", text)


@dataclass(frozen=True)
class CsvForm:
    """How a csv file is stored; ``encoding`` is ``utf-8-sig`` or ``cp1252``."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]

    @property
    def has_decimal_commas(self) -> bool:
        """Whether commas may be decimal signs, since Excel separates columns by semicolons."""
        return self.delimiter != ","


def csv_form(path: Path) -> CsvForm:
    """Inspect a csv file, with or without gzip.

    Raises InputRefusedError for one that is empty or not text in UTF-8 or Windows-1252.
    """
    encoding = _encoding(path)
    if encoding == "cp1252":
        _refuse_mac_and_dos(path)
    with opened(path) as file:
        first = next((line for line in codecs.getreader(encoding)(file) if line.strip()), "")
    if not first:
        raise InputRefusedError(path, "is empty.", "Put its rows back, or remove the file.")
    delimiter = max(",;\t", key=first.count)
    return CsvForm(encoding, delimiter, tuple(name.strip() for name in next(csv.reader([first], delimiter=delimiter))))


def _encoding(path: Path) -> str:
    encodings = {name: codecs.getincrementaldecoder(name)() for name in ("utf-8-sig", "cp1252")}
    with opened(path) as file:
        while encodings:
            chunk = file.read(1024 * 1024)
            if chunk.startswith(_UTF16) or b"\0" in chunk:
                raise InputRefusedError(path, "is saved as Unicode text (UTF-16), or is not text at all.", _SAVE_AS)
            for name, decoder in list(encodings.items()):
                try:
                    decoder.decode(chunk, final=not chunk)
                except UnicodeDecodeError:
                    del encodings[name]
            if not chunk:
                break
    if not encodings:
        raise InputRefusedError(path, "is text in neither UTF-8 nor Windows-1252.", _SAVE_AS)
    return next(iter(encodings))


def _refuse_mac_and_dos(path: Path) -> None:
    """Refuse text of a Mac or of MS-DOS, which is valid Windows-1252 too, but without any Swedish letter."""
    is_odd = False
    with opened(path) as file:
        for line in io.TextIOWrapper(file, "cp1252"):
            if _SWEDISH_LETTERS.search(line):
                return
            is_odd = is_odd or _OTHER_LETTERS.search(line) is not None
    if is_odd:
        raise InputRefusedError(path, "was saved as CSV for Macintosh or MS-DOS, so å, ä and ö are lost.", _SAVE_AS)


def opened(path: Path) -> IO[bytes]:
    """Open the file's bytes, unpacked."""
    return cast(IO[bytes], gzip.open(path)) if path.suffix.lower() == ".gz" else path.open("rb")
