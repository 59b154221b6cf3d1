"""Allocation by permuted blocks of random sizes, and of whole groups (clusters) at once."""

from collections.abc import Hashable, Mapping, Sequence

import numpy as np

USUAL = (2, 3)


def permuted_blocks(
    length: int, arms: Sequence[str], rng: np.random.Generator, *, multiples: Sequence[int] = USUAL
) -> list[str]:
    """Return to which arm each person of a stratum goes, in the order in which they come.

    Blocks follow one another. The size of each is drawn from ``multiples`` of the number of arms; within a block every
    arm comes equally often, in an order drawn by chance (Matts and Lachin 1988). So arms stay balanced, and nobody who
    sees the allocations so far can tell the next. An arm that is named twice gets twice the people. A longer list from
    the same source begins with the shorter one. Each stratum needs a source of its own
    (:func:`~alongside.calc.trials.chance.source`).

    >>> arms = permuted_blocks(100, ["now", "later"], np.random.default_rng(1))
    >>> len(arms), abs(arms.count("now") - arms.count("later")) <= 3
    (100, True)
    """
    _check(arms)
    if length < 0:
        raise ValueError("the length of a list cannot be less than 0")
    if not multiples or any(each < 1 for each in multiples):
        raise ValueError("a block holds every arm at least once")
    found: list[str] = []
    while len(found) < length:
        block = list(arms) * int(rng.choice(np.asarray(multiples)))
        found += [block[place] for place in rng.permutation(len(block))]
    return found[:length]


def allocate_groups(
    groups: Mapping[Hashable, Hashable], arms: Sequence[str], rng: np.random.Generator
) -> dict[Hashable, str]:
    """Return to which arm each whole group goes, such as a team; ``groups`` gives the stratum of each.

    Within a stratum groups are put in an order drawn by chance and dealt to the arms in blocks of one each; those
    that do not fill a block are dealt together with those of the other strata, so that arms stay balanced as a whole
    (Hayes and Moulton 2009). Raises ValueError where there are fewer groups than arms.

    >>> found = allocate_groups({"A": 1, "B": 1, "C": 2, "D": 2}, ["now", "later"], np.random.default_rng(1))
    >>> sorted([found["A"], found["B"]]), sorted([found["C"], found["D"]])
    (['later', 'now'], ['later', 'now'])
    """
    _check(arms)
    if len(groups) < len(arms):
        raise ValueError(f"{len(groups)} groups cannot be dealt to {len(arms)} arms")
    strata: dict[Hashable, list[Hashable]] = {}
    for group, stratum in groups.items():
        strata.setdefault(stratum, []).append(group)
    order: list[Hashable] = []
    left: list[Hashable] = []
    for own in strata.values():
        mixed = [own[place] for place in rng.permutation(len(own))]
        whole = len(mixed) - len(mixed) % len(arms)
        order += mixed[:whole]
        left += mixed[whole:]
    order += [left[place] for place in rng.permutation(len(left))]
    return dict(zip(order, permuted_blocks(len(order), arms, rng, multiples=(1,)), strict=True))


def _check(arms: Sequence[str]) -> None:
    if len(set(arms)) < 2:
        raise ValueError("there must be at least two arms")
