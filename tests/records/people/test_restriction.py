"""A family that few may know of: for everybody else it is not there, in no list, search, hint or count."""

from datetime import timedelta

import pytest
import time_machine

from alongside.core.agencies.models import Team, User
from alongside.core.base.errors import Refused
from alongside.core.base.ids import new_id
from alongside.insight.today.queries import Whose as Today
from alongside.insight.today.queries import wanting
from alongside.records.cases.models import Case, Contact
from alongside.records.cases.queries import Order, Whose, caseload
from alongside.records.cases.services.guarding import change_restriction, restrict_family
from alongside.records.cases.services.opening import allocate_case
from alongside.records.concerns.models import Concern
from alongside.records.concerns.queries import managers_to_tell
from alongside.records.concerns.services.raising import raise_concern
from alongside.records.oversight.models import Absence, AgreedAction, CaseAudit, CaseTalk, Cover, Supervision
from alongside.records.oversight.services.covering import end, keep_absences, plan_absence
from alongside.records.people import queries, searching
from alongside.records.people.models import (
    Arrangement,
    Household,
    Membership,
    Person,
    PlanStatus,
    Relationship,
    Restriction,
)
from alongside.records.people.rules import sought
from alongside.records.people.services.filing import file_person
from alongside.records.programmes.models import Decision
from alongside.records.programmes.queries import loads
from alongside.records.referrals.alike import families_alike, perhaps_known, referrals_alike
from alongside.records.referrals.models import Referral
from alongside.records.referrals.services import receive_referral
from tests.cast import NOW, TODAY, Cast

REVIEW = TODAY + timedelta(days=90)


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


@pytest.fixture
def max_(cast: Cast) -> User:
    """Another manager of the same team, whom nobody names."""
    return User.objects.create(
        agency=cast.provider, team=cast.team, role="manager", name="Max Orme", email="max@example.org"
    )


@pytest.fixture
def sol(cast: Cast) -> User:
    """Another worker of the same team, whom nobody names."""
    return User.objects.create(
        agency=cast.provider, team=cast.team, role="family_worker", name="Sol Reyes", email="sol@example.org"
    )


def restrict(cast: Cast, *also: User) -> Restriction:
    for person in (cast.grace, cast.tyler, cast.amara):
        file_person(person)
    return restrict_family(
        case=cast.case,
        reason="Grace is the sister of somebody who works here.",
        knowing=[cast.asha, *also],
        review_on=REVIEW,
        by=cast.morgan,
        submission=new_id(),
    )


MODELS = (
    *(Household, Person, Membership, Relationship, Arrangement, PlanStatus, Case, Contact, Referral, Concern),
    *(Restriction, CaseTalk, Cover, AgreedAction, CaseAudit),
)


def seen(user: User) -> dict[str, int]:
    """Count everything that somebody sees, in each way in which it can be seen."""
    today = wanting(user, whose=Today.ALL, drafts={})
    return {
        **{model.__name__: model.objects.visible_to(user).count() for model in MODELS},
        "decisions": Decision.objects.visible_to(user).count(),
        **{f"caseload {whose}": len(caseload(user, whose=whose, order=Order.NEWEST, key="").rows) for whose in Whose},
        **{f"search {typed}": len(searching.search(user, sought(typed))) for typed in ("Grace", "gra", "HD1 2AB")},
        "search a birthday": len(searching.search(user, sought("12/3/1968"))),
        "today": len(today),
        "plans": sum(len(queries.plan_statuses_of(child, user)) for child in Person.objects.all()),
        "loads": sum(load.families for load in loads(user)) if user.role == "manager" else 0,
    }


def full(cast: Cast) -> None:
    Contact.objects.create(
        agency=cast.provider, case=cast.case, at=NOW, channel="phone", outcome="spoke", by=cast.asha, note="Calm."
    )
    raise_concern(words="A bruise.", danger=False, noticed_on=TODAY, by=cast.asha, case=cast.case)
    ours, of_case = {"agency": cast.provider}, {"agency": cast.provider, "case": cast.case}
    PlanStatus.objects.create(**ours, child=cast.tyler, kind="child_in_need", started_on=TODAY)
    supervision = Supervision.objects.create(**ours, worker=cast.asha, by=cast.morgan, held_on=TODAY)
    CaseTalk.objects.create(**of_case, supervision=supervision, words="Grace sleeps.")
    absence = Absence.objects.create(**ours, worker=cast.asha, by=cast.morgan, starts_on=TODAY)
    Cover.objects.create(**of_case, absence=absence, worker=cast.asha)
    audit = CaseAudit.objects.create(**of_case, by=cast.morgan, audited_on=TODAY, edition="1", answers={})
    AgreedAction.objects.create(**ours, audit=audit, owner=cast.asha, words="Ring Grace.")
    Decision.objects.create(
        agency=cast.provider, referral=cast.referral, outcome="accepted", words="Yes.", decided_at=NOW, by=cast.morgan
    )


def test_for_those_not_named_nothing_is_left_and_for_the_others_everything(cast: Cast, max_: User, sol: User) -> None:
    full(cast)
    before = {user: seen(user) for user in (cast.morgan, cast.asha, max_, sol)}
    restriction = restrict(cast)
    for user in (max_, sol):
        assert before[user]["Person"] == 3
        assert set(seen(user).values()) == {0}
    for user in (cast.morgan, cast.asha):
        assert seen(user) == {**before[user], **_found(user), "Restriction": 1}
    change_restriction(
        restriction=restriction, version=1, reason="", knowing=[], review_on=REVIEW, by=cast.morgan, end=True
    )
    for user in (max_, sol):
        assert seen(user)["Person"] == 3


