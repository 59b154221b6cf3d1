"""Each method that an analyst may ask for: the columns that it reads, and the function that works it out."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from alongside.calc.outcomes.meta.egger import SmallStudies, egger
from alongside.calc.outcomes.meta.fitting import Between
from alongside.calc.outcomes.meta.pooling import How, Pooled, pool
from alongside.calc.outcomes.paired import Verdict, paired_change
from alongside.calc.outcomes.reliable import ReliableChange, reliable_change
from alongside.calc.outcomes.xmr import Signal, Variation, Xmr, xmr
from alongside.insight.evaluation.sheets import Columns, Unusable, read_columns, read_table, refuse_twice
from alongside.insight.evaluation.small_counts import hide_small_counts


@dataclass(frozen=True, slots=True)
class Options:
    """What an analyst may say beyond the figures; each method takes what it knows."""

    lower_is_better: bool = False
    level: float = 0.95
    between: Between = Between.REML
    hartung_knapp: bool = False
    threshold: int = 5
    reliability: float | None = None
    sd: float | None = None


@dataclass(frozen=True, slots=True)
class Method:
    """What a method reads, in words, and how it answers lines of CSV."""

    reads: str
    work: Callable[[Iterable[str], Options], Any]


class Study(NamedTuple):
    """One study and its share of the whole; none where it lacks its effect or its variance."""

    study: str
    effect: float
    variance: float
    weight: float | None


@dataclass(frozen=True, slots=True)
class Pooling:
    """Studies pooled, how much each counts, and Egger's test where there are studies enough for one."""

    method: str
    pooled: Pooled
    small_studies: SmallStudies | None
    studies: tuple[Study, ...]


def _paired(lines: Iterable[str], options: Options) -> Any:
    columns = read_columns(lines, ("before", "after"), optional=("person",))
    _once(columns, "person")
    before, after = columns.numbers["before"], columns.numbers["after"]
    return paired_change(before, after, higher_is_better=not options.lower_is_better, level=options.level)


def _meta(lines: Iterable[str], options: Options) -> Any:
    columns = read_columns(lines, ("effect", "variance"), ("study",))
    _once(columns, "study")
    effects, variances = columns.numbers["effect"], columns.numbers["variance"]
    how = How(options.between, options.hartung_knapp, options.level)
    pooled = pool(effects, variances, how)
    shares = iter(pooled.weights)
    studies = tuple(
        Study(name, effect, variance, None if math.isnan(effect + variance) else next(shares, None))
        for name, effect, variance in zip(columns.words["study"], effects.tolist(), variances.tolist(), strict=True)
    )
    small = egger(effects, variances, level=options.level) if pooled.k > 2 else None
    return Pooling(how.words, replace(pooled, weights=()), small, studies)


class Person(NamedTuple):
    """One person's change in units of the scale's error, and what may be said of it."""

    person: str
    before: float
    after: float
    rc: float
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Changes:
    """How many changed reliably, and each person by themselves where the file names them."""

    counted: ReliableChange
    people: tuple[Person, ...]


def _rci(lines: Iterable[str], options: Options) -> Any:
    if options.reliability is None:
        raise Unusable("Give the reliability of the scale, such as --reliability 0.85.")
    columns = read_columns(lines, ("before", "after"), optional=("person",))
    _once(columns, "person")
    before, after = columns.numbers["before"], columns.numbers["after"]
    found = reliable_change(
        before,
        after,
        reliability=options.reliability,
        higher_is_better=not options.lower_is_better,
        sd=options.sd,
        level=options.level,
    )
    names = columns.words.get("person", [])
    rows = zip(names, before.tolist(), after.tolist(), found.rc.tolist(), found.verdicts, strict=False)
    return Changes(replace(found, rc=np.empty(0)), tuple(Person(*row) for row in rows))


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
    columns = read_columns(lines, ("value",), ("period",))
    _once(columns, "period")
    values = columns.numbers["value"]
    found = xmr(values, higher_is_better=not options.lower_is_better)
    rows = zip(columns.words["period"], values.tolist(), found.signals, found.variation, strict=True)
    bare = replace(found, values=np.empty(0), signs={})
    return Chart(found.trial, bare, tuple(Point(*row) for row in rows))


def _suppress(lines: Iterable[str], options: Options) -> Any:
    return hide_small_counts(*read_table(lines), options.threshold)


def _once(columns: Columns, name: str) -> None:
    if name in columns.words:
        refuse_twice(columns, name)


METHODS = {
    "paired": Method("before, after; person, where nobody may stand twice", _paired),
    "rci": Method("before, after; person, to be told of each; needs --reliability", _rci),
    "meta": Method("study, effect, variance", _meta),
    "xmr": Method("period, value", _xmr),
    "suppress": Method("a table of counts by rows and columns; a last one called total is checked", _suppress),
}
