"""Allocation that keeps arms alike in several ways at once, with chance in every step: minimisation."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

LIKELY = 0.8


@dataclass(frozen=True, slots=True)
class Allocation:
    """The outcome of :func:`minimise`: the arm, and how it came about.

    ``imbalance`` is what each arm would leave, ``chances`` with what chance each was drawn, ``drawn`` the number
    between 0 and 1 that decided: with them anybody can go over the step again.
    """

    arm: str
    imbalance: Mapping[str, float]
    chances: Mapping[str, float]
    drawn: float


def minimise(
    person: Sequence[Hashable],
    so_far: Sequence[tuple[Sequence[Hashable], str]],
    arms: Sequence[str],
    rng: np.random.Generator,
    *,
    likely: float = LIKELY,
) -> Allocation:
    """Return to which arm the next person goes (Pocock and Simon 1975).

    ``person`` holds what is known of them, factor by factor, such as the order and the authority; ``so_far`` the same
    of everybody allocated before, with their arm. For each arm the imbalance that it would leave is reckoned: over all
    factors, of those like the person in it, the largest number in an arm less the smallest. The arm that leaves the
    least is drawn with the chance ``likely``, the others share the rest; arms that leave the same share their
    chances. So nobody can tell the next arm for sure.

    Raises ValueError for people of whom more or less is known than of the others, for an arm that is none, and
    for a chance with which the best arm would be certain, or no likelier than the others.

    >>> before = [(["SGO", "north"], "now"), (["SGO", "south"], "now"), (["informal", "north"], "later")]
    >>> found = minimise(["SGO", "south"], before, ["now", "later"], np.random.default_rng(3))
    >>> dict(found.imbalance), found.chances["later"]
    ({'now': 5.0, 'later': 1.0}, 0.8)
    """
    if len(set(arms)) < 2 or len(set(arms)) < len(arms):
        raise ValueError("there must be at least two arms, each named once")
    if not 1 / len(arms) < likely < 1:
        raise ValueError(f"the chance of the best arm must lie between {1 / len(arms):.2f} and 1")
    if not person:
        raise ValueError("at least one thing must be known by which arms are kept alike")
    counts = _counts(person, so_far, arms)
    imbalance = {}
    for at, arm in enumerate(arms):
        then = counts.copy()
        then[:, at] += 1
        imbalance[arm] = float(np.ptp(then, axis=1).sum())
    chances = _chances(imbalance, likely)
    drawn = float(rng.random())
    place = int(np.searchsorted(np.cumsum(list(chances.values())), drawn, side="right"))
    return Allocation(arms[min(place, len(arms) - 1)], imbalance, chances, drawn)


def _counts(
    person: Sequence[Hashable], so_far: Sequence[tuple[Sequence[Hashable], str]], arms: Sequence[str]
) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """For each factor, how many like the person are in each arm."""
    counts = np.zeros((len(person), len(arms)), dtype=np.int64)
    place = {arm: at for at, arm in enumerate(arms)}
    for number, (known, arm) in enumerate(so_far, start=1):
        if len(known) != len(person):
            raise ValueError(f"of person {number} {len(known)} things are known, and of the next {len(person)}")
        if arm not in place:
            raise ValueError(f"person {number} is in “{arm}”, which is no arm of this trial")
        counts[:, place[arm]] += [mine == theirs for mine, theirs in zip(person, known, strict=True)]
    return counts


def _chances(imbalance: Mapping[str, float], likely: float) -> dict[str, float]:
    least = min(imbalance.values())
    best = sum(each == least for each in imbalance.values())
    if best == len(imbalance):
        return dict.fromkeys(imbalance, 1 / best)
    rest = (1 - likely) / (len(imbalance) - 1)
    top = (likely + (best - 1) * rest) / best
    return {arm: top if each == least else rest for arm, each in imbalance.items()}
