"""Asking by itself months after the end: who is sent the first link, once, and to whom nothing is ever sent."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.insight.asking.services import send_follow_ups
from alongside.records.cases.models import Case, Closure
from alongside.records.measures.models import CheckInLink, NotAsked
from alongside.records.measures.services.linking import make_link
from alongside.records.people.models import Membership, Restriction, SafetyNote
from alongside.records.programmes.models import Enrolment, Programme
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.usefixtures("clock")
BASE = "https://alongside.example.org/check-in/"
DAY = timedelta(days=1)
ENDED = TODAY.replace(month=5)  # six months ago to the day


@pytest.fixture
def closed(cast: Cast) -> Closure:
    Enrolment.objects.filter(case=cast.case).update(started_on=ENDED - 90 * DAY, ended_on=ENDED)
    Case.objects.filter(pk=cast.case.pk).update(closed_on=ENDED, review_due=None)
    return Closure.objects.create(
        agency=cast.provider, case=cast.case, closed_on=ENDED, reason="other", later="email", later_person=cast.grace
    )


def at(moment: datetime = NOW) -> int:
    with time_machine.travel(moment, tick=False):
        return send_follow_ups(BASE)


def test_whoever_agreed_is_asked_on_the_day_once_and_then_again_as_the_programme_says(
    closed: Closure, sign_in: Callable[[User], Client], cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    asha = sign_in(cast.asha)
    assert at(NOW - DAY) == at(NOW.replace(hour=6)) == 0
    with time_machine.travel(NOW - DAY, tick=False):
        assert "We e-mail Grace Okafor a link on 20 November 2026, as they agreed." in asha.get("/families/due/").text
    with django_capture_on_commit_callbacks(execute=True):
        assert at() == 1
    assert at() == 0
    (letter,) = mail.outbox
    assert letter.to == [cast.grace.email]
    assert "Grace" not in letter.body + letter.subject
    assert "It is some time since we were last in touch." in letter.body
    start = Client().get("/check-in/" + letter.body.split(BASE)[1].split()[0]).text
    assert "the team that worked with you" in start
    by_hand = asha.get(f"/families/{cast.case.pk}/measures/link/").text
    assert 'value="follow_up" checked' in by_hand
    link = CheckInLink.objects.get()
    assert (link.occasion, link.person, link.way) == ("follow_up", cast.grace, "email")
    assert (link.chases_left, link.chase_on, "five-domains" in link.instruments) == (2, TODAY + 5 * DAY, True)
    assert "Grace Okafor was e-mailed a link today." in asha.get("/families/due/").text


def said_no(cast: Cast) -> None:
    Closure.objects.update(later="no", later_person=None)


def never_asked(cast: Cast) -> None:
    Closure.objects.update(later="", later_person=None)


def came_back(cast: Cast) -> None:
    Closure.objects.update(reopened_on=TODAY)


def joined_again(cast: Cast) -> None:
    Enrolment.objects.create(agency=cast.provider, case=cast.case, contract=cast.contract, started_on=TODAY)


def note(cast: Cast) -> None:
    SafetyNote.objects.create(agency=cast.provider, household=cast.household, words="He reads it.", checked_on=TODAY)


def restrict(cast: Cast) -> None:
    Restriction.objects.create(
        agency=cast.provider, household=cast.household, reason="Kin.", set_by=cast.morgan, review_on=TODAY
    )


def concern(cast: Cast) -> None:
    Case.objects.update(concern_since=timezone.now())


def die(cast: Cast) -> None:
    type(cast.grace).objects.filter(pk=cast.grace.pk).update(has_died=True)


def leave(cast: Cast) -> None:
    Membership.objects.filter(person=cast.grace).update(until=TODAY)


def lose_the_address(cast: Cast) -> None:
    type(cast.grace).objects.filter(pk=cast.grace.pk).update(email="")


def spare(cast: Cast) -> None:
    NotAsked.objects.create(agency=cast.provider, case=cast.case, occasion="follow_up", on=TODAY, why="rather_not")


def turn_off(cast: Cast) -> None:
    for programme in Programme.objects.all():
        programme.definition["schedule"]["follow_up_by_itself"] = False
        programme.save()


def give_a_link(cast: Cast) -> None:
    make_link(
        case=cast.case, person=cast.grace, occasion="follow_up", asked=["ons4"], by=cast.asha, base_url=BASE
    )  # fmt: skip


def wait(cast: Cast) -> None:
    Enrolment.objects.filter(case=cast.case).update(ended_on=ENDED - 15 * DAY)


NEVER = [said_no, never_asked, came_back, joined_again, note, restrict, concern, die, leave, lose_the_address, spare,
         turn_off, give_a_link, wait]  # fmt: skip


@pytest.mark.parametrize("happens", NEVER, ids=lambda happens: happens.__name__)
def test_nothing_is_sent_that_was_not_agreed_is_not_safe_or_was_done_by_hand(
    cast: Cast, closed: Closure, happens: Callable[[Cast], None]
) -> None:
    happens(cast)
    before = CheckInLink.objects.count()
    assert at() == 0
    assert CheckInLink.objects.count() == before
