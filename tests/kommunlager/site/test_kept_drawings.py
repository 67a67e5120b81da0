"""Charts are drawn once, and the file that keeps them is only a help."""

from pathlib import Path

import pytest

from kommunlager.site import charts as site_charts
from kommunlager.site import drawings as site_drawings
from kommunlager.site.charts import Bar, bar_chart
from kommunlager.site.drawings import kept_drawings


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is really drawn: the first label of each."""
    drawn: list[str] = []
    draw = site_charts.vl_convert.vega_to_svg

    def noted(made_from: dict, **settings: str) -> str:
        points = next(data["values"] for data in made_from["data"] if data["name"] == "points")
        drawn.append(points[0]["label"][0])
        return draw(made_from, **settings)

    monkeypatch.setattr(site_charts.vl_convert, "vega_to_svg", noted)
    return drawn


def charts(path: Path | None, *values: float) -> list[str]:
    """Bar charts, with their drawings kept in a file."""
    with kept_drawings(path):
        return [bar_chart([Bar(f"Påhittad {value}", value, str(value))], "Påhittat diagram") for value in values]


def test_what_is_unchanged_is_not_drawn_again(tmp_path: Path, drawings: list[str]) -> None:
    first = charts(tmp_path / "drawings.sqlite", 1.0, 2.0)
    assert drawings == ["Påhittad 1.0"] * 2 + ["Påhittad 2.0"] * 2
    drawings.clear()
    assert charts(tmp_path / "drawings.sqlite", 2.0, 3.0) == [first[1], *charts(None, 3.0)]
    assert set(drawings) == {"Påhittad 3.0"}


def test_what_a_release_no_longer_has_is_not_kept(tmp_path: Path, drawings: list[str]) -> None:
    for values in ((1.0, 2.0), (2.0,), (1.0,)):
        drawings.clear()
        charts(tmp_path / "drawings.sqlite", *values)
    assert set(drawings) == {"Påhittad 1.0"}


def test_another_library_draws_everything(tmp_path: Path, drawings: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    charts(tmp_path / "drawings.sqlite", 1.0)
    drawings.clear()
    monkeypatch.setattr(site_drawings, "version", lambda library: "another version")
    charts(tmp_path / "drawings.sqlite", 1.0)
    assert set(drawings) == {"Påhittad 1.0"}


def test_a_damaged_file_is_replaced(tmp_path: Path, drawings: list[str]) -> None:
    path = tmp_path / "drawings.sqlite"
    path.write_bytes(b"not a database " * 100)
    first = charts(path, 1.0)
    drawings.clear()
    assert charts(path, 1.0) == first == charts(None, 1.0)
    assert len(drawings) == 2
