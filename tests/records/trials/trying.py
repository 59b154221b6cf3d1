"""Makes trials, and families that could be in one, for the tests of trials."""

from datetime import date
from typing import Any

from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Role
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Case
from alongside.records.people.models import Household, Membership, Person
from alongside.records.trials.models import Trial
from alongside.records.trials.services.entering import allocate_family, assess_family, record_consent
from alongside.records.trials.services.setting_up import open_trial, plan_trial
from tests.cast import TODAY, Cast

CRITERIA = ["They live in the area", "Nobody in the family is in another trial"]


def evaluator(cast: Cast) -> User:
    """Give the evaluator of the provider."""
    found, _ = User.objects.get_or_create(
        agency=cast.provider, name="Mina", role=Role.EVALUATOR, email="mina@example.org"
    )
    return found


def planned(cast: Cast, **other: Any) -> Trial:
    """Plan a trial of support now or twelve weeks later."""
    said: dict[str, Any] = {
        "name": "Reach now or later",
        "question": "Does Reach lessen isolation?",
        "programme": cast.reach,
        "design": "waiting",
        "level": "",
        "method": "minimisation",
        "first_arm": "Reach now",
        "second_arm": "Reach in twelve weeks",
        "factors": ["children", "youngest"],
        "criteria": CRITERIA,
        "instrument": "five-domains",
        "wanted": 40,
        "waiting_weeks": 12,
        "follow_up_weeks": 12,
        **other,
    }
    return plan_trial(**said, by=evaluator(cast), submission=new_id())


def opened(cast: Cast, **other: Any) -> Trial:
    """Plan a trial and open it."""
    return open_trial(trial=planned(cast, **other), by=evaluator(cast))


def another_family(cast: Cast, number: int, **of_case: Any) -> tuple[Case, Person]:
    """Write one more family, whose carer agrees to what she is asked."""
    ours: dict[str, Any] = {"agency": cast.provider}
    household = Household.objects.create(**ours, name=f"Carer {number}", team=cast.team, worker=cast.asha)
    carer = Person.objects.create(**ours, name=f"Carer {number}")
    Membership.objects.create(**ours, household=household, person=carer, part="carer")
    for child in range(1 + number % 2):
        born = date(2010 + number * 3 % 15, 1 + child, 5)
        person = Person.objects.create(**ours, name=f"Child {number} {child}", birth_date=born)
        Membership.objects.create(**ours, household=household, person=person, part="child")
    held = {"opened_on": TODAY, "team": cast.team, "worker": cast.asha, "authority": cast.kirklees, **of_case}
    return Case.objects.create(**ours, household=household, **held), carer


def agree(trial: Trial, case: Case, carer: Person, by: User) -> None:
    """Look at a family, and let its carer agree."""
    assess_family(case=case, trial=trial, answers=[True] * len(trial.criteria), by=by)
    record_consent(case=case, trial=trial, person=carer, answer="agreed", how="by_phone", said_on=TODAY, by=by)


def enter(trial: Trial, cast: Cast, number: int) -> Any:
    """Write a family and let chance decide."""
    case, carer = another_family(cast, number)
    agree(trial, case, carer, cast.asha)
    return allocate_family(case=case, trial=trial, by=cast.asha)
