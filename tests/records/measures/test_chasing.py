"""Asking again: who gets a new link, what goes over to it, and to whom nothing is ever sent."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from alongside.core.base.errors import Refused
from alongside.core.base.ids import new_id
from alongside.core.base.tokens import hash_of
from alongside.records.concerns.models import Concern
from alongside.records.concerns.services import listening
from alongside.records.measures.library import instrument
from alongside.records.measures.models import CheckInLink, NotAsked
from alongside.records.measures.queries import open_link
from alongside.records.measures.services.answering import finish_link, record_answers
from alongside.records.measures.services.chasing import chase
from alongside.records.measures.services.linking import make_link, save_answer
from alongside.records.measures.services.sparing import hear_rather_not, leave_in_peace
from alongside.records.people.models import Flag, Membership, Restriction, SafetyNote
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.usefixtures("clock")
BASE = "https://alongside.example.org/check-in/"
LATER = NOW + timedelta(days=5)
Committing = Callable[..., Any]


def asked(cast: Cast, occasion: str = "review", **more: Any) -> tuple[CheckInLink, str]:
    told = {"way": "email", "chases": 2, "chase_days": 5, **more}
    link, address = make_link(
        case=cast.case,
        person=cast.grace,
        occasion=occasion,
        asked=["five-domains"],
        by=cast.asha,
        base_url=BASE,
        **told,
    )
    return link, address.removeprefix(BASE).strip("/")


def at(moment: datetime) -> int:
    with time_machine.travel(moment, tick=False):
        return chase(BASE)


def test_who_stopped_half_way_goes_on_from_a_new_link(
    cast: Cast, django_capture_on_commit_callbacks: Committing
) -> None:
    link, token = asked(cast)
    save_answer(link=link, instrument="five-domains", item="isolation", answer=7)
    assert at(LATER - timedelta(days=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert at(LATER) == 1
    (letter,) = mail.outbox[-1:]
    assert "what you answered is kept" in letter.body.lower()
    assert not [name for name in ("Grace", "Tyler", "Asha") if name in letter.body + letter.subject]
    fresh = letter.body.split(BASE)[1].split("/")[0]
    with time_machine.travel(LATER, tick=False):
        assert open_link(token) is None, "the first link has ended"
        new = open_link(fresh)
        assert new is not None
        assert new.answers == {"five-domains": {"isolation": 7}}
        assert (new.chased, new.chases_left, new.asked_on) == (1, 1, TODAY)
        finish_link(link=new, next_review=None)
        assert at(LATER + timedelta(days=5)) == 0, "who has answered is asked no more"


def test_nobody_is_asked_again_more_often_than_was_said(cast: Cast) -> None:
    asked(cast)
    sent = [at(NOW + timedelta(days=5 * step)) for step in range(1, 6)]
    assert sent == [1, 1, 0, 0, 0]
    assert sorted(CheckInLink.objects.values_list("chased", flat=True)) == [0, 1, 2]


def test_one_sweep_sends_once(cast: Cast) -> None:
    asked(cast)
    assert at(LATER) == 1
    assert at(LATER) == 0


def test_by_text_the_whole_message_is_one_line_with_the_link(
    cast: Cast, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Committing
) -> None:
    settings.TEXT_FILE_PATH = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        _, token = asked(cast, way="text")
    (text,) = (path.read_text() for path in tmp_path.iterdir())
    assert text.startswith("To: 07700 900123\n")
    assert f"{BASE}{token}/" in text
    assert "Grace" not in text


def test_a_link_that_is_handed_over_is_sent_to_nobody_and_never_chased(
    cast: Cast, django_capture_on_commit_callbacks: Committing
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        link, _ = asked(cast, way="nobody")
        assert at(LATER) == 0
    assert link.chase_on is None
    assert mail.outbox == []


def note(cast: Cast) -> None:
    SafetyNote.objects.create(agency=cast.provider, household=cast.household, words="He reads it.", checked_on=TODAY)


def restrict(cast: Cast) -> None:
    Restriction.objects.create(
        agency=cast.provider, household=cast.household, reason="Kin.", set_by=cast.morgan, review_on=TODAY
    )


def flag(cast: Cast) -> None:
    Flag.objects.create(
        agency=cast.provider,
        household=cast.household,
        kind="visits",
        words="Do not visit alone",
        reason="A dog.",
        seen_by="all",
        set_by=cast.asha,
        review_on=TODAY,
        expires_on=TODAY + timedelta(days=90),
    )


def concern(cast: Cast) -> None:
    type(cast.case).objects.update(concern_since=timezone.now())


def pause(cast: Cast) -> None:
    type(cast.case).objects.update(paused_since=TODAY)


def close(cast: Cast) -> None:
    type(cast.case).objects.update(closed_on=TODAY)


def die(cast: Cast) -> None:
    type(cast.grace).objects.filter(pk=cast.grace.pk).update(has_died=True)


def leave(cast: Cast) -> None:
    Membership.objects.filter(person=cast.grace).update(until=TODAY)


def lose_the_address(cast: Cast) -> None:
    type(cast.grace).objects.filter(pk=cast.grace.pk).update(email="")


NEVER = [note, restrict, flag, concern, pause, close, die, leave, lose_the_address]


@pytest.mark.parametrize("happens", NEVER, ids=lambda happens: happens.__name__)
def test_nothing_is_sent_that_somebody_should_look_at_first(cast: Cast, happens: Callable[[Cast], None]) -> None:
    asked(cast)
    happens(cast)
    assert at(LATER) == 0


def test_months_after_the_end_somebody_is_still_asked_again(cast: Cast) -> None:
    asked(cast, "follow_up")
    close(cast)
    assert at(LATER) == 1


def test_nobody_is_woken_and_nothing_comes_out_of_the_blue(cast: Cast) -> None:
    asked(cast)
    assert at(LATER.replace(hour=6)) == at(LATER.replace(hour=21)) == 0
    assert at(LATER + timedelta(days=15)) == 0


def test_answers_given_to_the_worker_end_the_chase(cast: Cast) -> None:
    asked(cast)
    record_answers(
        case=cast.case,
        person=cast.grace,
        occasion="review",
        answers={"five-domains": {"isolation": 4}},
        answered_on=TODAY,
        mode="with_worker",
        by=cast.asha,
        submission=new_id(),
    )
    assert at(LATER) == 0
    later, _ = asked(cast)
    assert later.chased == 0, "the next review is a matter of its own"


def test_who_would_rather_not_is_left_in_peace(cast: Cast) -> None:
    link, _ = asked(cast)
    review = TODAY + timedelta(weeks=12)
    kept = hear_rather_not(link=link, next_review=review)
    cast.case.refresh_from_db()
    assert (kept.why, kept.person, cast.case.review_due) == ("rather_not", cast.grace, review)
    assert at(LATER) == 0


def test_a_worker_leaves_a_family_in_peace_and_the_link_ends(cast: Cast) -> None:
    _, token = asked(cast)
    leave_in_peace(
        case=cast.case,
        occasion="review",
        why="not_now",
        words="A funeral",
        next_review=None,
        by=cast.asha,
        submission=new_id(),
    )
    assert open_link(token) is None
    assert NotAsked.objects.get().words == "A funeral"


def test_a_message_that_could_not_arrive_is_refused_by_its_field(cast: Cast) -> None:
    lose_the_address(cast)
    cast.grace.refresh_from_db()
    with pytest.raises(Refused) as refused:
        asked(cast)
    assert refused.value.field == "way"
    assert not CheckInLink.objects.exists()


def test_two_carers_each_have_a_link_of_their_own(cast: Cast) -> None:
    _, hers = asked(cast)
    joy = type(cast.grace).objects.create(agency=cast.provider, name="Joy Okafor", phone="07700 900124")
    make_link(case=cast.case, person=joy, occasion="review", asked=["ucla-3"], by=cast.asha, base_url=BASE, way="text")
    assert open_link(hers) is not None
    assert not CheckInLink.objects.get(token_hash=hash_of(hers)).answers


def test_what_was_heard_before_opens_no_second_concern_from_the_new_link(cast: Cast) -> None:
    make = {"case": cast.case, "person": cast.grace, "occasion": "review", "by": cast.asha, "base_url": BASE}
    link, _ = make_link(**make, asked=["phq-9"])
    listening.save_answer(link=link, instrument="phq-9", item=instrument("phq-9").alarms[0].item, answer=2)
    later, _ = make_link(**make, asked=["phq-9"])
    listening.save_answer(link=later, instrument="phq-9", item="interest", answer=1)
    assert listening.heard(later)
    assert Concern.objects.count() == 1
