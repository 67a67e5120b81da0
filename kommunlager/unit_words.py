"""How the marts' units are written for Swedish readers; a unit that needs no word (number, index) has none."""

import csv
from functools import cache
from pathlib import Path

_SEED = Path(__file__).resolve().parents[1] / "seeds" / "code_wordings.csv"


def unit_word(unit: str | None) -> str:
    """The word that follows a value in this unit, or an empty text."""
    return _words().get(unit or "", "")


@cache
def _words() -> dict[str, str]:
    with _SEED.open(encoding="utf-8", newline="") as seed:
        return {row["code"]: row["wording_sv"] for row in csv.DictReader(seed) if row["code_list"] == "unit"}
