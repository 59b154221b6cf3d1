"""Writing what a fund agreed to pay for a child's therapy, and each session against it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, Min

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.days import in_words, not_yet_to_come
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.people.models import Membership, Person
from alongside.records.programmes.funds import fund
from alongside.records.programmes.models import FundAgreement, TherapySession
from alongside.records.programmes.rules.money import Agreed, beyond, limit_on

PENCE = 100


def agree_fund(*, case: Case, child: Person, by: User, submission: UUID, **facts: Any) -> FundAgreement:
    """Write down what a fund agreed to pay for a child."""
    with ledger.together():
        _check(case, child, besides=submission, **facts)
        return ledger.create(
            FundAgreement,
            by=by,
            what="fund agreement recorded",
            id=submission,
            agency_id=case.agency_id,
            case=case,
            child=child,
            **facts,
        )


def change_fund(*, agreement: FundAgreement, version: int, child: Person, by: User, **facts: Any) -> FundAgreement:
    """Put a fund agreement right."""
    told = {"fund": agreement.fund, **facts}
    with ledger.together():
        _check(agreement.case, child, besides=agreement.pk, **told)
        _holds_its_sessions(agreement, facts["starts_on"], facts["ends_on"])
        return ledger.update(agreement, by=by, what="fund agreement changed", version=version, child=child, **told)


def log_therapy(
    *, agreement: FundAgreement, on: date, therapist: str, outcome: str, pence: int, by: User, submission: UUID
) -> TherapySession:
    """Write down a session with a therapist. It is not refused for want of money: it was had, and the page says so."""
    _within(agreement, on)
    return ledger.create(
        TherapySession,
        by=by,
        what="therapy session recorded",
        id=submission,
        agency_id=agreement.agency_id,
        agreement=agreement,
        on=on,
        therapist=therapist,
        outcome=outcome,
        pence=pence,
    )


def change_therapy(
    *, session: TherapySession, version: int, on: date, therapist: str, outcome: str, pence: int, by: User
) -> TherapySession:
    """Put a session right."""
    _within(session.agreement, on)
    return ledger.update(
        session,
        by=by,
        what="therapy session changed",
        version=version,
        on=on,
        therapist=therapist,
        outcome=outcome,
        pence=pence,
    )


def _within(agreement: FundAgreement, on: date) -> None:
    not_yet_to_come(on, "on")
    if not agreement.starts_on <= on <= agreement.ends_on:
        span = f"{in_words(agreement.starts_on)} to {in_words(agreement.ends_on)}"
        raise Refused(f"The agreement runs from {span}; the session must be in it", field="on")


def _holds_its_sessions(agreement: FundAgreement, starts_on: date, ends_on: date) -> None:
    had = agreement.sessions.aggregate(first=Min("on"), last=Max("on"))
    if had["first"] and had["first"] < starts_on:
        raise Refused(f"A session was had on {in_words(had['first'])}; it cannot start after that", field="starts_on")
    if had["last"] and had["last"] > ends_on:
        raise Refused(f"A session was had on {in_words(had['last'])}; it cannot end before that", field="ends_on")


def _check(case: Case, child: Person, *, besides: UUID, **facts: Any) -> None:
    if facts["ends_on"] < facts["starts_on"]:
        raise Refused("It must end on or after the day that it starts", field="ends_on")
    if not Membership.objects.filter(household=case.household_id, person=child, part=Membership.Part.CHILD).exists():
        raise Refused("Choose a child of this family", field="child")
    # The child is held while the year is added up, so that two agreements at once cannot pass the limit unseen.
    Person.objects.select_for_update().get(pk=child.pk)
    limit = limit_on(fund(facts["fund"]).limits, facts["starts_on"])
    others = FundAgreement.objects.filter(child=child, fund=facts["fund"]).exclude(pk=besides)
    agreed = [Agreed(*row) for row in others.values_list("starts_on", "pence")]
    over = beyond(limit, [*agreed, Agreed(facts["starts_on"], facts["pence"])])
    if over and not facts["over_words"].strip():
        raise Refused(
            f"This is £{over / PENCE:,.2f} more than the fund pays for a child in that year. Say who pays the rest",
            field="over_words",
        )
