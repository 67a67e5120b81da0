"""Outer heads of several columns, where the source tells no spans."""

from ingest.reading.vocabulary.column_headers import header_levels

INNER = ["Nämnd", "Total budget", "Ack. utfall", "Avvikelse", "Budget 2025", "Utfall 2025", "Budgetavvikelse"]


def test_an_outer_head_goes_on_over_its_block() -> None:
    outer = ["", "Sedan projektets start", "", "", "Varav i år", "", ""]
    over, under = header_levels([outer, INNER])
    assert over == ["", *["Sedan projektets start"] * 3, *["Varav i år"] * 3]
    assert under == INNER


def test_the_upper_half_of_a_head_is_no_outer_head() -> None:
    """A lower half that is no head by itself tells of a head on two lines, and blocks of other widths of nothing."""
    for outer, inner in (
        (["", "Prognos", "", "Budget", ""], ["Nämnd", "helår", "Avvikelse", "helår", "Kommentar"]),
        (["", "Bokslut", "", "Varav", ""], ["Nämnd", "2024", "Budget", "tillfälligt", "Avvikelse"]),
        (["", "Årets", "", "", "Förra årets", ""], ["Nämnd", "Budget", "Utfall", "Avvikelse", "Budget", "Prognos"]),
    ):
        assert header_levels([outer, inner])[0] == outer
