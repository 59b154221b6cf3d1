"""How often the one at higher risk comes first: Harrell's concordance."""

import numpy as np
from numpy.typing import NDArray

from alongside.calc.outcomes.values import Floats

Counts = NDArray[np.intp]


def concordance(duration: Floats, ended: NDArray[np.bool_], score: Floats) -> float | None:
    """Return the share of comparable pairs in which the higher score ended first, equal scores counting half.

    A pair can be compared where one ended while the other was still followed, also where the other was last
    seen at that very time (Harrell and others 1982). ``None`` where no pair can be. Scores equal up to the
    twelfth digit are equal.

    >>> concordance(np.array([1.0, 2.0, 3.0]), np.array([True, True, False]), np.array([3.0, 1.0, 2.0]))
    0.6666666666666666
    """
    rank = np.unique(np.round(score / (np.abs(score).max(initial=0.0) or 1.0), 12), return_inverse=True)[1]
    # Those who end at one time stand in the order of their scores, so that no later one of them is lower.
    order = np.lexsort((rank, ~ended, duration))
    ended, rank = ended[order], rank[order]
    moment = np.unique(duration[order], return_inverse=True)[1] * 2 + ~ended
    pairs = int((ended.size - np.searchsorted(moment, moment[ended], side="right")).sum())
    if not pairs:
        return None
    lower = int(_lower_after(rank)[ended].sum())
    at_once = np.unique(moment[ended] * (rank.max() + 1) + rank[ended], return_counts=True)[1]
    equal = int(_equal_after(rank)[ended].sum()) - int((at_once * (at_once - 1) // 2).sum())
    return (lower + equal / 2) / pairs


def _lower_after(rank: Counts) -> Counts:
    """For each place, how many later ones have a lower rank, found bit by bit from the highest.

    Before each bit, places lie in blocks whose higher bits agree, in their first order within each block. A
    later place of the block that lacks the bit is lower than an earlier one that has it.
    """
    found = np.zeros(rank.size, dtype=np.intp)
    at = place = np.arange(rank.size)
    for bit in reversed(range(int(rank.max()).bit_length())):
        key = rank[place] >> bit
        without = (key & 1) == 0
        so_far = np.cumsum(without)
        last = np.flatnonzero(np.diff(key >> 1, append=-1))
        sizes = np.diff(last, prepend=-1)
        later = np.repeat(so_far[last], sizes) - so_far
        found[place] += np.where(without, 0, later)
        with_it = last + 1 - so_far[last]
        before = np.repeat(np.concatenate([[0], with_it[:-1]]), sizes)
        ordered = np.empty_like(place)
        ordered[np.where(without, before + so_far - 1, at + later)] = place
        place = ordered
    return found


def _equal_after(rank: Counts) -> Counts:
    """For each place, how many later ones have the same rank."""
    place = np.argsort(rank, kind="stable")
    last = np.flatnonzero(np.diff(rank[place], append=-1))
    found = np.empty(rank.size, dtype=np.intp)
    found[place] = np.repeat(last, np.diff(last, prepend=-1)) - np.arange(rank.size)
    return found
