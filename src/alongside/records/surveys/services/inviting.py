"""Inviting carers to a round, reminding those who have not answered, and making links to hand out.

The secret of a link is worked out from its invitation's id with our key, so that a reminder can carry the same link: it
is kept nowhere. Nothing is sent to a household of which somebody must read something first.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_tasks import task

from alongside.core.access import system
from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.core.base.days import in_words
from alongside.core.base.errors import Refused
from alongside.core.base.ids import new_id
from alongside.core.base.mail import send_on_commit
from alongside.core.base.texts import deliver_text
from alongside.core.base.tokens import hash_of
from alongside.records.cases.models import Case
from alongside.records.people.knowing import to_read_first
from alongside.records.people.models import Membership
from alongside.records.surveys.models import Invitation, Round

LETTERS = Path(__file__).parent.parent / "letters"
MOST_TO_HAND_OUT = 200
Sent = Invitation.Sent


def token_of(invitation: UUID) -> str:
    """Give the secret of an invitation's link."""
    digest = salted_hmac("alongside.surveys.invitation", str(invitation), algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def carers_to_invite(round: Round, authority: UUID | None) -> QuerySet[Membership]:
    """Give the carers of open families who can be reached, are safe to write to and were not invited yet."""
    open_cases = Case.objects.filter(agency=round.agency_id, closed_on=None, concern_since=None)
    if authority:
        open_cases = open_cases.filter(authority=authority)
    invited = Invitation.objects.filter(round=round, person__isnull=False)
    reached = ~Q(person__email="") | ~Q(person__phone="")
    carers = Membership.objects.filter(
        reached, part=Membership.Part.CARER, until=None, person__has_died=False, household__case__in=open_cases
    )
    return carers.exclude(person__in=invited.values("person")).exclude(to_read_first("household"))


def invite_carers(*, round: Round, authority: UUID | None, base_url: str, by: User) -> None:
    """Have every carer invited who can be, by a worker, as there may be thousands."""
    _refuse(round)
    with ledger.together():
        ledger.note(by=by, what="carers invited to a survey", about=round, kind=Entry.Kind.WRITE)
        said = (str(round.pk), str(authority or ""), base_url)
        transaction.on_commit(partial(send_invitations.enqueue, *said))


def remind_carers(*, round: Round, base_url: str, by: User) -> None:
    """Have everybody reminded who was written to and has not answered; the link is the same."""
    _refuse(round)
    with ledger.together():
        ledger.note(by=by, what="carers reminded of a survey", about=round, kind=Entry.Kind.WRITE)
        transaction.on_commit(partial(send_reminders.enqueue, str(round.pk), base_url))


def hand_out(*, round: Round, number: int, by: User) -> list[str]:
    """Make links that each work once, for those whom we meet; give their secrets."""
    _refuse(round)
    if not 1 <= number <= MOST_TO_HAND_OUT:
        raise Refused(f"Make from 1 to {MOST_TO_HAND_OUT} links at a time", field="number")
    made = [_invitation(round, Sent.HAND) for _ in range(number)]
    with ledger.together():
        ledger.create_many(Invitation, made, by=by, what="survey link to hand out made")
    return [token_of(invitation.pk) for invitation in made]


@task()
def send_invitations(round: str, authority: str, base_url: str) -> None:
    """Write to each carer, one transaction each, so that nobody is written to twice."""
    with system():
        found = Round.objects.select_related("agency", "edition").get(pk=UUID(round))
        rows = carers_to_invite(found, UUID(authority) if authority else None)
        for carer in rows.select_related("person", "household__case").order_by("pk"):
            person, case = carer.person, carer.household.case
            invitation = _invitation(found, Sent.EMAIL if person.email else Sent.TEXT, case_id=case.pk, person=person)
            with ledger.together():
                ledger.create_many(Invitation, [invitation], by=None, what="carer invited to a survey")
                _send(invitation, "invitation", base_url)


@task()
def send_reminders(round: str, base_url: str) -> None:
    """Write once more to each who has not answered and is still safe to write to."""
    with system():
        for invitation in _unanswered(UUID(round)):
            with transaction.atomic():
                _send(invitation, "reminder", base_url)


def _unanswered(round: UUID) -> Iterator[Invitation]:
    waiting = Invitation.objects.filter(round=round, used=False, person__isnull=False, case__closed_on=None)
    safe = waiting.filter(case__concern_since=None, person__has_died=False).exclude(to_read_first("case__household"))
    yield from safe.select_related("person", "round__agency", "round__edition")


def _invitation(round: Round, sent: Sent, **who: object) -> Invitation:
    pk = new_id()
    secret = hash_of(token_of(pk))
    return Invitation(pk=pk, agency_id=round.agency_id, round=round, sent=sent, token_hash=secret, **who)


def _send(invitation: Invitation, letter: str, base_url: str) -> None:
    round, person = invitation.round, invitation.person
    assert person is not None  # noqa: S101  (only those handed out have none)
    link = f"{base_url}{token_of(invitation.pk)}/"
    if invitation.sent == Sent.EMAIL:
        words = {"provider": round.agency.name, "title": str(round.edition.definition["title"])}
        until = in_words(round.closes_on)
        send_on_commit(LETTERS / f"{letter}.txt", to=person.email, secret=True, link=link, until=until, **words)
    else:
        text = f"{settings.SERVICE_NAME}: will you tell us how things are? A few questions, no password: {link}"
        transaction.on_commit(partial(deliver_text.call, person.phone, text), robust=True)


def _refuse(round: Round) -> None:
    if round.way != Round.Way.INVITED:
        raise Refused("Anybody with the address can answer this round, so nobody is invited")
    if not round.is_open(timezone.localdate()):
        raise Refused("This round is over")
