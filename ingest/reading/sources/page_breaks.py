"""Joins tables that a page break has cut: the same columns at the bottom of one page and the top of the next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from ingest.reading.blocks import Block, Grid, GridRow, PrintedCell, TextBlock
from ingest.reading.sources.printed_columns import Column
from ingest.reading.vocabulary.print import is_statement, is_value, one_line

# Ruled lines closer than this are one line.
NEAR = 3.0
# The parts of a page's height, from the top and from the bottom, that hold page headers and footers.
_HEADER, _FOOT = 0.12, 0.9
_MOST_REMARKS = 3
_LAST_ON_PAGE = "Raden stod sist på sin sida, utan tal: den kan vara namnet på en ny tabell"


@dataclass(frozen=True)
class PlacedBlock:
    """A block with its position on the page, as a share of the page's height.

    ``lefts`` are the left edges of a table's columns, ``columns`` their extents if no lines rule them. ``may_be_row``
    marks a line that is where the table's next label would be.
    """

    top: float
    block: Block
    lefts: tuple[float, ...] = ()
    columns: tuple[Column, ...] = ()
    may_be_row: bool = False


@dataclass
class PageBreaks:
    """Holds back the table at the bottom of a page until the next page shows whether it continues there."""

    held: PlacedBlock | None = None
    below: list[PlacedBlock] = field(default_factory=list)

    @property
    def open_columns(self) -> tuple[Column, ...]:
        """The columns of the unruled table that is held back, if there is one."""
        return self.held.columns if self.held else ()

    def blocks(self, page: list[PlacedBlock]) -> Iterator[Block]:
        """Yield the blocks held back from the page before, and those of this page except a table at its bottom."""
        page = self._joined(page)
        tables = (number for number, placed in enumerate(page) if placed.lefts)
        at_foot = next((number for number in tables if _may_go_on(page, number)), None)
        kept = page if at_foot is None else page[:at_foot]
        yield from (placed.block for placed in kept)
        if at_foot is not None:
            self.held, self.below = page[at_foot], page[at_foot + 1 :]

    def rest(self) -> Iterator[Block]:
        """Yield what is held back when no page follows."""
        yield from (placed.block for placed in self._released())

    def _joined(self, page: list[PlacedBlock]) -> list[PlacedBlock]:
        """The page after what was held back; a table that continues here is joined and precedes both page footers."""
        held = self.held
        at_header = next((number for number, placed in enumerate(page) if placed.lefts), None)
        if held is None or at_header is None or not _is_first(page, at_header):
            return [*self._released(), *page]
        labels = list(takewhile(lambda placed: placed.may_be_row, self.below))
        has_remarks = any(placed.top <= _FOOT for placed in self.below[len(labels) :])
        if not _is_one(held, page[at_header], has_remarks=has_remarks):
            return [*self._released(), *page]
        whole = replace(page[at_header], block=_one(_with_labels(held.block, labels), page[at_header].block))
        caption = [PlacedBlock(held.top, line) for line in _taken_for_headers(held.block, page[at_header].block)]
        between = [*self.below[len(labels) :], *page[:at_header]]
        self.held, self.below = None, []
        after = page[at_header + 1 :]
        # A table that also continues over the next break must stay the last on its page.
        may_go_on = _may_go_on([whole, *after], 0)
        return [*between, *caption, whole, *after] if may_go_on else [*caption, whole, *between, *after]

    def _released(self) -> list[PlacedBlock]:
        released = [self.held, *self.below] if self.held else []
        self.held, self.below = None, []
        return released


def begins_with_data(grid: Grid) -> bool:
    """Whether the first row is not a header: it holds values or running text, or nothing but a label."""
    beside = [one_line(text) for text in _texts(grid.rows[0])[1:]]
    is_data = any(is_value(text) or is_statement(text) for text in beside)
    return grid.rows[0].is_header is False or is_data or not any(beside)


def has_same_columns(lefts: tuple[float, ...], others: tuple[float, ...]) -> bool:
    """Whether two ruled tables have their columns at the same positions."""
    return len(lefts) == len(others) and all(
        abs(left - other) < NEAR for left, other in zip(lefts, others, strict=True)
    )


def _is_one(above: PlacedBlock, below: PlacedBlock, *, has_remarks: bool) -> bool:
    """Whether a table continues; after text, a repeated header belongs to another table."""
    if not isinstance(above.block, Grid) or not isinstance(below.block, Grid):
        return False
    if _repeats_header(above.block, below.block):
        return not has_remarks
    goes_on = begins_with_data(below.block) or _goes_on(below.block.rows[0])
    return goes_on and has_same_columns(above.lefts, below.lefts)


def _repeats_header(above: Grid, below: Grid) -> bool:
    """Whether a part begins with the same header, either exactly or without the lines above the first one."""
    headers, again = _texts(above.rows[0]), _texts(below.rows[0])
    return len(headers) == len(again) and (_letters(headers) == _letters(again) != "" or _end_alike(headers, again))


def _end_alike(headers: Sequence[str], again: Sequence[str]) -> bool:
    are_alike = (
        header == other or header.endswith(f"\n{other}") for header, other in zip(headers, again, strict=False)
    )
    return len(headers) == len(again) and all(are_alike)


def _taken_for_headers(above: Block, below: Block) -> Iterator[TextBlock]:
    """Yield the caption that was read as the first lines of the headers near it, as the repeated header shows."""
    if not isinstance(above, Grid) or not isinstance(below, Grid):
        return
    headers, again = _texts(above.rows[0])[1:], _texts(below.rows[0])[1:]
    if _end_alike(headers, again) and headers != again:
        lines = (header.removesuffix(other).strip() for header, other in zip(headers, again, strict=True))
        yield TextBlock(" ".join(filter(None, lines)), page=above.rows[0].page)


def _letters(texts: Sequence[str]) -> str:
    return "".join("".join(texts).split())


def _is_first(page: list[PlacedBlock], number: int) -> bool:
    return all(placed.top < _HEADER for placed in page[:number])


def _is_last(page: list[PlacedBlock], number: int) -> bool:
    return all(placed.top > _FOOT for placed in page[number + 1 :])


def _may_go_on(page: list[PlacedBlock], number: int) -> bool:
    """Whether a table is the last thing on its page, except for remarks on its last row."""
    after = [placed.block for placed in page[number + 1 :]]
    are_remarks = all(isinstance(block, TextBlock) and block.heading_level is None for block in after)
    return _is_last(page, number) or (len(after) <= _MOST_REMARKS and are_remarks)


def _with_labels(block: Block, labels: Sequence[PlacedBlock]) -> Grid:
    """The table with the names that follow it as rows without figures."""
    assert isinstance(block, Grid)
    last = block.rows[-1]
    blanks = [PrintedCell("")] * (len(last.cells) - 1)
    names = [placed.block.text for placed in labels if isinstance(placed.block, TextBlock)]
    rows = (replace(last, cells=(PrintedCell(name, doubt=_LAST_ON_PAGE), *blanks)) for name in names)
    return Grid((*block.rows, *rows))


def _one(above: Grid, below: Block) -> Grid:
    """Both parts as one grid, without the repeated header and with a row split by the break joined."""
    assert isinstance(below, Grid)
    first, *others = below.rows
    if _repeats_header(above, below):
        header = first if _end_alike(_texts(above.rows[0]), _texts(first)) else above.rows[0]
        return Grid((replace(above.rows[0], cells=header.cells), *above.rows[1:], *others))
    last = above.rows[-1]
    if len(last.cells) == len(first.cells) and _goes_on(first):
        cells = (
            replace(one, text="\n".join(filter(None, (one.text, other.text))))
            for one, other in zip(last.cells, first.cells, strict=True)
        )
        return Grid((*above.rows[:-1], replace(last, cells=tuple(cells)), *others))
    return Grid((*above.rows, *below.rows))


def _goes_on(row: GridRow) -> bool:
    """Whether a row continues a text: no row begins with a lower-case letter."""
    return next((text[:1].islower() for text in _texts(row) if text), False)


def _texts(row: GridRow) -> list[str]:
    return [cell.text for cell in row.cells]
