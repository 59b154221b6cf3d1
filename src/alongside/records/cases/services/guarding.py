"""Saying who alone may know of a family: for all others it is then nowhere, neither found nor counted."""

from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Role
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.core.base.mail import send_on_commit
from alongside.records.cases.models import Case
from alongside.records.people.knowing import restriction_of, without_manager
from alongside.records.people.models import Knower, Restriction
from alongside.records.referrals.services import lead_to_family

LETTERS = Path(__file__).resolve().parent.parent / "letters"
LONGEST = timedelta(days=366)
MAY_BE_NAMED = (Role.MANAGER, Role.FAMILY_WORKER)


def restrict_family(
    *, case: Case, reason: str, knowing: Collection[User], review_on: date, by: User, submission: UUID
) -> Restriction:
    """Let only these people, and who says so, know of a family. All that was ever told of it to us goes with it."""
    _check(knowing, review_on, by)
    with ledger.together():
        held: Case = Case.objects.select_for_update().get(pk=case.pk)
        standing = restriction_of(held.household_id)
        if standing and standing.pk != submission:
            raise Refused("Somebody else restricted this family while you were writing. Open this page again")
        restriction = ledger.create(
            Restriction,
            by=by,
            what="family restricted",
            id=submission,
            agency_id=held.agency_id,
            household_id=held.household_id,
            reason=reason,
            set_by_id=by.pk,
            review_on=review_on,
        )
        _name(restriction, {*knowing, by}, by)
        if held.referral:
            ledger.update(held.referral, by=by, what="referral led to its family", household_id=held.household_id)
        lead_to_family(household=held.household, by=by)
    return restriction


def change_restriction(
    *,
    restriction: Restriction,
    version: int,
    reason: str,
    knowing: Collection[User],
    review_on: date,
    by: User,
    end: bool = False,
) -> Restriction:
    """Name others, look at it again, or lift it. Whoever changes it stays named."""
    with ledger.together():
        if end:
            today = timezone.localdate()
            return ledger.update(restriction, by=by, what="restriction lifted", version=version, ended_on=today)
        _check(knowing, review_on, by)
        what = "restriction changed"
        ledger.update(restriction, by=by, what=what, version=version, reason=reason, review_on=review_on)
        _name(restriction, {*knowing, by}, by)
        lead_to_family(household=restriction.household, by=by)
    return restriction


def name_manager(*, restriction: Restriction, manager: User, why: str, by: User) -> Knower:
    """Let a manager know of a family of which no manager left may; whoever names them learns nothing of it.

    The manager is told by a letter, which leads to the family and does not name it.
    """
    if manager.agency_id != by.agency_id or manager.role != Role.MANAGER or not manager.is_active:
        raise Refused("Choose a manager of your own agency who still works there", field="manager")
    if not why.strip():
        raise Refused("Say why it is this manager", field="why")
    with ledger.together():
        held: Restriction = Restriction.objects.select_for_update().get(pk=restriction.pk)
        if not without_manager(by.agency_id).filter(pk=held.pk).exists():
            raise Refused("A manager may know of this family by now, and says who else may", field="restriction")
        knower = ledger.create(
            Knower,
            by=by,
            what="manager named, as none who may know was left",
            agency_id=held.agency_id,
            restriction=held,
            user_id=manager.pk,
            why=why.strip(),
        )
        case = Case.objects.get(household=held.household_id)
        link = settings.BASE_URL + reverse("safety:restrict", args=[case.pk])
        send_on_commit(LETTERS / "named.txt", to=manager.email, link=link)
    return knower


def _name(restriction: Restriction, wanted: Collection[User], by: User) -> None:
    """Name those who are wanted, and take out those who are not; the rows of both stay."""
    named = {row.user_id: row for row in Knower.objects.filter(restriction=restriction, ended_on=None)}
    for user in sorted(wanted, key=lambda user: user.name):
        if named.pop(user.pk, None) is None:
            ledger.create(
                Knower,
                by=by,
                what="named as somebody who may know",
                agency_id=restriction.agency_id,
                restriction=restriction,
                user_id=user.pk,
            )
    for row in named.values():
        ledger.update(row, by=by, what="no longer somebody who may know", ended_on=timezone.localdate())


def _check(knowing: Collection[User], review_on: date, by: User) -> None:
    today = timezone.localdate()
    others = {user for user in knowing if user.pk != by.pk}
    if not others:
        raise Refused("Name somebody besides you, so that somebody knows while you are away", field="knowing")
    if any(user.agency_id != by.agency_id or user.role not in MAY_BE_NAMED or not user.is_active for user in others):
        raise Refused("Name managers and family workers of your own agency", field="knowing")
    if not today < review_on <= today + LONGEST:
        raise Refused("The day must be after today, and within a year", field="review_on")
