"""`key_figures` against the printed pages. Every value was read from a page or calculated by hand."""

from typing import Any

import pytest

from tests.support.printed_pages import check

KEY_FIGURES: list[tuple[str, str, int, str, float]] = [
    # Mark 2023, 4.1 line 149
    ("U33402", "1463", 2021, "T", 118),
    # Mark 2025, 4.1 line 251
    ("U33401", "1463", 2024, "T", 93),
    # Mark 2023, 4.2 line 239, printed again in Mark 2025, 4.2 line 457
    ("U28414", "1463", 2023, "T", 56),
    # Mark 2023, 4.2 line 240: printed under 2021, surveyed in 2020
    ("U28532", "1463", 2020, "T", 73),
    # Mark 2025, 4.2 line 467 and Askersund, Mål och indikator 4 line 582
    ("U28532", "1463", 2024, "T", 82),
    ("U28532", "1882", 2024, "T", 58),
    # Mark 2023, 4.2 lines 290, 307 and 308: all, men and women
    ("U30450", "1463", 2023, "T", 90),
    ("U30450", "1463", 2023, "M", 91),
    ("U30450", "1463", 2023, "K", 88),
    # Askersund, Mål och indikator 4 lines 537 and 551
    ("U23461", "1882", 2024, "T", 61),
    ("U23470", "1882", 2024, "T", 41),
    # Alingsås, Nyckeltal line 269
    ("U31462", "1489", 2023, "T", 70),
    ("U31462", "1489", 2024, "T", 87),
]


@pytest.mark.parametrize(("kpi", "municipality", "year", "gender", "value"), KEY_FIGURES)
def test_a_key_figure(warehouse: Any, kpi: str, municipality: str, year: int, gender: str, value: float) -> None:
    key = {"kpi_id": kpi, "municipality_code": municipality, "year": year, "gender": gender}
    check(warehouse, "key_figures", key, {"value": value})


def test_a_key_figure_cited_twice_appears_once(warehouse: Any) -> None:
    # 43 rows in data/key_figures/cited_in_reports.csv; ten of them repeat a figure that is already there
    counted = warehouse.execute(
        "select count(*), count(distinct (kpi_id, municipality_code, year, gender)), count(distinct kpi_id) "
        "from marts.key_figures"
    ).fetchone()
    assert counted == (33, 33, 17)
