"""What is due to be asked of the families that somebody sees, in the same number of queries however many they are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.insight.asking.rules import (
    BEFOREHAND_DAYS,
    SOON_DAYS,
    Done,
    Schedule,
    Time,
    Wanted,
    horizon,
    schedule_of,
    wanted_of,
)
from alongside.records.cases.models import Case, Closure
from alongside.records.measures.models import AnswerSet, CheckInLink, HalfFilled, NotAsked, Occasion
from alongside.records.people.knowing import noted
from alongside.records.programmes.models import Enrolment, Programme

AT_ONCE = 20


class Whose(StrEnum):
    """Whose families are listed."""

    MINE = "mine"
    TEAM = "team"
    ALL = "all"


class Family(NamedTuple):
    """A family as the list shows it; ``noted`` says that something must be known before calling, ``begun`` when the one
    who looks last kept a form that is half filled in, ``later`` how ``later_name`` agreed to be sent questions by
    itself after the end.
    """

    pk: UUID
    household__name: str
    worker__name: str | None
    closed_on: date | None
    noted: UUID | None
    begun: datetime | None
    later: str | None
    later_name: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that is due, of whom, and what was done about it so far."""

    family: Family
    wanted: Wanted
    link: CheckInLink | None


@dataclass(frozen=True, slots=True)
class DueList:
    """One page of what is due, and how much of it is late, and there is in all."""

    rows: list[Asked]
    number: int
    late: int


def due_list(user: User, whose: Whose, start: int = 0) -> DueList:
    """Give what is due to be asked, the longest due first, from a place in that order on."""
    today = timezone.localdate()
    found = _everything(user, whose, today)
    late = sum(one.due < today for _, one in found)
    return DueList(_shown(user, found[start : start + AT_ONCE], today), len(found), late)


def _everything(user: User, whose: Whose, today: date) -> list[tuple[UUID, Wanted]]:
    schedules = {row.pk: schedule_of(row.definition) for row in Programme.objects.all()}
    wanted = {(case, one.occasion, one.months): one for case, one in _reviews(user, whose, today)}
    times = Enrolment.objects.visible_to(user).filter(_part(user, whose, "case__"))
    for case, _, one in sorted(scheduled(times, schedules, today), key=lambda each: each[2], reverse=True):
        wanted[case, one.occasion, one.months] = one  # of two programmes the one that asks earlier
    return sorted(((key[0], one) for key, one in wanted.items()), key=lambda each: (each[1], each[0]))


def _reviews(user: User, whose: Whose, today: date) -> Iterable[tuple[UUID, Wanted]]:
    """The day of a family's next review is kept with its case, and stays until it was held or left out."""
    soon = today + timedelta(days=SOON_DAYS)
    rows = Case.objects.visible_to(user).filter(
        _part(user, whose), closed_on=None, paused_since=None, review_due__lte=soon
    )
    for pk, due in rows.values_list("pk", "review_due"):
        yield pk, Wanted(due, Occasion.REVIEW, due - timedelta(days=SOON_DAYS))


def scheduled(times: Any, schedules: dict[UUID, Schedule], today: date) -> Iterable[tuple[UUID, UUID, Wanted]]:
    """Give what the schedules ask for of these times in a programme: the case, the programme, and what."""
    started, ended = (today - timedelta(days=days) for days in horizon(schedules.values()))
    others = Enrolment.objects.filter(case=OuterRef("case")).exclude(pk=OuterRef("pk"))
    back = Exists(others.filter(Q(ended_on=None) | Q(started_on__gte=OuterRef("ended_on"))))
    closures = Closure.objects.filter(case=OuterRef("case"))
    rather_not = Exists(closures.filter(reopened_on=None, later=Closure.Later.RATHER_NOT))
    reopened = closures.filter(reopened_on__isnull=False).order_by("-reopened_on").values("reopened_on")
    times = times.filter(
        Q(ended_on=None, started_on__gte=started, case__closed_on=None, case__paused_since=None)
        | Q(ended_on__gte=ended)
    )
    told = times.annotate(back=back, rather_not=rather_not, again=Subquery(reopened[:1]))
    rows = list(
        told.values_list("case", "contract__programme", "again", "started_on", "ended_on", "back", "rather_not")
    )
    since = min((row[3] for row in rows), default=today) - timedelta(days=BEFOREHAND_DAYS)
    done = _done(times.values("case"), since)
    for case, programme, again, *time in rows:
        for one in wanted_of(Time(*time), schedules[programme], done[case], again or date.min, today):
            yield case, programme, one


def _done(cases: Any, since: date) -> dict[UUID, list[Done]]:
    """Give by case when somebody was asked or left in peace, and on which occasion."""
    found: dict[UUID, list[Done]] = defaultdict(list)
    theirs = AnswerSet.objects.filter(child=None)  # a form about a child alone tells nothing of how the carer is
    answered = theirs.filter(Q(answered_on__gte=since) | Q(occasion=Occasion.START), case__in=cases)
    spared = NotAsked.objects.filter(case__in=cases, on__gte=since)
    asked = answered.values_list("case", "answered_on", "occasion")
    for case, on, occasion in asked.union(spared.values_list("case", "on", "occasion")):
        found[case].append(Done(on, occasion))
    return found


def _shown(user: User, found: list[tuple[UUID, Wanted]], today: date) -> list[Asked]:
    pks = {case for case, _ in found}
    begun = HalfFilled.objects.visible_to(user).filter(case=OuterRef("pk")).values("saved_at")[:1]
    agreed = Closure.objects.filter(case=OuterRef("pk"), reopened_on=None, later_person__isnull=False)
    rows = Case.objects.visible_to(user).filter(pk__in=pks)
    rows = rows.annotate(
        noted=noted(user, today),
        begun=Subquery(begun),
        later=Subquery(agreed.values("later")[:1]),
        later_name=Subquery(
            agreed.values(name=Coalesce(NullIf("later_person__known_as", Value("")), "later_person__name"))[:1]
        ),
    )
    families = {row[0]: Family._make(row) for row in rows.values_list(*Family._fields)}
    unused = (
        CheckInLink.objects.filter(case__in=pks, used_at=None).select_related("person").order_by("created_at", "pk")
    )
    links = {(link.case_id, link.occasion): link for link in unused}
    return [Asked(families[case], one, _of_now(links.get((case, one.occasion)), one)) for case, one in found]


def _of_now(link: CheckInLink | None, wanted: Wanted) -> CheckInLink | None:
    """Leave out a link that was sent for an earlier occasion of the kind."""
    return link if link and link.asked_on >= wanted.since else None


def _part(user: User, whose: Whose, path: str = "") -> Q:
    if whose == Whose.MINE:
        return Q(**{f"{path}worker": user.pk})
    return Q(**{f"{path}team": user.team_id}) if whose == Whose.TEAM else Q()
