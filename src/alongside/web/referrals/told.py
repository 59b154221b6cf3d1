"""A referral in words: what was told, as rows of facts, for who sent it and for who decides on it."""

from alongside.records.people.models import Arrangement, PlanStatus, Relationship, ThreeWay
from alongside.records.people.services.registering import ToldChild
from alongside.records.referrals.models import Referral
from alongside.records.referrals.queries import children_told
from alongside.web.dates import partial

Fact = tuple[str, str]
BEFORE: dict[str, str] = {ThreeWay.YES: "Yes", ThreeWay.NO: "No", ThreeWay.UNKNOWN: "Not known"}


def carer_facts(referral: Referral) -> list[Fact]:
    """Give what was told of the carer; a blank is said to be one."""
    born = partial(referral.carer_birth_date, referral.carer_birth_precision)
    home = "No fixed address" if referral.no_fixed_address else referral.postcode or "Not given"
    where = f", {referral.authority.name}" if referral.authority else ""
    kind = referral.relationship or Relationship.Kind.UNKNOWN
    return [
        ("Name", referral.carer_name or "Not given"),
        ("Born", born),
        ("To the children", str(Relationship.Kind(kind).label)),
        ("Phone", referral.carer_phone or "Not given"),
        ("E-mail", referral.carer_email or "Not given"),
        ("Home", home + where),
    ]


def children_facts(referral: Referral) -> list[tuple[str, list[Fact]]]:
    """Give what was told of each child, under the child's name."""
    children = enumerate(children_told(referral), 1)
    return [(child.name or f"Child {number}, name not given", _child(child)) for number, child in children]


def _child(child: ToldChild) -> list[Fact]:
    kinds, plans = dict(Arrangement.Kind.choices), dict(PlanStatus.Kind.choices)
    facts = [
        ("Born", partial(child.birth_date, child.birth_precision)),
        ("Arrangement", str(kinds.get(child.arrangement, "Not known"))),
    ]
    if child.arrangement_since:
        facts.append(("Since", partial(child.arrangement_since, child.arrangement_precision)))
    facts.append(("Looked after just before", BEFORE.get(child.looked_after_before, "Not known")))
    if child.plan:
        facts.append(("Plan", str(plans.get(child.plan, child.plan))))
    return facts
