"""Change of the same people: in the mean, of each beyond the error of the scale, and over all times."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from alongside.calc.outcomes.bootstrap import Bootstrap, bootstrap_change
from alongside.calc.outcomes.design import Design
from alongside.calc.outcomes.mixed import mixed
from alongside.calc.outcomes.paired import PairedChange, Verdict, paired_change
from alongside.calc.outcomes.reliable import ReliableChange, reliable_change
from alongside.insight.evaluation.methods.asked import Method, Options, read_once, told_by_row
from alongside.insight.evaluation.sheets import COUNTS_ALONE, Unusable, read_columns, refuse_long


@dataclass(frozen=True, slots=True)
class Resampled:
    """The change in the mean, and its intervals by resampling beside those by t."""

    method: str
    change: PairedChange
    bootstrap: Bootstrap


def _paired(lines: Iterable[str], options: Options) -> Any:
    columns = read_once(lines, ("before", "after"), "person", needed=False)
    before, after = columns.numbers["before"], columns.numbers["after"]
    change = paired_change(before, after, higher_is_better=not options.lower_is_better, level=options.level)
    if options.bootstrap is None:
        return change
    drawn = bootstrap_change(before, after, seed=options.seed, resamples=options.bootstrap, level=options.level)
    return Resampled(change.method, change, drawn)


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
    columns = read_once(lines, ("before", "after"), "person", needed=False)
    before, after = columns.numbers["before"], columns.numbers["after"]
    found = reliable_change(
        before,
        after,
        reliability=options.reliability,
        higher_is_better=not options.lower_is_better,
        sd=options.sd,
        level=options.level,
    )
    people: tuple[Person, ...] = ()
    if names := columns.words.get("person"):
        refuse_long(len(names), COUNTS_ALONE)
        rows = zip(names, before.tolist(), after.tolist(), found.rc.tolist(), found.verdicts, strict=True)
        people = tuple(Person(*row) for row in rows)
    return Changes(replace(found, rc=np.empty(0)), people)


def _mixed(lines: Iterable[str], options: Options) -> Any:
    columns = read_columns(lines, ("time", "value"), ("person",))
    people = [name or None for name in columns.words["person"]]
    with told_by_row(columns):
        return mixed(
            people,
            columns.numbers["time"],
            columns.numbers["value"],
            higher_is_better=not options.lower_is_better,
            slopes=not options.one_slope,
            level=options.level,
        )


BEFORE_AND_AFTER = Design(before=True)
PAIRED = Method("before, after; person, where nobody may stand twice", _paired, BEFORE_AND_AFTER)
RCI = Method("before, after; person, to be told of each; needs --reliability", _rci, BEFORE_AND_AFTER)
MIXED = Method("person, time, value: a row for each measurement", _mixed, BEFORE_AND_AFTER)
