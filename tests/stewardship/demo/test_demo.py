"""Made-up families: the same for the same seed, sound by the program's own rules, and nobody's."""

import re
from argparse import ArgumentParser
from datetime import date

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction

from alongside.config.commands import demo
from alongside.core.agencies.models import Agency, User
from alongside.core.agencies.permissions import Role
from alongside.core.agencies.places import WHOLE_POSTCODE, Whereabouts, place_of_postcode
from alongside.core.audit.models import Entry
from alongside.core.audit.queries import check
from alongside.records.appointments.models import Appointment
from alongside.records.appointments.rules import joins_at
from alongside.records.cases.models import Case, Contact
from alongside.records.measures.models import AnswerSet
from alongside.records.people.models import Household, Membership, Person, SearchKey
from alongside.records.people.services.filing import keys_of
from alongside.records.programmes.models import Decision, Enrolment, Programme
from alongside.records.referrals.models import Referral, ReferralKey
from alongside.stewardship.demo import tables
from alongside.stewardship.demo.agencies import OTHER_PROVIDER, PASSWORD, PROVIDER
from alongside.stewardship.demo.filling import fill
from alongside.stewardship.demo.scales import NATIONAL_CHILDREN, scale
from tests.conftest import load_project_data

TODAY = date(2026, 11, 20)


@pytest.fixture
def small(db: None) -> str:
    """A database filled at the smallest scale; gives the digest."""
    return fill(scale("small"), 1, TODAY, lambda _: None)


def command(*arguments: str) -> int:
    """Run the command as the shell would."""
    parser = ArgumentParser()
    demo.add_arguments(parser)
    return demo.run(parser.parse_args([*arguments, "--today", str(TODAY)]))


def filled() -> list[type[models.Model]]:
    return [table.model for table in tables.ORDER if not table.model._meta.auto_created]


def test_every_row_would_have_passed_the_programs_own_checks(small: str) -> None:
    for model in filled():
        rows = model._default_manager.all()
        assert rows.exists(), model
        for row in rows:
            try:
                row.full_clean(exclude=["source_agency"], validate_unique=False)
            except ValidationError as error:
                pytest.fail(f"{model.__name__}: {error}")


def test_the_log_holds_an_entry_for_each_case_contact_referral_and_answer(small: str) -> None:
    assert check().broken_at is None
    for model in (Case, Contact, Referral, AnswerSet):
        logged = set(Entry.objects.filter(model=model._meta.label, kind="write").values_list("row", flat=True))
        assert {str(pk) for pk in model.objects.values_list("pk", flat=True)} <= logged


def test_nothing_has_happened_that_is_still_to_come(small: str) -> None:
    assert Contact.objects.latest("at").at.date() < TODAY
    assert Referral.objects.latest("received_at").received_at.date() < TODAY
    assert AnswerSet.objects.latest("answered_on").answered_on < TODAY
    for case in Case.objects.all():
        assert case.opened_on <= (case.closed_on or TODAY)
        assert not case.contacts.filter(at__date__lt=case.opened_on).exists()


def test_no_address_exists_and_no_number_rings(small: str) -> None:
    codes = set(Household.objects.values_list("postcode", flat=True)) | set(
        Referral.objects.values_list("postcode", flat=True)
    )
    for code in codes - {""}:
        assert WHOLE_POSTCODE.fullmatch(code.replace(" ", ""))
        assert place_of_postcode(code).whereabouts is Whereabouts.NOT_KNOWN
    for number in Person.objects.exclude(phone="").values_list("phone", flat=True):
        assert re.fullmatch(r"07700 900\d{3}", number)
    for model in (Person, User):
        assert not model.objects.exclude(email="").exclude(email__endswith="@example.org").exists()


def test_people_and_referrals_are_filed_as_the_services_file_them(small: str) -> None:
    for person in Person.objects.all()[:60]:
        homes = Membership.objects.filter(person=person, until=None).values_list("household__postcode", flat=True)
        filed = set(SearchKey.objects.filter(person=person).values_list("key", flat=True))
        assert keys_of(person, []) <= filed
        assert not homes or keys_of(person, homes[:1]) <= filed
    assert ReferralKey.objects.values("referral").distinct().count() == Referral.objects.count()


