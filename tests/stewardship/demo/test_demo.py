"""Made-up families: the same for the same seed, sound by the program's own rules, and nobody's."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Max, Min, Q
from django.utils.timezone import localdate

from alongside.core.agencies.models import Agency, User
from alongside.core.agencies.permissions import Role
from alongside.core.agencies.places import WHOLE_POSTCODE, Whereabouts, place_of_postcode
from alongside.core.audit.models import Entry
from alongside.core.audit.queries import check
from alongside.core.base.rows import EVERY_AGENCY, open_rows
from alongside.insight.clocks.queries import clocks_due
from alongside.records.appointments.models import Appointment, Attendance
from alongside.records.appointments.rules import joins_at
from alongside.records.cases.models import Case, Contact, Step
from alongside.records.measures.models import AnswerSet
from alongside.records.oversight.models import Absence, AgreedAction, Cover, Sample
from alongside.records.oversight.queries import draw_again
from alongside.records.people.models import Arrangement, Household, Membership, Person, SearchKey
from alongside.records.people.services.filing import keys_of
from alongside.records.programmes.models import (
    AuthorityNote,
    Decision,
    Enrolment,
    Extension,
    FundAgreement,
    GroupMember,
    Move,
)
from alongside.records.programmes.queries import unallocated
from alongside.records.referrals.models import Referral, ReferralKey
from alongside.records.trials import queries as of_trials
from alongside.records.trials.flow import flow_of
from alongside.records.trials.models import Allocation, Assessment, Trial, TrialConsent
from alongside.stewardship.demo import tables
from alongside.stewardship.demo.agencies import OTHER_PROVIDER, PASSWORD, PROVIDER
from alongside.stewardship.demo.filling import fill
from alongside.stewardship.demo.scales import NATIONAL_CHILDREN, scale
from alongside.stewardship.demo.showing import EMBEDDED
from alongside.stewardship.exchange.models import Extract
from alongside.stewardship.exchange.services.extracting import take_extract
from tests.cast import NOW

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def filled_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database filled at the smallest scale for all of this file, which changes nothing in it; gives the digest."""
    with django_db_blocker.unblock(), transaction.atomic():
        open_rows(EVERY_AGENCY)
        yield fill(scale("small"), 1, TODAY, lambda _: None)
        transaction.set_rollback(True)


@pytest.fixture
def small(filled_once: str, db: None) -> str:
    """That database, in sight of one test."""
    return filled_once


def filled() -> list[type[models.Model]]:
    return [table.model for table in tables.ORDER if not table.model._meta.auto_created]


def test_every_row_would_have_passed_the_programs_own_checks(small: str) -> None:
    for model in filled():
        rows = model._default_manager.all()
        assert rows.exists(), model
        # That what a row names is there, and what a table forbids, the database has checked itself.
        names = [field.name for field in model._meta.fields if field.is_relation]
        for row in rows:
            try:
                row.full_clean(exclude=names, validate_unique=False, validate_constraints=False)
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


def test_the_last_group_that_somebody_came_to_is_being_in_touch(small: str) -> None:
    held = Appointment.objects.filter(status="kept").order_by().values("case")
    met = {case: localdate(at) for case, at in held.annotate(last=Max("at")).values_list("case", "last")}
    kept = Case.objects.exclude(last_met_on=None)
    assert met == dict(kept.values_list("pk", "last_met_on"))
    assert len(met) > 2
    assert not kept.filter(last_contact_on__lt=F("last_met_on")).exists()


def test_the_next_step_of_ours_is_the_one_kept_on_the_case(small: str) -> None:
    standing = Q(goal=None) | Q(goal__met_on=None, goal__left_on=None)
    ours = Step.objects.filter(standing, owner="worker", done_on=None).order_by().values("case")
    due = dict(ours.annotate(first=Min("due_on")).values_list("case", "first"))
    assert due == dict(Case.objects.exclude(step_due_on=None).values_list("pk", "step_due_on"))
    assert any(day < TODAY for day in due.values())


def test_families_show_each_way_in_which_work_changes_its_course(small: str) -> None:
    assert set(Extension.objects.values_list("answer", flat=True)) == {"agreed", "asked"}
    for extension in Extension.objects.filter(answer="agreed").select_related("enrolment"):
        held = extension.enrolment
        assert (held.more_weeks, held.more_sessions) == (extension.weeks, extension.sessions)
    assert set(Move.objects.values_list("way", flat=True)) == {"step_up", "to_authority"}
    for move in Move.objects.select_related("left", "joined", "case"):
        assert move.left.ended_on == move.moved_on
        assert move.joined.started_on == move.moved_on if move.joined else move.case.closed_on == move.moved_on
    agreement = FundAgreement.objects.get()
    footing = Arrangement.objects.get(child=agreement.child, ended_on=None)
    assert (footing.kind, footing.looked_after_before) == ("special_guardianship", "yes")
    assert Enrolment.objects.filter(case=agreement.case, contract__tier="therapy", ended_on=None).exists()
    assert agreement.sessions.filter(outcome="attended").count() == 3


def test_a_worker_who_sits_with_the_council_keeps_its_side_and_nobody_else_sees_it(small: str) -> None:
    hanna, asha, morgan = (User.objects.get(email=f"{name}@example.org") for name in ("hanna", "asha", "morgan"))
    notes = AuthorityNote.objects.visible_to(hanna)
    assert notes.count() == AuthorityNote.objects.count() > 2
    for nobody in (asha, morgan):
        assert not AuthorityNote.objects.visible_to(nobody).exists()
    assert set(notes.values_list("case__team__name", flat=True)) == {EMBEDDED}


