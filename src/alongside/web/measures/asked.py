"""Which questionnaires a family is asked, when next and how often again: what its programme and contract say."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import F
from django.utils import timezone

from alongside.calc.instruments import Enter, Instrument
from alongside.records.cases.models import Case
from alongside.records.measures.models import Occasion
from alongside.records.measures.usable import chosen, usable
from alongside.records.programmes.models import Enrolment

USUAL = ["five-domains", "ons4", "ucla-3"]
USUAL_WEEKS = 12


class Again(NamedTuple):
    """How often somebody who does not answer may be asked again, and after how many days each time."""

    most: int
    days: int


USUAL_AGAIN = Again(1, 7)


def place_of(case: Case) -> Enrolment | None:
    """Give the family's place in a programme, or else the one that they had last."""
    rows = case.enrolments.select_related("contract__programme")
    last: Enrolment | None = rows.order_by(F("ended_on").desc(nulls_first=True), "-started_on").first()
    return last


def asked_of(case: Case, place: Enrolment | None) -> list[Instrument]:
    """Give the questionnaires of the programme in which the family has its place; the usual ones where it has none."""
    return [one for one in chosen(case.agency_id, _keys(place)) if one.goes_with_others]


def again(place: Enrolment | None) -> Again:
    """Give how often the programme asks again."""
    if place is None:
        return USUAL_AGAIN
    schedule = place.contract.programme.definition["schedule"]
    return Again(schedule["chases_at_most"], schedule["chase_after_days"])


def _keys(place: Enrolment | None) -> list[str]:
    keys: list[str] = place.contract.programme.definition["outcomes"]["instruments"] if place else USUAL
    return keys


def with_more(case: Case, asked: list[Instrument], keys: list[str]) -> list[Instrument]:
    """Add questionnaires that a worker chose to ask as well."""
    return asked + [one for one in chosen(case.agency_id, keys) if one not in asked and one.goes_with_others]


class Offered(NamedTuple):
    """The questionnaires that may be used with a family: those of its programme, and those that are not asked unless a
    worker chooses to: the ones that go with the rest, and the ones that stand on a page of their own, because they are
    about a child or only their scores are entered.
    """

    asked: list[Instrument]
    together: list[Instrument]
    apart: list[Instrument]


def offered(case: Case, place: Enrolment | None) -> Offered:
    """Give every questionnaire that may be used with a family, in one query."""
    known = {one.key: one for one in usable(case.agency_id) if one.enter is not Enter.GOALS}
    asked = [known[key] for key in _keys(place) if key in known and known[key].goes_with_others]
    more = [one for one in known.values() if one not in asked]
    together = [one for one in more if one.goes_with_others]
    return Offered(asked, together, [one for one in more if one not in together])


def likely_occasion(case: Case, started: bool, asked: str = "") -> str:
    """Guess the occasion: the one that a link to the page asks for, or what comes next in the family's time with us."""
    if asked in Occasion.values:
        return asked
    if case.closed_on:
        return Occasion.FOLLOW_UP
    return Occasion.REVIEW if started else Occasion.START


def next_review(case: Case) -> date | None:
    """Give the day of the review after one that is done today; none once the family has finished."""
    if case.closed_on:
        return None
    enrolment = place_of(case)
    weeks = enrolment.contract.review_weeks if enrolment and enrolment.ended_on is None else USUAL_WEEKS
    return timezone.localdate() + timedelta(weeks=weeks)
