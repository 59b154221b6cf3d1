"""Weights by which those who answered stand for everybody, to totals that are known, and shares reckoned with them."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, expit, logit, stdtrit

from alongside.calc.outcomes.values import Floats, Values, check_level, groups_of, yes_no

ROUNDS = 1000
CLOSE = 1e-9
"""Weights have settled once every margin is as near as this share to its total."""
SAME = 1e-6
"""Totals that lie further apart than this share do not count the same people."""
LARGE = 5.0
"""A weight of more than this many times the mean lets one answer speak for too many."""
NOBODY = "nobody is known by everything that there are totals of"
UNSETTLED = (
    "no weights bring every margin to its totals at once: those who answered are too few, or too unlike everybody. Put "
    "small groups together, or use fewer margins"
)


class Margin(NamedTuple):
    """One group of one margin: how many answered, its known total, and what the weights make of it."""

    margin: str
    group: Hashable
    n: int
    known: float
    weighted: float


@dataclass(frozen=True, slots=True)
class Raked:
    """The outcome of :func:`rake`; ``None`` is a figure that cannot be known, for ``reason``.

    ``weights`` stand in the order of the people, NaN for those ``missing``, and add up to the known total.
    ``effective_n`` says how many equally weighted people they are worth, ``design_effect`` is n over it; ``largest`` is
    the largest weight over their mean, ``trimmed`` how many were cut.
    """

    n: int
    missing: int
    weights: Floats = field(default_factory=lambda: np.empty(0), repr=False)
    effective_n: float | None = None
    design_effect: float | None = None
    largest: float | None = None
    trimmed: int = 0
    margins: tuple[Margin, ...] = ()
    cautions: tuple[str, ...] = ()
    reason: str = ""
    codes: tuple[NDArray[np.intp], ...] = field(default=(), repr=False)

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        by = ", ".join(dict.fromkeys(one.margin for one in self.margins))
        return (
            f"Weighted by raking to the known totals of {by}. Those who answered may still differ from the others in "
            "what there are no totals of."
        )


@dataclass(frozen=True, slots=True)
class Share:
    """The outcome of :func:`weighted_share`; ``None`` is a figure that cannot be known, for ``reason``."""

    n: int
    missing: int
    level: float
    share: float | None = None
    bare_share: float | None = None
    error: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    effective_n: float | None = None
    reason: str = ""

    @property
    def method(self) -> str:
        """How the figures were made, in words."""
        return (
            f"Weighted share with a {self.level:.0%} interval by linearisation, on the scale of log odds; it takes "
            "those who answered for a small part of everybody."
        )


def rake(
    people: Mapping[str, Sequence[Hashable | None]],
    totals: Mapping[str, Mapping[Hashable, float]],
    *,
    most: float | None = None,
) -> Raked:
    """Return weights by which those who answered add up to known totals, in each margin by itself.

    Starting from equal weights, each margin in turn is scaled to its totals until all agree (raking, iterative
    proportional fitting: Deming and Stephan 1940; Deville, Särndal and Sautory 1993). One margin is
    post-stratification. With ``most``, no weight may be more than so many times the mean: weights beyond are cut and
    the others raked again until both hold (Potter 1990). The effective number is (Σw)²/Σw² (Kish 1965).

    ``people`` gives each margin's group person by person, ``totals`` how many there are of each group in all. Whoever
    lacks a group is missing and has no weight. There are no weights, but a reason, where a group with a total has
    nobody, where totals of two margins do not add up to the same, or where no weights reach them all. Raises
    ValueError for a group without a total, for a total that is not more than 0, and for ``most`` of 1 or less.

    >>> found = rake({"order": ["SGO", "SGO", "SGO", "CAO"]}, {"order": {"SGO": 60, "CAO": 60}})
    >>> found.weights.tolist(), found.effective_n
    ([20.0, 20.0, 20.0, 60.0], 3.0)
    """
    if not totals or people.keys() != totals.keys():
        raise ValueError("every margin needs both the groups of the people and its totals")
    if most is not None and not most > 1:
        raise ValueError("the largest weight must be more than once the mean")
    size = len(next(iter(people.values())))
    codes = [_codes(name, labels, totals[name], size) for name, labels in people.items()]
    whole = np.all([code >= 0 for code in codes], axis=0)
    known = [np.array(list(totals[name].values()), dtype=np.float64) for name in people]
    own = tuple(code[whole] for code in codes)
    found = Raked(int(whole.sum()), int(size - whole.sum()), np.full(size, np.nan), codes=own)
    reason = _why_not(people, totals, own, known) if found.n else NOBODY
    if reason:
        return replace(found, reason=reason)
    weights, settled = _settle(own, known, most)
    if not settled and most is None:
        return replace(found, reason=UNSETTLED)
    found.weights[whole] = weights
    return _told(found, weights, people, totals, known, settled, most)


def _codes(
    name: str, labels: Sequence[Hashable | None], totals: Mapping[Hashable, float], size: int
) -> NDArray[np.intp]:
    """Each person's place among the groups that have totals, -1 where it is not known."""
    groups = groups_of(labels, "the first margin", size)
    place = {label: at for at, label in enumerate(totals)}
    for label in groups.labels:
        if label not in place:
            raise ValueError(f"“{label}” of {name} has people and no total")
    for label, total in totals.items():
        if not 0 < total < np.inf:
            raise ValueError(f"the total of “{label}” of {name} must be a number above 0")
    places = np.array([*(place[label] for label in groups.labels), -1], dtype=np.intp)
    return np.asarray(places[groups.code])


