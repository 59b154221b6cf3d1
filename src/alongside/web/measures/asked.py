"""Which questionnaires a family is asked, and when next: what its programme and contract say."""

from datetime import date, timedelta

from django.utils import timezone

from alongside.calc.instruments import Instrument
from alongside.records.cases.models import Case
from alongside.records.measures.library import chosen, instruments
from alongside.records.programmes.models import Enrolment

USUAL = ["five-domains", "ons4", "ucla-3"]
USUAL_WEEKS = 12


def _enrolment(case: Case) -> Enrolment | None:
    rows = case.enrolments.select_related("contract__programme").order_by("ended_on", "-started_on")
    current: Enrolment | None = rows.filter(ended_on=None).first()
    return current


def asked_of(case: Case) -> list[Instrument]:
    """Give the questionnaires of the family's programme; the usual ones where it is in none now."""
    enrolment = _enrolment(case)
    keys = enrolment.contract.programme.definition["outcomes"]["instruments"] if enrolment else USUAL
    return chosen(keys)


def with_more(asked: list[Instrument], keys: list[str]) -> list[Instrument]:
    """Add questionnaires that a worker chose to ask as well."""
    return asked + [one for one in chosen(keys) if one not in asked]


def others(asked: list[Instrument]) -> list[Instrument]:
    """Give the questionnaires that are not asked unless a worker chooses to."""
    return [one for one in instruments() if one.items and one not in asked]


def next_review(case: Case) -> date | None:
    """Give the day of the review after one that is done today; none once the family has finished."""
    if case.closed_on:
        return None
    enrolment = _enrolment(case)
    weeks = enrolment.contract.review_weeks if enrolment else USUAL_WEEKS
    return timezone.localdate() + timedelta(weeks=weeks)
