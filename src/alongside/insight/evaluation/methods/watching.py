"""Watching a service: a series in time, and units beside one another."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from alongside.calc.outcomes.funnel import Funnel, Standing, funnel
from alongside.calc.outcomes.xmr import Signal, Variation, Xmr, xmr
from alongside.insight.evaluation.methods.asked import LONGER_PERIODS, Method, Options, read_once, told_by_row

NOTHING = np.empty(0)


class Point(NamedTuple):
    """One period of a series: by which rule it is special, and what that says."""

    period: str
    value: float
    signal: Signal | None
    variation: Variation | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A series with its limits, period by period in the order of the file."""

    trial: bool
    chart: Xmr
    points: tuple[Point, ...]


def _xmr(lines: Iterable[str], options: Options) -> Any:
    columns = read_once(lines, ("value",), "period", instead=LONGER_PERIODS)
    values = columns.numbers["value"]
    found = xmr(values, higher_is_better=not options.lower_is_better)
    rows = zip(columns.words["period"], values.tolist(), found.signals, found.variation, strict=True)
    return Chart(found.trial, replace(found, values=NOTHING, signs={}), tuple(Point(*row) for row in rows))


class Unit(NamedTuple):
    """One unit: its value, its distance from the target in standard errors, its 95% limits, and where it stands."""

    unit: str
    denominator: float
    value: float
    z: float
    low_95: float
    high_95: float
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Plot:
    """A funnel plot, unit by unit in the order of the file."""

    funnel: Funnel
    units: tuple[Unit, ...]


def _funnel(lines: Iterable[str], options: Options) -> Any:
    larger = "Give larger units, or a part of them."
    columns = read_once(lines, ("numerator", "denominator"), "unit", instead=larger)
    sizes = columns.numbers["denominator"]
    with told_by_row(columns):
        found = funnel(columns.numbers["numerator"], sizes, kind=options.kind, target=options.target)
    band = found.limits_at(sizes)
    figures = (sizes, found.value, found.z_spread, band.low_95, band.high_95)
    rows = zip(columns.words["unit"], *(each.tolist() for each in figures), found.standings, strict=True)
    bare = replace(found, denominator=NOTHING, value=NOTHING, z=NOTHING, z_spread=NOTHING)
    return Plot(bare, tuple(Unit(*row) for row in rows))


XMR = Method("period, value", _xmr)
FUNNEL = Method("unit, numerator, denominator; --kind says what the denominator is", _funnel)
