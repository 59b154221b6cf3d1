"""Whether one person's change is more than the scale's own error, and whether it took them back among most people."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from alongside.calc.outcomes.paired import Verdict
from alongside.calc.outcomes.values import Floats, Values, check_level, pair_up

NO_ERROR_KNOWN = (
    "the earlier scores have no spread, and no standard deviation from norms was given: "
    "the error of the scale cannot be reckoned"
)


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """The outcome of :func:`reliable_change`; ``None`` is a figure that cannot be known, for ``reason``.

    ``rc`` has one value a person, in the order given, NaN where one of the two scores is missing.
    ``standard_error``, ``sdiff`` and ``smallest`` (the change that must be exceeded) are in the units of
    the scale.
    """

    n: int
    missing_before: int
    missing_after: int
    level: float
    reliability: float
    higher_is_better: bool
    sd: float | None = None
    standard_error: float | None = None
    sdiff: float | None = None
    smallest: float | None = None
    rc: Floats = field(default_factory=lambda: np.empty(0))
    better: int = 0
    worse: int = 0
    unsure: int = 0
    reason: str = ""

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        return (
            "Each person's later score less their earlier one, held against the error of the scale "
            f"(Jacobson and Truax 1991). Better or worse is a change that the error alone makes in fewer than "
            f"{1 - self.level:.0%} of people who did not change."
        )

    @property
    def verdicts(self) -> tuple[Verdict | None, ...]:
        """What may be said of each person; ``None`` where a score is missing or the error is unknown."""
        words = np.array([Verdict.WORSE, Verdict.UNSURE, Verdict.BETTER, None], dtype=object)
        return tuple(words[_sides(self)])


@dataclass(frozen=True, slots=True)
class Norm:
    """The mean and the standard deviation of a scale in some group of people."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class CutOffs:
    """Three places where one may draw the line between people who struggle and most people (see :func:`cut_offs`)."""

    a: float
    b: float
    c: float


class Course(StrEnum):
    """What became of one person by both tests: is the change real, and did it cross the line?"""

    RECOVERED = "recovered"
    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    DETERIORATED = "deteriorated"


@dataclass(frozen=True, slots=True)
class ClinicalChange:
    """The outcome of :func:`clinical_change`; ``courses`` has one value a person, ``None`` where unknown.

    ``began_beyond`` counts people who stood on the better side already, and so could not recover.
    """

    reliable: ReliableChange
    cut_off: float
    courses: tuple[Course | None, ...]
    recovered: int
    improved: int
    unchanged: int
    deteriorated: int
    began_beyond: int

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        return (
            f"{self.reliable.method} Recovered is reliably better and from the worse side of {self.cut_off:g} to "
            "the better side; improved is reliably better only."
        )


def reliable_change(
    before: Values,
    after: Values,
    *,
    reliability: float,
    higher_is_better: bool,
    sd: float | None = None,
    level: float = 0.95,
) -> ReliableChange:
    """Return for each person whether their change exceeds the error of the scale (Jacobson and Truax 1991).

    With s the standard deviation of the scale and r its reliability: the standard error of measurement is
    s·√(1 - r), the standard error of a difference Sdiff = √2 · s·√(1 - r), and RC = (after - before)/Sdiff,
    without unit. Beyond ±z((1 + level)/2), 1.96 for 0.95, the change is better or worse by the direction of
    the scale. ``sd`` is that of the norm; without it, that of the earlier scores (all of them, n - 1 in the
    divisor). ``None`` and NaN are missing; an infinite value is refused.

    >>> found = reliable_change([32.5, None], [47.5, 40], sd=7.5, reliability=0.8, higher_is_better=True)
    >>> round(found.standard_error, 2), round(found.sdiff, 2), round(float(found.rc[0]), 2), found.better
    (3.35, 4.74, 3.16, 1)
    """
    check_level(level)
    if not 0 <= reliability < 1:
        raise ValueError("reliability must be 0 or more and less than 1")
    if sd is not None and not 0 < sd < np.inf:
        raise ValueError("sd must be more than 0")
    pairs = pair_up(before, after)
    found = ReliableChange(*pairs.counts, level, reliability, higher_is_better, rc=np.full(pairs.before.size, np.nan))
    sd = sd or _spread(pairs.before)
    found = replace(found, reason="" if found.n else "nobody was measured both times")
    if not sd:
        return replace(found, reason=found.reason or NO_ERROR_KNOWN)
    error = sd * (1 - reliability) ** 0.5
    sdiff = error * 2**0.5
    found = replace(
        found,
        sd=sd,
        standard_error=error,
        sdiff=sdiff,
        smallest=_critical(level) * sdiff,
        rc=(pairs.after - pairs.before) / sdiff,
    )
    worse, unsure, better, _ = np.bincount(_sides(found), minlength=4).tolist()
    return replace(found, better=better, worse=worse, unsure=unsure)


