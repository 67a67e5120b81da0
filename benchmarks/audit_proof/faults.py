"""Plants one fault at a time in a copy of the workbooks, from a seeded generator."""

import csv
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.audit_proof import print_numbers
from benchmarks.audit_proof.pages import Page, Place
from benchmarks.audit_proof.relations import Relations
from ingest.document import Document, Table

CORRECTIONS = Path(__file__).resolve().parents[2] / "seeds" / "corrections.csv"
_OTHER_UNIT = {"tkr": "mnkr", "mnkr": "tkr", "Mnkr": "Tkr"}
_FLIPPED = {"≤": "≥", "≥": "≤", "<": ">", ">": "<"}


@dataclass(frozen=True)
class Fault:
    """One planted fault: its place and the changed document. ``row_shift`` is how far later rows have moved."""

    kind: str
    place: Place
    document: Document
    row_shift: int = 0

    def clean_row(self, row_no: int) -> int:
        """The number in the clean table of a row of the changed one; a copy has its original's."""
        first_moved = self.place.row_no + (1 if self.row_shift > 0 else 0)
        return row_no - self.row_shift if self.row_shift and row_no >= first_moved else row_no


Planter = Callable[[random.Random, Page, Relations], Iterator[Fault]]


def plant(kind: str, number: int, pages: list[Page], relations: Relations, seed: int) -> list[Fault]:
    """Up to ``number`` different faults of a kind, spread over all tables that can have one.

    None is planted where the print itself is wrong and corrected, since it might undo that error.
    """
    dice = random.Random(f"{seed} {kind}")
    wrong = _wrong_in_print()
    queues = [[fault for fault in PLANTERS[kind](dice, page, relations) if fault.place not in wrong] for page in pages]
    for queue in queues:
        dice.shuffle(queue)
    dice.shuffle(queues)
    faults: list[Fault] = []
    while any(queues) and len(faults) < number:
        faults += [queue.pop() for queue in queues if queue][: number - len(faults)]
    return faults


def _cell_planter(kind: str, changed_texts: Callable[[str], list[str]]) -> Planter:
    """Faults that change the text of one number."""

    def planter(dice: random.Random, page: Page, relations: Relations) -> Iterator[Fault]:
        for (row_no, col_no), number in page.numbers.items():
            text = page.text(row_no, col_no)
            texts = [other for other in changed_texts(text) if print_numbers.read(other) not in (None, number)]
            if texts and number.value:
                yield _with_texts(kind, page, page.place(row_no, col_no), {(row_no, col_no): dice.choice(texts)})

    return planter


def _lose_minus(text: str) -> list[str]:
    bare = print_numbers.without_minus(text)
    return [bare] if bare != text else []


def _add_minus(text: str) -> list[str]:
    return [print_numbers.with_minus(text)] if print_numbers.without_minus(text) == text else []


def _totals_edited(dice: random.Random, page: Page, relations: Relations) -> Iterator[Fault]:
    edit = _cell_planter("total edited", print_numbers.with_another_digit)
    for fault in edit(dice, page, relations):
        if fault.place in relations.totals:
            yield fault


def _cells_shifted(dice: random.Random, page: Page, relations: Relations) -> Iterator[Fault]:
    """A number that has slipped into the next column; if that is filled, the two are swapped."""
    for row_no, col_no in page.numbers:
        for other in (col_no - 1, col_no + 1):
            if other in page.columns and page.text(row_no, other) != page.text(row_no, col_no):
                texts = {(row_no, other): page.text(row_no, col_no), (row_no, col_no): page.text(row_no, other)}
                yield _with_texts("cell shifted one column", page, page.place(row_no, col_no), texts)


def _targets_flipped(dice: random.Random, page: Page, relations: Relations) -> Iterator[Fault]:
    for (row_no, col_no), (sign, _) in page.targets.items():
        if sign in _FLIPPED:
            text = page.text(row_no, col_no).replace(sign, _FLIPPED[sign])
            yield _with_texts("target's sign flipped", page, page.place(row_no, col_no), {(row_no, col_no): text})


