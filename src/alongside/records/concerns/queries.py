"""Reading concerns, shaped for pages: what is open, the story of one, and which managers are told."""

from datetime import datetime, time
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.agencies.queries import managers_of
from alongside.core.base.paging import Page, page_of
from alongside.records.cases.models import Case
from alongside.records.concerns.models import Concern, ConcernStep
from alongside.records.concerns.rules import Due, Office, nobody_at_work, still_due
from alongside.records.concerns.times import times
from alongside.records.people.knowing import knowers_of


def office() -> Office:
    """Give when the service is at work."""
    opens, closes = (time.fromisoformat(clock.strip()) for clock in settings.OFFICE_HOURS.split("-"))
    return Office(opens, closes, timezone.get_current_timezone())


def due_of(concern: Concern) -> list[Due]:
    """Give what is still to be done about a concern, the most urgent first."""
    return still_due(concern.facts, times(), office())


def out_of_hours(now: datetime) -> bool:
    """Say whether the hour that a manager has from now runs into a time when nobody is at work."""
    seen = still_due(Concern(created_at=now, danger=False).facts, times(), office())[0]
    return nobody_at_work(now, seen.by, office())


def open_concerns(user: User, key: str) -> Page[Concern]:
    """Give a page of the open concerns that somebody may know of, what is due first at the top."""
    rows = Concern.objects.visible_to(user).filter(closed_at=None)
    return page_of(_joined(rows), order="due_at", key=key)


def in_nobodys_week(user: User) -> QuerySet[Concern]:
    """Give the open concerns that no open family carries: it is not found yet, or the work with it has ended."""
    uncarried = Q(case=None) | Q(case__closed_on__isnull=False)
    return Concern.objects.visible_to(user).filter(uncarried, closed_at=None).order_by()


def closed_concerns(user: User, key: str) -> Page[Concern]:
    """Give a page of the closed ones, the latest first."""
    rows = Concern.objects.visible_to(user).filter(closed_at__isnull=False)
    return page_of(_joined(rows), order="-closed_at", key=key)


def _joined(rows: QuerySet[Concern]) -> QuerySet[Concern]:
    return rows.select_related("case__household", "raised_by")


def concerns_of(case: Case) -> list[Concern]:
    """Give the concerns of a family, the open ones first and then the latest."""
    rows = (
        Concern.objects.filter(case=case).select_related("case__household", "raised_by").order_by("-created_at", "-pk")
    )
    return sorted(rows, key=lambda concern: concern.closed_at is not None)


def steps_of(concern: Concern) -> list[ConcernStep]:
    """Give what was done about a concern, in its order."""
    return list(ConcernStep.objects.filter(concern=concern).select_related("by").order_by("at", "pk"))


def managers_to_tell(agency_id: UUID, case: Case | None) -> list[User]:
    """Give the managers who are told of a concern: those of the family's team, or where it has none, all.

    Only those who may know of the family; where no manager may, everybody who may is told in their place.
    """
    managers = managers_of(agency_id)
    if case is None:
        return managers
    named = knowers_of(case.household_id)
    if named is not None:
        managers = [user for user in managers if user in named] or [user for user in named if user.is_active]
    return [user for user in managers if user.team_id == case.team_id] or managers


def open_since(case_id: UUID) -> datetime | None:
    """Say since when a family has had a concern open; None where it has none."""
    rows = Concern.objects.filter(case=case_id, closed_at=None).order_by("created_at")
    since: datetime | None = rows.values_list("created_at", flat=True).first()
    return since
