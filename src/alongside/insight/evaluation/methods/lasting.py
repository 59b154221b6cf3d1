"""How long something lasts: curves by group, the test between them, and what goes with lasting less long."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from alongside.calc.outcomes.cox import Cox, cox
from alongside.calc.outcomes.logrank import LogRank, log_rank
from alongside.calc.outcomes.survival import Survival, kaplan_meier
from alongside.calc.outcomes.values import Floats
from alongside.insight.evaluation.methods.asked import Method, Options, told_by_row
from alongside.insight.evaluation.sheets import read_columns, refuse_long


class Step(NamedTuple):
    """One time at which it ended for somebody, and the share for whom it lasts beyond it."""

    time: float
    at_risk: float
    ended: float
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve:
    """One group's curve; ``median`` is None where it was not reached."""

    group: str
    n: int
    missing: int
    median: float | None
    median_low: float | None
    median_high: float | None
    reason: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Lasting:
    """Every group's curve, whether groups differ, and Cox's model where covariates were named."""

    method: str
    curves: tuple[Curve, ...]
    groups_differ: LogRank | None
    cox: Cox | None


def _survival(lines: Iterable[str], options: Options) -> Any:
    columns = read_columns(lines, ("duration", "event", *options.covariate), optional=("group",))
    duration, event = columns.numbers["duration"], columns.numbers["event"]
    groups = columns.words.get("group", [])
    with told_by_row(columns):
        whole = kaplan_meier(duration, event, level=options.level)
        curves = _by_group(duration, event, groups, options.level) if groups else [_curve("", whole)]
        tested = log_rank(duration, event, [name or None for name in groups]) if groups else None
        named = {name: columns.numbers[name] for name in options.covariate}
        model = cox(duration, event, named, level=options.level) if named else None
    return Lasting(whole.method, tuple(curves), tested, model)


def _by_group(duration: Floats, event: Floats, groups: Sequence[str], level: float) -> list[Curve]:
    places: dict[str, list[int]] = {}
    for place, name in enumerate(groups):
        if name:
            places.setdefault(name, []).append(place)
    return [_curve(name, kaplan_meier(duration[own], event[own], level=level)) for name, own in places.items()]


def _curve(group: str, found: Survival) -> Curve:
    refuse_long(found.time.size, "Give durations in whole days or weeks.")
    figures = (found.time, found.at_risk, found.ended, found.survival, found.ci_low, found.ci_high)
    steps = tuple(Step(*row) for row in zip(*(each.tolist() for each in figures), strict=True))
    return Curve(group, found.n, found.missing, found.median, *found.median_interval, found.reason, steps)


SURVIVAL = Method("duration, event (1 it ended, 0 not yet); group; and whatever --covariate names", _survival)
