"""Strikes one installation with one fault after another, as a seeded generator draws them, and judges each.

``make survive SECONDS=…`` does so for that long, and prints how many faults of each kind were run and what they found.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.support.installation import PROJECT, TrialInstallation
from tests.support.kolada_server import served
from tests.survival import things_broken, things_done
from tests.survival.fault import Fault
from tests.survival.victim import SELECTION, Victim, said, small_kolada

FAULTS = [*things_broken.FAULTS, *things_done.FAULTS]
_UNFORESEEN = ("Traceback", "Unexpected error")


@dataclass
class Result:
    """How many faults of each kind were run, and what was found, in words."""

    counts: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        counts = ", ".join(f"{kind} {count}" for kind, count in sorted(self.counts.items()))
        return [f"{self.counts.total()} faults: {counts}", f"{len(self.findings)} findings", *self.findings]


@contextmanager
def victim_of(built: TrialInstallation, folder: Path) -> Iterator[Victim]:
    """A copy of an installation, on a disk of 300 MB of its own if one may be mounted, with figures from Kolada."""
    with ExitStack() as stack:
        disk = stack.enter_context(_own_disk(folder / "disk"))
        work = (disk or folder) / "work"
        shutil.copytree(built.work, work, symlinks=True, ignore=shutil.ignore_patterns("great_expectations"))
        shutil.copytree(built.data, folder / "data")
        shutil.copyfile(built.published, folder / "marts.duckdb")
        (folder / "data" / "selection.toml").write_text(SELECTION)
        kolada = small_kolada()
        settings = {
            "KOMMUNLAGER_KOLADA_URL": stack.enter_context(served(kolada)),
            "KOMMUNLAGER_KOLADA_FIRST_WAIT": "0.01",
        }
        victim = Victim(folder / "data", work, settings, kolada, folder / "marts.duckdb", disk)
        for words in (victim.sync(), victim.run()):
            assert words.startswith("exit 0"), words
        yield victim


@contextmanager
def _own_disk(disk: Path) -> Iterator[Path | None]:
    if os.geteuid() != 0:
        yield None
        return
    disk.mkdir()
    subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", "size=300m", "tmpfs", str(disk)], check=True)
    try:
        yield disk
    finally:
        subprocess.run(["/bin/umount", str(disk)], check=True)


def strike(victim: Victim, fault: Fault, chance: Random) -> list[str]:
    """Let one fault happen; returns what was wrong about how it was survived."""
    batches, runs = victim.batches(), victim.recorded()
    words = fault.strike(victim, chance)
    found = [f"unforeseen: {words}" for sign in _UNFORESEEN if sign in words]
    if not re.search(fault.says, words):
        found.append(f"lacks {fault.says!r}: {words}")
    if not fault.breaks_published:
        found += victim.torn()
    if fault.cure:
        fault.cure(victim)
    night = victim.run()
    if not re.match(r"exit [08]\n", night):
        found.append(f"the next run: {night}")
    found += victim.torn()
    found += victim.unlike_kolada() if fault.syncs else [f"lost batch {name}" for name in batches - victim.batches()]
    return [*found, *(f"lost the record of run {name}" for name in runs - victim.recorded())]


def survive(built: TrialInstallation, chance: Random, most: int, until: float, folder: Path) -> Result:
    """Run up to ``most`` faults until a time, each kind as likely as another; after a finding, on a new copy."""
    result = Result()
    kinds = sorted({fault.kind for fault in FAULTS} - (set() if os.geteuid() == 0 else {"disk"}))
    while result.counts.total() < most and time.monotonic() < until:
        place = folder / f"victim{len(result.findings)}"
        place.mkdir()
        with victim_of(built, place) as victim:
            known = len(result.findings)
            while result.counts.total() < most and time.monotonic() < until and len(result.findings) == known:
                kind = chance.choice(kinds)
                fault = chance.choice([fault for fault in FAULTS if fault.kind == kind])
                number = result.counts.total() + 1
                name = f"fault {number}, {kind}, {getattr(fault.strike, '__name__', kind)}"
                result.findings += [f"{name}: {finding}" for finding in strike(victim, fault, chance)][:1]
                result.counts[kind] += 1
        shutil.rmtree(place)
    return result


def main() -> None:
    """Strike for the seconds of the first argument, with the seed of the second."""
    seconds, seed = float(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        built = TrialInstallation(PROJECT / "data", Path(folder) / "built")
        run = built.kommunlager("run")
        assert run.returncode == 0, said(run)
        result = survive(built, Random(seed), sys.maxsize, time.monotonic() + seconds, Path(folder))
    print(*result.lines(), sep="\n")
    sys.exit(bool(result.findings))


if __name__ == "__main__":
    main()
