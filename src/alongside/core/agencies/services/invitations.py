"""Inviting people to sign in, and letting them take the invitation up, once and in time."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from alongside.core.agencies.models import Agency, Invitation, Team, User
from alongside.core.agencies.queries import agencies_for, with_email
from alongside.core.agencies.services.people import create_user, refuse_misplaced
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused, Stale
from alongside.core.base.mail import send_on_commit
from alongside.core.base.rows import rows_of
from alongside.core.base.tokens import hash_of, new_token

LETTER = Path(__file__).parents[1] / "letters" / "invitation.txt"
LASTS = timedelta(days=7)
GONE = "This invitation does not work any more. Ask for a new one."


def invite(*, id: UUID, name: str, email: str, agency: Agency, role: str, team: Team | None, by: User) -> Invitation:
    """Invite somebody by mail to an agency that one looks after."""
    if not agencies_for(by).filter(pk=agency.pk).exists():
        raise Refused("Choose one of the organisations in the list.", field="agency")
    refuse_misplaced(agency, role, team)
    if with_email(email):
        raise Refused("Somebody signs in with this e-mail address already.", field="email")
    token = new_token()
    with ledger.together():
        before: Invitation | None = Invitation.objects.filter(pk=id).first()
        if before is not None:  # the same form, sent twice
            return before
        invitation = ledger.create(
            Invitation,
            id=id,
            agency=by.agency,
            invited_to=agency,
            email=email.lower(),
            name=name,
            role=role,
            team=team,
            token_hash=hash_of(token),
            expires_at=timezone.now() + LASTS,
            made_by=by,
            by=by,
            what="person invited",
        )
        _mail(invitation, token)
    return invitation


def invite_again(invitation: Invitation, *, by: User) -> None:
    """Send a new link; the one before stops working."""
    token = new_token()
    with ledger.together():
        ledger.update(
            invitation,
            token_hash=hash_of(token),
            expires_at=timezone.now() + LASTS,
            by=by,
            what="invitation sent again",
        )
        _mail(invitation, token)


def withdraw(invitation: Invitation, *, by: User) -> None:
    """Take an invitation back; its link stops working at once."""
    ledger.update(invitation, withdrawn_at=timezone.now(), by=by, what="invitation withdrawn")


def accept(invitation: Invitation, *, password: str | None) -> User:
    """Make the sign-in that an invitation promised; of two who try at once, one is told that it is used."""
    now = timezone.now()
    if not invitation.is_open(now):
        raise Refused(GONE)
    with ledger.together(), rows_of(invitation.agency_id):
        try:
            ledger.update(invitation, used_at=now, by=None, what="invitation taken up")
        except Stale as stale:
            raise Refused(GONE) from stale
        return create_user(
            email=invitation.email,
            name=invitation.name,
            agency=invitation.invited_to,
            role=invitation.role,
            team_id=invitation.team_id,
            password=password,
            by=None,
        )


def accept_through_provider(invitation: Invitation, *, sociallogin: SocialLogin, request: HttpRequest) -> User:
    """Make the sign-in, and tie it to what the identity provider calls this person."""
    with ledger.together():
        user = accept(invitation, password=None)
        sociallogin.connect(request, user)
    return user


def _mail(invitation: Invitation, token: str) -> None:
    send_on_commit(
        LETTER,
        to=invitation.email,
        secret=True,
        name=invitation.name,
        inviter=invitation.made_by.name,
        agency=invitation.invited_to.name,
        link=settings.BASE_URL + reverse("invitation", args=[token]),
        days=str(LASTS.days),
    )
