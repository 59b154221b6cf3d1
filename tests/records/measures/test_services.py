"""Answers and links: what is kept, what is refused, and what a link gives away."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from alongside.calc.scoring import AnswerError
from alongside.core.base.errors import Refused
from alongside.core.base.ids import new_id
from alongside.core.base.tokens import hash_of
from alongside.records.measures.library import instrument
from alongside.records.measures.models import AnswerSet, CheckInLink
from alongside.records.measures.queries import latest_changes, lines, open_link
from alongside.records.measures.services.answering import finish_link, record_answers
from alongside.records.measures.services.linking import LINK_DAYS, make_link, save_answer
from alongside.records.people.models import Membership, Person
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.usefixtures("clock")
BASE = "https://alongside.example.org/check-in/"


def record(cast: Cast, occasion: str, on: date, **five: int | str | None) -> list[AnswerSet]:
    return record_answers(
        case=cast.case,
        person=cast.grace,
        occasion=occasion,
        answers={"five-domains": five},
        answered_on=on,
        mode="with_worker",
        by=cast.asha,
        submission=new_id(),
        next_review=TODAY + timedelta(weeks=12) if occasion == "review" else None,
    )


def test_answers_keep_the_edition_and_its_scores(cast: Cast) -> None:
    (kept,) = record(cast, "start", TODAY, isolation=7, money=8, child="declined")
    assert kept.edition == instrument("five-domains").edition
    assert kept.scores == {"isolation": 7.0, "money": 8.0, "child": None, "relationships": None, "confidence": None}
    assert kept.answers["child"] == "declined"


def test_then_and_now_say_which_way_is_better(cast: Cast) -> None:
    record(cast, "start", TODAY - timedelta(weeks=5), isolation=7, confidence=6, money=4)
    record(cast, "review", TODAY, isolation=5, confidence=4, money=4)
    found = {line.scale.key: (line.then, line.now, line.way) for line in latest_changes(cast.case)}
    assert found["isolation"] == (7, 5, "better")
    assert found["confidence"] == (6, 4, "harder")
    assert found["money"] == (4, 4, "the same")
    assert found["child"] == (None, None, "")


def test_what_two_carers_answered_is_never_in_one_line(cast: Cast) -> None:
    joy = Person.objects.create(agency=cast.provider, name="Joy Okafor")
    Membership.objects.create(agency=cast.provider, household=cast.household, person=joy, part="carer")
    record(cast, "start", TODAY - timedelta(weeks=5), isolation=7)
    assert {line.who for line in lines(cast.case)} == {""}
    hers = {"answers": {"five-domains": {"isolation": 2}}, "answered_on": TODAY, "mode": "paper", "by": cast.asha}
    record_answers(case=cast.case, person=joy, occasion="review", submission=new_id(), **hers)  # type: ignore[arg-type]
    found = {line.who: line for line in latest_changes(cast.case) if line.scale.key == "isolation"}
    assert [(line.then, line.now) for line in found.values()] == [(7, None), (2, None)]
    assert set(found) == {"Grace Okafor", "Joy Okafor"}


def test_a_review_moves_the_next_one(cast: Cast) -> None:
    record(cast, "review", TODAY, isolation=5)
    cast.case.refresh_from_db()
    assert cast.case.review_due == TODAY + timedelta(weeks=12)


@pytest.mark.parametrize(
    ("occasion", "on", "field"),
    [("review", TODAY + timedelta(days=1), "answered_on"), ("start", TODAY, "occasion")],
)
def test_what_cannot_be_is_refused_by_its_field(cast: Cast, occasion: str, on: date, field: str) -> None:
    record(cast, "start", TODAY - timedelta(weeks=5), isolation=7)
    with pytest.raises(Refused) as refused:
        record(cast, occasion, on, isolation=5)
    assert refused.value.field == field


def test_answering_nothing_at_all_is_refused_and_nonsense_names_its_item(cast: Cast) -> None:
    with pytest.raises(Refused):
        record(cast, "start", TODAY, isolation=None)
    with pytest.raises(AnswerError, match="isolation"):
        record(cast, "start", TODAY, isolation=11)
    assert not AnswerSet.objects.exists()


def link_for(cast: Cast) -> tuple[CheckInLink, str]:
    link, address = make_link(
        case=cast.case, person=cast.grace, occasion="review", asked=["five-domains"], by=cast.asha, base_url=BASE
    )
    return link, address.removeprefix(BASE).rstrip("/")


def test_only_a_hash_of_the_secret_is_kept_and_the_secret_is_long(cast: Cast) -> None:
    link, token = link_for(cast)
    assert len(token) >= 43  # 256 bits in base 64
    assert link.token_hash == hash_of(token)
    assert token not in str(CheckInLink.objects.values().get())


def test_a_link_works_to_the_second_and_then_no_more(cast: Cast) -> None:
    _, token = link_for(cast)
    end = NOW + timedelta(days=LINK_DAYS)
    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        assert open_link(token) is not None
    with time_machine.travel(end, tick=False):
        assert open_link(token) is None


def test_a_new_link_ends_the_one_before(cast: Cast) -> None:
    _, first = link_for(cast)
    _, second = link_for(cast)
    assert open_link(first) is None
    assert open_link(second) is not None


def test_answers_from_a_link_are_kept_one_by_one_and_become_a_review(cast: Cast) -> None:
    link, token = link_for(cast)
    link = save_answer(link=link, instrument="five-domains", item="isolation", answer=5)
    link = save_answer(link=link, instrument="five-domains", item="money", answer="declined")
    assert not AnswerSet.objects.exists()
    (kept,) = finish_link(link=link, next_review=None)
    assert (kept.mode, kept.occasion, kept.answered_on) == ("link", "review", timezone.localdate())
    assert kept.answers == {"isolation": 5, "money": "declined"}
    assert open_link(token) is None


def test_a_link_with_nothing_answered_ends_and_makes_nothing(cast: Cast) -> None:
    link, token = link_for(cast)
    assert finish_link(link=link, next_review=None) == []
    assert open_link(token) is None
    assert lines(cast.case) == []
