"""Who is who: people, households, relationships, arrangements, plans and what to know before calling."""

from alongside.records.people.models.care import Arrangement, PlanStatus, SafetyNote
from alongside.records.people.models.ties import Partnership, Relationship, Supporter
from alongside.records.people.models.who import (
    Household,
    HouseholdQuerySet,
    InHouseholdQuerySet,
    Kin,
    Membership,
    OfHouseholdQuerySet,
    Person,
    Precision,
    SearchKey,
    ThreeWay,
    held_by,
)

__all__ = [
    "Arrangement",
    "Household",
    "HouseholdQuerySet",
    "InHouseholdQuerySet",
    "Kin",
    "Membership",
    "OfHouseholdQuerySet",
    "Partnership",
    "Person",
    "PlanStatus",
    "Precision",
    "Relationship",
    "SafetyNote",
    "SearchKey",
    "Supporter",
    "ThreeWay",
    "held_by",
]
