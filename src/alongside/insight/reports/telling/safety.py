"""Deciding which counts of a report are withheld, all of its tables and shares together."""

from alongside.calc.protection import Sum, protect
from alongside.insight.reports.counting.families import SECOND_PLACES
from alongside.insight.reports.counting.tally import Tally

SMALLEST = 5
"""The smallest count that is shown; fewer people than this make no middle and no mean either."""


def withheld(tally: Tally) -> frozenset[str]:
    """Give the names of the counts that are too small to show, or would let such a count be worked out."""
    sums = [Sum(total, parts) for total, parts in tally.sums]
    return frozenset(protect(tally.counts, sums, threshold=SMALLEST, unprinted={SECOND_PLACES}).hidden)
