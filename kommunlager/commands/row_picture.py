"""Finds a printed row on the pages of a PDF, and cuts it out as a picture."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pypdfium2

_DOTS_PER_POINT = 2.5
# How much of what is printed above and below the row is shown, in points.
_MARGIN = 24
_DASHES = str.maketrans(dict.fromkeys("–—−‐‑", "-"))


@dataclass(frozen=True)
class _Band:
    """A strip across a page, in points from its bottom."""

    bottom: float
    top: float

    def holds(self, other: "_Band") -> bool:
        """Whether the middle of another strip is in this one."""
        return self.bottom <= (other.bottom + other.top) / 2 <= self.top


@dataclass(frozen=True)
class _Letter:
    """A printed letter, and whether a word begins with it."""

    text: str
    begins_word: bool
    band: _Band


def cut_row_out(pdf: Path, label: str, figures: Sequence[str], page: int | None, picture: Path) -> int | None:
    """Write the row with that label and those figures to ``picture``, and return the number of its page.

    The row is looked for from ``page`` on, where its table begins. None if no page has a line with all of the figures.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range((page or 1) - 1, len(document)):
            letters = list(_letters_of(document[number]))
            band = _band_of_row(letters, label, figures)
            if band is not None:
                _save(document[number], band, picture)
                return number + 1
    return None


def _letters_of(page: pypdfium2.PdfPage) -> Iterator[_Letter]:
    """The letters of a page in the order of its text, without spaces."""
    text_page = page.get_textpage()
    begins_word = True
    for place in range(text_page.count_chars()):
        printed = _plain(text_page.get_text_range(place, 1))
        _, bottom, _, top = text_page.get_charbox(place)
        for letter in printed:
            yield _Letter(letter, begins_word, _Band(bottom, top))
            begins_word = False
        begins_word = begins_word or not printed


def _plain(text: str) -> str:
    """A text as it is compared: without spaces, and with one kind of dash."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).casefold()
    return "".join(letter for letter in plain if letter.isprintable() and not letter.isspace())


def _band_of_row(letters: Sequence[_Letter], label: str, figures: Sequence[str]) -> _Band | None:
    """The strip at the label that has all of the figures.

    Where the label is printed otherwise than the workbook has it, several figures in one line are enough.
    """
    text = "".join(letter.text for letter in letters)
    places = [list(_bands(letters, text, figure)) for figure in dict.fromkeys(figures)]
    named = list(_bands(letters, text, label))
    by_figures = places[0] if len(places) > 1 and not named else []
    strips = chain(named, by_figures)
    return next((strip for strip in strips if all(any(map(strip.holds, bands)) for bands in places)), None)


def _bands(letters: Sequence[_Letter], text: str, wanted: str) -> Iterator[_Band]:
    """Where whole words are printed, however they are spaced."""
    plain = _plain(wanted)
    place = text.find(plain) if plain else -1
    while place >= 0:
        end = place + len(plain)
        if letters[place].begins_word and (end == len(letters) or letters[end].begins_word):
            bands = [letter.band for letter in letters[place:end]]
            yield _Band(min(band.bottom for band in bands), max(band.top for band in bands))
        place = text.find(plain, place + 1)


def _save(page: pypdfium2.PdfPage, strip: _Band, picture: Path) -> None:
    _, height = page.get_size()
    below, above = max(0.0, strip.bottom - _MARGIN), max(0.0, height - strip.top - _MARGIN)
    page.render(scale=_DOTS_PER_POINT, crop=(0, below, 0, above)).to_pil().save(picture, format="PNG")
