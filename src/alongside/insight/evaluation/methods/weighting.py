"""Those who answered made to stand for everybody: weights to totals that are known, and the share who said yes."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from alongside.calc.outcomes.values import Floats
from alongside.calc.outcomes.weights import Raked, Share, rake, weighted_share
from alongside.insight.evaluation.methods.asked import Method, Options, told_by_row
from alongside.insight.evaluation.sheets import COUNTS_ALONE, Columns, Unusable, read_columns, refuse_long, refuse_twice

EXAMPLE = "--total order:SGO=60 --total order:CAO=40"


class Person(NamedTuple):
    """One person's weight; none where they lack a group."""

    person: str
    weight: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights, what they cost and, where the file has a column called yes, the share of everybody who would say it.

    ``people`` are told where the file names them.
    """

    raked: Raked
    share: Share | None
    people: tuple[Person, ...]


def totals_of(said: Iterable[str]) -> dict[str, dict[Hashable, float]]:
    """Read totals written as COLUMN:GROUP=NUMBER.

    >>> totals_of(["order:SGO=60", "order:CAO=40"])
    {'order': {'SGO': 60.0, 'CAO': 40.0}}
    """
    found: dict[str, dict[Hashable, float]] = {}
    for each in said:
        named, _, number = each.rpartition("=")
        column, _, group = named.partition(":")
        try:
            total = float(number)
        except ValueError:
            total = 0.0
        if not (column and group and 0 < total < np.inf):
            raise Unusable(f"“{each}” is no total. Write column, group and number, such as {EXAMPLE}.")
        if group in found.setdefault(column.lower(), {}):
            raise Unusable(f"The total of “{group}” of {column} stands here twice.")
        found[column.lower()][group] = total
    if not found:
        raise Unusable(f"Give the totals that are known, such as {EXAMPLE}.")
    return found


def _rake(lines: Iterable[str], options: Options) -> Any:
    totals = totals_of(options.total)
    columns = read_columns(lines, (), tuple(totals), ("person", "yes"))
    if "person" in columns.words:
        refuse_long(len(columns.rows), COUNTS_ALONE)
        refuse_twice(columns, "person")
    groups = {name: [text or None for text in columns.words[name]] for name in totals}
    raked = rake(groups, totals, most=options.most)
    with told_by_row(columns):
        share = weighted_share(_answers(columns), raked, level=options.level) if "yes" in columns.words else None
    people = tuple(map(Person, columns.words.get("person", ()), raked.weights.tolist()))
    return Weights(replace(raked, weights=np.empty(0), codes=()), share, people)


def _answers(columns: Columns) -> Floats:
    """Read the column called yes, which need not be there."""
    known = {"1": 1.0, "0": 0.0, "": np.nan, "na": np.nan, ".": np.nan}
    return np.array([known.get(text.lower(), 2.0) for text in columns.words["yes"]])


RAKE = Method("the columns that --total names; person, to be told of each; yes (1 or 0)", _rake)
