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

from kommunlager.site.drawings import drawn

_WIDE, _NARROW = 700, 330
# Widths in px of a character of labels and of the bolder values; generous, as the reader's font is not known.
_LABEL_CHARACTER, _VALUE_CHARACTER = 7.4, 8.5
_LINE_HEIGHT, _BAR_HEIGHT = 17, 14
_TONES = {"good": "var(--good)", "bad": "var(--bad)", "plain": "var(--plain)"}
# What distinguishes lines besides their colour; the key beside a chart shows the shapes.
_SHAPES = ["circle", "square", "triangle-up", "cross"]
_DASHES = [[1, 0], [6, 4], [2, 3], [8, 3, 2, 3]]
_MOST_LINES = len(_SHAPES)
COLOURS = 8
# How bars of each kind are drawn: how full of their colour, and with which dashes around.
_FILLS = {"part": 1.0, "total": 1.0, "income": 0.25, "grant": 0.25}
_OUTLINES = {"part": [1, 0], "total": [1, 0], "income": [1, 0], "grant": [3, 2]}
_KIND_WORDS = {"total": "summa", "income": "intäkt", "grant": "bidrag"}


@dataclass(frozen=True)
class Bar:
    """One labelled bar; ``text`` is the value as written at its end, ``tone`` is good, bad or plain.

    ``kind`` is part, total, income or grant: a total isn't a part beside the parts, and income isn't a cost.
    """

    label: str
    value: float
    text: str
    tone: str = "plain"
    kind: str = "part"

    @property
    def name(self) -> str:
        """The label, with the kind in words where the label does not say it."""
        word = _KIND_WORDS.get(self.kind, "")
        return self.label if word in self.label.lower() else f"{self.label} ({word})"


@dataclass(frozen=True)
class Point:
    """One value, written as ``text``, of the line that ``line`` names; ``kind`` is outcome, forecast or target.

    ``colour`` is that of the line's municipality, from 1 to COLOURS; a line without one has that of its place.
    """

    year: int
    value: float
    line: str
    kind: str
    text: str
    colour: int | None = None


@dataclass(frozen=True)
class LineChart:
    """A drawing and its key: shape, colour and name of each line."""

    key: tuple[tuple[int, int, str], ...]
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
    lines = {point.line: point.colour for point in points}
    key = tuple((shape, colour or shape, name) for shape, (name, colour) in enumerate(lines.items(), start=1))
    if len({point.year for point in points}) < 2 or len(key) > _MOST_LINES:
        return LineChart((), Markup(""))
    return LineChart(key, _lines(points, key, description))


def _lines(points: Sequence[Point], key: tuple[tuple[int, int, str], ...], description: str) -> Markup:
    styles = {name: {"shape": shape, "colour": colour} for shape, colour, name in key}
    sides = _sides_of_texts(points)
    values = [{**vars(point), **styles[point.line], "side": sides.get(point)} for point in points]
    years = {"years": sorted({point.year for point in points})}
    return _svg(_line_drawing(), values, years, description, "chart")


def _sides_of_texts(points: Sequence[Point]) -> dict[Point, str]:
    """The side for the last outcome of each line: above for the higher lines, below for the lower."""
    lasts = sorted({p.line: p for p in points if p.kind == "outcome"}.values(), key=lambda point: -point.value)
    highest = (len(lasts) + 1) // 2
    return {point: "above" if place < highest else "below" for place, point in enumerate(lasts)}


