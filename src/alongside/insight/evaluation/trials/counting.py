"""Every count of a trial's cohort, made safe together with what its flow has shown.

The flow says what became of the families of each arm, the cohort who has both scores on each scale. Whoever reads both
must not be able to take one from the other: so what the flow shows counts as known, and what it hides stays hidden.
"""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from alongside.calc.protection import Sum, protect
from alongside.insight.evaluation.flow import Chosen, measured, people
from alongside.insight.evaluation.rows import COMPARISON, SUPPORT, Rows
from alongside.insight.evaluation.trials.randomised import Randomised
from alongside.insight.reports.counting.tally import Tally
from alongside.insight.reports.telling.figures import HIDDEN, whole
from alongside.insight.reports.telling.safety import SMALLEST
from alongside.records.trials.flow import Flow
from alongside.records.trials.rules import ANALYSED, ENDED, FOLLOWED, NO_END, NO_START, RECEIVED, TOOK_BACK

FAMILIES = "taken.families"
WHO = ("arrangement", "plan_before", "carer_age", "youngest_age", "children")
ARMS = (SUPPORT, COMPARISON)
HAVE: dict[str, frozenset[str]] = {
    ANALYSED: frozenset({"both", "only_before", "only_after", "neither"}),
    TOOK_BACK: frozenset({"only_before", "only_after", "neither"}),
    ENDED: frozenset({"only_before", "neither"}),
    NO_END: frozenset({"only_before", "neither"}),
    NO_START: frozenset({"only_after", "neither"}),
}
"""Which scores on one scale a family can have, by what became of it; whoever reads both knows that too."""


def safe(found: Randomised, flow: Flow) -> dict[str, str]:
    """Give every count as text that is safe to show beside the flow as it is shown."""
    tally, crossed = _count(found)
    seen = dict(_seen(flow))
    known = {name for name, shown in seen.items() if shown is not None}
    sums = [Sum(total, parts) for total, parts in tally.sums]
    silent = crossed | (seen.keys() - known)
    hidden = protect(tally.counts, sums, threshold=SMALLEST, released=known, unprinted=silent).hidden.keys() | silent
    printed = {name: number for name, number in tally.counts.items() if name not in crossed}
    return {name: HIDDEN if name in hidden else whole(number) for name, number in printed.items()}


def _count(found: Randomised) -> tuple[Tally, set[str]]:
    """Count all, and name what is nowhere printed: who lacks what, by what became of them."""
    rows, tally = found.built.rows, Tally()
    tally.counts[FAMILIES] = len(rows)
    arms = {arm: rows.words["arm"].have(arm) for arm in ARMS}
    tally.also(FAMILIES, "arm", {arm: int(chosen.sum()) for arm, chosen in arms.items()})
    became, had = np.array(found.became), np.array(found.had)
    for arm, chosen in arms.items():
        for kind, words, column in (("became", FOLLOWED, became), ("had", RECEIVED, had)):
            counts = Counter(column[chosen].tolist())
            tally.also(f"{FAMILIES}.arm.{arm}", kind, {each: counts[each] for each in words})
    crossed: set[str] = set()
    for outcome in rows.scores:
        measured(rows, outcome, tally)
        _by_arm(rows, outcome, tally, arms)
        crossed |= _cross(rows, outcome, tally, arms, became)
    people(rows, tally, WHO)
    return tally, crossed


def _by_arm(rows: Rows, outcome: str, tally: Tally, arms: dict[str, Chosen]) -> None:
    """Part those who have both scores and those who do not by arm, and tie them to how many an arm has."""
    before, after = rows.before_and_after(outcome)
    whole_rows = ~np.isnan(before + after)
    named = f"{FAMILIES}.{outcome}"
    for kind, has in (("both", whole_rows), ("incomplete", ~whole_rows)):
        if f"{named}.{kind}.arm.{SUPPORT}" not in tally.counts:
            tally.also(f"{named}.{kind}", "arm", {arm: int((has & chosen).sum()) for arm, chosen in arms.items()})
    for arm in arms:
        tally.sums.append((f"{FAMILIES}.arm.{arm}", (f"{named}.both.arm.{arm}", f"{named}.incomplete.arm.{arm}")))


def _cross(rows: Rows, outcome: str, tally: Tally, arms: dict[str, Chosen], became: np.ndarray) -> set[str]:
    """Cross what is measured with what became of families, arm by arm; none of it is printed."""
    before, after = (~np.isnan(scores) for scores in rows.before_and_after(outcome))
    have = {"both": before & after, "only_before": before & ~after, "only_after": ~before & after}
    have["neither"] = ~before & ~after
    named, crossed = f"{FAMILIES}.{outcome}", set()
    for arm, chosen in arms.items():
        for way in FOLLOWED:
            total = f"{FAMILIES}.arm.{arm}.became.{way}"
            ours = chosen & (became == way)
            parts = {f"{name}.{outcome}": int((ours & have[name]).sum()) for name in have if name in HAVE[way]}
            tally.also(total, "with", parts)
            crossed |= {f"{total}.with.{part}" for part in parts}
        for name, total in (("both", f"{named}.both"), ("only_before", f"{named}.incomplete.lack.only_before")):
            cells = _cells(outcome, name, (arm,))
            if f"{total}.arm.{arm}" in tally.counts:
                tally.sums.append((f"{total}.arm.{arm}", cells))
    for name in ("only_before", "only_after", "neither"):
        tally.sums.append((f"{named}.incomplete.lack.{name}", _cells(outcome, name, ARMS)))
    return crossed


def _cells(outcome: str, name: str, arms: tuple[str, ...]) -> tuple[str, ...]:
    ways = [way for way in FOLLOWED if name in HAVE[way]]
    return tuple(f"{FAMILIES}.arm.{arm}.became.{way}.with.{name}.{outcome}" for arm in arms for way in ways)


def _seen(flow: Flow) -> Iterator[tuple[str, int | None]]:
    """Give what the flow says, by the names of the same counts here; none is what it hides."""
    yield FAMILIES, flow.randomised
    for arm, told in zip(ARMS, flow.arms, strict=True):
        yield f"{FAMILIES}.arm.{arm}", told.allocated
        for kind, lines in (("became", told.followed), ("had", told.received)):
            yield from ((f"{FAMILIES}.arm.{arm}.{kind}.{line.words}", line.shown) for line in lines)
