"""Draws of all inputs, the same for a seed however the work is divided: each block of draws has a stream of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import special

from alongside.calc.economics.distributions import Distribution, Fixed
from alongside.calc.outcomes.values import Floats

BLOCK = 1 << 13
"""Draws in a block: what its arithmetic touches stays in a processor's own memory."""


class NoSuchRanks(ValueError):
    """Rank correlations that no set of inputs can have together."""


@dataclass(frozen=True)
class Ranks:
    """Inputs that rise and fall together: Spearman's rank correlation of each pair, in the order of ``names``."""

    names: tuple[str, ...]
    matrix: tuple[tuple[float, ...], ...]

    def __post_init__(self) -> None:
        rho = np.array(self.matrix, dtype=float)
        if rho.shape != (len(self.names),) * 2 or (rho != rho.T).any() or (rho.diagonal() != 1).any():
            raise NoSuchRanks("rank correlations must be a table with 1 on its diagonal, alike on both sides of it")
        if (abs(rho) > 1).any():
            raise NoSuchRanks("a rank correlation must lie between -1 and 1")
        if np.linalg.eigvalsh(self._of_bells).min() < -1e-9:
            raise NoSuchRanks("these rank correlations cannot hold together: make some of them weaker")

    @cached_property
    def _of_bells(self) -> Floats:
        """Pearson's correlation of normal variables with these ranks: r = 2 sin(πρ/6) (Pearson 1907)."""
        found: Floats = 2 * np.sin(np.pi * np.array(self.matrix, dtype=float) / 6)
        return found

    @cached_property
    def root(self) -> Floats:
        """A matrix whose product with itself turned over is the correlation; also where that has no inverse."""
        values, vectors = np.linalg.eigh(self._of_bells)
        found: Floats = vectors * np.sqrt(np.clip(values, 0, None))
        return found


def blocks(draws: int) -> list[tuple[int, int]]:
    """Divide draws into numbered blocks: the number and the size of each.

    >>> blocks(10_000)
    [(0, 8192), (1, 1808)]
    """
    return [(number, min(BLOCK, draws - start)) for number, start in enumerate(range(0, draws, BLOCK))]


def draw_block(
    inputs: Mapping[str, Distribution], ranks: Sequence[Ranks], *, seed: int, block: int, size: int
) -> dict[str, Floats]:
    """Return a block of draws of each input; one number for what is fixed.

    Every input has a stream of its own in each block, told by its place among the names in order: an input that is
    added leaves the draws of those before it as they were.
    """
    tied = {name for each in ranks for name in each.names}
    found: dict[str, Floats] = {}
    for place, name in enumerate(inputs):
        made = inputs[name]
        if isinstance(made, Fixed):
            found[name] = np.asarray(made.value)
        elif name not in tied:
            found[name] = made.draw(_stream(seed, block, place), size)
    for place, each in enumerate(ranks):
        bells = _stream(seed, block, -1 - place).standard_normal((len(each.names), size))
        for name, share in zip(each.names, special.ndtr(each.root @ bells), strict=True):
            found[name] = inputs[name].at(share)
    return found


def _stream(seed: int, block: int, place: int) -> np.random.Generator:
    key = (block, 0, place) if place >= 0 else (block, 1, -1 - place)
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=key)))
