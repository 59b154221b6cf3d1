"""How likely a case is worth its cost, at each price that somebody would put on what it brings."""

import numpy as np

from alongside.calc.outcomes.values import Floats

STEPS = 21
"""Prices on a curve, the first of them 0."""
SURELY = 0.975
"""The share of the draws that pay at the highest price shown."""


def acceptability(net: Floats, units: Floats, prices: Floats) -> Floats:
    """Return how likely the case is worth its cost at each price for a unit, such as £ for a carer who is better off.

    P(net + price · units ≥ 0), one for each of ``prices`` (van Hout et al. 1994). Raises ValueError for units below 0.

    >>> acceptability(np.array([-10.0, -30.0]), np.array([1.0, 1.0]), np.array([0.0, 20.0, 40.0])).tolist()
    [0.0, 0.5, 1.0]
    """
    return np.searchsorted(np.sort(_needed(net, units)), prices, side="right") / net.size


def prices(net: Floats, units: Floats) -> Floats:
    """Return round prices from 0 to the one at which nearly every draw pays; to £1 where all pay at no price.

    >>> prices(np.array([-10.0, -30.0]), np.array([1.0, 1.0]))[[0, 1, -1]].tolist()
    [0.0, 2.5, 50.0]
    """
    needed = _needed(net, units)
    reached = needed[np.isfinite(needed)]
    most = max(float(np.quantile(reached, SURELY)) if reached.size else 1.0, 1.0)
    power = 10.0 ** np.floor(np.log10(most))
    top = next(step * power for step in (1, 2, 5, 10) if step * power >= most)
    return np.linspace(0, top, STEPS)


def _needed(net: Floats, units: Floats) -> Floats:
    """The price of a unit at which each draw just pays."""
    if (units < 0).any():
        raise ValueError("units must not be less than 0")
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(units > 0, -net / units, np.where(net >= 0, -np.inf, np.inf))
