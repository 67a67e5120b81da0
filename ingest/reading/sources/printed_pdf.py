"""What stands where on the untagged pages of a PDF: ruled tables by their lines, others by their columns of words."""

from collections import Counter
from collections.abc import Iterator

from pdfplumber.page import Page

from ingest.reading.blocks import Block, TextBlock
from ingest.reading.sources.page_breaks import PageBreaks, PlacedBlock
from ingest.reading.sources.printed_lines import Line, Word, banded, lines_of, merged, page_words, widest_space
from ingest.reading.sources.ruled_tables import horizontal_rules, ruled_tables
from ingest.reading.sources.unruled_tables import find_stretches, grid_of


class PrintedPages:
    """Reads page after page; remembers how large the text is that most of the document is set in."""

    def __init__(self) -> None:
        self.characters: Counter[float] = Counter()
        self.breaks = PageBreaks()

    def blocks(self, page: Page) -> Iterator[Block]:
        """The blocks of one page from top to bottom; a table at its foot comes with the next page, or with ``rest``."""
        words = page_words(page)
        for word in words:
            self.characters[round(word.size, 1)] += len(word.text)
        placed = self._placed_blocks(page, words) if words else ()
        yield from self.breaks.blocks(sorted(placed, key=lambda block: block.top))

    def rest(self) -> Iterator[Block]:
        """What may have gone on on a next page."""
        return self.breaks.rest()

    def _placed_blocks(self, page: Page, words: list[Word]) -> Iterator[PlacedBlock]:
        tables = ruled_tables(page, words)
        for table in tables:
            yield PlacedBlock(table.top / page.height, table.grid, table.lefts)
        gap = widest_space(words)
        free = [word for word in words if not any(table.holds(word) for table in tables)]
        tops = sorted(table.top for table in tables)
        for low, high in zip([0.0, *tops], [*tops, page.height + 1], strict=True):
            between = [word for word in free if low <= word.middle < high]
            for top, block in self._unruled(page, lines_of(between, gap)):
                yield PlacedBlock(top / page.height, block)

    def _unruled(self, page: Page, lines: list[Line]) -> Iterator[tuple[float, Block]]:
        rules = horizontal_rules(page)
        body_size = self.characters.most_common(1)[0][0]
        bands = banded(lines)
        told: set[int] = set()
        for stretch in find_stretches([merged(band) for band in bands], body_size):
            told.update(range(stretch.first, stretch.last + 1))
            yield bands[stretch.first][0].top, grid_of(bands, stretch, page.page_number, rules)
        free = [line for number, band in enumerate(bands) if number not in told for line in band]
        for paragraph in _paragraphs(free):
            level = _heading_level(paragraph[0].size / body_size)
            text = "\n".join(line.text for line in paragraph)
            yield paragraph[0].top, TextBlock(text, page=page.page_number, heading_level=level)


def _paragraphs(lines: list[Line]) -> list[list[Line]]:
    """Lines that go on where the line before had no room left."""
    margin = max((line.words[-1].x1 for line in lines), default=0.0)
    paragraphs: list[list[Line]] = []
    for line in lines:
        if paragraphs and _goes_on(paragraphs[-1][-1], line, margin):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def _goes_on(above: Line, line: Line, margin: float) -> bool:
    first, last = line.words[0], above.words[-1]
    had_no_room = last.x1 + 0.3 * first.size + first.x1 - first.x0 > margin
    is_close = line.top - above.bottom < 0.7 * line.size
    return had_no_room and is_close and abs(line.size - above.size) < 0.5 and first.x0 <= above.words[0].x0 + line.size


def _heading_level(times_body: float) -> int | None:
    if times_body < 1.12:
        return None
    return 3 if times_body < 1.35 else 2 if times_body < 1.8 else 1
