"""What a manager does and sees: the queue with its clocks, the decision with its reasons, and who has room."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.core.agencies.models import User
from alongside.core.audit.models import Entry
from alongside.records.cases.models import Case
from alongside.records.people.models import Household, Membership, Person
from alongside.records.people.services.filing import file_person
from alongside.records.programmes.models import Contract, Decision, Enrolment
from alongside.records.programmes.services.deciding import accept_referral, turn_referral
from alongside.records.referrals.models import Referral
from tests.cast import NOW, Cast
from tests.records.telling import refer

pytestmark = pytest.mark.usefixtures("clock")
SignIn = Callable[[User], Client]
QUEUE = "/referrals/queue/"


def page_of(referral: Referral) -> str:
    """Give the address where a referral is decided on."""
    return reverse("referrals:triage", args=[referral.pk])


def text(browser: Client, address: str) -> str:
    """Give a page's words."""
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_queue_says_how_long_and_how_long_is_left(cast: Cast, sign_in: SignIn) -> None:
    late = refer(cast, carer_name="Ida Berg", consent="not_asked")
    Referral.objects.filter(pk=late.pk).update(received_at=NOW - timedelta(days=11))
    refer(cast, carer_name="Uma Rao")
    page = text(sign_in(cast.morgan), QUEUE)
    assert page.index("Ida Berg") < page.index("Uma Rao")
    assert "4 working days late" in page
    assert "5 working days left" in page
    assert "Not asked" in page
    assert "Grace Okafor" not in page


def test_the_queue_is_narrowed_by_status_and_council(cast: Cast, sign_in: SignIn) -> None:
    refer(cast, carer_name="Ida Berg")
    refer(cast, carer_name="Uma Rao", postcode="HX1 1UJ")
    morgan = sign_in(cast.morgan)
    assert "Grace Okafor" in text(morgan, QUEUE + "?status=accepted")
    calder = text(morgan, QUEUE + "?place=calder")
    assert "Uma Rao" in calder
    assert "Ida Berg" not in calder
    assert "No council’s name begins like" in text(morgan, QUEUE + "?place=atlantis")
    assert "Ida Berg" in text(morgan, QUEUE + "?status=nonsense&at=nonsense")


def test_the_queue_hints_that_somebody_may_be_known(cast: Cast, sign_in: SignIn) -> None:
    file_person(cast.grace)
    refer(cast, carer_name="Grase Okafor", carer_birth_date=date(1968, 3, 12))
    assert "May be known" in text(sign_in(cast.morgan), QUEUE)


