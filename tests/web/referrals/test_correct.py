"""A manager puts right what was told: eligibility, likely duplicates and consent follow, and nothing told is lost."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from alongside.core.agencies.models import User
from alongside.core.audit.queries import of
from alongside.records.people.services.filing import file_person
from alongside.records.referrals.alike import families_alike
from alongside.records.referrals.models import Referral
from alongside.records.referrals.services import answer_referral
from tests.cast import Cast
from tests.house.forms import Forms
from tests.records.telling import refer

pytestmark = pytest.mark.usefixtures("clock")
SignIn = Callable[[User], Client]


def filled(browser: Client, address: str) -> dict[str, list[str]]:
    """Give what the form on a page would send as it stands, without the birthday that a hasty person would guess."""
    forms = Forms()
    forms.feed(browser.get(address).content.decode())
    return {name: value for name, value in forms.found[-1].items() if not name.startswith("born")}


def test_what_was_heard_on_the_phone_changes_who_can_help(cast: Cast, sign_in: SignIn) -> None:
    file_person(cast.grace)
    referral = refer(cast, carer_name="Gr", carer_birth_date=None, carer_birth_precision="unknown", postcode="",
                     no_fixed_address=True, consent="not_asked")  # fmt: skip
    morgan, address = sign_in(cast.morgan), f"/referrals/queue/{referral.pk}/correct/"
    assert "Put right what was told" in morgan.get(f"/referrals/queue/{referral.pk}/").content.decode()
    sent = filled(morgan, address) | {
        "carer_name": "Grace Okafor", "postcode": "hd1 2ab", "consent": "given", "consent_words": "By phone today",
        "arrangement_0": "special_guardianship", "before_0": "yes",
    }  # fmt: skip
    sent.pop("no_fixed_address", None)
    assert morgan.post(address, sent).status_code == 302
    referral = Referral.objects.get(pk=referral.pk)
    assert (referral.consent, referral.postcode, referral.authority) == ("given", "HD1 2AB", cast.kirklees)
    assert referral.children[0]["arrangement"] == "special_guardianship"
    assert referral.children[0]["looked_after_before"] == "yes"
    assert [found.row for found in families_alike(referral, cast.morgan)] == [cast.household]
    entry = of(referral).first()
    assert entry is not None
    assert entry.what == "referral put right"
    assert entry.changes["carer_name"] == ["Gr", "Grace Okafor"]


def test_two_managers_at_once_lose_nothing(cast: Cast, sign_in: SignIn) -> None:
    referral = refer(cast, carer_phone="07700 900111")
    morgan, address = sign_in(cast.morgan), f"/referrals/queue/{referral.pk}/correct/"
    first = filled(morgan, address)
    second = dict(first)
    morgan.post(address, first | {"carer_phone": "07700 900222"})
    shown = unescape(morgan.post(address, second | {"carer_phone": "07700 900333"}).content.decode())
    assert "Somebody else saved this" in shown
    assert "07700 900222" in shown
    assert "07700 900333" in shown
    assert Referral.objects.get(pk=referral.pk).carer_phone == "07700 900222"


def test_an_answered_referral_stays_as_it_was_told(cast: Cast, sign_in: SignIn) -> None:
    referral = refer(cast)
    morgan, address = sign_in(cast.morgan), f"/referrals/queue/{referral.pk}/correct/"
    sent = filled(morgan, address) | {"carer_phone": "07700 900444"}
    answer_referral(referral=referral, version=referral.version, status="declined", words="Too far.", by=cast.morgan)
    assert morgan.post(address, sent).status_code == 302
    assert Referral.objects.get(pk=referral.pk).carer_phone != "07700 900444"
    assert sign_in(cast.ruth).get(address).status_code == 403
