"""What may be said of one person's change on one scale: which way, how far, and whether it is more than chance."""

import math
from dataclasses import dataclass

from alongside.calc.instruments import Scale
from alongside.calc.outcomes.paired import Verdict
from alongside.calc.outcomes.reliable import reliable_change


@dataclass(frozen=True, slots=True)
class Change:
    """A change between two scores. ``verdict`` is ``None`` where nobody knows how exact the scale is; ``counts_from``
    is the smallest change that is more than chance, as scores go up in steps of one where the scale is ``whole``.
    """

    points: float
    way: str
    verdict: Verdict | None
    counts_from: float | None
    whole: bool


def change_between(scale: Scale, then: float, now: float) -> Change:
    """Say how somebody's score changed, by the reliability and standard deviation that are published for the scale."""
    way = "the same" if now == then else "better" if (now > then) == scale.higher_is_better else "harder"
    known = scale.exactness
    if known.reliability is None or known.sd is None:
        return Change(abs(now - then), way, None, None, scale.whole)
    found = reliable_change(
        [then], [now], reliability=known.reliability, sd=known.sd, higher_is_better=scale.higher_is_better
    )
    smallest = found.smallest or 0.0
    counts_from = math.floor(smallest) + 1.0 if scale.whole else smallest
    return Change(abs(now - then), way, found.verdicts[0], counts_from, scale.whole)
