"""Which section a table is in where chapters share their headings."""

import pytest

from ingest.reading.blocks import Block, TextBlock
from ingest.reading.page_furniture import without_furniture
from tests.support.grids import grid, tables


def heading(text: str, level: int, page: int | None = None) -> TextBlock:
    return TextBlock(text, page=page, heading_level=level)


def money() -> Block:
    return grid(["Belopp i tkr", "Budget", "Utfall"], ["Intäkter", "10", "12"], ["Kostnader", "-30", "-33"])


def sections(*blocks: Block) -> list[str]:
    return [table.section for table in tables(*blocks)]


@pytest.mark.parametrize("chapter_level", [1, 2])
def test_a_heading_of_several_chapters_is_given_their_names(chapter_level: int) -> None:
    """A chapter may be printed in the size of the headings in it."""
    blocks: list[Block] = [heading("Påhittad uppföljning", 1)]
    for chapter in ("Påhittad park", "Låtsad hamn"):
        blocks += [heading(chapter, chapter_level), heading("Drift", 2), money()]
        blocks += [heading("Så blev det", 3), TextBlock("Inget hände."), heading("Köp", 2), money()]
    found = tables(*blocks)
    assert [table.section for table in found] == [
        "Påhittad park > Drift",
        "Påhittad park > Köp",
        "Låtsad hamn > Drift",
        "Låtsad hamn > Köp",
    ]
    assert [table.title for table in found] == ["Drift", "Köp", "Drift", "Köp"]


def test_a_path_has_at_most_three_headings_and_leaves_out_what_every_table_has() -> None:
    blocks: list[Block] = [heading("Påhittad uppföljning", 1)]
    for part in ("Del A", "Del B"):
        blocks.append(heading(part, 2))
        for chapter in ("Påhittad park", "Låtsad hamn"):
            blocks += [heading(chapter, 3), heading("Drift", 4), heading("Så blev det", 5), TextBlock("Inget hände.")]
            blocks += [heading("Köp", 5), money(), heading("Så blev det", 5), TextBlock("Inget hände.")]
            blocks += [heading("Hyra", 4), heading("Köp", 5), money()]
    assert sections(*blocks)[:2] == ["Påhittad park > Drift > Köp", "Påhittad park > Hyra > Köp"]


def test_a_heading_of_one_chapter_keeps_its_own_name() -> None:
    blocks = [heading("Påhittad park", 1), heading("Drift", 2), money(), heading("Låtsad hamn", 1), heading("Köp", 2)]
    assert sections(*blocks, money()) == ["Drift", "Köp"]
    again = [heading("Påhittad park", 1), heading("Drift", 2), money(), heading("Drift", 2)]
    assert sections(*again, money()) == ["Drift", "Drift"]


def test_a_heading_that_print_breaks_is_one_and_a_note_in_large_print_is_none() -> None:
    broken = [heading("Påhittat kapitel", 2), heading("3 Läget för årets låtsade", 1), heading("ekonomi", 1)]
    assert sections(*broken, money()) == ["3 Läget för årets låtsade ekonomi"]
    remarks = [heading("Förklaring:", 2), heading("P: påhittade mått.", 2), heading("* Utfallet är låtsat", 2)]
    assert sections(heading("Påhittat styrkort", 1), *remarks, money()) == ["Påhittat styrkort"]


def pages(*lines: tuple[int, str, int | None]) -> list[str]:
    """The texts that are left of pages that begin with the lines (page, text, level) and end with a sentence."""
    blocks: list[Block] = []
    for page, text, level in lines:
        blocks += [TextBlock(text, page=page, heading_level=level)]
        blocks += [TextBlock(f"Påhittad mening {page}{letter}.", page=page) for letter in "abc"]
    kept = without_furniture(blocks)
    return [
        block.text for block in kept if isinstance(block, TextBlock) and not block.text.startswith("Påhittad mening")
    ]


def test_a_heading_at_the_top_of_some_pages_is_no_running_head() -> None:
    chapters = [(page, "Drift" if page % 2 else "Köp", 2) for page in range(1, 7)]
    assert pages(*chapters) == ["Drift", "Köp"] * 3
    unmarked = [(page, "Drift" if page % 4 == 1 else f"Rubrik {'abcdefghi'[page]}", None) for page in range(1, 10)]
    assert pages(*unmarked).count("Drift") == 3


@pytest.mark.parametrize("level", [None, 2])
def test_a_line_at_the_top_of_page_after_page_is_a_running_head(level: int | None) -> None:
    assert pages(*[(page, "Påhittad rapport", level) for page in range(2, 6)]) == []


def test_a_heading_below_its_chapter_is_no_running_head() -> None:
    blocks: list[Block] = []
    for page, chapter in enumerate(("Påhittad park", "Låtsad hamn", "Hittad skog"), 1):
        blocks += [heading(chapter, 1, page), heading("Drift", 2, page)]
        blocks += [TextBlock(f"Påhittad mening {page}{letter}.", page=page) for letter in "abc"]
    assert [block.text for block in without_furniture(blocks) if isinstance(block, TextBlock)].count("Drift") == 3
