"""Who is who: people, households, relationships, arrangements, plans and what to know before calling."""

from alongside.records.people.models.care import Arrangement, Flag, PlanStatus, SafetyNote, seen_flags
from alongside.records.people.models.everybody import WIDE, WIDE_OF, Disability, Ethnicity
from alongside.records.people.models.guarding import Knower, Restriction, hidden_homes, out_of_sight
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
    family_name,
    held_by,
    hidden_people,
)

__all__ = [
    "WIDE",
    "WIDE_OF",
    "Arrangement",
    "Disability",
    "Ethnicity",
    "Flag",
    "Household",
    "HouseholdQuerySet",
    "InHouseholdQuerySet",
    "Kin",
    "Knower",
    "Membership",
    "OfHouseholdQuerySet",
    "Partnership",
    "Person",
    "PlanStatus",
    "Precision",
    "Relationship",
    "Restriction",
    "SafetyNote",
    "SearchKey",
    "Supporter",
    "ThreeWay",
    "family_name",
    "held_by",
    "hidden_homes",
    "hidden_people",
    "out_of_sight",
    "seen_flags",
]
