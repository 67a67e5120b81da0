"""Words that narrow columns have broken without a hyphen."""

import pytest

from ingest.reading.blocks import Grid, GridRow, PrintedCell, TextBlock
from ingest.reading.tables.broken_words import with_whole_words


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        ("Avvik\nelse\n2024", "Avvikelse\n2024"),
        ("Påhittade\nkostnade\nr", "Påhittade\nkostnader"),
        ("Personal\nkostnade\nr", "Personalkostnader"),
        ("Utfall\nhelår", "Utfall\nhelår"),
        ("Budget\nAvvikelse", "Budget\nAvvikelse"),
        ("Prog\nnos", "Prog\nnos"),
        ("Utfall\u00ad\nhelår 2025", "Utfall\nhelår 2025"),
        ("Bokslut\u00ad\nhelår\u00ad\noch", "Bokslut\nhelår\noch"),
        ("Konsult\u00ad\nernas", "Konsulternas"),
    ],
)
def test_a_broken_word_is_joined_if_the_whole_word_is_known(printed: str, whole: str) -> None:
    blocks = [TextBlock("Här står orden avvikelse och helår"), Grid((GridRow((PrintedCell(printed),)),))]
    grid = list(with_whole_words(blocks, ["Övriga kostnader", "Personalkostnader"]))[1]
    assert isinstance(grid, Grid)
    assert grid.rows[0].cells[0].text == whole


@pytest.mark.parametrize(
    ("printed", "others"),
    [
        ("Övriga\u00ad\nhyror", ("Övriga hyror",)),
        ("Påhitts\u00ad\nkostnader", ("Påhitts kostnader",)),
        ("Påhittad\u00ad\npark\u00ad\nen", ("Påhittad park en",)),
        ("Konsult\u00ad\nernas", ()),
    ],
)
def test_a_break_that_may_be_between_two_words_is_doubtful(printed: str, others: tuple[str, ...]) -> None:
    grid = next(iter(with_whole_words([Grid((GridRow((PrintedCell(printed),)),))], ["Övriga kostnader"])))
    assert isinstance(grid, Grid)
    assert grid.rows[0].cells[0].alternatives == others