def _why_not(
    people: Mapping[str, object],
    totals: Mapping[str, Mapping[Hashable, float]],
    codes: Sequence[NDArray[np.intp]],
    known: Sequence[Floats],
) -> str:
    """Why no weights can be found at all, or nothing."""
    names = list(people)
    for name, code, total in zip(names, codes, known, strict=True):
        empty = np.bincount(code, minlength=total.size) == 0
        if empty.any():
            label = list(totals[name])[int(np.argmax(empty))]
            return f"nobody answered who is “{label}” of {name}: put this group together with another"
        if abs(total.sum() / known[0].sum() - 1) > SAME:
            first, other = known[0].sum(), total.sum()
            return f"the totals of {names[0]} add up to {first:,.10g} and those of {name} to {other:,.10g}"
    return ""


def _settle(codes: Sequence[NDArray[np.intp]], known: Sequence[Floats], most: float | None) -> tuple[Floats, bool]:
    """Scale to each margin in turn until all hold, and with ``most`` until no weight lies beyond it either."""
    everybody = float(known[0].sum())
    weights = np.full(codes[0].size, everybody / codes[0].size)
    bound = np.inf if most is None else most * everybody / weights.size
    for _ in range(ROUNDS):
        for code, total in zip(codes, known, strict=True):
            weights = weights * (total / np.bincount(code, weights, total.size))[code]
        np.minimum(weights, bound, out=weights)
        away = max(
            float(np.abs(np.bincount(code, weights, total.size) / total - 1).max())
            for code, total in zip(codes, known, strict=True)
        )
        if away <= CLOSE:
            return weights, True
    return weights, False


def _told(
    found: Raked,
    weights: Floats,
    people: Mapping[str, object],
    totals: Mapping[str, Mapping[Hashable, float]],
    known: Sequence[Floats],
    settled: bool,
    most: float | None,
) -> Raked:
    margins = []
    for name, code, total in zip(people, found.codes, known, strict=True):
        counts = np.bincount(code, minlength=total.size).tolist()
        reached = np.bincount(code, weights, total.size).tolist()
        rows = zip(totals[name], counts, total.tolist(), reached, strict=True)
        margins += [Margin(name, label, n, goal, weighted) for label, n, goal, weighted in rows]
    mean = float(weights.mean())
    largest = float(weights.max()) / mean
    effective = float(weights.sum() ** 2 / (weights**2).sum())
    cautions = []
    if not settled:
        worst = max(margins, key=lambda one: abs(one.weighted / one.known - 1))
        cautions.append(
            f"With no weight above {most:g} times the mean the totals cannot be reached: “{worst.group}” of "
            f"{worst.margin} comes to {worst.weighted:,.4g} of {worst.known:,.4g}."
        )
    if largest > LARGE * (1 + SAME):
        cautions.append(f"One answer counts {largest:.1f} times as much as the mean one.")
    return replace(
        found,
        effective_n=effective,
        design_effect=found.n / effective,
        largest=largest,
        trimmed=0 if most is None else int((weights >= most * known[0].sum() / found.n * (1 - CLOSE)).sum()),
        margins=tuple(margins),
        cautions=tuple(cautions),
    )


