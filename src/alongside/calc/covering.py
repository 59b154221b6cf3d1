"""The cheapest way to hide further numbers, so that one which is hidden could be larger than it is."""

import numpy as np

from alongside.calc.solving import DUAL, PRIMAL, Places, Program, Standing, Vector

NOTHING = 1e-6
"""What is below this is nothing; also the price of a number that is hidden already."""
AT_ONCE = 200
"""How many numbers are looked at anew at a time."""
REWARD = 1000
"""How many times the price of the dearest number it is worth to take one up: more than any way costs."""


class Cover:
    """Changes of numbers that keep every sum true, at a price for each number that is not hidden yet.

    Each number can be taken up and down: ways 0 to n - 1 take them up, ways n to 2n - 1 down. The program knows only
    the ways that it is worth knowing: those of hidden numbers, and those which by the shadow prices of the sums would
    make a change cheaper, until none is left (column generation). What it finds is as cheap as if it knew them all.
    """

    def __init__(self, standing: Standing, sums: int, price: Vector, values: Vector, fixed: Places) -> None:
        """Take numbers with their prices, none of them hidden; the ``fixed`` cannot be changed."""
        self.size = len(values)
        self.standing, self.values = standing, values
        self.whose = np.repeat(np.arange(self.size), np.diff(np.append(standing.start, len(standing.sums))))
        self.price = np.concatenate([price, price])
        self.most = np.concatenate([np.full(self.size, np.inf), values])
        self.most[fixed] = self.most[fixed + self.size] = 0.0
        self.program = Program(sums)
        self.reward = REWARD * price.max(initial=1.0)
        self.ways = np.empty(0, dtype=np.intp)
        self.known = np.zeros(2 * self.size, dtype=bool)
        self.column = np.zeros(2 * self.size, dtype=np.intp)

    def hide(self, numbers: Places) -> None:
        """Let hidden numbers cover for others at next to no price."""
        ways = np.concatenate([numbers, numbers + self.size])
        self.price[ways] = NOTHING
        self.most[ways] = np.concatenate([np.full(len(numbers), np.inf), self.values[numbers]])
        old = ways[self.known[ways]]
        self.program.bound(self.column[old], np.zeros(len(old)), self.most[old])
        self.program.price(self.column[old], self.price[old])
        self._add(ways[~self.known[ways]])

    def _add(self, ways: Places) -> None:
        self.known[ways] = True
        self.column[ways] = len(self.ways) + np.arange(len(ways))
        self.ways = np.concatenate([self.ways, ways])
        standing = self.standing.of(ways % self.size)
        counts = np.diff(np.append(standing.start, len(standing.sums)))
        turned = standing._replace(signs=standing.signs * np.repeat(np.where(ways < self.size, 1.0, -1.0), counts))
        self.program.add(turned, np.zeros(len(ways)), self.most[ways], self.price[ways])

    def cheapest(self, numbers: Places, by: Vector, *, down: bool = False) -> Vector:
        """Give the change that takes hidden numbers up ``by``, or as far as they go, at the least price; or down."""
        wanted, other = (numbers + self.size, numbers) if down else (numbers, numbers + self.size)
        ways, none = self.column[wanted], np.zeros(len(numbers))
        self.program.bound(ways, none, np.minimum(by, self.most[wanted]))
        self.program.bound(self.column[other], none, none)
        self.program.price(ways, none - self.reward)
        found = self.program.least(DUAL)
        while len(worth := self._worth_knowing()):
            self._add(worth)
            found = self.program.least(PRIMAL)
        self.program.bound(ways, none, self.most[wanted])
        self.program.bound(self.column[other], none, self.most[other])
        self.program.price(ways, self.price[wanted])
        moved = np.zeros(2 * self.size)
        moved[self.ways] = found
        return moved[: self.size] - moved[self.size :]

    def _worth_knowing(self) -> Places:
        """The ways that would make the change cheaper most, by what each sum is worth in it."""
        _, sums, signs = self.standing
        worth = np.bincount(self.whose, signs * self.program.worth()[sums], self.size)
        left = self.price - np.concatenate([worth, -worth])
        left[self.known | (self.most == 0)] = 0.0
        cheaper = np.flatnonzero(left < -NOTHING)
        if len(cheaper) > AT_ONCE:
            cheaper = cheaper[np.argpartition(left[cheaper], AT_ONCE)[:AT_ONCE]]
        return cheaper
