"""Families written in bulk for a quarter that can be checked on paper."""

from datetime import date, datetime, time, timedelta

from alongside.records.cases.models import Case, Contact
from alongside.records.measures.models import AnswerSet
from alongside.records.people.models import Arrangement, Household, Membership, Person, PlanStatus
from alongside.records.programmes.models import Decision, Enrolment
from alongside.records.referrals.models import Referral
from tests.cast import LONDON, Cast

QUARTER_START = date(2026, 7, 1)


def at(day: date, hour: int = 12) -> datetime:
    """A moment of a day in London."""
    return datetime.combine(day, time(hour), LONDON)


def family(
    cast: Cast,
    number: int,
    *,
    started_on: date = date(2026, 7, 6),
    ended_on: date | None = None,
    wait: int = 4,
    children: int = 1,
    kind: str = "special_guardianship",
    plan: str = "",
    scores: tuple[int, int] | None = None,
) -> Case:
    """One carer with children: referred ``wait`` days before support began, accepted a day before, called that day."""
    agency = cast.provider
    home = Household.objects.create(agency=agency, name=f"Carer {number}", authority=cast.kirklees, team=cast.team)
    carer = Person.objects.create(agency=agency, name=f"Carer {number}")
    Membership.objects.create(agency=agency, household=home, person=carer, part="carer")
    for one in range(children):
        child = Person.objects.create(agency=agency, name=f"Child {number}.{one}")
        Membership.objects.create(agency=agency, household=home, person=child, part="child")
        Arrangement.objects.create(agency=agency, child=child, carer=carer, kind=kind, started_on=date(2025, 1, 1))
        if plan:
            PlanStatus.objects.create(
                agency=agency, child=child, kind=plan, started_on=date(2026, 1, 1), said_by="The social worker"
            )
    referral = Referral.objects.create(
        agency=agency,
        source="agency",
        source_agency=cast.kirklees,
        authority=cast.kirklees,
        received_at=at(started_on - timedelta(days=wait)),
        status="accepted",
        status_at=at(started_on - timedelta(days=1)),
    )
    Decision.objects.create(
        agency=agency,
        referral=referral,
        contract=cast.contract,
        outcome="accepted",
        words="Yes",
        decided_at=at(started_on - timedelta(days=1)),
        by=cast.morgan,
    )
    case = Case.objects.create(
        agency=agency, household=home, referral=referral, authority=cast.kirklees, team=cast.team, opened_on=started_on
    )
    Enrolment.objects.create(agency=agency, case=case, contract=cast.contract, started_on=started_on, ended_on=ended_on)
    Contact.objects.create(agency=agency, case=case, at=at(started_on), channel="phone", outcome="spoke", by=cast.asha)
    if scores:
        for occasion, day, score in (("start", started_on, scores[0]), ("review", date(2026, 9, 20), scores[1])):
            AnswerSet.objects.create(
                agency=agency,
                case=case,
                person=carer,
                instrument="five-domains",
                edition="1",
                occasion=occasion,
                answered_on=day,
                mode="with_worker",
                answers={},
                scores={"isolation": score},
            )
    return case
