"""Checks all seeds by the rules of their YAML before anything is loaded, and reports all faults at once."""

import csv
import re
import shutil
import tempfile
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import duckdb

from ingest.errors import InputRefusedError
from ingest.files.whole import replace_text
from kommunlager.checks.seeds.declared import DeclaredSeed, declared_seeds
from kommunlager.checks.seeds.faults import Fault, rule_faults, type_faults
from kommunlager.checks.seeds.stored import needs_repair, read_rows, repair_seeds
from kommunlager.duckdb_files import connect
from kommunlager.errors import EXIT_DATA_REFUSED, StepFailedError
from kommunlager.installation import Installation

_MOST_A_SEED = 10
# What å, ä, ö and dashes become when UTF-8 is opened as Windows-1252 and saved.
_GARBLED = re.compile("Ã[¥¤¶…„–©]|â€|\ufffd")


def ready_seeds(installation: Installation) -> list[str]:
    """Check the content of all seeds, then repair how they are stored.

    Returns a line for each repaired seed, and raises like ``check_seeds``.
    """
    check_seeds(installation)
    folder = installation.project / "seeds"
    return repair_seeds(folder, declared_seeds(folder))


def repair_sound_seeds(installation: Installation) -> list[str]:
    """Repair how seeds are stored if no seed has a fault; returns a line for each repaired one.

    It is quick where nothing needs repair, and leaves reporting faults to the step that needs the seeds.
    """
    folder = installation.project / "seeds"
    seeds = declared_seeds(folder)
    if not any(needs_repair(folder, seed) for seed in seeds.values()) or seed_faults(folder):
        return []
    return repair_seeds(folder, seeds)


def faults_with(folder: Path, changed: dict[str, str]) -> list[Fault]:
    """Every fault that the seeds would have with these texts of changed seeds, by name; no file is changed."""
    with tempfile.TemporaryDirectory() as temporary:
        trial = Path(temporary) / folder.name
        shutil.copytree(folder, trial)
        for name, text in changed.items():
            replace_text(trial / f"{name}.csv", text)
        return seed_faults(trial)


def check_seeds(installation: Installation) -> None:
    """Raise StepFailedError with every fault of every seed: where it is and what to write."""
    _refuse(seed_faults(installation.project / "seeds"))


def check_seeds_with(installation: Installation, changed: dict[str, str]) -> None:
    """Raise StepFailedError with every fault that the seeds would have with these texts of changed seeds, by name."""
    _refuse(faults_with(installation.project / "seeds", changed))


def _refuse(faults: list[Fault]) -> None:
    if faults:
        lines = [f"  - {line}" for line in _fault_lines(faults)]
        raise StepFailedError(
            "The seeds have faults, so nothing was done. Row 1 is the header:\n" + "\n".join(lines), EXIT_DATA_REFUSED
        )


def seed_faults(folder: Path) -> list[Fault]:
    """Every fault of every seed in a folder."""
    return list(_faults(folder, declared_seeds(folder)))


def _faults(folder: Path, seeds: dict[str, DeclaredSeed]) -> Iterator[Fault]:
    for path in sorted(folder.glob("*.csv")):
        if path.name.startswith("~$"):
            yield Fault(path.stem, "is the lock file of a seed that is open in Excel. Save and close it there.")
        elif path.stem not in seeds:
            yield Fault(path.stem, "is an unknown seed. Remove it, or describe it in a .yml file beside it.")
    with connect() as connection:
        whole = {}
        for name, seed in seeds.items():
            faults = list(_load(connection, folder / f"{name}.csv", seed))
            yield from faults
            if not faults:
                whole[name] = seed
        for seed in whole.values():
            yield from type_faults(connection, seed)
            for rule in seed.rules:
                if rule.kind != "relationships" or rule.seed_of_codes in whole:
                    yield from rule_faults(connection, seed, rule)


def _load(connection: duckdb.DuckDBPyConnection, path: Path, seed: DeclaredSeed) -> Iterator[Fault]:
    """Load a seed into a table of texts with its row numbers, unless its shape is wrong."""
    try:
        header, *rows = read_rows(path, seed)
    except FileNotFoundError:
        yield Fault(seed.name, "is missing. Restore it.")
        return
    except InputRefusedError as error:
        yield Fault(seed.name, str(error).removeprefix(f"{path.name}: "))
        return
    except csv.Error as error:
        yield Fault(seed.name, f"can't be parsed ({error}). Look for an unclosed quote.")
        return
    faults = [*_header_faults(seed, header), *_shape_faults(seed, header, rows), *_garbled(seed, header, rows)]
    yield from faults
    if not faults:
        import pandas as pd

        texts = pd.DataFrame([[text or None for text in row] for row in rows], columns=header, dtype="string")
        texts.insert(0, "seed_row", range(2, len(rows) + 2))
        connection.execute(f"create table {seed.name} as select * from texts")


def _header_faults(seed: DeclaredSeed, header: list[str]) -> Iterator[Fault]:
    for name in seed.types:
        if name not in header:
            yield Fault(seed.name, f"lacks the column {name}. Its columns are {', '.join(seed.types)}.", 1)
    for name in header:
        if name not in seed.types or header.count(name) > 1:
            known = get_close_matches(name, seed.types, 1)
            meant = f" Did you mean {known[0]}?" if known and known[0] not in header else ""
            yield Fault(seed.name, f"'{name}' is an unknown or repeated column.{meant}", 1)


def _shape_faults(seed: DeclaredSeed, header: list[str], rows: list[list[str]]) -> Iterator[Fault]:
    for number, row in enumerate(rows, 2):
        if len(row) != len(header):
            problem = f"has {len(row)} cells where the header has {len(header)}."
            yield Fault(seed.name, f"{problem} A comma inside a text needs quotes around it.", number)


def _garbled(seed: DeclaredSeed, header: list[str], rows: list[list[str]]) -> Iterator[Fault]:
    """The first text that was opened in a wrong encoding; the others are garbled in the same way."""
    for number, row in enumerate(rows, 2):
        for name, text in zip(header, row, strict=False):
            if found := _GARBLED.search(text):
                problem = f"holds '{found.group()}': å, ä, ö or a dash was lost when the file was opened."
                remedy = "Restore the file, and open it in Excel with Data > From Text/CSV, as UTF-8."
                yield Fault(seed.name, f"{problem} {remedy}", number, name)
                return


def _fault_lines(faults: list[Fault]) -> Iterator[str]:
    for seed in dict.fromkeys(fault.seed for fault in faults):
        own = sorted((fault for fault in faults if fault.seed == seed), key=lambda fault: fault.row or 0)
        yield from (fault.line() for fault in own[:_MOST_A_SEED])
        if len(own) > _MOST_A_SEED:
            yield f"seeds/{seed}.csv: and {len(own) - _MOST_A_SEED} more"
