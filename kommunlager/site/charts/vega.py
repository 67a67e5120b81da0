"""Draws charts with Vega. Imported only when something is drawn, since the libraries take a second."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Literal

import altair as alt
import vl_convert

from kommunlager.site.charts.layout import BAR_HEIGHT, LINE_HEIGHT, LINE_STYLES, WIDE

_TONES = {"good": "var(--good)", "bad": "var(--bad)", "plain": "var(--plain)"}
# What distinguishes lines besides their colour; the key beside a chart shows the shapes.
_SHAPES = ["circle", "square", "triangle-up", "cross"]
_DASHES = [[1, 0], [6, 4], [2, 3], [8, 3, 2, 3]]


def draw(kind: str, points: list[dict[str, Any]], sizes: dict[str, float]) -> str:
    """The SVG of a drawing, without styles that the page sets itself; ``kind`` is bars or lines."""
    drawings: dict[str, Callable[[], dict[str, Any]]] = {"bars": _bar_drawing, "lines": _line_drawing}
    drawing = drawings[kind]()
    data = [{**data, "values": points} if data["name"] == "points" else data for data in drawing["data"]]
    signals = [
        {**signal, "value": sizes[signal["name"]]} for signal in drawing.get("signals", ()) if signal["name"] in sizes
    ]
    own_size = {name: sizes[name] for name in ("width", "height") if name in sizes}
    svg = vl_convert.vega_to_svg({**drawing, **own_size, "signals": signals, "data": data}, format_locale="sv-SE")
    bare = re.sub(r'<path class="(?:background|foreground)"[^>]*/>', "", svg)
    bare = re.sub(r' (?:aria-[a-z]+|role|class|font-family|pointer-events|opacity)="[^"]*"', "", bare)
    return re.sub(r'(?<= )(?:transform|d)="[^"]*"', lambda found: re.sub(r"(\.\d)\d+", r"\1", found[0]), bare)


@cache
def _bar_drawing() -> dict[str, Any]:
    """The parts that all bar charts share; bars and sizes are set per chart as signals."""
    base = alt.Chart(alt.NamedData("points"))
    scale = alt.Scale(domainMin=alt.expr("low"), domainMax=alt.expr("high"), nice=False, zero=False)
    value = alt.X("value:Q", axis=None, scale=scale)
    centre, top = (alt.Y(f"{edge}:Q", axis=None, scale=None) for edge in ("centre", "top"))
    colours = alt.Scale(domain=list(_TONES), range=list(_TONES.values()))
    colour = alt.Color("tone:N", legend=None, scale=colours)
    zero = base.mark_tick(orient="vertical", thickness=1, size=BAR_HEIGHT + 8, color="var(--ink)")
    names = base.mark_text(align="left", baseline="top", fontSize=13, lineHeight=LINE_HEIGHT, color="var(--ink)")
    layers = (
        base.mark_bar(orient="horizontal", size=BAR_HEIGHT).encode(x=value, y=centre, color=colour),
        zero.encode(x=alt.XDatum(0, axis=None), y=centre),
        names.encode(x=alt.value(0), y=top, text="label:N"),
        *(_value_texts(base, is_below).encode(x=value, y=centre, text="text:N") for is_below in (True, False)),
    )
    sizes = [alt.param(name=name, value=0) for name in ("low", "high")]
    return _compiled(alt.LayerChart(layer=layers).add_params(*sizes).properties(width=WIDE, height=WIDE))


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
    styles = list(range(1, LINE_STYLES + 1))
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
