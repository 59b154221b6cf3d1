"""How long people waited, and what share of them waited no longer than was promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from scipy.special import ndtri


@dataclass(frozen=True, slots=True)
class Share:
    """Some of so many, with the interval in which the share may lie; ``None`` of nobody."""

    numerator: int
    denominator: int
    share: float | None
    ci_low: float | None
    ci_high: float | None
    level: float

    @property
    def method(self) -> str:
        """How the interval was made, in words."""
        return f"{self.level:.0%} interval after Wilson"


def median_wait(days: Sequence[float | None]) -> float | None:
    """Return the wait of the middle family in days; of two middle ones, the mean. ``None`` still wait.

    Those who still wait count as waiting longer than anybody, so that leaving them out does not
    flatter the figure; if the middle family still waits there is no median.

    >>> median_wait([3, 9, 6]), median_wait([3, 9, 6, 8]), median_wait([3, None, None])
    (6.0, 7.0, None)
    """
    if not days:
        return None
    middle = float(median(float("inf") if wait is None else wait for wait in days))
    return None if middle == float("inf") else middle


def share_of(numerator: int, denominator: int, *, level: float = 0.95) -> Share:
    """Return a share p = x/n with Wilson's score interval (Wilson 1927).

    With z the normal quantile of (1 + level)/2 the ends are
    (p + z²/2n ± z·√(p(1 - p)/n + z²/4n²)) / (1 + z²/n). Good also where p is near 0 or 1.

    >>> found = share_of(81, 263)
    >>> round(found.share, 4), round(found.ci_low, 4), round(found.ci_high, 4)
    (0.308, 0.2553, 0.3662)
    """
    if not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator} of {denominator} is not a share")
    if not 0 < level < 1:
        raise ValueError("level must lie between 0 and 1")
    if not denominator:
        return Share(numerator, denominator, None, None, None, level)
    p, z2 = numerator / denominator, float(ndtri((1 + level) / 2)) ** 2 / denominator
    middle = (p + z2 / 2) / (1 + z2)
    reach = (z2 * (p * (1 - p) + z2 / 4)) ** 0.5 / (1 + z2)
    low = max(0.0, middle - reach) if numerator else 0.0
    high = min(1.0, middle + reach) if numerator < denominator else 1.0
    return Share(numerator, denominator, p, low, high, level)
