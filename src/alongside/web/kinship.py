"""How people, the footing on which a child lives with them, and a child's plans are said in words."""

from datetime import date

from alongside.records.people.models import Arrangement, Membership, PlanStatus, Precision, Relationship, ThreeWay
from alongside.records.people.queries import Footing, Member, Plan
from alongside.records.people.rules import age
from alongside.web.dates import month, partial

KINDS = {kind.value: str(kind.label) for kind in Arrangement.Kind}
STAGES = {Arrangement.Stage.APPLIED: "applied for", Arrangement.Stage.INTERIM: "interim"}
PLANS = {kind.value: str(kind.label) for kind in PlanStatus.Kind}
KIN = {kind.value: str(kind.label).lower() for kind in Relationship.Kind}
BEFORE = {
    ThreeWay.YES: "Was looked after before.",
    ThreeWay.NO: "Was not looked after before.",
    ThreeWay.UNKNOWN: "Not known whether looked after before.",
}
ORDERS = frozenset(
    {Arrangement.Kind.SPECIAL_GUARDIANSHIP, Arrangement.Kind.CHILD_ARRANGEMENTS, Arrangement.Kind.ADOPTION}
)


def who(member: Member, today: date) -> str:
    """Say how old somebody is and what they are to the family: "58, grandparent and carer"."""
    said = [age(member.birth_date, member.birth_precision, today)]
    if member.part == Membership.Part.CARER:
        kin = [KIN[kind] for kind in member.kinships if kind != Relationship.Kind.UNKNOWN]
        said.append(" and ".join([*kin, "carer"]))
    elif member.part == Membership.Part.OTHER:
        said.append(", ".join(KIN[kind] for kind in member.kinships))
    return ", ".join(part for part in said if part)


def footing(arrangement: Footing | Arrangement) -> str:
    """Say on what footing a child lives there: "Special guardianship order, March 2024. Was looked after before."."""
    words = KINDS[arrangement.kind]
    if arrangement.stage in STAGES:
        words += f", {STAGES[Arrangement.Stage(arrangement.stage)]}"
    if arrangement.started_on and arrangement.started_precision != Precision.UNKNOWN:
        exact = arrangement.started_precision == Precision.EXACT
        since = (
            month(arrangement.started_on) if exact else partial(arrangement.started_on, arrangement.started_precision)
        )
        words += f", {since}"
    before = BEFORE[ThreeWay(arrangement.looked_after_before)] if arrangement.kind in ORDERS else ""
    return f"{words}. {before}".strip()


def plan(status: Plan | PlanStatus) -> str:
    """Say which plan a child is on: "Child in need plan since June 2026."."""
    return f"{PLANS[status.kind]} since {month(status.started_on)}."
