"""Detects how a csv file is stored, including Excel's Swedish form: semicolons, Windows-1252, a byte order mark.

A line ``sep=;`` before the header, by which Excel knows the separator, is skipped. Anything else is refused with its
cause. ``kommunlager.checks.seeds`` reads seeds by the same rule.
"""

import codecs
import csv
import gzip
import re
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from ingest.errors import InputRefusedError

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATOR = re.compile(r'"?sep=([,;\t])"?[,;]*', re.IGNORECASE)
# The bytes of å, ä, ö, Å, Ä, Ö in Windows-1252, and those of the same letters within words on a Mac and in MS-DOS.
_WINDOWS_LETTERS = re.compile(rb"[\xe5\xe4\xf6\xc5\xc4\xd6]")
_OTHER_LETTERS = re.compile(rb"[A-Za-z][\x8c\x8a\x9a\x86\x84\x94][a-z]|[\x81\x80\x8f\x8e\x99][a-z]")
_SAVE_AS = "In Excel, save it as 'CSV UTF-8'."
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
    lines_before_header: int = 0

    @property
    def has_decimal_commas(self) -> bool:
        """Whether commas may be decimal signs, since Excel separates columns by semicolons."""
        return self.delimiter != ","


def csv_form(path: Path) -> CsvForm:
    """Inspect a csv file, with or without gzip.

    Raises InputRefusedError for one that is empty or not text in UTF-8 or Windows-1252.
    """
    encoding = _encoding(path)
    with opened(path) as file:
        lines = (line for line in codecs.getreader(encoding)(file) if line.strip())
        first = next(lines, "")
        separator = _SEPARATOR.fullmatch(first.strip("\r\n"))
        header = next(lines, "") if separator else first
    if not header:
        raise InputRefusedError(path, "is empty.", "Put its rows back, or remove the file.")
    delimiter = separator[1] if separator else max(",;\t", key=header.count)
    names = next(csv.reader([header], delimiter=delimiter))
    return CsvForm(encoding, delimiter, tuple(name.strip() for name in names), 1 if separator else 0)


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
    encoding = next(iter(encodings), "")
    if encoding != "utf-8-sig" and _is_from_mac_or_dos(path):
        raise InputRefusedError(path, "is saved in the character set of a Mac or of MS-DOS.", _SAVE_AS)
    if not encoding:
        raise InputRefusedError(path, "is text in neither UTF-8 nor Windows-1252.", _SAVE_AS)
    return encoding


def _is_from_mac_or_dos(path: Path) -> bool:
    """Whether Swedish letters are stored as a Mac or MS-DOS does; as Windows-1252 they would be other characters."""
    with opened(path) as file:
        text = file.read()
    return bool(_OTHER_LETTERS.search(text)) and not _WINDOWS_LETTERS.search(text)


def opened_text(path: Path, form: CsvForm) -> IO[str]:
    """Open the text of an unpacked file at its header."""
    file = path.open(encoding=form.encoding, newline="")
    for _ in range(form.lines_before_header):
        file.readline()
    return file


def opened(path: Path) -> IO[bytes]:
    """Open the file's bytes, unpacked."""
    return cast(IO[bytes], gzip.open(path)) if path.suffix.lower() == ".gz" else path.open("rb")
