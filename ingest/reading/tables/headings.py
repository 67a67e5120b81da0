"""Finds numbered headings, and puts paragraphs together that a source gives line by line."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice, pairwise

from ingest.reading.blocks import Block, TextBlock
from ingest.reading.vocabulary.print import one_line
from ingest.reading.vocabulary.units import states_only_unit

_NUMBERED = re.compile(r"(?:(\d{1,2}(?:\.\d{1,2}){0,4})\.?|(?:[Bb]ilaga|BILAGA) \d{1,2}[.:]?)\s+[A-ZÅÄÖ]\S*")
_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+")
_LONGEST_HEADING = 160
# Parts the headings of a section's path: ``Avfall > Drift``.
BETWEEN_HEADINGS = " > "
_ENDS = (".", ":", "!", "?", ";")
_ITEM = re.compile(r"([A-ZÅÄÖ][a-zåäö]+) (\d{1,2})([.:]) ")
_WIDEST_STEP = 2
# A heading follows on one of so many before it, so that a file of nothing but numbers is soon read.
_MOST_BETWEEN = 100

Number = tuple[int, ...]


def numbered_headings(texts: Sequence[str]) -> frozenset[int]:
    """Places of the texts that are headings by their number: ``7.1 Driftredovisning``, ``Bilaga 1. Uppföljning``.

    Numbers of headings count on from each other, with a point after them or without. Several chapters that follow on
    each other without text between are a list, of contents or of something else.
    """
    chain: list[int] = max((_chain(texts, has_point) for has_point in (False, True)), key=len)
    appendices = {place for place, text in enumerate(texts) if is_numbered_heading(text) and not _number(text)}
    return frozenset(chain) | appendices


def listed_items(texts: Sequence[str]) -> frozenset[int]:
    """Places of the texts that are items of a list and what heads it: ``Koppling``, ``Mål 3. …``, ``Mål 8. …``.

    Items follow on each other, each with the same word and a higher number. What is listed once is so everywhere.
    """
    items = [_ITEM.match(text) for text in texts]
    words: set[tuple[str, ...]] = set()
    heads: set[str] = set()
    for place, (one, other) in enumerate(pairwise(items)):
        if one and other and one.group(1, 3) == other.group(1, 3) and int(one[2]) < int(other[2]):
            words.add(one.group(1, 3))
            heads |= {texts[place - 1]} if place and not items[place - 1] else set()
    are_items = {place for place, item in enumerate(items) if item and item.group(1, 3) in words}
    return frozenset(are_items | {place for place, text in enumerate(texts) if text and text in heads})


def _chain(texts: Sequence[str], has_point: bool) -> list[int]:
    """The longest chain of numbers that count on from each other, of several the last."""
    numbers = {place: _number(text) for place, text in enumerate(texts) if _is_of_style(text, has_point)}
    chains: dict[int, list[int]] = {}
    for run in _runs(numbers):
        if _is_list([numbers[place] for place in run]):
            continue
        for place in run:
            near = islice(reversed(chains.items()), _MOST_BETWEEN)
            before = [chain for last, chain in near if _counts_on(numbers[last], numbers[place])]
            chains[place] = [*max(before, key=len, default=[]), place]
    return max(reversed(chains.values()), key=len, default=[])


def _is_of_style(text: str, has_point: bool) -> bool:
    number = _number(text)
    return is_numbered_heading(text) and (len(number) > 1 or (bool(number) and has_point == _has_point(text)))


def _is_list(run: Sequence[Number]) -> bool:
    """Whether chapters follow on each other; one may follow on the last part of the chapter before."""
    has_chapters = any(len(number) == 1 for number in run[1:])
    return has_chapters and (len(run) > 2 or len(run[0]) == 1)


def _runs(places: Iterable[int]) -> list[list[int]]:
    """The places that follow each other, put together."""
    return [[place for _, place in run] for _, run in groupby(enumerate(places), lambda item: item[1] - item[0])]


def _has_point(text: str) -> bool:
    return text.split()[0].endswith(".")


def heading_name(section: str) -> str:
    """A section's heading without chapters and number: ``Avfall > Drift`` is Drift, ``7.1 Personal`` is Personal."""
    return _NUMBER.sub("", section.rpartition(BETWEEN_HEADINGS)[2])


def mended_headings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, a marked heading that goes on in the next line put together, and what can't be a heading unmarked.

    Print in small type marks notes, sentences, units and what introduces a text (``Förklaring:``) as headings by their
    size.
    """
    mended: list[Block] = []
    for block in blocks:
        above = mended[-1] if mended else None
        if isinstance(block, TextBlock) and isinstance(above, TextBlock) and _is_one_heading(above, block):
            mended[-1] = replace(above, text=f"{above.text}\n{block.text}")
        else:
            mended.append(block)
    for place in reversed(range(len(mended))):
        block = mended[place]
        if isinstance(block, TextBlock) and _is_remark(block, mended[place + 1 : place + 2]):
            mended[place] = replace(block, heading_level=None)
    return mended


def _is_one_heading(above: TextBlock, block: TextBlock) -> bool:
    is_near = above.heading_level is not None and above.page == block.page and not states_only_unit(block.text)
    return is_near and _is_one_paragraph(above, block)


def _is_remark(block: TextBlock, after: Sequence[Block]) -> bool:
    text = one_line(block.text)
    introduces_text = text.endswith(":") and any(isinstance(one, TextBlock) and not one.heading_level for one in after)
    return text.startswith("*") or text.endswith(".") or introduces_text or states_only_unit(text)


def whole_paragraphs(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, a line that begins in the midst of a sentence put together with the one above it."""
    above: TextBlock | None = None
    for block in blocks:
        if isinstance(block, TextBlock) and above is not None and _is_one_paragraph(above, block):
            above = replace(above, text=f"{above.text}\n{block.text}")
            continue
        if above is not None:
            yield above
        above = block if isinstance(block, TextBlock) else None
        if above is None:
            yield block
    if above is not None:
        yield above


def _is_one_paragraph(above: TextBlock, block: TextBlock) -> bool:
    return above.heading_level == block.heading_level and _reads_on(above.text, block.text)


def _reads_on(above: str, text: str) -> bool:
    return text[:1].islower() and not above.rstrip().endswith(_ENDS)


def is_numbered_heading(text: str) -> bool:
    """Whether a line looks like a heading with a number: ``3 Ekonomi``, ``7.1 Driftredovisning``, ``Bilaga 2 Mål``."""
    is_heading = _NUMBERED.match(text) is not None and len(text) <= _LONGEST_HEADING
    return is_heading and not re.search(r"[.;,:]$|\.{4}|\s\d{1,3}$", text) and text.count(". ") < 2


def _number(text: str) -> Number:
    match = _NUMBERED.match(text)
    return tuple(map(int, match[1].split("."))) if match and match[1] else ()


def _counts_on(last: Number, number: Number) -> bool:
    """Whether a number follows on another; of one part it may leave out one, of several parts any that rises may."""
    if len(number) > 1:
        return number > last
    return last[0] < number[0] <= last[0] + _WIDEST_STEP
