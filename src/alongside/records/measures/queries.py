"""Answers shaped for pages: how things are for somebody, then and now."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.calc.instruments import Instrument, Scale
from alongside.core.agencies.models import User
from alongside.core.base.prepared import Prepared
from alongside.core.base.tokens import hash_of
from alongside.records.cases.models import Case
from alongside.records.measures.library import instruments
from alongside.records.measures.models import AnswerSet, CheckInLink, HalfFilled, Occasion
from alongside.records.people.models import Membership, Person


@dataclass(frozen=True, slots=True)
class Point:
    """One score on one day; ``value`` is None where too much was left unsaid."""

    on: date
    occasion: str
    value: float | None
    mode: str


@dataclass(frozen=True, slots=True)
class Line:
    """One scale over time for one person, oldest first; ``who`` names them where others answered as well."""

    person: UUID
    who: str
    instrument: Instrument
    scale: Scale
    points: list[Point]

    @property
    def then(self) -> float | None:
        """The first score there is."""
        return next((point.value for point in self.points if point.value is not None), None)

    @property
    def now(self) -> float | None:
        """The latest score, where there are two."""
        values = [point.value for point in self.points if point.value is not None]
        return values[-1] if len(values) > 1 else None

    @property
    def way(self) -> str:
        """Say in a word which way it went; nothing where there is nothing to compare."""
        if self.then is None or self.now is None:
            return ""
        if self.now == self.then:
            return "the same"
        return "better" if (self.now > self.then) == self.scale.higher_is_better else "harder"


def lines(case: Case) -> list[Line]:
    """Give each scale that anybody ever answered in a case, in the order of the questionnaires.

    What two carers answered is never put in one line: that would compare one of them with the other.
    """
    answered: dict[str, dict[UUID, list[tuple[Any, ...]]]] = defaultdict(lambda: defaultdict(list))
    names: dict[UUID, str] = {}
    for instrument, person, name, known_as, *answers in _answers([case.pk]):
        names[person] = known_as or name
        answered[instrument][person].append(tuple(answers))
    return [
        Line(
            person,
            names[person] if len(names) > 1 else "",
            instrument,
            scale,
            [Point(on, Occasion(occasion).label, scores.get(scale.key), mode) for on, occasion, scores, mode in given],
        )
        for instrument in instruments()
        for person, given in answered.get(instrument.key, {}).items()
        for scale in instrument.scales
    ]


_answers = Prepared(
    lambda cases: (
        AnswerSet.objects.filter(case__in=cases)
        .order_by("answered_on", "created_at")
        .values_list(
            *("instrument", "person", "person__name", "person__known_as"),
            *("answered_on", "occasion", "scores", "mode"),
        )
    ),
    slots=1,
)


def latest_changes(case: Case) -> list[Line]:
    """Give the few lines that the family's page shows: those of the first questionnaire that was answered."""
    found = lines(case)
    return [line for line in found if line.instrument == found[0].instrument]


def open_link(token: str) -> CheckInLink | None:
    """Find the link that a token opens: not used, not expired; None gives no hint which it was."""
    rows = CheckInLink.objects.filter(token_hash=hash_of(token), used_at=None, expires_at__gt=timezone.now())
    return rows.select_related("case", "person", "agency").first()


def waiting_link(case: Case) -> CheckInLink | None:
    """Give the link that the family has and has not used yet."""
    open_ones = case.check_in_links.filter(used_at=None, expires_at__gt=timezone.now()).select_related("person")
    return open_ones.order_by("-created_at").first()


def half_filled(case: Case, user: User) -> HalfFilled | None:
    """Give the form of this family's answers that somebody has not finished."""
    found: HalfFilled | None = HalfFilled.objects.visible_to(user).filter(case=case).first()
    return found


def started(case: Case) -> bool:
    """Say whether how things were at the start is recorded."""
    return AnswerSet.objects.filter(case=case, occasion=Occasion.START).exists()


def carers(case: Case) -> list[Person]:
    """Give the carers of the household now, who can be asked."""
    here = Membership.objects.filter(household=case.household_id, part=Membership.Part.CARER, until=None)
    return [membership.person for membership in here.select_related("person").order_by("created_at")]
