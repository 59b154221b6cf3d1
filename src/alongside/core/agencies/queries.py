"""Finding agencies, the people who sign in, their invitations and sessions, and what the log says of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.calc.names import fold
from alongside.core.agencies.models import Agency, Invitation, Team, User
from alongside.core.agencies.permissions import Role
from alongside.core.agencies.places import authorities, authority_of_postcode
from alongside.core.audit.models import Entry
from alongside.core.base.errors import Refused
from alongside.core.base.prepared import Prepared
from alongside.core.base.tokens import hash_of


def the_provider() -> Agency:
    """Give the provider whose installation this is: the one that was set up first."""
    provider = Agency.objects.filter(kind=Agency.Kind.PROVIDER).order_by("created_at").first()
    if provider is None:
        raise Refused("This service is not set up yet: it has no provider.")
    return provider


def authority_at(postcode: str) -> Agency | None:
    """Give the authority with children's services at a postcode; none where it is blank, spoilt or elsewhere."""
    try:
        code = authority_of_postcode(postcode)
    except ValueError:
        return None
    return Agency.objects.filter(code=code).first() if code else None


def authorities_called(words: str) -> list[str]:
    """Give the codes of the authorities in whose name each of these words begins a word."""
    sought = fold(words).split()
    return [
        one.code
        for one in authorities()
        if all(any(part.startswith(word) for part in fold(one.name).split()) for word in sought)
    ]


def authority_ids(codes: Iterable[str]) -> dict[str, UUID]:
    """Give the row of each authority by its code."""
    return dict(Agency.objects.filter(code__in=codes).values_list("code", "id"))  # type: ignore[arg-type]


def family_workers(agency_id: UUID) -> list[User]:
    """Give the family workers of an agency who still work there."""
    return list(User.objects.filter(agency=agency_id, role=Role.FAMILY_WORKER, is_active=True).select_related("team"))


def managers_of(agency_id: UUID) -> list[User]:
    """Give the managers of an agency who still work there, by name."""
    managers = User.objects.filter(agency=agency_id, role=Role.MANAGER, is_active=True)
    return list(managers.select_related("team").order_by("name", "pk"))


def managers_and_workers(agency_id: UUID, team_id: UUID | None, worker_id: UUID | None) -> list[User]:
    """Give an agency's managers, the workers of one team and one worker more, by name: those who see a family."""
    team = Q(role=Role.FAMILY_WORKER, team=team_id, team__isnull=False)
    seeing = Q(role=Role.MANAGER) | team | Q(pk=worker_id, role=Role.FAMILY_WORKER)
    return list(User.objects.filter(seeing, agency=agency_id, is_active=True).order_by("name", "pk"))


def agencies_for(user: User) -> QuerySet[Agency]:
    """Give the agencies whose people this person looks after: their own and, at the provider, those it works with."""
    theirs = Q(pk=user.agency_id)
    if user.agency_id == the_provider().pk:
        theirs |= ~Q(kind=Agency.Kind.PROVIDER)
    return Agency.objects.filter(theirs)


def people_for(user: User) -> QuerySet[User]:
    """Give the people who sign in that this person looks after."""
    rows: QuerySet[User] = User.objects.filter(agency__in=agencies_for(user))
    return rows.select_related("agency", "team")


def people_called(user: User, typed: str) -> list[User]:
    """Give those of them in whose name or e-mail address something stands: at most 20, by name."""
    words = Q(name__icontains=typed) | Q(email__icontains=typed)
    return list(people_for(user).filter(words).order_by("name", "id")[:20])


def people_after(user: User, agency: UUID | None, after: tuple[str, UUID] | None, size: int) -> list[User]:
    """Give a page of those people by name, from behind a name and id, and one more where there are more."""
    rows = people_for(user).order_by("name", "id")
    if agency:
        rows = rows.filter(agency=agency)
    if after:
        rows = rows.filter(Q(name__gt=after[0]) | Q(name=after[0], id__gt=after[1]))
    return list(rows[: size + 1])


def with_people(user: User) -> QuerySet[Agency]:
    """Give those agencies that have somebody who signs in."""
    return agencies_for(user).filter(users__isnull=False).distinct()


def teams_of(agency: UUID) -> QuerySet[Team]:
    """Give an agency's teams."""
    return Team.objects.filter(agency=agency)