def test_a_long_queue_is_read_page_by_page(cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        refer(cast, carer_name=f"Carer Number{number:02}", postcode=f"HD{number % 9 + 1} 2AB")
    morgan = sign_in(cast.morgan)
    # Eight are the page's own; the rest are the test's savepoints and, on PostgreSQL, telling whose rows may show.
    with django_assert_max_num_queries(15):
        page = morgan.get(QUEUE).content.decode()
    assert page.count("Number") == 25
    later = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert text(morgan, QUEUE + later).count("Number") == 5


def test_the_page_of_a_referral_holds_what_a_decision_needs(cast: Cast, sign_in: SignIn) -> None:
    file_person(cast.grace)
    first = refer(cast, carer_name="Grace Okafor", carer_birth_date=date(1968, 3, 12))
    again = refer(cast, carer_name="Grace Okafor", carer_birth_date=date(1968, 3, 12), safety_words="Not after six.")
    page = text(sign_in(cast.morgan), page_of(again))
    assert "same name, same date of birth, same postcode" in page
    assert page_of(first) in page
    assert "Kirklees is in this contract" in page
    assert "1 of 60 places are taken" in page
    assert "Not after six." in page
    assert "1 of 25 families" in page
    assert Entry.objects.filter(kind="read", row=str(again.pk), actor=cast.morgan.pk).exists()


def said(referral: Referral, **choices: str) -> dict[str, str]:
    """Give what Morgan chooses."""
    return {"version": str(referral.version), "words": "We are glad to help."} | choices


def test_a_family_is_accepted_and_given_a_worker(cast: Cast, sign_in: SignIn) -> None:
    referral = refer(cast)
    data = said(referral, outcome="accepted", contract=str(cast.contract.pk), worker=str(cast.asha.pk))
    answer = sign_in(cast.morgan).post(page_of(referral), data, follow=True)
    assert "Asha Rahman works with them" in answer.content.decode()
    assert Case.objects.get(referral=referral).worker == cast.asha


def test_the_manager_says_whether_it_is_a_family_we_know(cast: Cast, sign_in: SignIn) -> None:
    file_person(cast.grace)
    Contract.objects.filter(pk=cast.contract.pk).update(name="Full for Grace")
    referral = refer(cast, carer_name="Grace Okafor", carer_birth_date=date(1968, 3, 12))
    data = said(referral, outcome="accepted", contract=str(cast.contract.pk))
    morgan = sign_in(cast.morgan)
    assert "Say whether this is a family that we know" in morgan.post(page_of(referral), data).content.decode()
    data["known_as"] = str(cast.household.pk)
    assert "already has a place" in morgan.post(page_of(referral), data).content.decode()
    data["known_as"] = "new"
    morgan.post(page_of(referral), data)
    assert Case.objects.filter(household__name="Grace Okafor").count() == 2


def test_the_manager_names_a_family_that_no_likeness_found(cast: Cast, sign_in: SignIn) -> None:
    """Grace is referred under a name that nobody knows her by; Morgan looks for her, and loses nothing typed."""
    file_person(cast.grace)
    Enrolment.objects.all().delete()
    referral, morgan = refer(cast, carer_name="Mrs A. Uma", postcode="HD9 9XX"), sign_in(cast.morgan)
    data = said(referral, outcome="accepted", contract=str(cast.contract.pk), meant="okafro grcae", do="find")
    shown = morgan.post(page_of(referral), data)
    page = unescape(shown.content.decode())
    assert "Yes, Grace Okafor’s family" in page
    assert "There is a problem" not in page, "nothing is sent yet"
    assert "We are glad to help." in page
    assert Referral.objects.get(pk=referral.pk).status == "new"
    assert "okafro" not in "".join(Entry.objects.values_list("what", flat=True))
    lost = morgan.post(page_of(referral), data | {"meant": "zzyzx"}).content.decode()
    assert "No family that you see was found by that" in lost
    del data["do"]
    assert "Say whether this is a family that we know" in morgan.post(page_of(referral), data).content.decode()
    assert morgan.post(page_of(referral), data | {"known_as": str(cast.household.pk)}).status_code == 302
    assert Referral.objects.get(pk=referral.pk).household == cast.household


def test_a_family_of_another_agency_is_not_found_for_a_referral(cast: Cast, sign_in: SignIn) -> None:
    home = Household.objects.create(agency=cast.other_provider, name="Zora Far")
    far = Person.objects.create(agency=cast.other_provider, name="Zora Far")
    Membership.objects.create(agency=cast.other_provider, household=home, person=far, part="carer")
    file_person(far)
    referral = refer(cast, carer_name="Mrs A. Uma")
    data = said(referral, outcome="accepted", contract=str(cast.contract.pk), meant="Zora Far")
    page = sign_in(cast.morgan).post(page_of(referral), data | {"do": "find"}).content.decode()
    assert "No family that you see was found by that" in page
    sign_in(cast.morgan).post(page_of(referral), data | {"known_as": str(home.pk)})
    assert not Case.objects.filter(household=home).exists()


def test_a_family_accepted_without_a_worker_is_not_forgotten(cast: Cast, sign_in: SignIn) -> None:
    referral = refer(cast)
    morgan = sign_in(cast.morgan)
    answer = morgan.post(page_of(referral), said(referral, outcome="accepted", contract=str(cast.contract.pk)))
    case = Case.objects.get(referral=referral)
    assert answer.headers["Location"] == f"/referrals/unallocated/{case.pk}/"
    assert "1 family has" in text(morgan, QUEUE)
    assert "Marta Novak" in text(morgan, "/referrals/unallocated/")
    assert "1 of 25 families" in text(morgan, f"/referrals/unallocated/{case.pk}/")
    chosen = {"version": str(case.version), "worker": str(cast.asha.pk)}
    morgan.post(f"/referrals/unallocated/{case.pk}/", chosen)
    case.refresh_from_db()
    assert (case.worker, case.household.worker, case.household.team) == (cast.asha, cast.asha, cast.team)
    assert "nobody working" not in text(morgan, QUEUE)


def test_a_case_that_somebody_else_gave_away_meanwhile(cast: Cast, sign_in: SignIn) -> None:
    chosen = {"version": str(cast.case.version - 1 or 99), "worker": str(cast.asha.pk)}
    page = sign_in(cast.morgan).post(f"/referrals/unallocated/{cast.case.pk}/", chosen).content.decode()
    assert "Asha Rahman has the family now" in page


@pytest.mark.parametrize("outcome", ["waiting", "signposted", "declined"])
def test_every_other_answer_reaches_the_referrer(cast: Cast, sign_in: SignIn, outcome: str) -> None:
    referral = refer(cast)
    data = said(referral, outcome=outcome, words="Because of this.")
    assert sign_in(cast.morgan).post(page_of(referral), data).status_code == 302
    assert Decision.objects.get(referral=referral).outcome == outcome
    assert "Because of this." in text(sign_in(cast.ruth), f"/referrals/{referral.pk}/")


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({}, "Choose what you decide"),
        ({"outcome": "accepted"}, "Choose a contract"),
        ({"outcome": "declined", "words": " "}, "Write what we shall tell"),
        ({"outcome": "accepted", "contract": "x"}, "Select a valid choice"),
    ],
)
def test_a_decision_half_made_is_asked_for(cast: Cast, sign_in: SignIn, choices: dict[str, str], sentence: str) -> None:
    referral = refer(cast)
    assert sentence in sign_in(cast.morgan).post(page_of(referral), said(referral, **choices)).content.decode()
    assert Referral.objects.get(pk=referral.pk).status == "new"


