"""Whether some people gained more than others, told with the number of times that one has looked."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtrc, stdtrit

from alongside.calc.outcomes.many_tests import holm
from alongside.calc.outcomes.values import SHOWN_FROM, Floats, Groups, Values, check_level, column, groups_of, yes_no

NOBODY = "of nobody is the outcome known"
ONE_GROUP = f"there are not two groups with {SHOWN_FROM} people or more to compare"
NO_SPREAD = "within a group nobody differs, so there is no spread to reckon a test from"


class Subgroup(NamedTuple):
    """One group: its mean outcome, or its difference between the sides, with interval; nothing is told of a few."""

    name: Hashable
    n: int | None = None
    effect: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """One way of parting people: its groups, and whether they differ.

    ``f`` on ``df`` and ``df_within`` tests that all groups have the same effect; ``p_corrected`` allows for every look.
    """

    name: str
    missing: int
    groups: tuple[Subgroup, ...] = ()
    f: float | None = None
    df: int | None = None
    df_within: float | None = None
    p: float | None = None
    p_corrected: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Subgroups:
    """The outcome of :func:`subgroups`; ``looks`` in the order in which they were asked for."""

    n: int
    missing: int
    level: float
    compared: bool
    looks: tuple[Look, ...] = ()
    reason: str = ""

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        what = "difference between those with and without the service" if self.compared else "mean outcome"
        return (
            f"The {what} in each group, with {self.level:.0%} intervals, and a test of whether groups differ (Welch), "
            f"corrected for {len(self.looks)} looks (Holm). A group whose interval leaves out 0 beside one whose does "
            f"not is no sign that they differ. Nothing is told of groups of fewer than {SHOWN_FROM}."
        )


class _Effects(NamedTuple):
    """Of each group that is large enough: its place among the labels, effect, variance and degrees of freedom."""

    at: list[int]
    effect: Floats
    variance: Floats
    df: Floats


def subgroups(
    outcome: Values,
    by: Mapping[str, Sequence[Hashable | None]],
    *,
    served: Values | None = None,
    level: float = 0.95,
) -> Subgroups:
    """Return whether the outcome, or what a service does to it, differs between groups of people.

    All ways of parting people that were tried are to be given at once in ``by``, those that found nothing too: the test
    of each is corrected for their number (Holm 1979). The effect of a group is its mean outcome, with variance s²/n
    on n - 1 degrees of freedom; where ``served`` (1 or 0) is given it is the difference of the two means, with
    v = s₁²/n₁ + s₀²/n₀ and Satterthwaite's v²/Σ((s²/n)²/(n - 1)). With w = 1/v, W = Σw and μ = Σwδ/W over k groups,

    F = Σw(δ - μ)²/(k - 1) / (1 + 2(k - 2)/(k² - 1) · Λ), Λ = Σ(1 - w/W)²/f, on k - 1 and (k² - 1)/(3Λ) degrees of
    freedom (Welch 1951; for differences Johansen 1980). A group with fewer than ten people, on either side, is not
    told and not tested. ``None`` and NaN are missing; an infinite value is refused.

    >>> outcome, order = [1, 2, 3] * 4 + [2, 3, 4] * 4, ["SGO"] * 12 + ["informal"] * 12
    >>> found = subgroups(outcome, {"order": order})
    >>> [one.effect for one in found.looks[0].groups], round(found.looks[0].p, 4)
    ([2.0, 3.0], 0.0089)
    """
    check_level(level)
    y = column(outcome, "outcome")
    arm = np.ones(y.size) if served is None else yes_no(served, "served", "outcome", y.size)
    if not by:
        raise ValueError("say by what people are to be parted")
    parted = {name: groups_of(labels, "outcome", y.size) for name, labels in by.items()}
    whole = ~(np.isnan(y) | np.isnan(arm))
    found = Subgroups(int(whole.sum()), int((~whole).sum()), level, served is not None)
    if not found.n:
        return replace(found, reason=NOBODY)
    sides = [arm == 1] if served is None else [arm == 1, arm == 0]
    looks = [_look(name, y, whole, sides, groups, level) for name, groups in parted.items()]
    corrected = holm([look.p for look in looks]).tolist()
    told = (replace(look, p_corrected=None if look.p is None else p) for look, p in zip(looks, corrected, strict=True))
    return replace(found, looks=tuple(told))


def _look(
    name: str, y: Floats, whole: NDArray[np.bool_], sides: list[NDArray[np.bool_]], groups: Groups, level: float
) -> Look:
    known = whole & (groups.code >= 0)
    found = Look(name, int((whole & ~known).sum()))
    effects = _effects(y, known, sides, groups)
    shown = dict(zip(effects.at, zip(*effects[1:], strict=True), strict=True))
    rows = []
    for at, label in enumerate(groups.labels):
        if at not in shown:
            rows.append(Subgroup(label))
            continue
        effect, variance, df = map(float, shown[at])
        reach = float(stdtrit(df, (1 + level) / 2)) * variance**0.5
        n = int((known & (groups.code == at)).sum())
        rows.append(Subgroup(label, n, effect, effect - reach, effect + reach))
    found = replace(found, groups=tuple(rows))
    if len(effects.at) < 2:
        return replace(found, reason=ONE_GROUP)
    return _tested(found, effects)


def _effects(y: Floats, known: NDArray[np.bool_], sides: list[NDArray[np.bool_]], groups: Groups) -> _Effects:
    """The effect of each group that has people enough on every side."""
    kinds = len(groups.labels)
    n, mean, square = [], [], []
    for side in sides:
        own = known & side
        code, values = groups.code[own], y[own]
        count = np.bincount(code, minlength=kinds)
        centre = np.bincount(code, values, kinds) / np.maximum(count, 1)
        n.append(count)
        mean.append(centre)
        square.append(np.bincount(code, (values - centre[code]) ** 2, kinds))
    enough = np.min(n, axis=0) >= SHOWN_FROM
    counts, means, squares = (np.array(each)[:, enough].astype(np.float64) for each in (n, mean, square))
    parts = squares / (counts - 1) / counts
    variance = parts.sum(axis=0)
    shares = np.divide(parts, variance, out=np.full_like(parts, 1 / len(sides)), where=variance > 0)
    df = 1 / np.sum(shares**2 / (counts - 1), axis=0)
    effect = means[0] - means[1] if len(sides) == 2 else means[0]
    return _Effects(np.flatnonzero(enough).tolist(), effect, variance, df)


def _tested(found: Look, effects: _Effects) -> Look:
    k = len(effects.at)
    if (effects.variance <= 1e-24 * np.maximum(effects.effect**2, 1e-200)).any():
        return replace(found, reason=NO_SPREAD)
    w = 1 / effects.variance
    mean = float(w @ effects.effect / w.sum())
    between = float(w @ (effects.effect - mean) ** 2) / (k - 1)
    unsure = float(np.sum((1 - w / w.sum()) ** 2 / effects.df))
    f = between / (1 + 2 * (k - 2) / (k**2 - 1) * unsure)
    within = (k**2 - 1) / (3 * unsure)
    return replace(found, f=f, df=k - 1, df_within=within, p=float(fdtrc(k - 1, within, f)))
