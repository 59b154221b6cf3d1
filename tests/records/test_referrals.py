"""Taking referrals in, answering them, and finding who is told of twice."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from alongside.core.base.errors import Refused, Stale
from alongside.core.base.ids import new_id
from alongside.records.people.services.filing import file_person
from alongside.records.people.services.registering import ToldChild
from alongside.records.referrals.alike import families_alike, perhaps_known, referrals_alike
from alongside.records.referrals.models import Referral, ReferralKey
from alongside.records.referrals.queries import children_told
from alongside.records.referrals.rules import NEXT, reference_words
from alongside.records.referrals.services import answer_referral, stored
from tests.cast import TODAY, Cast
from tests.records.telling import LILY, refer

pytestmark = pytest.mark.usefixtures("clock")


def test_the_table_of_what_may_follow_knows_every_status() -> None:
    assert set(NEXT) == set(Referral.Status.values)
    assert set().union(*NEXT.values()) <= set(Referral.Status.values)


@given(st.uuids())
def test_reference_words_are_three_and_always_the_same(pk: UUID) -> None:
    assert reference_words(pk) == reference_words(pk)
    assert len(reference_words(pk).split()) == 3


def test_what_was_told_of_a_child_is_read_back_as_it_was_told(cast: Cast) -> None:
    child = replace(LILY, arrangement_since=date(2024, 3, 1), arrangement_precision="month", plan="child_in_need")
    assert children_told(refer(cast, child)) == (child,)
    assert "phone" not in stored(child)


def test_a_spoilt_or_spare_child_is_read_as_far_as_it_goes(cast: Cast) -> None:
    referral = refer(cast)
    referral.children = [{"name": "Sam", "birth_date": "soon"}, {"birth_date": "2019-05-04"}]
    assert children_told(referral) == (ToldChild("Sam"), ToldChild("", date(2019, 5, 4), "exact"))


def test_the_authority_follows_from_the_postcode(cast: Cast) -> None:
    assert refer(cast, postcode="HX1 1UJ").authority == cast.calderdale
    assert refer(cast, postcode="", no_fixed_address=True).authority is None


def test_a_double_click_makes_one_referral(cast: Cast) -> None:
    submission = new_id()
    first, second = refer(cast, submission=submission), refer(cast, submission=submission)
    assert first.pk == second.pk
    keys = ReferralKey.objects.filter(referral=first).values_list("key", flat=True)
    assert len(keys) == len(set(keys))


def test_a_letter_goes_only_where_it_is_safe_and_says_nothing_of_the_family(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        refer(cast, carer_email="marta@example.org")
    assert not mail.outbox
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        referral = refer(cast, carer_email="marta@example.org", write_by=date(2026, 11, 27))
    (letter,) = mail.outbox
    assert letter.to == ["marta@example.org"]
    assert "Friday 27 November" in letter.body
    assert reference_words(referral.pk) in letter.body
    assert "Lily" not in letter.body + letter.subject
    assert "kinship" not in letter.subject.lower()


def test_the_answer_reaches_the_referrer_without_a_name(cast: Cast, django_capture_on_commit_callbacks: object) -> None:
    referral = refer(cast)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        answer_referral(
            referral=referral, version=referral.version, status="declined", words="Marta moved away.", by=cast.morgan
        )
    (letter,) = mail.outbox
    assert letter.to == [cast.ruth.email]
    assert str(referral.pk) in letter.body
    assert "Marta" not in letter.body + letter.subject


def test_what_is_decided_stays_decided(cast: Cast) -> None:
    referral = refer(cast)
    answer_referral(referral=referral, version=1, status="declined", words="Full.", by=cast.morgan)
    with pytest.raises(Refused, match="already answered"):
        answer_referral(referral=referral, version=2, status="accepted", words="Yes.", by=cast.morgan)


def test_the_second_of_two_managers_is_told(cast: Cast) -> None:
    referral = refer(cast)
    theirs = Referral.objects.get(pk=referral.pk)
    answer_referral(referral=referral, version=1, status="waiting", words="In May.", by=cast.morgan)
    with pytest.raises(Stale) as told:
        answer_referral(referral=theirs, version=1, status="declined", words="No.", by=cast.morgan)
    assert told.value.current.answer == "In May."


def known(cast: Cast, **facts: object) -> list[str]:
    """Refer somebody, and give the families that they may be, each with why."""
    for person in (cast.grace, cast.tyler, cast.amara):
        file_person(person)
    found = families_alike(refer(cast, **facts), cast.morgan)
    return [f"{family.row.name}: {alike.likeness.level}" for family in found for alike in family.alike]


GRACE = {"carer_name": "Grace Okafor", "carer_birth_date": date(1968, 3, 12)}


@pytest.mark.parametrize(
    "told",
    [
        GRACE,
        {"carer_name": "Okafor, Grace", "carer_birth_date": date(1968, 3, 12)},
        {"carer_name": "Okafor Grace", "carer_birth_date": date(1968, 3, 12)},
        {"carer_name": "Grase Okaffor", "carer_birth_date": date(1968, 3, 12)},
        {"carer_name": "Grace Okafor", "carer_birth_date": date(1968, 12, 3)},
        {"carer_name": "Grace Okafor", "carer_birth_date": None, "carer_birth_precision": "unknown"},
        {"carer_name": "Mrs Grace Okafor", "postcode": "", "no_fixed_address": True, "carer_birth_date": None},
    ],
    ids=["same", "surname first", "swapped", "misspelled", "month first", "no birthday", "no address"],
)
def test_a_carer_already_known_is_found(cast: Cast, told: dict[str, object]) -> None:
    assert any(words.startswith("Grace Okafor: ") for words in known(cast, **told))


def test_a_name_of_one_word_is_found(cast: Cast) -> None:
    cast.grace.name = "Suharto"
    cast.grace.save()
    assert known(cast, carer_name="Suharto", carer_birth_date=date(1968, 3, 12))


def test_a_name_in_another_script_is_found(cast: Cast) -> None:
    cast.grace.name = "نور الهدى"
    cast.grace.save()
    assert known(cast, carer_name="نور الهدي", carer_birth_date=date(1968, 3, 12))


def test_a_stranger_is_not_taken_for_somebody_known(cast: Cast) -> None:
    assert known(cast, carer_name="Marta Novak", carer_birth_date=date(1968, 3, 12)) == []


def test_a_twin_is_not_taken_for_the_other(cast: Cast) -> None:
    file_person(cast.tyler)
    twin = ToldChild("Taiwo Okafor", date(2019, 5, 4), "exact")
    referral = refer(cast, twin, carer_name="Zed Quist", carer_birth_date=None, carer_birth_precision="unknown")
    assert families_alike(referral, cast.morgan) == []


def test_a_family_told_of_twice_is_found_and_says_why(cast: Cast) -> None:
    first = refer(cast)
    second = refer(cast, replace(LILY, name="Lilly Novak"), carer_name="M. Novak", postcode="HX1 1UJ")
    (other,) = referrals_alike(second, cast.morgan)
    assert other.row == first
    assert "same date of birth" in {reason for alike in other.alike for reason in alike.likeness.reasons}
    assert perhaps_known([second], cast.morgan) == {second.pk}


def test_a_hint_in_the_list_is_only_given_where_there_is_something(cast: Cast) -> None:
    file_person(cast.grace)
    strange, same = refer(cast, ToldChild("Bo Lind", date(2017, 1, 2), "exact"), carer_name="Ea Lind"), None
    same = refer(cast, ToldChild("Bo Dahl", date(2016, 1, 2), "exact"), **GRACE)
    assert perhaps_known([strange, same], cast.morgan) == {same.pk}


def test_another_agency_s_people_are_never_candidates(cast: Cast) -> None:
    file_person(cast.grace)
    referral = refer(cast, **GRACE)
    Referral.objects.filter(pk=referral.pk).update(agency=cast.other_provider)
    assert families_alike(Referral.objects.get(pk=referral.pk), cast.morgan) == []
    assert perhaps_known([Referral.objects.get(pk=referral.pk)], cast.morgan) == set()


def test_today_is_the_clock_s(cast: Cast) -> None:
    assert refer(cast).received_at.date() == TODAY


def test_somebody_who_moved_is_found_though_their_birthday_is_not_known(cast: Cast) -> None:
    assert known(cast, carer_name="Grace Okafor", carer_birth_date=None, postcode="HX1 1UJ")
