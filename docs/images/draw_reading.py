"""Draws the figures of docs/how_a_table_is_read.md from a page of a made-up report: the page, its words, its columns.

.venv/bin/python -m docs.images.draw_reading
"""

import tempfile
from pathlib import Path

import pdfplumber
from pdfplumber.display import PageImage
from PIL import Image

from ingest.reading.blocks import Grid
from ingest.reading.sources.page_breaks import PlacedBlock
from ingest.reading.sources.printed_pdf import PrintedPages
from ingest.reading.sources.printed_words import Word, page_words
from tests.support.made_up_reports.kinds import print_made_up_report

IMAGES = Path(__file__).parent
SEED, PAGE = 38, 3
DOTS_PER_INCH = 120
MARGIN = 10


def main() -> None:
    """Draw the three figures beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        report = print_made_up_report("untagged_pdf", SEED, Path(folder))
        with pdfplumber.open(report.path) as pdf:
            page = pdf.pages[PAGE - 1]
            words = page_words(page)
            table = next(block for block in placed_blocks(words, page) if isinstance(block.block, Grid))
            left, right = table.columns[0].x0 - MARGIN, table.columns[-1].x1 + MARGIN
            top, bottom = table.top * page.height - 4.5 * MARGIN, bottom_of(table, words, page.height)
            image = page.crop((left, top, right, bottom)).to_image(resolution=DOTS_PER_INCH, antialias=True)
            inside = [word for word in words if top < word.middle < bottom]
            save(image, "made_up_page.png")
            image.draw_rects([(word.x0, word.top, word.x1, word.bottom) for word in inside], stroke_width=1)
            save(image, "made_up_page_words.png")
            image.reset()
            image.draw_rects([(column.x0, top, column.x1, bottom) for column in table.columns], fill=(0, 90, 120, 40))
            save(image, "made_up_page_columns.png")


def placed_blocks(words: list[Word], page: pdfplumber.page.Page) -> list[PlacedBlock]:
    """The blocks of one page, as the reader places them."""
    pages = PrintedPages()
    for word in words:
        pages.characters[round(word.size, 1)] += len(word.text)
    return list(pages._placed_blocks(page, words))


def bottom_of(table: PlacedBlock, words: list[Word], height: float) -> float:
    """Below the label of the last row."""
    label = table.block.rows[-1].cells[0].text.split()[0]
    return min(word.bottom for word in words if word.text == label and word.top > table.top * height) + MARGIN


def save(image: PageImage, name: str) -> None:
    """Write a figure with few colours."""
    image.annotated.convert("RGB").quantize(32, method=Image.Quantize.MEDIANCUT).save(IMAGES / name, optimize=True)


if __name__ == "__main__":
    main()
