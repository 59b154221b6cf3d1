"""Making, changing and ending sign-ins, their second steps and their sessions."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password

from alongside.core.agencies.models import Agency, Team, User
from alongside.core.agencies.permissions import ROLES_OF, Role
from alongside.core.agencies.queries import has_second_step, with_email
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.core.base.errors import Refused

NOT_YOURSELF = "You cannot change your own role or end your own sign-in. Ask another administrator."


def refuse_misplaced(agency: Agency, role: str, team: Team | None) -> None:
    """Refuse a role that people of such an agency do not have, and a team of another agency."""
    if role not in ROLES_OF[agency.kind]:
        raise Refused(f"Somebody at {agency.name} cannot have this role.", field="role")
    if team is not None and team.agency_id != agency.pk:
        raise Refused("Choose a team of the same organisation.", field="team")


def create_user(
    *, email: str, name: str, agency: Agency, role: str, password: str | None, by: User | None, **more: Any
) -> User:
    """Make a sign-in; without a password it works only through an identity provider."""
    if with_email(email):
        raise Refused("Somebody signs in with this e-mail address already.", field="email")
    return ledger.create(
        User,  # type: ignore[type-var]  # a record in all but its base, which is Django's
        email=email.lower(),
        name=name,
        agency=agency,
        role=role,
        password=make_password(password),
        by=by,
        what="sign-in made",
        **more,
    )


def make_administrator(*, provider: str, name: str, email: str) -> User:
    """Make the first sign-in of a new installation, and its provider where there is none; they set a password next.

    Somebody who is an administrator already is given back, so that a link which was lost can be made again.
    """
    with ledger.together():
        known = with_email(email)
        if known is not None:
            if known.role != Role.ADMINISTRATOR or not known.is_active:
                raise Refused(f"{known.email} signs in already, and not as an administrator.")
            return known
        agency = Agency.objects.filter(kind=Agency.Kind.PROVIDER).order_by("created_at").first()
        if agency is None:
            if not provider:
                raise Refused("This service has no provider yet. Name it with --provider.")
            agency = ledger.create(Agency, kind=Agency.Kind.PROVIDER, name=provider, by=None, what="provider made")
        return create_user(email=email, name=name, agency=agency, role=Role.ADMINISTRATOR, password=None, by=None)


def change_person(person: User, *, role: str, team: Team | None, capacity: int | None, version: int, by: User) -> User:
    """Give somebody another role or team; a new role begins with a new sign-in."""
    if person.pk == by.pk and role != person.role:
        raise Refused(NOT_YOURSELF, field="role")
    refuse_misplaced(person.agency, role, team)
    changed = role != person.role
    with ledger.together():
        ledger.update(  # type: ignore[type-var]
            person, role=role, team=team, capacity=capacity, version=version, by=by, what="role or team changed"
        )
        if changed:
            end_sessions(person, by=by)
    return person


def deactivate(person: User, *, version: int, by: User) -> None:
    """End somebody's sign-in: their next request, wherever it comes from, is turned away."""
    if person.pk == by.pk:
        raise Refused(NOT_YOURSELF)
    with ledger.together():
        ledger.update(person, is_active=False, version=version, by=by, what="sign-in ended")  # type: ignore[type-var]
        end_sessions(person, by=by)


def reactivate(person: User, *, version: int, by: User) -> None:
    """Let somebody sign in again."""
    ledger.update(person, is_active=True, version=version, by=by, what="sign-in opened again")  # type: ignore[type-var]


def reset_second_step(person: User, *, by: User) -> None:
    """Take away the second step of somebody who lost it, so that they set up another when they sign in."""
    if person.pk == by.pk:
        raise Refused("You cannot take away your own second step here. Use “My sign-in”.")
    with ledger.together():
        Authenticator.objects.filter(user=person).delete()
        ledger.note(by=by, what="second step taken away", about=person, kind=Entry.Kind.SIGN_IN)
        end_sessions(person, by=by)


def remove_second_step(step: Authenticator, *, keep_session: str, by: User) -> bool:
    """Take away one of somebody's own second steps, end their other sessions, and say whether one is left.

    Recovery codes stand in for another step, so they go with the last of them.
    """
    with ledger.together():
        Authenticator.objects.filter(pk=step.pk, user=by).delete()
        left = has_second_step(by)
        if not left:
            Authenticator.objects.filter(user=by).delete()
        ledger.note(by=by, what="second step removed", about=by, kind=Entry.Kind.SIGN_IN)
        end_sessions(by, by=by, besides=keep_session)
    return left


def end_sessions(person: User, *, by: User, besides: str = "") -> None:
    """End every session of somebody, or every one but this."""
    for session in UserSession.objects.filter(user=person).exclude(session_key=besides):
        session.end()
    ledger.note(by=by, what="sessions ended", about=person, kind=Entry.Kind.SIGN_IN)


def end_session(session: UserSession, *, by: User) -> None:
    """End one of somebody's own sessions."""
    with ledger.together():
        session.end()
        ledger.note(by=by, what="session ended", about=by, kind=Entry.Kind.SIGN_IN)


def say_about_oneself(person: User, *, kinship_carer_too: bool, about: str, version: int) -> User:
    """Keep what somebody says of themselves; only they may, and they may take it back."""
    return ledger.update(  # type: ignore[type-var]
        person,
        kinship_carer_too=kinship_carer_too,
        about=about,
        version=version,
        by=person,
        what="said something of themselves",
    )


def set_languages(*, person: User, languages: str, version: int, by: User) -> User:
    """Say in which languages besides English somebody can work."""
    spoken = ", ".join(dict.fromkeys(each.strip() for each in languages.split(",") if each.strip()))
    return ledger.update(person, by=by, what="languages changed", version=version, languages=spoken)  # type: ignore[type-var]
