"""Chance: from a trial's seed to an arm, the same each time, so that an auditor can draw the whole sequence again.

Each draw has a source of its own, made from the seed and what is drawn; whoever knows every draw so far but not the
seed cannot tell the next.
"""

from collections.abc import Hashable, Mapping, Sequence
from hashlib import sha256

import numpy as np

from alongside.calc.trials.blocks import allocate_groups, permuted_blocks
from alongside.calc.trials.chance import source
from alongside.calc.trials.minimisation import minimise

ARMS = ("first", "second")

Levels = Mapping[str, str]
Past = Sequence[tuple[Levels, int]]


def fingerprint(seed: str) -> str:
    """Give what shows later that a seed is still the same, and tells nothing of it before."""
    return sha256(bytes.fromhex(seed)).hexdigest()


def arm_by_minimisation(seed: str, number: int, here: Levels, past: Past) -> int:
    """Draw the arm of the family that is the ``number``-th to enter, after those of ``past``."""
    factors = sorted(here)
    so_far = [([levels[factor] for factor in factors], ARMS[arm]) for levels, arm in past]
    drawn = minimise([here[factor] for factor in factors], so_far, ARMS, _source(seed, "family", number))
    return ARMS.index(drawn.arm)


def arm_by_blocks(seed: str, here: Levels, past: Past) -> int:
    """Draw the arm of a family from the blocks of those who are alike in every factor."""
    place = sum(levels == here for levels, _ in past)
    alike = [f"{factor}={here[factor]}" for factor in sorted(here)]
    return ARMS.index(permuted_blocks(place + 1, ARMS, _source(seed, "alike", *alike))[place])


def arms_of_clusters(seed: str, families: Sequence[int]) -> list[int]:
    """Draw the arms of all clusters at once: of each two that are next to one another in size, one each way."""
    by_size = sorted(range(len(families)), key=lambda place: (-families[place], place))
    pairs: dict[Hashable, Hashable] = {place: rank // 2 for rank, place in enumerate(by_size)}
    drawn = allocate_groups(pairs, ARMS, _source(seed, "clusters"))
    return [ARMS.index(drawn[place]) for place in range(len(families))]


def _source(seed: str, *about: str | int) -> np.random.Generator:
    return source(int(seed, 16), *about)
