"""The SQL parsers of printed cells against a second, independent implementation of the same rules, on many texts."""

from random import Random

import pytest

from tests.support import printed_text_oracle as oracle
from tests.support.sql_parsers import SqlParsers

PIECES = [
    *"0123456789" * 3,
    *"  \u00a0\u2009\t",
    *"-–−+±",
    *",.%*<>=≤≥/",
    "19",
    "20",
    "2024",
    "31/8",
    "jan",
    "till ",
    "kr",
    ":-",
    *"()..",
    ".000",
    "\u2011",
]


def drawn_texts(seed: int, count: int) -> list[str]:
    random = Random(seed)
    return ["".join(random.choices(PIECES, k=random.randint(0, 12))) for _ in range(count)]


@pytest.fixture(scope="module")
def parsers() -> SqlParsers:
    return SqlParsers()


def test_sql_and_oracle_agree_on_drawn_texts(parsers: SqlParsers) -> None:
    answers = parsers.parse(drawn_texts(seed=1, count=10_000))
    assert sum(number is not None for _, number, *_ in answers) > 1000
    assert [a for a in answers if a[1] != oracle.swedish_number(a[0])] == []
    assert [a for a in answers if not oracle.is_worded(a[0]) and a[2] != oracle.target_number(a[0])] == []
    assert [a for a in answers if a[4:6] != oracle.range_bounds(a[0])] == []
    assert [a for a in answers if a[6] != oracle.header_year(a[0])] == []


def test_sql_and_oracle_agree_on_more_digits_than_any_figure_has(parsers: SqlParsers) -> None:
    texts = [
        "1" * 40,
        "1" * 40 + "-2",
        "1–" + "9" * 50,
        "99999999999999,99999",
        "0," + "9" * 60,
        "70-" + "0" * 50 + "9",
    ]
    answers = parsers.parse(texts)
    assert [(a[1], a[4:6]) for a in answers] == [(oracle.swedish_number(t), oracle.range_bounds(t)) for t in texts]
