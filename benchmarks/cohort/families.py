"""Frozen rows of made-up families, with columns as freezing makes them: a nation's, supported and set beside."""

import numpy as np
from numpy.typing import NDArray

from alongside.core.agencies.places import authorities
from alongside.insight.evaluation.freezing.building import ENDED, MIXED, NO_PLAN, PLANS
from alongside.insight.evaluation.rows import COMPARISON, OCCASIONS, SUPPORT, Rows, Scores, Words
from alongside.insight.evaluation.rules import Windows
from alongside.insight.watching.families import fifth
from alongside.insight.watching.for_whom import LABELS
from alongside.records.cases.models import Closure
from alongside.records.people.models import Arrangement

Chance = np.random.Generator
FIRST_DAY = 739_000.0
OUTCOMES = {
    "five-domains.isolation": (10, -1.2),
    "five-domains.money": (10, -0.4),
    "five-domains.child": (10, -0.6),
    "five-domains.relationships": (10, -0.3),
    "five-domains.confidence": (10, 0.9),
    "phq-9.low_mood": (27, -1.5),
}
"""Each with the highest score on its scale, and how far those with the service move more than those beside."""
DAYS = {"start": 4, "review": 90, "end": 200}


def rows_of_many(families: int, seed: int = 1) -> Rows:
    """Draw them: a third are set beside the others, and about a third of all are not measured again."""
    chance = np.random.default_rng(seed)
    keys = tuple(sorted(chance.bytes(10).hex() for _ in range(families)))
    served = chance.random(families) < 2 / 3
    numbers = _numbers(chance, families)
    words = _words(chance, numbers, served)
    seen = chance.random((len(DAYS), families)) < np.array([[0.9], [0.7], [0.5]])
    scores = {key: _scores(chance, served, seen, *facts) for key, facts in OUTCOMES.items()}
    return Rows(keys, numbers, words, dict(sorted(scores.items())), Windows())


def _numbers(chance: Chance, n: int) -> dict[str, NDArray[np.float64]]:
    days, children = (
        chance.integers(20, 500, n).astype(float),
        chance.choice([1.0, 2, 3, 4], n, p=[0.6, 0.27, 0.1, 0.03]),
    )
    ended, left = chance.random(n) < 0.7, chance.random(n) < 0.06
    gap = chance.random(n) < 0.03
    before = {f"{kind}_before": chance.binomial(children.astype(int), 0.15).astype(float) for kind in PLANS}
    after = {
        name.replace("before", "after"): chance.binomial(column.astype(int), 0.6).astype(float)
        for name, column in before.items()
    }
    return {
        "started_on": FIRST_DAY + chance.integers(0, 365, n),
        "ended_on": np.where(ended, FIRST_DAY + 365 + days, np.nan),
        "days": days,
        "contacts": chance.negative_binomial(2, 0.15, n).astype(float),
        "fidelity": np.where(gap, np.nan, np.round(chance.beta(6, 3, n) * 12) / 12),
        "carer_age": np.where(gap, np.nan, np.clip(np.round(chance.normal(54, 11, n)), 18, 90)),
        "children": children,
        "youngest_age": chance.integers(0, 18, n).astype(float),
        "left_home": left.astype(float),
        "days_at_home": np.where(left, np.ceil(days * chance.random(n)), days),
        **before,
        **after,
    }


def _words(chance: Chance, numbers: dict[str, NDArray[np.float64]], served: NDArray[np.bool_]) -> dict[str, Words]:
    n = served.size
    areas = authorities()
    area = chance.choice(len(areas), n, p=chance.dirichlet(np.full(len(areas), 0.4)))
    programme = chance.choice(4, n, p=[0.5, 0.3, 0.15, 0.05])
    fifths = [LABELS["deprivation"][fifth(each.code)] for each in areas]
    plan = {when: [str(kind.label) for kind in PLANS] + [NO_PLAN] for when in ("before", "after")}
    weightiest = {
        when: np.select([numbers[f"{kind}_{when}"] > 0 for kind in PLANS], range(len(PLANS)), len(PLANS))
        for when in plan
    }
    reasons = [*(str(each.label) for each in Closure.Reason), ENDED]
    going_on = np.isnan(numbers["ended_on"])
    why = np.where(going_on, "", np.array(reasons, dtype=object)[chance.integers(0, len(reasons), n)])
    kinds = [*(str(each.label) for each in Arrangement.Kind), MIXED]
    held = {
        "arm": np.where(served, SUPPORT, COMPARISON),
        "contract": np.array([f"{areas[each].name} {way + 1}" for each, way in zip(area, programme, strict=True)]),
        "programme": np.array(["Family support", "Groups", "Therapy", "First weeks"])[programme],
        "authority": np.array([each.name for each in areas])[area],
        "deprivation": np.array(fifths)[area],
        "ethnicity": _one_of(chance, list(LABELS["ethnicity"].values()), n),
        "disability": _one_of(chance, list(LABELS["disability"].values()), n),
        "arrangement": _one_of(chance, kinds, n),
        "end_reason": why,
        **{f"plan_{when}": np.array(plan[when])[weightiest[when]] for when in plan},
    }
    return {name: Words.of([str(each) for each in column]) for name, column in held.items()}


def _one_of(chance: Chance, labels: list[str], n: int) -> NDArray[np.str_]:
    """Some are common and some are rare."""
    return np.array(labels)[chance.choice(len(labels), n, p=chance.dirichlet(np.full(len(labels), 0.5)))]


def _scores(chance: Chance, served: NDArray[np.bool_], seen: NDArray[np.bool_], highest: int, change: float) -> Scores:
    """What each family answered at the start, at review and at the end, each at once with the other questions."""
    n = served.size
    height = chance.normal(0.6 * highest, 0.15 * highest, n)
    parts = []
    for number, (occasion, day) in enumerate(DAYS.items()):
        moved = height + number / 2 * np.where(served, change, 0.3 * change) + chance.normal(0, 0.08 * highest, n)
        value = np.clip(np.round(moved), 0, highest)
        row = np.flatnonzero(seen[number])
        on = np.full(row.size, day) + row % 15
        parts.append((row, on, np.full(row.size, OCCASIONS.index(occasion)), np.zeros(row.size), value[row]))
    row, on, occasion, edition, value = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((on, row))
    kinds = (np.int32, np.int32, np.int16, np.int16, np.float64)
    held = zip((row, on, occasion, edition, value), kinds, strict=True)
    return Scores(*(column[order].astype(kind) for column, kind in held))
