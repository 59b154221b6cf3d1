"""Whom a round writes to, whom it never writes to, and links that work once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from alongside.core.base.errors import Refused
from alongside.core.base.tokens import hash_of
from alongside.records.cases.models import Case
from alongside.records.people.models import Membership, Person, SafetyNote
from alongside.records.surveys.models import Invitation
from alongside.records.surveys.queries import how_it_goes, opened_by
from alongside.records.surveys.services.answering import begin_invited, save_answers, send_response
from alongside.records.surveys.services.inviting import carers_to_invite, hand_out, invite_carers, remind_carers
from alongside.records.surveys.services.rounds import close_round
from tests.cast import TODAY, Cast
from tests.records.surveys.made import a_round

pytestmark = pytest.mark.usefixtures("clock")
BASE = "http://here/survey/to/"


def invite(cast: Cast, round: Any, commits: Any, authority: Any = None) -> None:
    with commits(execute=True):
        invite_carers(round=round, authority=authority, base_url=BASE, by=cast.morgan)


def test_a_carer_is_invited_once_and_reminded_by_the_same_link(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    round = a_round(cast, way="invited")
    for _ in range(2):
        invite(cast, round, django_capture_on_commit_callbacks)
    (letter,) = mail.outbox
    assert letter.to == ["grace@example.org"]
    assert "Side by Side Kinship asks carers a few questions" in letter.body
    token = re.search(rf"{BASE}(\S+)/", letter.body).group(1)  # type: ignore[union-attr]
    opened = opened_by(token)
    assert opened
    begun = begin_invited(opened=opened, token=token, linked=False)
    save_answers(response=begun, given={"helped": "no", "children": 0})
    with django_capture_on_commit_callbacks(execute=True):
        remind_carers(round=round, base_url=BASE, by=cast.morgan)
    assert token in mail.outbox[1].body
    again = opened_by(token)
    assert again
    assert again.response == begun, "what she wrote is still there"
    send_response(opened=again, token=token)
    with django_capture_on_commit_callbacks(execute=True):
        remind_carers(round=round, base_url=BASE, by=cast.morgan)
    assert len(mail.outbox) == 2, "who has answered is left in peace"
    assert not Invitation.objects.filter(token_hash=token).exists(), "the secret itself is kept nowhere"


@pytest.mark.parametrize("reason", ["safety note", "concern", "closed", "died", "moved out", "no address", "elsewhere"])
def test_nobody_is_written_to_where_it_may_not_be_right(
    cast: Cast, reason: str, django_capture_on_commit_callbacks: Any
) -> None:
    if reason == "safety note":
        SafetyNote.objects.create(agency=cast.provider, household=cast.household, words="He reads it", checked_on=TODAY)
    if reason == "concern":
        Case.objects.update(concern_since=timezone.now())
    if reason == "closed":
        Case.objects.update(closed_on=TODAY)
    if reason in ("died", "no address"):
        Person.objects.filter(pk=cast.grace.pk).update(has_died=reason == "died", email="", phone="")
    if reason == "moved out":
        Membership.objects.filter(person=cast.grace).update(until=TODAY - timedelta(days=1))
    round = a_round(cast, way="invited")
    area = cast.calderdale.pk if reason == "elsewhere" else None
    assert not carers_to_invite(round, area).exists()
    invite(cast, round, django_capture_on_commit_callbacks, area)
    assert (mail.outbox, how_it_goes(round).invited) == ([], 0)


def test_a_carer_without_e_mail_gets_a_text(
    cast: Cast, django_capture_on_commit_callbacks: Any, settings: Any, tmp_path: Any
) -> None:
    settings.TEXT_FILE_PATH = tmp_path
    Person.objects.filter(pk=cast.grace.pk).update(email="")
    round = a_round(cast, way="invited")
    invite(cast, round, django_capture_on_commit_callbacks, cast.kirklees.pk)
    (text,) = tmp_path.glob("*.txt")
    token = re.search(rf"{BASE}(\S+)/", text.read_text()).group(1)  # type: ignore[union-attr]
    assert Invitation.objects.get(token_hash=hash_of(token)).sent == "text"


def test_links_are_made_to_hand_out(cast: Cast) -> None:
    round = a_round(cast, way="invited")
    tokens = hand_out(round=round, number=3, by=cast.morgan)
    assert len({*tokens}) == 3
    assert all(opened_by(token) for token in tokens)
    for number in (0, 201):
        with pytest.raises(Refused, match="from 1 to 200"):
            hand_out(round=round, number=number, by=cast.morgan)


def test_an_open_round_and_one_that_is_over_invite_nobody(cast: Cast) -> None:
    for round in (a_round(cast), a_round(cast, way="invited")):
        if round.way == "invited":
            close_round(round=round, version=round.version, by=cast.morgan)
        with pytest.raises(Refused):
            invite_carers(round=round, authority=None, base_url=BASE, by=cast.morgan)
