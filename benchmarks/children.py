"""Children followed from home to home beside what hesim's authors published of theirs, by the patient and the cycle.

hesim 0.5 (R 4.0.3, a Mac, March 2021; hesim-dev.github.io/hesim/articles/benchmarks.html). Its Markov model of hip
replacement: 1,000 patients in 1,000 draws under 2 strategies for at most 60 yearly cycles in 11 s, which is at least
92 ns a patient and cycle; as a cohort 1.2 s, 10,000 ns a draw and cycle. Its semi-Markov model of leukaemia: 1,000
patients in 1,000 draws in 6 s, told at 100 points of time, which is 60 ns a patient and point. Another machine, and
another model: a bound on what is to be expected, no contest.
"""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import numpy as np

from alongside.calc.economics.drawing import BLOCK
from alongside.calc.economics.staying import GROWN_UP, of_children, of_cohort, supported
from alongside.calc.economics.staying_file import read_staying
from alongside.calc.economics.stays import model, simulate_stays
from alongside.insight.economics.library import library, questions, rates
from benchmarks.results import Result, at_most
from benchmarks.timing import CPU, WALL, Times, in_turn

CHILDREN, DRAWS = 100_000, 1_000
MARKOV, SEMI_MARKOV, COHORT = 11e9 / (1000 * 1000 * 2 * 60), 6e9 / (1000 * 1000 * 100), 1.2e9 / (1000 * 2 * 60)
HAZARDS = {(0, 1): 0.03, (0, 2): 0.02, (1, 0): 0.02, (1, 2): 0.05, (2, 0): 0.01, (2, 1): 0.08}
BLOCKS = 16


def measured() -> Iterator[Result]:
    """Measure children one by one, a cohort in many draws, and both arms of a question in one process and in two."""
    table = np.zeros((GROWN_UP, 1, 3, 3))
    for (start, end), rate in HAZARDS.items():
        table[..., start, end] = rate
    ours = _each(lambda: of_children(table, CHILDREN, np.random.default_rng(1)), CHILDREN * GROWN_UP)
    what = f"{CHILDREN:,} children over {GROWN_UP} years, a child and year, CPU"
    yield at_most(1, what, ours, "hesim, published: Markov, a patient and cycle", Times([MARKOV]), unit="ns")
    yield at_most(1, what, ours, "hesim, published: semi-Markov, a patient and point", Times([SEMI_MARKOV]), unit="ns")
    many, half = np.repeat(table, DRAWS, axis=1), np.full(DRAWS, 0.5)
    ours = _each(lambda: [of_cohort(each) for each in (many, supported(many, half, 1))], 2 * DRAWS * GROWN_UP)
    what = f"a cohort, {DRAWS:,} draws, both arms, a draw and year, CPU"
    yield at_most(1, what, ours, "hesim, published: cohort, a draw and cycle", Times([COHORT]), unit="ns")
    yield from _shared()


def _each(run: Callable[[], object], steps: int) -> Times:
    taken = in_turn({"ours": run}, rounds=7, clock=CPU, warm=1)["ours"]
    return Times([milliseconds * 1e6 / steps for milliseconds in taken.rounds])


def _shared() -> Iterator[Result]:
    made = model(read_staying(_filled(), library(), rates()), library())
    run = partial(simulate_stays, made, draws=BLOCKS * BLOCK, seed=1)
    with ProcessPoolExecutor(2) as pool:
        times = in_turn({"one": run, "two": partial(run, pool=pool)}, rounds=3, clock=WALL, warm=1)
    what = f"{BLOCKS * BLOCK:,} draws of both arms in two processes"
    yield at_most(1, what, times["two"], "the same in one", times["one"])


def _filled() -> str:
    """The file to fill in, filled in: every effect, cost and rate is uncertain."""
    text = re.sub(r"(?<=over = 1\n)unknown = true", "share = { mean = 0.03, sd = 0.01 }", questions()["staying"])
    text = text.replace("\nunknown = true", "\nlognormal = { low = 0.4, high = 1.0 }\nlevel = 1", 1)
    return text.replace("\nunknown = true", "\namount = { mean = 9000, sd = 900 }\nprice_year = 2024")
