"""What has begun with a family and is not answered yet: a link, a form half filled in, being left in peace."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.records.cases.models import Case
from alongside.records.measures.models import AnswerSet, CheckInLink, HalfFilled, NotAsked, Occasion


class Waiting(NamedTuple):
    """The link that the family has and has not used yet."""

    person__name: str
    answers: dict[str, Any]
    expires_at: datetime
    chase_on: date | None


class Peace(NamedTuple):
    """The last time that the family was not asked."""

    occasion: str
    on: date
    why: str
    words: str

    @property
    def said(self) -> tuple[str, str]:
        """Say the occasion and the reason in words."""
        return Occasion(self.occasion).label.lower(), NotAsked.Why(self.why).label.lower()


class UnderWay(NamedTuple):
    """Each where there is such a thing; ``begun`` is when the one who looks last kept a form that is half filled in,
    ``started`` whether how things were at the start is recorded.
    """

    waiting: Waiting | None
    peace: Peace | None
    begun: datetime | None
    started: bool


def under_way(case: Case, user: User) -> UnderWay:
    """Give what has begun with a family, in one query; being left in peace only until they have answered again."""
    links = CheckInLink.objects.filter(case=OuterRef("pk"), used_at=None, expires_at__gt=timezone.now())
    since = AnswerSet.objects.filter(case=OuterRef("case"), answered_on__gt=OuterRef("on"))
    spared = NotAsked.objects.filter(~Exists(since), case=OuterRef("pk"))
    begun = HalfFilled.objects.visible_to(user).filter(case=OuterRef("pk"))
    columns = [
        *_first(links.order_by("-created_at", "-pk"), Waiting._fields),
        *_first(spared.order_by("-on", "-created_at"), Peace._fields),
        *_first(begun, ("saved_at",)),
        Exists(AnswerSet.objects.filter(case=OuterRef("pk"), occasion=Occasion.START)),
    ]
    row = Case.objects.filter(pk=case.pk).values_list(*columns).get()
    link, peace = row[: len(Waiting._fields)], row[len(Waiting._fields) : -2]
    return UnderWay(Waiting._make(link) if link[0] else None, Peace._make(peace) if peace[0] else None, *row[-2:])


def _first(rows: QuerySet[Any], names: tuple[str, ...]) -> list[Subquery]:
    return [Subquery(rows.values(name)[:1]) for name in names]