def test_grace_is_there_and_somebody_referred_her_again(small: str) -> None:
    case = Case.objects.get(household__name="Grace Okafor")
    assert case.worker
    assert case.worker.name == "Asha Rahman"
    assert case.closed_on is None
    assert [reading.value for goal in case.goals.all() for reading in goal.readings.order_by("on")] == [4, 6]
    again = Referral.objects.get(carer_name="Grase Okafor", status="new")
    shared = set(ReferralKey.objects.filter(referral=again).values_list("key", flat=True)) & set(
        SearchKey.objects.filter(person__name="Grace Okafor").values_list("key", flat=True)
    )
    assert len(shared) > 2


def test_the_next_appointment_is_the_one_kept_on_the_case(small: str) -> None:
    booked = Appointment.objects.filter(status="booked")
    assert dict(booked.values_list("case", "at")) == dict(
        Case.objects.exclude(next_appointment_at=None).values_list("pk", "next_appointment_at")
    )
    assert booked.earliest("at").at.date() > TODAY
    assert booked.count() > 2
    grace = Appointment.objects.filter(case__household__name="Grace Okafor").order_by("at")
    assert list(grace.values_list("status", "channel")) == [("missed", "phone"), ("booked", "video")]
    assert all(joins_at(one.link, settings.VIDEO_HOSTS) for one in booked if one.channel == "video")


def test_there_is_somebody_to_sign_in_for_every_role(small: str) -> None:
    able = User.objects.exclude(password="!")
    assert set(able.values_list("role", flat=True)) == set(Role.values)
    assert all(user.check_password(PASSWORD) for user in able[:2])


def test_the_other_provider_has_families_of_its_own(small: str) -> None:
    ours, theirs = Agency.objects.get(name=PROVIDER), Agency.objects.get(name=OTHER_PROVIDER)
    assert ours.created_at < theirs.created_at  # the oldest provider is the one whose installation this is
    assert Household.objects.filter(agency=theirs).exists()
    assert not Case.objects.filter(agency=theirs).exclude(worker__agency=theirs).exists()
    assert not Enrolment.objects.filter(case__agency=ours).exclude(contract__agency=ours).exists()


def test_every_decision_says_why_and_every_outcome_occurs(small: str) -> None:
    assert not Decision.objects.filter(words="").exists()
    assert set(Referral.objects.values_list("status", flat=True)) == set(Referral.Status.values)


def test_some_reviews_are_missing_and_some_carers_do_worse(small: str) -> None:
    five = AnswerSet.objects.filter(instrument="five-domains")
    starts = {row.case_id: row.scores["isolation"] for row in five.filter(occasion="start")}
    later = {row.case_id: row.scores["isolation"] for row in five.filter(occasion__in=["review", "end"])}
    moved = [
        later[case] - start for case, start in starts.items() if case in later and None not in (start, later[case])
    ]
    assert len(moved) < len(starts)
    assert min(moved) < 0 < max(moved)


def test_the_same_seed_gives_the_same_families_and_another_seed_others(db: None) -> None:
    def digest(seed: int) -> str:
        with transaction.atomic():
            Programme.objects.all().delete()
            Agency.objects.all().delete()
            load_project_data()  # whose ids differ from one database to the next
            found = fill(scale("small"), seed, TODAY, lambda _: None)
            transaction.set_rollback(True)
        return found

    assert digest(1) == digest(1) != digest(2)


def test_the_nation_has_as_many_children_as_the_founding_documents_count() -> None:
    assert sum(scale("nation").children.values()) == NATIONAL_CHILDREN


def test_the_command_fills_once_and_then_only_tells_who_signs_in(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("--scale", "small", "--seed", "1") == 0
    families = Household.objects.count()
    assert command("--unless-present") == 0
    assert "asha@example.org" in capsys.readouterr().out
    assert command() == 1
    assert "has made-up families already (small, seed 1)" in capsys.readouterr().err
    assert Household.objects.count() == families


def test_the_command_leaves_real_records_alone(cast: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("--unless-present") == 1
    assert "holds records that were not made up" in capsys.readouterr().err