def _found(user: User) -> dict[str, int]:
    """What the search finds once everybody is filed, which happens when they are restricted in these tests."""
    now = seen(user)
    assert now["search Grace"] == 1
    return {key: value for key, value in now.items() if key.startswith("search")}


def test_a_new_referral_gives_no_hint_of_a_family_that_one_may_not_know_of(cast: Cast, max_: User) -> None:
    Referral.objects.filter(pk=cast.referral.pk).update(carer_birth_date=cast.grace.birth_date)
    for person in (cast.grace, cast.tyler, cast.amara):
        file_person(person)
    again = receive_referral(
        submission=new_id(),
        by=cast.ruth,
        agency=cast.provider,
        children=[],
        source_agency=cast.kirklees,
        carer_name="Grace Okafor",
        carer_birth_date=cast.grace.birth_date,
        carer_birth_precision="exact",
        postcode="HD1 2AB",
        consent="given",
    )
    assert families_alike(again, max_)
    assert perhaps_known([again], max_)
    restrict(cast)
    assert families_alike(again, max_) == []
    assert referrals_alike(again, max_) == []
    assert perhaps_known([again], max_) == set()
    assert families_alike(again, cast.morgan)
    assert perhaps_known([again], cast.morgan) == {again.pk}


def test_a_child_with_another_home_stays_there_without_a_word_of_the_hidden_one(cast: Cast, sol: User) -> None:
    other = Household.objects.create(agency=cast.provider, name="Dean Cole", team=cast.team, worker=sol)
    Membership.objects.create(agency=cast.provider, household=other, person=cast.tyler, part="child", until=TODAY)
    restrict(cast)
    assert Person.objects.visible_to(sol).get() == cast.tyler
    assert [home.household for home in queries.homes_of([cast.tyler.pk], sol)] == [other]
    assert queries.arrangements_of(cast.tyler, sol) == []
    assert cast.grace not in queries.carers_of(cast.tyler, sol)
    assert queries.arrangements_of(cast.tyler, cast.asha)
    assert cast.grace in queries.carers_of(cast.tyler, cast.asha)


def test_somebody_about_to_be_recorded_is_not_said_to_be_known(cast: Cast, sol: User) -> None:
    told = {"name": "Grace Okafor", "birth_date": cast.grace.birth_date, "precision": "exact"}
    for person in (cast.grace, cast.tyler, cast.amara):
        file_person(person)
    assert searching.perhaps_the_same(sol, **told)
    restrict(cast)
    assert searching.perhaps_the_same(sol, **told) == []
    assert searching.perhaps_the_same(cast.asha, **told)


def test_somebody_taken_out_knows_no_longer_and_the_row_stays(cast: Cast, sol: User) -> None:
    restriction = restrict(cast, sol)
    assert Case.objects.visible_to(sol).exists()
    change_restriction(
        restriction=restriction, version=1, reason="As before", knowing=[cast.asha], review_on=REVIEW, by=cast.morgan
    )
    assert not Case.objects.visible_to(sol).exists()
    assert restriction.knowers.filter(user=sol, ended_on=TODAY).exists()


def test_nobody_locks_everybody_out(cast: Cast, sol: User) -> None:
    asked = {"case": cast.case, "reason": "x", "review_on": REVIEW, "by": cast.morgan, "submission": new_id()}
    for knowing in ([], [cast.morgan], [cast.ruth], [cast.priya]):
        with pytest.raises(Refused):
            restrict_family(**asked, knowing=knowing)  # type: ignore[arg-type]
    for review_on in (TODAY, TODAY + timedelta(days=400)):
        with pytest.raises(Refused):
            restrict_family(**{**asked, "review_on": review_on}, knowing=[cast.asha])  # type: ignore[arg-type]


def test_a_family_is_given_only_to_a_worker_who_may_know_of_it(cast: Cast, sol: User) -> None:
    restrict(cast)
    with pytest.raises(Refused, match="may not know"):
        allocate_case(case=cast.case, worker=sol, by=cast.morgan)


def test_a_concern_about_it_goes_to_those_alone_who_may_know(cast: Cast, max_: User) -> None:
    assert set(managers_to_tell(cast.provider.pk, cast.case)) == {cast.morgan, max_}
    restrict(cast)
    assert managers_to_tell(cast.provider.pk, cast.case) == [cast.morgan]
    User.objects.filter(pk=cast.morgan.pk).update(is_active=False)
    assert managers_to_tell(cast.provider.pk, cast.case) == [cast.asha]


def test_another_agency_s_restriction_hides_nothing_here(cast: Cast) -> None:
    far = User.objects.create(
        agency=cast.other_provider, team=Team.objects.get(name="Far team"), role="manager", name="F", email="f@e.org"
    )
    restrict(cast)
    assert set(seen(far).values()) == {0}


def test_days_away_hand_a_family_over_to_those_alone_who_may_know(cast: Cast, sol: User) -> None:
    plan = {"worker": cast.asha, "ends_on": None, "words": "", "covers": {cast.case.pk: sol}, "by": cast.morgan}
    absence = plan_absence(**plan, starts_on=TODAY + timedelta(days=2), submission=new_id())
    restrict(cast)
    keep_absences(TODAY + timedelta(days=2))
    absence.refresh_from_db()
    cast.case.refresh_from_db()
    assert absence.begun_on
    assert cast.case.worker == cast.asha
    end(absence=absence, by=cast.morgan)
    with pytest.raises(Refused, match="may not know"):
        plan_absence(**plan, starts_on=TODAY, submission=new_id())
