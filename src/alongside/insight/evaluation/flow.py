"""Who was eligible, reached and measured, and who the families are: every count of a frozen cohort, made safe at once.

All counts of one cohort are protected together when it is frozen, and every page and result takes them from there. So
no two pages can hide different numbers of the same sum.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from alongside.insight.evaluation.freezing.building import PLANS, Built
from alongside.insight.evaluation.rows import COMPARISON, SUPPORT, Rows
from alongside.insight.reports.counting.tally import Tally
from alongside.insight.reports.telling.figures import HIDDEN, whole
from alongside.insight.reports.telling.safety import withheld

Chosen = NDArray[np.bool_]
# Bands that table 1 parts the families by: the first number of each, and its words.
BANDS: dict[str, tuple[tuple[float, str], ...]] = {
    "carer_age": ((0, "Under 30"), (30, "30 to 44"), (45, "45 to 59"), (60, "60 to 69"), (70, "70 or over")),
    "youngest_age": ((0, "Under 2"), (2, "2 to 4"), (5, "5 to 9"), (10, "10 to 15"), (16, "16 or over")),
    "children": ((0, "None recorded"), (1, "1"), (2, "2"), (3, "3 or more")),
    "contacts": ((0, "None"), (1, "1 to 4"), (5, "5 to 9"), (10, "10 to 19"), (20, "20 or more")),
}  # fmt: skip
PARTED = (
    "arrangement",
    "plan_before",
    "ethnicity",
    "disability",
    "programme",
    "authority",
    "deprivation",
    "end_reason",
)
UNKNOWN = "Not known"


def count(built: Built) -> Tally:
    """Count all that may be said of how many."""
    rows, tally = built.rows, Tally()
    tally.split("taken", {"families": len(rows), "restricted": built.restricted, "no_carer": built.no_carer})
    reached = rows.numbers["contacts"] > 0
    going_on = np.isnan(rows.numbers["ended_on"])
    tally.also("taken.families", "reached", _two(reached, "yes", "no"))
    tally.also("taken.families", "support", _two(going_on, "going_on", "ended"))
    tally.also("taken.families", "arm", labels(rows, "arm"))
    for outcome in rows.scores:
        measured(rows, outcome, tally)
    _on_plans(rows, tally)
    people(rows, tally, (*PARTED, *BANDS))
    _fifths(rows, tally)
    return tally


def people(rows: Rows, tally: Tally, names: Iterable[str]) -> None:
    """Count who the families are, by these columns."""
    for name in names:
        bands = BANDS.get(name)
        parts = _banded(rows.numbers[name], bands) if bands else labels(rows, name)
        tally.also("taken.families", name, parts)


def safe(tally: Tally) -> dict[str, str]:
    """Give every count as text that is safe to show."""
    hidden = withheld(tally)
    return {name: HIDDEN if name in hidden else whole(number) for name, number in tally.counts.items()}


def measured(rows: Rows, outcome: str, tally: Tally) -> None:
    """Part the families by whether both scores are there, and those without both by what they lack.

    In two steps, so that a small part of those who lack something does not hide how many have both.
    """
    before, after = (~np.isnan(scores) for scores in rows.before_and_after(outcome))
    tally.also("taken.families", outcome, _two(before & after, "both", "incomplete"))
    parts = {
        "only_before": int((before & ~after).sum()),
        "only_after": int((~before & after).sum()),
        "neither": int((~before & ~after).sum()),
    }
    named = f"taken.families.{outcome}"
    tally.also(f"{named}.incomplete", "lack", parts)
    beside = rows.words["arm"].have(COMPARISON)
    if beside.any():
        tally.also(f"{named}.both", "arm", _two(beside[before & after], COMPARISON, SUPPORT))
        only_before = f"{named}.incomplete.lack.only_before"
        tally.also(only_before, "arm", _two(beside[before & ~after], COMPARISON, SUPPORT))


def _on_plans(rows: Rows, tally: Tally) -> None:
    """Count the children of the families that the question is about, on each plan then and later."""
    ours = rows.words["arm"].have(SUPPORT)
    children = int(rows.numbers["children"][ours].sum())
    tally.counts["children"] = children
    for kind in PLANS:
        for when in ("before", "after"):
            on_it = int(rows.numbers[f"{kind}_{when}"][ours].sum())
            tally.also("children", f"{kind}_{when}", {"yes": on_it, "no": children - on_it})


def _fifths(rows: Rows, tally: Tally) -> None:
    """Say that a fifth is made of its authorities: else one could take the two tables from each other."""
    fifths, authorities = rows.words["deprivation"].texts(), rows.words["authority"].texts()
    of_fifth: dict[str, set[str]] = defaultdict(set)
    for fifth, authority in zip(fifths, authorities, strict=True):
        of_fifth[fifth].add(authority or UNKNOWN)
    for fifth, within in of_fifth.items():
        parts = tuple(f"taken.families.authority.{each}" for each in sorted(within))
        tally.sums.append((f"taken.families.deprivation.{fifth}", parts))


def _two(chosen: Chosen, yes: str, no: str) -> dict[str, int]:
    return {yes: int(chosen.sum()), no: int((~chosen).sum())}


def labels(rows: Rows, name: str) -> dict[str, int]:
    """Count the families by a column of words."""
    found = rows.words[name]
    missing = int((found.codes < 0).sum())
    counts = found.counts()
    return counts | ({UNKNOWN: counts.get(UNKNOWN, 0) + missing} if missing else {})


def _banded(column: NDArray[np.float64], bands: tuple[tuple[float, str], ...]) -> dict[str, int]:
    known = column[~np.isnan(column)]
    place = np.searchsorted([first for first, _ in bands], known, side="right") - 1
    found = Counter(place.tolist())
    missing = column.size - known.size
    return {words: found[number] for number, (_, words) in enumerate(bands)} | ({UNKNOWN: missing} if missing else {})
