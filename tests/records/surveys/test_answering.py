"""Editions that stay as they were asked, and responses of which nobody can tell whose they are."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from alongside.core.audit.models import Entry
from alongside.core.base.errors import Refused
from alongside.core.base.ids import new_id
from alongside.records.surveys.models import Edition, Invitation, Response, Round
from alongside.records.surveys.queries import (
    editions_of_round,
    how_it_goes,
    last_edition,
    open_round_at,
    opened_by,
    responses_of,
)
from alongside.records.surveys.services.answering import (
    begin_invited,
    begin_openly,
    monday_of,
    save_answers,
    send_response,
)
from alongside.records.surveys.services.making import change_edition, make_survey, next_edition
from alongside.records.surveys.services.rounds import change_last_day, close_round, move_round, open_round
from tests.calc.surveys.made import SIX
from tests.cast import TODAY, Cast
from tests.records.surveys.made import a_round, a_survey, an_invitation

pytestmark = pytest.mark.usefixtures("clock")
SAID = {"area": "E08000034", "helped": "yes", "how": "The group.", "children": 1, "age.1": 9, "school.1": 7}


def answer(token: str, said: dict[str, object]) -> None:
    opened = opened_by(token)
    assert opened
    save_answers(response=begin_invited(opened=opened, token=token, linked=False), given=said)  # type: ignore[arg-type]
    opened = opened_by(token)
    assert opened
    send_response(opened=opened, token=token)


def test_an_open_round_is_answered_and_counted(cast: Cast) -> None:
    round = a_round(cast)
    assert open_round_at(round.address) == round
    answer(begin_openly(round), SAID)
    (counted,) = responses_of(round)
    assert counted == ("E08000034", 1, monday_of(TODAY), SAID)
    assert how_it_goes(round) == (0, 0, 1, 0)


def test_an_answer_that_is_no_longer_reached_is_not_sent(cast: Cast) -> None:
    round = a_round(cast)
    answer(begin_openly(round), SAID | {"helped": "no", "age.1": 3})
    (counted,) = responses_of(round)
    assert counted.answers == {"area": "E08000034", "helped": "no", "children": 1, "age.1": 3}


def test_what_must_be_answered_is_asked_for_before_it_is_sent(cast: Cast) -> None:
    round = a_round(cast)
    with pytest.raises(Refused, match="Have we helped") as refused:
        answer(begin_openly(round), {"area": None})
    assert refused.value.field == "helped"


def test_a_link_works_once(cast: Cast) -> None:
    round = a_round(cast, way="invited")
    an_invitation(cast, round, "a token")
    answer("a token", SAID)
    assert opened_by("a token") is None
    assert how_it_goes(round) == (1, 1, 1, 0)
    assert open_round_at(round.address) is None, "an invited round has no open address"


def test_nothing_leads_from_an_invitation_to_its_anonymous_answers(cast: Cast) -> None:
    round = a_round(cast, way="invited")
    invitation = an_invitation(cast, round, "a token")
    before = Entry.objects.count()
    opened = opened_by("a token")
    assert opened
    # Asked to link where the round is anonymous, it does not.
    begun = begin_invited(opened=opened, token="a token", linked=True)
    half = {field.name: getattr(begun, field.attname) for field in Response._meta.fields}
    answer("a token", SAID)
    response, invitation = Response.objects.get(), Invitation.objects.get(pk=invitation.pk)
    kept = {field.name: getattr(response, field.attname) for field in Response._meta.fields}
    assert half["key_hash"] not in (None, invitation.token_hash)
    assert {kept[name] for name in ("case", "person", "key_hash")} == {None}
    shared = {str(value) for value in kept.values()} & {
        str(getattr(invitation, field.attname)) for field in Invitation._meta.fields
    }
    assert shared <= {str(cast.provider.pk), str(round.pk), "1"}, "the agency, the round and a version, as all have"
    assert response.pk.version == 4, "an id that tells no time"
    told = {"id", "agency", "version", "round", "edition", "authority", "case", "person", "answers", "key_hash", "week"}
    assert set(kept) == told, "no moment, and no address of a machine"
    assert kept["week"] == monday_of(TODAY)
    assert Entry.objects.count() == before, "the log does not say when somebody answered"


def test_with_consent_the_answers_stay_with_the_record(cast: Cast) -> None:
    round = a_round(cast, way="invited", kept="linked")
    an_invitation(cast, round, "yes")
    opened = opened_by("yes")
    assert opened
    begin_invited(opened=opened, token="yes", linked=True)
    answer("yes", {"helped": "no", "children": 0})
    response = Response.objects.get()
    assert (response.case_id, response.person_id) == (cast.case.pk, cast.grace.pk)
    assert [counted.authority for counted in responses_of(round)] == ["E08000034"], "that of her case, as she left it"
    assert Entry.objects.filter(what="survey answered with consent", row=str(response.pk)).exists()


def test_an_edition_never_changes_once_it_is_sent_out(cast: Cast) -> None:
    survey = a_survey(cast)
    first = last_edition(survey.pk)
    assert next_edition(survey=survey, by=cast.morgan) == first, "it is still to be changed itself"
    round = a_round(cast, survey)
    first.refresh_from_db()
    with pytest.raises(Refused, match="stays as it was asked"):
        change_edition(edition=first, definition=SIX, version=first.version, by=cast.morgan)
    token = begin_openly(round)
    second = next_edition(survey=survey, by=cast.morgan)
    move_round(round=round, version=round.version, by=cast.morgan)
    answer(token, SAID)
    answer(begin_openly(Round.objects.get(pk=round.pk)), SAID)
    assert sorted(counted.edition for counted in responses_of(round)) == [1, 2], "each keeps the edition it saw"
    assert list(editions_of_round(Round.objects.get(pk=round.pk))) == [1, 2]
    assert Edition.objects.get(pk=second.pk).fixed_on == TODAY


def test_a_double_click_makes_nothing_twice(cast: Cast) -> None:
    once = new_id()
    first, again = (make_survey(definition=SIX, by=cast.morgan, submission=once) for _ in range(2))
    assert first == again
    assert Edition.objects.count() == 1
    facts = {"name": "A", "way": "open", "kept": "anonymous", "closes_on": TODAY, "by": cast.morgan}
    assert open_round(edition=last_edition(first.pk), submission=once, **facts) == open_round(
        edition=last_edition(first.pk), submission=once, **facts
    )


def test_a_round_that_is_over_takes_no_answers_and_keeps_nothing_half_written(cast: Cast) -> None:
    round = a_round(cast)
    token = begin_openly(round)
    round = change_last_day(round=round, closes_on=TODAY, version=round.version, by=cast.morgan)
    with time_machine.travel(TODAY + timedelta(days=1)):
        assert opened_by(token) is None
    assert opened_by(token)
    close_round(round=round, version=round.version, by=cast.morgan)
    assert opened_by(token) is None
    assert not Response.objects.exists()
    with pytest.raises(Refused, match="is closed"):
        close_round(round=round, version=round.version, by=cast.morgan)


def test_rounds_that_make_no_sense_are_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="Only people whom we invite"):
        a_round(cast, kept="linked")
    with pytest.raises(Refused, match="today or later"):
        a_round(cast, closes_on=TODAY - timedelta(days=1))


def test_the_database_itself_keeps_a_response_whole(cast: Cast) -> None:
    round = a_round(cast)
    same = {"agency": cast.provider, "round": round, "edition": round.edition}
    for broken in ({"week": TODAY, "key_hash": "x"}, {}, {"key_hash": "y", "case": cast.case}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Response.objects.create(**same, **broken)


def test_nobody_reads_responses_one_by_one(cast: Cast) -> None:
    answer(begin_openly(a_round(cast)), SAID)
    assert not Response.objects.visible_to(cast.morgan).exists()
    assert not Invitation.objects.visible_to(cast.morgan).exists()