def cut_offs(clinical: Norm, general: Norm) -> CutOffs:
    """Return the cut-offs a, b and c of Jacobson and Truax (1991), in the units of the scale.

    With M₁ and s₁ of people who ask for help, M₀ and s₀ of people in general: a lies two deviations s₁ from
    M₁ towards M₀, b two deviations s₀ from M₀ towards M₁, and c = (s₀M₁ + s₁M₀)/(s₀ + s₁) is as many
    deviations from the one mean as from the other. Where both norms are known and the groups overlap,
    they advise c.

    >>> cut_offs(Norm(40, 7.5), Norm(60, 7.5))
    CutOffs(a=55.0, b=45.0, c=50.0)
    """
    if not (0 < clinical.sd < np.inf and 0 < general.sd < np.inf):
        raise ValueError("the standard deviations of both norms must be more than 0")
    if not (np.isfinite([clinical.mean, general.mean]).all() and clinical.mean != general.mean):
        raise ValueError("the means of the two norms must be two different numbers: there is no line between them")
    way = 1.0 if general.mean > clinical.mean else -1.0
    c = (general.sd * clinical.mean + clinical.sd * general.mean) / (general.sd + clinical.sd)
    return CutOffs(clinical.mean + way * 2 * clinical.sd, general.mean - way * 2 * general.sd, c)


def clinical_change(
    before: Values,
    after: Values,
    *,
    cut_off: float,
    reliability: float,
    higher_is_better: bool,
    sd: float | None = None,
    level: float = 0.95,
) -> ClinicalChange:
    """Return what became of each person by reliable change and by a cut-off (Jacobson and Truax 1991).

    Recovered: reliably better, from the worse side of the cut-off to beyond it. Improved: reliably better
    without that crossing. Deteriorated: reliably worse. Unchanged: neither. A score on the cut-off itself is
    not beyond it.

    >>> found = clinical_change(
    ...     [32, 40, 40, 45], [48, 49, 55, 30], cut_off=50, sd=7.5, reliability=0.8, higher_is_better=True
    ... )
    >>> [course.value for course in found.courses]
    ['improved', 'unchanged', 'recovered', 'deteriorated']
    """
    if not np.isfinite(cut_off):
        raise ValueError("the cut-off must be a number")
    change = reliable_change(
        before, after, sd=sd, reliability=reliability, higher_is_better=higher_is_better, level=level
    )
    pairs, way = pair_up(before, after), 1 if higher_is_better else -1
    beyond_before, beyond_after = (way * row > way * cut_off for row in (pairs.before, pairs.after))
    sides = _sides(change)
    codes = np.where((sides == 2) & beyond_after & ~beyond_before, 4, sides)
    words = np.array([Course.DETERIORATED, Course.UNCHANGED, Course.IMPROVED, None, Course.RECOVERED], object)
    deteriorated, unchanged, improved, _, recovered = np.bincount(codes, minlength=5).tolist()
    return ClinicalChange(
        change,
        cut_off,
        tuple(words[codes]),
        recovered=recovered,
        improved=improved,
        unchanged=unchanged,
        deteriorated=deteriorated,
        began_beyond=int((beyond_before & (sides != 3)).sum()),
    )


def _critical(level: float) -> float:
    return float(ndtri((1 + level) / 2))


def _spread(before: Floats) -> float | None:
    """The standard deviation of the scores that are there, unless it is only rounding in the machine."""
    there = before[~np.isnan(before)]
    if there.size < 2 or np.ptp(there) <= 1e-12 * np.abs(there).max():
        return None
    return float(there.std(ddof=1))


def _sides(change: ReliableChange) -> NDArray[np.intp]:
    """0 for each person who is worse, 1 unsure, 2 better, 3 unknown."""
    gain = change.rc if change.higher_is_better else -change.rc
    edge = _critical(change.level)
    return np.where(np.isnan(gain), 3, 1 + (gain > edge).astype(np.intp) - (gain < -edge))
