"""Deciding on referrals: taking a family on, the waiting list, another service, or no."""

from datetime import timedelta

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.clocks import add_working_days
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.cases.services.opening import open_case
from alongside.records.people.models import Household
from alongside.records.people.services.registering import register_family
from alongside.records.programmes.models import Contract, Decision
from alongside.records.programmes.queries import Offer, offers
from alongside.records.programmes.rules.eligibility import Answer
from alongside.records.programmes.services.placing import hold_contract, take_place
from alongside.records.referrals.models import Referral
from alongside.records.referrals.queries import family_told
from alongside.records.referrals.services import answer_referral


def accept_referral(
    *,
    referral: Referral,
    version: int,
    contract: Contract,
    known_as: Household | None,
    worker: User | None,
    words: str,
    by: User,
) -> Case:
    """Take a family on under a contract: its record, its case and its place, all of it or none.

    The contract is held from the start: two managers who give its last place meet here, and one is told.
    """
    today = timezone.localdate()
    with ledger.together():
        held = hold_contract(contract.pk)
        answer_referral(referral=referral, version=version, status=Referral.Status.ACCEPTED, words=words, by=by)
        offer = _offer(referral, held)
        _check(referral, offer)
        household = register_family(told=family_told(referral), agency=referral.agency, known_as=known_as, by=by)
        ledger.update(referral, by=by, what="referral led to its family", household=household)
        received = timezone.localdate(referral.received_at)
        case = open_case(
            referral=referral,
            household=household,
            authority=referral.authority_id,
            team=None,
            worker=worker,
            opened_on=today,
            by=by,
            first_contact_due=add_working_days(received, held.first_contact_days),
            review_due=today + timedelta(weeks=held.review_weeks),
        )
        take_place(case=case, contract=held, by=by)
        _decide(referral, offer, Decision.Outcome.ACCEPTED, words, by)
    return case


def turn_referral(
    *, referral: Referral, version: int, outcome: str, contract: Contract | None, words: str, by: User
) -> Decision:
    """Put a family on the waiting list, point them elsewhere, or do not take them on, with the reason."""
    if outcome == Decision.Outcome.ACCEPTED:
        raise Refused("Choose the contract under which you accept the family.", field="contract")
    with ledger.together():
        answer_referral(referral=referral, version=version, status=outcome, words=words, by=by)
        return _decide(referral, _offer(referral, contract) if contract else None, outcome, words, by)


def _offer(referral: Referral, contract: Contract) -> Offer:
    found = next((offer for offer in offers(referral, timezone.localdate()) if offer.contract == contract), None)
    if found is None:
        raise Refused(f"{contract.name} has ended. Choose another contract.", field="contract")
    return found


def _check(referral: Referral, offer: Offer) -> None:
    """Refuse what a contract or the carer does not allow; what is only not known yet is for the manager to judge."""
    if referral.consent == Referral.Consent.REFUSED:
        raise Refused("The carer did not agree to be referred, so we cannot open a case.", field="outcome")
    if offer.eligibility.answer is Answer.NOT_ELIGIBLE:
        against = next(reason.words for reason in offer.eligibility.reasons if reason.met is False)
        raise Refused(f"{offer.contract.name} cannot help this family. {against}", field="contract")


def _decide(referral: Referral, offer: Offer | None, outcome: str, words: str, by: User) -> Decision:
    return ledger.create(
        Decision,
        by=by,
        what=f"referral decided: {outcome}",
        agency_id=referral.agency_id,
        referral=referral,
        contract=offer.contract if offer else None,
        outcome=outcome,
        words=words.strip(),
        eligibility=offer.as_json() if offer else {},
        decided_at=timezone.now(),
        by_id=by.pk,
    )
