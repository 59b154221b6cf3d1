"""Referrals, as they were told, and what was decided on each."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alongside.calc.names import keys
from alongside.stewardship.demo.agencies import Area, Term
from alongside.stewardship.demo.chance import DAY, Chance, Odds, moment, weekday
from alongside.stewardship.demo.families import Child, Family
from alongside.stewardship.demo.fragments import say
from alongside.stewardship.demo.tables import DECISION, REFERRAL, REFERRAL_KEY, Rows, Worker

SELF = 0.36  # of referrals are made by the carer
WAITS = Odds({0: 6.0, 1: 14.0, 2: 16.0, 3: 15.0, 5: 14.0, 7: 12.0, 9: 8.0, 13: 6.0, 20: 5.0, 34: 3.0, 55: 1.0})
ELIGIBLE = json.dumps(
    {
        "answer": "eligible",
        "reasons": [{"criterion": "area", "met": True, "words": "%s is in this contract's area."}],
    }
)
TOLD_OF_THEMSELVES = 0.7  # of carers whom an agency refers have told it their ethnic group
LONG = 14 * DAY
CONSENT = Odds({"given": 80.0, "not_asked": 17.0, "refused": 3.0})


@dataclass(frozen=True, slots=True)
class Told:
    """A referral: when it came, what it was for, and what has become of it."""

    id: str
    received: date
    status: str
    decided: date | None
    term: Term | None
    by: Worker | None


def receive(chance: Chance, area: Area, rows: Rows, family: Family, told: Told, own: bool | None = None) -> None:
    """Write a referral, filed so that a duplicate of it is found, and its decision where there is one."""
    own = chance.happens(SELF) if own is None else own
    at, decided_at = _moments(chance, told, own)
    referrer = None if own else area.referrer
    status = {"accepted": "accepted", "refused": "declined"}.get(told.status, told.status)
    answer = "" if told.status == "new" else say(chance, told.status, family.first, family.child)
    consent = "given" if own else chance.draw(CONSENT)
    precision = family.precision if chance.happens(0.85) or not own else "unknown"
    rows.owned(
        REFERRAL,
        told.id,
        str(at)[:19],
        "self" if own else "agency",
        area.agency if referrer else None,
        referrer.id if referrer else None,
        str(at)[:19],
        family.name,
        str(family.born) if precision == "exact" else None,
        precision,
        family.phone,
        family.email,
        *_said_of_themselves(family, told, own),
        family.postcode,
        family.no_fixed_address,
        area.agency,
        family.kin,
        children_told(family.children, told.received),
        say(chance, "referral_own" if own else "referral", family.first, family.child),
        say(chance, "safety", family.first, family.child) if chance.happens(0.08) else "",
        consent,
        say(chance, "consent", "", "") if consent == "given" and not own else "",
        told.term.programme if told.term and chance.happens(0.3) else "",
        "" if own else f"{area.code[-3:]}-{chance.between(10000, 99999)}",
        status,
        str(decided_at)[:19],
        answer,
    )
    rows.log("referral received", REFERRAL, told.id, at, referrer)
    _file(rows, area, family, told.id, precision, own)
    _decide(chance, area, rows, told, status, answer, decided_at)


def _said_of_themselves(family: Family, told: Told, own: bool) -> tuple[str, str]:
    """Give what the referrer had been told of ethnic group and disability."""
    known = Chance(f"asked/{told.id}").happens(TOLD_OF_THEMSELVES) and not own
    return (family.ethnicity, family.disability) if known else ("", "")


def _moments(chance: Chance, told: Told, own: bool) -> tuple[datetime, datetime]:
    """Give when a referral came, which for a carer may be in the evening, and when its status was last set."""
    at = moment(told.received, chance.between(8 * 60, 20 * 60) if own else chance.between(9 * 60, 17 * 60))
    if told.decided is None:
        return at, at
    return at, max(at + timedelta(minutes=9), moment(told.decided, chance.between(9 * 60, 17 * 60)))


def _decide(chance: Chance, area: Area, rows: Rows, told: Told, status: str, answer: str, at: datetime) -> None:
    if told.decided and told.by:
        contract = told.term.id if told.term and status in ("accepted", "waiting") else None
        row, on = chance.new_id(told.decided), str(at)[:19]
        eligibility = ELIGIBLE % area.name if contract else "{}"
        if status == "accepted" and told.decided - told.received > LONG:
            _wait(rows, told, contract, eligibility)
        rows.owned(DECISION, row, on, told.id, contract, status, answer, eligibility, on, told.by.id)
        rows.log(f"referral {status}", REFERRAL, told.id, at, told.by)


def _wait(rows: Rows, told: Told, contract: str | None, eligibility: str) -> None:
    """Write that a family waited for a place before it was taken on."""
    chance, day = Chance(f"waited/{told.id}"), weekday(told.received + 5 * DAY)
    at, words = f"{day} 11:20:00", say(chance, "waiting", "", "")
    by = told.by.id if told.by else None
    rows.owned(DECISION, chance.new_id(day), at, told.id, contract, "waiting", words, eligibility, at, by)


def _file(rows: Rows, area: Area, family: Family, referral: str, precision: str, own: bool) -> None:
    found = set(keys(family.name, family.born, family.postcode, precision=precision))
    for child in family.children:
        found |= keys(child.name, child.born, family.postcode, precision=child.precision)
    for key in sorted(found):
        rows.plain(REFERRAL_KEY, rows.agency, None if own else area.agency, referral, key)


def children_told(children: Sequence[Child], on: date) -> str:
    """Give what was told of the children, as JSON holds it."""
    return json.dumps([_child_told(child, on) for child in children], ensure_ascii=False)


def _child_told(child: Child, on: date) -> dict[str, str]:
    spell = next((spell for spell in reversed(child.spells) if spell.started_on <= on), child.spells[0])
    plan = next((plan.kind for plan in spell.plans if plan.ended_on is None or plan.ended_on > on), "")
    return {
        "name": child.name,
        "birth_date": str(child.born),
        "birth_precision": child.precision,
        "arrangement": spell.kind,
        "arrangement_since": str(spell.started_on),
        "arrangement_precision": spell.precision,
        "looked_after_before": spell.looked_after_before,
        "plan": plan,
    }


def received_before(chance: Chance, opened: date) -> tuple[date, date]:
    """Give the days on which a family that was taken on some day was referred and was decided on."""
    decided = weekday(opened - chance.between(0, 4) * DAY)
    return decided - chance.draw(WAITS) * DAY, decided
