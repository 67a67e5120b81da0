"""The shared steps that turn a report's blocks into its tables, whatever kind of file the blocks came from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.document import Doubt, Table
from ingest.reading.blocks import Block, Grid, TextBlock
from ingest.reading.page_furniture import without_furniture
from ingest.reading.tables.building import build_table, rows_of_figures
from ingest.reading.tables.continued import PlacedGrid, doubts_of_page_breaks, joined_over_pages
from ingest.reading.tables.grid_parts import FullRow, GridParts, grid_parts
from ingest.reading.tables.headings import listed_items, mended_headings, numbered_headings, whole_paragraphs
from ingest.reading.tables.section_and_title import Place
from ingest.reading.tables.section_paths import section_paths
from ingest.reading.tables.wide_sheets import joined_beside
from ingest.reading.vocabulary.column_headers import is_figure_header
from ingest.reading.vocabulary.periods import is_period
from ingest.reading.vocabulary.print import is_value, one_line
from ingest.reading.vocabulary.units import states_only_unit

_HEADINGS_THAT_MAKE_A_HABIT = 3

Doubts = dict[tuple[int, int, int], Doubt]


def assemble(blocks: Iterable[Block], unread: list[str] | None = None) -> tuple[tuple[Table, ...], Doubts]:
    """Turn blocks in reading order into tables in printed order, with the places that the reader is unsure of.

    Doubts are keyed (table_no, row_no, col_no) as in ``Document.doubts``. Grids that are not tables (frames, legends)
    are left out; their rows of figures are added to ``unread``.
    """
    tables: list[Table] = []
    doubts: Doubts = {}
    for placed in _parted_at_headers(joined_over_pages(joined_beside(_placed(without_furniture(blocks))))):
        table_no = len(tables) + 1
        built = build_table(placed.parts, table_no, placed.section, placed.title, placed.below)
        if built is None and unread is not None:
            unread += rows_of_figures(placed.parts)
        if built is not None:
            table, found = built
            before = tables[-1] if tables and not placed.is_apart else None
            is_unnamed = placed.begins_page and not placed.parts.titles
            doubts |= doubts_of_page_breaks(before, table, begins_page=is_unnamed)
            doubts |= {(table_no, *place): doubt for place, doubt in found.items()}
            tables.append(table)
    return tuple(tables), doubts


def _placed(blocks: Sequence[Block]) -> Iterator[PlacedGrid]:
    blocks = mended_headings(blocks)
    marks_headings = _marks_headings(blocks)
    if not marks_headings:
        blocks = list(whole_paragraphs(blocks))
    texts = [one_line(block.text) if isinstance(block, TextBlock) else "" for block in blocks]
    numbered, listed = numbered_headings(texts), listed_items(texts)
    paths = section_paths(blocks) if marks_headings else {}
    place = Place(marks_headings, len(numbered) >= _HEADINGS_THAT_MAKE_A_HABIT)
    last: PlacedGrid | None = None
    page_of_text: int | None = None
    for number, block in enumerate(blocks):
        if isinstance(block, TextBlock):
            page_of_text = block.page
            if number not in listed:
                place.pass_by(block, is_numbered=number in numbered, path=paths.get(number, ""))
            if last is not None and block.heading_level is None:
                last.below.append(one_line(block.text))
            continue
        if last is not None:
            yield last
        last = _placed_grid(block, place)
        last.is_apart = block.is_whole and number > 0 and isinstance(blocks[number - 1], TextBlock)
        last.begins_page = block.rows[0].page != page_of_text
        place.pass_table()
    if last is not None:
        yield last


def _marks_headings(blocks: Sequence[Block]) -> bool:
    """Whether the source marks headings; if only at one level, they may just be the sheets of a workbook."""
    return len({block.heading_level for block in blocks if isinstance(block, TextBlock)} - {None}) > 1


def _placed_grid(grid: Grid, place: Place) -> PlacedGrid:
    parts = grid_parts(grid)
    follows_goals = any(text.lower().startswith(("mål", "indikator")) for row in parts.header for text in row.texts)
    titles = [line for line in parts.titles if not line.startswith("(") and not states_only_unit(line)]
    title = " ".join(titles) or place.title(follows_goals=follows_goals)
    parts = replace(parts, titles=(*parts.titles, *filter(states_only_unit, place.lines)))
    return PlacedGrid(parts, place.section_of_table(), title, list(parts.below))


def _parted_at_headers(placed: Iterable[PlacedGrid]) -> Iterator[PlacedGrid]:
    """Split a grid whose rows continue under other headers: two tables were printed without a gap."""
    for whole in placed:
        body = whole.parts.body
        place = next((place for place in range(1, len(body) - 1) if _names_other_columns(whole.parts, place)), None)
        if place is None:
            yield whole
            continue
        is_named = _is_name(body[place - 1])
        name = body[place - 1].texts[0] if is_named else ""
        rest = replace(whole.parts, titles=(), header=(body[place],), body=body[place + 1 :])
        if place > is_named:
            first = replace(whole.parts, body=body[: place - is_named], below=())
            yield PlacedGrid(first, whole.section, whole.title)
        yield from _parted_at_headers([PlacedGrid(rest, whole.section, name, whole.below)])


def _names_other_columns(parts: GridParts, place: int) -> bool:
    """Whether a row holds only years and words that name columns, different from the header's.

    A second label column (``Indikator``) may be before those that name figures.
    """
    second, *headers = parts.body[place].texts[1:] or [""]
    if parts.header and [second, *headers] == parts.header[-1].texts[1:]:
        return _is_name(parts.body[place - 1])
    all_header = bool(parts.header) and bool(headers) and all(map(is_figure_header, (second, *headers)))
    figure_headers = len(headers) > 1 and all(map(is_figure_header, headers)) and not all(map(is_period, headers))
    return all_header or (figure_headers and bool(second) and not is_value(second))


def _is_name(row: FullRow) -> bool:
    return bool(row.texts[0]) and not any(row.texts[1:])
