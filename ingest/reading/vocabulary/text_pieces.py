"""The pieces of a printed line: split at spaces, with grades of several words whole and joined figures separated."""

import re
from collections.abc import Sequence

from ingest.reading.vocabulary.periods import is_day
from ingest.reading.vocabulary.print import BRACKETED, DASH, SIGN, UNIT_OF_AMOUNT

JOINED = "\u00a0"
"""The space inside a cell of several words, which is one piece."""

_WORDED = re.compile(
    r"""(?<!\S)(?:[●○◐◑■▲▼]\ )?(?:(?:ska|ej|delvis|helt|inte|ännu|väntas|till\ stor\ del|i\ hög\ grad)\ )*
    (?:uppfyll(?:t|d|s|as)|uppnå(?:tt|dd|s)|öka[sr]?|minska[sr]?|oförändra[td]|bibehåll\w*|påbörjad?
    |pågå(?:r|ende)|klar|avslutad?|genomförd?|genomfört|grön|gul|röd|delvis|helt|stängt|aktuellt|saknas|ja|nej
    |årligen,\ ?löpande)(?=\s|$)""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER = r"\d+(?:,\d+)?%?"
_GLUED = re.compile(
    rf"(?:{DASH}?\d+,\d+%?(?:{DASH}{_NUMBER})+|{DASH}?{_NUMBER}(?:{DASH}{_NUMBER}){{2,}}|{DASH}?\d+{DASH}\d+,\d+%?"
    rf"|{DASH}\d+{DASH}\d+)"
)
_PART = re.compile(rf"{DASH}?{_NUMBER}")
_RANGE = re.compile(rf"\d+{DASH}\d+")
_IN_BRACKETS = re.compile(rf"(?<!\S){BRACKETED}(?!\S)")
_SHARE = re.compile(r"(?<=\d) \(\d{1,3}(?:,\d+)? ?%\)(?!\S)")
# After other figures, a change with its share and a rank are cells: ``-36 (-2,6 %)``, ``94 av 290``.
_LAST_CELL = re.compile(
    rf"(?<=\d )(?:(?:{DASH}|\+)\d+(?:,\d+)? \({SIGN}?\d{{1,3}}(?:,\d+)? ?%\)|\d{{1,3}} av \d{{2,3}})$"
)
_IN_UNIT = re.compile(rf"(?<=\d) (?={UNIT_OF_AMOUNT}(?!\S))")
# A sentence may hold an amount or a share; a row has several.
_LEAST_AMOUNTS = 2


def with_whole_figures(raw: str) -> str:
    """A line whose spaces inside ``(317 420)`` and ``16 (53%)`` and before a unit are ``JOINED``: they end no cell."""
    whole = _SHARE.sub(_as_one, raw) if len(_SHARE.findall(raw)) >= _LEAST_AMOUNTS else raw
    whole = _IN_BRACKETS.sub(_as_one, whole)
    whole = _LAST_CELL.sub(_as_one, whole)
    has_units = len(_IN_UNIT.findall(whole)) >= _LEAST_AMOUNTS
    return _IN_UNIT.sub(JOINED, whole) if has_units else whole


def _as_one(cell: re.Match[str]) -> str:
    return cell[0].replace(" ", JOINED)


def pieces_of(raw: str) -> tuple[str, ...]:
    """The pieces of a line, each extra space an empty one; the space that ends a printed cell is not a piece."""
    whole = with_whole_figures(raw.removesuffix(" "))
    worded = _WORDED.sub(_as_one, whole)
    return tuple(part for piece in worded.split(" ") for part in _parts(piece))


def unglued(run: Sequence[str]) -> tuple[str, ...]:
    """A run with ranges read as two figures, the second negative: ``90-25`` as 90 and -25."""
    return tuple(part for piece in run for part in (_PART.findall(piece) if _RANGE.fullmatch(piece) else [piece]))


def has_impossible_range(run: Sequence[str]) -> bool:
    """Whether a run holds a range that can't be one, since it doesn't rise, and must be two figures: ``500-417``."""
    ranges = [re.split(DASH, piece) for piece in run if _RANGE.fullmatch(piece)]
    return any(int(low) >= int(high) for low, high in ranges)


def is_worded(piece: str) -> bool:
    """Whether a piece is a whole cell of words: a grade (``Delvis uppfyllt``) or a direction (``Ska öka``)."""
    return _WORDED.fullmatch(" " + piece.replace(JOINED, " "), 1) is not None


def _parts(piece: str) -> list[str]:
    if is_day(piece) or not _GLUED.fullmatch(piece):
        return [piece]
    return _PART.findall(piece)