def test_a_refusal_is_shown_and_the_words_are_kept(cast: Cast, sign_in: SignIn) -> None:
    Contract.objects.filter(pk=cast.contract.pk).update(places=1)
    referral = refer(cast)
    data = said(referral, outcome="accepted", contract=str(cast.contract.pk), words="My long words.")
    page = sign_in(cast.morgan).post(page_of(referral), data).content.decode()
    assert "All 1 places" in page
    assert "My long words." in page
    assert "Not decided yet" in page


def test_the_second_of_two_managers_sees_what_the_first_decided(cast: Cast, sign_in: SignIn) -> None:
    referral = refer(cast)
    mine = said(referral, outcome="declined", words="My words.")
    turn_referral(referral=referral, version=1, outcome="waiting", contract=None, words="Their words.", by=cast.morgan)
    page = sign_in(cast.morgan).post(page_of(referral), mine).content.decode()
    assert "Somebody else decided" in page
    assert "Their words." in page
    assert "My words." in page
    assert Referral.objects.get(pk=referral.pk).status == "waiting"


def test_what_is_decided_offers_no_decision(cast: Cast, sign_in: SignIn) -> None:
    referral = refer(cast)
    accept_referral(
        referral=referral,
        version=1,
        contract=cast.contract,
        known_as=None,
        worker=cast.asha,
        words="Yes.",
        by=cast.morgan,
    )
    page = text(sign_in(cast.morgan), page_of(referral))
    assert "Save the decision" not in page
    assert "Yes." in page


@pytest.mark.parametrize("name", ["queue", "triage", "unallocated", "allocate"])
@pytest.mark.parametrize("who", ["carol", "ben", "asha", "ruth", "nia", "priya", "omar"])
def test_only_managers_come_here(cast: Cast, sign_in: SignIn, name: str, who: str) -> None:
    pk = {"triage": cast.referral.pk, "allocate": cast.case.pk}.get(name)
    address = reverse(f"referrals:{name}", args=[pk] if pk else [])
    assert sign_in(getattr(cast, who)).get(address).status_code == 403


def test_a_manager_of_another_agency_finds_nothing(cast: Cast, sign_in: SignIn) -> None:
    referral = refer(cast)
    cast.morgan.agency = cast.other_provider
    cast.morgan.save()
    morgan = sign_in(cast.morgan)
    assert "Marta Novak" not in text(morgan, QUEUE)
    assert morgan.get(page_of(referral)).status_code == 404
    assert morgan.get(f"/referrals/unallocated/{cast.case.pk}/").status_code == 404


def test_the_page_of_a_referral_costs_no_more_for_many(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    for _ in range(20):
        referral = refer(cast)
    morgan = sign_in(cast.morgan)
    with django_assert_max_num_queries(20):
        morgan.get(page_of(referral))
