"""A page's text as lines of pieces, and where on a line the figures begin."""

import re
from dataclasses import dataclass
from functools import cached_property

from ingest.reading.page_furniture import is_page_number, running_lines

_VALUE = re.compile(
    r"""[≤≥<>=]{0,2}(?:[-–−+]|\+-|±)?\d[\d.,]*(?:[-–]\d[\d.,]*)?%?\*{0,2}[⁰¹²³⁴⁵⁶⁷⁸⁹]?
    | \d{4}-\d\d-\d\d | [-–−+] | [≤≥<>=]{1,2} | %\*? | [xX✓]""",
    re.VERBOSE,
)
_FIGURE = re.compile(r"[≤≥<>=]{0,2}(?:[-–−+]|\+-|±)?\d[\d.,\-–]*%?\*{0,2}[⁰¹²³⁴⁵⁶⁷⁸⁹]?|[xX✓]")
_GRADE = re.compile(
    r"(?:del|ej|icke)?(?:upp)?(?:fylld|nådd|nått|fyllt)|[uU]ppn?å?(?:fylld|fyllt|dd|tt)t?|ja|nej|helt|delvis|[↑↓→]",
    re.I,
)


@dataclass(frozen=True)
class Line:
    """A printed line; ``pieces`` are parted at single spaces, so that a further space is an empty piece."""

    number: int
    raw: str
    is_page_start: bool = False

    @cached_property
    def text(self) -> str:
        """The line without outer and double spaces."""
        return " ".join(self.raw.split())

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """The pieces; the one space that ends each cell of print is no piece of its own."""
        raw = self.raw.removesuffix(" ")
        return tuple(raw.split(" "))

    @cached_property
    def figures_from(self) -> int:
        """Index of the first piece of the values that end the line; ``len(pieces)`` where it ends in words."""
        place = len(self.pieces)
        if _GRADE.fullmatch(self.pieces[-1]) and len(self.pieces) > 1 and _FIGURE.fullmatch(self.pieces[-2]):
            place -= 1
        while place and (not self.pieces[place - 1] or _VALUE.fullmatch(self.pieces[place - 1])):
            place -= 1
        while place < len(self.pieces) and self.pieces[place].startswith("%"):
            place += 1
        return place if any(_FIGURE.fullmatch(piece) for piece in self.pieces[place:]) else len(self.pieces)

    @property
    def run(self) -> tuple[str, ...]:
        """The values that end the line, with the gaps before and between them."""
        return self.pieces[self.figures_from :]

    @property
    def words(self) -> str:
        """What stands left of the values."""
        return " ".join(filter(None, self.pieces[: self.figures_from]))

    @property
    def has_figures(self) -> bool:
        """Whether the line ends in values."""
        return self.figures_from < len(self.pieces)

    @property
    def blanks_after(self) -> int:
        """How many blank cells the spaces at the end of a line of words leave room for."""
        return len(self.raw) - len(self.raw.rstrip(" ")) - 1


def printed_lines(text: str) -> list[Line]:
    """The lines of a text without page numbers and running feet."""
    lines: list[Line] = []
    is_page_start = False
    for number, raw in enumerate(text.split("\n"), 1):
        is_page_start |= "\f" in raw
        line = Line(number, _plain(raw), is_page_start)
        lines.append(line)
        is_page_start = is_page_start and not line.text
    feet = running_lines([line.text for line in lines])
    return [line for place, line in enumerate(lines) if place not in feet and not is_page_number(line.text)]


def _plain(raw: str) -> str:
    return re.sub(r"[\u00a0\u2002-\u200a\u202f]", " ", raw.replace("\f", "").replace("\r", "").expandtabs(1))
