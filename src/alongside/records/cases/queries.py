"""Reading cases, shaped for pages: the caseload, what has happened, goals with where they stand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.base.paging import ROWS_A_PAGE, Page, page_from, place_of, rows_from
from alongside.core.base.prepared import Prepared
from alongside.records.cases.models import Case, Contact, Correction, Draft, Goal, Reading, Step
from alongside.records.people.knowing import noted
from alongside.records.people.models import Membership

SHOWN_AT_ONCE = 10


class Whose(StrEnum):
    """Which part of the families that somebody may see is listed."""

    MINE = "mine"
    TEAM = "team"
    ALL = "all"
    CLOSED = "closed"


class Order(StrEnum):
    """By what a caseload is sorted."""

    NEWEST = "newest"
    OLDEST = "oldest"
    DUE = "due"


# Families with nothing due are left out of that order: there is no place for them in it.
ORDERS = {Order.NEWEST: "-opened_on", Order.OLDEST: "opened_on", Order.DUE: "next_contact_due"}


class Line(NamedTuple):
    """A family as a list shows it; ``noted`` says that something must be known before calling."""

    pk: UUID
    household_id: UUID
    household__name: str
    opened_on: date
    closed_on: date | None
    last_contact_on: date | None
    next_contact_due: date | None
    review_due: date | None
    worker__name: str | None
    children: int
    noted: UUID | None


def caseload(user: User, *, whose: Whose, order: Order, key: str, size: int = ROWS_A_PAGE) -> Page[Any]:
    """Give one page of those families that somebody may see and asks for."""
    by = "-closed_on" if whose == Whose.CLOSED else ORDERS[order]
    place, backwards = place_of(Case, by, key)
    day, pk = place or (None, None)
    lines = [Line._make(row) for row in _caseload(user, whose, order, day, pk, backwards, size, timezone.localdate())]
    return page_from(cast("list[Any]", lines), by, place is not None, backwards, size)


@Prepared
def _caseload(
    user: User,
    whose: Whose,
    order: Order,
    day: date | None,
    pk: UUID | None,
    backwards: bool,
    size: int,
    today: date,
) -> Any:
    """The columns of a :class:`Line`."""
    living = Membership.objects.filter(household=OuterRef("household"), part=Membership.Part.CHILD, until=None)
    number = living.order_by().values("household").annotate(number=Count("pk")).values("number")
    shown = Case.objects.visible_to(user).annotate(children=Coalesce(Subquery(number), 0), noted=noted(user, today))
    cases = shown.values_list(*Line._fields)
    place = (day, pk) if day and pk else None
    if whose == Whose.CLOSED:
        return rows_from(cases.filter(closed_on__isnull=False), "-closed_on", place, backwards, size)
    cases = cases.filter(closed_on=None)
    if whose == Whose.MINE:
        cases = cases.filter(worker=user.pk)
    elif whose == Whose.TEAM:
        cases = cases.filter(team=user.team_id)
    if order == Order.DUE:
        cases = cases.filter(next_contact_due__isnull=False)
    return rows_from(cases, ORDERS[order], place, backwards, size)


def case_of_household(households: Iterable[UUID]) -> dict[UUID, UUID]:
    """Give the case of each of these households."""
    return dict(Case.objects.filter(household__in=households).values_list("household", "pk"))


@dataclass
class Happening:
    """A contact as the timeline shows it."""

    id: UUID
    at: datetime
    channel: str
    outcome: str
    minutes: int | None
    note: str
    came_of_it: str
    by: str
    version: int
    people: list[str] = field(default_factory=list)


def _newest(contacts: QuerySet[Contact]) -> "QuerySet[Contact, Any]":
    """Join the contacts of one page with the few people of each."""
    page = contacts.order_by("-at", "-pk").values("pk")[: SHOWN_AT_ONCE + 1]
    return (
        Contact.objects.filter(pk__in=page)
        .order_by("-at", "-pk", "people__birth_date", "people__name")
        .values_list(
            *("pk", "at", "channel", "outcome", "minutes", "note", "came_of_it", "by__name", "version"),
            *("people__name", "people__known_as"),
        )
    )


_newest_rows = Prepared(lambda cases: _newest(Contact.objects.filter(case__in=cases)), slots=1)


def happenings(case: Case, key: str = "") -> tuple[list[Happening], str]:
    """Give the contacts of a case, newest first, from a key on, with the key of what came earlier, in one query."""
    place = _place(key)
    if place:
        at, pk = place
        beyond = Contact.objects.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk), at__lte=at, case=case)
        rows: Iterable[tuple[Any, ...]] = _newest(beyond)
    else:
        rows = _newest_rows([case.pk])
    found: dict[UUID, Happening] = {}
    for *contact, name, known_as in rows:
        happening = found.setdefault(contact[0], Happening(*contact))
        if name:
            happening.people.append(known_as or name)
    shown = list(found.values())
    last = shown[SHOWN_AT_ONCE - 1] if len(shown) > SHOWN_AT_ONCE else None
    return shown[:SHOWN_AT_ONCE], f"{last.at.isoformat()}|{last.id}" if last else ""


def _place(key: str) -> tuple[datetime, UUID] | None:
    at, _, pk = key.partition("|")
    try:
        moment = datetime.fromisoformat(at)
        return (moment, UUID(pk)) if moment.tzinfo and moment.astimezone(UTC) else None
    except (ValueError, OverflowError):
        return None


class GoalLine(NamedTuple):
    """A goal, where it stands and what comes next."""

    id: UUID
    words: str
    start: int
    set_on: date
    met_on: date | None
    left_on: date | None
    now: int | None
    step: str | None
    step_owner: str | None
    step_due_on: date | None


def goal_columns(path: str) -> tuple[tuple[str, ...], dict[str, Subquery]]:
    """Give the columns of a :class:`GoalLine` for the goals at ``path`` of a row, and what they take to be added."""
    goal = OuterRef(f"{path}pk")
    reading = Reading.objects.filter(goal=goal).order_by("-on", "-pk")
    step = Step.objects.filter(goal=goal, done_on=None).order_by(F("due_on").asc(nulls_last=True), "pk")
    added = {f"next_{name}": Subquery(step.values(name)[:1]) for name in ("words", "owner", "due_on")}
    columns = [f"{path}{name}" for name in ("pk", "words", "start", "set_on", "met_on", "left_on")]
    return (*columns, "now", *added), {"now": Subquery(reading.values("value")[:1]), **added}


def in_order(goals: Iterable[GoalLine]) -> list[GoalLine]:
    """Put goals as a page shows them: those worked on first, the first one set before the others."""
    return sorted(goals, key=lambda goal: (bool(goal.met_on or goal.left_on), goal.set_on, goal.id))


def goal_worked_on(case: Case) -> Goal | None:
    """Give the first of the goals that a family works on now."""
    found: Goal | None = Goal.objects.filter(case=case, met_on=None, left_on=None).order_by("set_on", "pk").first()
    return found


def readings_of(goal: Goal) -> list[Reading]:
    """Give every reading of a goal, the oldest first."""
    return list(Reading.objects.filter(goal=goal).order_by("on", "pk"))


def steps_of(goal: Goal) -> list[Step]:
    """Give the steps of a goal: those still open first, by when they are due."""
    return list(
        Step.objects.filter(goal=goal).order_by(
            F("done_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk"
        )
    )


def usual_channel(case: Case) -> str:
    """Give how this family was last spoken with, as a first guess at how they will be next."""
    last = Contact.objects.filter(case=case, outcome=Contact.Outcome.SPOKE).order_by("-at", "-pk")
    return cast("str | None", last.values_list("channel", flat=True).first()) or Contact.Channel.PHONE


class Unsaved(NamedTuple):
    """Words about a family that somebody has not saved: since when, and the contact that they put right, if they do."""

    case: UUID
    saved_at: datetime
    contact: UUID | None


def _unsaved(user: User) -> Any:
    """One's drafts, but not such as a slow line brought after the new contact itself was saved."""
    saved = Contact.objects.filter(pk=OuterRef("about"))
    return Draft.objects.visible_to(user).filter(Q(correcting=True) | ~Exists(saved)).order_by("-saved_at")


_unsaved_rows = Prepared(lambda user: _unsaved(user).values_list("case", "saved_at", "about", "correcting"))


def drafts_waiting(user: User) -> list[Unsaved]:
    """Give what somebody has written and not saved, new contacts and corrections alike, the newest first."""
    return [Unsaved(case, at, about if correcting else None) for case, at, about, correcting in _unsaved_rows(user)]


def drafts_of(case: Case, user: User) -> list[Draft]:
    """Give somebody's drafts of new contacts with a family, the newest first."""
    return list(_unsaved(user).filter(case=case, correcting=False))


def draft_about(contact: Contact, user: User) -> Draft | None:
    """Give the correction of a contact that somebody has begun and not saved."""
    return cast("Draft | None", Draft.objects.visible_to(user).filter(about=contact.pk).first())


def corrections_of(contact: Contact) -> list[Correction]:
    """Give what a contact said before, the latest first."""
    return list(Correction.objects.filter(contact=contact).select_related("by").order_by("-pk"))
