"""What the spaces that a PDF writes, or omits, show about words, cells and lines."""

import pytest

from ingest.reading.blocks import PROBABLE_BREAK
from ingest.reading.sources.printed_lines import lines_of, text_of_lines
from ingest.reading.sources.printed_words import Word
from ingest.reading.vocabulary.print import one_line


def made_up_words(*texts: str, has_space: bool | None = True, may_be_half: bool = False) -> tuple[Word, ...]:
    """Words of one line, a space apart."""
    lefts = [5.0 * sum(len(text) + 0.6 for text in texts[:number]) for number in range(len(texts))]
    return tuple(
        Word(text, left, left + 5.0 * len(text), 0, 10, 10, has_space, may_be_half)
        for text, left in zip(texts, lefts, strict=True)
    )


@pytest.mark.parametrize(("has_space", "cells"), [(True, ["158 400"]), (None, ["158 400"]), (False, ["158", "400"])])
def test_figures_a_space_apart_are_one_unless_no_space_is_written(has_space: bool | None, cells: list[str]) -> None:
    (line,) = lines_of(made_up_words("158", "400", has_space=has_space), gap=0.45)
    assert [segment.text for segment in line.segments] == cells


@pytest.mark.parametrize(
    ("above", "below", "is_half", "between"),
    [
        (("Nöjda", "brukare,", "hemtj"), ("änst",), True, PROBABLE_BREAK + "\n"),
        (("Centralskolans",), ("gymnastiksal",), False, "\n"),
        (("Budget",), ("2025",), True, "\n"),
    ],
)
def test_a_word_may_go_on_where_a_line_ends_without_space(
    above: tuple[str, ...], below: tuple[str, ...], is_half: bool, between: str
) -> None:
    lines = [made_up_words(*above, may_be_half=is_half), made_up_words(*below)]
    assert text_of_lines(lines) == " ".join(above) + between + " ".join(below)


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        ("-148 14\n0", "-148 140"),
        ("− 1 423 6\n87", "− 1 423 687"),
        ("148\n0", "148 0"),
        ("Gatubelysning\n, antal punkter", "Gatubelysning, antal punkter"),
    ],
)
def test_a_number_broken_within_its_thousands_is_one(printed: str, whole: str) -> None:
    assert one_line(printed) == whole
