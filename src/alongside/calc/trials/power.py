"""How many people it takes to find a difference, how sure one is to find it, and how small a one can be found."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from scipy.optimize import brentq
from scipy.special import nctdtr, ndtr, ndtri, stdtrit

MOST = 1e7
"""No service has more people; a difference that takes more is none that anybody could find."""


class Kind(StrEnum):
    """What is compared: the same people at two times, the means of two groups, or the shares of two groups."""

    PAIRED = "paired"
    MEANS = "means"
    PROPORTIONS = "proportions"


@dataclass(frozen=True, slots=True)
class Question:
    """What is planned; exactly one of ``n``, ``power`` and ``effect`` is ``None``, and is what is asked for.

    ``n`` counts people taken on: pairs where ``kind`` is paired, otherwise those in each group. ``effect`` is the
    difference in the units of ``sd``, the deviation of scores (of *changes* where paired); of shares, the difference
    from ``baseline``, the share without the service. ``level`` is 1 less the chance of a false finding, which may lie
    on either side. ``lost`` is the share of people who will not be measured; ``per_group`` how many people are taken on
    in each team where whole teams are allocated, ``icc`` how alike people of a team are, ``uneven`` the deviation of
    team sizes over their mean. ``falls`` asks for the smallest fall of a share, instead of a rise.
    """

    kind: Kind
    n: float | None = None
    power: float | None = None
    effect: float | None = None
    sd: float = 1.0
    baseline: float | None = None
    level: float = 0.95
    lost: float = 0.0
    per_group: float | None = None
    icc: float = 0.0
    uneven: float = 0.0
    falls: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of :func:`answer`: the plan with all three figures.

    ``n`` are people to take on (pairs, or in each group), whole ones and, in teams, whole teams; ``counted`` those that
    are left once some are lost and teams are allowed for, as many as would do if each stood for themselves.
    ``groups`` are the teams on each side, ``design_effect`` how many people of a team it takes for one.
    """

    kind: Kind
    level: float
    n: float
    power: float
    effect: float
    counted: float
    groups: float | None = None
    design_effect: float = 1.0

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        test = {
            Kind.PAIRED: "the paired t test (noncentral t distribution)",
            Kind.MEANS: "the t test of two means (noncentral t distribution)",
            Kind.PROPORTIONS: "the test of two shares (normal distribution)",
        }[self.kind]
        teams = "; whole teams, and one more on each side because teams are few" if self.groups else ""
        return f"Power of {test} on both sides with a chance of {1 - self.level:.0%} of a false finding{teams}."


def answer(question: Question) -> Answer:
    """Return the one of people, power and effect that is not given.

    Paired: power = 1 - F(t(1 - α/2; n - 1); n - 1, √n·effect/sd), F the noncentral t; two means: the same on 2n - 2
    with √(n/2)·effect/sd. Two shares p and q, normal: Φ((√n·|p - q| - z(1 - α/2)·√((p + q)(1 - (p + q)/2))) /
    √(p(1 - p) + q(1 - q))) (Cohen 1988; Fleiss, Levin and Paik 2003). n is found where power meets what was asked for.

    Of n people taken on, n(1 - lost) are measured. In teams of m measured people they count as many as n/(1 + ((1 +
    uneven²)m - 1)·icc) (Donner and Klar 2000; Eldridge, Ashby and Kerry 2006), and one team on each side is set aside
    because errors from few teams are wider (Hayes and Moulton 2009).

    Raises ValueError where not exactly one figure is missing, for figures that cannot be, and where there is no answer.

    >>> found = answer(Question(Kind.MEANS, effect=0.5, power=0.8))
    >>> found.n, round(found.power, 4)
    (64, 0.8015)
    >>> answer(Question(Kind.MEANS, effect=0.5, power=0.8, lost=0.2, per_group=10, icc=0.05)).groups
    12.0
    """
    _check(question)
    n, power, effect = question.n, question.power, question.effect
    if n is None and power is not None and effect is not None:
        n = _people(question, _needed(question, power, effect))
    elif effect is None and n is not None and power is not None:
        effect = _effect(question, _counted(question, n), power)
    elif n is None or effect is None or power is not None:
        raise ValueError("give two of the number of people, the power and the effect: the third is worked out")
    counted = _counted(question, n)
    groups = None if question.per_group is None else n / question.per_group
    found = _power(question, counted, effect)
    return Answer(question.kind, question.level, n, found, effect, counted, groups, _design_effect(question))