def _rows_duplicated(dice: random.Random, page: Page, relations: Relations) -> Iterator[Fault]:
    for row_no in _numbered_rows(page):
        rows = (*page.table.rows[:row_no], *page.table.rows[row_no - 1 :])
        yield _with_table("row duplicated", page, page.place(row_no, 0), replace(page.table, rows=rows), 1)


def _rows_dropped(dice: random.Random, page: Page, relations: Relations) -> Iterator[Fault]:
    for row_no in _numbered_rows(page):
        rows = (*page.table.rows[: row_no - 1], *page.table.rows[row_no:])
        if rows:
            yield _with_table("row dropped", page, page.place(row_no, 0), replace(page.table, rows=rows), -1)


def _units_exchanged(dice: random.Random, page: Page, relations: Relations) -> Iterator[Fault]:
    """Replace the unit and every word of the table's heading that repeats it, as in a wrong print."""
    unit = page.table.unit
    if unit in _OTHER_UNIT:
        exchanged = {
            name: re.sub(rf"\b{unit}\b", _OTHER_UNIT[unit], getattr(page.table, name), flags=re.IGNORECASE)
            for name in ("unit", "label_header", "title")
        }
        yield _with_table("tkr and mnkr exchanged", page, page.place(0, 0), replace(page.table, **exchanged))


def _header_years_changed(dice: random.Random, page: Page, relations: Relations) -> Iterator[Fault]:
    for col_no in page.columns:
        found = re.search(r"\b20\d\d\b", page.header(col_no))
        if found and any(place[1] == col_no for place in page.numbers):
            year = str(int(found[0]) + dice.choice((-1, 1)))
            columns = list(page.table.columns)
            columns[col_no - 1] = replace(columns[col_no - 1], header=page.header(col_no).replace(found[0], year))
            table = replace(page.table, columns=tuple(columns))
            yield _with_table("header year changed", page, page.place(0, col_no), table)


PLANTERS: dict[str, Planter] = {
    "minus lost": _cell_planter("minus lost", _lose_minus),
    "minus added": _cell_planter("minus added", _add_minus),
    "digits swapped": _cell_planter("digits swapped", print_numbers.with_swapped_digits),
    "decimal moved": _cell_planter("decimal moved", print_numbers.with_moved_decimal),
    "total edited": _totals_edited,
    "cell shifted one column": _cells_shifted,
    "row duplicated": _rows_duplicated,
    "row dropped": _rows_dropped,
    "tkr and mnkr exchanged": _units_exchanged,
    "target's sign flipped": _targets_flipped,
    "header year changed": _header_years_changed,
}


def _wrong_in_print() -> set[Place]:
    with CORRECTIONS.open(encoding="utf-8", newline="") as seed:
        return {
            Place(row["document_id"], int(row["table_no"]), int(row["row_no"] or 0), int(row["col_no"] or 0))
            for row in csv.DictReader(seed)
        }


def _numbered_rows(page: Page) -> list[int]:
    return sorted({row_no for (row_no, _), number in page.numbers.items() if number.value})


def _with_texts(kind: str, page: Page, place: Place, texts: dict[tuple[int, int], str]) -> Fault:
    rows = list(page.table.rows)
    for (row_no, col_no), text in texts.items():
        cells = list(rows[row_no - 1].cells)
        cells[col_no - 1] = text
        rows[row_no - 1] = replace(rows[row_no - 1], cells=tuple(cells))
    return _with_table(kind, page, place, replace(page.table, rows=tuple(rows)))


def _with_table(kind: str, page: Page, place: Place, table: Table, row_shift: int = 0) -> Fault:
    """The document with one table changed, as if it had been read like that: nothing shows a manual change."""
    tables = tuple(table if old.table_no == table.table_no else old for old in page.document.tables)
    return Fault(kind, place, replace(page.document, tables=tables, read_texts={}), row_shift)
