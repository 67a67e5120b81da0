"""Writes the seeds of the text reader's fuzzing into a folder: made-up reports of one table, in each kind of text."""

import sys
from dataclasses import replace
from pathlib import Path

from tests.support.made_up_reports.generator import made_up_report
from tests.support.made_up_reports.kinds import KINDS


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, kind in KINDS.items():
        if kind.suffix == "txt":
            for seed in range(6):
                report = made_up_report(seed, kind.plain_glyphs, kind.shows_spans)
                for number, table in enumerate(report.tables):
                    kind.print(replace(report, blocks=(table,)), folder / f"{name}_{seed}_{number}.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
