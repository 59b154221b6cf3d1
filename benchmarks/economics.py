"""The economic case beside NumPy drawing the same random numbers: ``python -m benchmarks --only economics``."""

import resource
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np

from alongside.calc.economics.beta import Counted, Pert, Share
from alongside.calc.economics.discounting import Schedule, Step
from alongside.calc.economics.distributions import Amount, Distribution, Fixed, Triangular
from alongside.calc.economics.model import Case, Cost, Outcome, Product, Value
from alongside.calc.economics.simulation import simulate
from benchmarks import children, knowing
from benchmarks.results import Result, as_json, as_table, at_most, count
from benchmarks.timing import CPU, in_turn

DRAWS = 1_000_000
OUTCOMES = 12
YEARS = 10
MEGABYTES = 1000
SCHEDULE = Schedule("green-book", "", date(2026, 1, 1), "", (Step(0, 0.035), Step(31, 0.03)))


def twelve_outcomes() -> Case:
    """A case of twelve outcomes over ten years, in which all but the number of families is uncertain."""
    inputs: dict[str, Distribution | Product] = {"families": Fixed(400), "cost": Amount(2_000, 200)}
    outcomes = []
    for number in range(OUTCOMES):
        own = {
            "affected": Share(0.3, 0.05), "engaged": Share(0.7, 0.05), "retained": Share(0.8, 0.04),
            "impact": Counted(12, 60), "deadweight": Pert(0.1, 0.3, 0.6), "unit_value": Amount(40_000, 5_000),
            "displacement": Triangular(0, 0.1, 0.3), "drop_off": Share(0.1, 0.02),
        }  # fmt: skip
        inputs |= {f"{name}{number}": made for name, made in own.items()}
        named = {name: f"{name}{number}" for name in own}
        who = {"Local authority": 1.0}
        outcomes.append(Outcome(f"o{number}", "", Value.FISCAL, who, "families", duration=5, **named))
    return Case(YEARS, SCHEDULE, inputs, tuple(outcomes), (Cost("c", "", "Local authority", "cost", "families"),))


def measured() -> Iterator[Result]:
    """Measure a million draws beside drawing alone, and the memory that took."""
    case, source = twelve_outcomes(), np.random.default_rng(1)

    def drawing() -> None:
        for made in case.drawn.values():
            made.draw(source, DRAWS)

    times = in_turn(
        {"ours": lambda: simulate(case, draws=DRAWS, seed=1), "numpy": drawing}, rounds=3, clock=CPU, warm=0
    )
    what = f"{DRAWS:,} draws of a case of {OUTCOMES} outcomes and {YEARS} years"
    yield at_most(2, what, times["ours"], "NumPy, drawing the same numbers", times["numpy"])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    yield count(MEGABYTES, "the same, megabytes at the most, NumPy's own arrays among them", peak)


if __name__ == "__main__":
    results = [*measured(), *children.measured(), *knowing.measured()]
    Path(sys.argv[1], "economics.json").write_text(as_json(results))
    print(as_table(results))
