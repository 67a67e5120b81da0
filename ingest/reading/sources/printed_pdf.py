"""Reads the untagged pages of a PDF: ruled tables by their lines, others by their columns of words."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from math import inf

from pdfplumber.page import Page

from ingest.reading.blocks import Block, TextBlock
from ingest.reading.sources.horizontal_rules import Rule, horizontal_rules
from ingest.reading.sources.page_areas import Area, page_areas
from ingest.reading.sources.page_breaks import PageBreaks, PlacedBlock
from ingest.reading.sources.printed_columns import Column
from ingest.reading.sources.printed_lines import Line, banded, lines_of, merged, widest_space
from ingest.reading.sources.printed_words import Word, page_words
from ingest.reading.sources.ruled_tables import RuledTable, ruled_tables
from ingest.reading.sources.shading import without_areas_in_areas
from ingest.reading.sources.unruled_tables import columns_of, find_stretches, going_on, grid_of, may_be_next_label


class PrintedPages:
    """Reads page after page and keeps track of the size of body text in the document."""

    def __init__(self) -> None:
        # Figures are left out: tables may be printed smaller than the text and have more characters.
        self.letters: Counter[float] = Counter()
        self.breaks = PageBreaks()
        self.open_columns: tuple[Column, ...] = ()

    def blocks(self, page: Page) -> Iterator[Block]:
        """The blocks of one page from top to bottom; a table at its bottom comes with the next page or ``rest``."""
        words = page_words(page)
        for word in words:
            self.letters[round(word.size, 1)] += sum(map(str.isalpha, word.text))
        yield from self.breaks.blocks(list(self._placed_blocks(page, words)) if words else [])

    def rest(self) -> Iterator[Block]:
        """Yield what might have continued on a next page."""
        return self.breaks.rest()

    def _placed_blocks(self, page: Page, words: list[Word]) -> Iterator[PlacedBlock]:
        """Yield the blocks in reading order: area by area, each from top to bottom."""
        self.open_columns = self.breaks.open_columns
        drawn = without_areas_in_areas(page)
        tables = ruled_tables(drawn, words)
        rules = horizontal_rules(drawn)
        free = [word for word in words if not any(table.holds(word) for table in tables)]
        lines = lines_of(free, widest_space(words))
        across = [table for table in tables if not any(table.top < word.middle < table.bottom for word in free)]
        for low, high in _between([table.top for table in across], page.height):
            waiting = [table for table in tables if low <= table.top < high]
            for area in page_areas(Area(tuple(line for line in lines if low <= line.middle < high))):
                own = [table for table in waiting if area.x0 <= (table.lefts[0] + table.x1) / 2 < area.x1]
                waiting = [table for table in waiting if table not in own]
                yield from self._blocks_of_area(page, rules, area, own)
            yield from (_placed(table, page) for table in waiting)

    def _blocks_of_area(
        self, page: Page, rules: list[Rule], area: Area, tables: list[RuledTable]
    ) -> Iterator[PlacedBlock]:
        placed = [_placed(table, page) for table in tables]
        for low, high in _between([table.top for table in tables], page.height):
            lines = [line for line in area.lines if low <= line.middle < high]
            placed += self._unruled(page, rules, lines)
        yield from sorted(placed, key=lambda block: block.top)

    def _unruled(self, page: Page, rules: list[Rule], lines: list[Line]) -> Iterator[PlacedBlock]:
        body_size = self.letters.most_common(1)[0][0]
        bands = banded(lines)
        whole = [merged(band) for band in bands]
        stretches = find_stretches(whole, body_size, rules)
        open_columns, self.open_columns = self.open_columns, ()
        if open_columns:
            stretches = going_on(whole, stretches, open_columns)
        in_tables: set[int] = set()
        for stretch in stretches:
            in_tables.update(range(stretch.first, stretch.last + 1))
            goes_on = open_columns and stretch.first == stretch.first_row and stretch is stretches[0]
            columns = open_columns if goes_on else tuple(columns_of(bands, stretch))
            grid = grid_of(bands, stretch, columns, page.page_number, rules)
            top = bands[stretch.first][0].top / page.height
            yield PlacedBlock(top, grid, tuple(column.x0 for column in columns), columns)
        free = [line for number, band in enumerate(bands) if number not in in_tables for line in band]
        last = stretches[-1].last + 1 if stretches else len(whole)
        label = bands[last] if last < len(whole) and may_be_next_label(whole, stretches[-1], last) else []
        for paragraph in _paragraphs(free):
            level = _heading_level(paragraph[0].size / body_size)
            text = "\n".join(line.text for line in paragraph)
            block = TextBlock(text, page=page.page_number, heading_level=level)
            is_label = level is None and paragraph == label
            yield PlacedBlock(paragraph[0].top / page.height, block, may_be_row=is_label)


def _between(tops: list[float], height: float) -> Iterator[tuple[float, float]]:
    """Yield the stretches of a page's height that begin at its top and at each of ``tops``."""
    return pairwise([-inf, *sorted(tops), height + 1])


def _placed(table: RuledTable, page: Page) -> PlacedBlock:
    return PlacedBlock(table.top / page.height, table.grid, table.lefts)


def _paragraphs(lines: list[Line]) -> list[list[Line]]:
    """Join lines that continue a line that was full."""
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
