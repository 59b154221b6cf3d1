"""Changing a survey by hand: what moves where, what is refused, and which answers keep their keys."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calc.surveys import building
from alongside.calc.surveys.checking import check
from alongside.calc.surveys.definition import Choice, Definition, DefinitionError, Kind, Part, Question
from tests.calc.surveys.made import SIX, definitions

BEFORE = (Choice("yes", "Yes"), Choice("no", "No"), Choice("maybe", "Maybe"))


def keys(definition: Definition) -> list[list[str]]:
    return [[question.key for question in part.questions] for part in definition.parts]


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["Yes", "No", "Maybe"], ["yes", "no", "maybe"]),
        (["Maybe", "Yes", "No"], ["maybe", "yes", "no"]),
        (["Yes", "Not yet", "Maybe"], ["yes", "no", "maybe"]),
        (["Yes", "No"], ["yes", "no"]),
        (["Yes", "No", "Maybe", "Never"], ["yes", "no", "maybe", "never"]),
        (["Maybe", "Never", "Yes"], ["maybe", "no", "yes"]),
        (["???", "Yes"], ["q", "yes"]),
    ],
)
def test_an_answer_keeps_its_key_when_it_is_moved_or_put_right(lines: list[str], kept: list[str]) -> None:
    assert [choice.key for choice in building.choices_from(lines, BEFORE)] == kept


def test_a_question_moves_within_its_part_and_into_the_next() -> None:
    free = Question("free", "Anything else?", Kind.WORDS)
    more = building.add_part(building.add_question(SIX, "us", free), Part("end", "At the end"))
    assert keys(building.move_question(more, "free", 1)) == [
        ["area", "helped", "how", "children"], ["free", "age", "school"], []
    ]  # fmt: skip
    assert keys(building.move_question(more, "area", -1)) == keys(more), "the first stays first"
    assert keys(building.move_part(more, "end", -1))[1] == []
    assert building.add_question(more, "us", free) == more, "a second click adds nothing"


def test_what_something_depends_on_stays() -> None:
    for change in (
        lambda: building.remove_question(SIX, "helped"),
        lambda: building.remove_question(SIX, "children"),
        lambda: building.remove_part(SIX, "us"),
    ):
        with pytest.raises(DefinitionError, match="Change that first"):
            change()
    with pytest.raises(DefinitionError, match="not asked before it"):
        building.move_question(SIX, "how", -1)
    assert keys(building.remove_part(SIX, "each")) == [["area", "helped", "how", "children"]]


@given(definitions(), st.data())
@settings(max_examples=60)
def test_whatever_is_changed_the_survey_can_still_be_asked(definition: Definition, data: st.DataObject) -> None:
    every = [question.key for _, question in definition.questions()]
    if not every:
        return
    change = data.draw(st.sampled_from([building.remove_question, _up, _down]))
    try:
        changed = change(definition, data.draw(st.sampled_from(every)))
    except DefinitionError:
        return
    assert check(changed) == changed
    assert len(building.question_keys(changed)) >= len(every) - 1


def _up(definition: Definition, key: str) -> Definition:
    return building.move_question(definition, key, -1)


def _down(definition: Definition, key: str) -> Definition:
    return building.move_question(definition, key, 1)
