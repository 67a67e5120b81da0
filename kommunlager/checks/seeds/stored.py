"""Reads a seed as stored, and repairs its storage: Excel's semicolons, Windows-1252, SANT, 0,5."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.errors import InputRefusedError
from ingest.files.csv import CsvForm, csv_form, opened_text
from ingest.files.whole import replace_text
from kommunlager.checks.seeds.declared import DeclaredSeed

_TRUTH = {"sant": "true", "falskt": "false"}


def read_rows(path: Path, seed: DeclaredSeed) -> list[list[str]]:
    """Header and rows without blank ones, with dbt's words for true and false.

    Raises InputRefusedError if the file can't be read as text.
    """
    header, *rows = _cells(path, csv_form(path))
    types = [seed.types.get(name, "varchar") for name in header]
    return [header, *([as_declared(text, kind) for text, kind in _paired(row, types)] for row in rows)]


def repair_seeds(folder: Path, seeds: dict[str, DeclaredSeed]) -> list[str]:
    """Rewrite each seed that is stored differently as UTF-8 with commas, and nothing else; returns a line for each."""
    return [_repair(folder / f"{seed.name}.csv", seed) for seed in seeds.values() if needs_repair(folder, seed)]


def needs_repair(folder: Path, seed: DeclaredSeed) -> bool:
    """Whether a seed can be read but is stored differently from what dbt reads."""
    path = folder / f"{seed.name}.csv"
    try:
        form, rows = csv_form(path), read_rows(path, seed)
    except (InputRefusedError, FileNotFoundError, csv.Error):
        return False
    return set(rows[0]) == set(seed.types) and not _is_right(path, form, rows)


def _repair(path: Path, seed: DeclaredSeed) -> str:
    replace_text(path, csv_text(read_rows(path, seed)))
    return f"{path.parent.name}/{path.name} was saved by Excel; converted back to UTF-8 with commas"


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Rows in the form in which seeds are stored."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _is_right(path: Path, form: CsvForm, rows: list[list[str]]) -> bool:
    stored = path.read_bytes()
    if form.delimiter != "," or form.encoding != "utf-8-sig" or stored.startswith(b"\xef\xbb\xbf") or b"\r" in stored:
        return False
    return list(csv.reader(io.StringIO(stored.decode("utf-8"), newline=""))) == rows


def _cells(path: Path, form: CsvForm) -> Iterator[list[str]]:
    """The rows that hold anything, without the blank cells that Excel adds after the last column."""
    with opened_text(path, form) as file:
        width = 0
        for row in csv.reader(file, delimiter=form.delimiter, strict=True):
            if any(text.strip() for text in row):
                width = width or len([name for name in row if name.strip()])
                extra = row[width:]
                yield row if any(extra) else row[:width]


def _paired(row: list[str], types: list[str]) -> Iterator[tuple[str, str]]:
    for place, text in enumerate(row):
        yield text, types[place] if place < len(types) else "varchar"


def as_declared(text: str, kind: str) -> str:
    """A cell as dbt reads it: its words for true and false, and a decimal point."""
    if kind == "boolean":
        return _TRUTH.get(text.strip().lower(), text)
    return text if kind in ("varchar", "date") else text.replace(",", ".")
