"""How far numbers that nobody may know can lie from what they are, for all that somebody does know."""

from collections.abc import Iterator, Sequence

import numpy as np
from scipy.sparse import coo_array, csr_array

from alongside.calc.solving import DUAL, PRIMAL, Places, Program, Standing, Vector

NOTHING = 1e-6
Entry = tuple[int, int, float]
"""A sum, a column, and how often it counts in it."""


class Reach:
    """Columns that move between bounds while sums over them stay 0, and how far some of them, the aims, can go.

    What was once found possible stays so: bounds may be let go of, and are never drawn closer.
    """

    def __init__(self, entries: Sequence[Entry], sums: int, low: Vector, high: Vector) -> None:
        row, column, sign = (np.array(each) for each in zip(*entries, strict=True))
        held = coo_array((sign, (row, column)), shape=(sums, len(low))).tocsc()
        standing = Standing(held.indptr[:-1].astype(np.intp), held.indices.astype(np.intp), held.data)
        self.low, self.high, self.columns = low, high, np.arange(len(low))
        self.program = Program(sums)
        self.program.add(standing, low, high, np.zeros(len(low)))
        self.program.least(DUAL)

    def aim(self, aims: Sequence[Places], needed: Vector) -> None:
        """Begin with these aims, sums of columns; each is safe once its numbers span as much as is ``needed``."""
        which = np.repeat(np.arange(len(aims)), [len(each) for each in aims])
        column = np.concatenate([np.empty(0, np.intp), *aims])
        self.aims = csr_array((np.ones(len(column)), (which, column)), shape=(len(aims), len(self.columns)))
        self.needed, self.down, self.up = needed, np.zeros(len(aims)), np.zeros(len(aims))

    def narrow(self) -> Places:
        """The aims that are not known to be safe."""
        return np.flatnonzero(self.up - self.down < self.needed - NOTHING)

    def ask(self, aims: Places, signs: Vector) -> Vector:
        """Give the change that takes aims as far as they go together, each in its own way."""
        self.program.price(self.columns, -np.asarray(self.aims[aims].T @ signs))
        change = self.program.least(PRIMAL)
        found = np.asarray(self.aims @ change)
        self.down, self.up = np.minimum(self.down, found), np.maximum(self.up, found)
        return change

    def widen_together(self, most: float) -> Iterator[Vector]:
        """Look at all narrow aims together, up or down by chance, for as long as that makes any safe.

        No column of theirs rises by more than ``most`` meanwhile: then there is more left for the others.
        """
        chance, before, narrow = np.random.default_rng(0), np.inf, self.narrow()
        own = np.unique(self.aims.indices).astype(np.intp)
        self.program.bound(own, self.low[own], np.minimum(self.high[own], most))
        while 0 < len(narrow) < before:
            before = len(narrow)
            signs = chance.choice([-1.0, 1.0], before)
            yield self.ask(narrow, signs)
            yield self.ask(narrow, -signs)
            narrow = self.narrow()
        self.program.bound(own, self.low[own], self.high[own])
