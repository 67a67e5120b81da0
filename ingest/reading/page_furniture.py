"""Removes what is repeated on every page and not part of the text: page headers, footers and page numbers."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ingest.reading.blocks import Block, TextBlock
from ingest.reading.vocabulary.periods import is_period
from ingest.reading.vocabulary.print import is_value, one_line

_PAGE_NUMBER = re.compile(
    r"""(?:(?P<before>\S.{0,90})\s)?(?P<page>\d{1,4})\s?\((?P<pages>\d{1,4})\s?\)
    | (?:.{0,90}\s)?(?:sid|sida|sidan|page)\.?:?\s*\d{1,4}(?:\s*(?:\(\d{1,4}\s?\)|(?:of|av|/)\s*\d{1,4}))?""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_STEP = 4
_LINES_AT_EDGE = 2
_TIMES_THAT_MAKE_A_HABIT = 3


def without_furniture(blocks: Iterable[Block]) -> list[Block]:
    """The blocks without page numbers and lines that are repeated page by page.

    A line that is marked (or sized) as a heading only counts as repeated at the edge of its page.
    """
    kept = list(blocks)
    texts = [one_line(block.text) if isinstance(block, TextBlock) else "" for block in kept]
    pages = [block.page if isinstance(block, TextBlock) else None for block in kept]
    edges = list(_edges_of_pages(kept))
    at_edge = {place for edge in edges for place in edge.places}
    running = {place for place in running_lines(texts, pages) if place in at_edge or not _is_heading(kept[place])}
    numbers = {place for place, text in enumerate(texts) if is_page_number(text) or text.isdigit()}
    running |= _at_same_edge(edges, kept, texts, running | numbers)
    return [
        block
        for place, (block, text) in enumerate(zip(kept, texts, strict=True))
        if place not in running and not is_page_number(text) and not text.isdigit()
    ]


def _is_heading(block: Block) -> bool:
    return isinstance(block, TextBlock) and block.heading_level is not None


@dataclass(frozen=True)
class _Edge:
    """Places of the outermost blocks of a page, from its edge inwards."""

    page: int
    is_foot: bool
    places: tuple[int, ...]


def _edges_of_pages(blocks: Sequence[Block]) -> Iterator[_Edge]:
    by_page: dict[int, list[int]] = {}
    for place, block in enumerate(blocks):
        page = block.page if isinstance(block, TextBlock) else block.rows[0].page
        if page is not None:
            by_page.setdefault(page, []).append(place)
    for page, places in by_page.items():
        yield _Edge(page, False, tuple(places[:_LINES_AT_EDGE]))
        yield _Edge(page, True, tuple(reversed(places[-_LINES_AT_EDGE:])))


def _at_same_edge(
    edges: Iterable[_Edge], blocks: Sequence[Block], texts: Sequence[str], running: Collection[int]
) -> set[int]:
    """Places of the lines that are repeated word for word at the same edge of several pages.

    ``running`` are places known to be page furniture already. Chapters repeat their headings too, so a marked heading
    is page furniture only where it is outermost on one page after the other.
    """
    alike: dict[tuple[str, bool], dict[int, int]] = {}
    outside: dict[int, tuple[int, ...]] = {}
    for edge in edges:
        for depth, place in enumerate(edge.places):
            on_pages = alike.setdefault((texts[place], edge.is_foot), {})
            if texts[place] and on_pages.setdefault(edge.page, place) == place:
                outside[place] = edge.places[:depth]
    repeated = [on_pages for on_pages in alike.values() if len(on_pages) >= _TIMES_THAT_MAKE_A_HABIT]
    habit = {place for on_pages in repeated for place in on_pages.values()} | set(running)
    found: set[int] = set()
    for on_pages in repeated:
        if not any(_is_heading(blocks[place]) for place in on_pages.values()):
            is_running = 2 * len(on_pages) > max(on_pages) - min(on_pages)
        else:
            outermost = [page for page, place in on_pages.items() if habit.issuperset(outside[place])]
            is_running = _longest_run(outermost) >= _TIMES_THAT_MAKE_A_HABIT
        found |= set(on_pages.values()) if is_running else set()
    return found


def _longest_run(pages: Iterable[int]) -> int:
    """How many pages follow directly on each other, at most."""
    runs = groupby(enumerate(sorted(pages)), lambda item: item[1] - item[0])
    return max((len(list(run)) for _, run in runs), default=0)


def is_page_number(text: str) -> bool:
    """Whether a line is a page number, or ends in one: ``3 (26)``, ``SID 13 (36)``, ``Page 6 of 28``.

    A row may end in a negative number in brackets: ``Antal elever 108 71 (37)``.
    """
    match = _PAGE_NUMBER.fullmatch(text)
    if match is None or match["pages"] is None:
        return match is not None
    last = (match["before"] or "").split()[-1:]
    is_row = any(is_value(word) and not is_period(word) for word in last)
    return int(match["page"]) <= int(match["pages"]) and not is_row


def running_lines(texts: Sequence[str], pages: Sequence[int | None] = ()) -> set[int]:
    """Indexes of repeated lines whose first or last number grows in small steps.

    If ``pages`` are known, the number must grow with them: ``Mål 1``, ``Mål 2``, ``Mål 3`` on one page are not repeats.
    """
    alike: dict[str, list[tuple[int, int]]] = {}
    for place, text in enumerate(texts):
        if re.search(r"[^\W\d]{3}", text):
            for number in re.finditer(r"^\d{1,4}(?=\s)|(?<=\s)\d{1,4}$", text):
                pattern = f"{text[: number.start()]}#{text[number.end() :]}"
                alike.setdefault(pattern, []).append((int(number[0]), place))
    paging = (found for found in alike.values() if _is_paging([number for number, _ in found]))
    return {place for found in paging if _follows_pages(found, pages) for _, place in found}


def _is_paging(numbers: Sequence[int]) -> bool:
    steps = [after - before for before, after in pairwise(numbers)]
    return len(numbers) >= _TIMES_THAT_MAKE_A_HABIT and all(0 < step <= _LONGEST_STEP for step in steps)


def _follows_pages(found: Sequence[tuple[int, int]], pages: Sequence[int | None]) -> bool:
    known = [(number, pages[place]) for number, place in found] if pages else []
    return len({number - page for number, page in known if page is not None}) <= 1