class TeamName(NamedTuple):
    """A team as somebody chooses it; of a nation's there are more than a hundred on one page."""

    pk: UUID
    name: str


def team_names(agency: UUID) -> list[TeamName]:
    """Give an agency's teams to choose from."""
    return [TeamName._make(row) for row in _team_names(agency)]


_team_names = Prepared(lambda agency: teams_of(agency).values_list("pk", "name"))


def waiting_invitations(user: User) -> QuerySet[Invitation]:
    """Give the invitations that nobody took up yet, newest first; withdrawn ones are gone."""
    rows = Invitation.objects.filter(agency=user.agency_id, used_at__isnull=True, withdrawn_at__isnull=True)
    return rows.select_related("invited_to")


def invitation_by(token: str) -> Invitation | None:
    """Give the invitation that a link is for, if the link still works."""
    return _if_open(Invitation.objects.filter(token_hash=hash_of(token)))


def open_invitation(id: str) -> Invitation | None:
    """Give an invitation whose link was followed before, if it still works; an empty id is none's."""
    return _if_open(Invitation.objects.filter(pk=id)) if id else None


def _if_open(rows: QuerySet[Invitation]) -> Invitation | None:
    found = rows.select_related("invited_to").first()
    return found if found and found.is_open(timezone.now()) else None


def with_email(email: str) -> User | None:
    """Give the person who signs in with this address, whatever its case."""
    found: User | None = User.objects.filter(email__iexact=email).first()
    return found


def identity_provider_of(agency: Agency) -> str:
    """Give the id of the identity provider through which an agency's people sign in, or nothing."""
    found = (one["id"] for one in settings.IDENTITY_PROVIDERS if agency.code and one["agency"] == agency.code)
    return next(found, "")


def has_second_step(user: User) -> bool:
    """Say whether somebody has a second step that works by itself; recovery codes only stand in for one."""
    return bool(Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def second_steps_of(user: User) -> list[Authenticator]:
    """Give somebody's second steps, recovery codes last."""
    kept = Authenticator.objects.filter(user=user).order_by("created_at")
    return sorted(kept, key=lambda step: step.type == Authenticator.Type.RECOVERY_CODES)


def sessions_of(user: User) -> list[UserSession]:
    """Give somebody's sessions that still work, the last begun first."""
    kept: list[UserSession] = UserSession.objects.purge_and_list(user)
    return sorted(kept, key=lambda session: session.created_at, reverse=True)


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What somebody looks for in the log."""

    actor: UUID | None = None
    kind: str = ""
    day: date | None = None


def log_for(user: User, wanted: LogFilter, before: int | None, size: int) -> list[Entry]:
    """Give a page of the log, newest first and from before an entry; and one entry more where there are more.

    The provider's own includes what partner agencies and nobody in particular did, never what another provider did.
    """
    if user.agency_id == the_provider().pk:
        others = Agency.objects.filter(kind=Agency.Kind.PROVIDER).exclude(pk=user.agency_id)
        rows = Entry.objects.filter(Q(agency__isnull=True) | ~Q(agency__in=[other.pk for other in others]))
    else:
        rows = Entry.objects.filter(agency=user.agency_id)
    if wanted.actor:
        rows = rows.filter(actor=wanted.actor)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.day:
        start = timezone.make_aware(datetime.combine(wanted.day, time.min))
        end = timezone.make_aware(datetime.combine(wanted.day + timedelta(days=1), time.min))
        rows = rows.filter(at__gte=start, at__lt=end)
    if before:
        rows = rows.filter(id__lt=before)
    return list(rows.order_by("-id")[: size + 1])


def names_of(ids: set[UUID]) -> dict[UUID, str]:
    """Give the names of people who sign in, by id."""
    return dict(User.objects.filter(pk__in=ids).values_list("id", "name"))


def every_authority() -> QuerySet[Agency]:
    """Give every authority with children's services, by name."""
    return Agency.objects.filter(kind=Agency.Kind.AUTHORITY).order_by("name")


def purchasers() -> QuerySet[Agency]:
    """Give the agencies that can buy a contract: authorities, adoption agencies and others, by name."""
    return Agency.objects.exclude(kind=Agency.Kind.PROVIDER).order_by("name")


def authorities_with(codes: Iterable[str]) -> list[Agency]:
    """Give the authorities that have these codes, by name."""
    return list(every_authority().filter(code__in=codes))
