"""Studies put together."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from alongside.calc.outcomes.meta.egger import SmallStudies, egger
from alongside.calc.outcomes.meta.pooling import How, Pooled, pool
from alongside.insight.evaluation.methods.asked import Method, Options, read_once


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


def _meta(lines: Iterable[str], options: Options) -> Any:
    columns = read_once(lines, ("effect", "variance"), "study")
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


META = Method("study, effect, variance", _meta)
