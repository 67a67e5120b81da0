"""Bar and line charts as inline SVG in the page's colours and fonts; each has a description in words."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from kommunlager.site.charts.kept import drawn
from kommunlager.site.charts.layout import BAR_HEIGHT, LINE_HEIGHT, LINE_STYLES, NARROW, WIDE

# Widths in px of a character of labels and of the bolder values; generous, as the reader's font is not known.
_LABEL_CHARACTER, _VALUE_CHARACTER = 6.6, 8.5


@dataclass(frozen=True)
class Bar:
    """One labelled bar; ``text`` is the value as written at its end, ``tone`` is good, bad or plain."""

    label: str
    value: float
    text: str
    tone: str = "plain"


@dataclass(frozen=True)
class Point:
    """One value, written as ``text``, of the line that ``line`` names; ``kind`` is outcome, forecast or target."""

    year: int
    value: float
    line: str
    kind: str
    text: str


@dataclass(frozen=True)
class LineChart:
    """A drawing and its key: the style of each line (a number for colour and shape) and its name."""

    key: tuple[tuple[int, str], ...]
    drawing: Markup


def bar_chart(bars: Sequence[Bar], description: str) -> Markup:
    """Bars to both sides of zero, each under its label; one drawing for wide windows and one for narrow."""
    if not bars:
        return Markup("")
    return _bars(bars, WIDE, description, "chart wide") + _bars(bars, NARROW, description, "chart narrow")


def line_chart(points: Sequence[Point], description: str) -> LineChart:
    """Outcomes as lines over years, forecasts as open diamonds, targets as ticks.

    Empty if there is only one year, and if there are too many lines to distinguish.
    """
    key = list(enumerate(dict.fromkeys(point.line for point in points), start=1))
    if len({point.year for point in points}) < 2 or len(key) > LINE_STYLES:
        return LineChart((), Markup(""))
    styles = {name: style for style, name in key}
    sides = _sides_of_texts(points)
    values = [{**vars(point), "style": styles[point.line], "side": sides.get(point)} for point in points]
    return LineChart(tuple(key), _svg("lines", values, {}, description, "chart"))


def _sides_of_texts(points: Sequence[Point]) -> dict[Point, str]:
    """The side for the last outcome of each line: above for the higher lines, below for the lower."""
    lasts = sorted({p.line: p for p in points if p.kind == "outcome"}.values(), key=lambda point: -point.value)
    highest = (len(lasts) + 1) // 2
    return {point: "above" if place < highest else "below" for place, point in enumerate(lasts)}


def _bars(bars: Sequence[Bar], width: int, description: str, css_class: str) -> Markup:
    """The bars in pixels from the top: label lines, then the bar."""
    labels = [textwrap.wrap(bar.label, int(width / _LABEL_CHARACTER)) for bar in bars]
    values, top = [], 0
    for bar, label in zip(bars, labels, strict=True):
        centre = top + LINE_HEIGHT * len(label) + BAR_HEIGHT // 2 + 2
        values.append({**vars(bar), "label": label, "top": top, "centre": centre, "is_below": bar.value < 0})
        top = centre + BAR_HEIGHT + 6
    low, high = _domain(bars, width)
    sizes = {"width": width, "height": top, "low": low, "high": high}
    return _svg("bars", values, sizes, description, css_class)


def _domain(bars: Sequence[Bar], width: int) -> tuple[float, float]:
    """From the lowest to the highest value, widened to fit the texts at the bars' ends."""
    low, high = min(0.0, *(bar.value for bar in bars), 0.0), max(0.0, *(bar.value for bar in bars), 0.0)
    room_low = _VALUE_CHARACTER * max((len(bar.text) + 1 for bar in bars if bar.value < 0), default=1)
    room_high = _VALUE_CHARACTER * max((len(bar.text) + 1 for bar in bars if bar.value >= 0), default=1)
    whole = ((high - low) or 1.0) / (1 - (room_low + room_high) / width)
    return low - whole * room_low / width, high + whole * room_high / width


def _svg(kind: str, points: list[dict[str, Any]], sizes: dict[str, float], description: str, css_class: str) -> Markup:
    """The drawing as one image for screen readers."""
    drawing = drawn(kind, points, sizes)
    start = Markup('<svg class="{0}" width="{1}" height="{2}" viewBox="0 0 {1} {2}" role="img" aria-label="{3}">')
    # Vega has escaped the texts in its drawing.
    return start.format(css_class, drawing.width, drawing.height, description) + Markup(drawing.inside)  # noqa: S704
