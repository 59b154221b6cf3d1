"""A restricted family whose managers have all left: an administrator names another, and sees nothing of the family."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from alongside.core.agencies.models import User
from alongside.core.audit.models import Entry
from alongside.core.base.errors import Refused
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Case
from alongside.records.cases.services.guarding import name_manager, restrict_family
from alongside.records.concerns.services.raising import raise_concern
from alongside.records.oversight.models import Sample
from alongside.records.oversight.queries import draw_again
from alongside.records.oversight.services.auditing import draw_sample
from alongside.records.people.models import Restriction
from tests.cast import TODAY, Cast
from tests.records.people.test_restriction import REVIEW, restrict

SignIn = Callable[[User], Client]
PAGE = "/settings/restricted/"


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller, settings: Any) -> None:
    """Stop the clock, and ask for no second step."""
    settings.STAFF_NEED_SECOND_STEP = False


@pytest.fixture
def max_(cast: Cast) -> User:
    """Another manager, whom nobody names at first."""
    return User.objects.create(agency=cast.provider, role="manager", name="Max Orme", email="max@example.org")


@pytest.fixture
def stranded(cast: Cast) -> Restriction:
    """Grace's family, of which Asha alone may know: Morgan has left."""
    restriction = restrict(cast)
    User.objects.filter(pk=cast.morgan.pk).update(is_active=False)
    return restriction


def answers(restriction: Restriction, manager: User) -> dict[str, Any]:
    return {"restriction": restriction.pk, "manager": manager.pk, "why": "Max knows nobody in Kirklees."}


def test_an_administrator_names_a_manager_without_seeing_the_family(
    cast: Cast,
    max_: User,
    stranded: Restriction,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    priya = sign_in(cast.priya)
    words = priya.get(PAGE).content.decode()
    assert "Named in it: Asha Rahman, Morgan" in words
    assert [name for name in ("Grace", "Okafor", "HD1", str(cast.case.pk), stranded.reason) if name in words] == []
    with django_capture_on_commit_callbacks(execute=True):
        assert priya.post(PAGE, answers(stranded, max_)).status_code == 302
    assert Case.objects.visible_to(max_).get() == cast.case
    assert "There is nothing to do" in priya.get(PAGE).content.decode()
    (letter,) = mail.outbox
    link = f"/safety/families/{cast.case.pk}/restriction/"
    assert letter.to == [max_.email]
    assert link in letter.body
    assert "Okafor" not in letter.body + letter.subject
    assert "Max knows nobody in Kirklees." in sign_in(max_).get(link).content.decode()
    entry = Entry.objects.get(what="manager named, as none who may know was left")
    assert entry.actor == cast.priya.pk
    assert priya.get(f"/families/{cast.case.pk}/").status_code == 403


def test_as_long_as_a_manager_may_know_nobody_else_is_named(cast: Cast, max_: User, sign_in: SignIn) -> None:
    restriction = restrict(cast)
    assert "There is nothing to do" in sign_in(cast.priya).get(PAGE).content.decode()
    assert sign_in(cast.priya).post(PAGE, answers(restriction, max_)).status_code == 200
    with pytest.raises(Refused, match="by now"):
        name_manager(restriction=restriction, manager=max_, why="I want to know.", by=cast.priya)
    assert not Case.objects.visible_to(max_).exists()


@pytest.mark.parametrize("change", [{"why": " "}, {"manager": ""}, {"restriction": ""}, {"manager": "nobody"}])
def test_what_is_missing_is_asked_for_and_what_was_typed_is_kept(
    cast: Cast, max_: User, stranded: Restriction, sign_in: SignIn, change: dict[str, str]
) -> None:
    answer = sign_in(cast.priya).post(PAGE, answers(stranded, max_) | change)
    assert "There is a problem" in answer.content.decode()
    assert ("Max knows nobody" in answer.content.decode()) == ("why" not in change)
    assert not Case.objects.visible_to(max_).exists()


def test_only_a_manager_of_the_agency_who_still_works_there_is_named(cast: Cast, stranded: Restriction) -> None:
    far = User.objects.create(agency=cast.other_provider, role="manager", name="Far", email="far@example.org")
    for other in (cast.asha, cast.morgan, far):
        with pytest.raises(Refused):
            name_manager(restriction=stranded, manager=User.objects.get(pk=other.pk), why="x", by=cast.priya)


def test_an_administrator_is_told_when_the_last_manager_who_may_know_leaves(cast: Cast, sign_in: SignIn) -> None:
    restrict(cast)
    priya = sign_in(cast.priya)
    ended = priya.post(f"/settings/people/{cast.morgan.pk}/end/", follow=True)
    assert "No manager may know of a restricted family now" in ended.content.decode()


def test_a_concern_about_such_a_family_asks_the_administrators_for_a_manager(
    cast: Cast, max_: User, stranded: Restriction, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        raise_concern(words="A bruise.", danger=False, noticed_on=TODAY, by=cast.asha, case=cast.case)
    told = {address: letter for letter in mail.outbox for address in letter.to}
    assert max_.email not in told
    assert PAGE in told[cast.priya.email].body
    assert "Okafor" not in told[cast.priya.email].body


def test_two_who_restrict_a_family_at_once_are_told(cast: Cast, max_: User, sign_in: SignIn) -> None:
    page = f"/safety/families/{cast.case.pk}/restriction/"
    restrict(cast, max_)
    with pytest.raises(Refused, match="Somebody else restricted"):
        restrict_family(case=cast.case, reason="x", knowing=[cast.asha], review_on=REVIEW, by=max_, submission=new_id())
    assert sign_in(max_).get(page).status_code == 200


def test_a_sample_says_nothing_of_a_family_that_its_reader_may_not_know_of(
    cast: Cast, max_: User, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    drawn: Sample = draw_sample(team=None, size=5, by=cast.morgan, submission=new_id())
    clock.shift(60)
    restriction = restrict(cast)
    again = draw_again(drawn)
    assert again.same_pool
    assert again.same_draw
    words = sign_in(max_).get(f"/team/samples/{drawn.pk}/").content.decode()
    assert "Okafor" not in words
    assert "5 families" not in words
    assert f"/team/samples/{drawn.pk}/" not in sign_in(max_).get("/team/audits/").content.decode()
    with pytest.raises(Refused, match="nobody to draw"):
        draw_sample(team=None, size=1, by=cast.morgan, submission=new_id())
    restriction.ended_on = TODAY
    restriction.save()
    assert draw_sample(team=None, size=1, by=max_, submission=new_id()).pool == 1
