"""Finds pictures on the pages of a PDF that may be tables, which no reader of text can read."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.reading.blocks import Picture

# A table takes at least this share of a page's width and height.
_LEAST_WIDTH, _LEAST_HEIGHT = 0.3, 0.06
# The background of a table has one colour; no colour of a photograph covers so much of it.
_BACKGROUND = 0.3
_PIXELS_LOOKED_AT = 2000
# Colours that differ less than this, of 256 steps, are one.
_ONE_COLOUR = 16
# The pictures of one page have at most this many pixels that are looked at.
_LARGEST = 100_000_000
# Pictures may be in forms that are in forms.
_DEEPEST = 4
# Steps by primes reach pixels all over a picture.
_STEP_DOWN, _STEP_ACROSS = 7919, 104729


def pictures_of_tables(pages: Iterable[tuple[int, pdfium.PdfPage]]) -> Iterator[Picture]:
    """The pages with a picture of table size that no text is printed on and that is drawn on one background.

    ``pages`` are those to look at, each with its number.
    """
    yield from (Picture(number) for number, page in pages if _has_picture_of_table(page))


def _has_picture_of_table(page: pdfium.PdfPage) -> bool:
    """Whether a picture may be a table; where the pictures are too large to be looked at, any may be."""
    pixels = 0
    for image in _images(page):
        if _has_size(image, page):
            width, height = image.get_px_size()
            pixels += width * height
            if (pixels > _LARGEST or _is_drawn(image)) and not _has_text_on_it(page, image.get_bounds()):
                return True
    return False


def _images(page: pdfium.PdfPage) -> Iterator[pdfium.PdfImage]:
    yield from page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST)


def _has_size(image: pdfium.PdfImage, page: pdfium.PdfPage) -> bool:
    left, bottom, right, top = image.get_bounds()
    width, height = page.get_size()
    return bool(right - left >= _LEAST_WIDTH * width and top - bottom >= _LEAST_HEIGHT * height)


def _is_drawn(image: pdfium.PdfImage) -> bool:
    """Whether one colour covers much of a picture; one that can't be looked at may be anything."""
    try:
        bitmap = image.get_bitmap()
    except pdfium.PdfiumError:
        return True
    pixels = memoryview(bitmap.buffer)
    colours: Counter[bytes] = Counter()
    for number in range(_PIXELS_LOOKED_AT):
        row, column = number * _STEP_DOWN % bitmap.height, number * _STEP_ACROSS % bitmap.width
        start = row * bitmap.stride + column * bitmap.n_channels
        colours[bytes(part // _ONE_COLOUR for part in bytes(pixels[start : start + bitmap.n_channels]))] += 1
    (_, most), *_ = colours.most_common(1)
    return most >= _BACKGROUND * _PIXELS_LOOKED_AT


def _has_text_on_it(page: pdfium.PdfPage, box: tuple[float, float, float, float]) -> bool:
    with closing(page.get_textpage()) as text_page:
        return bool(str(text_page.get_text_bounded(*box)).strip())
