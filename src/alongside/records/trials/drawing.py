"""Chance: from a trial's seed to an arm, the same each time, so that an auditor can draw the whole sequence again.

Each draw has a generator of its own, made from the seed and what is drawn, so none depends on how many came before it
in the same process, and knowing every draw so far tells nothing of the next.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from hmac import digest

import numpy as np

BLOCK_SIZES = (4, 6)
LEANING = 0.8  # how often minimisation takes the arm that makes the two more alike

Levels = Mapping[str, str]


def generator(seed: str, about: str) -> np.random.Generator:
    """Make the generator of one draw."""
    return np.random.default_rng(int.from_bytes(digest(bytes.fromhex(seed), about.encode(), sha256)))


def fingerprint(seed: str) -> str:
    """Give what shows later that a seed is still the same, and tells nothing of it before."""
    return sha256(bytes.fromhex(seed)).hexdigest()


def arm_by_minimisation(seed: str, number: int, here: Levels, past: Sequence[tuple[Levels, int]]) -> int:
    """Draw the arm of the family that is the ``number``-th to enter, after those of ``past``."""
    rng = generator(seed, f"family {number}")
    lean = sum((1 if arm else -1) for levels, arm in past for factor in here if levels[factor] == here[factor])
    if lean == 0:
        return int(rng.random() < 0.5)
    better = 0 if lean > 0 else 1
    return better if rng.random() < LEANING else 1 - better


def arm_by_blocks(seed: str, here: Levels, past: Sequence[tuple[Levels, int]]) -> int:
    """Draw the arm of a family from the blocks of those who are alike in every factor."""
    place = sum(levels == here for levels, _ in past)
    rng = generator(seed, "alike " + "/".join(f"{factor}={here[factor]}" for factor in sorted(here)))
    arms: list[int] = []
    while len(arms) <= place:
        size = int(rng.choice(BLOCK_SIZES))
        arms.extend(int(arm) for arm in rng.permutation([0, 1] * (size // 2)))
    return arms[place]


def arms_of_clusters(seed: str, families: Sequence[int]) -> list[int]:
    """Draw the arms of all clusters at once: of each two that are next to one another in size, one each way."""
    rng = generator(seed, "clusters")
    order = sorted(range(len(families)), key=lambda place: (-families[place], place))
    arms = [0] * len(families)
    for start in range(0, len(order), 2):
        first = int(rng.random() < 0.5)
        for arm, place in zip((first, 1 - first), order[start : start + 2], strict=False):
            arms[place] = arm
    return arms