def test_records_are_read_by_a_chance_that_anybody_can_repeat(small: str) -> None:
    sample = Sample.objects.get()
    again = draw_again(sample)
    assert (again.same_pool, again.same_draw) == (True, True)
    assert 0 < sample.audits.count() < sample.size == len(sample.picked)
    assert sample.audits.filter(followed_up_on__isnull=False).count() == 1
    answers = {one["found"] for audit in sample.audits.all() for one in audit.answers.values()}
    assert answers == {"yes", "partly", "no"}
    assert AgreedAction.objects.filter(audit__sample=sample, done_on=None).exists()


def test_who_is_away_has_given_every_family_to_somebody(small: str) -> None:
    absence = Absence.objects.get(begun_on__isnull=False, over_on=None)
    assert absence.starts_on < TODAY < absence.ends_on
    assert not Case.objects.filter(worker=absence.worker, closed_on=None).exists()
    covers = Cover.objects.filter(absence=absence).select_related("case")
    assert len(covers) > 1
    assert all(cover.case.worker_id == cover.worker_id and cover.handed_on for cover in covers)


def test_some_families_waited_before_they_were_taken_on(small: str) -> None:
    waited = Decision.objects.filter(outcome="waiting", referral__status="accepted").select_related("referral")
    assert waited.exists()
    for decision in waited:
        taken_on = decision.referral.decisions.get(outcome="accepted")
        assert decision.referral.received_at < decision.decided_at < taken_on.decided_at
        assert decision.contract_id == taken_on.contract_id


def test_some_clocks_run_out_soon_and_most_of_what_law_asks_was_done(small: str) -> None:
    with time_machine.travel(NOW, tick=False):
        due = clocks_due(User(role="manager", agency=Agency.objects.get(name=PROVIDER)), TODAY + timedelta(days=60))
    found = {one.deadline.rule.slug for one in due}
    assert len(found) > 2, found
    told = Arrangement.objects.filter(kind__in=("informal", "private_fostering"), authority_told_on__isnull=False)
    assert told.exists()
    late = [one for one in due if one.deadline.due < TODAY and one.deadline.rule.slug != "allowance-review"]
    assert len(late) < Case.objects.filter(closed_on=None).count() / 5


def test_groups_say_who_came_and_what_became_of_each(small: str) -> None:
    groups = Appointment.objects.filter(channel="group")
    assert {"kept", "they_called_off"} <= set(groups.values_list("status", flat=True))
    came = Attendance.objects.select_related("appointment")
    assert {(one.appointment.status, one.came) for one in came} <= {("kept", "came"), ("they_called_off", "sorry")}


def test_some_carers_go_to_their_groups_and_some_left_and_said_why(small: str) -> None:
    members = GroupMember.objects.all()
    slugs = set(members.values_list("case__enrolments__contract__programme__slug", flat=True))
    assert {"connected", "listening-ear"} <= slugs
    assert members.filter(left_on=None).count() > members.exclude(left_on=None).count() > 0
    assert not members.exclude(left_on=None).filter(why="").exists()
    assert not members.filter(Q(joined_on__lt=F("case__opened_on")) | Q(joined_on__gte=TODAY)).exists()
    assert not members.exclude(person__memberships__household=F("case__household")).exists()


def test_most_who_want_a_listening_ear_have_no_worker_and_none_is_missed(small: str) -> None:
    ear = Case.objects.filter(enrolments__contract__programme__slug="listening-ear").distinct()
    alone = ear.filter(worker=None)
    assert ear.count() > alone.count() > ear.count() / 2
    assert not alone.exclude(household__worker=None).exists()
    assert not Case.objects.filter(worker=None).exclude(pk__in=ear).exists()
    assert not unallocated(Case.objects.all()).exists()


def test_a_pilot_trial_came_to_its_end_and_families_enter_another(small: str) -> None:
    ended, open_now = Trial.objects.order_by("opened_at")
    assert not ended.enters
    assert open_now.enters
    for trial in (ended, open_now):
        again = of_trials.draw_again(trial)
        assert (again.same_seed, again.differ) == (True, [])
        assert again.draws > 10
        agreed = TrialConsent.objects.filter(trial=trial, answer="agreed").values("case")
        assert not Allocation.objects.filter(trial=trial).exclude(case__in=agreed).exists()
    with time_machine.travel(NOW, tick=False):
        flow = flow_of(ended)
    assert flow.whole_on is None
    assert flow.randomised
    assert all(arm.followed for arm in flow.arms)
    assert Allocation.objects.latest("allocated_on").allocated_on < TODAY
    asha = User.objects.get(email="asha@example.org")
    assert of_trials.turns(asha, TODAY)
    assert not Assessment.objects.filter(case__household__name="Grace Okafor").exists()


def test_one_extract_can_be_taken_and_another_waits_for_an_answer(small: str) -> None:
    waiting, approved = Extract.objects.order_by("answer").select_related("cohort__frozen", "asked_by", "answered_by")
    assert waiting.answer == Extract.Answer.WAITING
    content = take_extract(extract=approved, by=approved.asked_by)
    with ZipFile(BytesIO(content)) as archive:
        assert archive.read("data.csv").count(b"\n") > 10


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


def test_the_nation_has_as_many_children_as_the_founding_documents_count() -> None:
    assert sum(scale("nation").children.values()) == NATIONAL_CHILDREN
