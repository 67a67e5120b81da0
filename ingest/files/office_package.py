"""Inspects an Office file before a library opens it: its kind, and whether it would exhaust memory."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import InputRefusedError

# A report with all its pictures is a few dozen megabytes; nothing that unpacks to more than this is a report.
_LARGEST_UNPACKED = 500 * 1024 * 1024
_WORD, _EXCEL = "word/document.xml", "xl/workbook.xml"
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_SAVE_AS = "Open it and save it as .docx, .xlsx or PDF."


def package_kind(path: Path) -> str:
    """Return ``word`` or ``excel``.

    Raises InputRefusedError for other kinds of package, damaged ones, and those made to exhaust their reader.
    """
    try:
        with zipfile.ZipFile(path) as package:
            kind = _kind(path, set(package.namelist()))
        refuse_bomb(path)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise InputRefusedError(path, "is damaged or was cut off.", "Fetch or save the file again.") from error
    return kind


def refuse_bomb(path: Path) -> None:
    """Raise InputRefusedError for a package made to exhaust its reader; a damaged one raises zipfile's errors."""
    with zipfile.ZipFile(path) as package:
        _check_size(path, package)
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                _check_part(path, package, name)


def _kind(path: Path, names: set[str]) -> str:
    if _WORD in names:
        return "word"
    if _EXCEL in names:
        return "excel"
    if "content.xml" in names or "xl/workbook.bin" in names:
        raise InputRefusedError(path, "is an Office file of an unsupported kind.", _SAVE_AS)
    raise InputRefusedError(path, "is an archive and not a report.", "Unpack it and read the report inside.")


def _check_size(path: Path, package: zipfile.ZipFile) -> None:
    unpacked = sum(part.file_size for part in package.infolist())
    if unpacked > _LARGEST_UNPACKED:
        raise InputRefusedError(
            path,
            f"would unpack to {unpacked // 1024**2} MB, far more than a report (a zip bomb?).",
            "Don't open it unless you trust its sender; a report saved as PDF can be read.",
        )


def _check_part(path: Path, package: zipfile.ZipFile, name: str) -> None:
    """Refuse a part with a document type: Office never declares one, and its purpose is to expand entities."""
    if any(doctype in chunk for chunk in _chunks(package, name) for doctype in _DOCTYPES):
        raise InputRefusedError(
            path,
            f"its part {name} declares entities, which Office never does (an XML bomb?).",
            "Don't open it unless you trust its sender; ask for the report as PDF.",
        )


def _chunks(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a part one megabyte at a time, each with the end of the one before it."""
    with package.open(name) as part:
        tail = b""
        while chunk := part.read(1024 * 1024):
            yield tail + chunk
            tail = chunk[-32:]
