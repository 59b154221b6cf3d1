"""Which questionnaires a family is asked, when next and how often again: what its programme and contract say."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import F
from django.utils import timezone

from alongside.calc.instruments import Enter, Instrument, Subject
from alongside.records.cases.models import Case
from alongside.records.measures.usable import chosen, usable
from alongside.records.programmes.models import Enrolment

USUAL = ["five-domains", "ons4", "ucla-3"]
USUAL_WEEKS = 12


class Again(NamedTuple):
    """How often somebody who does not answer may be asked again, and after how many days each time."""

    most: int
    days: int


USUAL_AGAIN = Again(1, 7)


def _enrolment(case: Case) -> Enrolment | None:
    """Give the family's place in a programme, or else the one that they had last."""
    rows = case.enrolments.select_related("contract__programme")
    last: Enrolment | None = rows.order_by(F("ended_on").desc(nulls_first=True), "-started_on").first()
    return last


def asked_of(case: Case) -> list[Instrument]:
    """Give the questionnaires of the family's programme; the usual ones where it was in none."""
    enrolment = _enrolment(case)
    keys = enrolment.contract.programme.definition["outcomes"]["instruments"] if enrolment else USUAL
    return [one for one in chosen(case.agency_id, keys) if _together(one)]


def again(case: Case) -> Again:
    """Give how often the family's programme asks again."""
    enrolment = _enrolment(case)
    if enrolment is None:
        return USUAL_AGAIN
    schedule = enrolment.contract.programme.definition["schedule"]
    return Again(schedule["chases_at_most"], schedule["chase_after_days"])


def with_more(case: Case, asked: list[Instrument], keys: list[str]) -> list[Instrument]:
    """Add questionnaires that a worker chose to ask as well."""
    return asked + [one for one in chosen(case.agency_id, keys) if one not in asked and _together(one)]


def others(case: Case, asked: list[Instrument]) -> tuple[list[Instrument], list[Instrument]]:
    """Give the questionnaires that are not asked unless a worker chooses to: those that go with the rest, and those
    that stand on a page of their own, because they are about a child or only their scores are entered.
    """
    more = [one for one in usable(case.agency_id) if one not in asked and one.enter is not Enter.GOALS]
    return [one for one in more if _together(one)], [one for one in more if not _together(one)]


def _together(one: Instrument) -> bool:
    return bool(one.items) and one.subject is Subject.CARER


def next_review(case: Case) -> date | None:
    """Give the day of the review after one that is done today; none once the family has finished."""
    if case.closed_on:
        return None
    enrolment = _enrolment(case)
    weeks = enrolment.contract.review_weeks if enrolment and enrolment.ended_on is None else USUAL_WEEKS
    return timezone.localdate() + timedelta(weeks=weeks)
