"""The rows that a quarter is counted from: pseudonymous, and as they stood when the quarter ended.

What happened after the last day is cut off, so that an ending which comes later is news and not a change.
"""

from datetime import date
from hashlib import blake2s
from typing import Any, NamedTuple
from uuid import UUID


class ReferralRow(NamedTuple):
    """A referral that came in, or was first decided on, in the quarter."""

    key: str
    received_on: str
    source: str
    outcome: str
    first_decided_on: str | None


class EnrolmentRow(NamedTuple):
    """A family's place in the contract, and when it was referred and first spoken with."""

    key: str
    case: str
    household: str
    started_on: str
    ended_on: str | None
    referred_on: str | None
    first_contact_on: str | None


class MemberRow(NamedTuple):
    """A carer or child of a family with a place."""

    key: str
    household: str
    person: str
    part: str
    since: str | None
    until: str | None


class SpellRow(NamedTuple):
    """A child's arrangement or plan, from when to when."""

    key: str
    child: str
    kind: str
    started_on: str | None
    ended_on: str | None


class ContactRow(NamedTuple):
    """A contact in the quarter."""

    key: str
    case: str
    on: str
    channel: str
    outcome: str


class AnswersRow(NamedTuple):
    """One person's scores on one occasion; ``child`` is whom they are about, where that is a child."""

    key: str
    case: str
    person: str
    instrument: str
    edition: str
    occasion: str
    answered_on: str
    scores: dict[str, float | None]
    child: str | None = None


class Terms(NamedTuple):
    """What the contract promises, as it stood."""

    places: int
    first_contact_days: int
    review_weeks: int


class Basis(NamedTuple):
    """Everything that one quarter's figures are worked out from. Dates are ISO text, so that it is its own JSON."""

    starts_on: str
    counted_to: str
    terms: Terms
    referrals: list[ReferralRow]
    enrolments: list[EnrolmentRow]
    members: list[MemberRow]
    arrangements: list[SpellRow]
    plans: list[SpellRow]
    contacts: list[ContactRow]
    answers: list[AnswersRow]


ROWS: dict[str, type[Any]] = {
    "referrals": ReferralRow,
    "enrolments": EnrolmentRow,
    "members": MemberRow,
    "arrangements": SpellRow,
    "plans": SpellRow,
    "contacts": ContactRow,
    "answers": AnswersRow,
}


def pseudonym(row: UUID) -> str:
    """Give the key that stands for a row; ids hold 74 random bits, so nobody can try them all."""
    return blake2s(row.bytes, digest_size=10).hexdigest()


def to_json(basis: Basis) -> dict[str, Any]:
    """Give the basis as JSON can hold it."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in basis._asdict().items()}


def from_json(data: dict[str, Any]) -> Basis:
    """Read back what :func:`to_json` gave."""
    rows = {name: [kind(*row) for row in data[name]] for name, kind in ROWS.items()}
    return Basis(starts_on=data["starts_on"], counted_to=data["counted_to"], terms=Terms(*data["terms"]), **rows)


def days(text: str) -> date:
    """Read a date of the basis."""
    return date.fromisoformat(text)
