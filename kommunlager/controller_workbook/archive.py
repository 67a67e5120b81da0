"""Opens a workbook, and saves it so that the same content always gives the same bytes."""

import datetime as dt
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from ingest.files.whole import whole_file


@contextmanager
def opened_workbook() -> Iterator[Workbook]:
    """A workbook whose sheets are written one by one to temporary files.

    After an error no sheet is left open, since openpyxl would print a stack trace for it. Raises OSError where lxml
    could not write, whose own error says only ``IO_ENOSPC``.
    """
    workbook = Workbook(write_only=True)
    try:
        yield workbook
    except Exception as error:
        for sheet in workbook.worksheets:
            with suppress(Exception):
                sheet.close()
        if str(error).startswith("IO_"):
            raise OSError(f"the folder for temporary files can't be written to ({gettempdir()}: {error})") from error
        raise


def save(workbook: Workbook, path: Path, moment: dt.datetime) -> None:
    """Save as of ``moment``, which stands where openpyxl would put the time of the clock."""
    workbook.properties.created = workbook.properties.modified = moment
    with whole_file(path) as file, _Archive(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.moment = moment.timetuple()[:6]
        ExcelWriter(workbook, archive).save()


class _Archive(zipfile.ZipFile):
    """A zip file whose entries are all of one moment."""

    moment: tuple[int, ...]

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any) -> None:
        super().writestr(self._entry(str(zinfo_or_arcname)), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any) -> None:
        entry = self._entry(str(arcname))
        entry.file_size = os.stat(filename).st_size
        with open(filename, "rb") as source, self.open(entry, "w") as target:
            shutil.copyfileobj(source, target)

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, self.moment)  # type: ignore[arg-type]
        entry.compress_type = self.compression
        return entry
