"""What knowing fourteen inputs would be worth, beside R's voi on the same draws, where R and voi are installed.

voi is told each input alone by its own default, and all fourteen together by both of its ways that can take so many
inputs at ten thousand draws, earth and bart; the quicker of the two is the anchor.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from alongside.calc.economics.information import partial
from alongside.calc.outcomes.values import Floats
from benchmarks.results import Result, at_least
from benchmarks.timing import CPU, Times, in_turn

DRAWS, INPUTS = 10_000, 14
TIMES = 10
"""How much faster than voi it has to be."""


class Voi(NamedTuple):
    """What voi took in each round, in milliseconds of CPU, and what it found."""

    took: Times
    found: list[float]


def fourteen() -> tuple[Floats, list[Floats]]:
    """Draws of fourteen inputs, and a net value that rests on all of them and on products of some."""
    source = np.random.default_rng(14)
    inputs = source.standard_normal((INPUTS, DRAWS))
    weights = np.linspace(0.2, 1.5, INPUTS)
    net = 0.5 + weights @ inputs + 0.5 * inputs[0] * inputs[1] + 0.3 * inputs[2] ** 2
    return net, list(inputs)


def measured() -> Iterator[Result]:
    """Measure each input alone and all together; where voi is not there, say so and measure nothing."""
    net, inputs = fourteen()
    theirs = _voi(net, inputs)
    if not theirs:
        print("R or its package voi is not here, so what knowing is worth was not measured beside it.")
        return
    ours = in_turn(
        {"each": lambda: [partial(net, [one]) for one in inputs], "together": lambda: partial(net, inputs)},
        rounds=5,
        clock=CPU,
        warm=1,
    )
    quickest = min(("earth", "bart"), key=lambda name: theirs[name].took.p50)
    found = {"each": [partial(net, [one]) for one in inputs], "together": [partial(net, inputs)]}
    for what, peer in (("each", "each"), ("together", quickest)):
        off = max(abs(mine - other) for mine, other in zip(found[what], theirs[peer].found, strict=True))
        words = f"{INPUTS} inputs {'alone, one after the other' if what == 'each' else what}, {DRAWS:,} draws"
        anchor = f"R's voi, {'its default' if peer == 'each' else peer} (at most {off:.3f} apart)"
        yield at_least(TIMES, f"what it is worth to know {words}", ours[what], anchor, theirs[peer].took)


def _voi(net: Floats, inputs: list[Floats]) -> dict[str, Voi]:
    if not shutil.which("Rscript"):
        return {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "draws.csv")
        names = ",".join([*(f"x{number}" for number in range(INPUTS)), "net"])
        np.savetxt(file, np.column_stack([*inputs, net]), delimiter=",", header=names, comments="")
        command = ["Rscript", str(Path(__file__).with_name("knowing.R")), str(file)]
        done = subprocess.run(command, capture_output=True, text=True)
    lines = [line.split() for line in done.stdout.splitlines()] if done.returncode == 0 else []
    return {
        name: Voi(
            Times(sorted(1000 * float(took) for other, took, _ in lines if other == name)),
            [float(one) for one in found.split(",")],
        )
        for name, _, found in lines
    }
