"""Making the links from which carers answer, keeping what is answered from them, and ending them."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from alongside.calc.scoring import Answer, score
from alongside.core.audit import ledger
from alongside.core.audit.ledger import Actor
from alongside.core.base.errors import Refused
from alongside.core.base.tokens import hash_of, new_token
from alongside.records.cases.models import Case
from alongside.records.measures.models import AnswerSet, CheckInLink
from alongside.records.measures.telling import send
from alongside.records.measures.usable import chosen, held
from alongside.records.people.models import Person

LINK_DAYS = 14
CARRIED_DAYS = 42  # for how long an answer that was given half-way still says how things are
Way = CheckInLink.Way


def make_link(
    *,
    case: Case,
    person: Person,
    occasion: str,
    asked: list[str],
    by: Actor | None,
    base_url: str,
    way: str = Way.NOBODY,
    chases: int = 0,
    chase_days: int = 0,
    id: UUID | None = None,
) -> tuple[CheckInLink, str]:
    """Make a link from which one carer answers once, send it by the way chosen, and give it with its address. The
    address is known only now: the database keeps a hash.

    Her earlier unused links end; what was answered from the last of them on this occasion goes over to the new one.
    Unanswered, it is chased ``chases`` times. ``base_url`` is the address under which links are opened, ending in a
    slash.
    """
    check_way(person, way)
    token, now = new_token(), timezone.now()
    instruments = [instrument.key for instrument in chosen(case.agency_id, asked) if instrument.items]
    again = chases > 0 and way != Way.NOBODY
    with ledger.together():
        earlier = _earlier(case, person, occasion)
        end_links(case, "", by, person=person)
        link = ledger.create(
            CheckInLink,
            by=by,
            what="check-in link made",
            agency_id=case.agency_id,
            case=case,
            person=person,
            occasion=occasion,
            instruments=instruments,
            answers={key: given for key, given in earlier.answers.items() if key in instruments} if earlier else {},
            token_hash=hash_of(token),
            expires_at=now + timedelta(days=LINK_DAYS),
            way=way,
            first=earlier.origin if earlier else None,
            asked_on=earlier.asked_on if earlier else timezone.localdate(),
            chased=earlier.chased + 1 if earlier else 0,
            chases_left=chases if again else 0,
            chase_days=chase_days if again else 0,
            chase_on=timezone.localdate() + timedelta(days=chase_days) if again else None,
            **({"id": id} if id else {}),
        )
        send(link, f"{base_url}{token}/", LINK_DAYS)
    return link, f"{base_url}{token}/"


def check_way(person: Person, way: str) -> None:
    """Refuse a message that could not arrive."""
    if way == Way.EMAIL and not person.email:
        raise Refused(f"We have no e-mail address for {person.name}", field="way")
    if way == Way.TEXT and not person.phone:
        raise Refused(f"We have no phone number for {person.name}", field="way")


def _earlier(case: Case, person: Person, occasion: str) -> CheckInLink | None:
    """Give the link that this person had last on this occasion and has not used; none once they have answered it."""
    since = timezone.localdate() - timedelta(days=CARRIED_DAYS)
    rows = CheckInLink.objects.filter(case=case, person=person, occasion=occasion, used_at=None, asked_on__gte=since)
    last: CheckInLink | None = rows.order_by("-created_at", "-pk").first()
    if last is None:
        return None
    answered = AnswerSet.objects.filter(case=case, person=person, occasion=occasion, answered_on__gte=last.asked_on)
    return None if answered.exists() else last


def end_links(
    case: Case, occasion: str, by: Actor | None, *, person: Person | None = None, asking: Collection[str] = ()
) -> None:
    """End the links of a family that nobody has used and stop chasing; ``occasion``, ``person`` and ``asking``, which
    instruments, narrow which.
    """
    now = timezone.now()
    rows = CheckInLink.objects.filter(Q(expires_at__gt=now) | Q(chase_on__isnull=False), case=case, used_at=None)
    if person is not None:
        rows = rows.filter(person=person)
    if occasion:
        rows = rows.filter(occasion=occasion)
    for link in rows:
        if asking and not set(asking) & set(link.instruments):
            continue
        ends = min(link.expires_at, now)
        ledger.update(link, by=by, what="check-in link ended", expires_at=ends, chase_on=None, chases_left=0)


def save_answer(*, link: CheckInLink, instrument: str, item: str, answer: Answer) -> CheckInLink:
    """Keep one answer given from a link, so that stopping half-way loses nothing.

    Raises ``AnswerError`` where the question does not allow it.
    """
    score(held(link.agency_id, instrument), {item: answer})
    answers: dict[str, Any] = {key: dict(items) for key, items in link.answers.items()}
    answers.setdefault(instrument, {})[item] = answer
    return ledger.update(link, by=link, what="answer given", answers=answers)
