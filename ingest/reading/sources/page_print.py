"""Takes down what is printed on each page of a PDF, independently of the readers that look for tables."""

import re
from collections.abc import Iterator
from contextlib import closing
from ctypes import byref, c_double
from dataclasses import dataclass, replace
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.reading.blocks import PrintedPage, PrintedWords
from ingest.reading.vocabulary.print import printed_letters

_WORD = re.compile(r"\S+")
# Lines whose baselines differ by less than this many letter widths are one line.
_ONE_LINE = 0.5
_LETTER = 5.0
# Letters closer than this share of their height are in one word.
_ONE_WORD = 0.1


def printed_page(page: pdfium.PdfPage, number: int) -> PrintedPage:
    """The words of a page with their places, in lines from top to bottom; words without figures are kept together."""
    with closing(page.get_textpage()) as text_page:
        found = list(_PageText(text_page, page.get_rotation()).words())
    widths = [(word.x1 - word.x0) / len(word.text) for word in found if word.text.isdecimal() and len(word.text) > 1]
    letter = median(widths) if widths else _LETTER
    lines: list[list[_PlacedWords]] = []
    for words in sorted(found, key=lambda words: words.base):
        if lines and words.base - lines[-1][0].base < _ONE_LINE * letter:
            lines[-1].append(words)
        else:
            lines.append([words])
    return PrintedPage(
        place=f"sida {number}",
        lines=tuple(
            tuple(PrintedWords(words.text, words.x0, words.x1) for words in sorted(line, key=_left)) for line in lines
        ),
        number=number,
        letter=letter,
    )


@dataclass(frozen=True)
class _PlacedWords:
    text: str
    x0: float
    x1: float
    base: float


def _left(words: _PlacedWords) -> float:
    return words.x0


class _PageText:
    """The text of a page; its places are turned as the page is shown, and ``base`` grows downwards."""

    def __init__(self, text_page: pdfium.PdfTextPage, rotation: int) -> None:
        self.raw = text_page.raw
        self.text = text_page.get_text_range()
        self.rotation = rotation

    def words(self) -> Iterator[_PlacedWords]:
        lines = self.text.splitlines(keepends=True)
        # Pdfium takes a page with little else than a table for vertical writing, a letter on each line.
        if 2 * sum(len(line.strip()) == 1 for line in lines) > len(lines):
            yield from self._words_of_letters()
            return
        start = 0
        for line in lines:
            if any(map(str.isdigit, line)):
                for word in _WORD.finditer(line):
                    yield self._placed(word[0], start + word.start(), start + word.end() - 1)
            elif line.strip():
                indent = len(line) - len(line.lstrip())
                yield self._placed(line.strip(), start + indent, start + len(line.rstrip()) - 1)
            start += len(line)

    def _words_of_letters(self) -> Iterator[_PlacedWords]:
        """The words, joined from letters that touch."""
        word: _PlacedWords | None = None
        for place, text in enumerate(self.text):
            if text.isspace():
                continue
            box = pdfium_c.FS_RECTF()
            pdfium_c.FPDFText_GetLooseCharBox(self.raw, self._number(place), byref(box))
            letter = replace(self._placed(text, place, place), x1=self._shown(box.right, box.top)[0])
            is_near = word is not None and abs(letter.x0 - word.x1) < _ONE_WORD * abs(box.top - box.bottom)
            if word is not None and is_near and letter.base == word.base:
                word = replace(word, text=word.text + letter.text, x1=letter.x1)
                continue
            if word is not None:
                yield word
            word = letter
        if word is not None:
            yield word

    def _placed(self, text: str, first: int, last: int) -> _PlacedWords:
        x, y = c_double(), c_double()
        pdfium_c.FPDFText_GetCharOrigin(self.raw, self._number(first), byref(x), byref(y))
        left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
        number = self._number(last)
        pdfium_c.FPDFText_GetCharBox(self.raw, number, byref(left), byref(right), byref(bottom), byref(top))
        x0, base = self._shown(x.value, y.value)
        ends = (self._shown(left.value, bottom.value)[0], self._shown(right.value, top.value)[0])
        letters = text if text.isascii() else printed_letters(text)
        return _PlacedWords(letters, x0, max(*ends, x0), base)

    def _number(self, place: int) -> int:
        """The number of a character on the page; the text leaves out those without a letter."""
        return int(pdfium_c.FPDFText_GetCharIndexFromTextIndex(self.raw, place))

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        return {0: (x, -y), 90: (y, x), 180: (-x, y), 270: (-y, -x)}[self.rotation]
