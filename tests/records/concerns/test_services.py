"""Concerns as the services keep them: recorded, read, told, closed, and never lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, connection, transaction

from alongside.core.agencies.models import Team, User
from alongside.core.base.errors import Refused
from alongside.core.base.ids import new_id
from alongside.records.concerns.models import Concern, ConcernStep
from alongside.records.concerns.services import acting
from alongside.records.concerns.services.raising import hear_concern, raise_concern, remind_of
from tests.cast import NOW, TODAY, Cast

Captured = Callable[..., object]


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


def concern(cast: Cast, **changes: object) -> Concern:
    facts: dict[str, object] = {
        "words": "Tyler has a bruise on his arm and will not say why.",
        "danger": False,
        "noticed_on": TODAY,
        "by": cast.asha,
        "case": cast.case,
    }
    return raise_concern(**(facts | changes))  # type: ignore[arg-type]


def since(cast: Cast) -> object:
    cast.case.refresh_from_db()
    return cast.case.concern_since


def test_a_concern_marks_its_family_until_it_is_closed(cast: Cast) -> None:
    first, second = concern(cast), concern(cast)
    assert since(cast) == NOW
    for one in (first, second):
        acting.read_concern(concern=one, words="", by=cast.morgan, submission=new_id())
        acting.need_no_authority(concern=one, words="A fall at school.", by=cast.morgan, submission=new_id())
        assert since(cast) == NOW
        acting.close_concern(concern=one, outcome="nobody_at_risk", words="Seen.", by=cast.morgan, submission=new_id())
    assert since(cast) is None
    acting.reopen_concern(concern=first, words="Again.", by=cast.morgan, submission=new_id())
    assert since(cast) == NOW


def test_the_managers_are_told_at_once_and_the_letter_names_nobody(
    cast: Cast, django_capture_on_commit_callbacks: Captured
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = concern(cast)
    assert [letter.to for letter in mail.outbox] == [[cast.morgan.email]]
    told = mail.outbox[0].subject + mail.outbox[0].body
    for word in ("Grace", "Okafor", "Tyler", "bruise", "Asha", "HD1"):
        assert word not in told
    assert f"/safety/concerns/{made.pk}/" in told
    assert "11:40 on Friday" in told


def test_whoever_is_on_call_is_told_too_when_nobody_may_be_at_work(
    cast: Cast, clock: time_machine.Traveller, settings: object, django_capture_on_commit_callbacks: Captured
) -> None:
    settings.ON_CALL_EMAIL = "on-call@example.org"  # type: ignore[attr-defined]
    with django_capture_on_commit_callbacks(execute=True):
        concern(cast)
    assert [letter.to for letter in mail.outbox] == [[cast.morgan.email]]
    mail.outbox.clear()
    clock.move_to(NOW.replace(hour=16, minute=55))
    with django_capture_on_commit_callbacks(execute=True):
        concern(cast)
    assert {letter.to[0] for letter in mail.outbox} == {cast.morgan.email, "on-call@example.org"}


def test_managers_of_the_family_s_team_are_told_or_where_it_has_none_all(
    cast: Cast, django_capture_on_commit_callbacks: Captured
) -> None:
    north = Team.objects.create(agency=cast.provider, name="North")
    other = User.objects.create(agency=cast.provider, team=north, role="manager", name="Max", email="max@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        concern(cast)
    assert [letter.to for letter in mail.outbox] == [[cast.morgan.email]]
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        concern(cast, case=None, about="A boy at the group")
    assert {letter.to[0] for letter in mail.outbox} == {cast.morgan.email, other.email}


def test_when_the_hour_has_passed_managers_are_told_again_once(
    cast: Cast, clock: time_machine.Traveller, django_capture_on_commit_callbacks: Captured
) -> None:
    late, read = concern(cast), concern(cast)
    acting.read_concern(concern=read, words="", by=cast.morgan, submission=new_id())
    clock.move_to(NOW + timedelta(hours=1))
    with django_capture_on_commit_callbacks(execute=True):
        for one in (late, late, read):
            remind_of(one.pk)
    assert len(mail.outbox) == 1
    assert "is late" in mail.outbox[0].subject
    assert late.steps.get().kind == "reminded"


def test_a_manager_who_records_one_has_read_it(cast: Cast, django_capture_on_commit_callbacks: Captured) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = concern(cast, by=cast.morgan)
    assert made.seen_at == NOW
    assert mail.outbox == []


def test_a_second_click_makes_nothing_more(cast: Cast, django_capture_on_commit_callbacks: Captured) -> None:
    submission = new_id()
    with django_capture_on_commit_callbacks(execute=True):
        assert concern(cast, submission=submission) == concern(cast, submission=submission)
        acting.add_note(concern=Concern.objects.get(), words="More.", by=cast.asha, submission=submission)
        acting.add_note(concern=Concern.objects.get(), words="More.", by=cast.asha, submission=submission)
    assert ConcernStep.objects.count() == 1
    assert len(mail.outbox) == 1


def test_what_makes_no_sense_is_refused(cast: Cast) -> None:
    made = concern(cast)
    told = {"concern": made, "by": cast.morgan, "words": "x"}

    def refuses(service: Callable[..., object], **more: object) -> None:
        with pytest.raises(Refused):
            service(**told, submission=new_id(), **more)

    refuses(acting.close_concern, outcome="nobody_at_risk")
    refuses(acting.hear_authority)
    refuses(acting.reopen_concern)
    refuses(acting.tell_authority, whom="Duty team", at=NOW + timedelta(minutes=1))
    acting.read_concern(**told, submission=new_id())
    refuses(acting.read_concern)
    refuses(acting.close_concern, outcome="nobody_at_risk")
    acting.tell_authority(**told, submission=new_id(), whom="Duty team", at=NOW)
    refuses(acting.need_no_authority)
    acting.hear_authority(**told, submission=new_id())
    acting.close_concern(**told, submission=new_id(), outcome="authority_acts")
    refuses(acting.tell_authority, whom="Duty team", at=NOW)
    acting.add_note(**told, submission=new_id())
    with pytest.raises(Refused):
        concern(cast, noticed_on=TODAY + timedelta(days=1))
    with pytest.raises(Refused):
        concern(cast, case=None, about=" ")


def test_a_family_is_found_once(cast: Cast) -> None:
    made = concern(cast, case=None, about="Grace’s grandson")
    assert since(cast) is None
    acting.place_concern(concern=made, case=cast.case, by=cast.morgan)
    assert since(cast) == NOW
    with pytest.raises(Refused):
        acting.place_concern(concern=made, case=cast.case, by=cast.morgan)


def test_the_same_origin_opens_one_concern_and_new_words_are_added(cast: Cast) -> None:
    origin = new_id()
    heard = {"case": cast.case, "source": "carer", "origin": origin, "by": cast.asha}
    first = hear_concern(**heard, words="I need to talk.")  # type: ignore[arg-type]
    assert hear_concern(**heard, words="I need to talk.") == first  # type: ignore[arg-type]
    hear_concern(**heard, words="Please call after six.")  # type: ignore[arg-type]
    assert Concern.objects.get() == first
    assert [step.words for step in first.steps.all()] == ["Please call after six."]


@pytest.mark.parametrize(
    "statement",
    [
        "delete from concerns_concernstep",
        "delete from concerns_concern",
        "update concerns_concernstep set words = 'never mind'",
        "update concerns_concern set words = 'never mind'",
        "update concerns_concern set raised_by_id = null",
        "update concerns_concern set case_id = null",
        "update concerns_concern set danger = not danger",
        "update concerns_concern set created_at = '2020-01-01 00:00:00+00'",
    ],
)
def test_the_database_itself_lets_nobody_take_back_a_concern(cast: Cast, statement: str) -> None:
    made = concern(cast)
    acting.add_note(concern=made, words="Said.", by=cast.asha, submission=new_id())
    with (
        pytest.raises(DatabaseError, match="stays as it was said"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Concern.objects.get().words == made.words
    assert made.steps.get().words == "Said."
