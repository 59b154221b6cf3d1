"""What may be had, who has it, groups and therapy beside it, and the authority's side: one module each."""

from alongside.records.programmes.models.buying import BoughtQuerySet, Contract, Decision, Programme
from alongside.records.programmes.models.groups import Group, GroupMember
from alongside.records.programmes.models.sides import AuthorityNote
from alongside.records.programmes.models.taking_part import Counting, Enrolment, Extension, Move, Pause, Support
from alongside.records.programmes.models.therapy import FundAgreement, TherapySession

__all__ = [
    "AuthorityNote",
    "BoughtQuerySet",
    "Contract",
    "Counting",
    "Decision",
    "Enrolment",
    "Extension",
    "FundAgreement",
    "Group",
    "GroupMember",
    "Move",
    "Pause",
    "Programme",
    "Support",
    "TherapySession",
]
