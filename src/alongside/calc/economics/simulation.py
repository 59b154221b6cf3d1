"""Thousands of draws of a case, in one process or many: how likely it pays, and how surely that is known."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, Protocol

import numpy as np

from alongside.calc.economics.drawing import Ranks, blocks, draw_block
from alongside.calc.economics.model import Case, Worth, worth
from alongside.calc.outcomes.values import Floats

LEVEL = 0.95
Z_95 = 1.959963984540054
NEAR = 0.01
"""A simulation has settled when its probability of breaking even is known to one in a hundred, either way."""


class Pool(Protocol):
    """Whatever spreads work over processes or machines: an ``Executor``, or Dask's."""

    def map(self, work: Callable[[Any], Any], /, *pieces: Iterable[Any]) -> Iterable[Any]:
        """Give the outcome of each piece, in their order."""


@dataclass(frozen=True)
class Simulation:
    """The draws of a case: ``worth`` in pounds of now, and those ``inputs`` that were to be kept, one value a draw."""

    draws: int
    seed: int
    worth: Worth
    inputs: dict[str, Floats]


class Spread(NamedTuple):
    """The mean of draws, their middle, and the ends between which 95% of them lie."""

    mean: float
    middle: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Settled:
    """How likely the case breaks even, how far that figure may be off by chance, and whether that is near enough."""

    probability: float
    error: float

    @property
    def enough(self) -> bool:
        """Whether more draws would hardly change it: 95% of such simulations lie within one in a hundred."""
        return Z_95 * self.error <= NEAR


def simulate(
    case: Case,
    ranks: Sequence[Ranks] = (),
    *,
    draws: int,
    seed: int,
    keep: Sequence[str] = (),
    pool: Executor | Pool | None = None,
) -> Simulation:
    """Return so many draws of a case; the same for a seed, whether one process works them out or many.

    ``keep`` names inputs whose draws are held, as what they are worth knowing is worked out from them. Memory is forty
    bytes a draw and eight for each input kept. Raises ValueError for fewer than one draw.
    """
    if draws < 1:
        raise ValueError("at least one draw is needed")
    work = partial(_block, case, tuple(ranks), seed, tuple(keep))
    done = list((pool.map if pool else map)(work, blocks(draws)))
    parts = zip(*(each for each, _ in done), strict=True)
    whole = Worth(*(np.concatenate(part) for part in parts))
    held = {name: np.concatenate([kept[name] for _, kept in done]) for name in keep}
    return Simulation(draws, seed, whole, held)


def _block(
    case: Case, ranks: tuple[Ranks, ...], seed: int, keep: tuple[str, ...], piece: tuple[int, int]
) -> tuple[Worth, dict[str, Floats]]:
    number, size = piece
    drawn = case.complete(draw_block(case.drawn, ranks, seed=seed, block=number, size=size))
    found = Worth(*(np.broadcast_to(each, size) for each in worth(case, drawn)))
    return found, {name: np.broadcast_to(drawn[name], size) for name in keep}


def spread(values: Floats) -> Spread:
    """Return the mean, the middle, and the ends between which 95% of the draws lie; NaN where one is."""
    low, middle, high = np.quantile(values, [(1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2])
    return Spread(float(np.mean(values)), float(middle), float(low), float(high))


def breaking_even(net: Floats) -> Settled:
    """Return how many of the draws have a net value of 0 or more: p, with error √(p(1 - p)/n), at least 1/n."""
    share = float(np.mean(net >= 0))
    return Settled(share, max((share * (1 - share) / net.size) ** 0.5, 1 / net.size))
