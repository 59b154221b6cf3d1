"""Answers shaped for pages: how things are for somebody, then and now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from alongside.calc.instruments import Instrument, Method, Scale
from alongside.core.agencies.models import User
from alongside.core.base.prepared import Prepared
from alongside.core.base.tokens import hash_of
from alongside.records.cases.models import Case
from alongside.records.measures.library import instruments
from alongside.records.measures.models import AnswerSet, CheckInLink, HalfFilled, Occasion
from alongside.records.measures.usable import as_answered
from alongside.records.people.models import Membership, Person


@dataclass(frozen=True, slots=True)
class Point:
    """One score on one day, and how it was given; ``value`` is None where too much was left unsaid."""

    on: date
    occasion: str
    value: float | None
    how: str


@dataclass(frozen=True, slots=True)
class Line:
    """One scale over time for one person, oldest first. ``who`` names the child whom it is about, and them where others
    answered as well.
    """

    person: UUID
    child: UUID | None
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


def lines(case: Case, known: Iterable[Instrument] = ()) -> list[Line]:
    """Give each scale that anybody ever answered in a case, in the order of the questionnaires.

    What two carers answered, about two children or by two editions, is never put in one line: that would compare one
    of them with the other. Those of ``known`` are not looked up again.
    """
    answered: dict[tuple[str, str], dict[Whose, list[Given]]] = defaultdict(lambda: defaultdict(list))
    for instrument, edition, person, name, known_as, child, child_name, child_known_as, *rest in _answers([case.pk]):
        whose = Whose(person, known_as or name, child, child_known_as or child_name or "")
        answered[instrument, edition][whose].append(Given(*rest))
    carers = {whose.person for by_whom in answered.values() for whose in by_whom}
    read = as_answered(case.agency_id, answered, known)
    order = {one.key: place for place, one in enumerate(instruments())}
    return [
        Line(whose.person, whose.child, whose.said(len(carers) > 1), read[pair], scale, _points(scale, given))
        for pair in sorted(read, key=lambda pair: (order.get(pair[0], len(order)), *pair))
        for whose, given in answered[pair].items()
        for scale in read[pair].scales
        if scale.method is not Method.ENTERED or any(one.scores.get(scale.key) is not None for one in given)
    ]


class Whose(NamedTuple):
    """Who answered, and about whom where that is a child."""

    person: UUID
    name: str
    child: UUID | None
    child_name: str

    def said(self, several: bool) -> str:
        """Name the child, and the carer where several of them answered."""
        return ", by ".join(name for name in (self.child_name, self.name if several else "") if name)


class Given(NamedTuple):
    """The scores of one time."""

    on: date
    occasion: str
    scores: dict[str, float | None]
    mode: str
    proxy_known_as: str | None
    proxy_name: str | None
    proxy_words: str
    interpreter: str

    @property
    def how(self) -> str:
        """Say how it was answered, by whom for them, and who interpreted."""
        said = [AnswerSet.Mode(self.mode).label]
        if proxy := self.proxy_known_as or self.proxy_name or self.proxy_words:
            said.append(f"{proxy} answered for them")
        if self.interpreter:
            label = AnswerSet.Interpreter(self.interpreter).label
            said.append(f"interpreted by {label[0].lower()}{label[1:]}")
        return "; ".join(said)


def _points(scale: Scale, given: list[Given]) -> list[Point]:
    return [Point(one.on, Occasion(one.occasion).label, one.scores.get(scale.key), one.how) for one in given]


_answers = Prepared(
    lambda cases: (
        AnswerSet.objects.filter(case__in=cases)
        .order_by("answered_on", "created_at")
        .values_list(
            *("instrument", "edition", "person", "person__name", "person__known_as"),
            *("child", "child__name", "child__known_as"),
            *("answered_on", "occasion", "scores", "mode"),
            *("proxy__known_as", "proxy__name", "proxy_words", "interpreter"),
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


def half_filled(case: Case, user: User) -> HalfFilled | None:
    """Give the form of this family's answers that somebody has not finished."""
    found: HalfFilled | None = HalfFilled.objects.visible_to(user).filter(case=case).first()
    return found


def started(case: Case, **of: str) -> bool:
    """Say whether how things were at the start is recorded, by any questionnaire or ``instrument``."""
    return AnswerSet.objects.filter(case=case, occasion=Occasion.START, **of).exists()


def carers(case: Case) -> list[Person]:
    """Give the carers of the household now, who can be asked."""
    here = Membership.objects.filter(household=case.household_id, part=Membership.Part.CARER, until=None)
    return [membership.person for membership in here.select_related("person").order_by("created_at")]
