"""Reads a report saved as text, choosing the reader by what separates its cells."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, takewhile

from ingest.reading.blocks import Block, Grid, TextBlock
from ingest.reading.sources.cell_lines import cell_lines_blocks, is_cell_lines
from ingest.reading.sources.layout_text import is_layout_text, layout_text_blocks
from ingest.reading.sources.page_text import page_text_blocks
from ingest.reading.sources.structure_dump import structure_dump_blocks
from ingest.reading.sources.tab_text import tab_text_blocks
from ingest.reading.sources.tree_tables import with_tables_of_tree
from ingest.reading.vocabulary.print import is_figure

_LEAST_ROWS = 3
_LINES_OF_TITLE_PAGE = 8
_LEAST_LINES_OF_TREE = 30
_LEAST_SHARE_OF_TREE = 0.9


def text_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a report's text.

    If the text of the pages is followed by a dump of their structure tree, the report is there twice. The tree is read,
    since it separates the cells; if it lacks figures that the pages have, only its tables of words are used.
    """
    lines = text.split("\n")
    if sum(line.strip().count("\t") >= 2 for line in lines) >= _LEAST_ROWS:
        return tab_text_blocks(text)
    if is_layout_text(lines):
        return layout_text_blocks(text)
    start = tree_from(lines)
    if start == len(lines) and is_cell_lines(lines):
        return cell_lines_blocks(text)
    pages = list(page_text_blocks("\n".join(lines[:start])))
    tree = list(structure_dump_blocks(lines[start:], start + 1, lines[:start]))
    if _figures(tree) > _LEAST_SHARE_OF_TREE * _figures(pages):
        return chain(_title_page(pages), tree)
    return with_tables_of_tree(pages, tree)


def _title_page(pages: Sequence[Block]) -> Iterator[TextBlock]:
    """The first lines of the pages: a structure tree has no more of a title page than the report's title."""
    lines = takewhile(lambda block: isinstance(block, TextBlock), pages)
    return (replace(line, page=1) for line in islice(lines, _LINES_OF_TITLE_PAGE) if isinstance(line, TextBlock))


def _figures(blocks: Iterable[Block]) -> int:
    grids = (block for block in blocks if isinstance(block, Grid))
    return sum(is_figure(cell.text) for grid in grids for row in grid.rows for cell in row.cells)


def tree_from(lines: Sequence[str]) -> int:
    """Index of the line where the pages end and a tab-indented dump of bookmarks or of the structure tree begins."""
    start = len(lines)
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if line.strip(" \r") and not line.lstrip(" ").startswith("\t"):
            break
        start = place
    return start if sum(bool(line.strip()) for line in lines[start:]) >= _LEAST_LINES_OF_TREE else len(lines)
