"""Writes the seed inputs of the text reader's fuzzing into a folder: small made-up reports in every kind of text."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python" / "reading"))

from made_up_reports.kinds import KINDS, print_made_up_report


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for kind in (name for name, kind in KINDS.items() if kind.suffix == "txt"):
        for seed in range(8):
            print_made_up_report(kind, seed, folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
