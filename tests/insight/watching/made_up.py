"""Made-up months: counts by team, authority and programme, from which everything else is published."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from uuid import UUID

from alongside.calc.instruments import Instrument
from alongside.insight.watching import protecting
from alongside.insight.watching.counts import Counted, Tally, together
from alongside.insight.watching.measures import in_shares, over_time
from alongside.insight.watching.periods import Month
from alongside.insight.watching.protecting import ALL, Shown
from alongside.records.measures.library import instruments

GROUPS = {
    "ethnicity": ["Asian or Asian British", "White", "White", "White", "rather_not", ""],
    "disability": ["yes", "no", "no", ""],
    "arrangement": ["informal", "special_guardianship", "child_arrangements", ""],
}
COUNTED = {"referrals", "offered", "reached", "contacts", "completed", "benefits", "five-domains"}


def made_up(units: list[tuple[str, str, str, str]], month: Month, most: int) -> dict[str, Counted]:
    """Count a month that never was: every so many families in one of these crossings."""
    found = {}
    for measure in {one.key: one for one in (*over_time(instruments()), *in_shares())}.values():
        chance, counted = Random(f"{measure.key.split('.')[0]}/{month.first}"), Counted()
        for unit in units if measure.key.split(".")[0] in COUNTED else ():
            for _ in range(chance.randint(0, most)):
                groups = {kind: chance.choice(among) for kind, among in GROUPS.items()}
                counted.add(unit, groups, Tally(1, int(chance.random() < 0.6), chance.randint(0, 20)))
        found[measure.key] = counted
    return found


class Counting:
    """Stands in for the records: counts the same made-up month each time it is asked."""

    def __init__(self, units: list[tuple[str, str, str, str]], most: int = 12) -> None:
        self.units = units
        self.most = most
        self.asked: list[date] = []

    def __call__(self, agency: UUID, month: Month, held: Sequence[Instrument]) -> dict[str, Counted]:
        self.asked.append(month.first)
        return made_up(self.units, month, self.most)


def plain_month(counted: Counted, *, split: bool) -> Shown:
    """Show everything of a month: for tests of pages, which need not wait for numbers to be made safe."""
    places = {ALL: counted.all, **counted.units()}
    return {place: {"n": each.n, "good": each.good, "rest": each.n - each.good} for place, each in places.items()}


def plain_half(months: Mapping[str, protecting.Month], *, split_months: bool) -> Shown:
    """Show everything of a half-year."""
    whole = together(month.counted for month in months.values())
    places = {ALL: whole.all, **whole.units(), **whole.groups}
    return {place: {"n": each.n, "good": each.good, "rest": each.n - each.good} for place, each in places.items()}
