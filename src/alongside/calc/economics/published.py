"""Sums by which published figures are tried: what they imply, which groups they fit, and what they leave open."""

from fractions import Fraction


def fitting(percent: int, most: int) -> list[Fraction]:
    """Return the shares of at most so many people that round to this many in a hundred, halves up, the smallest first.

    >>> [str(share) for share in fitting(86, 25)], [str(share) for share in fitting(88, 25)]
    (['6/7', '19/22'], ['7/8', '15/17', '22/25'])
    """
    found = {
        Fraction(part, of)
        for of in range(1, most + 1)
        for part in range(of + 1)
        if (200 * part + of) // (2 * of) == percent
    }
    return sorted(found, key=lambda share: (share.denominator, share.numerator))


def least_base(count: float, percent: float) -> float:
    """Return of how many people so many are this share, in a hundred.

    >>> round(least_base(19_000, 12))
    158333
    """
    return count / (percent / 100)


def a_year(ratio: float, years: int) -> float:
    """Return the yearly rate at which £1 becomes ``ratio`` over so many years.

    >>> [round(a_year(1.2, years), 4) for years in (1, 2, 5, 10)]
    [0.2, 0.0954, 0.0371, 0.0184]
    """
    return float(ratio ** (1 / years)) - 1


def care_years(ratio: float, cost: float, care_year: float) -> float:
    """Return how many care-years each family must avoid for a ratio to hold on them alone.

    >>> round(care_years(1.2, 1_000, 40_000), 3)
    0.03
    """
    return ratio * cost / care_year
