"""The families of a trial made into rows: everybody whom chance allocated, counted from that day, where it put them."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from alongside.insight.evaluation.freezing.building import Built, Columns, Facts
from alongside.insight.evaluation.freezing.reading import Answered, Known, Taken, known_of
from alongside.insight.evaluation.outcomes import editions_of
from alongside.insight.evaluation.rows import CLUSTER, COMPARISON, LEVEL, SUPPORT, Words, pseudonym
from alongside.insight.evaluation.rules import Definition
from alongside.records.measures.models import Occasion
from alongside.records.measures.usable import measuring
from alongside.records.people.models import Membership
from alongside.records.trials import rules
from alongside.records.trials.flow import entrants
from alongside.records.trials.models import Allocation, Trial, TrialConsent
from alongside.records.trials.rules import Entrant

ARMS = (SUPPORT, COMPARISON)


@dataclass(frozen=True, slots=True)
class Randomised:
    """A trial's rows, with what the flow says of each: what became of the family, and what it had."""

    built: Built
    became: tuple[str, ...]
    had: tuple[str, ...]


class _Agreed(NamedTuple):
    """Who agreed for a family, and whether her answers may stay."""

    person: UUID | None
    stays: bool


class _Allocated(Facts):
    """A family from the day of chance on.

    In a trial an answer counts by its day: until that day it is of the start. It is of the questions that measure the
    trial, by whoever of the carers answered first. A family stays in it whose carer is none any more.
    """

    def __init__(self, known: Known, place: Taken, today: date, agreed: _Agreed) -> None:
        self.agreed = agreed
        super().__init__(known, place, today)

    def _answered(self) -> tuple[UUID | None, list[Answered]]:
        day, agreed = self.place.started_on, self.agreed
        carers = [one.person for one in self.known.living[self.place.household] if one.part == Membership.Part.CARER]
        answers = [
            one._replace(occasion=Occasion.START if one.on <= day else Occasion.REVIEW)
            for one in self.known.answers.get(self.place.case, [])
            if agreed.stays and one.on >= day - rules.BEFORE
        ]
        answers = [one for one in answers if one.person in carers]
        first = agreed.person if agreed.person in carers else next(iter(carers), None)
        carer = answers[0].person if answers else first
        return carer, [one for one in answers if one.person == carer]


def randomised(trial: Trial, definition: Definition, cohort: UUID, today: date) -> Randomised:
    """Read everybody whom chance allocated, in the order of their pseudonyms."""
    allocations = Allocation.objects.filter(trial=trial).select_related("case__authority")
    by_key = sorted((pseudonym(one.case_id, cohort), one) for one in allocations)
    found = [(key, one, _place(trial, one)) for key, one in by_key]
    said = TrialConsent.objects.filter(trial=trial).order_by("pk").values_list("case", "person")
    person = dict(said)
    families = entrants(trial)
    instruments = tuple(one for one in measuring(trial.agency_id) if one.key == trial.instrument)
    known, columns = known_of(trial.agency_id, [place for _, _, place in found], instruments, today), Columns()
    for number, (_, one, place) in enumerate(found):
        entrant = families[one.case_id]
        stays = entrant.withdrawn_on is None or entrant.answers_may_stay
        facts = _Allocated(known, place, today, _Agreed(person.get(one.case_id), stays))
        columns.add(number, facts, ARMS[one.arm])
    rows = columns.rows(tuple(key for key, _, _ in found), definition)
    levels = {f"{LEVEL}{name}": Words.of([one.levels.get(name, "") for _, one, _ in found]) for name in trial.factors}
    if trial.level:
        levels[CLUSTER] = Words.of([str(one.cluster_id or "") for _, one, _ in found])
    rows = replace(rows, words={**rows.words, **levels})
    told = [_told(trial, families[one.case_id]) for _, one, _ in found]
    built = Built(rows, 0, 0, tuple(one.case_id for _, one, _ in found), editions_of(instruments))
    return Randomised(built, tuple(became for became, _ in told), tuple(had for _, had in told))


def _place(trial: Trial, one: Allocation) -> Taken:
    """The time from the day of chance until the work ended, as if it were a place."""
    case = one.case
    authority, code = (case.authority.name, case.authority.code) if case.authority else (None, None)
    named, days = ("", trial.programme.name, authority), (one.allocated_on, case.closed_on)
    return Taken(one.pk, one.case_id, case.household_id, trial.pk, *named, *days, None, code)


def _told(trial: Trial, family: Entrant) -> tuple[str, str]:
    day = family.allocated_on or date.min
    follow_up = timedelta(weeks=trial.follow_up_weeks)
    return rules.followed(family, day, trial.asked_again), rules.received(family, day, follow_up)
