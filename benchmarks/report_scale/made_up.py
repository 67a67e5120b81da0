"""Made-up reports: the shipped review workbooks as other committees' reports of other years, with other figures.

Document id, title and committee say that they are made up. All amounts of a report are multiplied by the same factor,
so that sums and deviations still hold as far as rounding lets them, and no two reports are equal.
"""

import csv
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from html import escape
from pathlib import Path

from benchmarks.measured import PROJECT
from ingest.workbook import layout

REPORTS_OF_A_SET = 5
"""The shipped reports; each set of copies is three committees of one municipality, as the shipped ones are."""
_SETS_OF_A_COMMITTEE = 3
_YEARS_OF_A_SET = 3
_CELL = re.compile(
    r'(<c r="(?P<column>[A-Z]+)(?P<row>\d+)"[^>]*t="inlineStr"[^>]*><is><t[^>]*>)(?P<text>[^<]*)(?=</t></is></c>)'
)
_YEAR = re.compile(r"\b20[0-4]\d\b")
_NUMBER = re.compile(r"(?P<sign>[-−–]?)(?P<whole>\d{1,3}(?:(?P<space>[ \u00a0])\d{3}|\d{3})*)(?:,(?P<decimals>\d+))?")
_SEED = 22


@dataclass(frozen=True)
class MadeUpReport:
    """One report by its number; the same number is always the same report."""

    number: int

    @property
    def shipped(self) -> Path:
        """The workbook that it is a copy of."""
        return _shipped()[self.number % REPORTS_OF_A_SET]

    @property
    def document_id(self) -> str:
        return f"pahittad_{self.number // REPORTS_OF_A_SET}_{self.shipped.stem}"

    def write(self, folder: Path, changed_figures: int = 0) -> Path:
        """Write its workbook, optionally with this many of its first figures changed."""
        path = folder / f"{self.document_id}.xlsx"
        left = changed_figures

        def figure(text: str) -> str:
            nonlocal left
            if not _is_amount(text):
                return text
            left -= 1
            return _times(text, self._factor * (2 if left >= 0 else 1))

        with zipfile.ZipFile(self.shipped) as shipped, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
            kinds = _kinds_of_sheets(shipped)
            for name in shipped.namelist():
                content = shipped.read(name)
                if name in kinds:
                    content = self._sheet(content.decode(), kinds[name], figure).encode()
                written.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
        return path

    def _sheet(self, xml: str, kind: str, figure: Callable[[str], str]) -> str:
        facts = self._facts() if kind == layout.DOCUMENT_SHEET else {}

        def replaced(cell: re.Match[str]) -> str:
            column, row, text = cell["column"], int(cell["row"]), cell["text"]
            if kind == layout.READ_SHEET and f"{column}{row}" == layout.READ_DOCUMENT_CELL:
                text = self.document_id
            elif column == "B" and row in facts:
                text = facts[row](text)
            elif kind.startswith("T") and row >= layout.FIRST_DATA_ROW and column >= "F":
                text = figure(text)
            else:
                text = self._later(text)
            return cell[1] + text

        return _CELL.sub(replaced, xml)

    def _facts(self) -> dict[int, Callable[[str], str]]:
        """What stands in column B of each row of the document sheet that differs."""
        code, municipality = _municipalities()[self._committee_no % len(_municipalities())]
        texts: dict[str, Callable[[str], str]] = {
            "document_id": lambda text: self.document_id,
            "title": lambda text: f"Påhittad: {self._later(text)}",
            "municipality_code": lambda text: code,
            "municipality": lambda text: escape(municipality),
            "committee": lambda text: f"{text} (påhittad {self._committee_no})",
        }
        return {row: texts[name] for row, name in enumerate(layout.DOCUMENT_FIELDS, 1) if name in texts}

    @property
    def _committee_no(self) -> int:
        return self.number // REPORTS_OF_A_SET // _SETS_OF_A_COMMITTEE

    @property
    def _factor(self) -> Decimal:
        return Decimal(random.Random(f"{_SEED} {self.number}").randint(800, 999)) / 1000

    def _later(self, text: str) -> str:
        """The text about a later set of years."""
        years = self.number // REPORTS_OF_A_SET % _SETS_OF_A_COMMITTEE * _YEARS_OF_A_SET
        return _YEAR.sub(lambda year: str(int(year[0]) + years), text)


def _is_amount(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) and not _YEAR.fullmatch(text)


def _times(text: str, factor: Decimal) -> str:
    """A printed number times a factor, with the same decimals and thousands separators."""
    number = _NUMBER.fullmatch(text)
    assert number
    decimals = number["decimals"] or ""
    digits = re.sub(r"\D", "", number["whole"]) + decimals
    product = str(int((Decimal(digits) * factor).to_integral_value(ROUND_HALF_UP))).zfill(len(decimals) + 1)
    whole = product[: len(product) - len(decimals)]
    if number["space"]:
        whole = f"{int(whole):,}".replace(",", number["space"])
    return number["sign"] + whole + (f",{product[-len(decimals) :]}" if decimals else "")


def _kinds_of_sheets(workbook: zipfile.ZipFile) -> dict[str, str]:
    """The name of each sheet that has tables, facts or read texts, by its file."""
    names = re.findall(r'<sheet name="([^"]+)"', workbook.read("xl/workbook.xml").decode())
    return {
        f"xl/worksheets/sheet{number}.xml": name
        for number, name in enumerate(names, 1)
        if name in (layout.DOCUMENT_SHEET, layout.READ_SHEET) or re.fullmatch(r"T\d+", name)
    }


@cache
def _shipped() -> list[Path]:
    found = sorted((PROJECT / "data" / "reports").glob("*.xlsx"))
    assert len(found) == REPORTS_OF_A_SET
    return found


@cache
def _municipalities() -> list[tuple[str, str]]:
    with (PROJECT / "seeds" / "municipality_codes.csv").open(encoding="utf-8", newline="") as seed:
        rows = list(csv.DictReader(seed))
    return [(row["municipality_code"], row["municipality"]) for row in rows if row["area_type"] == "municipality"]
