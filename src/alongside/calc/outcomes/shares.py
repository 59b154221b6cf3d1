"""How sure a share is."""

from math import sqrt
from statistics import NormalDist


def wilson(some: float, of: float, *, confidence: float = 0.95) -> tuple[float, float]:
    """Return the interval of a share: (2np + z² ± z√(z² + 4np(1 - p))) / (2(n + z²)) (Wilson 1927).

    It keeps within 0 and 1, and is of use also for a few, for none and for all of them.

    >>> tuple(round(end, 4) for end in wilson(81, 263))
    (0.2553, 0.3662)
    """
    if not 0 <= some <= of:
        raise ValueError(f"{some} of {of}: it must be some of them")
    if of == 0:
        raise ValueError("nobody was counted, so there is no share")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    middle, reach = 2 * some + z * z, z * sqrt(z * z + 4 * some * (1 - some / of))
    low, high = ((middle + way * reach) / (2 * (of + z * z)) for way in (-1, 1))
    return (0.0 if some == 0 else low, 1.0 if some == of else high)
