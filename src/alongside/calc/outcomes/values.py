"""Measurements as they come in: a missing one stays missing, and what cannot be a measurement is refused."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Values = Sequence[float | None] | Floats


LARGEST = 1e100
"""Squares of larger numbers cannot be added up, and nothing that anybody measures comes near."""

SHOWN_FROM = 10
"""A mean of fewer people is not told: it says little, and too much of each."""


class WrongRow(ValueError):
    """A row that cannot be: its ``place`` among the values, from 1, and the ``sentence`` that says what is wrong."""

    def __init__(self, wrong: NDArray[np.bool_], sentence: str) -> None:
        self.place = int(np.argmax(wrong)) + 1
        self.sentence = sentence
        super().__init__(f"row {self.place}: {sentence}")


class Pairs(NamedTuple):
    """Two measurements of the same people, and who has both."""

    before: Floats
    after: Floats
    whole: NDArray[np.bool_]

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many have both, how many lack the earlier one, how many lack the later one."""
        return (
            int(self.whole.sum()),
            int(np.isnan(self.before).sum()),
            int(np.isnan(self.after).sum()),
        )


def column(values: Values, name: str) -> Floats:
    """Return the values as one row of numbers in which NaN is missing; refuse any that is infinite or near it.

    >>> column([1, None, 3], "scores")
    array([ 1., nan,  3.])
    """
    row = np.asarray(values, dtype=np.float64)
    if row.ndim != 1:
        raise ValueError(f"{name} must be one row of values")
    beyond = np.abs(row) > LARGEST
    if beyond.any():
        place = int(np.argmax(beyond))
        kind = "an infinite value" if np.isinf(row[place]) else "a value too large to reckon with"
        raise ValueError(f"{name} holds {kind} at place {place + 1}")
    return row


def pair_up(before: Values, after: Values) -> Pairs:
    """Return two rows, person by person; refuse them where they do not pair up."""
    first, second = column(before, "before"), column(after, "after")
    if first.size != second.size:
        raise ValueError(f"before has {first.size} values and after {second.size}: they must pair up")
    return Pairs(first, second, ~(np.isnan(first) | np.isnan(second)))


def beside(values: Values, name: str, other: str, size: int) -> Floats:
    """Return a column that has to have as many values as another one."""
    row = column(values, name)
    if row.size != size:
        raise ValueError(f"{other} has {size} values and {name} {row.size}: they must pair up")
    return row


def yes_no(values: Values, name: str, other: str, size: int) -> Floats:
    """Return a column of 1 (yes) and 0 (no), in which NaN is missing; refuse anything else by its row."""
    row = beside(values, name, other, size)
    odd = ~(np.isnan(row) | (row == 0) | (row == 1))
    if odd.any():
        raise WrongRow(odd, f"“{name}” must be 1 (yes) or 0 (no)")
    return row


def table_of(covariates: Mapping[str, Values], other: str, size: int) -> Floats:
    """Return covariates as the columns of one table, in which NaN is missing; each column lies in one piece."""
    rows = [beside(values, name, other, size) for name, values in covariates.items()]
    return np.array(rows).T if rows else np.empty((size, 0))


class Groups(NamedTuple):
    """Who belongs to which group: ``code`` is the place of the group among ``labels``, or -1 where it is not known."""

    code: NDArray[np.intp]
    labels: tuple[Hashable, ...]


def groups_of(labels: Sequence[Hashable | None], other: str, size: int) -> Groups:
    """Return groups in the order in which they first come; ``None``, NaN and an empty word are missing.

    >>> groups_of(["b", None, "a", "b"], "before", 4)
    Groups(code=array([ 0, -1,  1,  0]), labels=('b', 'a'))
    """
    if len(labels) != size:
        raise ValueError(f"{other} has {size} values and group {len(labels)}: they must pair up")
    place = defaultdict[Hashable, int](count().__next__)
    code = np.fromiter(map(place.__getitem__, labels), np.intp, size)
    there = np.array([label is not None and label == label and label != "" for label in place], dtype=np.bool_)
    if not there.all():
        code = np.where(there, np.cumsum(there) - 1, -1)[code]
    return Groups(code, tuple(label for label, known in zip(place, there.tolist(), strict=True) if known))


def renumbered(code: NDArray[np.intp]) -> tuple[NDArray[np.intp], int]:
    """Number those groups anew that somebody belongs to, in the same order, and count them.

    >>> renumbered(np.array([4, 2, 4]))
    (array([1, 0, 1]), 2)
    """
    there = np.bincount(code) > 0
    return (np.cumsum(there) - 1)[code], int(there.sum())


def check_level(level: float) -> None:
    """Refuse a level of confidence that is none, such as 95 for 0.95."""
    if not 0 < level < 1:
        raise ValueError("level must lie between 0 and 1")
