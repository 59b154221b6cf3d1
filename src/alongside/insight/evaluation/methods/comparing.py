"""Change beside what would have changed anyway: other people, earlier times, other amounts of support."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from alongside.calc.outcomes.comparison.amounts import dose_response
from alongside.calc.outcomes.comparison.differences import difference_in_differences
from alongside.calc.outcomes.comparison.interrupted import Interrupted, interrupted
from alongside.calc.outcomes.comparison.propensity import propensity_weighted
from alongside.calc.outcomes.comparison.subgroups import subgroups
from alongside.calc.outcomes.design import Design
from alongside.insight.evaluation.methods.asked import LONGER_PERIODS, Method, Options, read_once, told_by_row
from alongside.insight.evaluation.sheets import Columns, Unusable, read_columns, refuse_twice

NOTHING = np.empty(0)


def _people(lines: Iterable[str], numbers: tuple[str, ...], options: Options) -> Columns:
    columns = read_columns(lines, ("before", "after", *numbers, *options.covariate), optional=("person", "group"))
    if "person" in columns.words:
        refuse_twice(columns, "person")
    return columns


def _did(lines: Iterable[str], options: Options) -> Any:
    columns = _people(lines, ("served",), options)
    with told_by_row(columns):
        return difference_in_differences(
            columns.numbers["before"],
            columns.numbers["after"],
            columns.numbers["served"],
            higher_is_better=not options.lower_is_better,
            groups=columns.words.get("group"),
            covariates={name: columns.numbers[name] for name in options.covariate},
            level=options.level,
        )


def _dose(lines: Iterable[str], options: Options) -> Any:
    columns = _people(lines, ("dose",), options)
    with told_by_row(columns):
        return dose_response(
            columns.numbers["after"] - columns.numbers["before"],
            columns.numbers["dose"],
            higher_is_better=not options.lower_is_better,
            groups=columns.words.get("group"),
            covariates={name: columns.numbers[name] for name in options.covariate},
            level=options.level,
        )


def _weighted(lines: Iterable[str], options: Options) -> Any:
    columns = read_once(lines, ("outcome", "served", *options.covariate), "person", needed=False)
    with told_by_row(columns):
        return propensity_weighted(
            columns.numbers["outcome"],
            columns.numbers["served"],
            {name: columns.numbers[name] for name in options.covariate},
            higher_is_better=not options.lower_is_better,
            estimand=options.whom,
            level=options.level,
        )


def _subgroups(lines: Iterable[str], options: Options) -> Any:
    if not options.by:
        raise Unusable("Say by what people are parted, all of it at once, such as --by order --by area.")
    names = tuple(dict.fromkeys(name.lower() for name in options.by))
    columns = read_columns(lines, ("outcome",), names, ("person",))
    if "person" in columns.words:
        refuse_twice(columns, "person")
    parted = {name: [text or None for text in columns.words[name]] for name in names}
    return subgroups(columns.numbers["outcome"], parted, level=options.level)


class Period(NamedTuple):
    """One period: its figure, the line through it, and where the line of before would have been."""

    period: str
    value: float
    fitted: float
    expected: float


@dataclass(frozen=True, slots=True)
class Series:
    """A series that a service interrupted, period by period in the order of the file."""

    series: Interrupted
    periods: tuple[Period, ...]


def _its(lines: Iterable[str], options: Options) -> Any:
    if options.start is None:
        raise Unusable("Say which is the first period with the service, such as --start 2026-04.")
    columns = read_once(lines, ("value",), "period", instead=LONGER_PERIODS)
    names, values = columns.words["period"], columns.numbers["value"]
    if options.start not in names:
        raise Unusable(f"There is no period “{options.start}” in the file.")
    better = not options.lower_is_better
    found = interrupted(values, names.index(options.start), higher_is_better=better, level=options.level)
    rows = zip(names, values.tolist(), found.fitted.tolist(), found.expected.tolist(), strict=False)
    return Series(replace(found, fitted=NOTHING, expected=NOTHING), tuple(Period(*row) for row in rows))


DID = Method(
    "before, after, served (1 or 0); person, where nobody may stand twice; group, where people go together",
    _did,
    Design(before=True, comparison=True),
)
PROPENSITY = Method(
    "outcome (such as a change), served (1 or 0), and what --covariate names; person",
    _weighted,
    Design(comparison=True, adjusted=True),
)
SUBGROUPS = Method("outcome (such as a change), and what --by names; person", _subgroups)
DOSE = Method("before, after, dose (such as contacts); person and group as for did", _dose, Design(before=True))
ITS = Method(
    "period, value, in the order of time; --start names the first period with the service",
    _its,
    Design(before=True, adjusted=True),
)