def _check(question: Question) -> None:
    figures = (question.n, question.power, question.effect, question.sd, question.per_group, question.uneven)
    if any(each is not None and not math.isfinite(each) for each in figures):
        raise ValueError("every figure has to be a finite number")
    if question.effect == 0:
        raise ValueError("no number of people finds a difference of 0")
    if question.power is not None and not 1 - question.level < question.power < 1:
        raise ValueError("power lies between the chance of a false finding and 1")
    for name, share in (("the share of people lost", question.lost), ("the likeness within teams", question.icc)):
        if not 0 <= share < 1:
            raise ValueError(f"{name} lies between 0 and 1")
    if not 0 < question.level < 1 or not question.sd > 0 or not question.uneven >= 0:
        raise ValueError("the level lies between 0 and 1, and a standard deviation is more than 0")
    if question.per_group is not None and question.per_group < 1:
        raise ValueError("a team has at least one person")
    if question.kind is Kind.PROPORTIONS:
        _check_shares(question)


def _check_shares(question: Question) -> None:
    if question.baseline is None or not 0 < question.baseline < 1:
        raise ValueError("give the share without the service, between 0 and 1")
    if question.effect is not None and not 0 <= question.baseline + question.effect <= 1:
        raise ValueError("the share with the service would not lie between 0 and 1")


def _design_effect(question: Question) -> float:
    if question.per_group is None:
        return 1.0
    measured = question.per_group * (1 - question.lost)
    return max(1.0, 1 + ((1 + question.uneven**2) * measured - 1) * question.icc)


def _counted(question: Question, n: float) -> float:
    """As many people as those taken on are worth, once some are lost and teams are allowed for."""
    aside = question.per_group or 0
    counted = (n - aside) * (1 - question.lost) / _design_effect(question)
    if counted < 2:
        raise ValueError("so few people are left that nothing can be found")
    return counted


def _people(question: Question, needed: float) -> float:
    """How many to take on, so that as many count as are needed; whole people, and whole teams."""
    taken = needed * _design_effect(question) / (1 - question.lost)
    unit = question.per_group or 1
    return math.ceil(taken / unit - 1e-9) * unit + (question.per_group or 0)


def _needed(question: Question, power: float, effect: float) -> float:
    if _power(question, MOST, effect) < power:
        raise ValueError("the difference is so small that nobody could find it")
    if _power(question, 2.0, effect) >= power:
        return 2.0
    return _root(lambda n: _power(question, n, effect) - power, 2.0, MOST)


def _effect(question: Question, counted: float, power: float) -> float:
    furthest = 1e4 * question.sd
    if question.kind is Kind.PROPORTIONS and question.baseline is not None:
        furthest = -question.baseline if question.falls else 1 - question.baseline
    if _power(question, counted, furthest) < power:
        raise ValueError("with so few people not even the largest difference would be found")
    return _root(lambda effect: _power(question, counted, effect) - power, furthest * 1e-9, furthest)


def _power(question: Question, counted: float, effect: float) -> float:
    if question.kind is Kind.PROPORTIONS:
        p = question.baseline or 0.0
        q = p + effect
        z = float(ndtri((1 + question.level) / 2))
        together = math.sqrt((p + q) * (1 - (p + q) / 2))
        return float(ndtr((math.sqrt(counted) * abs(effect) - z * together) / math.sqrt(p * (1 - p) + q * (1 - q))))
    paired = question.kind is Kind.PAIRED
    df = counted - 1 if paired else 2 * counted - 2
    away = math.sqrt(counted if paired else counted / 2) * abs(effect) / question.sd
    bound = float(stdtrit(df, (1 + question.level) / 2))
    missed = float(nctdtr(df, away, bound))
    return float(away > bound) if math.isnan(missed) else 1 - missed  # NaN: too near 0 or 1 for the machine


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    return float(brentq(function, low, high, xtol=1e-12, rtol=1e-12))
