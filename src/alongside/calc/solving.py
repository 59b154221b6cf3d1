"""A linear program that stays with its solver, so that each further question starts from the last answer."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Places = NDArray[np.intp]
Entries = Sequence[tuple[int, float]]
"""In which sums a number stands, and with which sign."""


PRIMAL, DUAL = 4, 1  # as HiGHS numbers them


class Program:
    """Columns that may be moved between bounds at a cost, while every sum over them stays 0."""

    def __init__(self, sums: int, simplex: int) -> None:
        """Begin with so many sums and no column.

        The primal simplex goes on well from the last answer where costs were changed since, the dual where bounds were.
        """
        import highspy  # noqa: PLC0415  slow to import, and few pages need it

        self.words = highspy.HighsModelStatus
        self.solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (
            ("output_flag", False),
            ("parallel", "off"),
            ("presolve", "off"),
            ("simplex_strategy", simplex),
        ):
            self.solver.setOptionValue(option, value)
        nothing = np.zeros(sums)
        self.solver.addRows(sums, nothing, nothing, 0, _whole([]), _whole([]), np.empty(0))

    def add(self, columns: Sequence[Entries], low: Vector, high: Vector, cost: Vector) -> None:
        """Add columns, after those that are there."""
        entries = list(chain.from_iterable(columns))
        starts = np.cumsum([0, *(len(column) for column in columns)])[:-1]
        rows, signs = _whole([row for row, _ in entries]), np.array([sign for _, sign in entries])
        self.solver.addCols(len(columns), cost, low, high, len(entries), _whole(starts), rows, signs)

    def bound(self, columns: Places, low: Vector, high: Vector) -> None:
        """Let columns move between these bounds from now on."""
        self.solver.changeColsBounds(len(columns), _whole(columns), low, high)

    def price(self, columns: Places, cost: Vector) -> None:
        """Let a unit of these columns cost so much from now on."""
        self.solver.changeColsCost(len(columns), _whole(columns), cost)

    def least(self) -> Vector | None:
        """Give the columns' cheapest move, or ``None`` where there is none between the bounds."""
        self.solver.run()
        status = self.solver.getModelStatus()
        if status == self.words.kInfeasible:
            return None
        if status != self.words.kOptimal:
            raise ArithmeticError(self.solver.modelStatusToString(status))
        return np.array(self.solver.getSolution().col_value)


def _whole(numbers: Sequence[int] | Places) -> NDArray[np.int32]:
    return np.asarray(numbers, dtype=np.int32)
