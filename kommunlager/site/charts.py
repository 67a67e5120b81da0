"""Charts as inline SVG in the page's colours and fonts; each has a description in words."""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import altair as alt
import vl_convert
from markupsafe import Markup

_WIDE, _NARROW = 700, 330
# Widths in px of a character of labels and of the bolder values; generous, as the reader's font is not known.
_LABEL_CHARACTER, _VALUE_CHARACTER = 6.6, 8.5
_LINE_HEIGHT, _BAR_HEIGHT = 17, 14
_TONES = {"good": "var(--good)", "bad": "var(--bad)", "plain": "var(--plain)"}
# What distinguishes lines besides their colour; the key beside a chart shows the shapes.
_SHAPES = ["circle", "square", "triangle-up", "cross"]
_DASHES = [[1, 0], [6, 4], [2, 3], [8, 3, 2, 3]]
_LINE_STYLES = len(_SHAPES)


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
    return _bars(bars, _WIDE, description, "chart wide") + _bars(bars, _NARROW, description, "chart narrow")


def line_chart(points: Sequence[Point], description: str) -> LineChart:
    """Outcomes as lines over years, forecasts as open diamonds, targets as ticks.

    Empty if there is only one year, and if there are too many lines to distinguish.
    """
    key = list(enumerate(dict.fromkeys(point.line for point in points), start=1))
    if len({point.year for point in points}) < 2 or len(key) > _LINE_STYLES:
        return LineChart((), Markup(""))
    styles = {name: style for style, name in key}
    sides = _sides_of_texts(points)
    values = [{**vars(point), "style": styles[point.line], "side": sides.get(point)} for point in points]
    return LineChart(tuple(key), _svg(_line_drawing(), values, {}, description, "chart"))


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
        centre = top + _LINE_HEIGHT * len(label) + _BAR_HEIGHT // 2 + 2
        values.append({**vars(bar), "label": label, "top": top, "centre": centre, "is_below": bar.value < 0})
        top = centre + _BAR_HEIGHT + 6
    low, high = _domain(bars, width)
    sizes = {"width": width, "height": top, "low": low, "high": high}
    return _svg(_bar_drawing(), values, sizes, description, css_class)


def _domain(bars: Sequence[Bar], width: int) -> tuple[float, float]:
    """From the lowest to the highest value, widened to fit the texts at the bars' ends."""
    low, high = min(0.0, *(bar.value for bar in bars), 0.0), max(0.0, *(bar.value for bar in bars), 0.0)
    room_low = _VALUE_CHARACTER * max((len(bar.text) + 1 for bar in bars if bar.value < 0), default=1)
    room_high = _VALUE_CHARACTER * max((len(bar.text) + 1 for bar in bars if bar.value >= 0), default=1)
    whole = ((high - low) or 1.0) / (1 - (room_low + room_high) / width)
    return low - whole * room_low / width, high + whole * room_high / width


@cache
def _bar_drawing() -> dict[str, Any]:
    """The parts that all bar charts share; bars and sizes are set per chart as signals."""
    base = alt.Chart(alt.NamedData("points"))
    scale = alt.Scale(domainMin=alt.expr("low"), domainMax=alt.expr("high"), nice=False, zero=False)
    value = alt.X("value:Q", axis=None, scale=scale)
    centre, top = (alt.Y(f"{edge}:Q", axis=None, scale=None) for edge in ("centre", "top"))
    colours = alt.Scale(domain=list(_TONES), range=list(_TONES.values()))
    colour = alt.Color("tone:N", legend=None, scale=colours)
    zero = base.mark_tick(orient="vertical", thickness=1, size=_BAR_HEIGHT + 8, color="var(--ink)")
    names = base.mark_text(align="left", baseline="top", fontSize=13, lineHeight=_LINE_HEIGHT, color="var(--ink)")
    layers = (
        base.mark_bar(orient="horizontal", size=_BAR_HEIGHT).encode(x=value, y=centre, color=colour),
        zero.encode(x=alt.XDatum(0, axis=None), y=centre),
        names.encode(x=alt.value(0), y=top, text="label:N"),
        *(_value_texts(base, is_below).encode(x=value, y=centre, text="text:N") for is_below in (True, False)),
    )
    sizes = [alt.param(name=name, value=0) for name in ("low", "high")]
    return _compiled(alt.LayerChart(layer=layers).add_params(*sizes).properties(width=_WIDE, height=_WIDE))


