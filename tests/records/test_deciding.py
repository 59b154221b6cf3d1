"""Deciding on a referral: all of it or none, with places never exceeded."""

from dataclasses import replace
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from alongside.core.access import system
from alongside.core.base.errors import Refused, Stale
from alongside.records.cases.models import Case
from alongside.records.cases.services.closing import close_case
from alongside.records.cases.services.opening import allocate_case
from alongside.records.people.models import Arrangement, Household, Membership, Person, PlanStatus, SafetyNote
from alongside.records.people.services.registering import ToldChild
from alongside.records.programmes.models import Contract, Decision, Enrolment
from alongside.records.programmes.queries import clocks, first_contact_by, loads, offers, places_used, unallocated
from alongside.records.programmes.services.deciding import accept_referral, turn_referral
from alongside.records.referrals.models import Referral
from tests.cast import TODAY, Cast
from tests.records.telling import LILY, refer

pytestmark = pytest.mark.usefixtures("clock")


def accept(cast: Cast, referral: Referral, **how: object) -> Case:
    """Accept as Morgan does."""
    choices = {"contract": cast.contract, "known_as": None, "worker": None, "words": "Welcome.", "by": cast.morgan}
    version = how.pop("version", referral.version)
    return accept_referral(referral=referral, version=version, **(choices | how))  # type: ignore[arg-type]


def test_a_family_taken_on_has_its_record_its_case_and_its_place(cast: Cast) -> None:
    child = replace(LILY, arrangement_since=date(2024, 3, 1), arrangement_precision="month", plan="child_protection")
    referral = refer(cast, child, safety_words="Ring before three.", carer_phone="07700 900456")
    case = accept(cast, referral, worker=cast.asha)
    assert (case.worker, case.team, case.household.worker) == (cast.asha, cast.team, cast.asha)
    assert (case.authority, case.household.authority) == (cast.kirklees, cast.kirklees)
    assert case.next_contact_due == date(2026, 11, 27)
    assert case.review_due == date(2027, 2, 12)
    carer, lily = (
        Membership.objects.get(household=case.household, part=part).person
        for part in (Membership.Part.CARER, Membership.Part.CHILD)
    )
    assert (carer.name, carer.phone, lily.birth_date) == ("Marta Novak", "07700 900456", date(2018, 2, 3))
    arrangement = Arrangement.objects.get(child=lily)
    assert (arrangement.kind, arrangement.looked_after_before, arrangement.carer) == (
        "special_guardianship",
        "yes",
        carer,
    )
    assert (arrangement.started_on, arrangement.started_precision) == (date(2024, 3, 1), "month")
    plan = PlanStatus.objects.get(child=lily)
    assert (plan.kind, plan.said_by) == ("child_protection", "Kirklees")
    assert SafetyNote.objects.get(household=case.household).words == "Ring before three."
    assert Enrolment.objects.get(case=case).contract == cast.contract
    decision = Decision.objects.get(referral=referral)
    assert (decision.outcome, decision.eligibility["answer"]) == ("accepted", "eligible")
    assert Referral.objects.get(pk=referral.pk).status == "accepted"


def test_from_the_waiting_list_into_a_place(cast: Cast) -> None:
    referral = refer(cast)
    turn_referral(
        referral=referral, version=1, outcome="waiting", contract=cast.contract, words="In May.", by=cast.morgan
    )
    accept(cast, referral)
    assert list(referral.decisions.order_by("decided_at", "id").values_list("outcome", flat=True)) == [
        "waiting",
        "accepted",
    ]


def test_the_same_family_keeps_its_record_and_is_only_completed(cast: Cast) -> None:
    cast.grace.phone = "07700 900123"
    close_case(
        case=cast.case,
        closed_on=TODAY,
        reason="goal_reached",
        words="",
        follow_up_on=None,
        follow_up_words="",
        by=cast.asha,
        submission=cast.referral.pk,
    )
    Enrolment.objects.filter(case=cast.case).update(ended_on=TODAY)
    twin = ToldChild("Taiwo Okafor", date(2019, 5, 4), "exact", arrangement="informal")
    tyler = ToldChild("Tyler Okafor", date(2019, 5, 4), "exact", arrangement="special_guardianship")
    told = {"carer_name": "Okafor, Grace", "carer_birth_date": None, "carer_phone": "07700 900999"}
    referral = refer(cast, tyler, twin, **told)
    people = Person.objects.count()
    case = accept(cast, referral, known_as=cast.household)
    assert case == cast.case
    assert case.closed_on is None
    assert Person.objects.count() == people + 1
    assert Person.objects.get(pk=cast.grace.pk).phone == "07700 900123"
    assert Arrangement.objects.filter(child=cast.tyler).count() == 1
    assert case.closures.get().reopened_on == TODAY
    assert list(unallocated(Case.objects.all())) == [case]


