"""Each method that an analyst may ask for: the columns that it reads, and the function that works it out."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from alongside.calc.outcomes.meta.egger import SmallStudies, egger
from alongside.calc.outcomes.meta.fitting import Between
from alongside.calc.outcomes.meta.pooling import How, Pooled, pool
from alongside.calc.outcomes.paired import paired_change
from alongside.insight.evaluation.sheets import Columns, read_columns, refuse_twice


@dataclass(frozen=True, slots=True)
class Options:
    """What an analyst may say beyond the figures; each method takes what it knows."""

    lower_is_better: bool = False
    level: float = 0.95
    between: Between = Between.REML
    hartung_knapp: bool = False


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


def _once(columns: Columns, name: str) -> None:
    if name in columns.words:
        refuse_twice(columns, name)


METHODS = {
    "paired": Method("before, after; person, where nobody may stand twice", _paired),
    "meta": Method("study, effect, variance", _meta),
}