def _value_texts(base: alt.Chart, is_below: bool) -> alt.Chart:
    """Each value is outside its bar's end."""
    chosen: alt.Chart = base.transform_filter(f"datum.is_below == {str(is_below).lower()}")
    side: Literal["left", "right"] = "right" if is_below else "left"
    texts: alt.Chart = chosen.mark_text(
        align=side, dx=-6 if is_below else 6, fontSize=13, fontWeight=600, color="var(--ink)"
    )
    return texts


@cache
def _line_drawing() -> dict[str, Any]:
    """The parts that all line charts share; points are set per chart."""
    base = alt.Chart(alt.NamedData("points")).encode(
        x=alt.X(
            "year:Q",
            axis=_axis(format="d", tickMinStep=1, labelOverlap=True, grid=False),
            scale=alt.Scale(zero=False, nice=False, padding=20),
        ),
        y=alt.Y("value:Q", axis=_axis(tickCount=3, grid=True), scale=alt.Scale(zero=False, nice=True, padding=14)),
        detail="line:N",
    )
    styles = list(range(1, _LINE_STYLES + 1))
    colours = alt.Scale(domain=styles, range=[f"var(--line-{style})" for style in styles])
    colour = alt.Color("style:O", legend=None, scale=colours)
    dash = alt.StrokeDash("style:O", legend=None, scale=alt.Scale(domain=styles, range=_DASHES))
    shape = alt.Shape("style:O", legend=None, scale=alt.Scale(domain=styles, range=_SHAPES))
    outcome, forecast, target = (
        base.transform_filter(f"datum.kind == '{kind}'") for kind in ("outcome", "forecast", "target")
    )
    layers = (
        target.mark_tick(orient="horizontal", thickness=2.5, size=22, color="var(--target)"),
        outcome.mark_line(strokeWidth=2).encode(color=colour, strokeDash=dash),
        outcome.mark_point(filled=True, size=44).encode(color=colour, shape=shape),
        forecast.mark_point(shape="diamond", size=60, fill="var(--paper)", strokeWidth=2).encode(stroke=colour),
        *(
            base.transform_filter(f"datum.side == '{side}'")
            .mark_text(dy=distance, fontSize=12, fontWeight=600, color="var(--ink)")
            .encode(text="text:N")
            for side, distance in (("above", -11), ("below", 13))
        ),
    )
    return _compiled(alt.LayerChart(layer=layers).properties(width=250, height=130))


def _axis(**settings: Any) -> alt.Axis:
    return alt.Axis(
        title=None,
        domain=False,
        ticks=False,
        labelFontSize=12,
        labelColor="var(--soft)",
        labelPadding=6,
        gridColor="var(--grid)",
        **settings,
    )


def _compiled(chart: alt.LayerChart) -> dict[str, Any]:
    """The Vega drawing of a chart, so that Vega-Lite is compiled once for all charts of the same kind."""
    view = alt.ViewConfig(stroke=None)
    drawn = chart.configure(aria=False, background="transparent", font="sans-serif", padding=5, view=view)
    return dict(vl_convert.vegalite_to_vega(drawn.to_dict()))


def _svg(
    drawing: dict[str, Any], points: list[dict[str, Any]], sizes: dict[str, float], description: str, css_class: str
) -> Markup:
    """The drawing as one image for screen readers, without styles that the page sets itself."""
    data = [{**data, "values": points} if data["name"] == "points" else data for data in drawing["data"]]
    signals = [
        {**signal, "value": sizes[signal["name"]]} for signal in drawing.get("signals", ()) if signal["name"] in sizes
    ]
    own_size = {name: sizes[name] for name in ("width", "height") if name in sizes}
    whole = {**drawing, **own_size, "signals": signals, "data": data}
    svg = vl_convert.vega_to_svg(whole, format_locale="sv-SE")
    bare = re.sub(r'<path class="(?:background|foreground)"[^>]*/>', "", svg)
    bare = re.sub(r' (?:aria-[a-z]+|role|class|font-family|pointer-events|opacity)="[^"]*"', "", bare)
    bare = re.sub(r'(?<= )(?:transform|d)="[^"]*"', lambda found: re.sub(r"(\.\d)\d+", r"\1", found[0]), bare)
    opening, inside = bare.split(">", 1)
    width, height = re.findall(r' (?:width|height)="(\d+)"', opening)
    start = Markup('<svg class="{0}" width="{1}" height="{2}" viewBox="0 0 {1} {2}" role="img" aria-label="{3}">')
    # Vega has escaped the texts in its drawing.
    return start.format(css_class, width, height, description) + Markup(inside)  # noqa: S704
