"""Hiding small counts in a large table with totals, against one linear program of that table."""

from collections.abc import Iterator

import highspy
import numpy as np

from alongside.calc.disclosure import Axis, Table, suppress
from benchmarks.methods.turns import Run, against_the_best, ours
from benchmarks.results import Result, at_most

ROWS, COLUMNS, THRESHOLD = 150, 40, 5


def hiding() -> Iterator[Result]:
    """A table in which many counts are small, and one in which few are."""
    for mean in (20, 100):
        chance = np.random.default_rng(1)
        counts = chance.poisson(chance.gamma(1.2, mean / 1.2, (ROWS, COLUMNS)))
        axes = (Axis(name, tuple(map(str, range(size)))) for name, size in (("area", ROWS), ("band", COLUMNS)))
        table = Table(*axes, tuple(map(tuple, counts.tolist())))
        small = int(((counts > 0) & (counts < THRESHOLD)).sum())
        what = f"suppression of 150 × 40 with totals, {small} small counts"
        peers = {"HiGHS, one solve": cover_of_one(counts)}
        yield at_most(3, what, *against_the_best(ours(lambda table=table: suppress(table)), peers, 7))


def cover_of_one(counts: np.ndarray) -> Run:
    """What it takes to hide one small count at the least price: up and down of every number, sums kept true.

    The smallest program that knows the whole table, made and solved from nothing as it would be by hand. To cover for
    all small counts, and at the least price altogether, would be a far larger one.
    """
    values = np.block([[counts, counts.sum(axis=1)[:, None]], [counts.sum(axis=0)[None], counts.sum()[None, None]]])
    numbers = np.arange(values.size).reshape(values.shape)
    sums = [(row[-1], row[:-1]) for row in (*numbers, *numbers.T)]
    rows = np.concatenate([np.full(len(parts) + 1, at) for at, (_, parts) in enumerate(sums)])
    columns = np.concatenate([np.append(parts, total) for total, parts in sums])
    signs = np.concatenate([np.append(np.ones(len(parts)), -1.0) for _, parts in sums])
    order = np.argsort(columns, kind="stable")
    starts = np.searchsorted(columns[order], np.arange(values.size))
    one = int(np.flatnonzero((values.ravel() > 0) & (values.ravel() < THRESHOLD))[0])
    price, most = 1 + np.log1p(values.ravel()) / 20, np.concatenate([np.full(values.size, np.inf), values.ravel()])
    least = np.zeros(2 * values.size)
    least[one] = most[one] = THRESHOLD
    most[one + values.size] = 0

    def solve() -> None:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = 2 * values.size, len(sums)
        model.col_cost_, model.col_lower_, model.col_upper_ = np.concatenate([price, price]), least, most
        model.row_lower_ = model.row_upper_ = np.zeros(len(sums))
        model.a_matrix_.start_ = np.concatenate([starts, starts + len(rows), [2 * len(rows)]])
        model.a_matrix_.index_ = np.concatenate([rows[order], rows[order]])
        model.a_matrix_.value_ = np.concatenate([signs[order], -signs[order]])
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.passModel(model)
        solver.run()
        assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal

    return ours(solve)
