"""Declaring a licence and loading a pack: what opens, what stays shut, and what is refused by its key."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from alongside.core.base.errors import Refused
from alongside.core.base.ids import new_id
from alongside.records.measures.library import EXAMPLE_PACK, FOLDER
from alongside.records.measures.licensing import LARGEST, declare, end_declaration, end_pack, load_pack
from alongside.records.measures.models import AnswerSet, Declaration, Pack
from alongside.records.measures.queries import lines
from alongside.records.measures.services.answering import finish_link, record_answers
from alongside.records.measures.services.linking import make_link, save_answer
from alongside.records.measures.standing import State, standing
from alongside.records.measures.usable import chosen, usable
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.usefixtures("clock")
EXAMPLE = EXAMPLE_PACK.read_text()


def say(cast: Cast, key: str, until: date | None = None) -> Declaration:
    told = {"ground": "licence", "reference": "Number 7", "until": until}
    return declare(instrument=key, by=cast.morgan, submission=new_id(), **told)  # type: ignore[arg-type]


def load(cast: Cast, **changed: str) -> Pack:
    text = EXAMPLE
    for key, new in changed.items():
        old = next(line for line in text.splitlines() if line.startswith(f"{key} = "))
        text = text.replace(old, f"{key} = {new}", 1)
    return load_pack(content=text.encode(), by=cast.morgan)


def keys(cast: Cast) -> set[str]:
    return {one.key for one in usable(cast.provider.pk)}


def answer(cast: Cast, key: str, answers: dict[str, Any], **more: Any) -> AnswerSet:
    told = {"case": cast.case, "person": cast.grace, "occasion": "review", "answered_on": TODAY, "mode": "paper"}
    (kept,) = record_answers(**{**told, **more}, answers={key: answers}, by=cast.asha, submission=new_id())
    return kept


def test_what_needs_a_licence_is_shut_until_one_is_declared(cast: Cast) -> None:
    assert keys(cast) >= {"five-domains", "phq-9", "gad-7"}
    assert "sdq" not in keys(cast)
    with pytest.raises(Refused, match="declared a licence"):
        answer(cast, "sdq", {"total": 12}, child=cast.tyler)
    say(cast, "sdq")
    assert "sdq" in keys(cast)
    assert answer(cast, "sdq", {"total": 12}, child=cast.tyler).scores["total"] == 12


def test_a_licence_holds_to_its_last_day_and_no_longer(cast: Cast) -> None:
    say(cast, "sdq", TODAY + timedelta(days=3))
    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        assert "sdq" in keys(cast)
    with time_machine.travel(NOW + timedelta(days=4), tick=False):
        assert "sdq" not in keys(cast)
        found = standing(cast.morgan, "sdq")
        assert found is not None
        assert found.state is State.OVER


def test_a_day_that_has_passed_opens_nothing(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        say(cast, "sdq", TODAY - timedelta(days=1))
    assert refused.value.field == "until"


def test_declaring_anew_ends_what_was_said_before_and_a_second_click_does_not(cast: Cast) -> None:
    first, submission = say(cast, "sdq"), new_id()
    for _ in range(2):
        declare(instrument="sdq", ground="terms", reference="Web", until=None, by=cast.morgan, submission=submission)
    first.refresh_from_db()
    assert first.ended_on == TODAY
    assert Declaration.objects.get(ended_on=None).reference == "Web"
    end_declaration(declaration=Declaration.objects.get(ended_on=None), by=cast.morgan)
    assert "sdq" not in keys(cast)


def test_a_declaration_of_one_agency_opens_nothing_for_another(cast: Cast) -> None:
    say(cast, "sdq")
    load(cast)
    say(cast, "calm-days")
    assert {one.key for one in usable(cast.other_provider.pk)} == keys(cast) - {"sdq", "calm-days"}


def test_a_pack_is_shut_until_its_licence_is_declared_and_is_then_asked(cast: Cast) -> None:
    load(cast)
    assert "calm-days" not in keys(cast)
    say(cast, "calm-days")
    assert "calm-days" in keys(cast)
    assert answer(cast, "calm-days", {"house": 3, "nights": 2}).scores == {"calm": 5.25}


def test_the_same_file_twice_adds_nothing_and_a_new_edition_takes_its_place(cast: Cast) -> None:
    first = load(cast)
    assert load(cast) == first
    second = load(cast, edition='"made up, 2027"')
    first.refresh_from_db()
    assert (first.ended_on, second.ended_on) == (TODAY, None)
    assert load(cast) == first
    first.refresh_from_db()
    assert first.ended_on is None
    assert Pack.objects.filter(ended_on=None).count() == 1


def test_what_was_answered_by_an_edition_keeps_its_words_and_is_never_in_one_line_with_another(cast: Cast) -> None:
    load(cast)
    say(cast, "calm-days")
    answer(cast, "calm-days", {"house": 1, "nights": 1}, occasion="start", answered_on=TODAY - timedelta(weeks=12))
    load(cast, edition='"made up, 2027"', title='"Calm days, anew"')
    answer(cast, "calm-days", {"house": 3, "nights": 3})
    found = [(line.instrument.title, line.then, line.now) for line in lines(cast.case)]
    assert found == [("Calm days", 2.0, None), ("Calm days, anew", 6.5, None)]


def test_a_carer_who_began_while_it_was_allowed_loses_nothing_when_the_licence_ends(cast: Cast) -> None:
    pack = load(cast)
    licence = say(cast, "calm-days")
    link, _ = make_link(
        case=cast.case, person=cast.grace, occasion="review", asked=["calm-days"], by=cast.asha, base_url="/"
    )
    link = save_answer(link=link, instrument="calm-days", item="house", answer=3)
    end_declaration(declaration=licence, by=cast.morgan)
    end_pack(pack=pack, by=cast.morgan)
    link = save_answer(link=link, instrument="calm-days", item="nights", answer=3)
    (kept,) = finish_link(link=link, next_review=None)
    assert kept.scores == {"calm": 6.5}
    assert chosen(cast.provider.pk, ["calm-days"]) == []


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"key": '"five-domains"'}, "key is that of 'How things are for you and the family'"),
        ({"key": '"sdq"'}, "key is that of .* Its owner lets nobody else hold it"),
        ({"key": '"psi-4-sf"'}, "enter must be scores"),
        ({"key": '"swemwbs"', "subject": '"child"'}, "subject must be carer"),
        ({"key": '"swemwbs"', "edition": '"short form, converted score"'}, "edition must differ"),
        ({"needs_licence": "false"}, "needs_licence must be true in a pack"),
        ({"title": '"Family Star Plus"'}, "owner has approved"),
        ({"title": '"Our OUTCOMES STAR"'}, "owner has approved"),
        ({"norm": '""'}, r"scales\[1\].norm must not be empty"),
        ({"missing_allowed": "1"}, r"scales\[1\].conversion needs the method sum"),
    ],
)
def test_a_wrong_pack_is_refused_by_its_key(cast: Cast, changed: dict[str, str], message: str) -> None:
    with pytest.raises(Refused, match=message) as refused:
        load(cast, **changed)
    assert refused.value.field == "file"
    assert not Pack.objects.exists()


def test_the_steps_of_goals_come_with_the_program_and_not_in_a_pack(cast: Cast) -> None:
    text = (FOLDER / "goals.toml").read_text()
    text = text.replace('key = "goals"', 'key = "steps"').replace("needs_licence = false", "needs_licence = true")
    with pytest.raises(Refused, match="enter must be answers or scores"):
        load_pack(content=text.encode(), by=cast.morgan)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "key is missing"),
        (b"key = ", "cannot be read as TOML"),
        (b"\xff\xfe", "not text in UTF-8"),
        (b"a = " + b"[" * 50_000, "cannot be read as TOML"),
        (b"a = " + b"9" * 5_000, "cannot be read as TOML"),
        (b"#" * (LARGEST + 1), "too large"),
        (b"PK\x03\x04\x00", "cannot be read as TOML"),
    ],
)
def test_a_file_that_is_no_pack_is_refused_in_words(cast: Cast, content: bytes, message: str) -> None:
    with pytest.raises(Refused, match=message):
        load_pack(content=content, by=cast.morgan)


def test_other_words_under_the_same_edition_are_refused(cast: Cast) -> None:
    load(cast)
    with pytest.raises(Refused, match="edition is one that you have loaded with other words"):
        load(cast, title='"Calmer days"')


def test_a_pack_of_a_known_questionnaire_takes_the_place_of_entering_its_scores(cast: Cast) -> None:
    say(cast, "wemwbs")
    assert not next(one for one in usable(cast.provider.pk) if one.key == "wemwbs").items
    load(cast, key='"wemwbs"')
    assert next(one for one in usable(cast.provider.pk) if one.key == "wemwbs").items


def test_one_known_by_name_only_opens_with_licence_and_pack(cast: Cast) -> None:
    say(cast, "core-10")
    assert "core-10" not in keys(cast)
    load(cast, key='"core-10"')
    assert "core-10" in keys(cast)


def test_the_start_of_two_children_is_recorded_for_each(cast: Cast) -> None:
    say(cast, "sdq")
    answer(cast, "sdq", {"total": 12}, child=cast.tyler, occasion="start")
    answer(cast, "sdq", {"total": 20}, child=cast.amara, occasion="start")
    assert {(line.who, line.then) for line in lines(cast.case)} == {("Tyler Okafor", 12), ("Amara Okafor", 20)}
    with pytest.raises(Refused, match="already recorded"):
        answer(cast, "sdq", {"total": 11}, child=cast.tyler, occasion="start")