def _bars(bars: Sequence[Bar], width: int, description: str, css_class: str) -> Markup:
    """The bars in pixels from the top: label lines, then the bar."""
    labels = [textwrap.wrap(bar.name, int(width / _LABEL_CHARACTER)) for bar in bars]
    values, top = [], 0
    for bar, label in zip(bars, labels, strict=True):
        centre = top + _LINE_HEIGHT * len(label) + _BAR_HEIGHT // 2 + 2
        sides = {"is_below": bar.value < 0, "is_total": bar.kind == "total", "fill": _FILLS[bar.kind]}
        values.append({**vars(bar), **sides, "label": label, "top": top, "centre": centre})
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
    colour, outline = (channel("tone:N", legend=None, scale=colours) for channel in (alt.Fill, alt.Stroke))
    fill = alt.FillOpacity("fill:Q", legend=None, scale=None)
    dashes = alt.Scale(domain=list(_OUTLINES), range=list(_OUTLINES.values()))
    dash = alt.StrokeDash("kind:N", legend=None, scale=dashes)
    zero = base.mark_tick(orient="vertical", thickness=1, size=_BAR_HEIGHT + 8, color="var(--ink)")
    layers = (
        base.mark_bar(orient="horizontal", size=_BAR_HEIGHT, strokeWidth=1.5).encode(
            x=value, y=centre, fill=colour, stroke=outline, fillOpacity=fill, strokeDash=dash
        ),
        zero.encode(x=alt.XDatum(0, axis=None), y=centre),
        *(_labels(base, is_total).encode(x=alt.value(0), y=top, text="label:N") for is_total in (False, True)),
        *(_value_texts(base, is_below).encode(x=value, y=centre, text="text:N") for is_below in (True, False)),
    )
    sizes = [alt.param(name=name, value=0) for name in ("low", "high")]
    return _compiled(alt.LayerChart(layer=layers).add_params(*sizes).properties(width=_WIDE, height=_WIDE))


def _labels(base: alt.Chart, is_total: bool) -> alt.Chart:
    """The label of each bar is above it."""
    chosen: alt.Chart = base.transform_filter(f"datum.is_total == {str(is_total).lower()}")
    labels: alt.Chart = chosen.mark_text(
        align="left",
        baseline="top",
        fontSize=13,
        fontWeight="bold" if is_total else "normal",
        lineHeight=_LINE_HEIGHT,
        color="var(--ink)",
    )
    return labels


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
            axis=_axis(format="d", values=alt.expr("years"), labelOverlap=True, grid=False),
            scale=alt.Scale(zero=False, nice=False, padding=20),
        ),
        y=alt.Y("value:Q", axis=_axis(tickCount=3, grid=True), scale=alt.Scale(zero=False, nice=True, padding=14)),
        detail="line:N",
    )
    numbers, places = list(range(1, COLOURS + 1)), list(range(1, _MOST_LINES + 1))
    colours = alt.Scale(domain=numbers, range=[f"var(--line-{number})" for number in numbers])
    colour = alt.Color("colour:O", legend=None, scale=colours)
    dash = alt.StrokeDash("shape:O", legend=None, scale=alt.Scale(domain=places, range=_DASHES))
    shape = alt.Shape("shape:O", legend=None, scale=alt.Scale(domain=places, range=_SHAPES))
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
    years = alt.param(name="years", value=[])
    return _compiled(alt.LayerChart(layer=layers).add_params(years).properties(width=250, height=130))


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
    drawing: dict[str, Any], points: list[dict[str, Any]], settings: dict[str, Any], description: str, css_class: str
) -> Markup:
    """The drawing as one image for screen readers, without styles that the page sets itself."""
    data = [{**data, "values": points} if data["name"] == "points" else data for data in drawing["data"]]
    signals = [
        {**signal, "value": settings[signal["name"]]}
        for signal in drawing.get("signals", ())
        if signal["name"] in settings
    ]
    own_size = {name: settings[name] for name in ("width", "height") if name in settings}
    whole = {**drawing, **own_size, "signals": signals, "data": data}
    svg = drawn(whole, lambda: vl_convert.vega_to_svg(whole, format_locale="sv-SE"))
    bare = re.sub(r'<path class="(?:background|foreground)"[^>]*/>', "", svg)
    bare = re.sub(r' (?:aria-[a-z]+|role|class|font-family|pointer-events|opacity)="[^"]*"', "", bare)
    bare = re.sub(r'(?<= )(?:transform|d)="[^"]*"', lambda found: re.sub(r"(\.\d)\d+", r"\1", found[0]), bare)
    opening, inside = bare.split(">", 1)
    width, height = re.findall(r' (?:width|height)="(\d+)"', opening)
    start = Markup('<svg class="{0}" width="{1}" height="{2}" viewBox="0 0 {1} {2}" role="img" aria-label="{3}">')
    # Vega has escaped the texts in its drawing.
    return start.format(css_class, width, height, description) + Markup(inside)  # noqa: S704
