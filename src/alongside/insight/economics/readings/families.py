"""What the records of families' places say: how many began, took part and stayed, how often they were in touch, and
how many children may have to leave.
"""

from uuid import UUID

from alongside.calc.economics.distributions import Fixed
from alongside.insight.economics.readings.reading import ROUNDED, TOO_FEW, Reading, nothing, share, shown
from alongside.insight.economics.readings.records import Place, Records
from alongside.records.cases.models import Closure
from alongside.records.people.models import Membership
from alongside.records.people.rules import whole_years
from alongside.records.programmes.models import Move

STAYED = frozenset({Closure.Reason.GOAL_REACHED, Closure.Reason.TIME_ENDED})
MOVED_ON = frozenset({Move.Way.STEP_UP, Move.Way.STEP_DOWN})
GROWN_UP = 18
PLAN_IS_NO_RISK = "A plan is a sign of risk and no measure of who would have had to leave."


def begun(records: Records) -> Reading:
    """How many families began in a year."""
    number = shown(len(records.begun))
    if not number:
        return nothing(f"{TOO_FEW}: families who began {records.span.words}.")
    words = f"{number:,} families began {records.span.words}, {ROUNDED}"
    return Reading(Fixed(round(number / records.span.years)), f"{words}{_a_year(records)}.", records.grade)


def engaged(records: Records) -> Reading:
    """Which share of the families who began took part."""
    some = [records.touched(place) for place in records.begun]
    return share_of(
        records, sum(some), len(some) - sum(some), "were in touch with a worker or met one while they had their place",
        f"families who began {records.span.words}",
    )  # fmt: skip


def retained(records: Records) -> Reading:
    """Which share of those who took part stayed to the end."""
    stayed = sum(_stayed(place) for place in records.ended)
    return share_of(
        records, stayed, len(records.ended) - stayed,
        "stayed: they got where they wanted to, the agreed time came to an end, or they stepped up or down",
        f"families who took part and whose place ended {records.span.words}",
    )  # fmt: skip


def on_a_plan(records: Records) -> Reading:
    """In which share of the families who began a child was on a plan."""
    some = sum(place.id in records.at_risk for place in records.begun)
    found = share_of(
        records, some, len(records.begun) - some,
        "had a child on a child protection or child in need plan on the day they began",
        f"families who began {records.span.words}",
    )  # fmt: skip
    return Reading(found.made, f"{found.words} {PLAN_IS_NO_RISK}", found.grade)


def left_home(records: Records) -> Reading:
    """Which share of the children left their carer's home in a year."""
    year = records.span.last_year
    if year is None:
        return nothing("How many children leave in a year can only be read once the contract has run for one.")
    homes: dict[UUID, list[Place]] = {}
    for place in records.places:
        homes.setdefault(place.household, []).append(place)
    there, left = set(), set()
    for one in records.living:
        for place in homes[one.household] if one.part == Membership.Part.CHILD else ():
            first = max(place.started_on, year.first)
            last = min(place.ended_on or year.last, year.last)
            if first > last or (one.since and one.since > last) or (one.until and one.until < first):
                continue
            there.add(one.person)
            age = whole_years(one.born, one.until) if one.until else None
            if one.until and one.until <= last and (age is None or age < GROWN_UP):
                left.add(one.person)
    return share_of(
        records, len(left), len(there) - len(left),
        "no longer lived with their carer before they were 18, while the family had its place",
        f"children in families with a place {year.words}",
    )  # fmt: skip


def contacts(records: Records) -> Reading:
    """How often workers were in touch, for each family that began."""
    families, times = shown(len(records.begun)), shown(records.spent.times)
    if not (families and times):
        return nothing(f"{TOO_FEW}: contacts with families who had a place {records.span.words}.")
    words = (
        f"{times:,} times that a worker was in touch with a family or met one {records.span.words}, while it had its "
        f"place, for {families:,} families who began then, both {ROUNDED}."
    )
    return Reading(Fixed(round(times / families, 1)), words, records.grade)


def share_of(records: Records, some: int, others: int, did: str, whom: str) -> Reading:
    """Tell which share of some did something, if neither they nor the others are few."""
    made = share(some, others)
    if made is None:
        return nothing(f"{TOO_FEW}: how many {whom} {did}.")
    return Reading(made, f"{made.events:,} of {made.of:,} {whom} {did}; both numbers {ROUNDED}.", records.grade)


def _stayed(place: Place) -> bool:
    return place.moved in MOVED_ON if place.moved else place.reason in STAYED


def _a_year(records: Records) -> str:
    return "" if records.span.years == 1 else f", in {records.span.years:g} years"
