"""The words of headers, learned from the seed, and outer headers of several columns if the source shows no spans."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import InputRefusedError
from ingest.reading.vocabulary import column_headers
from ingest.reading.vocabulary.column_headers import header_levels, is_column_header, is_figure_header, is_text_header

INNER = ["Nämnd", "Total budget", "Ack. utfall", "Avvikelse", "Budget 2025", "Utfall 2025", "Budgetavvikelse"]


def test_an_outer_header_covers_its_block() -> None:
    outer = ["", "Sedan projektets start", "", "", "Varav i år", "", ""]
    over, under = header_levels([outer, INNER])
    assert over == ["", *["Sedan projektets start"] * 3, *["Varav i år"] * 3]
    assert under == INNER


def test_the_upper_half_of_a_header_is_not_an_outer_header() -> None:
    """A lower half that is not a header by itself shows a header on two lines; blocks of other widths show nothing."""
    for outer, inner in (
        (["", "Prognos", "", "Budget", ""], ["Nämnd", "helår", "Avvikelse", "helår", "Kommentar"]),
        (["", "Bokslut", "", "Varav", ""], ["Nämnd", "2024", "Budget", "tillfälligt", "Avvikelse"]),
        (["", "Årets", "", "", "Förra årets", ""], ["Nämnd", "Budget", "Utfall", "Avvikelse", "Budget", "Prognos"]),
    ):
        assert header_levels([outer, inner])[0] == outer


@pytest.fixture
def seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the seed that a test may change; what the reader has learned from it is forgotten afterwards."""
    copy = tmp_path / "header_patterns.csv"
    copy.write_text(column_headers._SEED.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(column_headers, "_SEED", copy)
    column_headers._patterns.cache_clear()
    yield copy
    column_headers._patterns.cache_clear()


def test_a_new_row_of_the_seed_teaches_the_reader(seed: Path) -> None:
    assert not is_figure_header("Redovisat jan-aug")
    assert not is_column_header("Budgetlinje")
    with seed.open("a", encoding="utf-8") as rows:
        rows.write("71,redovisat,outcome,own,false,,figures\n")
        rows.write("72,^budgetlinje,text,none,false,,figures_beside_others\n")
        rows.write("73,^mätmetod,text,none,false,method,words\n")
        rows.write("74,^källa,text,none,false,,\n")
    column_headers._patterns.cache_clear()
    assert is_figure_header("Redovisat jan-aug")
    assert is_column_header("Budgetlinje")
    assert not is_figure_header("Budgetlinje")
    assert is_text_header("Mätmetod")
    assert not is_column_header("Källa")


def test_a_spoilt_seed_is_named_with_what_to_do(seed: Path) -> None:
    seed.write_text("priority;header_pattern\n1;utfall\n", encoding="utf-8")
    with pytest.raises(InputRefusedError, match=r"header_patterns\.csv: .* Put it right"):
        is_figure_header("Utfall")
    column_headers._patterns.cache_clear()
    seed.write_text("header_pattern,names_column_of\n(utfall,figures\n", encoding="utf-8")
    with pytest.raises(InputRefusedError, match=r"header_patterns\.csv"):
        is_figure_header("Utfall")
