"""Footnote marks on labels, headers and figures, and the notes that they point to."""

import re
from collections.abc import Iterable

from ingest.reading.vocabulary.periods import YEAR
from ingest.reading.vocabulary.print import RAISED_DIGIT, RAISED_DIGITS

_DIGITS = str.maketrans(RAISED_DIGITS, "0123456789")
# A square or cubic metre is not a note.
_RAISED = re.compile(rf"(?<!\bm)(?<!\b[ckd]m)\s?({RAISED_DIGIT}+|[ᵃᵇᶜᵈᵉᶠ])")
_STAR = re.compile(r"(?<![\d*])(?<!\d\s)\s?(\*{1,3})(?=$|[\s)])")
_STAR_OF_FIGURE = re.compile(r"(?<=[\d%])\s?(\*{1,3})$")
_GLUED_DIGIT = re.compile(r"(?<=[a-zåäö])(\d{1,2})$")
_AFTER_BRACKET = re.compile(r"(?<=[)\]])(\d{1,2})$")
_GLUED_TO_YEAR = re.compile(rf"(?<=\b{YEAR})(\d)$")
_NOTE = re.compile(
    rf"(\*{{1,3}}|\d{{1,2}}|[a-f])[).:]?\s+(\S.*)|(\*{{1,3}}|{RAISED_DIGIT}{{1,2}}|[ᵃᵇᶜᵈᵉᶠ])(\S.*)", re.DOTALL
)


def notes_below(lines: Iterable[str]) -> dict[str, str]:
    """The notes printed under a table, by their mark: ``*Avser januari`` as ``{"*": "Avser januari"}``."""
    found: dict[str, str] = {}
    for line in lines:
        match = _NOTE.fullmatch(line.strip())
        if match:
            mark = (match[1] or match[3]).translate(_DIGITS)
            found.setdefault(mark, match[2] or match[4])
    return found


def is_note(line: str) -> bool:
    """Whether a line reads as a footnote: a mark and its text."""
    return _NOTE.fullmatch(line.strip()) is not None


def without_marks(text: str, notes: dict[str, str]) -> tuple[str, list[str]]:
    """A label or header without its footnote marks, and the marks.

    A raised sign is always a mark, a star is one unless it follows a digit (``verksamhet 51*`` means all that begin
    with 51), and a plain digit after a word is one only if a note of that number is under the table.
    """
    marks: list[str] = []

    def take(match: re.Match[str]) -> str:
        marks.append(match[1].translate(_DIGITS))
        return ""

    def take_known(match: re.Match[str]) -> str:
        return take(match) if match[1] in notes else match[0]

    text = _AFTER_BRACKET.sub(take, _STAR.sub(take, _RAISED.sub(take, text)))
    text = _GLUED_TO_YEAR.sub(take_known, _GLUED_DIGIT.sub(take_known, text))
    return text.strip(), marks


def figure_without_marks(text: str) -> tuple[str, list[str]]:
    """A figure without its footnote marks (``91%*``, ``471,5¹``), and the marks."""
    marks = [mark.translate(_DIGITS) for mark in _RAISED.findall(text)]
    text = _RAISED.sub("", text)
    marks += _STAR_OF_FIGURE.findall(text)
    return _STAR_OF_FIGURE.sub("", text).strip(), marks


def worded(marks: Iterable[str], notes: dict[str, str], place: str = "") -> list[str]:
    """The notes that marks refer to, each with its mark and with the column that it is on, if any."""
    where = f"{place}: " if place else ""
    return [f"{where}{mark}: {notes[mark]}" if mark in notes else f"{where}{mark}" for mark in marks]