def weighted_share(yes: Values, raked: Raked, *, level: float = 0.95) -> Share:
    """Return which share of everybody would say yes (1) and not no (0), by the weights of those who answered.

    p = Σwy/Σw. Its error allows for weights that were fitted to totals: with e what is left of y after weighted least
    squares on the groups of all margins, V = n/(n - 1)·Σ(we)²/(Σw)² (Deville and Särndal 1992). Interval: logit p ±
    t(n - 1)·√V/(p(1 - p)), back on the scale of shares; where all say the same it is that of Clopper and Pearson
    (1934) for the effective number of people (Korn and Graubard 1998). Whoever lacks an answer or a weight is missing.

    >>> found = rake({"order": ["SGO", "SGO", "SGO", "CAO", "CAO"]}, {"order": {"SGO": 60, "CAO": 60}})
    >>> share = weighted_share([1, 1, 0, 0, 1], found)
    >>> round(share.bare_share, 3), round(share.share, 3), round(share.error, 3)
    (0.6, 0.583, 0.249)
    """
    check_level(level)
    if raked.reason:
        return Share(0, raked.missing, level, reason=raked.reason)
    answers = yes_no(yes, "yes", "the weights", raked.weights.size)
    weighted = ~np.isnan(raked.weights)
    whole = weighted & ~np.isnan(answers)
    found = Share(int(whole.sum()), int(answers.size - whole.sum()), level)
    if not found.n:
        return replace(found, reason="nobody who has a weight answered this")
    y, w = answers[whole], raked.weights[whole]
    answered = whole[weighted]
    p = float(w @ y / w.sum())
    effective = float(w.sum() ** 2 / (w**2).sum())
    found = replace(found, share=p, bare_share=float(y.mean()), effective_n=effective)
    if y.min() == y.max():
        tail = (1 - level) / 2
        bound = float(betaincinv(1.0, effective, 1 - tail))
        low, high = (0.0, bound) if y[0] == 0 else (1 - bound, 1.0)
        return replace(found, ci_low=low, ci_high=high)
    left = _left(y, w, [code[answered] for code in raked.codes])
    error = float(np.sqrt(found.n / (found.n - 1) * np.sum((w * left) ** 2)) / w.sum())
    if error <= CLOSE:
        return replace(found, reason="the answer follows from the groups exactly, so there is no spread to reckon with")
    reach = float(stdtrit(found.n - 1, (1 + level) / 2)) * error / (p * (1 - p))
    return replace(found, error=error, ci_low=float(expit(logit(p) - reach)), ci_high=float(expit(logit(p) + reach)))


def _left(y: Floats, w: Floats, codes: Sequence[NDArray[np.intp]]) -> Floats:
    """What is left of the answers after weighted least squares on the groups of all margins."""
    sizes = [int(code.max()) + 1 for code in codes]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    squares, sums = np.zeros((starts[-1], starts[-1])), np.zeros(starts[-1])
    for i, one in enumerate(codes):
        sums[starts[i] : starts[i + 1]] = np.bincount(one, w * y, sizes[i])
        for j, other in enumerate(codes):
            table = np.bincount(one * sizes[j] + other, w, sizes[i] * sizes[j])
            squares[starts[i] : starts[i + 1], starts[j] : starts[j + 1]] = table.reshape(sizes[i], sizes[j])
    slopes = np.linalg.pinv(squares, hermitian=True) @ sums
    return np.asarray(y - sum(slopes[starts[i] + code] for i, code in enumerate(codes)))
