"""Counting whom a contract supported: families, carers, children, places, and how soon they were reached."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from alongside.core.base.clocks import working_days_between
from alongside.insight.reports.basis import Basis, EnrolmentRow, MemberRow, SpellRow, days
from alongside.insight.reports.counting.tally import Tally
from alongside.records.people.models import Arrangement, Membership, PlanStatus
from alongside.records.referrals.models import Referral

EVER, NEVER = "0001-01-01", "9999-12-31"
# A child who is on two plans at once is counted on the one that stands first.
PLANS = (PlanStatus.Kind.LOOKED_AFTER, PlanStatus.Kind.CHILD_PROTECTION, PlanStatus.Kind.CHILD_IN_NEED)
NO_PLAN = "none"
# Stands nowhere in the report, but could be worked out from what does.
SECOND_PLACES = "places.second"


@dataclass(frozen=True, slots=True)
class Supported:
    """A person of a family with a place: the first and the last day of their support, as far as it is counted."""

    person: str
    first: str
    last: str


def supported(basis: Basis, part: str) -> list[Supported]:
    """Give each carer or child once, however many homes and places they have: first day of any, last of any."""
    homes: dict[str, list[EnrolmentRow]] = defaultdict(list)
    for place in basis.enrolments:
        homes[place.household].append(place)
    spans: dict[str, tuple[str, str]] = {}
    for member in basis.members:
        if member.part != part:
            continue
        for place in homes[member.household]:
            span = _together(member, place, basis)
            if span:
                first, last = spans.get(member.person, span)
                spans[member.person] = (min(first, span[0]), max(last, span[1]))
    return [Supported(person, *span) for person, span in sorted(spans.items())]


def _together(member: MemberRow, place: EnrolmentRow, basis: Basis) -> tuple[str, str] | None:
    first = max(member.since or EVER, place.started_on)
    last = min(member.until or NEVER, place.ended_on or NEVER, basis.counted_to)
    return (first, last) if first <= last and last >= basis.starts_on else None


def count_people(basis: Basis, tally: Tally) -> None:
    """Count families, carers and children, and part the children by arrangement and by plan."""
    here = {place.case for place in basis.enrolments if _goes_on(place, basis.counted_to)}
    every = {place.case for place in basis.enrolments}
    tally.split("families", {"going_on": len(here), "ended": len(every - here)})
    tally.counts["carers"] = len(supported(basis, Membership.Part.CARER))
    children = supported(basis, Membership.Part.CHILD)
    arrangements, plans = _by_child(basis.arrangements), _by_child(basis.plans)
    kinds = Counter(arrangement_on(arrangements[child.person], child.last) for child in children)
    tally.split("children", {kind: kinds[kind] for kind in Arrangement.Kind.values})
    for when, day in (("start", "first"), ("end", "last")):
        found = Counter(plan_on(plans[child.person], getattr(child, day)) for child in children)
        tally.also("children", when, {plan: found[plan] for plan in (*PLANS, NO_PLAN)})


def _by_child(spells: Iterable[SpellRow]) -> dict[str, list[SpellRow]]:
    found: dict[str, list[SpellRow]] = defaultdict(list)
    for spell in spells:
        found[spell.child].append(spell)
    return found


def arrangement_on(spells: list[SpellRow], day: str) -> str:
    """Give the arrangement that held on a day: the one that began last among those not yet ended."""
    held = [spell for spell in spells if _holds(spell, day)]
    if not held:
        return Arrangement.Kind.UNKNOWN
    return max(held, key=lambda spell: (spell.started_on or EVER, spell.key)).kind


def plan_on(spells: list[SpellRow], day: str) -> str:
    """Give the plan that a child was on on a day."""
    held = {spell.kind for spell in spells if _holds(spell, day)}
    return next((plan for plan in PLANS if plan in held), NO_PLAN)


def _holds(spell: SpellRow, day: str) -> bool:
    return (spell.started_on or EVER) <= day <= (spell.ended_on or NEVER)


def _goes_on(place: EnrolmentRow, day: str) -> bool:
    return place.started_on <= day <= (place.ended_on or NEVER)


def count_places(basis: Basis, tally: Tally) -> None:
    """Count the places in use on the last day, and on the day when most were."""
    end = sum(_goes_on(place, basis.counted_to) for place in basis.enrolments)
    families = tally.counts["families.going_on"]
    tally.counts |= {"places.end": end, SECOND_PLACES: end - families}
    tally.sums.append(("places.end", ("families.going_on", SECOND_PLACES)))
    starts = sorted(max(place.started_on, basis.starts_on) for place in basis.enrolments)
    ends = sorted(place.ended_on or NEVER for place in basis.enrolments)
    peak = max((bisect_right(starts, day) - bisect_left(ends, day) for day in starts), default=0)
    tally.counts["places.peak"] = peak


def count_referrals(basis: Basis, tally: Tally) -> None:
    """Count the referrals that came in, by what was decided and by who made them; and how long decisions took."""
    came = [row for row in basis.referrals if row.received_on >= basis.starts_on]
    outcomes, sources = Counter(row.outcome for row in came), Counter(row.source for row in came)
    tally.split("referrals", {outcome: outcomes[outcome] for outcome in Referral.Status.values})
    tally.also("referrals", "source", {source: sources[source] for source in Referral.Source.values})
    waits = [
        (row.received_on, row.first_decided_on)
        for row in basis.referrals
        if row.first_decided_on and row.first_decided_on >= basis.starts_on
    ]
    tally.counts["decision"] = len(waits)
    _middles(waits, "decision", tally)


def count_first_contacts(basis: Basis, tally: Tally) -> None:
    """Part the families by when they were first spoken with, and count who was reached within the target."""
    classes = Counter(_reached(place, basis) for place in _first_places(basis))
    kinds = ("in_quarter", "before", "not_yet", "no_referral")
    tally.also("families", "reached", {kind: classes[kind] for kind in kinds})
    waits = [
        (place.referred_on, place.first_contact_on)
        for place in _first_places(basis)
        if _reached(place, basis) == "in_quarter" and place.referred_on and place.first_contact_on
    ]
    within = sum(
        working_days_between(days(first), days(last)) <= basis.terms.first_contact_days for first, last in waits
    )
    tally.also("families.reached.in_quarter", "target", {"within": within, "beyond": len(waits) - within})
    _middles(waits, "contact", tally)


def _first_places(basis: Basis) -> list[EnrolmentRow]:
    """Give each family once, with the place that it had first."""
    ordered = sorted(basis.enrolments, key=lambda place: (place.started_on, place.key), reverse=True)
    return list({place.case: place for place in ordered}.values())


def _reached(place: EnrolmentRow, basis: Basis) -> str:
    if not place.referred_on:
        return "no_referral"
    if not place.first_contact_on:
        return "not_yet"
    return "in_quarter" if place.first_contact_on >= basis.starts_on else "before"


def _middles(waits: list[tuple[str, str]], name: str, tally: Tally) -> None:
    if waits:
        pairs = [(days(first), days(last)) for first, last in waits]
        tally.middles[f"{name}.working"] = median(working_days_between(*pair) for pair in pairs)
        tally.middles[f"{name}.calendar"] = median((last - first) / timedelta(days=1) for first, last in pairs)
