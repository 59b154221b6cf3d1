"""Studies put together: all of them, by group, and by what is known of each."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from alongside.calc.outcomes.meta.egger import SmallStudies, egger
from alongside.calc.outcomes.meta.pooling import How, Pooled, Regressed, Subgroups, pool, regress, subgroups
from alongside.calc.outcomes.values import Floats
from alongside.insight.evaluation.methods.asked import Method, Options
from alongside.insight.evaluation.sheets import read_columns, refuse_twice

UNGROUPED = "no group"


class Study(NamedTuple):
    """One study and its share of the whole; none where it lacks its effect or its variance."""

    study: str
    effect: float
    variance: float
    weight: float | None


@dataclass(frozen=True, slots=True)
class Pooling:
    """Studies pooled, how much each counts, and Egger's test where there are studies enough for one; each group by
    itself and whether they differ, and what goes with larger effects, where the file tells.
    """

    method: str
    pooled: Pooled
    small_studies: SmallStudies | None
    groups: Subgroups | None
    regressed: Regressed | None
    studies: tuple[Study, ...]


def pooling(lines: Iterable[str], options: Options) -> Pooling:
    """Put together the studies of a CSV file; see :data:`META` for its columns.

    Raises :class:`~alongside.insight.evaluation.sheets.Unusable` for a file that cannot be used, and ValueError for
    figures that cannot be pooled.
    """
    numbers = ("effect", "variance", *options.covariate)
    columns = read_columns(lines, numbers, ("study",), ("group",), instead="Pool a part of the studies at a time.")
    refuse_twice(columns, "study")
    effects, variances = columns.numbers["effect"], columns.numbers["variance"]
    how = How(options.between, options.hartung_knapp, options.level)
    pooled = pool(effects, variances, how)
    shares = iter(pooled.weights)
    studies = tuple(
        Study(name, effect, variance, None if math.isnan(effect + variance) else next(shares, None))
        for name, effect, variance in zip(columns.words["study"], effects.tolist(), variances.tolist(), strict=True)
    )
    small = _small_studies(effects, variances, options.level)
    groups = [name or UNGROUPED for name in columns.words.get("group", ())]
    known = {name: columns.numbers[name] for name in options.covariate}
    return Pooling(
        how.words,
        replace(pooled, weights=()),
        small,
        _bare(subgroups(effects, variances, groups, how)) if groups else None,
        regress(effects, variances, known, how) if known else None,
        studies,
    )


def _small_studies(effects: Floats, variances: Floats, level: float) -> SmallStudies | None:
    """Test whether small studies tell of more; there is no such test of two, or of studies that are equally precise."""
    try:
        return egger(effects, variances, level=level)
    except ValueError:
        return None


def _bare(found: Subgroups) -> Subgroups:
    """Give groups without the weights of their studies, which are told once."""
    return replace(found, groups={name: replace(one, weights=()) for name, one in found.groups.items()})


def _meta(lines: Iterable[str], options: Options) -> Any:
    return pooling(lines, options)


META = Method("study, effect, variance; group; and whatever --covariate names", _meta)