def test_an_open_family_takes_up_a_second_programme_and_keeps_its_worker(cast: Cast) -> None:
    second = Contract.objects.create(
        agency=cast.provider,
        purchaser=cast.kirklees,
        programme=cast.reach,
        name="A second contract",
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 1, 1),
        places=5,
    )
    second.areas.add(cast.kirklees)
    referral = refer(cast, carer_name="Grace Okafor")
    case = accept(cast, referral, known_as=cast.household, contract=second)
    assert (case.worker, case.enrolments.filter(ended_on=None).count()) == (cast.asha, 2)


def test_no_second_place_in_the_same_contract_and_nothing_half_done(cast: Cast) -> None:
    referral = refer(cast, carer_name="Grace Okafor")
    with pytest.raises(Refused, match="already has a place"):
        accept(cast, referral, known_as=cast.household)
    assert Referral.objects.get(pk=referral.pk).status == "new"
    assert not Decision.objects.filter(referral=referral).exists()
    assert not Person.objects.filter(name="Lily Novak").exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"places": 1}, "All 1 places"),
        ({"ends_on": date(2026, 11, 1)}, "has ended"),
        ({"arrangements": ["informal"]}, "cannot help this family"),
        ({"starts_on": date(2027, 1, 1)}, "starts on 1 January 2027"),
    ],
)
def test_what_a_contract_does_not_allow_is_refused(cast: Cast, change: dict[str, object], sentence: str) -> None:
    Contract.objects.filter(pk=cast.contract.pk).update(**change)
    with pytest.raises(Refused, match=sentence):
        accept(cast, refer(cast))


def test_no_case_without_consent(cast: Cast) -> None:
    with pytest.raises(Refused, match="did not agree"):
        accept(cast, refer(cast, consent="refused"))


def test_a_stale_decision_changes_nothing(cast: Cast) -> None:
    referral = refer(cast)
    mine = Referral.objects.get(pk=referral.pk)
    turn_referral(referral=referral, version=1, outcome="signposted", contract=None, words="Elsewhere.", by=cast.morgan)
    with pytest.raises(Stale):
        accept(cast, mine)
    assert not Household.objects.filter(name="Marta Novak").exists()


def test_offers_begin_with_the_contract_that_can_help(cast: Cast) -> None:
    far = Contract.objects.create(
        agency=cast.provider,
        purchaser=cast.calderdale,
        programme=cast.reach,
        name="A contract elsewhere",
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 1, 1),
        places=5,
    )
    far.areas.add(cast.calderdale)
    found = offers(refer(cast), TODAY)
    assert [(offer.contract, str(offer.eligibility.answer)) for offer in found] == [
        (cast.contract, "eligible"),
        (far, "not_eligible"),
    ]


def test_clocks_follow_the_quickest_contract_of_the_place(cast: Cast) -> None:
    referral, elsewhere = refer(cast), refer(cast, postcode="HX1 1UJ")
    Contract.objects.filter(pk=cast.contract.pk).update(first_contact_days=2)
    found = clocks([referral, elsewhere], TODAY)
    assert found[referral.pk].words == "2 working days left"
    assert found[elsewhere.pk].words == "5 working days left"
    assert first_contact_by(cast.provider, cast.kirklees.pk, TODAY) == date(2026, 11, 24)


def test_who_has_room_comes_first(cast: Cast) -> None:
    cast.ben.agency = cast.provider
    cast.ben.capacity = 3
    cast.ben.save()
    assert [(load.worker, load.families, load.room) for load in loads(cast.morgan)] == [
        (cast.asha, 1, 24),
        (cast.ben, 0, 3),
    ]


def test_a_case_goes_to_family_workers_only(cast: Cast) -> None:
    with pytest.raises(Refused, match="family workers"):
        allocate_case(case=cast.case, worker=cast.carol, by=cast.morgan)
    with pytest.raises(Refused, match="family workers"):
        allocate_case(case=cast.case, worker=cast.ben, by=cast.morgan)


@pytest.mark.django_db(transaction=True)
def test_two_managers_never_give_the_last_place_twice(cast: Cast) -> None:
    Contract.objects.filter(pk=cast.contract.pk).update(places=2)  # Grace has the first
    referrals = [refer(cast, carer_name=name) for name in ("Ida Berg", "Uma Rao", "Pia Holm")]
    barrier, outcomes = Barrier(len(referrals)), []

    def decide(referral: Referral) -> None:
        try:
            barrier.wait(timeout=20)
            with system():
                accept(cast, referral)
            outcomes.append("accepted")
        except Refused as refused:
            outcomes.append(refused.sentence)
        finally:
            connection.close()

    threads = [Thread(target=decide, args=(referral,)) for referral in referrals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("accepted") == 1
    assert sum("places" in outcome for outcome in outcomes) == 2
    assert places_used([cast.contract])[cast.contract.pk] == 2
    assert Case.objects.count() == 2
