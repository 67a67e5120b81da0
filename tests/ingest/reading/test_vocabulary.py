"""The rules of print that only the reader has, each with texts on both sides of the boundary."""

from pathlib import Path

import pytest

from ingest.reading.report import read_report
from ingest.reading.vocabulary.header_cells import header_cells
from ingest.reading.vocabulary.periods import is_period
from ingest.reading.vocabulary.print import has_leaders, is_figure, is_only_a_figure, printed_letters
from ingest.reading.vocabulary.row_words import ends_sentence, goes_on


@pytest.mark.parametrize("text", ["34 867", "—269 200", "− 1,5 %", "≥ 85", "70–100", "91%***", ",4", "12 tkr"])
def test_figures(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", ["", "-", "12 34 567 8", "2024-08-31", "x", "85 av 100", "91%****"])
def test_texts_that_are_not_figures(text: str) -> None:
    assert not is_figure(text)


@pytest.mark.parametrize(
    ("text", "is_only"), [("1 234", True), ("-5", True), ("8 %", True), ("2024", False), ("7–20", False), ("51", False)]
)
def test_a_header_may_be_a_year_a_code_or_a_range_but_not_a_figure_of_a_row(text: str, is_only: bool) -> None:
    assert is_only_a_figure(text) == is_only


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("Barn och", True),
        ("IT-", True),
        ("Personer i åldrarna 7–", True),
        ("Antal tillfällen,", True),
        ("Avvikelse mot", True),
        ("-", False),
        ("Allmän kultur", False),
        ("Vårdande", False),
        ("Ungdomshem", False),
    ],
)
def test_a_text_continues_after_a_word_or_sign_that_needs_another(text: str, is_open: bool) -> None:
    assert goes_on(text) == is_open


def test_a_connective_joins_the_words_of_a_header() -> None:
    assert header_cells(["Verksamhet Utfall 2023 Avvikelse mot Budget 2024"]) == [
        "Verksamhet",
        "Utfall 2023",
        "Avvikelse mot Budget 2024",
    ]


def test_leaders_may_have_spaces_between_them() -> None:
    assert has_leaders("Personal ....... 12")
    assert has_leaders("Personal . . . . 12")
    assert not has_leaders("Personal m.m. 1.2.3")


@pytest.mark.parametrize(
    ("text", "is_known"),
    [("Kv 1", True), ("Kvartal 4 2024", True), ("T2", True), ("tertial 3", True), ("Q1 2025", True), ("Kv 5", False)],
)
def test_quarters_and_tertials_are_periods(text: str, is_known: bool) -> None:
    assert is_period(text) == is_known


def test_a_sentence_ends_in_a_stop_after_a_letter_or_number() -> None:
    assert ends_sentence("Kostnaden ökade med 8 %.")
    assert not ends_sentence("Övr. kostn. –")


def test_letters_that_a_file_stores_in_parts_are_one(tmp_path: Path) -> None:
    lines = [
        "Verksamhet          Budget 2024   Utfall 2024   Avvikelse",
        "Inta\u0308kter           31 000        33 200        2 200",
        "O\u0308vriga kostnader   —188 700      —190 700      —2 000",
    ]
    path = tmp_path / "made_up_report.txt"
    path.write_text("\n".join(["1 Drift", "Tabell 1 Drift, tkr", *lines]), encoding="utf-8")
    table = read_report(path, lambda page, pages: None).tables[0]
    assert [row.label for row in table.rows] == ["Intäkter", "Övriga kostnader"]
    assert table.rows[1].cells == ("—188 700", "—190 700", "—2 000")
    assert printed_letters("O\u0308ka\u2011t") == "Öka-t"
