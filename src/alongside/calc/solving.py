"""A linear program that stays with its solver, so that each further question starts from the last answer."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Places = NDArray[np.intp]


class Standing(NamedTuple):
    """In which sums each of several numbers stands and with which sign, one after the other from its ``start``."""

    start: Places
    sums: Places
    signs: Vector

    def of(self, numbers: Places) -> "Standing":
        """Where some of them stand."""
        ends = np.append(self.start[1:], len(self.sums))
        sizes = ends[numbers] - self.start[numbers]
        start = np.cumsum(sizes) - sizes
        which = np.arange(int(sizes.sum())) + np.repeat(self.start[numbers] - start, sizes)
        return Standing(start, self.sums[which], self.signs[which])


PRIMAL, DUAL = 4, 1  # as HiGHS numbers them
"""Ways of the simplex: the primal goes on well from the last answer where few costs were changed since, and the dual
where bounds were; the dual is also the quicker from nothing."""


class Program:
    """Columns that may be moved between bounds at a cost, while every sum over them stays 0."""

    def __init__(self, sums: int) -> None:
        """Begin with so many sums and no column."""
        import highspy  # noqa: PLC0415  slow to import, and few pages need it

        self.words = highspy.HighsModelStatus
        self.solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (("output_flag", False), ("parallel", "off"), ("presolve", "off")):
            self.solver.setOptionValue(option, value)
        nothing, none = np.zeros(sums), np.empty(0, dtype=np.intp)
        self.solver.addRows(sums, nothing, nothing, 0, _whole(none), _whole(none), nothing[:0])

    def add(self, columns: Standing, low: Vector, high: Vector, cost: Vector) -> None:
        """Add columns, after those that are there."""
        start, sums, signs = columns
        self.solver.addCols(len(start), cost, low, high, len(sums), _whole(start), _whole(sums), signs)

    def bound(self, columns: Places, low: Vector, high: Vector) -> None:
        """Let columns move between these bounds from now on."""
        self.solver.changeColsBounds(len(columns), _whole(columns), low, high)

    def price(self, columns: Places, cost: Vector) -> None:
        """Let a unit of these columns cost so much from now on."""
        self.solver.changeColsCost(len(columns), _whole(columns), cost)

    def least(self, simplex: int = DUAL) -> Vector:
        """Give the columns' cheapest move. Where the last answer leads nowhere, the solver begins anew."""
        self.solver.setOptionValue("simplex_strategy", simplex)
        self.solver.run()
        if self.solver.getModelStatus() != self.words.kOptimal:
            self.solver.clearSolver()
            self.solver.run()
        status = self.solver.getModelStatus()
        if status != self.words.kOptimal:
            raise ArithmeticError(self.solver.modelStatusToString(status))
        return np.array(self.solver.getSolution().col_value)

    def worth(self) -> Vector:
        """Give by how much the last answer would cost more for each unit that a sum were more than 0."""
        return np.array(self.solver.getSolution().row_dual)


def _whole(numbers: Places) -> NDArray[np.int32]:
    return numbers.astype(np.int32)
