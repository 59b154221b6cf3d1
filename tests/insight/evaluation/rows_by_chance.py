"""Rows of made-up families, drawn by a seed, with a change that is known."""

import numpy as np

from alongside.insight.evaluation import flow
from alongside.insight.evaluation.freezing.building import Built
from alongside.insight.evaluation.rows import COMPARISON, NUMBERS, OCCASIONS, SUPPORT, WORDS, Rows, Scores, Words
from alongside.insight.evaluation.rules import Tried, Windows
from alongside.insight.evaluation.runs import Asked, outcomes_in
from alongside.records.measures.library import instruments

TRIED = Tried("0", ("Now", "Later"), "five-domains", 12, 12)
OUTCOMES = ("five-domains.isolation", "phq-9.low_mood")


def drawn(n: int, seed: int = 1, *, beside: float = 0.0, seen_again: float = 0.7, change: float = -1.5) -> Rows:
    """Families of whom a share stands beside the others, and of whom a share was measured again."""
    rng = np.random.default_rng(seed)
    numbers = {name: rng.integers(0, 3, n).astype(float) for name in NUMBERS}
    days = rng.integers(30, 400, n).astype(float)
    ended = rng.random(n) < 0.6
    numbers |= {
        "started_on": np.full(n, 739_000.0),
        "ended_on": np.where(ended, 739_000.0 + days, np.nan),
        "days": days,
        "days_at_home": days,
        "left_home": (rng.random(n) < 0.2).astype(float),
        "contacts": rng.integers(1, 30, n).astype(float),
        "fidelity": rng.random(n),
        "carer_age": rng.integers(25, 80, n).astype(float),
        "children": rng.integers(2, 4, n).astype(float),
    }
    words = {name: Words.of([str(each) for each in rng.choice(["a", "b", "c"], n)]) for name in WORDS}
    words["deprivation"] = Words.of([f"fifth {each}" for each in words["authority"].texts()])
    arms = np.where(rng.random(n) < beside, COMPARISON, SUPPORT)
    words["arm"] = Words.of([str(arm) for arm in arms])
    scores = {key: _scored(rng, n, arms == SUPPORT, seen_again, change) for key in OUTCOMES}
    return Rows(tuple(f"k{each:05}" for each in range(n)), numbers, words, scores, Windows())


def _scored(rng: np.random.Generator, n: int, ours: np.ndarray, seen_again: float, change: float) -> Scores:
    before = rng.integers(4, 10, n).astype(float)
    after = np.clip(np.round(before + np.where(ours, change, 0) + rng.normal(0, 1, n)), 0, 10)
    middle = np.clip(np.round((before + after) / 2), 0, 10)
    again = rng.random(n) < seen_again
    rows = [
        (row, day, OCCASIONS.index(occasion), 0, value[row])
        for row in range(n)
        for day, occasion, value in ((5, "start", before), (90, "review", middle), (200, "end", after))
        if occasion == "start" or again[row]
    ]
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    kinds = (np.int32, np.int32, np.int16, np.int16, np.float64)
    return Scores(*(column.astype(kind) for column, kind in zip(columns, kinds, strict=True)))


def asked(rows: Rows, *keys: str, seed: int = 1) -> Asked:
    """A question about these outcomes, with the counts that may be shown."""
    known = outcomes_in(instruments())
    return Asked(tuple(known[key] for key in keys or OUTCOMES), flow.safe(flow.count(Built(rows, 0, 0))), seed, TRIED)
