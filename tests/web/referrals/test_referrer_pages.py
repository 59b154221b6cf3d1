"""What a referrer does and sees: refers, is told what comes next, and sees their own agency's referrals only."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.records.referrals.models import Referral
from alongside.records.referrals.queries import children_told
from alongside.records.referrals.services import answer_referral
from tests.cast import Cast
from tests.records.telling import refer

pytestmark = pytest.mark.usefixtures("clock")
SignIn = Callable[[User], Client]
NEW = "/referrals/new/"
ABOUT_LILY = [f"child1-{part}" for part in ("name", "born_day", "born_month", "born_year", "arrangement", "before")]


def typed(**changes: str) -> dict[str, str]:
    """Give what Ruth types."""
    return {
        "submission": str(new_id()),
        "children": "1",
        "carer_name": "Marta Novák",
        "born_year": "1970",
        "relationship": "grandparent",
        "carer_phone": "07700 900456",
        "postcode": "hd12ab",
        "consent": "given",
        "child1-name": "Lily",
        "child1-born_day": "3",
        "child1-born_month": "2",
        "child1-born_year": "2018",
        "child1-arrangement": "special_guardianship",
        "child1-before": "yes",
    } | changes


def test_a_family_is_referred_and_the_referrer_told_what_comes_next(cast: Cast, sign_in: SignIn) -> None:
    ruth = sign_in(cast.ruth)
    assert ruth.get(NEW).status_code == 200
    answer = ruth.post(NEW, typed(), follow=True)
    referral = Referral.objects.get(carer_name="Marta Novák")
    assert answer.redirect_chain[-1][0] == f"/referrals/{referral.pk}/sent/"
    assert "27 November 2026" in answer.content.decode()
    assert (referral.agency, referral.source_agency, referral.made_by) == (cast.provider, cast.kirklees, cast.ruth)
    assert (referral.authority, referral.postcode) == (cast.kirklees, "HD1 2AB")
    assert (str(referral.carer_birth_date), referral.carer_birth_precision) == ("1970-01-01", "year")
    (child,) = children_told(referral)
    assert (child.name, str(child.birth_date), child.arrangement, child.looked_after_before) == (
        "Lily",
        "2018-02-03",
        "special_guardianship",
        "yes",
    )
    assert not mail.outbox


def test_a_double_click_makes_one_referral(cast: Cast, sign_in: SignIn) -> None:
    ruth, data = sign_in(cast.ruth), typed()
    first, second = ruth.post(NEW, data), ruth.post(NEW, data)
    assert first.headers["Location"] == second.headers["Location"]
    assert Referral.objects.filter(carer_name="Marta Novák").count() == 1


def test_another_child_is_added_without_losing_a_word(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.ruth).post(NEW, typed(add="child", carer_phone="12", born_year="70")).content.decode()
    assert "Marta Novák" in page
    assert "Child 2" in page
    assert "There is a problem" not in page


def test_children_of_one_name_or_none_in_any_script(cast: Cast, sign_in: SignIn) -> None:
    more = {"children": "3", "child2-name": "小明", "child3-born_year": "2020", "child3-born_about": "on"}
    sign_in(cast.ruth).post(NEW, typed(carer_name="Suharto", no_fixed_address="on", postcode="", **more))
    referral = Referral.objects.get(carer_name="Suharto")
    assert [child.name for child in children_told(referral)] == ["Lily", "小明", ""]
    assert children_told(referral)[2].birth_precision == "about"
    assert referral.no_fixed_address


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"carer_name": ""}, "Enter the carer’s name"),
        ({"postcode": ""}, "Enter a postcode, or say"),
        ({"postcode": "HD1"}, "not a whole postcode"),
        ({"carer_phone": ""}, "Enter a phone number or an e-mail"),
        ({"carer_phone": "123"}, "whole phone number"),
        ({"carer_email": "marta"}, "with its @"),
        ({"consent": ""}, "Say whether the carer agreed"),
        ({"born_year": "2031"}, "today or in the past"),
        ({"child1-born_month": "13"}, "month must be"),
        (dict.fromkeys(ABOUT_LILY, ""), "at least one child"),
    ],
)
def test_bad_input_is_named_and_kept(cast: Cast, sign_in: SignIn, wrong: dict[str, str], sentence: str) -> None:
    before = Referral.objects.count()
    page = sign_in(cast.ruth).post(NEW, typed(words="Sleep, mostly.", **wrong)).content.decode()
    assert sentence in page
    assert "Sleep, mostly." in page
    assert Referral.objects.count() == before


@pytest.mark.parametrize(
    ("safe", "consent", "letters"), [("yes", "given", 1), ("yes", "not_asked", 0), ("no", "given", 0), ("", "given", 0)]
)
def test_the_carer_is_written_to_only_where_safe_and_agreed(
    cast: Cast,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: Any,
    safe: str,
    consent: str,
    letters: int,
) -> None:
    data = typed(carer_email="marta@example.org", safe_to_write=safe, consent=consent)
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(cast.ruth).post(NEW, data)
    assert len(mail.outbox) == letters


def test_a_referrer_sees_what_became_of_it_and_why(cast: Cast, sign_in: SignIn) -> None:
    referral = refer(cast)
    answer_referral(referral=referral, version=1, status="waiting", words="A place comes free in May.", by=cast.morgan)
    ruth = sign_in(cast.ruth)
    assert "On the waiting list" in ruth.get("/referrals/").content.decode()
    page = ruth.get(f"/referrals/{referral.pk}/").content.decode()
    assert "A place comes free in May." in page
    assert "Asha" not in page


def test_referrers_of_elsewhere_see_nothing_of_it(cast: Cast, sign_in: SignIn) -> None:
    referral, nia = refer(cast), sign_in(cast.nia)
    assert "No referrals yet" in nia.get("/referrals/").content.decode()
    for address in (f"/referrals/{referral.pk}/", f"/referrals/{referral.pk}/sent/"):
        assert nia.get(address).status_code == 404


@pytest.mark.parametrize("name", ["mine", "new", "referral", "sent"])
@pytest.mark.parametrize(("who", "status"), [("carol", 403), ("ben", 403), ("asha", 403), ("morgan", 403)])
def test_only_referrers_come_here(cast: Cast, sign_in: SignIn, name: str, who: str, status: int) -> None:
    address = reverse(f"referrals:{name}", args=[cast.referral.pk] if name in ("referral", "sent") else [])
    assert sign_in(getattr(cast, who)).get(address).status_code == status


def test_the_list_costs_the_same_for_many(cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any) -> None:
    ruth = sign_in(cast.ruth)
    for _ in range(20):
        refer(cast)
    ruth.get("/referrals/")
    with django_assert_max_num_queries(12):
        assert ruth.get("/referrals/").content.decode().count("Marta Novak") == 20
