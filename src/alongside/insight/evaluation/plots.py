"""Plots of a report: drawn once by Altair on the server, for the page, the PDF and Word alike.

Every plot is as wide as the narrowest phone, with its words above their line, so that nothing has to shrink. Its
``words`` say the same to those who do not see it. Whoever shows it puts a table of its numbers under it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import vl_convert

from alongside.core.base.paper import FONTS
from alongside.insight.evaluation.results import Course

if TYPE_CHECKING:
    import altair

WIDTH = 320
LINE = 70
INK, QUIET, GREEN, CLAY, HAIRLINE = "#1f2a2a", "#4a5654", "#1d5c57", "#c2622d", "#ddd2c3"
# Each group's curve has its own colour and its own dash, so that neither is needed to tell them apart.
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])
COLOURS = (GREEN, CLAY, "#3b5b8c", QUIET)
ESTIMATES = "estimates"
SHARPNESS = 3
"""Pixels to a unit, where a plot has to be a picture of pixels."""

vl_convert.register_font_directory(str(FONTS))


@dataclass(frozen=True, slots=True)
class Line:
    """One estimate: what it is of, how it reads, and its interval; without figures it is words only.

    ``weight`` is its share of a pooled result, 0 to 1, drawn as size; ``pooled`` is drawn as a diamond.
    """

    title: str
    words: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    weight: float | None = None
    pooled: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """A share that falls over time, by steps: times, and the share beyond each, 0 to 1."""

    title: str
    times: tuple[float, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One study: its effect, and the standard error of that."""

    title: str
    effect: float
    error: float


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot as its specification, and what it shows in words."""

    specification: str
    words: str

    @property
    def svg(self) -> str:
        """The plot for a page or for paper: shapes and text, without script and without style of its own."""
        return _svg(self.specification)

    @property
    def png(self) -> bytes:
        """The plot as a picture of pixels, for Word."""
        return _png(self.specification)


def estimates(lines: Sequence[Line], axis: str, *, none: float = 0.0) -> Plot:
    """Draw estimates with their intervals under one another about the line of no effect, ``none``.

    With weights and a pooled one it is a forest plot. Ratios, of which none is 1, stand where doubling is as far as
    halving.
    """
    rows = [_row(place, line) for place, line in enumerate(lines)]
    told = " ".join(f"{line.title}: {line.words}." for line in lines)
    specification = {**_estimates(axis, none), "datasets": {ESTIMATES: rows}}
    return Plot(json.dumps(specification, sort_keys=True), told)


@cache  # to put it together takes longer than to draw it
def _estimates(axis: str, none: float) -> dict[str, Any]:
    """The plot without its figures."""
    import altair as alt  # noqa: PLC0415  a second and a half to import, and few pages draw

    base = alt.Chart(alt.NamedData(ESTIMATES)).encode(y=alt.Y("place:O", axis=None))
    x = alt.X(
        "value:Q",
        title=axis,
        axis=alt.Axis(tickCount=5, grid=False),
        scale=alt.Scale(type="log" if none else "linear", nice=True, zero=False),
    )
    middle = alt.Chart(data_of([{"value": none}])).mark_rule(color=QUIET, strokeDash=[2, 3]).encode(x=x)
    left: dict[str, Any] = {"align": "left", "baseline": "middle", "x": 0}
    drawn = [
        middle,
        base.mark_text(dy=-24, fontSize=14, fontWeight="bold", color=INK, **left).encode(text="title:N"),
        base.mark_text(dy=-6, fontSize=13, color=QUIET, **left).encode(text="words:N"),
        base.transform_filter("isValid(datum.low)")
        .mark_rule(color=GREEN, strokeWidth=3)
        .encode(x=alt.X("low:Q"), x2="high:Q", yOffset=alt.value(LINE / 2 + 16)),
        base.transform_filter("isValid(datum.value)")
        .mark_point(color=CLAY, filled=True, opacity=1)
        .encode(
            x=x,
            yOffset=alt.value(LINE / 2 + 16),
            size=alt.Size("size:Q", scale=None),
            shape=alt.Shape("shape:N", scale=None),
        ),
    ]
    return themed(alt.layer(*drawn).properties(width=WIDTH, height={"step": LINE}))


def _row(place: int, line: Line) -> dict[str, Any]:
    return {
        **{"place": place, "title": line.title, "words": line.words},
        **{"value": line.value, "low": line.low, "high": line.high},
        "size": 60 if line.weight is None else 25 + 275 * line.weight,
        "shape": "diamond" if line.pooled else "circle",
    }


def curves(groups: Sequence[Curve], axis: str, share: str) -> Plot:
    """Draw how large a share remains after each time, a stepped line for each group."""
    import altair as alt  # noqa: PLC0415  a second and a half to import, and few pages draw

    rows = [
        {"group": group.title, "time": time, "share": part}
        for group in groups
        for time, part in zip((0.0, *group.times), (1.0, *group.shares), strict=True)
    ]
    names = [group.title for group in groups]
    key = alt.Legend(orient="top", direction="vertical", title=None, symbolSize=400, labelLimit=WIDTH)
    colours = alt.Color("group:N", legend=key, scale=alt.Scale(domain=names, range=list(COLOURS[: len(names)])))
    dashes = alt.StrokeDash("group:N", legend=key, scale=alt.Scale(domain=names, range=list(DASHES[: len(names)])))
    drawn = (
        alt.Chart(data_of(rows))
        .mark_line(interpolate="step-after", strokeWidth=2.5)
        .encode(
            x=alt.X("time:Q", title=axis, axis=alt.Axis(tickCount=5)),
            y=alt.Y("share:Q", title=share, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=".0%", tickCount=5)),
            color=colours,
            strokeDash=dashes,
        )
    )
    ends = " ".join(
        f"{group.title}: {group.shares[-1]:.0%} at {group.times[-1]:g}."
        if group.times
        else f"{group.title}: none ended."
        for group in groups
    )
    return plotted(drawn.properties(width=WIDTH - 50, height=240), f"{share}, over {axis}. {ends}")


def funnel(points: Sequence[Point], pooled: float, axis: str) -> Plot:
    """Draw studies by effect and standard error, the surest at the top, in the funnel where 95 % should lie if they
    differ by chance alone.
    """
    import altair as alt  # noqa: PLC0415  a second and a half to import, and few pages draw

    widest = max(point.error for point in points) * 1.05
    walls = [{"error": error, "low": pooled - 1.96 * error, "high": pooled + 1.96 * error} for error in (0.0, widest)]
    rows = [{"effect": point.effect, "error": point.error, "title": point.title} for point in points]
    y = alt.Y("error:Q", title="Standard error", scale=alt.Scale(domain=[0, widest], reverse=True, nice=False))
    x = alt.X("effect:Q", title=axis, axis=alt.Axis(tickCount=5), scale=alt.Scale(zero=False, nice=True))
    sides = [
        alt.Chart(data_of(walls)).mark_line(color=QUIET, strokeDash=[5, 3]).encode(x=f"{side}:Q", y=y)
        for side in ("low", "high")
    ]
    middle = alt.Chart(data_of([{"effect": pooled}])).mark_rule(color=GREEN).encode(x=x)
    dots = alt.Chart(data_of(rows)).mark_point(color=CLAY, filled=True, size=60, opacity=0.9).encode(x=x, y=y)
    outside = [point.title for point in points if abs(point.effect - pooled) > 1.96 * point.error]
    told = f"{len(points)} studies by effect and standard error. "
    told += f"Outside the funnel: {', '.join(outside)}." if outside else "All lie in the funnel."
    return plotted(alt.layer(*sides, middle, dots).properties(width=WIDTH - 60, height=260), told)


def months(course: Course) -> Plot:
    """Draw a monthly figure: its points where they may be shown, its line, and where the earlier one led."""
    import altair as alt  # noqa: PLC0415  a second and a half to import, and few pages draw

    names = ("As counted", "On the lines", "Had the earlier line gone on")
    columns = (course.shown, course.line, (*[None] * course.first, *course.expected[course.first :]))
    counted, line, beyond = (
        [
            {"month": month, "began": place >= course.first, "value": value, "kind": name}
            for place, (month, value) in enumerate(zip(course.months, values, strict=True))
            if value is not None
        ]
        for name, values in zip(names, columns, strict=True)
    )
    key = alt.Legend(orient="top", direction="vertical", title=None, labelLimit=WIDTH)
    drawn = {
        "x": alt.X("month:T", title=None, axis=alt.Axis(tickCount=5, format="%b %y")),
        "y": alt.Y("value:Q", title=course.unit, scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=5)),
        "color": alt.Color("kind:N", legend=key, scale=alt.Scale(domain=list(names), range=[CLAY, GREEN, QUIET])),
        "detail": "began:N",
    }
    began = alt.Chart(data_of([{"month": course.months[course.first]}])).mark_rule(color=QUIET, strokeDash=[2, 2])
    layers = (
        alt.Chart(data_of(line)).mark_line(strokeWidth=2.5).encode(**drawn),
        alt.Chart(data_of(beyond)).mark_line(strokeWidth=2.5, strokeDash=[5, 3]).encode(**drawn),
        alt.Chart(data_of(counted)).mark_point(filled=True, size=40).encode(**drawn),
        began.encode(x=drawn["x"]),
    )
    told = (
        f"{course.title}, {course.months[0]} to {course.months[-1]}, {course.unit}. In the last month the line stands "
    )
    told += f"at {course.line[-1]:.1f}; had the earlier line gone on, at {course.expected[-1]:.1f}."
    return plotted(alt.layer(*layers).properties(width=WIDTH - 60, height=240), told)


def data_of(rows: Sequence[Mapping[str, Any]]) -> "altair.Data":
    """Give rows as a plot takes them."""
    import altair as alt  # noqa: PLC0415  a second and a half to import, and few pages draw

    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


def plotted(chart: "altair.Chart | altair.LayerChart | altair.FacetChart", words: str) -> Plot:
    """Give a chart the look that all plots have, and what it shows in words."""
    return Plot(json.dumps(themed(chart), sort_keys=True), words)


def themed(chart: "altair.Chart | altair.LayerChart | altair.FacetChart") -> dict[str, Any]:
    """Give the specification of a chart, with the look that all plots have."""
    font = "Atkinson Hyperlegible Next"
    large: dict[str, Any] = {"labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal"}
    inks: dict[str, Any] = {"labelColor": INK, "titleColor": INK, "domainColor": QUIET, "tickColor": QUIET}
    drawn = (
        chart.properties(padding={"left": 4, "right": 16, "top": 4, "bottom": 4})
        .configure(font=font, background="transparent")
        .configure_view(stroke=None)
        .configure_axis(gridColor=HAIRLINE, **large, **inks)
        .configure_legend(labelFontSize=13, labelColor=INK)
    )
    # Holding it against the grammar of plots takes longer than all the rest; our few kinds are right or wrong at once.
    specification: dict[str, Any] = drawn.to_dict(validate=False)
    return specification


@lru_cache(maxsize=64)
def _svg(specification: str) -> str:
    drawn: str = vl_convert.vegalite_to_svg(specification, allowed_base_urls=[])
    return drawn


@lru_cache(maxsize=16)
def _png(specification: str) -> bytes:
    drawn: bytes = vl_convert.vegalite_to_png(specification, scale=SHARPNESS, allowed_base_urls=[])
    return drawn
